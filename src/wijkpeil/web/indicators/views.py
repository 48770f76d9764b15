"""One figure in all neighbourhoods: the list of indicators, the page of one, and its file."""

from django.http import Http404, HttpResponse

from wijkpeil.publication.everywhere import NoSuchChoiceError, everywhere_of
from wijkpeil.web.design.choosing import Asked, asked
from wijkpeil.web.design.errors import BadQuestionError
from wijkpeil.web.design.page import page
from wijkpeil.web.design.request import ReaderRequest
from wijkpeil.web.indicators.files import as_csv
from wijkpeil.web.indicators.gathering import shown
from wijkpeil.web.indicators.listing import listed


def indicators(request: ReaderRequest) -> HttpResponse:
    """List every indicator by theme."""
    title = request.tongue.say("Alle cijfers")
    return page(request, "indicators/indicators.html.j2", title=title, themes=listed(request.edition, request.tongue))


def indicator(request: ReaderRequest, id_: str) -> HttpResponse:
    """Show one indicator in all areas that were asked for."""
    question = _question(request, id_)
    try:
        told = shown(request.edition, request.tongue, question)
    except NoSuchChoiceError as fault:
        raise BadQuestionError(request.tongue.say("Over {year} zijn er hier geen cijfers.", year=fault)) from None
    return page(request, "indicators/indicator.html.j2", title=told.title, told=told, indicator=id_)


def indicator_csv(request: ReaderRequest, id_: str) -> HttpResponse:
    """Give what is on the page of an indicator as a file."""
    question = _question(request, id_)
    try:
        found = everywhere_of(request.edition, question.choice)
    except NoSuchChoiceError as fault:
        raise BadQuestionError(request.tongue.say("Over {year} zijn er hier geen cijfers.", year=fault)) from None
    answer = HttpResponse(as_csv(found), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="wijkpeil-{request.edition.id}-{id_}.csv"'
    return answer


def _question(request: ReaderRequest, id_: str) -> Asked:
    if id_ not in request.edition.policy.indicator:
        raise Http404(id_)
    return asked(request.edition, request.tongue, id_, request.GET.dict())
