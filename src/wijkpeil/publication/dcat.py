"""The catalogue of what is published, as DCAT-AP-NL 3.0: other catalogues read it and know what is here."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from wijkpeil.domain.indicator import Indicator
from wijkpeil.domain.source import Source
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.licences import licence_of
from wijkpeil.publication.publisher import Publisher
from wijkpeil.publication.turtle import Iri, Said, Text, turtle

_EU = "http://publications.europa.eu/resource/authority"
_MEDIA = "https://www.iana.org/assignments/media-types"
_PUBLIC = Iri(f"{_EU}/access-right/PUBLIC")
_DUTCH = Iri(f"{_EU}/language/NLD")
_NETHERLANDS = Iri(f"{_EU}/country/NLD")
_THEMES = {"SOCI": "Bevolking en samenleving", "REGI": "Regio's en steden"}
_DATA_PACKAGE = Iri("https://datapackage.org/profiles/2.0/datapackage.json")
_DESIGN_RULES = Iri("https://gitdocumentatie.logius.nl/publicatie/api/adr/2.1.0/")

Thing = tuple[Iri, Said]


@dataclass(frozen=True, kw_only=True)
class Places:
    """Where everything is to be found: whole addresses, or how they are made of an edition and an indicator."""

    home: str
    catalogue: str
    columns: str
    terms: str
    api: str
    api_description: str
    edition: Callable[[str], str]
    downloads: Callable[[str], str]
    sources: Callable[[str], str]
    edition_file: Callable[[str], str]
    indicator_file: Callable[[str, str], str]
    indicator_api: Callable[[str, str], str]


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """Who publishes what, and where it is."""

    places: Places
    publisher: Publisher

    def whole(self, editions: Sequence[Edition]) -> str:
        """Write the catalogue of all editions, the newest last, as a series of datasets."""
        things = [*self._frame(editions[-1], editions), self._series(editions)]
        before: Edition | None = None
        for edition in editions:
            things += self._edition(edition, before)
            before = edition
        return turtle(things)

    def of_edition(self, edition: Edition, before: Edition | None) -> str:
        """Write the catalogue of one edition, with a dataset for each of its indicators."""
        indicators = [thing for one in edition.policy.indicators for thing in self._indicator(edition, one)]
        parts = [thing for thing, said in indicators if said["a"] == "dcat:Dataset"]
        return turtle(
            [
                *self._frame(edition, [edition], parts),
                *self._edition(edition, before),
                self._series([edition]),
                *indicators,
            ]
        )

    @property
    def _catalogue(self) -> Iri:
        return Iri(f"{self.places.catalogue}#catalogus")

    @property
    def _service(self) -> Iri:
        return Iri(f"{self.places.catalogue}#api")

    @property
    def _agent(self) -> Iri:
        return Iri(self.publisher.address)

    @property
    def _contact(self) -> Iri:
        return Iri(f"{self.places.catalogue}#contact")

    @property
    def _of_series(self) -> Iri:
        return Iri(f"{self.places.catalogue}#reeks")

    def _dataset(self, id_: str) -> Iri:
        return Iri(f"{self.places.edition(id_)}#dataset")

    def _frame(self, newest: Edition, editions: Sequence[Edition], parts: Sequence[Iri] = ()) -> Iterator[Thing]:
        """Say who publishes, how to reach them, and what the catalogue holds."""
        places = self.places
        yield (
            self._catalogue,
            {
                "a": "dcat:Catalog",
                **self._by(),
                "dct:title": Text("Wijkpeil", "nl"),
                "dct:description": Text("Cijfers van wijken en buurten, naast hun stad en gelijkende gebieden.", "nl"),
                "dct:language": _DUTCH,
                "dct:license": Iri("https://creativecommons.org/publicdomain/zero/1.0/"),
                "dct:modified": newest.manifest.made_on,
                "foaf:homepage": Iri(places.home),
                "dcat:dataset": [*(self._dataset(one.id) for one in editions), *parts],
                "dcat:service": self._service,
            },
        )
        yield self._agent, {"a": "foaf:Agent", "foaf:name": Text(self.publisher.name, "nl")}
        yield (
            self._contact,
            {
                "a": ["vcard:Kind", "vcard:Organization"],
                "vcard:fn": Text(self.publisher.name, "nl"),
                "vcard:hasEmail": Iri(f"mailto:{self.publisher.email}"),
                "vcard:hasURL": self._agent,
            },
        )
        yield (
            self._service,
            {
                "a": "dcat:DataService",
                **self._by(),
                **_open(),
                "dct:title": Text("API van Wijkpeil", "nl"),
                "dct:description": Text("Gebieden, cijfers, verschillen en oordelen van elke editie.", "nl"),
                "dct:identifier": Text(self._service.address),
                "dct:language": _DUTCH,
                "dct:license": Iri(places.terms),
                "dct:conformsTo": _DESIGN_RULES,
                "dcat:keyword": _keywords(),
                "dcat:endpointURL": Iri(places.api),
                "dcat:endpointDescription": Iri(places.api_description),
                "dcat:servesDataset": [self._dataset(one.id) for one in editions],
            },
        )
        yield from _known_things()
        yield Iri(places.columns), {"a": "foaf:Document", "dct:title": Text("De kolommen van een editie", "nl")}
        yield Iri(places.home), {"a": "foaf:Document"}
        yield Iri(places.terms), {"a": "dct:LicenseDocument", "dct:title": Text("Voorwaarden van de open data", "nl")}

    def _series(self, editions: Sequence[Edition]) -> Thing:
        said: Said = {
            "a": "dcat:DatasetSeries",
            **self._by(),
            "dct:title": Text("Edities van Wijkpeil", "nl"),
            "dct:description": Text("Elke editie is een vaste verzameling cijfers, die nooit meer verandert.", "nl"),
            "dct:issued": editions[0].manifest.made_on,
            "dct:modified": editions[-1].manifest.made_on,
            "dct:spatial": _where(editions[-1], self.places),
        }
        return self._of_series, said

    def _edition(self, edition: Edition, before: Edition | None) -> Iterator[Thing]:
        """Describe an edition with its files and its place in the interface."""
        places, id_ = self.places, edition.id
        first, last = periods(edition)
        dataset, when = self._dataset(id_), Iri(f"{places.edition(id_)}#periode")
        parquet, api = Iri(f"{places.edition(id_)}#parquet"), Iri(f"{places.edition(id_)}#api")
        yield (
            dataset,
            {
                **self._about(
                    edition, f"{edition.policy.name}: cijfers van wijken en buurten, editie {id_}", _what(edition)
                ),
                "dct:identifier": Text(dataset.address),
                "dct:temporal": when,
                "dcat:landingPage": Iri(places.edition(id_)),
                "dcat:inSeries": self._of_series,
                "dcat:distribution": [parquet, api],
                **({"dcat:previousVersion": self._dataset(before.id)} if before else {}),
            },
        )
        yield Iri(places.edition(id_)), {"a": "foaf:Document"}
        yield when, _time(first, last)
        if edition.manifest.fictional:
            yield _where(edition, places), {"a": "dct:Location", "skos:prefLabel": Text(_named(edition), "nl")}
        licence = self._licence(edition, edition.policy.sources)
        yield licence
        yield (
            parquet,
            {
                **self._distribution(
                    edition, "Parquet, met beschrijving", licence[0], places.downloads(id_), "application/zip"
                ),
                "dcat:downloadURL": Iri(places.edition_file(id_)),
                "dcat:packageFormat": Iri(f"{_MEDIA}/application/zip"),
                "dct:conformsTo": _DATA_PACKAGE,
            },
        )
        yield (
            api,
            {
                **self._distribution(edition, "API", licence[0], places.api, "application/json"),
                "dct:conformsTo": _DESIGN_RULES,
                "dcat:accessService": self._service,
            },
        )

    def _indicator(self, edition: Edition, one: Indicator) -> Iterator[Thing]:
        """Describe one indicator as a dataset of its own, where the edition has figures of it."""
        found = edition.figures(indicator=one.id)["period"]
        if found.is_empty():
            return
        places = self.places
        dataset = Iri(f"{places.edition(edition.id)}#indicator-{one.id}")
        when, file, api = (Iri(f"{dataset.address}-{part}") for part in ("periode", "bestand", "api"))
        sources = [edition.policy.source[each.source] for each in one.sources if each.source in edition.policy.source]
        licence = self._licence(edition, sources)
        text = " ".join(part for part in (one.question, one.definition, one.not_for) if part)
        yield (
            dataset,
            {
                **self._about(edition, f"{one.label}, editie {edition.id}", text),
                "dct:identifier": Text(dataset.address),
                "dct:isPartOf": self._dataset(edition.id),
                "dct:temporal": when,
                "dcat:landingPage": Iri(places.edition(edition.id)),
                "dcat:distribution": [file, api],
            },
        )
        yield when, _time(int(str(found.min())), int(str(found.max())))
        yield licence
        yield (
            file,
            {
                **self._distribution(
                    edition,
                    "CSV en Parquet, met beschrijving",
                    licence[0],
                    places.downloads(edition.id),
                    "application/zip",
                ),
                "dcat:downloadURL": Iri(places.indicator_file(edition.id, one.id)),
                "dcat:packageFormat": Iri(f"{_MEDIA}/application/zip"),
                "dct:conformsTo": _DATA_PACKAGE,
            },
        )
        at = places.indicator_api(edition.id, one.id)
        yield (
            api,
            {
                **self._distribution(edition, "API", licence[0], at, "application/json"),
                "dct:conformsTo": _DESIGN_RULES,
                "dcat:accessService": self._service,
            },
        )

    def _by(self) -> Said:
        return {"dct:publisher": self._agent, "dct:creator": self._agent, "dcat:contactPoint": self._contact}

    def _about(self, edition: Edition, title: str, text: str) -> Said:
        return {
            "a": "dcat:Dataset",
            **self._by(),
            **_open(),
            "dct:title": Text(title, "nl"),
            "dct:description": Text(text, "nl"),
            "dct:language": _DUTCH,
            "dct:issued": edition.manifest.made_on,
            "dct:modified": edition.manifest.made_on,
            "dct:spatial": _where(edition, self.places),
            "dct:conformsTo": _DATA_PACKAGE,
            "dcat:version": Text(edition.id),
            "dcat:keyword": _keywords(),
            "foaf:page": Iri(self.places.columns),
        }

    def _distribution(self, edition: Edition, title: str, licence: Iri, access: str, media: str) -> Said:
        return {
            "a": "dcat:Distribution",
            "dct:title": Text(title, "nl"),
            "dct:license": licence,
            "dct:language": _DUTCH,
            "dct:issued": edition.manifest.made_on,
            "dcat:accessURL": Iri(access),
            "dcat:mediaType": Iri(f"{_MEDIA}/{media}"),
        }

    def _licence(self, edition: Edition, sources: Iterable[Source]) -> Thing:
        """Give the licence that all sources share, or the page that names the licence of each."""
        found = {licence_of(one).address for one in sources}
        shared = found.pop() if len(found) == 1 else None
        at = Iri(shared or self.places.sources(edition.id))
        said: Said = {"a": "dct:LicenseDocument"}
        return at, said if shared else {**said, "dct:title": Text("Licentie per bron", "nl")}


@lru_cache(maxsize=16)
def _periods(content: str, edition: Edition) -> tuple[int, int]:
    years = [edition.figures(indicator=one.id)["period"] for one in edition.policy.indicators]
    there = [(int(str(one.min())), int(str(one.max()))) for one in years if not one.is_empty()]
    return min(first for first, _ in there), max(last for _, last in there)


def periods(edition: Edition) -> tuple[int, int]:
    """Give the first and the last year of which an edition has figures."""
    return _periods(edition.manifest.content, edition)


def _what(edition: Edition) -> str:
    fictional = "VERZONNEN LAND: alle cijfers zijn bedacht, als voorbeeld. " if edition.manifest.fictional else ""
    return (
        f"{fictional}{len(edition.policy.indicators)} indicatoren op de kaart van {edition.manifest.map_year}, "
        "met marges, met de rest van de stad en gelijkende gebieden ernaast, en met de reden als er geen cijfer is."
    )


def _named(edition: Edition) -> str:
    return f"{edition.policy.name} (verzonnen)" if edition.manifest.fictional else edition.policy.name


def _where(edition: Edition, places: Places) -> Iri:
    return Iri(f"{places.catalogue}#land") if edition.manifest.fictional else _NETHERLANDS


def _time(first: int, last: int) -> Said:
    return {"a": "dct:PeriodOfTime", "dcat:startDate": date(first, 1, 1), "dcat:endDate": date(last, 12, 31)}


def _open() -> Said:
    return {"dct:accessRights": _PUBLIC, "dcat:theme": [Iri(f"{_EU}/data-theme/{one}") for one in _THEMES]}


def _keywords() -> list[Text]:
    return [Text(word, "nl") for word in ("wijken", "buurten", "leefbaarheid", "achterstand", "wijkaanpak")]


def _known_things() -> Iterator[Thing]:
    """Say of things that others define what they are, for whoever checks without fetching them."""
    yield _PUBLIC, {"a": "dct:RightsStatement"}
    yield _DUTCH, {"a": "dct:LinguisticSystem"}
    yield _NETHERLANDS, {"a": "dct:Location", "skos:prefLabel": Text("Nederland", "nl")}
    yield _DATA_PACKAGE, {"a": "dct:Standard", "dct:title": Text("Data Package 2", "en")}
    yield _DESIGN_RULES, {"a": "dct:Standard", "dct:title": Text("NLGov REST API Design Rules", "en")}
    for one, label in _THEMES.items():
        yield Iri(f"{_EU}/data-theme/{one}"), {"a": "skos:Concept", "skos:prefLabel": Text(label, "nl")}
    for media in ("application/zip", "application/json"):
        yield Iri(f"{_MEDIA}/{media}"), {"a": "dct:MediaType"}
