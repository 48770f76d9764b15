"""The list of all studies, with what a reader may choose from it."""

from collections.abc import Iterable
from dataclasses import dataclass

from wijkpeil.domain.evidence import StudyResult
from wijkpeil.domain.policy import Policy
from wijkpeil.domain.study import Design, StudyKind
from wijkpeil.portrayal import study as words
from wijkpeil.portrayal.language import Language
from wijkpeil.portrayal.study_answers import shared_refusal
from wijkpeil.portrayal.study_grades import data_short, level_short
from wijkpeil.portrayal.study_page import is_graded
from wijkpeil.portrayal.study_refusals import REFUSALS
from wijkpeil.portrayal.study_words import design_words
from wijkpeil.web.design.addresses import address
from wijkpeil.web.design.errors import BadQuestionError

Options = list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What a reader chose: a theme of outcomes, a design, the least level of evidence, a kind; empty is all."""

    theme: str
    design: str
    grade: str
    kind: str

    def fits(self, result: StudyResult, policy: Policy) -> bool:
        """Say whether a study is among what was chosen."""
        return (
            self.theme in {"", *themes_of(result, policy)}
            and self.design in {"", *(one.value for one in [design_of(result)] if one)}
            and self.kind in {"", result.study.kind.value}
            and (not self.grade or _level(result) >= int(self.grade))
        )


@dataclass(frozen=True, kw_only=True)
class Card:
    """One study in the list."""

    title: str
    address: str
    question: str
    kind: str
    design: str
    level: int | None
    grade: str
    data: str
    conclusions: tuple[tuple[str, str], ...]
    answer: str
    edition: str


def chosen(language: Language, query: dict[str, str], policy: Policy) -> Choice:
    """Read what is chosen; raises ``BadQuestionError`` with what can be chosen."""
    known = {
        "thema": [theme.id for theme in policy.themes],
        "opzet": [one.value for one in Design],
        "bewijs": [str(level) for level in range(1, 6)],
        "soort": [one.value for one in StudyKind],
    }
    for name, value in query.items():
        if name in known and value and value not in known[name]:
            raise BadQuestionError(
                language.say(
                    "‘{value}’ kan niet bij ‘{name}’. Kies uit: {known}.",
                    value=value[:80],
                    name=name,
                    known=", ".join(known[name]),
                )
            )
    theme, design, grade, kind = (query.get(name, "") for name in known)
    return Choice(theme=theme, design=design, grade=grade, kind=kind)


def cards(language: Language, results: Iterable[StudyResult], policy: Policy, choice: Choice) -> list[Card]:
    """Give the chosen studies, our own first, each with its question, its answer and how well it is known."""
    fitting = [one for one in results if choice.fits(one, policy)]
    fitting.sort(key=lambda one: (one.study.kind is StudyKind.ELSEWHERE, words.title_of(language, one.study)))
    return [_card(language, one) for one in fitting]


def theme_options(language: Language, results: Iterable[StudyResult], policy: Policy) -> Options:
    """List the themes of which there is an outcome."""
    there = {theme for one in results for theme in themes_of(one, policy)}
    listed = [(theme.id, language.label(theme)) for theme in policy.themes if theme.id in there]
    return [("", language.say("Alle thema's")), *listed]


def design_options(language: Language, results: Iterable[StudyResult]) -> Options:
    """List the designs that were used."""
    there = {design_of(one) for one in results}
    return [
        ("", language.say("Elke opzet")),
        *((one.value, design_words(language, one)) for one in Design if one in there),
    ]


def grade_options(language: Language) -> Options:
    """List the levels of the evidence."""
    levels = [(str(level), language.say("minstens {level}", level=level)) for level in range(1, 6)]
    return [("", language.say("Elk niveau")), *levels]


def kind_options(language: Language, results: Iterable[StudyResult]) -> Options:
    """List the kinds of studies that there are."""
    there = {one.study.kind for one in results}
    listed = [(kind.value, language.say(name)) for kind, name in words.KINDS.items() if kind in there]
    return [("", language.say("Alle soorten")), *listed]


def themes_of(result: StudyResult, policy: Policy) -> set[str]:
    """Give the themes of the outcomes of a study."""
    named = {*(one.indicator for one in result.study.outcomes), *(one.indicator for one in result.outcomes)}
    return {policy.indicator[id_].theme for id_ in named if id_ in policy.indicator}


def design_of(result: StudyResult) -> Design | None:
    """Give the design of a study: the one that was chosen beforehand, or that others used."""
    one = result.study
    return one.reported.design if one.reported else one.designs[0] if one.designs else None


def _level(result: StudyResult) -> int:
    return result.grade.level if result.grade and is_graded(result) else 0


def _card(language: Language, result: StudyResult) -> Card:
    one, grade = result.study, result.grade if is_graded(result) else None
    grades = [outcome.data for outcome in result.outcomes if outcome.data]
    return Card(
        title=words.title_of(language, one),
        address=address("study", id=one.id),
        question=words.question_of(language, one),
        kind=words.kind_words(language, one),
        design=words.designs_words(language, one) if one.designs or one.reported else "",
        level=grade.level if grade else None,
        grade=level_short(language, grade.level) if grade else "",
        data=", ".join(dict.fromkeys(data_short(language, grade) for grade in grades)),
        conclusions=tuple(words.conclusions_counted(language, result)),
        answer=_in_short(language, result),
        edition=result.edition if one.kind is not StudyKind.ELSEWHERE else "",
    )


def _in_short(language: Language, result: StudyResult) -> str:
    """Give the finding of others, or the reason of a refusal; of our own the conclusions say enough."""
    reported = result.study.reported
    if reported is not None:
        return reported.finding if language.code == "nl" else reported.finding_en or reported.finding
    if result.refusal is not None:
        return language.say(REFUSALS[result.refusal.reason])
    return shared_refusal(language, result.outcomes)
