"""All studies in one list, the page of one, and its file."""

import hashlib

from django.http import Http404, HttpResponse

from wijkpeil.domain.evidence import StudyResult
from wijkpeil.domain.study import StudyKind
from wijkpeil.portrayal.study_grades import level_sentences
from wijkpeil.portrayal.study_page import told
from wijkpeil.portrayal.words import Speaker
from wijkpeil.publication.evidence_library import NoSuchStudyError, studies_for_readers, study_for_readers
from wijkpeil.publication.study_records import to_json
from wijkpeil.web.design.page import KEPT, page, tag_of
from wijkpeil.web.design.request import ReaderRequest
from wijkpeil.web.studies.listing import (
    cards,
    chosen,
    design_options,
    grade_options,
    kind_options,
    theme_options,
)


def studies(request: ReaderRequest) -> HttpResponse:
    """List the studies, our own and those by others."""
    _about(request, request.library.newest())
    policy, language = request.edition.policy, request.tongue
    found = studies_for_readers(request.library)
    choice = chosen(language, request.GET.dict(), policy)
    answer = page(
        request,
        "studies/studies.html.j2",
        title=language.say("Wat hielp?"),
        cards=cards(language, found, policy, choice),
        total=len(found),
        choice=choice,
        themes=theme_options(language, found, policy),
        designs=design_options(language, found),
        grades=grade_options(language),
        kinds=kind_options(language, found),
        levels=level_sentences(language),
    )
    return _kept(request, answer)


def study(request: ReaderRequest, id: str) -> HttpResponse:  # noqa: A002
    """Show one study on the edition that it was computed from; one by others has none of its own."""
    result = _study(request, id)
    _about(request, request.library.newest() if result.study.kind is StudyKind.ELSEWHERE else result.edition)
    speaker = Speaker(language=request.tongue, policy=request.edition.policy)
    one = told(speaker, result)
    known = set(request.edition.areas["code"])
    return _kept(request, page(request, "studies/study.html.j2", title=one.title, told=one, known=known))


def study_file(request: ReaderRequest, id: str) -> HttpResponse:  # noqa: A002
    """Give everything that a study found as one file."""
    answer = HttpResponse(to_json(_study(request, id)), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="wijkpeil-{id}.json"'
    return _kept(request, answer)


def _study(request: ReaderRequest, id_: str) -> StudyResult:
    try:
        return study_for_readers(request.library, id_)
    except NoSuchStudyError:
        raise Http404(id_) from None


def _about(request: ReaderRequest, edition: str) -> None:
    """Let the page be about an edition that its address does not name; it has no other page in a newer one."""
    request.edition, request.is_newest = request.library.open(edition), True


def _kept(request: ReaderRequest, answer: HttpResponse) -> HttpResponse:
    """Tag an answer by everything that lies on the shelf: a study may be computed anew on the same edition."""
    parts = (tag_of(request), *map(str, request.library.fingerprint()))
    answer["ETag"] = f'"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:24]}"'
    answer["Cache-Control"] = f"public, max-age={KEPT}"
    return answer
