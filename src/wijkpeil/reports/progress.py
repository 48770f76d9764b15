"""The progress report: an editor's text with every figure from the edition, a summary first, annexes behind it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from wijkpeil.portrayal.language import mark
from wijkpeil.portrayal.subject import warnings
from wijkpeil.publication.subject import edition_card
from wijkpeil.reports.annexe import annexe
from wijkpeil.reports.document import (
    Annexe,
    Block,
    Document,
    Figure,
    Heading,
    Listing,
    Note,
    Paragraph,
    Provenance,
    Span,
    Table,
    Text,
    every_block,
    numbered,
    plain,
)
from wijkpeil.reports.editing import Accepted, Edited, Resolved, edit
from wijkpeil.reports.grounds import Grounds
from wijkpeil.reports.references import Fault, Place, near
from wijkpeil.reports.state import state_hash
from wijkpeil.reports.written import Written

SUMMARIES = {"samenvatting", "in het kort", "summary", "in short"}
"""What the first section is called: the readers of 2009 to 2012 missed one."""

DEEPEST = 4
"""So many levels of headings a report has."""


class FaultyTextError(Exception):
    """A text has faults, and becomes no document; ``faults`` has them all."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        """Keep the faults."""
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A text that was held against its grounds: its blocks, what every reference became, and all complaints."""

    blocks: tuple[Block, ...]
    resolved: tuple[Resolved, ...]
    faults: tuple[Fault, ...]
    accepted: tuple[Accepted, ...]


def check_text(grounds: Grounds, written: Written) -> Checked:
    """Read every file of a text and tell all that is wrong with it."""
    edited = [edit(grounds, name, text) for name, text in written.parts]
    blocks = [_lifted(block, written.shift) for one in edited for block in one.blocks]
    faults = [fault for one in edited for fault in one.faults]
    faults += [
        *_without_summary(grounds, written, blocks),
        *_skipped(grounds, written, edited),
        *_wrong_names(grounds, edited),
    ]
    return Checked(
        blocks=tuple(_with_ids(blocks)),
        resolved=tuple(found for one in edited for found in one.resolved),
        faults=tuple(faults),
        accepted=tuple(found for one in edited for found in one.accepted),
    )


def progress(
    grounds: Grounds, written: Written, *, site: str = "", advance: Callable[[], None] = lambda: None
) -> Document:
    """Make the document; raises ``FaultyTextError`` with everything that is wrong with the text."""
    checked = check_text(grounds, written)
    if checked.faults:
        raise FaultyTextError(checked.faults)
    say, manifest = grounds.say, grounds.edition.manifest
    card = edition_card(grounds.edition)
    alarms = [
        Note(title=title, text=plain(text), alarm=True)
        for title, text in warnings(grounds.language, card, grounds.edition.policy)
    ]
    annexes: list[Annexe] = []
    for code in grounds.neighbourhoods if written.annexes else ():
        annexes.append(annexe(grounds, code))
        advance()
    made = Document(
        title=written.title,
        kicker=written.kicker or say("Voortgangsrapportage"),
        subtitle=written.subtitle,
        running=written.title,
        language=grounds.language.code,
        provenance=Provenance(
            edition=card.id,
            edition_hash=manifest.content,
            made_on=card.made_on,
            code_version=card.code_version,
            state_hash=state_hash(grounds.state),
            text_hash=written.hash,
            fictional=card.fictional,
        ),
        blocks=(*alarms, *checked.blocks, *_account(grounds, checked), *annexes),
        author=written.author,
        address=site,
        about=written.title,
        contents=True,
    )
    return _pointed(grounds, made)


def _lifted(block: Block, shift: int) -> Block:
    return replace(block, level=max(1, block.level - shift)) if isinstance(block, Heading) else block


def _without_summary(grounds: Grounds, written: Written, blocks: Sequence[Block]) -> Iterator[Fault]:
    first = next((block for block in blocks if isinstance(block, Heading)), None)
    if first is None or first.text.strip().casefold() not in SUMMARIES:
        said = grounds.say("Een rapport begint met een samenvatting: maak ‘Samenvatting’ de eerste kop.")
        yield Fault(place=Place(file=written.parts[0][0], line=1, column=1), rule="opbouw", sentence=said)


def _skipped(grounds: Grounds, written: Written, edited: Sequence[Edited]) -> Iterator[Fault]:
    """Find headings that skip a level: who walks through a report by its headings would miss a step."""
    before = 0
    for (name, text), one in zip(written.parts, edited, strict=True):
        for block in one.blocks:
            if not isinstance(block, Heading):
                continue
            level = max(1, block.level - written.shift)
            if not level <= min(before + 1, DEEPEST):
                line = next((n for n, said in enumerate(text.split("\n"), 1) if said.strip("# ") == block.text), 1)
                told = grounds.say(
                    "De kop ‘{text}’ slaat een niveau over, of ligt dieper dan {most}.", text=block.text, most=DEEPEST
                )
                yield Fault(place=Place(file=name, line=line, column=1), rule="opbouw", sentence=told)
            before = level


def _wrong_names(grounds: Grounds, edited: Sequence[Edited]) -> Iterator[Fault]:
    """Find tables and figures of one name, and references to one that is not there."""
    names: set[str] = set()
    for text in edited:
        for one in text.resolved:
            for block in one.answer.blocks:
                name = getattr(block, "id", "")
                if name and name in names:
                    said = grounds.say(
                        "De naam {name} is al van een andere tabel of figuur. Geef naam=….", name=repr(name)
                    )
                    yield Fault(place=one.reference.place, rule="verwijzing", sentence=said)
                names.add(name)
    for text in edited:
        for one in text.resolved:
            if one.reference.kind == "zie" and one.reference.words[0] not in names - {""}:
                wanted = one.reference.words[0]
                said = grounds.say("Er is geen tabel of figuur {name}.", name=repr(wanted))
                known = sorted(names - {""})
                yield Fault(
                    place=one.reference.place,
                    rule="verwijzing",
                    sentence=said,
                    near=near(wanted, known) or tuple(known[:5]),
                )


def _with_ids(blocks: Sequence[Block]) -> Iterator[Block]:
    """Give every heading a name that stays the same as long as its words do."""
    taken: dict[str, int] = {}
    for block in blocks:
        if not isinstance(block, Heading):
            yield block
            continue
        words = "".join(sign if sign.isalnum() else "-" for sign in block.text.casefold())
        name = f"kop-{'-'.join(part for part in words.split('-') if part)[:60]}"
        taken[name] = taken.get(name, 0) + 1
        yield replace(block, id=name if taken[name] == 1 else f"{name}-{taken[name]}")


def _account(grounds: Grounds, checked: Checked) -> Iterator[Block]:
    """Say which complaints the editor stands for, with the reasons: nobody has to guess."""
    if not checked.accepted:
        return
    yield Heading(text=grounds.say("Wat de schrijver bewust zo schreef"), id="bewust")
    yield Listing(
        items=tuple(
            (
                Span(text=f"{one.fault.sentence} "),
                Span(text=grounds.say("Reden: {reason}", reason=one.reason), emphasis=True),
            )
            for one in checked.accepted
        )
    )


def _pointed(grounds: Grounds, made: Document) -> Document:
    """Write the number of a table or figure where the text refers to it."""
    numbers: dict[str, str] = {}
    for block in every_block(numbered(made).blocks):
        if isinstance(block, Table | Figure) and block.number is not None:
            pattern = mark("tabel {number}") if isinstance(block, Table) else mark("figuur {number}")
            numbers[block.id] = grounds.say(pattern, number=block.number)
    return made if not numbers else replace(made, blocks=tuple(_filled(block, numbers) for block in made.blocks))


def _filled(block: Block, numbers: dict[str, str]) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text=_numbered_text(block.text, numbers))
    if isinstance(block, Listing):
        return replace(block, items=tuple(_numbered_text(item, numbers) for item in block.items))
    return block


def _numbered_text(text: Text, numbers: dict[str, str]) -> Text:
    """Put the number in, with a capital where a sentence begins with it."""
    made: list[Span] = []
    for span in text:
        if span.to not in numbers or span.text:
            made.append(span)
            continue
        before = "".join(one.text for one in made).rstrip()
        word = numbers[span.to]
        begins = not before or before[-1] in ".!?"
        made.append(replace(span, text=word[:1].upper() + word[1:] if begins else word))
    return tuple(made)
