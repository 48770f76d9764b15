"""Figures in sentences: what it is, beside what, since when, and how sure we are.

The sentences describe, and end with the verdict where there is one. A gap has its direction in words, a margin or
the reason that there is none, and a baseline that is not the zero measurement is never called so.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from wijkpeil.domain.comparator import Comparator
from wijkpeil.domain.indicator import GapScale, Indicator, Kind
from wijkpeil.domain.policy import Policy
from wijkpeil.domain.status import Status
from wijkpeil.portrayal import quantity, reasons, verdicts
from wijkpeil.portrayal.language import Language, mark
from wijkpeil.portrayal.reading import Beside, Figure, Reading, Shift

_COMPARATORS = {
    Comparator.REST_OF_CITY.value: mark("de rest van de stad"),
    Comparator.LOOK_ALIKES.value: mark("gelijkende wijken"),
    Comparator.CITY.value: mark("de hele stad"),
    Comparator.CITY_OUTSIDE_PROGRAMME.value: mark("de stad zonder de wijken van het programma"),
}

NEVER_DIFFERENCED = {
    Kind.ORDINAL: mark("Dit is een klasse, geen getal. Daarom rekenen we er geen verschil mee uit."),
    Kind.COUNT: mark("Dit is een aantal. Een wijk en een stad zijn niet even groot: we rekenen geen verschil uit."),
}
"""Kinds of figures that stand beside each other without a gap, and why."""

_NO_SHIFT = {
    "one_period": mark("één meting"),
    "broken": mark("meting veranderd"),
    "no_figures": mark("niet bekend"),
}


@dataclass(frozen=True, kw_only=True)
class Speaker:
    """The language and the policy with which sentences are made about the areas of one edition."""

    language: Language
    policy: Policy

    def comparator(self, name: str) -> str:
        """Name a comparator as it stands in the middle of a sentence."""
        if name in _COMPARATORS:
            return self.language.say(_COMPARATORS[name])
        if name == Comparator.COUNTRY.value:
            return self.policy.name
        return self._group(name)

    def value(self, indicator: Indicator, figure: Figure) -> str:
        """Say a value with its status, or why it is absent."""
        if figure.value is None or not figure.is_present:
            return reasons.short(self.language, figure.status)
        return quantity.with_status(self.language, indicator, figure.value, figure.status)

    def margin(self, indicator: Indicator, figure: Figure) -> str:
        """Say the margin of a value, or why it has none; nothing where the value itself is absent."""
        if not figure.is_present:
            return ""
        if figure.low is None or figure.high is None:
            return reasons.how_sure(self.language, figure.interval)
        return self.language.say(
            "marge {margin}", margin=quantity.margin(self.language, indicator, figure.low, figure.high)
        )

    def short_gap(self, indicator: Indicator, gap: float | None) -> str:
        """Say a gap in a cell of a table: 4,2 pp achter."""
        if gap is None or not quantity.is_defined(gap):
            return "" if indicator.kind in NEVER_DIFFERENCED else self.language.say("geen verschil bekend")
        if quantity.is_zero(indicator, gap):
            return self.language.say("gelijk")
        written = quantity.short_size(self.language, indicator, gap)
        if indicator.is_judged:
            pattern = mark("{size} achter") if gap < 0 else mark("{size} voor")
        else:
            pattern = mark("{size} lager") if gap < 0 else mark("{size} hoger")
        return self.language.say(pattern, size=written)

    def gap_margin(self, indicator: Indicator, figure: Figure, beside: Beside) -> str:
        """Say the margin of a gap from one end to the other, or why it has none."""
        if beside.gap is None:
            return ""
        if beside.gap_low is None or beside.gap_high is None:
            return self._no_margin(figure)
        return self._ends(indicator, beside.gap_low, beside.gap_high)

    def short_shift(self, indicator: Indicator, shift: Shift | None) -> tuple[str, ...]:
        """Say a change since the baseline in the lines of a cell: 1,2 pp beter, sinds 2012; or why there is none."""
        if shift is None or indicator.kind in NEVER_DIFFERENCED:
            return ()
        if shift.change is None or shift.baseline is None:
            return (self.language.say(_NO_SHIFT.get(shift.baseline_status, _NO_SHIFT["no_figures"])),)
        since = self.language.say("sinds {year}", year=shift.baseline)
        if quantity.is_zero(indicator, shift.change):
            return (self.language.say("even groot"), since)
        written = quantity.short_size(self.language, indicator, shift.change)
        return (self.language.say(_way_pattern(indicator, shift.change), size=written), since)

    def short_margin(self, indicator: Indicator, figure: Figure) -> str:
        """Say the margin of a value in a cell, 30,1–38,4, or why it has none."""
        if figure.low is None or figure.high is None:
            return self.margin(indicator, figure)
        low, high = (quantity.plain_number(self.language, indicator, end) for end in (figure.low, figure.high))
        return f"({low}–{high})"

    def figure_sentence(self, indicator: Indicator, figure: Figure) -> str:
        """Say what the figure is, of when, and how sure it is."""
        label = self.language.label(indicator)
        period = quantity.period_words(self.language, indicator, figure.period)
        if not figure.is_present:
            return self.language.say(
                "{label}, {period}: {reason}",
                label=label,
                period=period,
                reason=reasons.sentence(self.language, figure.status),
            )
        return self.language.say(
            "{label}, {period}: {value} ({margin}).",
            label=label,
            period=period,
            value=self.value(indicator, figure),
            margin=self.margin(indicator, figure),
        )

    def gap_sentence(self, indicator: Indicator, name: str, figure: Figure, beside: Beside) -> str:
        """Say how an area stands beside one comparator, with the margin of the difference."""
        other = self.comparator(beside.comparator)
        if beside.gap is None or not quantity.is_defined(beside.gap):
            return self._no_gap(indicator, other, beside)
        if quantity.is_zero(indicator, beside.gap):
            said = self.language.say("{name} staat gelijk met {other}", name=name, other=other)
        else:
            said = self.language.say(
                _gap_pattern(indicator, beside.gap),
                name=name,
                size=quantity.size(self.language, indicator, beside.gap),
                other=other,
            )
        return f"{said}{self._gap_company(indicator, figure, beside)}."

    def shift_sentence(self, indicator: Indicator, shift: Shift, figure: Figure | None = None) -> str:
        """Say how the gap to one comparator changed since the baseline, or why nobody can tell."""
        why_not = reasons.no_change(self.language, shift.baseline_status)
        if why_not or shift.change is None or shift.gap_baseline is None or shift.gap_latest is None:
            why_not = why_not or self.language.say("Er zijn te weinig cijfers om een verandering te laten zien.")
            return self.language.say(
                "Vergeleken met {other}: {reason}",
                other=self.comparator(shift.comparator),
                reason=f"{why_not[0].lower()}{why_not[1:]}",
            )
        return self.language.say(
            "{since} {course} (vergeleken met {other}{company}){chance}.",
            since=self.since(shift),
            course=self._course(indicator, shift.gap_baseline, shift.gap_latest),
            other=self.comparator(shift.comparator),
            company=self._shift_company(indicator, shift, figure),
            chance=self._chance(shift.change_low, shift.change_high),
        )

    def since(self, shift: Shift) -> str:
        """Name the start of a change: the zero measurement only where there is one."""
        if shift.baseline_status == "in_window":
            return self.language.say("Sinds de nulmeting ({year})", year=shift.baseline)
        return self.language.say("Sinds {year}", year=shift.baseline)

    def sentences(self, reading: Reading, name: str) -> list[str]:
        """Say everything of one indicator: the figure, its two gaps and their changes."""
        figure = reading.latest
        if figure is None:
            return [self.language.say("We hebben voor dit gebied geen bron met dit cijfer.")]
        said = [self.figure_sentence(reading.indicator, figure)]
        if not figure.is_present:
            return said
        beside = [figure.beside[comparator] for comparator in reading.first_two if comparator in figure.beside]
        said += [self.gap_sentence(reading.indicator, name, figure, one) for one in beside]
        shifts = [reading.shifts[comparator] for comparator in reading.first_two if comparator in reading.shifts]
        said += [self.shift_sentence(reading.indicator, shift, figure) for shift in shifts]
        said += self.verdict_sentences(reading)
        return list(dict.fromkeys(said))

    def verdict_sentences(self, reading: Reading) -> list[str]:
        """Say the verdicts beside both comparators; a figure without a better side has none."""
        said = []
        for comparator in reading.first_two if reading.indicator.is_judged else ():
            if comparator in reading.judgements:
                one = reading.judgements[comparator]
                amount = partial(self._signed, reading.indicator)
                said += verdicts.sentences(self.language, one, self.comparator(comparator), amount)
        return said

    def _signed(self, indicator: Indicator, change: float) -> str:
        """Write a change on the scale that decides with its sign; of a ratio in per cent."""
        sign = "+" if change > 0 else "−"
        if indicator.gap_scale is GapScale.RELATIVE:
            return f"{sign}{self.language.number(100 * abs(math.expm1(change)), 1)}%"
        return (
            "0" if quantity.is_zero(indicator, change) else sign + quantity.size(self.language, indicator, abs(change))
        )

    def verdict_counts(self, readings: Sequence[Reading]) -> list[str]:
        """Count the verdicts of some indicators beside both comparators, those that nobody can give among them."""
        said = []
        for comparator in readings[0].first_two if readings else ():
            judged = [one for one in readings if one.indicator.is_judged and comparator in one.judgements]
            if judged:
                counted = verdicts.counts(self.language, [one.judgements[comparator] for one in judged])
                other = self.comparator(comparator)
                said.append(self.language.say("Oordelen naast {other}: {counts}.", other=other, counts=counted))
        return said

    def _group(self, name: str) -> str:
        for group in self.policy.groups:
            if group.id == name:
                return self.language.label(group)
        whole, without, programme = name.partition("-buiten-")
        if without and programme in self.policy.programme:
            where = self.policy.name if whole == self.policy.country else whole
            label = self.language.label(self.policy.programme[programme])
            return self.language.say(
                "{whole} zonder de wijken van het programma ‘{programme}’", whole=where, programme=label
            )
        programme, _, rest = name.partition(".")
        if rest == "alle" and programme in self.policy.programme:
            label = self.language.label(self.policy.programme[programme])
            return self.language.say("alle wijken van het programma ‘{programme}’", programme=label)
        return name

    def _no_gap(self, indicator: Indicator, other: str, beside: Beside) -> str:
        if indicator.kind in NEVER_DIFFERENCED:
            return self.language.say(NEVER_DIFFERENCED[indicator.kind])
        if not beside.status.is_present or beside.value is None:
            return self.language.say(
                "Vergelijken met {other} kan niet. {reason}",
                other=other,
                reason=reasons.sentence(self.language, _reason(beside.status)),
            )
        return self.language.say("Vergelijken met {other} kan niet: het verschil is niet bekend.", other=other)

    def _gap_company(self, indicator: Indicator, figure: Figure, beside: Beside) -> str:
        there = ""
        if beside.value is not None:
            there = quantity.with_status(self.language, indicator, beside.value, _without_model(beside.status))
        if beside.gap_low is None or beside.gap_high is None:
            company = "; ".join(part for part in (there, self._no_margin(figure)) if part)
            return f" ({company})" if company else ""
        ends = self._ends(indicator, beside.gap_low, beside.gap_high)
        return f" ({there}; {ends})" + self._chance(beside.gap_low, beside.gap_high)

    def _shift_company(self, indicator: Indicator, shift: Shift, figure: Figure | None) -> str:
        if shift.change_low is None or shift.change_high is None:
            return f"; {self._no_margin(figure)}" if figure else ""
        low = quantity.short_size(self.language, indicator, shift.change_low)
        high = quantity.short_size(self.language, indicator, shift.change_high)
        ends = self.language.say(
            "marge van de verandering: {low} tot {high}",
            low=self._with_way(indicator, shift.change_low, low),
            high=self._with_way(indicator, shift.change_high, high),
        )
        return f"; {ends}"

    def _with_way(self, indicator: Indicator, change: float, written: str) -> str:
        if quantity.is_zero(indicator, change):
            return "0"
        return self.language.say(_way_pattern(indicator, change), size=written)

    def _ends(self, indicator: Indicator, low: float, high: float) -> str:
        return self.language.say(
            "marge: {low} tot {high}",
            low=self.short_gap(indicator, low),
            high=self.short_gap(indicator, high),
        )

    def _chance(self, low: float | None, high: float | None) -> str:
        if low is None or high is None or not low <= 0 <= high:
            return ""
        return self.language.say("; dat kan toeval zijn")

    def _no_margin(self, figure: Figure) -> str:
        if figure.interval in {"modelled", "not_applicable"}:
            return reasons.how_sure(self.language, figure.interval)
        return self.language.say("marge van het verschil niet bekend")

    def _course(self, indicator: Indicator, before: float, now: float) -> str:
        sizes = {
            "before": quantity.size(self.language, indicator, before),
            "now": quantity.size(self.language, indicator, now),
            "size": quantity.size(self.language, indicator, now - before),
        }
        if quantity.is_zero(indicator, now - before):
            return self.language.say("bleef het verschil gelijk")
        return self.language.say(_course_pattern(indicator, before, now), **sizes)


def _reason(status: Status) -> Status:
    """Give the reason that a comparator has no value; one that does not apply is one that is not there."""
    if status is Status.NOT_APPLICABLE:
        return Status.NO_COMPARATOR
    return Status.MISSING if status.is_present else status


def _without_model(status: Status) -> Status:
    return Status.FINAL if status is Status.MODELLED else status


def _gap_pattern(indicator: Indicator, gap: float) -> str:
    if indicator.is_judged:
        return (
            mark("{name} loopt {size} achter op {other}")
            if gap < 0
            else mark("{name} staat er {size} beter voor dan {other}")
        )
    return mark("{name} zit {size} lager dan {other}") if gap < 0 else mark("{name} zit {size} hoger dan {other}")


def _way_pattern(indicator: Indicator, change: float) -> str:
    if indicator.is_judged:
        return mark("{size} slechter") if change < 0 else mark("{size} beter")
    return mark("{size} omlaag") if change < 0 else mark("{size} omhoog")


def _course_pattern(indicator: Indicator, before: float, now: float) -> str:
    if not indicator.is_judged:
        return mark("schoof het verschil {size} omlaag") if now < before else mark("schoof het verschil {size} omhoog")
    if before < 0 and now < 0:
        return (
            mark("werd de achterstand {size} kleiner: van {before} naar {now}")
            if now > before
            else mark("werd de achterstand {size} groter: van {before} naar {now}")
        )
    if before >= 0 and now >= 0:
        return (
            mark("werd de voorsprong {size} groter: van {before} naar {now}")
            if now > before
            else mark("werd de voorsprong {size} kleiner: van {before} naar {now}")
        )
    return (
        mark("werd een achterstand van {before} een voorsprong van {now}")
        if before < 0
        else mark("werd een voorsprong van {before} een achterstand van {now}")
    )
