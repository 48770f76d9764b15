"""What can be done to a role: give it and take it back, each by whom and why, with its line in the logbook."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.models import Account, Grant
from wijkpeil.web.accounts.refusals import NotNowError
from wijkpeil.web.accounts.roles import Role, Verb
from wijkpeil.web.accounts.sessions import end_all
from wijkpeil.web.logbook.acting import acting


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A role for whoever has an e-mail address, who may have no account yet."""

    email: str
    name: str
    role: Role
    programme: str
    city: str = ""
    area: str = ""
    party: int | None = None
    until: datetime | None = None


def grant(wanted: Wanted, *, by: Account | None, reason: str) -> tuple[Grant, bool]:
    """Give a role, and make the account where there is none; says whether it was made.

    Who gives it must be administrator of the place it reaches to, and is never the one who gets it. A role that
    somebody has already is given once more, with the new end: what it replaces is taken back.
    """
    email = wanted.email.strip().casefold()
    made = Grant(
        role=wanted.role,
        programme=wanted.programme,
        city=wanted.city,
        area=wanted.area,
        party=wanted.party,
        until=wanted.until,
        given_by=by,
    )
    with acting(made, Verb.GRANT, by=by, reason=reason, payload={}) as payload:
        if by is not None and email == by.email:
            raise NotNowError(mark("Je kunt jezelf geen rol geven. Vraag een andere beheerder."))
        if (wanted.role == Role.PARTNER) != (wanted.party is not None):
            raise NotNowError(mark("Kies bij de rol partner een partij, en bij een andere rol geen."))
        account, is_new = _account_of(email, wanted.name)
        made.account = account
        now = timezone.now()
        same = Grant.objects.standing().filter(
            account=account,
            role=made.role,
            programme=made.programme,
            city=made.city,
            area=made.area,
            party=made.party,
        )
        same.update(revoked_at=now)
        made.save()
        payload.update(told(made))
    return made, is_new


def revoke(given: Grant, *, by: Account | None, reason: str, seen: int | None = None) -> None:
    """Take a role back; every session of whoever had it ends at once."""
    with acting(given, Verb.REVOKE, by=by, reason=reason, payload=told(given), seen=seen):
        if given.revoked_at is not None:
            raise NotNowError(mark("Deze rol is al ingetrokken."))
        given.revoked_at = timezone.now()
        given.save()
        end_all(given.account)


def told(given: Grant) -> dict[str, object]:
    """Give what the logbook keeps of a role: ids, no names."""
    return {
        "account": str(given.account_id),
        "role": given.role,
        "city": given.city,
        "area": given.area,
        "party": given.party,
        "until": given.until,
    }


def _account_of(email: str, name: str) -> tuple[Account, bool]:
    found = Account.objects.filter(email=email).first()
    return (found, False) if found is not None else (Account.objects.create_user(email=email, name=name), True)
