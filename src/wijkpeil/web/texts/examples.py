"""Questions to the interface that work as they stand: every one is asked in a test."""

from dataclasses import dataclass
from urllib.parse import urlencode

import polars as pl

from wijkpeil.domain.area import Level
from wijkpeil.portrayal.language import Language
from wijkpeil.publication.edition import Edition

ROOT = "/api/v1"


@dataclass(frozen=True, kw_only=True)
class Example:
    """A question: what it is for, its address, and the form in which the answer is wanted."""

    about: str
    path: str
    accept: str = ""

    def command(self, site: str) -> str:
        """Write it as a line for a terminal, with the address of the site."""
        header = f"-H 'Accept: {self.accept}' " if self.accept else ""
        return f"curl {header}'{site}{self.path}'"


def examples(edition: Edition, tongue: Language) -> list[Example]:
    """Give questions about an area and an indicator that the edition has."""
    area, indicator = _area(edition), edition.policy.indicators[0].id
    say = tongue.say
    pinned = {"editie": edition.id}
    return [
        Example(about=say("Welke edities zijn er?"), path=f"{ROOT}/edities"),
        Example(about=say("Zoek een gebied"), path=_path("gebieden", zoek=_name(edition, area), **pinned)),
        Example(about=say("Alle cijfers van een gebied"), path=_path(f"gebieden/{area}/cijfers", **pinned)),
        Example(
            about=say("Eén cijfer van dat gebied"),
            path=_path(f"gebieden/{area}/cijfers", indicator=indicator, **pinned),
        ),
        Example(
            about=say("Dat gebied naast de rest van de stad"),
            path=_path(f"gebieden/{area}/verschillen", vergelijking="rest_of_city", **pinned),
        ),
        Example(about=say("De oordelen over dat gebied"), path=_path(f"gebieden/{area}/oordelen", **pinned)),
        Example(
            about=say("Eén cijfer voor alle wijken, als CSV"),
            path=_path(f"indicatoren/{indicator}/cijfers", niveau="wijk", **pinned),
            accept="text/csv",
        ),
        Example(
            about=say("Eén cijfer voor alle gebieden, als Parquet"),
            path=_path(f"indicatoren/{indicator}/cijfers", **pinned),
            accept="application/vnd.apache.parquet",
        ),
        Example(
            about=say("De gemeenten op de kaart, als GeoJSON"),
            path=_path("gebieden", niveau="gemeente", **pinned),
            accept="application/geo+json",
        ),
    ]


def _path(resource: str, **query: str) -> str:
    return f"{ROOT}/{resource}?{urlencode(query)}"


def _area(edition: Edition) -> str:
    """Give a neighbourhood of the edition's own programme, or any area."""
    programme = edition.areas.filter(pl.col("programmes").list.contains(edition.manifest.default_programme))
    wijken = edition.areas.filter(pl.col("level").cast(pl.String) == Level.WIJK.value)
    found = next((one for one in (programme, wijken) if not one.is_empty()), edition.areas)
    return str(found.sort("code")["code"][0])


def _name(edition: Edition, code: str) -> str:
    return str(edition.areas.filter(pl.col("code") == code)["name"].item())
