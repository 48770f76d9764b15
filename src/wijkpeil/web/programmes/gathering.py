"""What the pages of a programme show, gathered from an edition; what takes long is kept with the edition."""

import re
from collections.abc import Mapping
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

import polars as pl
from markupsafe import Markup, escape

from wijkpeil.domain.comparator import Comparator
from wijkpeil.domain.indicator import Indicator
from wijkpeil.domain.outcomes import About
from wijkpeil.portrayal.language import Language
from wijkpeil.portrayal.outcomes import Outcome, read_outcomes, theme_table, whole_sentences
from wijkpeil.portrayal.outcomes_page import GUIDE
from wijkpeil.portrayal.rug import Moment, Rug, change_rug, level_rug
from wijkpeil.portrayal.table import Table
from wijkpeil.publication.edition import Edition
from wijkpeil.web.programmes.asking import Asked

_kept: WeakKeyDictionary[Edition, dict[tuple[str, str], list[Outcome]]] = WeakKeyDictionary()
_lock = Lock()
_BOLD = re.compile(r"\*\*(.+?)\*\*|\*(.+?)\*")
_GLANCE = (Comparator.REST_OF_CITY.value, Comparator.LOOK_ALIKES.value)


def outcomes_of(edition: Edition, programme: str, comparator: str) -> list[Outcome]:
    """Give the outcomes of a programme beside one comparator: luck is drawn once for an edition."""
    with _lock:
        known = _kept.setdefault(edition, {}).get((programme, comparator))
    if known is None:
        known = read_outcomes(edition.outcomes(programme=programme, comparators=[comparator]))
        with _lock:
            _kept.setdefault(edition, {})[programme, comparator] = known
    return known


def glance(about: Asked) -> list[list[str]]:
    """Say the outcome of the whole programme beside the rest of the city and beside look-alikes."""
    said = []
    for comparator in _GLANCE:
        found = outcomes_of(about.edition, about.programme.id, comparator)
        whole = [one for one in found if one.about is About.PROGRAMME]
        said += [whole_sentences(about.speaker, one) for one in whole]
    return said


def outcome_tables(about: Asked) -> tuple[list[str], list[Table]]:
    """Give the sentences on the whole programme, and a table per theme."""
    found = outcomes_of(about.edition, about.programme.id, about.comparator)
    said = [" ".join(whole_sentences(about.speaker, one)) for one in found if one.about is About.PROGRAMME]
    tables = [theme_table(about.speaker, theme, found) for theme in about.edition.policy.theme]
    return said, [table for table in tables if table]


def guide(language: Language) -> list[Markup]:
    """Say how outcomes are read, a line each."""
    return [Markup(_BOLD.sub(r"<strong>\1\2</strong>", str(escape(language.say(line))))) for line in GUIDE]


def facts(about: Asked) -> list[tuple[str, str]]:
    """List what a programme is: since when, how many, and on what it was chosen."""
    language, programme, policy = about.speaker.language, about.programme, about.edition.policy
    say = language.say
    cities = {one.gemeente for one in programme.neighbourhoods}
    listed = [(say("Begon op"), language.day(programme.start))]
    if programme.end is not None:
        listed.append((say("Eindigde op"), language.day(programme.end)))
    listed.append((say("Nulmeting"), language.day(programme.baseline)))
    listed.append(
        (
            say("Wijken"),
            language.say_count(
                "{wijken} in {count} stad",
                "{wijken} in {count} steden",
                len(cities),
                wijken=language.whole(len(programme.neighbourhoods)),
            ),
        )
    )
    chosen = [policy.indicator[id_] for id_ in programme.looked_at if id_ in policy.indicator]
    if chosen:
        listed.append((say("Gekozen op"), language.series([language.label(one) for one in chosen])))
    return listed


def cities(about: Asked) -> list[tuple[str, list[tuple[str, str]]]]:
    """Give the neighbourhoods by city, a name and a code each."""
    found: dict[str, list[tuple[str, str]]] = {}
    for place in about.places:
        found.setdefault(place.city, []).append((place.name, place.code))
    return list(found.items())


def rug_of(about: Asked, moment: Moment, indicators: list[Indicator], *, in_full: bool) -> Rug:
    """Make the rug of some indicators: of the change, or of the gaps at one of its ends."""
    if moment is Moment.CHANGE:
        return change_rug(
            about.speaker,
            about.places,
            indicators,
            about.edition.verdicts(programme=about.programme.id, comparator=about.comparator),
            comparator=about.comparator,
            outcomes=outcomes_of(about.edition, about.programme.id, about.comparator),
            in_full=in_full,
        )
    return level_rug(
        about.speaker,
        about.places,
        indicators,
        positions_at(about, moment, indicators),
        comparator=about.comparator,
        in_full=in_full,
    )


def positions_at(about: Asked, moment: Moment, indicators: list[Indicator]) -> dict[tuple[str, str], Mapping[str, Any]]:
    """Give the gap of every neighbourhood and indicator at the baseline or now: the last that there is."""
    verdicts = about.edition.verdicts(programme=about.programme.id, comparator=about.comparator)
    baselines = verdicts.select("area", "indicator", "baseline")
    codes = [place.code for place in about.places]
    found: dict[tuple[str, str], Mapping[str, Any]] = {}
    for indicator in indicators:
        beside = about.edition.positions(
            indicator=indicator.id, comparators=[about.comparator], programme=about.programme.id
        ).filter(pl.col("area").is_in(codes), pl.col("gap").is_not_null())
        if moment is Moment.BASELINE:
            beside = beside.join(baselines, on=["area", "indicator"]).filter(pl.col("period") == pl.col("baseline"))
        for row in beside.sort("period").iter_rows(named=True):
            found[row["area"], indicator.id] = row
    return found
