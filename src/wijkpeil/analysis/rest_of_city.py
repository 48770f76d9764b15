"""A neighbourhood's city without that neighbourhood."""

from dataclasses import dataclass

import numpy as np

from wijkpeil.analysis.compose import divided, is_possible
from wijkpeil.analysis.intervals import limits
from wijkpeil.analysis.sheet import CODE, Codes, Sheet
from wijkpeil.analysis.tree import NONE, AreaTree, Bools, Floats
from wijkpeil.domain.frames import LEVELS
from wijkpeil.domain.indicator import Kind
from wijkpeil.domain.status import Status


@dataclass(frozen=True, kw_only=True, eq=False)
class Rest:
    """The rest of the city of every cell; ``base`` is what is left of the base (or of the people)."""

    value: Floats
    low: Floats
    high: Floats
    base: Floats
    status: Codes


def rest_of_city(sheet: Sheet, *, tree: AreaTree) -> Rest:
    """Set each neighbourhood beside its city without that neighbourhood.

    The whole-city figure contains the neighbourhood, which shrinks its gap by its own share of the people;
    leaving it out keeps both sides independent. A composed area leaves out all its parts at once. With the own
    bases of both this is exact; otherwise the people weigh and it is ``approximate``. It has an interval only
    where it is exact (or has standard errors), as any other figure.

    Counts and ordinal classes have no rest (``not_applicable``), nor have gemeenten, groups and what is left
    outside a programme. An area that is its whole city has ``no_comparator``, and so has one whose rest would
    be a share below 0 or above 1: those two figures do not fit together.

    What it says
    ------------
    How the rest of the city fares, apart from this neighbourhood.

    What it does not say
    --------------------
    Not how the city outside a programme fares: that leaves all neighbourhoods of the programme out at once.

    Formula
    -------
    ``(W x city - w x area) / (W - w)``, W and w the bases (or the people) of the city and the area: ``without``.

    References
    ----------
    CBS StatLine 71718ned leaves out all attention areas at once ("totaal niet-aandachtswijken"): that is
    ``city_outside_programme``, not this.
    """
    city = np.where(tree.gemeente == NONE, 0, tree.gemeente)
    kind = sheet.indicator.kind
    applies = _applies(tree)[:, None] & (kind.is_averaged)
    own = ~np.isnan(sheet.base) & ~np.isnan(sheet.base[city])
    area_weight = np.where(own, sheet.base, sheet.people)
    city_weight = np.where(own, sheet.base[city], sheet.people[city])
    left = city_weight - area_weight
    value = without(sheet.value[city], city_weight, sheet.value, area_weight)
    status = _status(sheet, city=city, own=own, applies=applies, left=left)
    there = sheet.is_present & sheet.is_present[city] & applies
    fits = ~np.isnan(value) & is_possible(value, kind)
    status = np.where(there & ~fits, CODE[Status.NO_COMPARATOR], status).astype(np.uint8)
    keep = there & fits
    value = np.where(keep, np.clip(value, 0, 1) if kind is Kind.PROPORTION else value, np.nan)
    if kind is Kind.RATE:
        value = np.maximum(value, 0)
    low, high, _ = limits(
        sheet.indicator,
        value=value,
        base=np.where(own, left, np.nan),
        se=_error(sheet, city_weight, area_weight, left, city=city),
        spread=sheet.spread + sheet.spread[city],
        from_panel=sheet.from_panel | sheet.from_panel[city],
        status=np.maximum(
            np.where(sheet.status == CODE[Status.MODELLED], CODE[Status.MODELLED], 0),
            np.where(sheet.status[city] == CODE[Status.MODELLED], CODE[Status.MODELLED], 0),
        ).astype(np.uint8),
    )
    return Rest(value=value, low=low, high=high, base=np.where(keep, left, np.nan), status=status)


def without(city: Floats, city_weight: Floats, area: Floats, area_weight: Floats) -> Floats:
    """Take an area out of the mean of its city; unknown where nobody is left.

    Examples
    --------
    A city of 1,000 people of whom 13% are poor, without a neighbourhood of 300 of whom 20% are.

    >>> without(np.array([0.13]), np.array([1000.0]), np.array([0.20]), np.array([300.0])).round(3).tolist()
    [0.1]
    """
    return divided(city_weight * city - area_weight * area, city_weight - area_weight)


def _applies(tree: AreaTree) -> Bools:
    narrow = np.isin(tree.levels, [LEVELS.index(level) for level in ("programmagebied", "wijk", "buurt", "pc4")])
    applies: Bools = narrow & (tree.gemeente != NONE) & ~tree.is_remainder
    return applies


def _status(sheet: Sheet, *, city: np.ndarray, own: Bools, applies: Bools, left: Floats) -> Codes:
    """The area's own reason first, then the city's, then what the comparison adds."""
    of_area, of_city = sheet.status, np.where(sheet.has_row[city], sheet.status[city], CODE[Status.MISSING])
    spreads = [CODE[Status.PROVISIONAL], CODE[Status.MODELLED], CODE[Status.APPROXIMATE]]
    status = np.maximum(
        np.where(np.isin(of_area, spreads), of_area, CODE[Status.FINAL]),
        np.where(np.isin(of_city, spreads), of_city, CODE[Status.FINAL]),
    )
    status = np.where(own, status, CODE[Status.APPROXIMATE])
    status = np.where(left > 0, status, CODE[Status.NO_COMPARATOR])
    status = np.where(sheet.is_present[city], status, of_city)
    status = np.where(sheet.is_present, status, of_area)
    return np.where(applies, status, CODE[Status.NOT_APPLICABLE])


def _error(sheet: Sheet, city_weight: Floats, area_weight: Floats, left: Floats, *, city: np.ndarray) -> Floats:
    """Take the error of the area out of that of its city.

    Errors from the panel are estimated apart for cities and for neighbourhoods and need not fit together: the rest
    then keeps at least its part, by people, of the variance of the city.
    """
    if np.isnan(sheet.se).all():
        return sheet.se
    of_city = (city_weight * sheet.se[city]) ** 2
    variance = of_city - (area_weight * sheet.se) ** 2
    from_panel = sheet.from_panel | sheet.from_panel[city]
    if from_panel.any():
        variance = np.where(from_panel, np.maximum(variance, of_city * divided(left, city_weight)), variance)
    return np.where(variance > 0, divided(np.sqrt(np.maximum(np.nan_to_num(variance), 0)), left), np.nan)
