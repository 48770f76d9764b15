"""The site as one WSGI application, warm before its first reader comes."""

import os

from django.core.wsgi import get_wsgi_application

from wijkpeil.publication.manifest import EditionDamagedError
from wijkpeil.publication.shelf import NoSuchEditionError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wijkpeil.site.settings")
application = get_wsgi_application()


def warm() -> None:
    """Read what every page needs; a shelf of which nothing can be read is told to readers, not here."""
    from django.urls import get_resolver

    from wijkpeil.site.memory import shelf_of_readers

    get_resolver().url_patterns  # noqa: B018  asking for them reads all rooms
    try:
        edition = shelf_of_readers().open(shelf_of_readers().newest())
        edition.policy.theme, edition.areas.height, edition.composition.height, edition.look_alikes.height  # noqa: B018
    except (NoSuchEditionError, EditionDamagedError):
        return


warm()
