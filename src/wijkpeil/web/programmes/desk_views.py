"""The pages of every kind of thing at the desk: the list, one of them, a new one, and a form for each verb."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.forms import DateField, ModelChoiceField
from django.http import Http404, HttpResponse, HttpResponseRedirect

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.refusals import ChangedMeanwhileError, ForbiddenError, HiddenError, NotNowError
from wijkpeil.web.accounts.roles import Kind, Verb
from wijkpeil.web.design.page import page
from wijkpeil.web.design.request import ReaderRequest
from wijkpeil.web.programmes.attached import attached
from wijkpeil.web.programmes.desk import Desk, desk_of
from wijkpeil.web.programmes.forms.ambition import places_to_add
from wijkpeil.web.programmes.forms.fields import DeskForm
from wijkpeil.web.programmes.models.partner import Partner
from wijkpeil.web.programmes.sections import Act, Section

LISTED = {
    "ambities": mark("Ambities"),
    "afspraken": mark("Afspraken"),
    "onderdelen": mark("Onderdelen van afspraken"),
    "maatregelen": mark("Maatregelen"),
}
"""The lists that everybody finds, by their addresses."""
PARTIES = mark("Partijen")
EACH = 50
"""So many things are on one page of a list."""


def listing(request: ReaderRequest, programme: str, section: Section) -> HttpResponse:
    """List the things of a kind that who asks may know of, of the whole programme or of one neighbourhood."""
    desk = desk_of(request, programme)
    area = request.GET.get("wijk", "")
    found = desk.visible(section.model).select_related(*section.related).order_by(*section.order)
    if area in desk.cities:
        found = found.filter(Q(area=area) | Q(area="", city__in=["", desk.cities[area]]))
    shown = Paginator(found, EACH).get_page(request.GET.get("bladzijde"))
    here = desk.at(section.slug)
    kept = f"wijk={area}&" if area in desk.cities else ""
    return answer(
        desk,
        "programmes/listing.html.j2",
        title=request.tongue.say(section.heading),
        lead=request.tongue.say(section.lead),
        section=section,
        area=area,
        tabs=_tabs(desk, section),
        listed=[
            (section.title(one), desk.at(f"{section.slug}_one", key=one.key), section.said(one, desk)) for one in shown
        ],
        pages=[(number, f"{here}?{kept}bladzijde={number}") for number in shown.paginator.page_range],
        now=shown.number,
        new=desk.at(f"{section.slug}_new") if may_add(desk, section) else "",
    )


def one(request: ReaderRequest, programme: str, section: Section, key: str) -> HttpResponse:
    """Show one thing, with a button for everything that who asks can do to it now."""
    desk = desk_of(request, programme)
    thing = thing_of(desk, section, key)
    offered = [
        (act.label, desk.at(f"{section.slug}_act", key=key, act=act.slug))
        for act in section.acts
        if act.is_offered(thing, desk)
    ]
    return answer(
        desk,
        section.template,
        title=section.title(thing),
        section=section,
        thing=thing,
        offered=offered,
        files=attached(thing, desk, section.slug),
        **section.detail(thing, desk),
    )


def do(request: ReaderRequest, programme: str, section: Section, key: str, act: str) -> HttpResponse:
    """Show the form of a verb, or do it; who was too late sees both, and nothing is overwritten."""
    desk, verb = desk_of(request, programme), section.act(act)
    thing = thing_of(desk, section, key)
    if verb is None:
        raise Http404(act)
    if not desk.may(verb.kind or thing.KIND, verb.verb, thing.place):
        raise ForbiddenError
    back = desk.at(f"{section.slug}_one", key=key)
    if request.method != "POST":
        opening = {**verb.opening(thing), "seen": thing.version}
        return sheet(desk, section, verb, verb.form(desk=desk, thing=thing, initial=opening), back)
    form = verb.form(request.POST, request.FILES, desk=desk, thing=thing)
    if not form.is_valid():
        return sheet(desk, section, verb, form, back, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        verb.do(thing, form.cleaned_data | {"form": form}, _person(desk), form.cleaned_data["seen"])
    except NotNowError as refused:
        return _refused(desk, section, verb, form, back, refused)
    except ChangedMeanwhileError:
        return _meanwhile(desk, section, verb, thing_of(desk, section, key), back)
    return _done(desk, back)


def new(request: ReaderRequest, programme: str, section: Section) -> HttpResponse:
    """Show the form of a new thing, or add it."""
    desk, verb = desk_of(request, programme), section.adding
    if verb is None or section.new_of is None:
        raise Http404
    if not may_add(desk, section):
        raise ForbiddenError
    back = desk.at(section.slug)
    if request.method != "POST":
        return sheet(desk, section, verb, verb.form(desk=desk), back)
    form = verb.form(request.POST, request.FILES, desk=desk)
    if not form.is_valid():
        return sheet(desk, section, verb, form, back, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    thing = section.new_of(desk, form.cleaned_data)
    try:
        verb.do(thing, form.cleaned_data | {"form": form}, _person(desk), 0)
    except (NotNowError, HiddenError) as refused:
        return _refused(desk, section, verb, form, back, refused)
    return _done(desk, desk.at(f"{section.slug}_one", key=thing.key))


def may_add(desk: Desk, section: Section) -> bool:
    """Say whether who sits at the desk may add such a thing anywhere."""
    return section.adding is not None and bool(places_to_add(desk, section.model.KIND))


def thing_of(desk: Desk, section: Section, key: str) -> Any:
    """Find a thing by its public name; raises ``HiddenError`` alike for what is not there and what may not be known."""
    found = desk.visible(section.model).select_related(*section.related).filter(key=key).first()
    if found is None:
        raise HiddenError
    return found


def sheet(desk: Desk, section: Section, verb: Act, form: DeskForm, back: str, **more: Any) -> HttpResponse:
    """Write the page of a form."""
    status = more.pop("status", HTTPStatus.OK)
    return answer(
        desk,
        "programmes/sheet.html.j2",
        status=status,
        title=desk.request.tongue.say(verb.label),
        section=section,
        form=form,
        verb=verb,
        back=back,
        differences=more.get("differences"),
    )


def answer(desk: Desk, template: str, *, status: int = HTTPStatus.OK, **context: object) -> HttpResponse:
    """Write a page of the desk; it is never kept anywhere, as tomorrow it may say something else."""
    written = page(desk.request, template, status=status, desk=desk, **context)
    written.headers["Cache-Control"] = "private, no-store" if desk.by is not None else "no-cache"
    return written


def _tabs(desk: Desk, here: Section) -> list[tuple[str, str, bool]]:
    """Give the lists that stand beside each other; partners only for who may know of one."""
    say = desk.request.tongue.say
    shown = {**LISTED, here.slug: here.heading}
    if desk.visible(Partner).exists() or desk.places_to(Kind.PARTNER, Verb.ADD):
        shown["partners"] = PARTIES
    return [(say(heading), desk.at(slug), slug == here.slug) for slug, heading in shown.items()]


def _meanwhile(desk: Desk, section: Section, verb: Act, now: Any, back: str) -> HttpResponse:
    """Show what somebody else made of it beside what was typed; sending again is then a choice."""
    typed = desk.request.POST.copy()
    typed["seen"] = str(now.version)
    form = verb.form(typed, desk=desk, thing=now)
    form.full_clean()
    standing = verb.form(desk=desk, thing=now, initial=dict(verb.opening(now)))
    differences = [
        (field.label, _told(field), _told(standing[field.name]))
        for field in form.visible_fields()
        if field.name in verb.opening(now) and not _is_same(form, field, standing[field.name])
    ]
    return sheet(desk, section, verb, form, back, status=HTTPStatus.CONFLICT, differences=differences)


def _is_same(form: DeskForm, typed: Any, standing: Any) -> bool:
    """Say whether two fields hold the same, however it was written: 1-6-2027 is 2027-06-01."""
    if _told(typed) == _told(standing):
        return True
    if isinstance(typed.field, ModelChoiceField) or typed.name not in form.cleaned_data:
        return False
    try:
        return bool(form.cleaned_data[typed.name] == standing.field.clean(standing.value()))
    except ValidationError:
        return False


def _told(field: Any) -> str:
    """Say what stands in a field as a reader would: the names of what was chosen, not their codes."""
    value = field.value()
    if isinstance(field.field, DateField):
        value = field.field.widget.format_value(value)
    values = [str(getattr(one, "key", one)) for one in (value if isinstance(value, list | tuple) else [value])]
    names = {str(code): str(name) for code, name in getattr(field.field, "choices", ())}
    return ", ".join(names.get(one, one) for one in values if one not in {"", "None"})


def _refused(
    desk: Desk, section: Section, verb: Act, form: DeskForm, back: str, refused: NotNowError | HiddenError
) -> HttpResponse:
    sentence = refused.sentence if isinstance(refused, NotNowError) else mark("Dat mag je op deze plek niet toevoegen.")
    form.add_error(None, desk.request.tongue.say(sentence))
    return sheet(desk, section, verb, form, back, status=HTTPStatus.CONFLICT)


def _done(desk: Desk, at: str) -> HttpResponse:
    messages.success(desk.request, desk.request.tongue.say("Het is bewaard."), fail_silently=True)
    answered = HttpResponseRedirect(at, status=HTTPStatus.SEE_OTHER)
    answered.headers["Cache-Control"] = "private, no-store"
    return answered


def _person(desk: Desk) -> Any:
    if desk.by is None:
        raise ForbiddenError
    return desk.by
