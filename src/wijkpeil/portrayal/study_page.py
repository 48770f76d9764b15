"""The page of a study: what was asked and done, the answer with its picture, how well we know it, and what is left."""

from dataclasses import dataclass
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from wijkpeil.domain.area import Level
from wijkpeil.domain.evidence import OutcomeResult, StudyResult
from wijkpeil.domain.grading import Grade
from wijkpeil.domain.policy import Policy
from wijkpeil.domain.study import Appraisal, Candidates, Study, StudyKind
from wijkpeil.portrayal import effect, loveplot, spec_curve, study, study_answers, study_doubts, study_grades, subject
from wijkpeil.portrayal import study_tables as tables
from wijkpeil.portrayal.language import Language
from wijkpeil.portrayal.study_refusals import refusal_sentences
from wijkpeil.portrayal.subject import EditionCard
from wijkpeil.portrayal.table import Table
from wijkpeil.portrayal.words import Speaker

_NAMED = 4
"""So many treated areas are named at once; of more the number is given, and the names in a list that opens."""


@dataclass(frozen=True, kw_only=True)
class Graded:
    """How well something is known: the level with its steps, what it means, and why it is not higher."""

    level: int
    short: str
    sentences: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ToldOutcome:
    """One outcome of a study, in everything that a reader sees of it."""

    id: str
    label: str
    colour: str
    conclusion: str
    answer: str
    why: tuple[str, ...]
    expected: str
    drawn: effect.Drawn | None
    event: Table | None
    chance: tuple[str, ...]
    compared: tuple[str, ...]
    power: tuple[str, ...]
    grade: Graded | None
    data: tuple[str, ...]
    checks: Table | None
    threats: Table | None
    alternatives: Table | None
    curve: spec_curve.Drawn | None
    love: loveplot.Drawn | None
    balance: Table | None
    weights: tuple[Table, ...]
    ring: Table | None
    transitions: Table | None
    would_change: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Told:
    """A whole study, in everything that a reader sees of it; ``areas`` are code, name and start of the treated ones."""

    id: str
    title: str
    question: str
    kind: str
    conclusions: tuple[tuple[str, str], ...]
    answers: tuple[str, ...]
    refusal: tuple[str, ...]
    is_placebo: bool
    facts: tuple[tuple[str, str], ...]
    areas: tuple[tuple[str, str, int], ...]
    done: str
    mechanism: str
    registration: tuple[str, ...]
    grade: Graded | None
    outcomes: tuple[ToldOutcome, ...]
    lacks_english: bool
    summary: Table | None
    movers: Table | None
    reported: tuple[tuple[str, str], ...]
    reported_checks: Table | None
    finding: str
    sources: tuple[str, ...]
    appraisal: tuple[tuple[str, str], ...]
    appraised: str
    made: str


def told(speaker: Speaker, result: StudyResult) -> Told:
    """Gather everything that a page tells about a study."""
    language, one = speaker.language, result.study
    result = study_answers.with_programmes(speaker, result)
    found = [outcome for outcome in result.outcomes if outcome.indicator in speaker.policy.indicator]
    reported = one.reported
    return Told(
        id=one.id,
        title=study.title_of(language, one),
        question=study.question_of(language, one),
        kind=study.kind_words(language, one),
        conclusions=tuple(study.conclusions_counted(language, result)),
        answers=tuple(study_answers.answers(speaker, result)),
        refusal=tuple(refusal_sentences(language, result.refusal, result.names)) if result.refusal else (),
        is_placebo=one.kind is StudyKind.PLACEBO,
        facts=tuple(facts(speaker, result)),
        areas=tuple((area.area, result.names.get(area.area, area.area), area.start) for area in one.treated),
        done=study.done_of(language, one),
        mechanism=study.mechanism_of(language, one),
        registration=tuple(study.registration_sentences(language, result)),
        grade=graded(language, result.grade) if is_graded(result) else None,
        outcomes=tuple(told_outcome(speaker, result, outcome) for outcome in found),
        lacks_english=language.code != "nl" and not (one.done_en and one.mechanism_en),
        summary=tables.outcomes_table(speaker, result) if len(found) > 1 else None,
        movers=tables.movers_table(speaker, one.movers, found),
        reported=tuple(tables.reported_facts(language, reported)) if reported else (),
        reported_checks=tables.reported_checks_table(language, reported) if reported else None,
        finding=(reported.finding if language.code == "nl" else reported.finding_en) if reported else "",
        sources=tuple(part.strip() for part in reported.source.split(" ; ")) if reported else (),
        appraisal=tuple(appraised(language, one.appraisal)) if one.appraisal else (),
        appraised=one.appraisal.note if one.appraisal else "",
        made=made_words(language, result),
    )


def told_outcome(speaker: Speaker, result: StudyResult, outcome: OutcomeResult) -> ToldOutcome:
    """Gather everything that a page tells about one outcome."""
    language, found = speaker.language, outcome.found
    indicator = speaker.policy.indicator[outcome.indicator]
    grade = outcome.grade if is_graded(result) else None
    level = grade.level if grade else None
    identity = f"effect-{indicator.id}"
    colour, conclusion = study.sign_of(language, result.study, outcome.conclusion)
    drawn = (
        effect.effect_picture(speaker, indicator, found, identity=identity, lag=result.study.lag, grade=level)
        if found
        else None
    )
    return ToldOutcome(
        id=indicator.id,
        label=language.label(indicator),
        colour=colour,
        conclusion=conclusion,
        answer=study.answer(speaker, result, outcome),
        why=tuple(study.why_no_statement(language, result, outcome)),
        expected=study.expected_words(language, indicator, result.study),
        drawn=drawn,
        event=effect.event_table(speaker, indicator, found) if found and found.path else None,
        chance=tuple(study.chance_sentences(language, result, outcome)),
        compared=tuple(study.compared_sentences(language, outcome, found)) if found else (),
        power=tuple(
            study_doubts.power_sentences(language, indicator, outcome.power, outcomes=len(result.study.outcomes))
        )
        if outcome.power
        else (),
        grade=graded(language, grade),
        data=tuple(study_grades.data_sentences(language, outcome.data))
        if outcome.data and result.study.kind is not StudyKind.DESCRIPTION
        else (),
        checks=tables.checks_table(speaker, indicator, found, result.names) if found and found.checks else None,
        threats=tables.threats_table(language, outcome.threats) if outcome.threats else None,
        alternatives=tables.alternatives_table(language, indicator, found, outcome.alternatives)
        if outcome.alternatives
        else None,
        curve=spec_curve.curve(speaker, indicator, found, outcome.alternatives, identity=f"manieren-{indicator.id}")
        if found
        else None,
        love=loveplot.love_plot(speaker, found.balance, identity=f"kenmerken-{indicator.id}") if found else None,
        balance=tables.balance_table(speaker, indicator, found) if found and found.balance else None,
        weights=tuple(tables.weights_tables(language, found, result.names)) if found else (),
        ring=tables.ring_table(language, indicator, found, outcome.ring) if outcome.ring else None,
        transitions=tables.transitions_table(speaker, indicator, outcome.transitions) if outcome.transitions else None,
        would_change=tuple(study_doubts.would_change(language, outcome)),
    )


def is_graded(result: StudyResult) -> bool:
    """Say whether the level of the evidence is told: a start that never was, and a description, prove nothing."""
    return result.study.kind in {StudyKind.EVALUATION, StudyKind.ELSEWHERE}


def graded(language: Language, grade: Grade | None) -> Graded | None:
    """Say a grade in words, where there is one."""
    if grade is None:
        return None
    return Graded(
        level=grade.level,
        short=study_grades.level_short(language, grade.level),
        sentences=tuple(study_grades.grade_sentences(language, grade)),
        reasons=tuple(study_grades.grade_reasons(language, grade)),
    )


def facts(speaker: Speaker, result: StudyResult) -> list[tuple[str, str]]:
    """List what a study is: of which programme, where, since when, compared with whom, in which years."""
    language, one = speaker.language, result.study
    say = language.say
    programme = speaker.policy.programme.get(one.programme or "")
    starts = sorted({area.start for area in one.treated})
    listed = [
        (say("Soort onderzoek"), study.kind_words(language, one)),
        (say("Programma"), language.label(programme) if programme else ""),
        (say("Opzet"), study.designs_words(language, one) if one.designs else ""),
        (say("Waar iets gedaan is"), _where(language, result)),
        (say("Sinds"), f"{starts[0]}" if len(starts) == 1 else f"{starts[0]}–{starts[-1]}" if starts else ""),
        (say("Aanlooptijd"), _lag(language, one)),
        (say("Vergeleken met"), _candidates(speaker, one.candidates) if one.candidates else ""),
        (say("Jaren"), f"{one.first or ''}–{one.last or ''}" if one.first or one.last else ""),
        (say("Editie"), result.edition if one.kind is not StudyKind.ELSEWHERE else ""),
    ]
    return [(name, text) for name, text in listed if text]


def appraised(language: Language, appraisal: Appraisal) -> list[tuple[str, str]]:
    """List the judgement of the committee on a study, from 1 (weak) to 5 (strong)."""
    say = language.say
    scores = (
        (say("Opzet van het onderzoek"), appraisal.design),
        (say("Uitvoering"), appraisal.execution),
        (say("Wat beleid eraan heeft"), appraisal.policy_yield),
    )
    listed = [(name, say("{score} van 5", score=score)) for name, score in scores]
    return [*listed, (say("Beoordeeld door"), appraisal.by)]


def made_words(language: Language, result: StudyResult) -> str:
    """Say when and with what a study was computed, so that it can be computed again."""
    if result.study.kind is StudyKind.ELSEWHERE:
        return ""
    return language.say(
        "Uitgerekend op {day} met Wijkpeil {version} op editie {edition}. Toeval is {draws} keer getrokken, steeds met "
        "hetzelfde begin ({seed}). Kenmerk van het bestand: {hash}.",
        day=language.day(result.computed_on),
        version=result.version,
        edition=result.edition,
        draws=language.whole(result.study.draws),
        seed=result.study.seed,
        hash=result.study_hash[:12],
    )


def page(result: StudyResult, policy: Policy, language: Language, edition: EditionCard | None = None) -> str:
    """Write the whole page of a study in one language; it holds its style and pictures, and reaches for nothing."""
    speaker = Speaker(language=language, policy=policy)
    return (
        _environment()
        .get_template("study/page.html.j2")
        .render(
            say=language.say,
            language=language,
            told=told(speaker, result),
            warnings=_warnings(language, result, policy, edition),
            edition_words=subject.edition_words(language, edition) if edition else "",
            code_version=result.version,
        )
    )


def _warnings(
    language: Language, result: StudyResult, policy: Policy, edition: EditionCard | None
) -> list[tuple[str, str]]:
    if edition is not None:
        return subject.warnings(language, edition, policy)
    if not result.fictional:
        return []
    text = language.say("{name} bestaat niet. Alle cijfers en gebieden zijn bedacht, als voorbeeld.", name=policy.name)
    return [(language.say("VERZONNEN LAND"), text)]


def _where(language: Language, result: StudyResult) -> str:
    treated = result.study.treated
    if not treated:
        return ""
    counted = language.say_count("{count} wijk", "{count} wijken", len(treated))
    if len(treated) > _NAMED:
        return counted
    return f"{counted}: {language.series(result.names.get(one.area, one.area) for one in treated)}"


def _lag(language: Language, one: Study) -> str:
    if not one.lag:
        return ""
    return language.say_count(
        "het eerste jaar na de start verwachten we nog niets",
        "de eerste {count} jaren na de start verwachten we nog niets",
        one.lag,
    )


def _candidates(speaker: Speaker, rule: Candidates) -> str:
    say, language = speaker.language.say, speaker.language
    parts = [say("{areas} waar niets gedaan is", areas=subject.levels_words(language, Level(rule.level)))]
    if rule.same_city:
        parts.append(say("in dezelfde stad"))
    programmes = [speaker.policy.programme.get(id_) for id_ in rule.without_programmes]
    named = [language.label(one) for one in programmes if one]
    if named:
        parts.append(say("zonder die van {programmes}", programmes=language.series(named)))
    if rule.ring_km is not None:
        parts.append(say("zonder de ring van {km} km eromheen", km=language.number(rule.ring_km, 1)))
    if rule.minimum_population:
        parts.append(say("met minstens {people} inwoners", people=language.whole(rule.minimum_population)))
    return ", ".join(parts)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("wijkpeil.portrayal"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["lines"] = lambda cell: Markup("<br>").join(line for line in cell if line)
    return environment
