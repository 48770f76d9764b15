"""Gives files out to who may see the thing they stand with, as a download that nothing opens by itself."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from wijkpeil.web.accounts.refusals import HiddenError
from wijkpeil.web.accounts.roles import Kind
from wijkpeil.web.design.request import ReaderRequest
from wijkpeil.web.programmes.attached import may_be_shown
from wijkpeil.web.programmes.attaching import there
from wijkpeil.web.programmes.attachments.names import served
from wijkpeil.web.programmes.attachments.types import FORMATS
from wijkpeil.web.programmes.desk import desk_of
from wijkpeil.web.programmes.desk_views import thing_of
from wijkpeil.web.programmes.models.attachment import Attachment, AttachmentBytes
from wijkpeil.web.programmes.sections import Section

_CLOSED = "sandbox; default-src 'none'; frame-ancestors 'none'"
"""What a browser may do with a file, should it open one all the same: nothing."""


def download(request: ReaderRequest, programme: str, section: Section, key: str, attachment: str) -> HttpResponse:
    """Give a file out to be kept; what may not be seen is not there, whatever the reason."""
    return _given(_found(request, programme, section, key, attachment), is_download=True)


def picture(request: ReaderRequest, programme: str, section: Section, key: str, attachment: str) -> HttpResponse:
    """Give a photo of a story to be shown on its page."""
    found = _found(request, programme, section, key, attachment)
    if not (found.is_image and found.kind == Kind.STORY):
        raise HiddenError
    return _given(found, is_download=False)


def _found(request: ReaderRequest, programme: str, section: Section, key: str, attachment: str) -> Attachment:
    thing = thing_of(desk_of(request, programme), section, key)
    found: Attachment | None = there(thing).filter(key=attachment).first()
    if found is None or not may_be_shown(thing, timezone.localdate()):
        raise HiddenError
    return found


def _given(one: Attachment, *, is_download: bool) -> HttpResponse:
    """Write the bytes; nobody keeps them, as tomorrow they may be gone."""
    content = AttachmentBytes.objects.values_list("content", flat=True).get(attachment=one)
    is_text = one.media_type.startswith("text/")
    answer = HttpResponse(bytes(content), content_type=one.media_type + ("; charset=utf-8" if is_text else ""))
    name = served(one.name, FORMATS[one.media_type].ending)
    answer.headers["Content-Disposition"] = content_disposition_header(is_download, name) or "inline"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = _CLOSED
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
