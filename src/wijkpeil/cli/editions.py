"""``wijkpeil editions``: what stands on the shelf, and what changed between two editions."""

import argparse
from datetime import UTC, datetime

import polars as pl

from wijkpeil.cli import records
from wijkpeil.cli.door import known_edition
from wijkpeil.cli.screen import Screen
from wijkpeil.portrayal import revising
from wijkpeil.portrayal.table import Table
from wijkpeil.publication.manifest import Manifest
from wijkpeil.publication.revision import Revision, compare
from wijkpeil.publication.shelf import Shelf
from wijkpeil.publication.states import state_of


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """List the editions, the newest last, or compare two."""
    if arguments.compare:
        return _compare(arguments, screen)
    say, manifests = screen.language.say, Shelf(arguments.shelf).editions()
    standings = {one.id: _standing(arguments, one) for one in manifests}
    if not screen.is_for_people:
        listed = [_record(manifest) | {"standing": standings[manifest.id]} for manifest in manifests]
        if screen.form == "json":
            records.write_json(listed)
        else:
            records.write_csv(pl.DataFrame(listed, schema=_SCHEMA))
        return 0
    if not manifests:
        screen.say(say("In de map {shelf} staat nog geen editie. Begin met: wijkpeil start", shelf=arguments.shelf))
        return 0
    headers = (
        *(say("Editie"), say("Stand"), say("Gemaakt op"), say("Land"), say("Voor wie"), say("Kaart"), say("Cijfers")),
    )
    rows = tuple(
        (
            (manifest.id,),
            (say(revising.STANDINGS[standings[manifest.id]]),),
            (screen.language.day(manifest.made_on),),
            (f"{manifest.policy_name} ({say('VERZONNEN LAND')})" if manifest.fictional else manifest.policy_name,),
            (manifest.audience,),
            (str(manifest.map_year),),
            (screen.language.whole(manifest.figures),),
        )
        for manifest in manifests
    )
    screen.table(Table(caption=say("Edities in {shelf}", shelf=arguments.shelf), headers=headers, rows=rows))
    return 0


def _standing(arguments: argparse.Namespace, manifest: Manifest) -> str:
    return state_of(Shelf(arguments.shelf).folder, manifest.id).at(datetime.now(tz=UTC)).value


def _compare(arguments: argparse.Namespace, screen: Screen) -> int:
    """Count what changed between two editions, by cause."""
    shelf = Shelf(arguments.shelf)
    old, new = (shelf.open(known_edition(arguments, screen, id_)) for id_ in arguments.compare)
    found = compare(old, new)
    flips = found.flips.with_columns(causes=pl.col("causes").list.join("+"))
    if screen.form == "json":
        records.write_json({"figures": records.rows(found.counts), "flips": records.rows(flips)})
    elif screen.form == "csv":
        records.write_csv(flips)
    else:
        _show(screen, found)
    return 0


def _show(screen: Screen, found: Revision) -> None:
    language = screen.language
    kinds = tuple(revising.KINDS)
    totals = found.counts.group_by("cause", "kind").agg(pl.col("figures").sum())
    number = {(cause, kind): count for cause, kind, count in totals.iter_rows()}
    flips = dict(found.flips["causes"].explode().value_counts().iter_rows())
    rows = tuple(
        (
            (revising.cause(language, cause),),
            *((language.whole(number.get((cause, kind), 0)),) for kind in kinds),
            (language.whole(flips.get(cause, 0)),),
        )
        for cause in revising.CAUSES
    )
    caption = language.say("Wat veranderde van {old} naar {new}", old=found.old, new=found.new)
    names = (revising.kind(language, kind) for kind in kinds)
    headers = (language.say("Oorzaak"), *(name.capitalize() for name in names), language.say("Oordelen anders"))
    note = language.say(
        "Een oordeel kan door meer dan één oorzaak anders zijn. Samen: {count}.", count=found.flips.height
    )
    screen.table(Table(caption=caption, headers=headers, rows=rows, notes=(note,)))


_SCHEMA = {
    "id": pl.String,
    "made_on": pl.String,
    "policy": pl.String,
    "fictional": pl.Boolean,
    "audience": pl.String,
    "map_year": pl.Int64,
    "figures": pl.Int64,
    "code_version": pl.String,
    "content": pl.String,
    "standing": pl.String,
}


def _record(manifest: Manifest) -> dict[str, object]:
    return {
        "id": manifest.id,
        "made_on": manifest.made_on.isoformat(),
        "policy": manifest.policy_name,
        "fictional": manifest.fictional,
        "audience": manifest.audience,
        "map_year": manifest.map_year,
        "figures": manifest.figures,
        "code_version": manifest.code_version,
        "content": manifest.content,
    }
