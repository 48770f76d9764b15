"""The revision report between two editions, as a page shows it; it is worked out once for a pair."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock

import polars as pl

from wijkpeil.domain.policy import Policy
from wijkpeil.domain.verdict import Verdict
from wijkpeil.portrayal import revising, verdicts
from wijkpeil.portrayal.inert import inert_texts
from wijkpeil.portrayal.language import Language
from wijkpeil.portrayal.table import Table
from wijkpeil.portrayal.words import Speaker
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.revision import Revision, changed_figures, compare
from wijkpeil.web.design.addresses import address

_KEPT = 6
_SHOWN = 60
_kept: OrderedDict[tuple[str, str, str, str], Revision] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True, kw_only=True)
class Section:
    """What changed in one theme: a table of figures and a table of verdicts, with links to where they stand."""

    id: str
    label: str
    figures: Table | None
    flips: Table | None
    flipped: int
    links: list[str]


def revision_of(old: Edition, new: Edition) -> Revision:
    """Compare two editions, or give what was found before: editions do not change."""
    key = (old.id, old.manifest.content, new.id, new.manifest.content)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    found = compare(old, new)
    with _lock:
        _kept[key] = found
        while len(_kept) > _KEPT:
            _kept.popitem(last=False)
    return found


def summary(language: Language, found: Revision) -> Table:
    """Count figures and verdicts by cause."""
    say = language.say
    counted = found.counts.group_by("cause", "kind").agg(pl.col("figures").sum())
    numbers = {(cause, kind): count for cause, kind, count in counted.iter_rows()}
    flipped = dict(found.flips["causes"].explode().drop_nulls().value_counts().iter_rows())
    there = [one for one in revising.CAUSES if one in flipped or any(cause == one for cause, _ in numbers)]
    headers = (
        say("Oorzaak"),
        *(revising.kind(language, one).capitalize() for one in revising.KINDS),
        say("Oordelen anders"),
    )
    rows = tuple(
        (
            (revising.cause(language, cause).capitalize(),),
            *((language.whole(numbers.get((cause, kind), 0)),) for kind in revising.KINDS),
            (language.whole(flipped.get(cause, 0)),),
        )
        for cause in there
    )
    notes = [f"{revising.cause(language, one).capitalize()}: {say(revising.ABOUT_CAUSES[one])}" for one in there]
    if len(flipped) > 1:
        notes.append(say("Een oordeel kan door meer dan één oorzaak anders zijn; dan telt het bij elke oorzaak mee."))
    caption = say("Cijfers en oordelen die anders zijn, naar oorzaak")
    return Table(caption=caption, headers=headers, rows=rows, notes=tuple(notes))


def in_short(language: Language, found: Revision) -> list[str]:
    """Say what changed in two sentences."""
    kinds = dict(found.counts.group_by("kind").agg(pl.col("figures").sum()).iter_rows())
    if not kinds and found.flips.is_empty():
        return [language.say("Er is niets veranderd: alle cijfers en oordelen zijn gelijk.")]
    listed = [
        f"{language.whole(kinds[one])} {language.say(word)}" for one, word in revising.KINDS.items() if one in kinds
    ]
    said = [language.say("Cijfers: {listed}.", listed=language.series(listed))] if listed else []
    said.append(
        language.say_count(
            "Er is {count} oordeel anders dan in de vorige.",
            "Er zijn {count} oordelen anders dan in de vorige.",
            found.flips.height,
        )
        if found.flips.height
        else language.say("Geen enkel oordeel is anders.")
    )
    return said


def sections(language: Language, found: Revision, new: Edition) -> list[Section]:
    """Set what changed in tables, theme by theme; only themes in which something did."""
    speaker, listed = Speaker(language=language, policy=new.policy), []
    names = dict(new.areas.select("code", "name").iter_rows())
    for theme in new.policy.themes:
        mine = [one.id for one in new.policy.indicators if one.theme == theme.id]
        label, flips = language.label(theme), found.flips.filter(pl.col("indicator").is_in(mine))
        figures = _figures_table(language, found.counts.filter(pl.col("indicator").is_in(mine)), new.policy, label)
        shown = list(flips.head(_SHOWN).iter_rows(named=True))
        table = _flips_table(speaker, shown, flips.height, names, label) if shown else None
        links = [address("theme", edition=new.id, code=row["area"], theme=theme.id) for row in shown]
        if figures or table:
            listed.append(
                Section(id=theme.id, label=label, figures=figures, flips=table, flipped=flips.height, links=links)
            )
    return listed


def _figures_table(language: Language, counts: pl.DataFrame, policy: Policy, label: str) -> Table | None:
    if counts.is_empty():
        return None
    headers = (language.say("Cijfer"), language.say("Wat"), language.say("Oorzaak"), language.say("Hoeveel"))
    rows = tuple(
        (
            (language.label(policy.indicator[row["indicator"]]),),
            (revising.kind(language, row["kind"]),),
            (revising.cause(language, row["cause"]),),
            (language.whole(row["figures"]),),
        )
        for row in counts.iter_rows(named=True)
    )
    return Table(caption=language.say("{theme}: cijfers", theme=label), headers=headers, rows=rows)


def _flips_table(
    speaker: Speaker, shown: list[dict[str, str]], height: int, names: dict[str, str], label: str
) -> Table:
    language, say = speaker.language, speaker.language.say
    headers = (say("Wijk"), say("Cijfer"), say("Naast"), say("Was"), say("Is nu"), say("Oorzaak"))
    rows = tuple(
        (
            (names.get(row["area"], row["area"]),),
            (language.label(speaker.policy.indicator[row["indicator"]]),),
            (speaker.comparator(row["comparator"]),),
            *(
                (f"{verdicts.GLYPHS[Verdict(row[one])]} {verdicts.word(language, Verdict(row[one]))}",)
                for one in ("before", "after")
            ),
            (language.series([revising.cause(language, one) for one in row["causes"]]),),
        )
        for row in shown
    )
    more = height - len(shown)
    notes = (say("En nog {count}: ze staan allemaal in het bestand.", count=language.whole(more)),) if more else ()
    return Table(caption=say("{theme}: oordelen", theme=label), headers=headers, rows=rows, notes=notes)


def figures_csv(old: Edition, new: Edition) -> Iterator[str]:
    """Write every figure that changed, indicator by indicator."""
    is_first = True
    for _, found in changed_figures(old, new):
        columns = ["area", "indicator", "period", "kind", "cause", "value_before", "value", "low_before", "low"]
        columns += ["high_before", "high", "status_before", "status", "source_before", "source"]
        yield inert_texts(found.select(columns)).write_csv(include_header=is_first)
        is_first = False


def flips_csv(found: Revision) -> str:
    """Write every verdict that flipped."""
    return inert_texts(found.flips.with_columns(causes=pl.col("causes").list.join("+"))).write_csv()
