"""Somebody's own account, and the pages on which an administrator gives roles and takes them back."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from wijkpeil.web.accounts.asking import Giving, TakingBack
from wijkpeil.web.accounts.granting import Wanted, grant
from wijkpeil.web.accounts.granting import revoke as take_back
from wijkpeil.web.accounts.inviting import tell
from wijkpeil.web.accounts.models import Account, Grant
from wijkpeil.web.accounts.places import Scene, parties_of, scenes, whole_programme
from wijkpeil.web.accounts.refusals import HiddenError, NotNowError
from wijkpeil.web.accounts.roles import Kind, Role, Verb
from wijkpeil.web.design.addresses import address
from wijkpeil.web.design.page import page
from wijkpeil.web.design.request import as_reader


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Show somebody his own account: his roles, and how he logs in."""
    reader, by = as_reader(request), _by(request)
    known = scenes(reader)
    standing = Grant.objects.standing().filter(account=by).order_by("programme", "city", "area")
    return page(
        reader,
        "accounts/account.html.j2",
        title=reader.tongue.say("Jouw account"),
        who=by,
        roles=[(one, _scene(known, one.programme)) for one in standing],
        is_administrator=any(held.role in {Role.ADMINISTRATOR, Role.AUDITOR} for held in by.held),
    )


@login_required
def programmes(request: HttpRequest) -> HttpResponse:
    """List the programmes in which somebody may see who has which role."""
    reader, by = as_reader(request), _by(request)
    mine = sorted({held.programme for held in by.held if held.role in {Role.ADMINISTRATOR, Role.AUDITOR}})
    if not mine:
        raise HiddenError
    if len(mine) == 1:
        return HttpResponseRedirect(address("grants_of", programme=mine[0]))
    known = scenes(reader)
    return page(
        reader,
        "accounts/programmes.html.j2",
        title=reader.tongue.say("Rollen"),
        programmes=[_scene(known, one) for one in mine],
    )


@login_required
def grants(request: HttpRequest, programme: str) -> HttpResponse:
    """Show who has which role in a programme, and let an administrator give one."""
    reader, by, say = as_reader(request), _by(request), as_reader(request).tongue.say
    scene = _scene(scenes(reader), programme)
    seen = [
        one
        for one in Grant.objects.standing().filter(programme=programme).select_related("account").order_by("since")
        if by.may(Kind.GRANT, Verb.READ, one.place)
    ]
    spots = [one for one in scene.spots if by.may(Kind.GRANT, Verb.GRANT, one.place)]
    if not spots and not any(by.may(Kind.GRANT, Verb.READ, one.place) for one in scene.spots):
        raise HiddenError
    parties = parties_of(programme)
    form = Giving(request.POST or None, spots=spots, parties=parties)
    if request.method == "POST" and form.is_valid():
        try:
            given, is_new = grant(_wanted(form, programme), by=by, reason=form.cleaned_data["reason"])
        except NotNowError as refused:
            form.add_error(None, say(refused.sentence))
        else:
            tell(given.account, is_new=is_new, request=request, language=reader.tongue)
            messages.success(request, say("De rol is gegeven. We hebben een mail gestuurd."))
            return HttpResponseRedirect(request.path)
    return page(
        reader,
        "accounts/grants.html.j2",
        title=say("Rollen in {programme}", programme=scene.name),
        scene=scene,
        grants=seen,
        parties=dict(parties),
        form=form if spots else None,
        may_revoke={one.pk for one in seen if by.may(Kind.GRANT, Verb.REVOKE, one.place)},
    )


@login_required
def revoke(request: HttpRequest, programme: str, key: UUID) -> HttpResponse:
    """Take a role back, with the reason."""
    reader, by, say = as_reader(request), _by(request), as_reader(request).tongue.say
    given = Grant.objects.standing().select_related("account").filter(programme=programme, key=key).first()
    if given is None or not by.may(Kind.GRANT, Verb.REVOKE, given.place):
        raise HiddenError
    form = TakingBack(request.POST or None, initial={"seen": given.version})
    if request.method == "POST" and form.is_valid():
        take_back(given, by=by, reason=form.cleaned_data["reason"], seen=form.cleaned_data["seen"])
        messages.success(request, say("De rol is ingetrokken. Wie hem had, is overal uitgelogd."))
        return HttpResponseRedirect(address("grants_of", programme=programme))
    return page(
        reader,
        "accounts/revoke.html.j2",
        title=say("Rol intrekken"),
        given=given,
        scene=_scene(scenes(reader), programme),
        form=form,
    )


def _by(request: HttpRequest) -> Account:
    return cast(Account, request.user)


def _scene(known: dict[str, Scene], programme: str) -> Scene:
    """Give a programme, also one that the edition of today does not know."""
    return known.get(programme) or whole_programme(programme)


def _wanted(form: Giving, programme: str) -> Wanted:
    said = form.cleaned_data
    place = form.spots[said["where"]].place
    return Wanted(
        email=said["email"],
        name=said["name"],
        role=Role(said["role"]),
        programme=programme,
        city=place.city,
        area=place.area,
        party=int(said["party"]) if said["party"] else None,
        until=said["until"],
    )
