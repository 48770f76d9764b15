"""What is seen of each column: codes, years, numbers and their signs, words, and marks for nothing."""

import re
from dataclasses import dataclass

import polars as pl

from wijkpeil.domain.area import Level
from wijkpeil.domain.mapping import Decimal
from wijkpeil.sources.codes import CODE
from wijkpeil.sources.table.guesses import MARKS

_NUMBER = r"^[+-]?(\d{1,3}([. ]\d{3})+|\d{1,3}(,\d{3})+|\d*)([.,]\d+)?\s*%?$"
_COMMA = r"^[+-]?(\d*,(\d{1,2}|\d{4,})|0,\d{3}|\d{1,3}(\.\d{3})+,\d+)\s*%?$"
_POINT = r"^[+-]?(\d*\.(\d{1,2}|\d{4,})|0\.\d{3}|\d{1,3}(,\d{3})+\.\d+)\s*%?$"
_EITHER = r"^[+-]?[1-9]\d{0,2}[.,]\d{3}\s*%?$"
_YEAR = r"^(19|20)\d{2}(JJ00|\.0)?$"
_SHORT = r"^\d{3,8}(\.0)?$"
_PERCENT_WORD = re.compile(r"%|percentage|procent|perc\b", re.IGNORECASE)
_LONGEST_MARK = 12
_LEVEL_WORDS = (("pc4", Level.PC4), ("postcode", Level.PC4), ("buurt", Level.BUURT), ("bu_", Level.BUURT),
                ("wijk", Level.WIJK), ("wk_", Level.WIJK), ("gem", Level.GEMEENTE), ("gm", Level.GEMEENTE))  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ColumnSeen:
    """One column of a table: parts (0-1) are of the filled cells.

    ``short_codes`` is the part that is three to eight digits, ``longest`` the most digits among them, ``level``
    what they would be codes of. ``signs`` are the decimal signs that some number shows. ``marks`` are words that
    stand where the others have a number, more than once and without a digit.
    """

    name: str
    filled: int
    distinct: int
    codes: float
    years: float
    short_codes: float
    longest: int
    level: Level | None
    is_figure: bool
    is_percentage: bool
    is_fraction: bool
    is_ambiguous: bool
    signs: tuple[Decimal, ...]
    marks: tuple[str, ...]
    example: str


def look_at(frame: pl.DataFrame) -> tuple[ColumnSeen, ...]:
    """Look at every column of a grid."""
    return tuple(_seen(frame[name]) for name in frame.columns)


def _seen(column: pl.Series) -> ColumnSeen:
    cells = column.cast(pl.String).str.strip_chars()
    filled = cells.filter(~cells.str.to_lowercase().is_in([*MARKS]) & cells.is_not_null())
    number = filled.str.contains(_NUMBER) & filled.str.contains(r"\d")
    values = filled.filter(number).str.replace(r"\s*%$", "").str.replace(",", ".").cast(pl.Float64, strict=False)
    digits = filled.str.contains(_SHORT)
    marks = _marks(filled.filter(~number))
    is_figure = _part(number) > 0.5 or (number.any() and filled.filter(~number).is_in([*marks]).all())
    is_percentage = is_figure and (bool(_PERCENT_WORD.search(column.name)) or filled.str.contains("%$").any())
    return ColumnSeen(
        name=column.name,
        filled=filled.len(),
        distinct=filled.n_unique(),
        codes=_part(filled.str.to_uppercase().str.contains(CODE)),
        years=_part(filled.str.contains(_YEAR)),
        short_codes=_part(digits),
        longest=_longest(filled.filter(digits)),
        level=_level(column.name, _longest(filled.filter(digits))),
        is_figure=is_figure,
        is_percentage=is_percentage,
        is_fraction=is_figure and not is_percentage and _is_fraction(values),
        is_ambiguous=column.dtype == pl.String and filled.str.contains(_EITHER).any(),
        signs=_signs(column, filled),
        marks=marks if is_figure else (),
        example=(filled[0] if filled.len() else "")[:30],
    )


def _part(yes: pl.Series) -> float:
    return float(yes.sum()) / yes.len() if yes.len() else 0.0


def _longest(digits: pl.Series) -> int:
    longest = digits.str.replace(r"\.0$", "").str.len_chars().max()
    return int(longest) if isinstance(longest, int) else 0


def _level(name: str, longest: int) -> Level | None:
    """Say of what level short codes are: by the name of the column, if they fit, or else by their length."""
    places = {Level.GEMEENTE: 4, Level.PC4: 4, Level.WIJK: 6, Level.BUURT: 8}
    for word, level in _LEVEL_WORDS:
        if word in name.lower() and longest <= places[level]:
            return level
    if not longest:
        return None
    return Level.GEMEENTE if longest <= 4 else Level.WIJK if longest <= 6 else Level.BUURT


def _is_fraction(values: pl.Series) -> bool:
    known = values.drop_nulls()
    return bool(known.len() and known.is_between(0, 1).all() and (known % 1 != 0).any())


def _signs(column: pl.Series, filled: pl.Series) -> tuple[Decimal, ...]:
    if column.dtype.is_numeric():
        return ()
    shown = ((Decimal.COMMA, _COMMA), (Decimal.POINT, _POINT))
    return tuple(sign for sign, pattern in shown if filled.str.contains(pattern).any())


def _marks(words: pl.Series) -> tuple[str, ...]:
    short = words.filter((words.str.len_chars() <= _LONGEST_MARK) & ~words.str.contains(r"\d"))
    counted = short.value_counts(sort=True).filter(pl.col("count") > 1)
    return tuple(sorted(counted[words.name].head(5)))
