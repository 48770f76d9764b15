"""A small invented edition with every kind of figure and every reason for absence, in the shape of a real one."""

from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace
from typing import Any

import polars as pl

from wijkpeil.analysis.outcomes import outcomes
from wijkpeil.analysis.verdict import judge
from wijkpeil.domain.complaint import Complaint, Severity
from wijkpeil.domain.composite import Composite, Part
from wijkpeil.domain.frames import Areas, Changes, CodeList, Composition, Figures, LookAlikesFound, Positions
from wijkpeil.domain.indicator import (
    Break,
    Column,
    Direction,
    Form,
    GapScale,
    Indicator,
    Kind,
    Nature,
    Review,
    SourceColumns,
    Unit,
)
from wijkpeil.domain.period import Moment
from wijkpeil.domain.policy import Base, DisclosureRule, Group, LookAlikes, Policy, Theme
from wijkpeil.domain.programme import Certainty, Neighbourhood, Programme
from wijkpeil.domain.source import Source, Table
from wijkpeil.publication import methods

HERE, CITY, BREAK_YEAR = "WK008050", "GM0080", 2018
NAME = "Heechterp & Schieringen"
LONG = "Mensen die zich vaak of altijd zorgen maken over hun huisgeld"
"""A label of about sixty characters, as real ones have."""

_THEMES = (
    ("wonen", "Wonen", "Housing"),
    ("inkomen_schulden", "Inkomen en schulden", "Income and debt"),
    ("veiligheid", "Veiligheid", "Safety"),
    ("leren", "Leren", "Learning"),
    ("bevolking", "Bevolking", "Population"),
)


def indicator(id_: str, theme: str, **changed: Any) -> Indicator:
    """An indicator in which everything is usual but what is said."""
    usual = {
        "label": id_.replace("_", " ").capitalize(),
        "label_en": f"{id_.replace('_', ' ').capitalize()} (English)",
        "unit": Unit.PERCENT,
        "direction": Direction.LOWER_IS_BETTER,
        "kind": Kind.PROPORTION,
        "nature": Nature.MEASURED,
        "base": "persons",
        "moment": Moment.WHOLE_YEAR,
        "decimals": 1,
        "materiality": 0.01,
        "gap_scale": GapScale.ABSOLUTE,
        "sources": (SourceColumns(source="telling", columns={2016: Column(name="x", form=Form.PERCENT)}),),
        "question": "Hoeveel mensen?",
        "not_for": "Zegt niets over de oorzaak.",
        "definition": "Het aandeel mensen, geteld door de stad.",
        "minimum_base": None,
        "price_year": None,
        "review": Review(author="a@stad.example", checked_by="b@stad.example", review_due=date(2030, 1, 1)),
    }
    return Indicator(id=id_, theme=theme, **{**usual, **changed})


INDICATORS = (
    indicator(
        "woz_waarde",
        "wonen",
        label="Gemiddelde WOZ-waarde van woningen",
        label_en="Average property value",
        unit=Unit.EURO,
        direction=Direction.HIGHER_IS_BETTER,
        kind=Kind.MEAN,
        decimals=0,
        moment=Moment.FIRST_OF_JANUARY,
    ),
    indicator(
        "koopwoningen", "wonen", label="Koopwoningen", label_en="Owner-occupied homes", direction=Direction.CONTEXT
    ),
    indicator(
        "leefbaarheid_klasse",
        "wonen",
        label="Klasse van de leefbaarheid",
        label_en="Liveability class",
        unit=Unit.CLASS,
        kind=Kind.ORDINAL,
        direction=Direction.HIGHER_IS_BETTER,
        nature=Nature.MODELLED,
    ),
    indicator(
        "huisgeld",
        "inkomen_schulden",
        label=LONG,
        label_en="People who often or always worry about money for the house",
        nature=Nature.SURVEYED,
    ),
    indicator(
        "rondkomen",
        "inkomen_schulden",
        label="Heeft moeite met rondkomen",
        label_en="Has difficulty making ends meet",
        nature=Nature.MODELLED,
        moment=Moment.SURVEY_YEAR,
    ),
    indicator(
        "bijstand",
        "inkomen_schulden",
        label="Huishoudens met bijstand",
        label_en="Households on benefits",
        breaks=(Break(year=BREAK_YEAR, note="Vanaf dit jaar tellen ook jongeren mee."),),
    ),
    indicator(
        "schulden",
        "inkomen_schulden",
        label="Geregistreerde problematische schulden",
        label_en="Registered problem debts",
    ),
    indicator("inbraken", "veiligheid", label="Inbraken", label_en="Burglaries", unit=Unit.PER_1000, kind=Kind.RATE),
    indicator(
        "geweld", "veiligheid", label="Geweldsmisdrijven", label_en="Violent crimes", unit=Unit.PER_1000, kind=Kind.RATE
    ),
    indicator("startkwalificatie", "leren", label="Zonder startkwalificatie", label_en="Without basic qualification"),
    indicator(
        "inwoners",
        "bevolking",
        label="Inwoners",
        label_en="Inhabitants",
        unit=Unit.PERSONS,
        kind=Kind.COUNT,
        direction=Direction.CONTEXT,
        decimals=0,
    ),
)

_SERIES: dict[str, tuple[int, ...]] = {
    "woz_waarde": (2007, 2012, 2016, 2020),
    "koopwoningen": (2012, 2016, 2020),
    "leefbaarheid_klasse": (2012, 2016),
    "huisgeld": (2014, 2016, 2018, 2020),
    "rondkomen": (2012, 2016, 2020),
    "bijstand": (2006, 2010, 2014, 2018, 2019),
    "inbraken": (2020,),
    "startkwalificatie": (2020,),
    "geweld": (2019, 2020),
    "inwoners": (2012, 2016, 2020),
}
_LEVEL = {
    "woz_waarde": (152000.0, 214000.0, 149000.0),
    "koopwoningen": (0.21, 0.55, 0.25),
    "leefbaarheid_klasse": (4.0, 7.0, 5.0),
    "huisgeld": (0.341, 0.210, 0.302),
    "rondkomen": (0.362, 0.188, 0.341),
    "bijstand": (0.184, 0.071, 0.166),
    "inbraken": (0.0042, 0.0061, 0.0048),
    "startkwalificatie": (0.12, 0.08, 0.11),
    "geweld": (0.0098, 0.0051, 0.0090),
    "inwoners": (5060.0, 118000.0, 5200.0),
}
_PEERS = tuple(f"WK0080{number:02d}" for number in range(10, 31))


def policy(*, fictional: bool = False) -> Policy:
    """The policy of the invented edition."""
    programme = Programme(
        id="aandachtswijken",
        label="De veertig aandachtswijken",
        label_en="The forty attention neighbourhoods",
        start=date(2007, 7, 13),
        end=None,
        baseline=date(2007, 1, 1),
        baseline_window=1,
        vintage=2020,
        note="",
        neighbourhoods=(
            Neighbourhood(
                id="heechterp",
                name="Heechterp/Schieringen",
                gemeente="GM0080",
                parts=(HERE,),
                certainty=Certainty.NAME_MATCH,
                start=date(2007, 7, 13),
            ),
        ),
    )
    return Policy(
        name="Voorbeeldland" if fictional else "Nederland",
        fictional=fictional,
        country="NL00",
        map_year=2020,
        apportioned_limit=0.25,
        default_programme="aandachtswijken",
        themes=tuple(
            Theme(id=id_, label=label, label_en=english, order=place, note="")
            for place, (id_, label, english) in enumerate(_THEMES)
        ),
        indicators=INDICATORS,
        sources=(
            Source(
                id="telling",
                label="Telling van de stad",
                publisher="De stad <O&S>",
                licence="CC BY 4.0",
                attribution="Bron: de stad",
                landing_page="https://stad.example",
                cadence="elk jaar",
                note="",
                tables=(Table(id="t", year=None, vintage=2020, files=("t.csv",), form="eigen_tabel"),),
            ),
        ),
        programmes=(programme,),
        bases=(Base(id="persons", label="inwoners", label_en="inhabitants", population="inwoners"),),
        groups=(
            Group(
                id="G4",
                label="de vier grote steden",
                label_en="the four large cities",
                members=("GM0363",),
                vintage=2020,
            ),
        ),
        look_alikes=LookAlikes(
            characteristics=("woz_waarde",),
            number=20,
            caliper=1.0,
            minimum_population=1000,
            note="Zonder cijfers van voor 2007 is de gelijkenis zwak.",
        ),
        disclosure=(
            DisclosureRule(audience="openbaar", label="iedereen", minimum_base={}, round_counts_to=5),
            DisclosureRule(
                audience="onderzoek", label="onderzoekers met een afspraak", minimum_base={}, round_counts_to=0
            ),
        ),
        checked_on=date(2026, 11, 24),
        composites=(
            Composite(
                id="geldzorgen",
                theme="inkomen_schulden",
                label="Geldzorgen",
                label_en="Money worries",
                base_year=2020,
                why="Zet zorgen over geld naast die van de stad.",
                parts=(Part(indicator="huisgeld", weight=1, why="Het enige onderdeel."),),
                review=Review(author="a@stad.example", checked_by="b@stad.example", review_due=date(2030, 1, 1)),
            ),
        ),
    )


def areas() -> pl.DataFrame:
    """The areas: one city with its wijken, the one we look at, and one area with a hostile name."""
    rows = [
        _area("NL00", "Nederland", "land", None, 17_400_000.0),
        _area("GM0080", "Leeuwarden", "gemeente", None, 123_000.0),
        _area(HERE, NAME, "wijk", "GM0080", 5060.0, ["aandachtswijken"], ["PC8924"]),
        *(_area(code, f"Wijk {code[-2:]} <b>&", "wijk", "GM0080", 4000.0) for code in _PEERS),
    ]
    return Areas.validate(pl.DataFrame(rows, schema=_polars(Areas)))


def figures() -> pl.DataFrame:
    """Figures of the area and its peers, with one of every absence."""
    rows = [
        _figure(HERE, id_, year, 1.0 + 0.05 * (years[-1] - year) / 10)
        for id_, years in _SERIES.items()
        for year in years
    ]
    rows += [
        _figure(code, id_, years[-1], 0.45 + place * 0.05, base=400.0 + 300 * place)
        for id_, years in _SERIES.items()
        for place, code in enumerate(_PEERS)
    ]
    rows += [_figure(CITY, "huisgeld", year, 0.62, base=60000.0) for year in _SERIES["huisgeld"]]
    rows.append(_absent(HERE, "schulden", 2020, "too_few"))
    rows.append(_absent(HERE, "huisgeld", 2022, "not_yet"))
    return Figures.validate(pl.DataFrame(rows, schema=_polars(Figures)))


def positions(published: pl.DataFrame) -> pl.DataFrame:
    """Both gaps of every figure, by the plainest arithmetic."""
    signs = {one.id: one.direction.sign for one in INDICATORS}
    rows = []
    for row in published.iter_rows(named=True):
        for comparator, prefix in (("rest_of_city", "rest"), ("look_alikes", "like")):
            there, here, sign = row[f"{prefix}_value"], row["value"], signs[row["indicator"]]
            bare = row["indicator"] in {"leefbaarheid_klasse", "inwoners"}
            gap = None if there is None or here is None or bare else sign * (here - there)
            spread = None if gap is None or row["low"] is None else (row["high"] - row["low"]) / 1.8
            rows.append(
                {
                    **{name: row[name] for name in ("area", "indicator", "period", "value", "low", "high", "status")},
                    "comparator": comparator,
                    "comparator_value": there,
                    "comparator_low": None,
                    "comparator_high": None,
                    "comparator_status": row[f"{prefix}_status"],
                    "gap": gap,
                    "gap_low": None if spread is None else gap - spread,
                    "gap_high": None if spread is None else gap + spread,
                    "relative_gap": None,
                }
            )
    return Positions.validate(pl.DataFrame(rows, schema=_polars(Positions)))


def changes(beside: pl.DataFrame) -> pl.DataFrame:
    """The change from the first to the last gap."""
    rows = []
    for (area, id_, comparator), part in beside.sort("period").group_by(
        "area", "indicator", "comparator", maintain_order=True
    ):
        known = part.filter(pl.col("gap").is_not_null())
        status = _baseline_status(id_, known)
        changed = status in {"in_window", "late"}
        first, last = (known["gap"][0], known["gap"][-1]) if known.height else (None, None)
        spread = (
            abs(known["gap_high"][0] - known["gap_low"][0]) if changed and known["gap_low"][0] is not None else None
        )
        change = last - first if changed else None
        rows.append(
            {
                "area": area,
                "indicator": id_,
                "comparator": comparator,
                "baseline": known["period"][0] if known.height else None,
                "latest": known["period"][-1] if known.height else None,
                "baseline_status": status,
                "gap_baseline": first,
                "gap_latest": last,
                "change": change,
                "change_low": None if spread is None else change - spread,
                "change_high": None if spread is None else change + spread,
                "relative_change": None,
                "status": part["status"][-1],
                "comparator_status": part["comparator_status"][-1],
            }
        )
    return Changes.validate(pl.DataFrame(rows, schema=_polars(Changes)))


def _baseline_status(id_: str, known: pl.DataFrame) -> str:
    if id_ == "leefbaarheid_klasse":
        return "ordinal"
    if id_ == "bijstand":
        return "broken"
    if known.height < 2:
        return "one_period" if known.height else "no_figures"
    return "in_window" if known["period"][0] <= 2008 else "late"


def _polars(schema: type) -> dict[str, Any]:
    return dict(schema.create_empty().schema)


def _area(
    code: str,
    name: str,
    level: str,
    gemeente: str | None,
    population: float,
    programmes: list[str] | None = None,
    pc4: list[str] | None = None,
) -> dict[str, Any]:
    return {
        "code": code,
        "vintage": 2020,
        "name": name,
        "level": level,
        "gemeente": gemeente,
        "wijk": None,
        "population": population,
        "land_km2": 1.23,
        "pc4": pc4 or [],
        "programmes": programmes or [],
    }


def _figure(area: str, id_: str, year: int, factor: float, *, base: float = 4100.0) -> dict[str, Any]:
    here, rest, like = _LEVEL[id_]
    modelled = id_ in {"rondkomen", "leefbaarheid_klasse"}
    counted = id_ in {"inwoners", "woz_waarde", "koopwoningen"}
    value = round(here * factor) if id_ in {"inwoners", "leefbaarheid_klasse"} else here * factor
    spread = None if modelled or counted else here * 0.12
    interval = "modelled" if modelled else "not_applicable" if counted else "wilson"
    status = "modelled" if modelled else "provisional" if year == 2020 and id_ == "inbraken" else "final"
    return {
        "area": area,
        "indicator": id_,
        "period": year,
        "value": float(value),
        "low": None if spread is None else value - spread,
        "high": None if spread is None else value + spread,
        "interval": interval,
        "base": base,
        "status": status,
        "source": "telling:t",
        "apportioned": 0.0,
        "rest_value": rest,
        "rest_low": None,
        "rest_high": None,
        "rest_status": status,
        "like_value": None if id_ == "geweld" else like,
        "like_low": None,
        "like_high": None,
        "like_n": 20,
        "like_status": "no_comparator" if id_ == "geweld" else status,
    }


def _absent(area: str, id_: str, year: int, status: str) -> dict[str, Any]:
    return {
        "area": area,
        "indicator": id_,
        "period": year,
        "value": None,
        "low": None,
        "high": None,
        "interval": "not_applicable",
        "base": None,
        "status": status,
        "source": "telling:t",
        "apportioned": 0.0,
        "rest_value": None,
        "rest_low": None,
        "rest_high": None,
        "rest_status": status,
        "like_value": None,
        "like_low": None,
        "like_high": None,
        "like_n": None,
        "like_status": status,
    }


@dataclass(eq=False)
class ImaginedEdition:
    """Answers as an edition does, from frames in memory."""

    fictional: bool = False
    audience: str = "openbaar"
    id: str = "2026-11"
    policy: Policy = field(init=False)
    manifest: Any = field(init=False)

    def __post_init__(self) -> None:
        self.policy = policy(fictional=self.fictional)
        self.manifest = SimpleNamespace(
            id=self.id,
            made_on=date(2026, 11, 24),
            audience=self.audience,
            policy_name=self.policy.name,
            fictional=self.fictional,
            country="NL00",
            map_year=2020,
            default_programme="aandachtswijken",
            code_version="0.1.0",
            content="c",
            figures=1234,
            inputs=(),
            unknown_files=("foto.png",),
            files={},
            sizes={},
        )
        self.areas = areas()
        self.composition = pl.DataFrame([], schema=_polars(Composition))
        self.look_alikes = LookAlikesFound.validate(
            pl.DataFrame(
                [
                    {"area": HERE, "look_alike": code, "rank": place + 1, "distance": 0.2 + place * 0.3}
                    for place, code in enumerate(_PEERS[:5])
                ],
                schema=_polars(LookAlikesFound),
            )
        )
        self.match_quality = pl.DataFrame({"area": [HERE], "reason": ["found"], "found": [5], "difference": [0.31]})
        self.code_lists = pl.DataFrame([], schema=_polars(CodeList))
        self.complaints = tuple(
            Complaint(
                file="t.csv",
                place=f"rij {row}, kolom x",
                found="120",
                severity=Severity.WARNING,
                sentence="Een percentage is hoogstens 100.",
            )
            for row in range(2, 9)
        )
        self._figures = figures()
        self._positions = positions(self._figures)
        self._changes = changes(self._positions)

    def figures(self, *, area: str | None = None, indicator: str | None = None) -> pl.DataFrame:
        return _pick(self._figures, area, indicator)

    def city_figures(self, area: str, *, columns: Any = None) -> pl.DataFrame:
        return self._figures if columns is None else self._figures.select(columns)

    def positions(
        self, *, area: str | None = None, indicator: str | None = None, comparators: Any = None, periods: Any = None
    ) -> pl.DataFrame:
        return _pick(self._positions, area, indicator)

    def changes(
        self,
        *,
        area: str | None = None,
        indicator: str | None = None,
        comparators: Any = None,
        programme: str | None = None,
        periods: Any = None,
    ) -> pl.DataFrame:
        return _pick(self._changes, area, indicator)

    def theme_scores(self, *, composite: str, city: str, level: Any, area: str | None = None, against: Any) -> Any:
        return methods.theme_scores(
            self._figures,
            composite=self.policy.composite[composite],
            codes=methods.among(self.areas, self.composition, city=city, level=level, area=area),
            city=city,
            areas=self.areas,
            policy=self.policy,
            against=against,
        )

    def verdicts(
        self, *, area: str | None = None, programme: str | None = None, comparators: Any = None
    ) -> pl.DataFrame:
        return _pick(judge(self._changes, policy=self.policy), area, None)

    @property
    def comparators(self) -> list[str]:
        return sorted(set(self._changes["comparator"]))

    def outcomes(self, *, programme: str | None = None, comparators: Any = None) -> pl.DataFrame:
        return outcomes(
            judge(self._changes.filter(pl.col("area") != CITY), policy=self.policy),
            positions=self._positions.filter(pl.col("area") != CITY),
            areas=self.areas,
            policy=self.policy,
            programme=self.policy.programme[programme or "aandachtswijken"],
            comparators=comparators or self.comparators,
        )


def _pick(frame: pl.DataFrame, area: str | None, indicator: str | None) -> pl.DataFrame:
    wanted = [pl.col(name) == value for name, value in (("area", area), ("indicator", indicator)) if value is not None]
    return frame.filter(*wanted) if wanted else frame
