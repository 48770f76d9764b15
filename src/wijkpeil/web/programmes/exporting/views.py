"""Taking things away: open data for everybody, and all of it for the auditor."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, HttpResponseNotModified, StreamingHttpResponse
from django.utils import translation

from wijkpeil.portrayal.language import language
from wijkpeil.web.accounts.refusals import HiddenError
from wijkpeil.web.design.addresses import address, whole
from wijkpeil.web.design.request import ReaderRequest
from wijkpeil.web.programmes.desk import Desk, desk_of
from wijkpeil.web.programmes.desk_views import answer
from wijkpeil.web.programmes.exporting import archive
from wijkpeil.web.programmes.exporting.open_data import LICENCE, OpenData, open_data, workbook_of, zip_of
from wijkpeil.web.programmes.importing.views import XLSX, may_bring_in
from wijkpeil.web.programmes.record_shape import Audience
from wijkpeil.web.programmes.records import KINDS, fields_for


def offer(request: ReaderRequest, programme: str) -> HttpResponse:
    """Show what can be taken away, and what every column means."""
    desk = desk_of(request, programme)
    return answer(
        desk,
        "programmes/open_data.html.j2",
        title=request.tongue.say("Open data"),
        kinds=[(one, fields_for(kind, Audience.PUBLIC)) for kind, one in KINDS.items()],
        licence=LICENCE,
        intake=desk.at("intake") if may_bring_in(desk) else "",
        archive=desk.at("archive") if archive.may_take(programme, desk.by) else "",
    )


def zip_file(request: ReaderRequest, programme: str) -> HttpResponseBase:
    """Send everything that was approved, as tables; for whoever asks it is the same, and in Dutch."""
    data = _data(request, programme)
    known = _unchanged(request, data, "zip")
    if known is not None:
        return known
    return _sent(zip_of(data, language("nl")), f"wijkpeil-{programme}.zip", "application/zip", _tag(data, "zip"))


def xlsx_file(request: ReaderRequest, programme: str) -> HttpResponseBase:
    """Send the same as one workbook."""
    data = _data(request, programme)
    known = _unchanged(request, data, "xlsx")
    if known is not None:
        return known
    return _sent([workbook_of(data, language("nl"))], f"wijkpeil-{programme}.xlsx", XLSX, _tag(data, "xlsx"))


def whole_archive(request: ReaderRequest, programme: str) -> HttpResponseBase:
    """Give the auditor everything, and write down that he took it; for anybody else there is nothing here."""
    desk = desk_of(request, programme)
    if desk.by is None or not archive.may_take(programme, desk.by):
        raise HiddenError
    if request.method != "POST":
        return answer(desk, "programmes/archive.html.j2", title=request.tongue.say("Alles meenemen"))
    pieces = archive.take(programme, by=desk.by)
    sent = _sent(pieces, f"wijkpeil-archief-{programme}.zip", "application/zip", "")
    sent.headers["Cache-Control"] = "private, no-store"
    return sent


def _data(request: ReaderRequest, programme: str) -> OpenData:
    desk: Desk = desk_of(request, programme)
    with translation.override("nl"):
        page = whole(request, address("programme_data", programme=programme))
    return open_data(desk.edition, desk.programme, publisher=settings.PUBLISHER, page=page)


def _tag(data: OpenData, form: str) -> str:
    return f'"{data.content[:40]}-{form}"'


def _unchanged(request: ReaderRequest, data: OpenData, form: str) -> HttpResponse | None:
    tag = _tag(data, form)
    given = {one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")}
    if tag not in given:
        return None
    same = HttpResponseNotModified(headers={"ETag": tag, "Cache-Control": "no-cache"})
    same.status_code = HTTPStatus.NOT_MODIFIED
    return same


def _sent(pieces: object, name: str, form: str, tag: str) -> HttpResponseBase:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Encoding": "identity",
        "Cache-Control": "no-cache",
        **({"ETag": tag} if tag else {}),
    }
    return StreamingHttpResponse(pieces, content_type=form, headers=headers)  # type: ignore[arg-type]
