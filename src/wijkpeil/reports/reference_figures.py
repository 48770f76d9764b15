"""References to one figure of one area: never alone, but with its margin, its period and what it stands beside."""

from collections.abc import Sequence
from dataclasses import replace

from wijkpeil.domain.indicator import Direction, Indicator
from wijkpeil.domain.verdict import Verdict
from wijkpeil.portrayal import quantity, reasons, verdicts
from wijkpeil.portrayal.language import mark
from wijkpeil.portrayal.reading import Figure, Reading, Shift
from wijkpeil.portrayal.study_words import inside
from wijkpeil.portrayal.words import NEVER_DIFFERENCED
from wijkpeil.reports.claims import Answer, Claim, sign
from wijkpeil.reports.document import Span, Text, plain
from wijkpeil.reports.grounds import Grounds
from wijkpeil.reports.references import AskedError, Reference

_GAPS = {
    (True, -1): mark("{size} achter op {other}"),
    (True, 1): mark("{size} voor op {other}"),
    (False, -1): mark("{size} lager dan {other}"),
    (False, 1): mark("{size} hoger dan {other}"),
}
_SHIFTS = {
    (True, -1): mark("{size} slechter sinds {year}, vergeleken met {other}"),
    (True, 1): mark("{size} beter sinds {year}, vergeleken met {other}"),
    (False, -1): mark("{size} omlaag sinds {year}, vergeleken met {other}"),
    (False, 1): mark("{size} omhoog sinds {year}, vergeleken met {other}"),
}


def figure(grounds: Grounds, asked: Reference) -> Answer:
    """Give a value; its margin, its period and both comparators stand in the footnote."""
    reading, name = _asked(grounds, asked)
    one = _figure(grounds, reading, asked.words[2] if len(asked.words) > 2 else "")
    if one is None or not one.is_present:
        return _absent(grounds, reading, name, one)
    speaker, indicator = grounds.speaker, reading.indicator
    said = [_of(grounds, name, speaker.figure_sentence(indicator, one))]
    said += [
        speaker.gap_sentence(indicator, name, one, one.beside[other])
        for other in reading.first_two
        if other in one.beside
    ]
    value = speaker.value(indicator, one)
    beside = one.beside.get(reading.first_two[0])
    first = reading.present[0]
    change = None if first is one else (one.value or 0.0) - (first.value or 0.0)
    words = grounds.say(
        "{value} in {period}", value=value, period=quantity.short_period(grounds.language, indicator, one.period)
    )
    claim = Claim(
        words=words,
        rose=_seen(indicator, change) if _is_one_series(indicator, first.period, one.period) else None,
        above=_seen(indicator, None if beside is None or beside.value is None else (one.value or 0.0) - beside.value),
        ahead=_seen(indicator, beside.gap if beside else None) if indicator.is_judged else None,
    )
    return Answer(text=(Span(text=value, note=_note(said)),), claim=_with_better(indicator, claim))


def gap(grounds: Grounds, asked: Reference) -> Answer:
    """Give how far an area is behind or ahead of one comparator."""
    reading, name = _asked(grounds, asked)
    other = grounds.beside(asked.options.get("naast", reading.first_two[0]))
    one = _figure(grounds, reading, asked.words[2] if len(asked.words) > 2 else "")
    if one is None or not one.is_present:
        return _absent(grounds, reading, name, one)
    speaker, indicator, beside = grounds.speaker, reading.indicator, one.beside.get(other)
    called = speaker.comparator(other)
    if beside is None or beside.gap is None:
        if beside is not None:
            note = _note([speaker.gap_sentence(indicator, name, one, beside)])
        else:
            note = plain(grounds.say("Naast {other} staat hier niets.", other=called))
        text = grounds.say("geen verschil bekend met {other}", other=called)
        return Answer(text=(Span(text=text, note=note),), is_absent=True)
    way = _seen(indicator, beside.gap) or 0
    size = quantity.size(grounds.language, indicator, beside.gap)
    pattern = _GAPS[indicator.is_judged, way] if way else mark("gelijk met {other}")
    text = grounds.say(pattern, size=size, other=called)
    said = [
        _of(grounds, name, speaker.figure_sentence(indicator, one)),
        speaker.gap_sentence(indicator, name, one, beside),
    ]
    holds_zero = beside.gap_low is not None and beside.gap_high is not None and beside.gap_low <= 0 <= beside.gap_high
    lower_is_better = indicator.direction is Direction.LOWER_IS_BETTER
    claim = Claim(words=text, above=-way if lower_is_better else way, ahead=way, by_chance=holds_zero or None)
    return Answer(text=(Span(text=text, note=_note(said)),), claim=claim)


def shift(grounds: Grounds, asked: Reference) -> Answer:
    """Give how a gap changed since the baseline, with the verdict in the footnote."""
    reading, name = _asked(grounds, asked)
    other = grounds.beside(asked.options.get("naast", reading.first_two[0]))
    speaker, indicator, one = grounds.speaker, reading.indicator, reading.shifts.get(other)
    called = speaker.comparator(other)
    if one is None or one.change is None or one.baseline is None:
        why = speaker.shift_sentence(indicator, one) if one else reasons.no_change(grounds.language, "no_figures") or ""
        text = grounds.say("geen verandering bekend, vergeleken met {other}", other=called)
        return Answer(text=(Span(text=text, note=_note([_of(grounds, name, why)])),), is_absent=True)
    way = _seen(indicator, one.change) or 0
    size = quantity.size(grounds.language, indicator, one.change)
    pattern = _SHIFTS[indicator.is_judged, way] if way else mark("even groot als in {year}, vergeleken met {other}")
    text = grounds.say(pattern, size=size, year=one.baseline, other=called)
    said = [
        _of(grounds, name, speaker.shift_sentence(indicator, one, reading.latest)),
        *_judged(grounds, reading, other),
    ]
    return Answer(text=(Span(text=text, note=_note(said)),), claim=_shift_claim(reading, one, other, text))


def course(grounds: Grounds, asked: Reference) -> Answer:
    """Give how a value itself went from one year to another; never across a break in the measurement."""
    reading, name = _asked(grounds, asked)
    indicator, say = reading.indicator, grounds.say
    if not reading.present:
        return _absent(grounds, reading, name, reading.latest)
    first = _figure(grounds, reading, asked.options.get("van", str(reading.present[0].period)))
    last = _figure(grounds, reading, asked.options.get("tot", str(reading.present[-1].period)))
    for one in (first, last):
        if one is None or not one.is_present:
            return _absent(grounds, reading, name, one)
    if first is None or last is None or first.period >= last.period:
        raise AskedError(say("Een ontwikkeling gaat van een jaar naar een later jaar."))
    if not _is_one_series(indicator, first.period, last.period):
        years = ", ".join(str(cut.year) for cut in indicator.breaks)
        raise AskedError(
            say("De meting is veranderd ({years}): de jaren ervoor en erna vergelijken we niet.", years=years)
        )
    before, now = (grounds.speaker.value(indicator, one) for one in (first, last))
    text = say(
        "van {before} in {first} naar {now} in {last}", before=before, first=first.period, now=now, last=last.period
    )
    said = [_of(grounds, name, grounds.speaker.figure_sentence(indicator, one)) for one in (first, last)]
    said += [
        grounds.speaker.gap_sentence(indicator, name, last, last.beside[other])
        for other in reading.first_two
        if other in last.beside
    ]
    way = _seen(indicator, (last.value or 0.0) - (first.value or 0.0))
    apart = _are_apart(first, last)
    claim = Claim(words=text, rose=way, by_chance=None if apart is None else not apart)
    return Answer(text=(Span(text=text, note=_note(said)),), claim=_with_better(indicator, claim))


def verdict(grounds: Grounds, asked: Reference) -> Answer:
    """Give the verdict on a figure in whole sentences, as every page words it."""
    reading, name = _asked(grounds, asked)
    other = grounds.beside(asked.options.get("naast", reading.first_two[0]))
    said = _judged(grounds, reading, other)
    if not said:
        return _absent(grounds, reading, name, reading.latest)
    label = grounds.language.label(reading.indicator)
    one = reading.judgements.get(other)
    lead = f"{name}, {inside(label)}: "
    tone = one.verdict.value if one else ""
    text = (Span(text=lead), Span(text=said[0], tone=tone), Span(text="".join(f" {part}" for part in said[1:])))
    found = reading.shifts.get(other)
    note = _note([grounds.speaker.shift_sentence(reading.indicator, found, reading.latest)]) if found else ()
    claim = _shift_claim(reading, found, other, said[0]) if found else None
    return Answer(text=(*text[:-1], Span(text=text[-1].text, note=note)), claim=claim)


def sentence(grounds: Grounds, asked: Reference) -> Answer:
    """Give everything that is said of a figure: what it is, both gaps, their changes and the verdicts."""
    reading, name = _asked(grounds, asked)
    if reading.latest is None or not reading.present:
        return _absent(grounds, reading, name, reading.latest)
    said = grounds.speaker.sentences(reading, name)
    text = " ".join([_of(grounds, name, said[0]), *said[1:]])
    found = reading.shifts.get(reading.first_two[0])
    claim = _shift_claim(reading, found, reading.first_two[0], said[0]) if found else None
    return Answer(text=plain(text), claim=claim)


def _asked(grounds: Grounds, asked: Reference) -> tuple[Reading, str]:
    """Find the area and the indicator: both faults at once would be one too many, the first is told."""
    code = grounds.area(asked.words[0])
    return grounds.reading(code, grounds.indicator(asked.words[1])), grounds.called(code)


def _figure(grounds: Grounds, reading: Reading, typed: str) -> Figure | None:
    """Give the figure of a year, the latest when none is named; raises ``AskedError`` for a year without one."""
    if not typed:
        return reading.latest
    if not typed.isdecimal():
        raise AskedError(grounds.say("Het jaar {typed} is geen jaar.", typed=repr(typed)))
    if not reading.figures:
        return None
    found = next((one for one in reading.figures if str(one.period) == typed), None)
    if found is not None:
        return found
    years = sorted((one.period for one in reading.figures), key=lambda year: (abs(year - int(typed)), year))
    raise AskedError(
        grounds.say("De editie heeft dit cijfer hier niet voor {year}.", year=typed), near=tuple(map(str, years[:3]))
    )


def _absent(grounds: Grounds, reading: Reading, name: str, one: Figure | None) -> Answer:
    """Say that there is no figure and why: an absence with a reason is an answer, and stops nothing."""
    label = grounds.language.label(reading.indicator)
    if one is None:
        why = grounds.say("deze editie heeft dit cijfer hier niet")
        note = grounds.say(
            "{name}, {label}: er is voor dit gebied geen bron met dit cijfer.", name=name, label=inside(label)
        )
    else:
        why = reasons.short(grounds.language, one.status)
        note = _of(grounds, name, grounds.speaker.figure_sentence(reading.indicator, one))
    return Answer(text=(Span(text=grounds.say("geen cijfers ({why})", why=why), note=plain(note)),), is_absent=True)


def _of(grounds: Grounds, name: str, said: str) -> str:
    return f"{name}. {said}"


def _note(said: Sequence[str]) -> Text:
    return plain(" ".join(dict.fromkeys(one for one in said if one)))


def _judged(grounds: Grounds, reading: Reading, other: str) -> list[str]:
    one = reading.judgements.get(other)
    if one is None or not reading.indicator.is_judged:
        return []
    return verdicts.sentences(grounds.language, one, grounds.speaker.comparator(other))


def _shift_claim(reading: Reading, one: Shift, other: str, words: str) -> Claim:
    judged = reading.judgements.get(other)
    way = _seen(reading.indicator, one.change)
    low, high = one.change_low, one.change_high
    now = _seen(reading.indicator, one.gap_latest)
    lower_is_better = reading.indicator.direction is Direction.LOWER_IS_BETTER
    return Claim(
        words=words,
        narrowed=way if reading.indicator.is_judged else None,
        better=way if reading.indicator.is_judged else None,
        ahead=now if reading.indicator.is_judged else None,
        above=None if now is None else -now if lower_is_better else now,
        by_chance=None if low is None or high is None else low <= 0 <= high,
        verdict=judged.verdict if judged else Verdict.NOT_JUDGED,
    )


def _with_better(indicator: Indicator, claim: Claim) -> Claim:
    if claim.rose is None or not indicator.is_judged:
        return claim
    return replace(claim, better=-claim.rose if indicator.direction is Direction.LOWER_IS_BETTER else claim.rose)


def _seen(indicator: Indicator, difference: float | None) -> int | None:
    """Give the sign of a difference that a reader sees in the decimals that are shown."""
    if difference is None or indicator.kind in NEVER_DIFFERENCED:
        return None
    return 0 if quantity.is_zero(indicator, difference) else sign(difference)


def _is_one_series(indicator: Indicator, first: int, last: int) -> bool:
    return not any(first < cut.year <= last for cut in indicator.breaks)


def _are_apart(first: Figure, last: Figure) -> bool | None:
    """Whether the margins of two values lie apart; nothing where one of them has none."""
    if first.low is None or first.high is None or last.low is None or last.high is None:
        return None
    return first.high < last.low or last.high < first.low
