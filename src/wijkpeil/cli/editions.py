"""``wijkpeil editions``: what stands on the shelf."""

import argparse

import polars as pl

from wijkpeil.cli import records
from wijkpeil.cli.screen import Screen
from wijkpeil.portrayal.table import Table
from wijkpeil.publication.manifest import Manifest
from wijkpeil.publication.shelf import Shelf


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """List the editions, the newest last."""
    say, manifests = screen.language.say, Shelf(arguments.shelf).editions()
    if not screen.is_for_people:
        listed = [_record(manifest) for manifest in manifests]
        if screen.form == "json":
            records.write_json(listed)
        else:
            records.write_csv(pl.DataFrame(listed, schema=_SCHEMA))
        return 0
    if not manifests:
        screen.say(say("In de map {shelf} staat nog geen editie. Begin met: wijkpeil start", shelf=arguments.shelf))
        return 0
    headers = (say("Editie"), say("Gemaakt op"), say("Land"), say("Voor wie"), say("Kaart"), say("Cijfers"))
    rows = tuple(
        (
            (manifest.id,),
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
