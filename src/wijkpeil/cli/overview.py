"""``wijkpeil overview``: what an edition holds, and where to go from there."""

import argparse

import polars as pl

from wijkpeil.cli import records
from wijkpeil.cli.door import open_edition
from wijkpeil.cli.outcomes import at_a_glance
from wijkpeil.cli.screen import Screen
from wijkpeil.domain.area import Level
from wijkpeil.domain.programme import Programme
from wijkpeil.portrayal.subject import certainty_words, levels_words
from wijkpeil.portrayal.table import Cell, Table
from wijkpeil.portrayal.words import Speaker
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.subject import edition_card


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """Show what is in an edition."""
    show_overview(screen, open_edition(arguments, screen))
    return 0


def show_overview(screen: Screen, edition: Edition) -> None:
    """Show an opened edition, for people or for a program."""
    screen.warn_of(edition_card(edition), edition.policy)
    if not screen.is_for_people:
        _for_a_program(screen, edition)
        return
    say, language, manifest = screen.language.say, screen.language, edition.manifest
    screen.heading(say("Editie {id}: {name}", id=edition.id, name=edition.policy.name))
    screen.pairs(
        [
            (say("Gemaakt op"), language.day(manifest.made_on)),
            (say("Kaart van"), str(manifest.map_year)),
            (say("Gebieden"), _levels(screen, edition)),
            (say("Cijfers"), language.whole(manifest.figures)),
            (say("Bestanden gelezen"), language.whole(len(manifest.inputs))),
            (say("Klachten"), language.whole(len(edition.complaints))),
        ]
    )
    screen.table(_themes(screen, edition))
    for programme in edition.policy.programmes:
        screen.table(_neighbourhoods(screen, edition, programme))
        _outcome(screen, edition, programme)
    _next(screen, edition)


def _levels(screen: Screen, edition: Edition) -> str:
    counts = dict(edition.areas["level"].cast(pl.String).value_counts().iter_rows())
    return ", ".join(
        f"{screen.language.whole(counts[level.value])} {levels_words(screen.language, level)}"
        for level in Level
        if level.value in counts and level not in {Level.COUNTRY, Level.GROUP}
    )


def _themes(screen: Screen, edition: Edition) -> Table:
    say, language = screen.language.say, screen.language
    rows = []
    for theme in edition.policy.theme.values():
        mine = [one for one in edition.policy.indicators if one.theme == theme.id]
        label = ", ".join(language.label(one) for one in mine[:3]) if mine else say("nog geen cijfers")
        more = say(" en meer") if len(mine) > 3 else ""
        rows.append(((language.label(theme),), (language.whole(len(mine)),), (label + more,)))
    headers = (say("Thema"), say("Indicatoren"), say("Zoals"))
    return Table(caption=say("Thema's"), headers=headers, rows=tuple(rows))


def _neighbourhoods(screen: Screen, edition: Edition, programme: Programme) -> Table:
    say, language = screen.language.say, screen.language
    names = dict(zip(edition.areas["code"], edition.areas["name"], strict=True))
    people = dict(zip(edition.areas["code"], edition.areas["population"], strict=True))
    rows: list[tuple[Cell, ...]] = []
    for one in programme.neighbourhoods:
        code = programme.code_of(one)
        inhabitants = people.get(code)
        rows.append(
            (
                (one.name,),
                (names.get(one.gemeente, one.gemeente),),
                (language.whole(inhabitants) if inhabitants is not None else say("niet bekend"),),
                (certainty_words(language, one.certainty),),
            )
        )
    headers = (say("Wijk"), say("Gemeente"), say("Inwoners"), say("Hoe zeker"))
    return Table(caption=language.label(programme), headers=headers, rows=tuple(rows))


def _outcome(screen: Screen, edition: Edition, programme: Programme) -> None:
    """Say in a few lines what became of the gaps of a programme."""
    said = "\n".join(at_a_glance(Speaker(language=screen.language, policy=edition.policy), edition, programme))
    if said:
        screen.say(said)
        screen.say(screen.language.say("Meer: wijkpeil outcomes --programme {id}", id=programme.id), "dim")


def _next(screen: Screen, edition: Edition) -> None:
    say = screen.language.say
    named = pl.concat(
        [edition.areas.filter(pl.col("level").cast(pl.String) == Level.PROGRAMME_AREA.value), edition.areas]
    )["name"].to_list()
    if not named:
        return
    name = named[0]
    screen.say(say("Verder kijken:"), "bold")
    screen.say(f'  wijkpeil show "{name}"')
    screen.say(say('  wijkpeil profile "{name}" --out profiel.html', name=name))


def _for_a_program(screen: Screen, edition: Edition) -> None:
    if screen.form == "csv":
        records.write_csv(edition.areas)
        return
    records.write_json(
        {
            "edition": records.edition_record(edition_card(edition)),
            "areas": records.rows(edition.areas),
            "indicators": [
                {
                    "id": one.id,
                    "theme": one.theme,
                    "label": one.label,
                    "label_en": one.label_en,
                    "unit": one.unit.value,
                    "direction": one.direction.value,
                    "nature": one.nature.value,
                }
                for one in edition.policy.indicators
            ],
            "complaints": records.complaint_records(edition.complaints),
        }
    )
