"""References to the outcomes of a programme: counts with what luck gives, means weighed both ways, and verdicts."""

from collections.abc import Iterator

from wijkpeil.domain.outcomes import About
from wijkpeil.domain.verdict import Verdict
from wijkpeil.portrayal.language import mark
from wijkpeil.portrayal.outcomes import (
    Outcome,
    count_sentence,
    luck_sentences,
    mean_words,
    verdict_sentences,
    whole_sentences,
)
from wijkpeil.portrayal.study_words import inside
from wijkpeil.reports.claims import Answer, Claim
from wijkpeil.reports.document import Span, plain
from wijkpeil.reports.grounds import COMPARATORS, Grounds
from wijkpeil.reports.references import AskedError, Reference, near

COUNTS = {
    "kleiner": "smaller",
    "gelijk": "same",
    "groter": "larger",
    "loopt_in": Verdict.CATCHING_UP,
    "gelijk_gebleven": Verdict.STEADY,
    "raakt_achter": Verdict.FALLING_BEHIND,
    "niet_te_zeggen": Verdict.CANNOT_TELL,
    "niet_beoordeeld": Verdict.NOT_JUDGED,
}
"""What can be counted: how the gap moved, or the verdict on it; the ids of verdicts may be used too."""
_MEANS = ("wijken", "inwoners")
_MOST_MEANS = 4


def outcome(grounds: Grounds, asked: Reference) -> Answer:
    """Give an outcome: a count, a mean, what luck gives, or the whole of it in sentences."""
    if {"aantal", "gemiddelde"} <= asked.options.keys():
        raise AskedError(grounds.say("Vraag een aantal of een gemiddelde, niet beide."))
    one = _outcome(grounds, asked)
    if one is None or not one.changes:
        return _nothing(grounds, asked)
    said = " ".join(_whole(grounds, one))
    if "aantal" in asked.options:
        return _counted(grounds, one, asked.options["aantal"], said)
    if "gemiddelde" in asked.options:
        return _mean(grounds, one, asked.options["gemiddelde"], said)
    return Answer(text=plain(said), claim=_claim(one, count_sentence(grounds.language, one), one.smaller))


def _outcome(grounds: Grounds, asked: Reference) -> Outcome | None:
    whole, _, other = asked.words[0].partition(":")
    programme, _, part = whole.partition(".")
    known = grounds.edition.policy.programme
    if programme not in known:
        raise AskedError(
            grounds.say("De editie kent geen programma {typed}.", typed=repr(programme)),
            near=near(programme, list(known)),
        )
    comparator = grounds.beside(other or COMPARATORS[0])
    if not part:
        return grounds.outcome(comparator, programme=programme)
    if part in grounds.edition.policy.theme:
        return grounds.outcome(comparator, theme=part, programme=programme)
    try:
        indicator = grounds.indicator(part)
    except AskedError:
        ids = [*grounds.edition.policy.theme, *(one.id for one in grounds.edition.policy.indicators)]
        said = grounds.say("De editie kent geen thema of cijfer {typed}.", typed=repr(part))
        raise AskedError(said, near=near(part, ids)) from None
    return grounds.outcome(comparator, indicator=indicator.id, programme=programme)


def _nothing(grounds: Grounds, asked: Reference) -> Answer:
    """Say that there are no figures on this: an absence with a reason is an answer."""
    _, _, other = asked.words[0].partition(":")
    called = grounds.speaker.comparator(other or COMPARATORS[0])
    note = grounds.say("Vergeleken met {other} is van geen enkele wijk een verandering bekend.", other=called)
    text = grounds.say("geen cijfers (van geen enkele wijk is een verandering bekend)")
    part = asked.words[0].partition(":")[0].partition(".")[2]
    one = grounds.edition.policy.indicator.get(part)
    if one is not None and not one.is_judged:
        text = grounds.say("geen telling (dit cijfer is achtergrond en heeft geen betere kant)")
        note = grounds.say(
            "{label} is er per wijk, en zegt niet of het beter of slechter gaat.", label=grounds.language.label(one)
        )
    return Answer(text=(Span(text=text, note=plain(note)),), is_absent=True)


def _whole(grounds: Grounds, one: Outcome) -> Iterator[str]:
    """Say counts and means and what luck gives, and the verdicts in sentences of their own."""
    language = grounds.language
    if one.about is About.PROGRAMME:
        yield from whole_sentences(grounds.speaker, one)
        return
    counted = count_sentence(language, one)
    if one.about is About.INDICATOR and one.indicator:
        label = language.label(grounds.edition.policy.indicator[one.indicator])
    else:
        label = language.label(grounds.edition.policy.theme[one.theme or ""])
    other = grounds.speaker.comparator(one.comparator)
    yield (
        language.say("{label}, vergeleken met {other}:", label=label, other=other)
        + f" {counted[:1].lower()}{counted[1:]}"
    )
    yield from luck_sentences(language, one)
    means = _mean_sentence(grounds, one) if one.indicator else _means_of_theme(grounds, one)
    if means:
        yield means
    yield from verdict_sentences(language, one)


def _mean_sentence(grounds: Grounds, one: Outcome) -> str:
    if one.mean_change is None or not one.indicator:
        return ""
    indicator = grounds.edition.policy.indicator[one.indicator]
    each = mean_words(grounds.language, indicator, one, one.mean_change)
    if one.weighted_change is None:
        return grounds.say("Gemiddeld over de wijken: {each}.", each=each)
    weighed = mean_words(grounds.language, indicator, one, one.weighted_change)
    return grounds.say("Gemiddeld over de wijken: {each}; naar inwoners: {weighed}.", each=each, weighed=weighed)


def _means_of_theme(grounds: Grounds, one: Outcome) -> str:
    """Give the weighted mean of every indicator of a theme: units differ, so there is no mean of the theme."""
    listed = []
    for other in grounds.outcomes(one.comparator):
        if other.about is About.INDICATOR and other.theme == one.theme and other.weighted_change is not None:
            indicator = grounds.edition.policy.indicator[other.indicator or ""]
            change = mean_words(grounds.language, indicator, other, other.weighted_change)
            listed.append(f"{inside(grounds.language.label(indicator))} {change}")
    if not listed:
        return ""
    rest = len(listed) - _MOST_MEANS
    named = "; ".join(listed[:_MOST_MEANS])
    if rest > 0:
        named = grounds.say("{named}; en {rest} andere", named=named, rest=rest)
    return grounds.say("Gemiddeld naar inwoners: {means}.", means=named)


def _counted(grounds: Grounds, one: Outcome, typed: str, said: str) -> Answer:
    wanted = COUNTS.get(typed) or next((verdict for verdict in Verdict if verdict.value == typed), None)
    if wanted is None:
        raise AskedError(
            grounds.say("Het aantal {typed} kennen we niet.", typed=repr(typed)),
            near=near(typed, list(COUNTS)) or tuple(COUNTS),
        )
    part = one.verdicts.get(wanted, 0) if isinstance(wanted, Verdict) else int(getattr(one, wanted))
    of = sum(one.verdicts.values()) if wanted is Verdict.NOT_JUDGED else one.changes
    pattern = (
        mark("{part} van de {of} wijken") if one.about is About.INDICATOR else mark("{part} van de {of} vergelijkingen")
    )
    text = grounds.say(pattern, part=grounds.language.whole(part), of=grounds.language.whole(of))
    claim = _claim(one, text, part, of=of, counted=wanted)
    return Answer(text=(Span(text=text, note=plain(said)),), claim=claim)


def _mean(grounds: Grounds, one: Outcome, typed: str, said: str) -> Answer:
    if typed not in _MEANS:
        raise AskedError(
            grounds.say("Een gemiddelde is over {known}.", known=grounds.say(mark("wijken of inwoners"))), near=_MEANS
        )
    if one.indicator is None:
        raise AskedError(grounds.say("Een gemiddelde is er van één cijfer, niet van een thema: eenheden verschillen."))
    change = one.mean_change if typed == "wijken" else one.weighted_change
    if change is None:
        return Answer(text=(Span(text=grounds.say("geen gemiddelde bekend"), note=plain(said)),), is_absent=True)
    text = mean_words(grounds.language, grounds.edition.policy.indicator[one.indicator], one, change)
    way = (change > 0) - (change < 0)
    return Answer(
        text=(Span(text=text, note=plain(said)),),
        claim=Claim(words=text, better=way, narrowed=way, by_chance=one.is_as_luck_gives or None),
    )


_WAYS = {"smaller": 1, "same": 0, "larger": -1}


def _claim(
    one: Outcome, words: str, part: int, *, of: int | None = None, counted: "str | Verdict | None" = None
) -> Claim:
    """Say what a count supports: of a count by itself what it counts, of the whole sentence which way most went."""
    whole = counted is None
    way = (one.smaller > one.larger) - (one.smaller < one.larger) if whole else _WAYS.get(str(counted))
    return Claim(
        words=words,
        part=part,
        of=one.changes if of is None else of,
        as_luck=one.is_as_luck_gives if one.luck and (whole or counted == "smaller") else None,
        narrowed=way,
        better=way,
        verdict=counted if isinstance(counted, Verdict) else None,
    )
