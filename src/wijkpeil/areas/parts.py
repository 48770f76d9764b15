"""What the neighbourhoods of a programme are made of, and every fault in it with the names that were meant."""

from collections.abc import Iterator
from dataclasses import dataclass

import dataframely as dy
import polars as pl

from wijkpeil.areas.suggestions import nearest
from wijkpeil.domain.area import gemeente_of, wijk_of
from wijkpeil.domain.complaint import Complaint, Severity
from wijkpeil.domain.frames import CodeList
from wijkpeil.domain.policy import Policy
from wijkpeil.domain.programme import Neighbourhood, Programme


@dataclass(frozen=True, kw_only=True)
class Known:
    """The codes of the map year: names by code, the gemeenten that are there, buurten by postcode area."""

    codes: pl.DataFrame
    names: dict[str, str]
    gemeenten: frozenset[str]

    @classmethod
    def of(cls, codes: dy.DataFrame[CodeList], map_year: int) -> "Known":
        """Take the map year out of a combined code list."""
        listed = codes.filter(pl.col("vintage") == map_year)
        names = dict(zip(listed["code"], listed["name"], strict=True))
        gemeenten = frozenset(filter(None, map(gemeente_of, names)))
        return cls(codes=listed, names=names, gemeenten=gemeenten)

    def parts_of(self, neighbourhood: Neighbourhood) -> tuple[str, ...]:
        """Give the parts as areas that exist.

        A postcode area of which there are no figures is made of the buurten in the gemeente where it is the most
        common one.
        """
        return tuple(code for part in neighbourhood.parts for code in self._expanded(part, neighbourhood.gemeente))

    def _expanded(self, part: str, gemeente: str) -> tuple[str, ...]:
        if part in self.names or not part.startswith("PC"):
            return (part,)
        inside = self.codes.filter(
            (pl.col("pc4") == part[2:])
            & (pl.col("level") == "buurt")
            & (pl.col("code").str.slice(2, 4) == gemeente[2:])
        )
        return tuple(inside["code"]) or (part,)


@dataclass(frozen=True, kw_only=True)
class Made:
    """A neighbourhood with the areas it is made of, which all exist and do not overlap."""

    programme: Programme
    neighbourhood: Neighbourhood
    parts: tuple[str, ...]

    @property
    def code(self) -> str:
        """The area code of the neighbourhood."""
        return self.programme.code_of(self.neighbourhood)


def made_of(policy: Policy, known: Known) -> tuple[tuple[Made, ...], tuple[Complaint, ...]]:
    """Give every neighbourhood of every programme its parts, with all faults and all warnings.

    A neighbourhood of a gemeente that no file speaks of is left out with a warning: not everybody has the whole
    country. A code that is missing in a gemeente that is there is an error.
    """
    made: list[Made] = []
    complaints: list[Complaint] = []
    for programme in policy.programmes:
        if programme.vintage != policy.map_year:
            complaints.append(_other_year(programme, policy.map_year))
            continue
        here = [
            Made(programme=programme, neighbourhood=neighbourhood, parts=known.parts_of(neighbourhood))
            for neighbourhood in programme.neighbourhoods
        ]
        present = [one for one in here if one.neighbourhood.gemeente in known.gemeenten]
        complaints += [_elsewhere(one) for one in here if one not in present]
        complaints += [fault for one in present for fault in _faults(one, known)]
        complaints += _overlapping(present)
        made += present
    return tuple(made), tuple(complaints)


def around(code: str) -> tuple[str, ...]:
    """Give the areas that a code lies in by its digits, itself first: a buurt, its wijk and its gemeente."""
    return tuple(filter(None, dict.fromkeys((code, wijk_of(code), gemeente_of(code)))))


def _faults(made: Made, known: Known) -> Iterator[Complaint]:
    for part in made.parts:
        if part not in known.names:
            yield _complaint(made, part, f"{part} staat niet in de codelijst van het kaartjaar. {_meant(made, known)}")
    for part in made.neighbourhood.parts:
        if part.startswith("PC") and part not in known.names and part not in made.parts:
            yield _complaint(
                made,
                part,
                f"Van {part} zijn er geen eigen cijfers: dit gebied is samengesteld uit de buurten waar {part[2:]} de "
                "meest voorkomende postcode is.",
                severity=Severity.WARNING,
            )


def _meant(made: Made, known: Known) -> str:
    """Word the codes in the same gemeente whose names are nearest to that of the neighbourhood."""
    inside = known.codes.filter(pl.col("code").str.slice(2, 4) == made.neighbourhood.gemeente[2:])
    names = nearest(made.neighbourhood.name, inside["name"], number=3)
    found = inside.filter(pl.col("name").is_in(names)).head(3)
    listed = " of ".join(f"{code} ({name})" for code, name in zip(found["code"], found["name"], strict=True))
    return (
        f"Bedoel je {listed}?" if listed else "Geef een code van een wijk, buurt of postcodegebied uit dat kaartjaar."
    )


def _overlapping(made: list[Made]) -> Iterator[Complaint]:
    """Find parts that stand twice, and parts that lie within another part."""
    owners: dict[str, Made] = {}
    for one in made:
        for part in one.parts:
            if part in owners:
                sentence = f"{part} hoort al bij {owners[part].neighbourhood.name}: een gebied telt maar één keer mee."
                yield _complaint(one, part, sentence)
            owners.setdefault(part, one)
    for part, one in owners.items():
        for whole in around(part)[1:]:
            if whole in owners:
                owner = owners[whole].neighbourhood.name
                sentence = f"{part} ligt in {whole}, dat al bij {owner} hoort: noem of het geheel, of de delen."
                yield _complaint(one, part, sentence)


def _elsewhere(made: Made) -> Complaint:
    gemeente = made.neighbourhood.gemeente
    return _complaint(
        made,
        gemeente,
        f"Er is geen codelijst met gebieden van {gemeente}; {made.neighbourhood.name} doet niet mee in deze editie.",
        severity=Severity.WARNING,
    )


def _other_year(programme: Programme, map_year: int) -> Complaint:
    return Complaint(
        file=f"programmas/{programme.id}.toml",
        place="vintage",
        found=str(programme.vintage),
        sentence=f"De codes van een programma staan op het kaartjaar van de editie: {map_year}.",
    )


def _complaint(made: Made, found: str, sentence: str, *, severity: Severity = Severity.ERROR) -> Complaint:
    return Complaint(
        file=f"programmas/{made.programme.id}.toml",
        place=f"neighbourhood.{made.neighbourhood.id}.parts",
        found=found,
        sentence=sentence,
        severity=severity,
    )
