"""What a progress report stands on: an edition, the outcomes of a programme, the studies on the shelf and a state."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from wijkpeil.domain.comparator import Comparator
from wijkpeil.domain.evidence import StudyResult
from wijkpeil.domain.indicator import Indicator
from wijkpeil.domain.outcomes import About
from wijkpeil.domain.programme import Programme
from wijkpeil.domain.verdict import Verdict
from wijkpeil.portrayal.language import Language
from wijkpeil.portrayal.outcomes import Outcome, read_outcomes
from wijkpeil.portrayal.reading import FIRST_TWO, Beside, Figure, Reading, beside_of, figure_of
from wijkpeil.portrayal.subject import Subject
from wijkpeil.portrayal.words import Speaker
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.subject import area_card, is_known, subject_of
from wijkpeil.reports.references import AskedError, near
from wijkpeil.reports.state import ProgrammeState

COMPARATORS = (
    Comparator.REST_OF_CITY.value,
    Comparator.CITY_OUTSIDE_PROGRAMME.value,
    Comparator.LOOK_ALIKES.value,
    Comparator.CITY.value,
    Comparator.COUNTRY.value,
)


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """Everything that a reference may ask of; it reads the edition once for every area and comparator."""

    edition: Edition
    programme: Programme
    language: Language
    state: ProgrammeState | None = None
    studies: tuple[StudyResult, ...] = ()
    _subjects: dict[str, Subject] = field(default_factory=dict, repr=False)
    _outcomes: dict[tuple[str, str], list[Outcome]] = field(default_factory=dict, repr=False)

    @cached_property
    def speaker(self) -> Speaker:
        """Who says what the edition holds."""
        return Speaker(language=self.language, policy=self.edition.policy)

    @property
    def say(self) -> Callable[..., str]:
        """Say a text in the language of the report."""
        return self.language.say

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The name of every area of the edition."""
        return dict(zip(self.edition.areas["code"], self.edition.areas["name"], strict=True))

    @cached_property
    def neighbourhoods(self) -> Mapping[str, str]:
        """The neighbourhoods of the programme that the edition has: name by code, in the order of the programme."""
        codes = {self.programme.code_of(one): one.name for one in self.programme.neighbourhoods}
        return {code: name for code, name in codes.items() if is_known(self.edition, code)}

    @cached_property
    def _own(self) -> Mapping[str, list[str]]:
        """The codes by what a neighbourhood of the programme may be called: its name, its id, its code."""
        found: dict[str, list[str]] = {}
        for one in self.programme.neighbourhoods:
            code = self.programme.code_of(one)
            for called in dict.fromkeys((one.name.casefold(), one.id.casefold(), code.casefold())):
                if code in self.neighbourhoods:
                    found.setdefault(called, []).append(code)
        return found

    def called(self, code: str) -> str:
        """Name an area so that no other of the programme is meant: with its city where two have one name."""
        name = self.names[code]
        if sum(1 for one in self.neighbourhoods.values() if one == name) < 2 or code not in self.neighbourhoods:
            return name
        city = area_card(self.edition, code).gemeente_name
        return f"{name} ({city})" if city else name

    def area(self, typed: str) -> str:
        """Find the code of an area: a neighbourhood of the programme first, then any area of the edition."""
        own = self._own.get(typed.casefold(), [])
        if not own and typed in self.names:
            own = [typed]
        if not own:
            own = [code for code, name in self.names.items() if name.casefold() == typed.casefold()]
        if len(own) == 1:
            return own[0]
        if own:
            listed = tuple(own[:3])
            raise AskedError(
                self.say("{typed} kan meer dan één gebied zijn. Noem de code.", typed=repr(typed)), near=listed
            )
        known = [*self.neighbourhoods.values(), *self.names]
        raise AskedError(self.say("De editie kent geen gebied {typed}.", typed=repr(typed)), near=near(typed, known))

    def indicator(self, typed: str) -> Indicator:
        """Find an indicator by its id or its name."""
        for one in self.edition.policy.indicators:
            if typed.casefold() in {one.id.casefold(), one.label.casefold(), (one.label_en or one.label).casefold()}:
                return one
        known = [name for one in self.edition.policy.indicators for name in (one.id, one.label)]
        raise AskedError(self.say("De editie kent geen cijfer {typed}.", typed=repr(typed)), near=near(typed, known))

    def theme(self, typed: str) -> str:
        """Find a theme by its id or its name."""
        for id_, one in self.edition.policy.theme.items():
            if typed.casefold() in {id_.casefold(), one.label.casefold(), one.label_en.casefold()}:
                return id_
        known = list(self.edition.policy.theme)
        raise AskedError(self.say("De editie kent geen thema {typed}.", typed=repr(typed)), near=near(typed, known))

    def beside(self, typed: str) -> str:
        """Find a comparator by its name."""
        there = self.edition.comparators
        if typed in there:
            return typed
        raise AskedError(
            self.say("Naast {typed} kan niet.", typed=repr(typed)), near=near(typed, there) or tuple(there[:5])
        )

    def subject(self, code: str) -> Subject:
        """Read an area, once."""
        if code not in self._subjects:
            self._subjects[code] = subject_of(self.edition, code, with_peers=False)
        return self._subjects[code]

    def reading(self, code: str, indicator: Indicator) -> Reading:
        """Give what the edition says of one indicator in one area."""
        about = self.subject(code)
        return next(one for one in about.readings if one.indicator.id == indicator.id)

    def outcomes(self, comparator: str, programme: str = "") -> Sequence[Outcome]:
        """Count the outcomes of a programme beside one comparator, once."""
        key = programme or self.programme.id, comparator
        if key not in self._outcomes:
            self._outcomes[key] = read_outcomes(self.edition.outcomes(programme=key[0], comparators=[comparator]))
        return self._outcomes[key]

    def outcome(self, comparator: str, *, theme: str = "", indicator: str = "", programme: str = "") -> Outcome | None:
        """Give the outcome of a whole programme, a theme or an indicator, or nothing where there is none."""
        about = About.INDICATOR if indicator else About.THEME if theme else About.PROGRAMME
        for one in self.outcomes(comparator, programme):
            if (
                one.about is about
                and (not theme or one.theme == theme)
                and (not indicator or one.indicator == indicator)
            ):
                return one
        return None

    @cached_property
    def _judged(self) -> Mapping[tuple[str, str], dict[str, Verdict]]:
        """The verdict on every indicator by area and comparator, read at once for all neighbourhoods."""
        found: dict[tuple[str, str], dict[str, Verdict]] = {}
        frame = self.edition.verdicts(programme=self.programme.id, comparators=list(FIRST_TWO))
        rows = frame.select("area", "comparator", "indicator", "verdict")
        for area, comparator, indicator, verdict in rows.iter_rows():
            found.setdefault((area, comparator), {})[indicator] = Verdict(verdict)
        return found

    def judged(self, code: str, comparator: str) -> Mapping[str, Verdict]:
        """Give the verdicts on a neighbourhood beside one comparator, by indicator."""
        return self._judged.get((code, comparator), {})

    def latest(self, indicator: Indicator) -> list[tuple[str, Figure]]:
        """Give the figure of every neighbourhood in the latest period that most of them have."""
        positions = self.edition.positions(indicator=indicator.id, comparators=list(FIRST_TWO))
        own = pl.col("area").is_in(list(self.neighbourhoods))
        figures = self.edition.figures(indicator=indicator.id).filter(own)
        beside: dict[tuple[str, int], dict[str, Beside]] = {}
        for row in positions.filter(own).iter_rows(named=True):
            beside.setdefault((row["area"], row["period"]), {})[row["comparator"]] = beside_of(row)
        found = [
            (row["area"], figure_of(row, beside.get((row["area"], row["period"]), {})))
            for row in figures.iter_rows(named=True)
        ]
        there = [(code, one) for code, one in found if one.is_present]
        years = Counter(one.period for _, one in there)
        if not years:
            return []
        most = max(years.values())
        year = max(period for period, count in years.items() if count == most)
        return [(code, one) for code, one in there if one.period == year]

    def study(self, typed: str) -> StudyResult:
        """Find a study on the shelf."""
        for one in self.studies:
            if one.study.id == typed:
                return one
        known = [one.study.id for one in self.studies]
        raise AskedError(
            self.say("Op de plank staat geen onderzoek {typed}.", typed=repr(typed)),
            near=near(typed, known) or tuple(known[:5]),
        )

    def known_state(self) -> ProgrammeState:
        """Give the state of the programme; raises ``AskedError`` where none was given."""
        if self.state is None:
            raise AskedError(self.say("Er is geen stand van het programma gegeven. Noem een bestand met --state."))
        return self.state
