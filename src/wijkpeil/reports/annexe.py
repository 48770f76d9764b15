"""The annexe of one neighbourhood: its figures beside both comparators, and what was agreed and decided there."""

from collections.abc import Iterator

from wijkpeil.portrayal.overview import key_readings
from wijkpeil.portrayal.reading import Reading
from wijkpeil.portrayal.subject import Subject, facts, has_number
from wijkpeil.publication.subject import subject_of
from wijkpeil.reports import programme
from wijkpeil.reports.document import Annexe, Block, Facts, Heading, Listing, Paragraph, Role, Table, plain
from wijkpeil.reports.grounds import Grounds
from wijkpeil.reports.reference_blocks import reading_table

OF_A_THEME = 3
"""So many figures of a theme stand in an annexe; the profile and the site have them all."""
MOST_STORIES = 2


def annexe(grounds: Grounds, code: str) -> Annexe:
    """Write the annexe of one neighbourhood."""
    about = subject_of(grounds.edition, code, beside_all=False, with_peers=False)
    place = "".join(sign if sign.isalnum() else "-" for sign in code)
    return Annexe(title=grounds.called(code), id=f"bijlage-{place}", blocks=tuple(_blocks(grounds, about, place)))


def _blocks(grounds: Grounds, about: Subject, place: str) -> Iterator[Block]:
    say, language = grounds.say, grounds.language
    shown = [one for one in about.readings if has_number(one)]
    yield Facts(pairs=tuple((name, plain(value)) for name, value in facts(language, about)))
    yield Heading(text=say("Waar staat deze wijk?"), level=2, id=f"{place}-stand")
    counted = grounds.speaker.verdict_counts(shown)
    yield (
        Listing(items=tuple(plain(one) for one in counted))
        if counted
        else Paragraph(text=plain(say("Er zijn voor deze wijk geen cijfers die we mogen laten zien.")))
    )
    chosen = list(_chosen(about, shown))
    if chosen:
        caption = say("Kerncijfers van {name}", name=about.area.name)
        yield reading_table(grounds, chosen, caption, f"{place}-kerncijfers")
    missing = [
        language.label(one) for one in about.policy.themes if not any(r.indicator.theme == one.id for r in shown)
    ]
    if missing:
        text = say("Geen cijfers over: {themes}.", themes=language.series(missing))
        yield Paragraph(text=plain(text), role=Role.SMALL)
    yield from _done(grounds, about, place)


def _chosen(about: Subject, shown: list[Reading]) -> Iterator[Reading]:
    for theme in about.policy.themes:
        yield from key_readings([one for one in shown if one.indicator.theme == theme.id], theme.id, most=OF_A_THEME)


def _done(grounds: Grounds, about: Subject, place: str) -> Iterator[Block]:
    """Write what was agreed, done and decided here, in the words of the profile."""
    if grounds.state is None:
        return
    here = grounds.state.of(about.area.code, about.area.gemeente)
    own = type(here)(
        programme=here.programme,
        taken_on=here.taken_on,
        **{
            name: tuple(one for one in value if one.area == about.area.code)
            for name, value in vars(here).items()
            if isinstance(value, tuple)
        },
    )
    parts: list[Block] = []
    if own.agreements:
        parts += programme.agreements(grounds.language, own)
    if own.measures:
        parts += programme.measures(grounds.language, own)
    parts += programme.decisions(grounds.language, own)
    if own.stories:
        parts += programme.stories(grounds.language, own)
    for number, block in enumerate(parts):
        yield _named(block, f"{place}-{number}")


def _named(block: Block, name: str) -> Block:
    """Give a heading or a table a name that no other annexe has."""
    from dataclasses import replace

    return replace(block, id=name) if isinstance(block, Heading | Table) else block
