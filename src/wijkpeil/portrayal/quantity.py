"""A number as readers see it: in its unit, with its margin, and as the size of a difference."""

import math

from wijkpeil.domain.indicator import Indicator, Kind, Unit
from wijkpeil.domain.period import Moment
from wijkpeil.domain.status import Status
from wijkpeil.portrayal.language import NO_BREAK, Language, mark

_UNIT_WORDS = {
    Unit.PERCENT: mark("{number}%"),
    Unit.PER_1000: mark("{number} per 1.000"),
    Unit.PERSONS: mark("{number} personen"),
    Unit.HOUSEHOLDS: mark("{number} huishoudens"),
    Unit.DWELLINGS: mark("{number} woningen"),
    Unit.COUNT: "{number}",
    Unit.PERSONS_PER_HOUSEHOLD: mark("{number} per huishouden"),
    Unit.EURO: "€ {number}",
    Unit.KM: "{number} km",
    Unit.PER_KM2: mark("{number} per km²"),
    Unit.CARS_PER_HOUSEHOLD: mark("{number} per huishouden"),
    Unit.KWH: "{number} kWh",
    Unit.M3: "{number} m³",
    Unit.SCORE: "{number}",
    Unit.INDEX: "{number}",
    Unit.CLASS: mark("klasse {number}"),
}

_SIZE_WORDS = {
    **_UNIT_WORDS,
    Unit.PERCENT: mark("{number} procentpunt"),
    Unit.SCORE: mark("{number} punten"),
    Unit.INDEX: mark("{number} punten"),
    Unit.CLASS: mark("{number} klassen"),
}

_SHORT_SIZE_WORDS = {
    **_SIZE_WORDS,
    Unit.PERCENT: mark("{number} pp"),
    Unit.PER_1000: mark("{number} per 1.000"),
    Unit.PERSONS: "{number}",
    Unit.HOUSEHOLDS: "{number}",
    Unit.DWELLINGS: "{number}",
    Unit.PERSONS_PER_HOUSEHOLD: "{number}",
    Unit.CARS_PER_HOUSEHOLD: "{number}",
}

_OF_ONE = {
    mark("{number} personen"): mark("{number} persoon"),
    mark("{number} huishoudens"): mark("{number} huishouden"),
    mark("{number} woningen"): mark("{number} woning"),
    mark("{number} punten"): mark("{number} punt"),
    mark("{number} klassen"): mark("{number} klasse"),
}
"""The words of a unit of which there is exactly one; 1,0 is written as many."""

_SHORT = 3
"""Letters of a unit that never stands alone on the next line: €, km, pp, kWh."""

_STATUS_WORDS = {
    Status.PROVISIONAL: mark("{value} (voorlopig)"),
    Status.MODELLED: mark("{value} (geschat)"),
    Status.APPROXIMATE: mark("ongeveer {value}"),
    Status.BELOW_HALF_UNIT: mark("bijna 0"),
}


def plain_number(language: Language, indicator: Indicator, value: float) -> str:
    """Write the bare number in the unit of the reader, for axes and for the ends of a margin."""
    return language.number(value * indicator.unit.factor, decimals_of(indicator))


def in_words(language: Language, indicator: Indicator, value: float) -> str:
    """Write a value with its unit: 12,3%, € 245.000, 4,2 per 1.000."""
    return _with_unit(language, _UNIT_WORDS[indicator.unit], plain_number(language, indicator, value))


def with_status(language: Language, indicator: Indicator, value: float, status: Status) -> str:
    """Write a value with its unit and what its status adds: (voorlopig), (geschat), ongeveer."""
    written = in_words(language, indicator, value)
    return language.say(_STATUS_WORDS[status], value=written) if status in _STATUS_WORDS else written


def size(language: Language, indicator: Indicator, difference: float) -> str:
    """Write how large a difference is, without its sign: 4,2 procentpunt."""
    return _with_unit(language, _SIZE_WORDS[indicator.unit], plain_number(language, indicator, abs(difference)))


def short_size(language: Language, indicator: Indicator, difference: float) -> str:
    """Write how large a difference is in as little room as a table has: 4,2 pp."""
    return _with_unit(language, _SHORT_SIZE_WORDS[indicator.unit], plain_number(language, indicator, abs(difference)))


def margin(language: Language, indicator: Indicator, low: float, high: float) -> str:
    """Write a 95% margin around a value: 30,1 tot 38,4%."""
    low_number = plain_number(language, indicator, low)
    return language.say("{low} tot {high}", low=low_number, high=in_words(language, indicator, high))


def is_zero(indicator: Indicator, difference: float) -> bool:
    """Whether a difference is nothing in the decimals that the reader sees."""
    return round(difference * indicator.unit.factor, decimals_of(indicator)) == 0


def is_defined(value: float | None) -> bool:
    """Whether there is a number at all: null and not-a-number are both absent."""
    return value is not None and math.isfinite(value)


def period_words(language: Language, indicator: Indicator, year: int) -> str:
    """Write the period of a value as its indicator means it: 1 januari 2016, or 2016."""
    period = indicator.period(year)
    if indicator.moment is Moment.FIRST_OF_JANUARY:
        return language.day(period.start)
    if indicator.moment is Moment.END_OF_YEAR:
        return language.day(period.end)
    return str(year)


def short_period(language: Language, indicator: Indicator, year: int) -> str:
    """Write the period of a value in as little room as a table has: 1 jan 2016, or 2016."""
    period = indicator.period(year)
    if indicator.moment is Moment.FIRST_OF_JANUARY:
        return language.short_day(period.start)
    if indicator.moment is Moment.END_OF_YEAR:
        return language.short_day(period.end)
    return str(year)


def decimals_of(indicator: Indicator) -> int:
    """Give the decimals that a reader sees; a class has none."""
    return 0 if indicator.kind is Kind.ORDINAL else indicator.decimals


def _with_unit(language: Language, pattern: str, number: str) -> str:
    """Keep a number and a short unit on one line; a long unit may go to the next."""
    if number == "1":
        pattern = _OF_ONE.get(pattern, pattern)
    written = language.say(pattern, number=number)
    first, _, rest = written.partition(" ")
    return written.replace(" ", NO_BREAK) if len(rest) <= _SHORT or first == "€" else written
