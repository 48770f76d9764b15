"""The magazine: a double page for every neighbourhood, with what was made, what people tell and one figure in time.

It says with the same frozen figures as the report what happened, for readers who never open a report. What a measure
made is told as what it is: it does not say that anything helped.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from wijkpeil.domain.programme import Programme
from wijkpeil.portrayal import subject
from wijkpeil.portrayal.language import NO_BREAK, Language, language
from wijkpeil.portrayal.subject import Subject
from wijkpeil.portrayal.words import Speaker
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.subject import edition_card, is_known, subject_of
from wijkpeil.reports.document import (
    Annexe,
    Beside,
    Block,
    Document,
    Facts,
    Heading,
    Listing,
    Note,
    PageBreak,
    Paragraph,
    Provenance,
    Role,
    Span,
    Text,
    plain,
)
from wijkpeil.reports.photo import photo
from wijkpeil.reports.position import Where, through_time
from wijkpeil.reports.state import Measure, Output, ProgrammeState, Story, state_hash
from wijkpeil.reports.typesetting import compile_pdf

TEMPLATE = "magazine.typ"
MOST_OUTPUTS, MOST_STORIES, MOST_AMBITIONS = 6, 3, 3
"""So much fits on the two pages of a neighbourhood; of more outputs and stories it says how many stand on the site."""


@dataclass(frozen=True, kw_only=True)
class Issue:
    """What a magazine is made from: a programme and its frozen state, with the photos that the state names by hash."""

    programme: Programme
    state: ProgrammeState
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    language: str = "nl"
    site: str = ""
    redaction: int = 0
    """How often something was cut out since it was frozen."""


def magazine(edition: Edition, issue: Issue) -> Document:
    """Write the magazine of a programme over the neighbourhoods that the edition knows."""
    tongue, card = language(issue.language), edition_card(edition)
    codes = [code for one in issue.programme.neighbourhoods if is_known(edition, code := issue.programme.code_of(one))]
    spreads = [
        _Spread(subject_of(edition, code, beside_all=False), issue, place) for place, code in enumerate(codes, 1)
    ]
    say, name = tongue.say, tongue.label(issue.programme)
    return Document(
        title=say("Wijken in uitvoering"),
        kicker=name,
        subtitle=_subtitle(tongue, issue),
        running=name,
        language=tongue.code,
        provenance=Provenance(
            edition=card.id,
            edition_hash=edition.manifest.content,
            made_on=card.made_on,
            code_version=card.code_version,
            state_hash=state_hash(issue.state),
            fictional=card.fictional,
        ),
        blocks=tuple(_blocks(edition, tongue, issue, spreads)),
        address=f"{issue.site.rstrip('/')}/editie/{card.id}/programma/{issue.programme.id}" if issue.site else "",
        about=say("Magazine van {name} met cijfers uit editie {id}", name=name, id=card.id),
    )


def _subtitle(tongue: Language, issue: Issue) -> str:
    standing = tongue.say("De stand op {day}", day=tongue.day(issue.state.taken_on))
    return f"{standing} · {tongue.say('redactie {number}', number=issue.redaction)}" if issue.redaction else standing


def magazine_pdf(edition: Edition, issue: Issue) -> bytes:
    """Make the PDF of the magazine; the same issue gives the same bytes."""
    return compile_pdf(magazine(edition, issue), template=TEMPLATE)


def _blocks(edition: Edition, tongue: Language, issue: Issue, spreads: Sequence["_Spread"]) -> Iterator[Block]:
    say = tongue.say
    for title, text in subject.warnings(tongue, edition_card(edition), edition.policy):
        yield Note(title=title, text=plain(text), alarm=True)
    yield Heading(text=say("Over dit magazine"), id="over")
    lead = say(
        "Per wijk zie je op twee bladzijden wat er is gemaakt en gedaan, wat mensen erover vertellen, en hoe één "
        "cijfer zich ontwikkelt."
    )
    yield Paragraph(text=plain(lead), role=Role.LEAD)
    caution = say(
        "Dat er iets is gedaan, zegt nog niet dat het hielp. Een verhaal is van wie het vertelt, en geen bewijs. Wie "
        "herkenbaar is op een foto of in een verhaal, gaf daarvoor toestemming."
    )
    yield Paragraph(text=plain(caution))
    yield Heading(text=say("Waar lees je over?"), id="themas")
    yield from _index(tongue, issue, spreads)
    for spread in spreads:
        yield Annexe(title=spread.about.area.name, id=spread.id, blocks=tuple(spread.blocks(tongue)))


def _index(tongue: Language, issue: Issue, spreads: Sequence["_Spread"]) -> Iterator[Block]:
    """Lead from every theme to the neighbourhoods that tell of it, and from every other to its page."""
    policy = spreads[0].about.policy if spreads else None
    told: dict[str, list[_Spread]] = defaultdict(list)
    for spread in spreads:
        for theme in spread.themes or {""}:
            told[theme].append(spread)
    known = [(theme.id, tongue.label(theme)) for theme in (policy.themes if policy else ())]
    for id_, label in [*known, ("", tongue.say("Nog zonder opbrengst of verhaal"))]:
        if told[id_]:
            yield Heading(text=label, level=2, id=f"thema-{id_ or 'geen'}")
            yield Listing(items=tuple((Span(text=one.about.area.name, to=one.id),) for one in told[id_]))


class _Spread:
    """The double page of one neighbourhood."""

    def __init__(self, about: Subject, issue: Issue, place: int) -> None:
        self.about, self.id = about, f"wijk-{place}"
        self._issue = issue
        here = issue.state.of(about.area.code, about.area.gemeente)
        self._ambitions = [one for one in here.ambitions if one.area]
        self._measures = [one for one in here.measures if one.area]
        self._outputs: list[tuple[Measure, Output]] = sorted(
            ((measure, output) for measure in self._measures for output in measure.outputs),
            key=lambda one: (-one[1].year, one[0].name, one[1].what),
        )
        self._stories = sorted(
            (one for one in here.stories if one.area), key=lambda one: (-one.year, one.title, one.key)
        )

    @property
    def themes(self) -> set[str]:
        """The themes of which this double page tells."""
        indicators = self.about.policy.indicator
        told = {measure.theme for measure, _ in self._outputs}
        return told | {indicators[one.indicator].theme for one in self._stories if one.indicator in indicators}

    def blocks(self, tongue: Language) -> Iterator[Block]:
        """Write the left page, with the place and its figure, and the right one, with what was made and told.

        Where nothing was made or told yet there is no right page.
        """
        where = Where(speaker=Speaker(language=tongue, policy=self.about.policy), about=self.about)
        yield Paragraph(text=plain(self.about.area.gemeente_name or ""), role=Role.LABEL)
        counted = " ".join(where.speaker.verdict_counts(where.shown))
        nothing = tongue.say("Er zijn voor deze wijk geen cijfers die we mogen laten zien.")
        yield Paragraph(text=plain(counted if where.shown else nothing), role=Role.LEAD)
        shown = self._photos()
        if shown:
            yield shown[0][1]
        wanted = [id_ for measure in self._measures for id_ in measure.indicators]
        yield from (self._own(one) for one in islice(through_time(where, first=wanted), 2))
        yield from self._wanted(tongue)
        if self._outputs or self._stories:
            yield PageBreak()
        yield from self._made(tongue)
        yield from self._told(tongue, dict(shown[1:]))

    def _own(self, block: Block) -> Block:
        """Give a heading a name that no other neighbourhood has."""
        if isinstance(block, Heading):
            return Heading(text=block.text, level=2, id=f"{self.id}-verloop")
        return block

    def _photos(self) -> list[tuple[str, Block]]:
        """Give the photos of the stories that are told here, with the story that each is of."""
        found: list[tuple[str, Block]] = []
        for story in self._stories[:MOST_STORIES]:
            for number, picture in enumerate(story.pictures, 1):
                figure = photo(picture, self._issue.pictures, place=f"{self.id}-{story.key}-{number}")
                if figure is not None:
                    found.append((story.key, figure))
                    break
        return found

    def _wanted(self, tongue: Language) -> Iterator[Block]:
        """Let residents and partners say what they want, in their own words."""
        standing = [one for one in self._ambitions if not one.ended_because][:MOST_AMBITIONS]
        if standing:
            yield Heading(text=tongue.say("Wat bewoners en partners willen"), level=2, id=f"{self.id}-gewild")
        for one in standing:
            yield Paragraph(text=plain(one.words), role=Role.QUOTE)

    def _made(self, tongue: Language) -> Iterator[Block]:
        say = tongue.say
        yield Heading(text=say("Gemaakt en gedaan"), level=2, id=f"{self.id}-gemaakt")
        if not self._outputs:
            yield Paragraph(text=plain(say("Er is hier nog niets gemeld dat is gemaakt of gedaan.")))
            return
        yield Facts(pairs=tuple(_output(tongue, *one) for one in self._outputs[:MOST_OUTPUTS]))
        rest = len(self._outputs) - MOST_OUTPUTS
        if rest > 0:
            more = tongue.say_count("Nog {count} staat op de site.", "Nog {count} staan op de site.", rest)
            yield Paragraph(text=plain(more), role=Role.SMALL)

    def _told(self, tongue: Language, photos: Mapping[str, Block]) -> Iterator[Block]:
        say = tongue.say
        yield Heading(text=say("Verteld"), level=2, id=f"{self.id}-verteld")
        if not self._stories:
            yield Paragraph(text=plain(say("Er zijn nog geen verhalen uit deze wijk.")))
            return
        for one in self._stories[:MOST_STORIES]:
            note = _story(tongue, one)
            if one.key in photos:
                yield Beside(columns=((photos[one.key],), (note,)), widths=(2, 3))
            else:
                yield note
        rest = len(self._stories) - MOST_STORIES
        if rest > 0:
            more = tongue.say_count(
                "Nog {count} verhaal staat op de site.", "Nog {count} verhalen staan op de site.", rest
            )
            yield Paragraph(text=plain(more), role=Role.SMALL)


def _output(tongue: Language, measure: Measure, output: Output) -> tuple[str, Text]:
    whole = float(output.quantity).is_integer()
    amount = f"{tongue.number(output.quantity, 0 if whole else 1)}{NO_BREAK}{output.unit}"
    return f"{output.what} ({measure.name}, {output.year})", (Span(text=amount, strong=True),)


def _story(tongue: Language, one: Story) -> Note:
    unsought = "" if one.was_sought else " " + tongue.say("Dit was niet gezocht.")
    teller = f" {one.teller}, {one.year}." if one.teller else f" {one.year}."
    return Note(title=one.title, text=(Span(text=one.text), Span(text=f"{unsought}{teller}", emphasis=True)))
