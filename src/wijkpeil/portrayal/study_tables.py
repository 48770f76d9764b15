"""The tables of a study: outcomes, alternatives, balance, weights, checks, threats, classes, movers and the ring."""

from collections.abc import Mapping, Sequence

from wijkpeil.domain.evidence import (
    Alternative,
    Check,
    CheckKind,
    CheckStatus,
    Found,
    OutcomeResult,
    StudyResult,
    Transition,
    Weight,
)
from wijkpeil.domain.grading import Threat
from wijkpeil.domain.indicator import Indicator
from wijkpeil.domain.study import Movers, Reported, StudyKind
from wijkpeil.portrayal import quantity
from wijkpeil.portrayal.language import Language, mark
from wijkpeil.portrayal.study import sign_of
from wijkpeil.portrayal.study_checks import characteristic, check_figures, check_words
from wijkpeil.portrayal.study_grades import data_short
from wijkpeil.portrayal.study_refusals import REFUSALS
from wijkpeil.portrayal.study_threats import threat_words
from wijkpeil.portrayal.study_words import change_words, design_words, p_words, span_words
from wijkpeil.portrayal.table import Cell, Table
from wijkpeil.portrayal.words import Speaker

_MOST_WEIGHTS = 15
_GROUPS = {"treated": mark("waar iets gedaan is"), "compared": mark("waar niets gedaan is")}


def outcomes_table(speaker: Speaker, result: StudyResult) -> Table:
    """Set all outcomes of a study beside each other: the answer, the effect with its margin, and how sure it is."""
    say, language = speaker.language.say, speaker.language
    proves = result.study.kind is StudyKind.EVALUATION
    rows = []
    for one in result.outcomes:
        indicator = speaker.policy.indicator[one.indicator]
        rows.append(
            (
                (language.label(indicator),),
                (sign_of(language, result.study, one.conclusion)[1],),
                effect_cell(language, indicator, one.found)
                if one.found
                else (say(REFUSALS[one.refusal.reason]),)
                if one.refusal
                else ("–",),
                _p_cell(language, one),
                (say("{level} van 5", level=one.grade.level) if one.grade and proves else "–",),
                (data_short(language, one.data) if one.data else "–",),
            )
        )
    return Table(
        caption=say("Alle uitkomsten van dit onderzoek"),
        headers=(
            say("Uitkomst"),
            say("Antwoord"),
            say("Verschil met hoe het zonder was"),
            say("Kan het toeval zijn?"),
            say("Bewijs"),
            say("Cijfers"),
        ),
        rows=tuple(rows),
    )


def effect_cell(language: Language, indicator: Indicator, found: Found) -> Cell:
    """Give an effect over its margin."""
    inference = found.inference
    return (
        change_words(language, indicator, found.effect),
        span_words(language, indicator, inference.low, inference.high),
    )


def alternatives_table(
    language: Language, indicator: Indicator, found: Found | None, alternatives: Sequence[Alternative]
) -> Table:
    """Set the declared alternatives under the choice that was made beforehand."""
    say = language.say
    rows = []
    if found:
        rows.append(
            (
                (say("De keuze vooraf"),),
                (design_words(language, found.design),),
                effect_cell(language, indicator, found),
                (p_words(language, found.inference.p),),
            )
        )
    for one in alternatives:
        if one.effect is None:
            effect: Cell = (say(REFUSALS[one.refusal.reason]),) if one.refusal else ("–",)
        else:
            effect = (
                change_words(language, indicator, one.effect),
                span_words(language, indicator, one.low, one.high),
            )
        p = p_words(language, one.p) if one.p is not None else "–"
        rows.append(((alternative_name(language, one),), (design_words(language, one.design),), effect, (p,)))
    return Table(
        caption=say("{label}: de keuze vooraf en de andere manieren", label=language.label(indicator)),
        headers=(say("Manier"), say("Opzet"), say("Verschil met hoe het zonder was"), say("Kan het toeval zijn?")),
        rows=tuple(rows),
    )


def alternative_name(language: Language, one: Alternative) -> str:
    """Say what an alternative does differently; where that is the design, the next column names it."""
    name, _, value = one.name.partition(":")
    if name in _ALTERNATIVES:
        return language.say(_ALTERNATIVES[name], value=value.strip())
    return language.say("een andere opzet")


_ALTERNATIVES = {
    "half_width": mark("met een half zo brede strook om de grens"),
    "double_width": mark("met een twee keer zo brede strook om de grens"),
    "donut": mark("zonder de wijken vlak bij de grens"),
    "honest": mark("met een marge die ook een kromme lijn aankan"),
    "conformal": mark("toeval uit de eigen jaren"),
    "wild_bootstrap": mark("toeval per stad"),
    "last": mark("tot en met {value}"),
    "first": mark("vanaf {value}"),
}


def balance_table(speaker: Speaker, indicator: Indicator, found: Found) -> Table:
    """Set the treated areas beside those that they are compared with, before the start."""
    say, language = speaker.language.say, speaker.language
    rows = [
        (
            (characteristic(speaker, one.name),),
            (_level(speaker, indicator, one.name, one.treated),),
            (_level(speaker, indicator, one.name, one.raw),),
            (_level(speaker, indicator, one.name, one.compared),),
            (language.number(one.difference_raw, 2),),
            (language.number(one.difference_compared, 2),),
        )
        for one in found.balance
    ]
    return Table(
        caption=say("Leken de wijken op elkaar voor de start?"),
        headers=(
            say("Kenmerk"),
            say("Waar iets gedaan is"),
            say("Alle andere wijken"),
            say("De vergelijking"),
            say("Verschil met alle andere"),
            say("Verschil met de vergelijking"),
        ),
        rows=tuple(rows),
        notes=(say("Een verschil staat in standaardafwijkingen. Tot 0,1 noemen we het klein, boven 0,25 groot."),),
    )


def weights_tables(language: Language, found: Found, names: Mapping[str, str]) -> list[Table]:
    """Say how heavily each area, and each period, counts in the comparison; the lightest are taken together."""
    say = language.say
    tables = []
    for weights, caption, head, named in (
        (found.weights, say("Hoe zwaar elke wijk telt in de vergelijking"), say("Wijk"), names),
        (found.period_weights, say("Hoe zwaar elk jaar voor de start telt"), say("Jaar"), {}),
    ):
        if weights:
            tables.append(
                Table(caption=caption, headers=(head, say("Gewicht")), rows=_weight_rows(language, weights, named))
            )
    return tables


def checks_table(speaker: Speaker, indicator: Indicator, found: Found, names: Mapping[str, str]) -> Table:
    """Give every check with its question, its answer and the figures on which that rests."""
    say, language = speaker.language.say, speaker.language
    rows = []
    for check in found.checks:
        asks, status, answer = check_words(language, check)
        figures = check_figures(speaker, indicator, check, names)
        rows.append(((asks,), (status,), tuple(part for part in (answer, figures) if part)))
    return Table(
        caption=say("Waarop deze uitkomst is nagegaan"),
        headers=(say("Vraag"), say("Uitslag"), say("Wat de cijfers zeggen")),
        rows=tuple(rows),
    )


def threats_table(language: Language, threats: Sequence[Threat]) -> Table:
    """Give everything else that could have made the difference, with how it stands."""
    rows = []
    for threat in threats:
        name, status, said = threat_words(language, threat)
        rows.append(((name,), (status,), tuple(said)))
    return Table(
        caption=language.say("Wat anders het verschil gemaakt kan hebben"),
        headers=(language.say("Wat"), language.say("Hoe het ervoor staat"), language.say("Waarom")),
        rows=tuple(rows),
    )


def transitions_table(speaker: Speaker, indicator: Indicator, transitions: Sequence[Transition]) -> Table:
    """Count how many areas went from which class to which: a description, never a difference of classes."""
    say, language = speaker.language.say, speaker.language
    rows = []
    for one in sorted(transitions, key=lambda one: one.group != "treated"):
        group = say(_GROUPS[one.group]) if one.group in _GROUPS else one.group
        whole = sum(other.areas for other in transitions if (other.group, other.first) == (one.group, one.first))
        counted = say("{some} van de {all}", some=language.whole(one.areas), all=language.whole(whole))
        share = _percent(language, one.areas / whole)
        before, after = (_class(speaker, indicator, name) for name in (one.before, one.after))
        rows.append(((group, f"{one.first}–{one.last}"), (before,), (after,), (counted, share)))
    return Table(
        caption=say("Hoeveel wijken van klasse veranderden"),
        headers=(say("Wijken"), say("Toen"), say("Later"), say("Aantal wijken")),
        rows=tuple(rows),
        notes=(say("Dit beschrijft alleen. Klassen trekken we niet van elkaar af, en een effect is het niet."),),
    )


def movers_table(speaker: Speaker, movers: Sequence[Movers], outcomes: Sequence[OutcomeResult]) -> Table | None:
    """Set everyone beside those who stayed and those who came, where there are figures of each."""
    say, language = speaker.language.say, speaker.language
    known = {one.indicator: one for one in outcomes}
    rows: list[tuple[Cell, ...]] = []
    for one in movers:
        for id_, who in (
            (one.outcome, say("iedereen")),
            (one.stayers, say("wie er bleef wonen")),
            (one.newcomers, say("wie er kwam wonen")),
        ):
            outcome, indicator = known.get(id_), speaker.policy.indicator.get(id_)
            if outcome is None or indicator is None:
                continue
            effect = effect_cell(language, indicator, outcome.found) if outcome.found else (say("geen schatting"),)
            rows.append(((who,), (language.label(indicator),), effect))
    if len(rows) < 2:
        return None
    return Table(
        caption=say("Wie bleef en wie kwam"),
        headers=(say("Wie"), say("Uitkomst"), say("Verschil met hoe het zonder was")),
        rows=tuple(rows),
    )


def ring_table(language: Language, indicator: Indicator, found: Found | None, ring: Found) -> Table:
    """Set the ring of neighbours beside the treated areas themselves."""
    say = language.say
    rows = [
        ((say(name),), (language.whole(one.treated),), effect_cell(language, indicator, one))
        for name, one in ((mark("De wijken zelf"), found), (mark("De ring eromheen"), ring))
        if one is not None
    ]
    return Table(
        caption=say("Schoof het op naar de buren?"),
        headers=(say("Waar"), say("Wijken"), say("Verschil met hoe het zonder was")),
        rows=tuple(rows),
    )


def reported_facts(language: Language, reported: Reported) -> list[tuple[str, str]]:
    """List what others reported: who, how, on how many, compared with what, and the effect with its margin."""
    say = language.say
    listed = [
        (say("Onderzoekers"), f"{reported.authors} ({reported.year})"),
        (say("Opzet"), design_words(language, reported.design)),
        (say("Vergeleken met"), _comparison(language, reported)),
        (say("Wijken"), language.whole(reported.areas) if reported.areas is not None else say("niet gemeld")),
        (say("Mensen"), language.whole(reported.people) if reported.people is not None else say("niet gemeld")),
        (say("Gemeld effect"), _reported_effect(language, reported)),
        (say("Soort cijfer"), say("geschat met een model") if reported.is_modelled else ""),
    ]
    return [(name, text) for name, text in listed if text]


def reported_checks_table(language: Language, reported: Reported) -> Table | None:
    """Give what others checked and what came of it, where they tell; it comes as ``pre_trend: holds``."""
    rows = []
    for told in reported.checks:
        kind, _, status = (part.strip() for part in told.partition(":"))
        asks, word, answer = check_words(language, Check(kind=CheckKind(kind), status=CheckStatus(status), facts={}))
        rows.append(((asks,), (word,), (answer,)))
    if not rows:
        return None
    return Table(
        caption=language.say("Wat de onderzoekers zelf nagingen"),
        headers=(language.say("Vraag"), language.say("Uitslag"), language.say("Wat de cijfers zeggen")),
        rows=tuple(rows),
    )


def _comparison(language: Language, reported: Reported) -> str:
    return reported.comparison if language.code == "nl" else reported.comparison_en or reported.comparison


def _reported_effect(language: Language, reported: Reported) -> str:
    if reported.effect is None:
        return language.say("niet als getal gemeld")
    decimals = 1 if abs(reported.effect) >= 1 else 2
    unit = reported.unit if language.code == "nl" else reported.unit_en or reported.unit
    effect = f"{language.number(reported.effect, decimals)} {unit}".strip()
    if reported.low is None or reported.high is None:
        return language.say("{effect} (marge niet gemeld)", effect=effect)
    low, high = (language.number(end, decimals) for end in (reported.low, reported.high))
    return language.say("{effect} (marge {low} tot {high})", effect=effect, low=low, high=high)


def _p_cell(language: Language, one: OutcomeResult) -> Cell:
    if one.found is None:
        return ("–",)
    said = [p_words(language, one.found.inference.p)]
    if one.p_adjusted is not None:
        said.append(language.say("voor alle uitkomsten samen: {p}", p=p_words(language, one.p_adjusted)))
    return tuple(said)


def _level(speaker: Speaker, outcome: Indicator, name: str, value: float) -> str:
    """Write the value of a characteristic in its own unit; that of the outcome itself in the unit of the outcome."""
    indicator = speaker.policy.indicator.get(name.partition("@")[0], outcome)
    return quantity.in_words(speaker.language, indicator, value)


def _weight_rows(
    language: Language, weights: Sequence[Weight], names: Mapping[str, str]
) -> tuple[tuple[Cell, ...], ...]:
    ordered = sorted((one for one in weights if one.weight > 0), key=lambda one: -one.weight)
    rows: list[tuple[Cell, ...]] = [
        ((names.get(one.name, one.name),), (_percent(language, one.weight),)) for one in ordered[:_MOST_WEIGHTS]
    ]
    rest = ordered[_MOST_WEIGHTS:]
    if rest:
        together = _percent(language, sum(one.weight for one in rest))
        rows.append(
            ((language.say("de andere {count} samen", count=language.whole(len(rest))),), (together,)),
        )
    return tuple(rows)


def _class(speaker: Speaker, indicator: Indicator, name: str) -> str:
    """Write a class: by its name, or as a class where it only has a number."""
    try:
        return quantity.in_words(speaker.language, indicator, float(name))
    except ValueError:
        return name


def _percent(language: Language, share: float) -> str:
    return f"{language.number(share * 100, 1)}%"
