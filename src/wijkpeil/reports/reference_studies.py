"""References to a study on the shelf: its answer with its margin, and never its effect without its grade."""

from wijkpeil.domain.evidence import Conclusion, OutcomeResult, StudyResult
from wijkpeil.portrayal import study_tables
from wijkpeil.portrayal.effect import effect_picture
from wijkpeil.portrayal.print import printed
from wijkpeil.portrayal.study import answer, title_of
from wijkpeil.portrayal.study_answers import answers
from wijkpeil.portrayal.study_grades import grade_reasons, grade_sentences, level_short
from wijkpeil.portrayal.table import Table
from wijkpeil.reports.claims import Answer, Claim
from wijkpeil.reports.document import Figure, Span, plain
from wijkpeil.reports.grounds import Grounds
from wijkpeil.reports.references import AskedError, Reference, near

PARTS = ("antwoord", "effect", "graad", "oordeel", "naam")
ENOUGH = 3
"""From this level of the Maryland scale on a study carries a word like 'thanks to'."""
_WIDE = 520.0
_FOUND = {Conclusion.HELPED: 4, Conclusion.HARMED: 3, Conclusion.CHANGED: 2, Conclusion.NO_EFFECT_WORTH_HAVING: 1}


def study(grounds: Grounds, asked: Reference) -> Answer:
    """Give a part of a study: its answer, one effect, its grade, what the committee said of it, or its name."""
    result = grounds.study(asked.words[0])
    part = asked.words[1] if len(asked.words) > 1 else "antwoord"
    if part not in PARTS:
        raise AskedError(
            grounds.say("Van een onderzoek is er geen {part}.", part=repr(part)), near=near(part, PARTS) or PARTS
        )
    if len(asked.words) > 2 and part not in {"effect", "graad"}:
        raise AskedError(grounds.say("Een cijfer noem je alleen bij ‘effect’ en ‘graad’."), near=("effect", "graad"))
    title = title_of(grounds.language, result.study)
    if part == "naam":
        return Answer(text=(Span(text=title, emphasis=True),))
    if part == "oordeel":
        return _appraisal(grounds, result, title)
    wanted = asked.words[2] if len(asked.words) > 2 else ""
    one = _outcome(grounds, result, wanted) if wanted or part == "effect" else None
    graded = _grade_words(grounds, result, one if wanted else None)
    ended = title if title[-1:] in "?!." else f"{title}."
    note = f"{ended} {graded} {_why(grounds, result, one)} {_made(grounds, result)}"
    if part == "graad":
        return Answer(text=(Span(text=graded, note=plain(note)),), claim=_claim(result, one or _best(result), graded))
    if one is not None:
        said = answer(grounds.speaker, result, one)
        return Answer(
            text=(Span(text=said, note=plain(note)),), claim=_claim(result, one, said), is_absent=one.found is None
        )
    told = result.study.reported
    if told is None:
        said = " ".join(answers(grounds.speaker, result))
    else:
        said = told.finding if grounds.language.code == "nl" else told.finding_en or told.finding
    return Answer(text=(Span(text=said, note=plain(note)),), claim=_claim(result, _best(result), said))


def _made(grounds: Grounds, result: StudyResult) -> str:
    """Say from which figures a study was computed, or by whom it was done elsewhere."""
    told = result.study.reported
    if told is not None:
        return grounds.say(
            "Onderzoek van {authors} ({year}): {source}.", authors=told.authors, year=told.year, source=told.source
        )
    day = grounds.language.day(result.computed_on)
    return grounds.say("Uitgerekend met editie {id} op {day}.", id=result.edition, day=day)


def effect_figure(grounds: Grounds, asked: Reference, name: str) -> Answer:
    """Draw the effect of a study on one outcome."""
    result = grounds.study(asked.words[1])
    one = _outcome(grounds, result, asked.words[2] if len(asked.words) > 2 else "")
    indicator = grounds.edition.policy.indicator[one.indicator]
    level = one.grade.level if one.grade else None
    drawn = effect_picture(grounds.speaker, indicator, one.found, identity=name, grade=level) if one.found else None
    if drawn is None:
        raise AskedError(grounds.say("Van deze uitkomst is er geen lijn door de jaren om te tekenen."))
    picture = printed(drawn.picture, width=_WIDE)
    sides = grounds.say("Bovenaan: {above}. Onderaan: {below}.", above=drawn.above, below=drawn.below)
    caption = f"{title_of(grounds.language, result.study)} {picture.title}. {sides} {_grade_words(grounds, result)}"
    made = Figure(picture=picture, alt=f"{picture.title}. {picture.alt}", caption=plain(caption), id=name)
    return Answer(blocks=(made,), claim=_claim(result, one, caption))


def study_table(grounds: Grounds, result: StudyResult) -> Table:
    """Set the outcomes of a study beside each other."""
    return study_tables.outcomes_table(grounds.speaker, result)


def grade_of(result: StudyResult) -> int | None:
    """Give the level of a whole study, or the highest that one of its outcomes earned."""
    if result.grade is not None:
        return result.grade.level
    return max((one.grade.level for one in result.outcomes if one.grade), default=None)


def _outcome(grounds: Grounds, result: StudyResult, typed: str) -> OutcomeResult:
    known = [one for one in result.outcomes if one.indicator in grounds.edition.policy.indicator]
    if not typed and known:
        return next((one for one in known if one.found), known[0])
    found = next((one for one in known if one.indicator == typed), None)
    if found is None:
        ids = [one.indicator for one in known]
        raise AskedError(
            grounds.say("Dit onderzoek heeft geen uitkomst {typed}.", typed=repr(typed)),
            near=near(typed, ids) or tuple(ids[:5]),
        )
    return found


def _best(result: StudyResult) -> OutcomeResult | None:
    return max(result.outcomes, key=lambda one: _FOUND.get(one.conclusion, 0), default=None)


def _claim(result: StudyResult, one: OutcomeResult | None, words: str) -> Claim:
    level = one.grade.level if one and one.grade else grade_of(result)
    found = one.found if one else None
    conclusion = one.conclusion if one else Conclusion.NO_STATEMENT
    low, high = (found.inference.low, found.inference.high) if found else (None, None)
    holds_zero = low is not None and high is not None and low <= 0 <= high
    better = {Conclusion.HELPED: 1, Conclusion.HARMED: -1}.get(conclusion)
    return Claim(words=words, effect=conclusion, grade=level, better=better, by_chance=holds_zero if found else None)


def _grade_words(grounds: Grounds, result: StudyResult, one: OutcomeResult | None = None) -> str:
    level = one.grade.level if one and one.grade else grade_of(result)
    if level is None:
        return grounds.say("Bewijs: geen graad.")
    return grounds.say("Bewijs: {short}.", short=level_short(grounds.language, level))


def _why(grounds: Grounds, result: StudyResult, one: OutcomeResult | None = None) -> str:
    grade = (
        (one.grade if one else None)
        or result.grade
        or next((found.grade for found in result.outcomes if found.grade), None)
    )
    if grade is None:
        return ""
    return " ".join([*grade_sentences(grounds.language, grade), *grade_reasons(grounds.language, grade)])


def _appraisal(grounds: Grounds, result: StudyResult, title: str) -> Answer:
    """Say what the committee thought of the methods of a study."""
    seen = result.study.appraisal
    if seen is None:
        text = grounds.say("De commissie gaf over dit onderzoek nog geen oordeel.")
        return Answer(text=(Span(text=text, note=plain(title)),), is_absent=True)
    text = grounds.say(
        "De commissie gaf de opzet een {design}, de uitvoering een {execution} en de bruikbaarheid een {policy_yield} "
        "(van 5).",
        design=seen.design,
        execution=seen.execution,
        policy_yield=seen.policy_yield,
    )
    return Answer(text=(Span(text=f"{text} {seen.note}".strip(), note=plain(f"{title}; {seen.by}.")),))
