"""Figures of areas that are made of other areas, by counts and never as a mean of shares."""

from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array

from wijkpeil.analysis.sheet import CODE, COPIED, NO_ROW, Codes, Sheet, present
from wijkpeil.analysis.tree import AreaTree, Bools, Floats, Gathering, Ints
from wijkpeil.domain.frames import MADE
from wijkpeil.domain.indicator import Kind
from wijkpeil.domain.status import Status

ENOUGH = 0.95
"""The part (0-1) of the people that the parts with a figure must cover."""

_DUST = 1e-9
_REPLACEABLE = np.isin(
    np.arange(256),
    [NO_ROW, *(CODE[status] for status in (Status.MISSING, Status.NOT_YET, Status.INCOMPLETE, Status.NOT_COMPARABLE))],
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Sums:
    """What the parts of each area make together: one row per row of a gathering, one column a period."""

    value: Floats
    base: Floats
    se: Floats
    spread: Floats
    from_panel: Bools
    apportioned: Floats
    status: Codes
    used: Bools


def totals(sheet: Sheet, *, tree: AreaTree) -> Sheet:
    """Add up wijken, gemeenten and the country that their publisher does not give, from the level below.

    A city must be there to set its neighbourhoods beside. The publisher's own figure always wins, and one that
    the publisher *suppressed* is never recomputed. The parts must cover 95% of the people, otherwise the
    total is ``incomplete``; it is ``approximate`` unless every part is there with its own base. Ordinal classes
    have no total.
    """
    for gathering in tree.below:
        replaceable = _REPLACEABLE[sheet.status[gathering.rows]]
        if not replaceable.any():
            continue
        sums = summed(sheet, gathering, whole_people=sheet.people[gathering.rows])
        first_row = (sheet.status[gathering.rows] == NO_ROW) & (sums.status != NO_ROW)
        sheet = _written(sheet, gathering, sums, where=first_row | (replaceable & present(sums.status)))
    return sheet


def composed(sheet: Sheet, *, tree: AreaTree) -> Sheet:
    """Make the figures of programme neighbourhoods, groups and what lies outside a programme.

    A mean of shares without weights would let a park of nine people count as a quarter of a neighbourhood. Counts
    are added. An area of exactly one part *is* that part: its figure is copied to the byte, ordinal classes too;
    other ordinal figures are ``not_applicable``. Parts without a figure make it ``incomplete`` unless the others
    cover 95% of the people. What is left of a whole without its parts (sign -1) can come out below 0 or above 1
    where publisher's figures do not fit together: that is ``no_comparator``, not a figure.

    Formula
    -------
    ``sum(sign x base x value) / sum(sign x base)``, sign -1 for what is left out; of counts ``sum(sign x value)``.
    """
    if len(tree.composed.rows):
        sums = summed(sheet, tree.composed)
        sheet = _written(sheet, tree.composed, sums, where=sums.status != NO_ROW)
    copies = np.flatnonzero(tree.copy_of >= 0)
    if not len(copies):
        return sheet
    parts = tree.copy_of[copies]
    fields = ("value", "base", "se", "spread", "from_panel", "apportioned", "status", "source")
    arrays = {name: getattr(sheet, name).copy() for name in (*fields, "made")}
    for name in fields:
        arrays[name][copies] = arrays[name][parts]
    arrays["made"][copies] = COPIED
    return replace(sheet, **arrays)


def summed(sheet: Sheet, gathering: Gathering, *, whole_people: Floats | None = None) -> Sums:
    """Add up the parts of every area of a gathering, in all periods at once.

    The own bases weigh where *all* parts with a figure have one; otherwise the people weigh for all of them:
    never a mixture. ``whole_people`` are the people of the whole, where these are known apart from the parts.
    """
    matrix, unsigned = gathering.matrix, gathering.unsigned
    there = sheet.is_present
    own = there & ~np.isnan(sheet.base)
    by_base = np.asarray(unsigned @ (there & ~own).astype(float) == 0) | (sheet.indicator.kind is Kind.COUNT)
    counted = sheet.indicator.kind is Kind.COUNT
    if counted or by_base.all():
        weight, used = np.ones_like(sheet.base) if counted else sheet.base, there if counted else own
        sums = _weighed(sheet, matrix, unsigned, weight=weight, used=used)
    else:
        people = _weighed(sheet, matrix, unsigned, weight=sheet.people, used=there & ~np.isnan(sheet.people))
        sums = _either(by_base, _weighed(sheet, matrix, unsigned, weight=sheet.base, used=own), people)
    covered = _covered(sheet, gathering, by_base=by_base, whole_people=whole_people)
    status = _status_of_sum(sheet, sums, gathering, covered=covered, by_base=by_base)
    keep = present(status)
    return replace(
        sums,
        status=status,
        value=np.where(keep, _within(sums.value, sheet.indicator.kind), np.nan),
        base=np.where(keep & by_base, sums.base, np.nan),
        se=np.where(keep, sums.se, np.nan),
    )


def is_possible(value: Floats, kind: Kind) -> Bools:
    """Tell whether a computed value can be one of its kind: a share within 0 and 1, no negative rate or count."""
    low = -_DUST if kind in {Kind.PROPORTION, Kind.RATE, Kind.COUNT} else -np.inf
    high = 1 + _DUST if kind is Kind.PROPORTION else np.inf
    possible: Bools = (value >= low) & (value <= high)
    return possible


def worst_status(statuses: Codes, matrix: csr_array, used: Bools) -> Codes:
    """Give the gravest status among the used parts of each sum: modelled stays modelled, provisional provisional.

    ``below_half_unit`` is a matter of one cell and does not spread: its rounding enters the interval.
    """
    worst = np.full((matrix.shape[0], statuses.shape[1]), CODE[Status.FINAL])
    for status in (Status.PROVISIONAL, Status.MODELLED, Status.APPROXIMATE):
        has_it = used & (statuses == CODE[status])
        if has_it.any():
            worst[np.asarray(matrix @ has_it.astype(float)) > 0] = CODE[status]
    return worst


def _weighed(sheet: Sheet, matrix: csr_array, unsigned: csr_array, *, weight: Floats, used: Bools) -> Sums:
    counted = sheet.indicator.kind is Kind.COUNT
    weights = np.where(used, weight, 0.0)
    numerator = np.asarray(matrix @ (weights * np.where(used, sheet.value, 0.0)))
    total = np.asarray(matrix @ weights)
    amount = np.abs(np.where(used, sheet.value, 0.0)) if counted else weights
    touched = np.asarray(unsigned @ (amount * sheet.apportioned)) if sheet.apportioned.any() else np.zeros_like(total)
    shape = total.shape
    return Sums(
        value=numerator if counted else divided(numerator, total),
        base=np.full(shape, np.nan) if counted else total,
        se=_error(sheet, matrix, unsigned, weights=weights, total=np.ones(shape) if counted else total, used=used),
        spread=np.asarray(unsigned @ np.where(used, sheet.spread, 0.0)) if sheet.spread.any() else np.zeros(shape),
        from_panel=_any(unsigned, used & sheet.from_panel, shape),
        apportioned=np.nan_to_num(divided(touched, np.asarray(unsigned @ amount))),
        status=worst_status(sheet.status, unsigned, used),
        used=np.asarray(unsigned @ used.astype(float)) > 0,
    )


def _any(unsigned: csr_array, which: Bools, shape: tuple[int, ...]) -> Bools:
    if not which.any():
        return np.zeros(shape, dtype=np.bool_)
    found: Bools = np.asarray(unsigned @ which.astype(float)) > 0
    return found


def divided(numerator: Floats, denominator: Floats) -> Floats:
    """Divide, and leave unknown (never a warning) where there is nobody to divide by."""
    return np.divide(numerator, denominator, out=np.full_like(numerator, np.nan), where=denominator > 0)


def _error(
    sheet: Sheet, matrix: csr_array, unsigned: csr_array, *, weights: Floats, total: Floats, used: Bools
) -> Floats:
    known = ~np.isnan(sheet.se)
    if not known.any():
        return np.full(total.shape, np.nan)
    variance = np.asarray(matrix @ (weights * np.where(used & known, sheet.se, 0.0)) ** 2)
    unknown = np.asarray(unsigned @ (used & ~known).astype(float)) > 0
    usable = ~unknown & (variance > 0)
    return np.where(usable, divided(np.sqrt(np.where(usable, variance, 0.0)), total), np.nan)


def _either(by_base: Bools, own: Sums, people: Sums) -> Sums:
    names = ("value", "base", "se", "spread", "from_panel", "apportioned", "status", "used")
    return Sums(**{name: np.where(by_base, getattr(own, name), getattr(people, name)) for name in names})


def _covered(sheet: Sheet, gathering: Gathering, *, by_base: Bools, whole_people: Floats | None) -> Floats:
    """Give the part (0-1) of the people that the used parts cover; 1 where no part is absent, 0 where unknown."""
    there, known = sheet.is_present, ~np.isnan(sheet.people)
    people = np.nan_to_num(sheet.people)
    unsigned = gathering.unsigned
    absent = np.asarray(unsigned @ np.where(there, 0.0, people))
    whole = np.asarray(gathering.matrix @ people)
    unknown = np.asarray(unsigned @ (~there & ~known).astype(float)) > 0
    unweighed = ~by_base & (np.asarray(unsigned @ (there & ~known).astype(float)) > 0)
    if whole_people is not None:
        known_whole = np.nan_to_num(whole_people)
        beside_parts = np.maximum(known_whole - whole, 0)
        counts = unknown | (beside_parts > (1 - ENOUGH) * known_whole)  # less is another count of the same people
        absent += np.where(counts, beside_parts, 0.0)
        whole = np.where(counts, np.maximum(whole, known_whole), whole)
        unknown = unknown & np.isnan(whole_people)
    share = np.where(absent > 0, 1 - np.minimum(np.nan_to_num(divided(absent, whole), nan=1.0), 1.0), 1.0)
    covered: Floats = np.where(unknown | unweighed, 0.0, share)
    return covered


def _status_of_sum(sheet: Sheet, sums: Sums, gathering: Gathering, *, covered: Floats, by_base: Bools) -> Codes:
    kind = sheet.indicator.kind
    rows = np.asarray(gathering.unsigned @ sheet.has_row.astype(float))
    if kind is Kind.ORDINAL:
        return np.where(rows > 0, CODE[Status.NOT_APPLICABLE], NO_ROW)
    rough = (covered < 1) | (~by_base & (kind is not Kind.COUNT))
    status = np.where(rough, CODE[Status.APPROXIMATE], sums.status)
    remainder = np.asarray(gathering.unsigned.sum(axis=1) != gathering.matrix.sum(axis=1))[:, None]
    impossible = np.where(remainder, CODE[Status.NO_COMPARATOR], CODE[Status.NOT_COMPARABLE])
    status = np.where(is_possible(sums.value, kind), status, impossible)
    status = np.where(np.isnan(sums.value), CODE[Status.NOT_APPLICABLE], status)
    status = np.where(covered < ENOUGH, CODE[Status.INCOMPLETE], status)
    status = np.where(sums.used, status, _shared_reason(sheet, gathering, rows))
    return np.where(rows > 0, status, NO_ROW).astype(np.uint8)


def _shared_reason(sheet: Sheet, gathering: Gathering, rows: Floats) -> Codes:
    """Give the one reason that all parts have, or ``incomplete`` where they differ."""
    code = np.where(sheet.has_row & ~sheet.is_present, sheet.status, 0).astype(float)
    first = np.asarray(gathering.unsigned @ code)
    second = np.asarray(gathering.unsigned @ (code * code))
    same = (rows > 0) & (rows * second == first * first) & (first > 0)
    return np.where(same, divided(first, np.maximum(rows, 1)), CODE[Status.INCOMPLETE]).astype(np.uint8)


def _within(value: Floats, kind: Kind) -> Floats:
    if kind is Kind.PROPORTION:
        return np.clip(value, 0, 1)
    return np.maximum(value, 0) if kind in {Kind.RATE, Kind.COUNT} else value


def _written(sheet: Sheet, gathering: Gathering, sums: Sums, *, where: Bools) -> Sheet:
    row, column = np.nonzero(where)
    cell = (gathering.rows[row], column)
    arrays = {}
    for name in ("value", "base", "se", "spread", "from_panel", "apportioned", "status"):
        arrays[name] = getattr(sheet, name).copy()
        arrays[name][cell] = getattr(sums, name)[row, column]
    arrays["made"] = sheet.made.copy()
    arrays["made"][cell] = MADE.index(gathering.makes)
    source, names = _sources(sheet, gathering)
    arrays["source"] = sheet.source.copy()
    arrays["source"][cell] = source[row, column]
    return replace(sheet, sources=names, **arrays)


def _sources(sheet: Sheet, gathering: Gathering) -> tuple[Ints, tuple[str, ...]]:
    """Name the sources of the parts: one where all parts share it, otherwise all of them, joined by `` + ``."""
    names = list(sheet.sources)
    source = np.full((len(gathering.rows), len(sheet.periods)), -1, dtype=np.int64)
    for column in range(len(sheet.periods)):
        here = sheet.source[:, column]
        spoken = here[here >= 0]
        if spoken.size and spoken.min() == spoken.max():
            source[:, column] = spoken[0]
            continue
        found = np.unique(spoken)
        bits = np.zeros(len(gathering.rows))
        for bit, one in enumerate(found):
            bits += (np.asarray(gathering.unsigned @ (here == one).astype(float)) > 0) * 2.0**bit
        for mask in np.unique(bits[bits > 0]).astype(np.int64):
            parts = {part for bit, one in enumerate(found) if mask >> bit & 1 for part in names[one].split(" + ")}
            name = " + ".join(sorted(parts))
            if name not in names:
                names.append(name)
            source[bits == mask, column] = names.index(name)
    return source, tuple(names)
