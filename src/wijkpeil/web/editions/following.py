"""What a feed tells of one area or one indicator: an entry per edition, with what changed in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time

import polars as pl
from markupsafe import escape

from wijkpeil.domain.comparator import Comparator
from wijkpeil.domain.verdict import Verdict
from wijkpeil.portrayal import revising, verdicts
from wijkpeil.portrayal.language import Language
from wijkpeil.portrayal.words import Speaker
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.library import Library, Listed
from wijkpeil.publication.manifest import EditionDamagedError
from wijkpeil.publication.revision import changed_figures, flips

ENTRIES = 6
"""So many editions are told of; older ones stay on the shelf."""
_SHOWN = 20


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What one edition brought; ``alarms`` are what is behind and got worse in two editions in a row."""

    edition: str
    updated: datetime
    title: str
    sentences: list[str]
    alarms: list[str]

    @property
    def html(self) -> str:
        """Write what it tells as HTML, which a feed holds as text."""
        parts = [("strong", self.alarms), ("span", self.sentences)]
        items = (f"<li><{name}>{escape(one)}</{name}></li>" for name, listed in parts for one in listed)
        return f"<ul>{''.join(items)}</ul>"


@dataclass(frozen=True, kw_only=True)
class Followed:
    """What is followed: an area, or an indicator."""

    area: str | None = None
    indicator: str | None = None


def entries(library: Library, language: Language, followed: Followed) -> list[Entry]:
    """Give the entries, the newest first; an edition that is damaged or does not know what is followed has none."""
    listed = [one for one in library.listed() if not one.is_withdrawn][-ENTRIES - 1 :]
    found: list[Entry] = []
    before: Edition | None = None
    for place, one in enumerate(listed):
        edition = _opened(library, one.manifest.id, followed)
        if edition is not None and (place > 0 or len(listed) <= ENTRIES):
            found.append(_entry(language, followed, one, before, edition))
        before = edition or before
    return found[::-1]


def _opened(library: Library, id_: str, followed: Followed) -> Edition | None:
    try:
        edition = library.open(id_)
        knows_area = followed.area is None or edition.areas.filter(pl.col("code") == followed.area).height > 0
        knows_indicator = followed.indicator is None or followed.indicator in edition.policy.indicator
    except EditionDamagedError:
        return None
    return edition if knows_area and knows_indicator else None


def _entry(language: Language, followed: Followed, one: Listed, before: Edition | None, edition: Edition) -> Entry:
    say, manifest = language.say, one.manifest
    updated = max(
        filter(None, (one.state.until, one.state.since, datetime.combine(manifest.made_on, time(), tzinfo=UTC)))
    )
    title = say("Editie {id}", id=edition.id)
    if before is None:
        said = [say("De eerste editie hierover.")]
        return Entry(edition=edition.id, updated=updated, title=title, sentences=said, alarms=[])
    alarms = list(_alarms(language, followed, before, edition))
    said = [*_figures(language, followed, before, edition), *_flipped(language, followed, before, edition)]
    title = say("Editie {id}: {what}", id=edition.id, what=said[0][:1].lower() + said[0][1:].rstrip("."))
    if alarms:
        title = say("{title}. Let op: achter, en het wordt slechter", title=title)
    return Entry(edition=edition.id, updated=updated, title=title, sentences=said, alarms=alarms)


def _figures(language: Language, followed: Followed, before: Edition, edition: Edition) -> Iterator[str]:
    changed = changed_figures(before, edition, area=followed.area, indicator=followed.indicator)
    counts = [rows.group_by("kind", "cause").len() for _, rows in changed]
    if not counts:
        yield language.say("Geen enkel cijfer is anders dan in editie {old}.", old=before.id)
        return
    total = pl.concat(counts).group_by("kind", "cause").agg(pl.col("len").sum()).sort("kind", "cause")
    for kind, cause, count in total.iter_rows():
        yield language.say(
            "Cijfers {kind}: {count} ({cause}).",
            kind=revising.kind(language, kind),
            cause=revising.cause(language, cause),
            count=language.whole(count),
        )


def _flipped(language: Language, followed: Followed, before: Edition, edition: Edition) -> Iterator[str]:
    programmes = [id_ for id_ in edition.policy.programme if id_ in before.policy.programme]
    if not programmes:
        return
    found = _followed(pl.concat([flips(before, edition, programme=id_) for id_ in programmes]), followed)
    for row in found.head(_SHOWN).iter_rows(named=True):
        was, now = (verdicts.word(language, Verdict(row[name])) for name in ("before", "after"))
        about = _about(language, followed, edition, row)
        yield language.say("{about}: was ‘{was}’, is nu ‘{now}’.", about=about, was=was, now=now)
    if found.height > _SHOWN:
        yield language.say("En nog {count} oordelen anders.", count=language.whole(found.height - _SHOWN))


def _alarms(language: Language, followed: Followed, before: Edition, edition: Edition) -> Iterator[str]:
    """Find what was behind and falling behind in two editions in a row, beside the rest of the city."""
    worse = (pl.col("verdict") == Verdict.FALLING_BEHIND.value) & (pl.col("gap_latest") < 0)
    beside = pl.col("comparator") == Comparator.REST_OF_CITY.value
    keys = ["area", "indicator", "comparator"]
    for programme in edition.policy.programme:
        if programme not in before.policy.programme:
            continue
        then, now = (
            _followed(one.verdicts(programme=programme).filter(worse, beside), followed).select(keys)
            for one in (before, edition)
        )
        for row in now.join(then, on=keys).iter_rows(named=True):
            about = _about(language, followed, edition, row)
            yield language.say("{about}: staat achter en raakte verder achter, in twee edities op rij.", about=about)


def _followed(found: pl.DataFrame, followed: Followed) -> pl.DataFrame:
    wanted = {"area": followed.area, "indicator": followed.indicator}
    return found.filter(*(pl.col(name) == value for name, value in wanted.items() if value is not None))


def _about(language: Language, followed: Followed, edition: Edition, row: dict[str, str]) -> str:
    """Name what is not followed already, and the comparator."""
    speaker = Speaker(language=language, policy=edition.policy)
    if followed.area is not None:
        known = edition.policy.indicator.get(row["indicator"])
        named = language.label(known) if known else row["indicator"]
    else:
        named = edition.areas.filter(pl.col("code") == row["area"])["name"].to_list()[0]
    return language.say("{label} (naast {other})", label=named, other=speaker.comparator(row["comparator"]))
