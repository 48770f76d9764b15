"""Bringing in what was already agreed: the template, a workbook that is tried, the report, and the yes."""

from datetime import timedelta
from http import HTTPStatus

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.models import Account
from wijkpeil.web.accounts.refusals import ForbiddenError, HiddenError
from wijkpeil.web.accounts.roles import Kind, Verb
from wijkpeil.web.design.request import ReaderRequest
from wijkpeil.web.programmes.desk import Desk, desk_of
from wijkpeil.web.programmes.desk_views import answer
from wijkpeil.web.programmes.forms.importing import UploadForm
from wijkpeil.web.programmes.importing.bringing import bring_in
from wijkpeil.web.programmes.importing.columns import SHEETS
from wijkpeil.web.programmes.importing.report import Mode, Report, Status, report_of, words, workbook_of
from wijkpeil.web.programmes.importing.surroundings import Surroundings
from wijkpeil.web.programmes.importing.template import template
from wijkpeil.web.programmes.importing.workbook import RefusedWorkbookError
from wijkpeil.web.programmes.models.importing import Upload

TITLE = mark("Bestaande afspraken invoeren")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KEPT_FOR = timedelta(days=1)
_SHOWN = 100
"""So many faulty rows are on the page; all of them are in the file."""
_MODES = {"alles": Mode.ALL, "goed": Mode.GOOD}


def intake(request: ReaderRequest, programme: str) -> HttpResponse:
    """Offer the template and take a workbook, which is tried before anything is kept."""
    desk, by = _allowed(request, programme)
    if request.method != "POST":
        return _page(desk, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(desk, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    sent = form.cleaned_data["file"]
    content = sent.read()
    try:
        report = bring_in(content, sent.name, surroundings(desk), by=by, mode=Mode.TRIAL)
    except RefusedWorkbookError as refused:
        form.add_error("file", request.tongue.say(refused.sentence, **refused.parts))
        return _page(desk, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    Upload.objects.filter(made_at__lt=timezone.now() - _KEPT_FOR).delete()
    kept = Upload.objects.create(
        programme=programme, by=by, name=sent.name[:200], content=content, report=report.record()
    )
    return _see(desk, kept)


def uploaded(request: ReaderRequest, programme: str, key: str) -> HttpResponse:
    """Show what would become of every row, or did; and bring the workbook in when its sender says so."""
    desk, by = _allowed(request, programme)
    if request.method == "POST":
        with transaction.atomic():
            kept = _mine(desk, by, key, is_held=True)
            mode = _MODES.get(request.POST.get("wat", ""))
            if mode is not None and kept.content is not None and not kept.is_done:
                _keep(desk, kept, by, mode)
        return _see(desk, kept)
    kept = _mine(desk, by, key)
    report = report_of(kept.report)
    faults = report.faults
    return answer(
        desk,
        "programmes/uploaded.html.j2",
        title=request.tongue.say("Ingelezen")
        if kept.is_done
        else request.tongue.say("Proef: er is nog niets ingelezen"),
        report=report,
        upload=kept,
        counted=_counted(report, desk),
        listed=[(sheet, row.number, words(report, row, request.tongue)) for sheet, row in faults[:_SHOWN]],
        more=max(len(faults) - _SHOWN, 0),
        file=desk.at("intake_report", key=key),
        back=desk.at("intake"),
    )


def template_file(request: ReaderRequest, programme: str) -> HttpResponse:
    """Send the template of a programme."""
    desk, _ = _allowed(request, programme)
    return _sent(template(surroundings(desk)), f"wijkpeil-sjabloon-{programme}.xlsx")


def report_file(request: ReaderRequest, programme: str, key: str) -> HttpResponse:
    """Send the rows with the report beside each."""
    desk, by = _allowed(request, programme)
    kept = _mine(desk, by, key)
    return _sent(workbook_of(report_of(kept.report), request.tongue), f"wijkpeil-verslag-{key}.xlsx")


def may_bring_in(desk: Desk) -> bool:
    """Say whether who sits at the desk may bring things in anywhere."""
    places = (desk.wider_to(Kind.MEASURE, Verb.IMPORT), desk.places_to(Kind.MEASURE, Verb.IMPORT))
    return any(places)


def surroundings(desk: Desk) -> Surroundings:
    """Give what the words in a workbook can mean at a desk."""
    return Surroundings(edition=desk.edition, programme=desk.programme, language=desk.request.tongue)


def _allowed(request: ReaderRequest, programme: str) -> tuple[Desk, Account]:
    desk = desk_of(request, programme)
    if desk.by is None or not may_bring_in(desk):
        raise ForbiddenError
    return desk, desk.by


def _mine(desk: Desk, by: Account, key: str, *, is_held: bool = False) -> Upload:
    """Find a workbook that one sent in oneself; that of somebody else is not there."""
    rows = Upload.objects.select_for_update() if is_held else Upload.objects.defer("content")
    found = rows.filter(key=key, programme=desk.programme.id, by=by).first()
    if found is None:
        raise HiddenError
    return found


def _keep(desk: Desk, kept: Upload, by: Account, mode: Mode) -> None:
    """Bring a workbook in; where that is done, nothing of it is kept but the report."""
    report = bring_in(bytes(kept.content or b""), kept.name, surroundings(desk), by=by, mode=mode)
    kept.report = report.record()
    kept.is_done = mode is Mode.GOOD or not report.has_faults
    if kept.is_done:
        kept.content = None
    kept.save()


def _counted(report: Report, desk: Desk) -> list[tuple[str, str]]:
    say, whole = desk.request.tongue.say, desk.request.tongue.whole
    listed = (
        (say("Ingelezen als concept") if report.is_written else say("Kan worden ingelezen"), Status.ADDED),
        (say("Stond er al"), Status.ALREADY),
        (say("Niet goed"), Status.FAULT),
        (say("Voorbeeld, overgeslagen"), Status.EXAMPLE),
    )
    return [(label, whole(report.counts[status])) for label, status in listed]


def _page(desk: Desk, form: UploadForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
    return answer(
        desk,
        "programmes/intake.html.j2",
        status=status,
        title=desk.request.tongue.say(TITLE),
        form=form,
        sheets=SHEETS,
        blank=desk.at("intake_template"),
    )


def _see(desk: Desk, kept: Upload) -> HttpResponse:
    answered = HttpResponseRedirect(desk.at("intake_one", key=kept.key), status=HTTPStatus.SEE_OTHER)
    answered.headers["Cache-Control"] = "private, no-store"
    return answered


def _sent(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=XLSX, headers=headers)
