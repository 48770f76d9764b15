"""A code names an area only when it is written in full; what is left out is said, never guessed in silence."""

import re
from dataclasses import dataclass

import polars as pl

from wijkpeil.domain.area import COUNTRY_CODE, Level
from wijkpeil.domain.complaint import Complaint, Severity
from wijkpeil.sources.headers import beside_keys

PREFIXES = {Level.GEMEENTE: ("GM", 4), Level.WIJK: ("WK", 6), Level.BUURT: ("BU", 8), Level.PC4: ("PC", 4)}
"""The letters and the number of places after them, for the levels whose codes are often written short."""

CODE = r"^(NL0[01]|VL00|GM\d{4}|WK\d{4}[0-9A-Z]{2}|BU\d{4}[0-9A-Z]{4}|PC\d{4})$"
"""What ``domain.area.canonical_code`` allows, for whole columns."""

SHOWN = 20
"""So many rows of one fault are complained of by name; the others are counted."""

_TOTAL = re.compile(r"(eind|sub)?(totaal|total|gemiddeld|som van|alle )", re.IGNORECASE)
_SOURCE_LINE = re.compile(r"bron|source|©|\(c\)|noot|toelichting|\*", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class AreasRead:
    """Rows whose area is known: ``frame`` starts with ``area``; ``lines`` are their rows in the file."""

    frame: pl.DataFrame
    lines: pl.Series
    complaints: tuple[Complaint, ...]


def code_in_full(raw: pl.Expr, level: Level | None = None) -> pl.Expr:
    """Write codes in full, null where they are none.

    Padding goes off and letters become capitals. Only where ``level`` says what the codes are of are letters and
    leading zeros put before them. ``NL01``, as RIVM writes the country, becomes ``NL00``: one country has one code.
    """
    code = raw.cast(pl.String).str.strip_chars().str.to_uppercase().str.replace(r"^(\d+)\.0$", "$1")
    code = code.replace("NL01", COUNTRY_CODE)
    full = code.str.contains(CODE)
    if level is None or level not in PREFIXES:
        return pl.when(full).then(code)
    letters, places = PREFIXES[level]
    padded = pl.lit(letters) + code.str.zfill(places)
    return pl.when(full).then(code).when(padded.str.contains(CODE)).then(padded)


def read_areas(
    frame: pl.DataFrame,
    *,
    column: str,
    file: str,
    lines: pl.Series,
    level: Level | None = None,
    severity: Severity = Severity.ERROR,
    called: str | None = None,
) -> AreasRead:
    """Give every row its area code and set the rows without one apart, each with a complaint.

    Empty rows go without a word. A line with the source and a row with a total are no areas: they are skipped with
    a warning. All other rows without a code are complaints of ``severity``, with what the code would be where
    letters or leading zeros were lost ("5182901" would be buurt BU05182901). ``called`` is what the column is named
    in the file, where a parser has renamed it. A publisher's own column ``area`` is kept as ``area_column``.
    """
    area = frame.select(code_in_full(pl.col(column), level).alias("area"))["area"]
    kept = area.is_not_null()
    others = frame.drop(column).rename({"area": beside_keys("area")}, strict=False)
    read = others.select(pl.lit(area), pl.all())
    if kept.all():
        return AreasRead(frame=read, lines=lines, complaints=())
    left = frame.filter(~kept)
    complaints = _without_code(left, column, called or column, lines.filter(~kept), file, severity)
    return AreasRead(frame=read.filter(kept), lines=lines.filter(kept), complaints=complaints)


def without_duplicates(
    frame: pl.DataFrame, *, file: str, lines: pl.Series, severity: Severity = Severity.ERROR
) -> AreasRead:
    """Keep one row per area and period (where there is one).

    The same row twice is one row. Rows that differ are all left out: nothing in the file says which is right.
    """
    keys = ["area", *([] if "period" not in frame.columns else ["period"])]
    twice = frame.select(pl.struct(keys).is_duplicated())[keys[0]]
    if not twice.any():
        return AreasRead(frame=frame, lines=lines, complaints=())
    numbered = frame.with_columns(lines.cast(pl.Int64).alias("_line"))
    again = numbered.filter(twice)
    groups = again.group_by(keys, maintain_order=True).agg(
        _kinds(frame, keys),
        pl.col("_line").alias("rows"),
    )
    told = groups.drop("period") if len(keys) > 1 and frame["period"].n_unique() == 1 else groups
    complaints = [_duplicate(row, file, severity) for row in told.head(SHOWN).iter_rows(named=True)]
    if groups.height > SHOWN:
        complaints.append(_others(file, groups.height - SHOWN, "gebieden komen ook meer dan eens voor", severity))
    differing = groups.filter(pl.col("kinds") > 1).select(keys)
    kept = numbered.join(differing, on=keys, how="anti", maintain_order="left")
    kept = kept.unique(subset=keys, keep="first", maintain_order=True)
    return AreasRead(
        frame=kept.drop("_line"), lines=kept["_line"].alias(lines.name).cast(lines.dtype), complaints=tuple(complaints)
    )


def suggestion(code: str) -> str:
    """Say what a code of digits alone would be with its letters and leading zeros, or nothing.

    Four digits may be a gemeente or a PC4 area and are not guessed; five and six are a wijk, seven and eight a
    buurt, of which a leading zero was lost in a number (518 2901 is 0518 2901).
    """
    digits = code.strip().removesuffix(".0")
    if not digits.isdigit() or len(digits) > 8:
        return ""
    level = {3: Level.GEMEENTE, 5: Level.WIJK, 6: Level.WIJK, 7: Level.BUURT, 8: Level.BUURT}.get(len(digits))
    if level is None:
        return ""
    letters, places = PREFIXES[level]
    return f"{level.value} {letters}{digits.zfill(places)}"


def _without_code(
    left: pl.DataFrame, column: str, called: str, lines: pl.Series, file: str, severity: Severity
) -> tuple[Complaint, ...]:
    texts = [pl.col(name).cast(pl.String).str.strip_chars().fill_null("") for name in left.columns]
    words = left.select(
        pl.col(column).cast(pl.String).str.strip_chars().fill_null("").alias("code"),
        pl.concat_str(texts, separator=" ").str.strip_chars().alias("said"),
        lines.cast(pl.Int64).alias("line"),
    ).filter(pl.col("said") != "")
    complaints = [_no_area(row, called, file, severity) for row in words.head(SHOWN).iter_rows(named=True)]
    if words.height > SHOWN:
        complaints.append(_others(file, words.height - SHOWN, "rijen hebben ook geen geldige gebiedscode", severity))
    return tuple(complaints)


def _no_area(row: dict[str, str | int | bool], column: str, file: str, severity: Severity) -> Complaint:
    code, said = str(row["code"]), str(row["said"])
    place = f"rij {row['line']}, kolom {column}"
    if _SOURCE_LINE.match(said):
        sentence, severity = (
            "Dit is een regel met bron of toelichting en geen gebied; hij is overgeslagen.",
            Severity.WARNING,
        )
    elif _TOTAL.match(said):
        sentence, severity = "Dit is een totaalregel en geen gebied; hij is overgeslagen.", Severity.WARNING
    elif not code:
        sentence = "Deze rij heeft geen gebiedscode en is niet gelezen."
    elif meant := suggestion(code):
        sentence = (
            f"Dit is geen volledige gebiedscode: letters of voorloopnullen ontbreken. Bedoeld is misschien {meant}; "
            "schrijf de code voluit of noem het niveau in de beschrijving van de tabel (level)."
        )
    else:
        sentence = "Deze gebiedscode is niet bekend. Toegestaan zijn codes als GM0599, WK059914, BU05991448 en PC3075."
    return Complaint(file=file, place=place, found=(code or said)[:60], sentence=sentence, severity=severity)


def _kinds(frame: pl.DataFrame, keys: list[str]) -> pl.Expr:
    """Count the different rows that bear one key."""
    figures = [name for name in frame.columns if name not in keys]
    return (pl.struct(figures).n_unique() if figures else pl.lit(1)).alias("kinds")


def _duplicate(row: dict[str, object], file: str, severity: Severity) -> Complaint:
    rows = row["rows"]
    assert isinstance(rows, list)
    period = f" ({row['period']})" if "period" in row else ""
    place = "rijen " + ", ".join(str(line) for line in rows[:6]) + (" ..." if len(rows) > 6 else "")
    if row["kinds"] == 1:
        sentence = "Dit gebied staat er meer dan eens met dezelfde cijfers; het is een keer gelezen."
        severity = Severity.WARNING
    else:
        sentence = "Dit gebied staat er meer dan eens met verschillende cijfers; geen van de rijen is gelezen."
    return Complaint(file=file, place=place, found=f"{row['area']}{period}", sentence=sentence, severity=severity)


def _others(file: str, number: int, what: str, severity: Severity) -> Complaint:
    return Complaint(file=file, place="", found="", sentence=f"Nog {number} andere {what}.", severity=severity)
