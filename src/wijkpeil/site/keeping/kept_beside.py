"""What must be kept beside a backup, because it is not in it: the keys and the list of erasures."""

from django.conf import settings

from wijkpeil.site.environment import text

_FILES = {
    "WIJKPEIL_SECRET_KEY": "wijkpeil.sleutel",
    "WIJKPEIL_LOGBOOK_KEY": "wijkpeil.logboeksleutel",
    "WIJKPEIL_ACCOUNT_KEY": "wijkpeil.accountsleutel",
}


def secrets_of_site() -> list[str]:
    """Name them, by the setting where that is used and otherwise by the file."""
    keys = [name if text(name) else str(settings.KEPT_BESIDE / file) for name, file in _FILES.items()]
    return [*keys, str(settings.ERASED_LIST)]
