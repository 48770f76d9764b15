"""From the Markdown of an editor to blocks: every reference resolved, every sentence held against its figures.

Nothing in a text commands anything. HTML stays text, a picture is refused (a report draws its own, from figures), and
a link may only lead to https:// or to a mailbox. All faults are told at once, each with its line and column.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from wijkpeil.reports.claims import Answer
from wijkpeil.reports.contradictions import contradictions, sentences
from wijkpeil.reports.document import Block, Heading, Listing, PageBreak, Paragraph, Role, Span, Text
from wijkpeil.reports.grounds import Grounds
from wijkpeil.reports.reference_kinds import KINDS, resolve
from wijkpeil.reports.references import AskedError, Fault, Place, Reference, Scanned, scan
from wijkpeil.reports.typed_figures import typed_figures

LONGEST = 500_000
"""So many letters one file of a report may have; a whole report of parliament has a tenth of it."""
LONGEST_PARAGRAPH, MOST_BRACKETS = 10_000, 100
"""So many letters, and brackets, a paragraph may have."""
_SIGN = re.compile("[\U000f0000-\U000ffffd]")
_HTML = re.compile(r"<(?:/?[a-zA-Z][^<>]{0,200}|!--.{0,200}?--)>")
_NOT_HERE = {"fence", "code_block", "html_block"}
_LINKS = ("https://", "mailto:")


@dataclass(frozen=True, kw_only=True)
class Resolved:
    """A reference beside what stands in its place, for a preview."""

    reference: Reference
    answer: Answer


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """A complaint that an editor stands for, with the reason."""

    fault: Fault
    reason: str


@dataclass(frozen=True, kw_only=True)
class Edited:
    """A text that was read: its blocks, what every reference became, and what is wrong."""

    blocks: tuple[Block, ...]
    resolved: tuple[Resolved, ...]
    faults: tuple[Fault, ...]
    accepted: tuple[Accepted, ...]


def edit(grounds: Grounds, file: str, source: str) -> Edited:
    """Read a text; its faults are in the result, and whoever wants a document must see that there are none."""
    refused = _too_much(grounds, file, source)
    if refused is not None:
        return Edited(blocks=(), resolved=(), faults=(refused,), accepted=())
    scanned = scan(file, source, grounds.say)
    reader = _Reader(grounds=grounds, scanned=scanned, faults=list(scanned.faults))
    reader.resolve_all()
    blocks = tuple(reader.blocks())
    ordered = sorted(reader.faults, key=lambda one: (one.place.line, one.place.column, one.rule))
    return Edited(
        blocks=blocks,
        resolved=tuple(
            Resolved(reference=scanned.found[sign], answer=answer) for sign, answer in reader.answers.items()
        ),
        faults=tuple(ordered),
        accepted=tuple(reader.accepted),
    )


def _too_much(grounds: Grounds, file: str, source: str) -> Fault | None:
    """Refuse what nobody would read: it would take a reader of Markdown for ever too."""
    say, whole = grounds.say, grounds.language.whole
    if len(source) > LONGEST:
        said = say("Dit bestand is te lang: hoogstens {most} letters.", most=whole(LONGEST))
        return Fault(place=Place(file=file, line=1, column=1), rule="tekst", sentence=said)
    line = 1
    for part in re.split(r"(\n[ \t]*\n)", source):
        if len(part) > LONGEST_PARAGRAPH or part.count("[") > MOST_BRACKETS:
            said = say(
                "Deze alinea is te lang: hoogstens {most} letters, en {brackets} haken.",
                most=whole(LONGEST_PARAGRAPH),
                brackets=whole(MOST_BRACKETS),
            )
            return Fault(place=Place(file=file, line=line, column=1), rule="tekst", sentence=said)
        line += part.count("\n")
    return None


@dataclass(kw_only=True)
class _Reader:
    grounds: Grounds
    scanned: Scanned
    faults: list[Fault]
    answers: dict[str, Answer] = field(default_factory=dict)
    accepted: list[Accepted] = field(default_factory=list)
    placed: set[str] = field(default_factory=set)

    def resolve_all(self) -> None:
        """Resolve every reference before the text is read, so that all faults are told at once."""
        for sign, reference in self.scanned.found.items():
            if not reference.kind:
                continue
            try:
                self.answers[sign] = resolve(self.grounds, reference)
            except AskedError as fault:
                self.faults.append(
                    Fault(place=reference.place, rule="verwijzing", sentence=fault.sentence, near=fault.near)
                )

    def blocks(self) -> Iterator[Block]:
        """Go through the text from the top."""
        tokens = _markdown().parse(self.scanned.text)
        at = 0
        while at < len(tokens):
            end = _end(tokens, at)
            yield from self._block(tokens[at : end + 1])
            at = end + 1
        for sign in self.answers.keys() - self.placed:
            place = self.scanned.found[sign].place
            said = self.grounds.say("Hier kan geen verwijzing staan: zet haar in de lopende tekst.")
            self.faults.append(Fault(place=place, rule="verwijzing", sentence=said))

    def _block(self, tokens: list[Token]) -> Iterator[Block]:
        first = tokens[0]
        line = (first.map or [0, 0])[0] + 1
        if first.type == "heading_open":
            yield self._heading(int(first.tag[1:]), tokens[1], line)
        elif first.type == "paragraph_open":
            yield from self._paragraph(tokens[1], line, Role.BODY)
        elif any(one.type in _NOT_HERE for one in tokens):
            self._fault(line, "", self.grounds.say("Dit kan niet in een rapport: gebruik koppen, alinea’s en lijsten."))
            self.placed |= set(_SIGN.findall("".join(one.content for one in tokens)))
        elif first.type in {"bullet_list_open", "ordered_list_open"}:
            items = tuple(self._text(one, (one.map or [line - 1])[0] + 1) for one in tokens if one.type == "inline")
            yield Listing(items=tuple(one for one in items if one), ordered=first.type == "ordered_list_open")
        elif first.type == "blockquote_open":
            for one in tokens:
                if one.type == "inline":
                    yield from self._paragraph(one, (one.map or [line - 1])[0] + 1, Role.QUOTE)
        elif first.type == "hr":
            yield PageBreak()

    def _heading(self, level: int, inline: Token, line: int) -> Heading:
        text = self._text(inline, line, is_heading=True)
        if _SIGN.search(inline.content):
            self._fault(line, "", self.grounds.say("In een kop kan geen verwijzing: haar voetnoot zou verdwijnen."))
        return Heading(text="".join(span.text for span in text), level=level)

    def _paragraph(self, inline: Token, line: int, role: Role) -> Iterator[Block]:
        alone = self.answers.get(inline.content.strip())
        if alone is not None and alone.blocks:
            self.placed.add(inline.content.strip())
            yield from alone.blocks
            return
        text = self._text(inline, line)
        if text:
            yield Paragraph(text=text, role=role)

    def _text(self, inline: Token, line: int, *, is_heading: bool = False) -> Text:
        """Give running text with the answers in their places, and hold it against them."""
        spans: list[Span] = []
        seen: list[str] = []
        style = {"strong": 0, "emphasis": 0}
        link = ""
        for child in inline.children or ():
            name = {"strong": "strong", "em": "emphasis"}.get(child.type.rpartition("_")[0], "")
            if name:
                style[name] += child.nesting
            elif child.type == "link_open":
                link = self._link(str(child.attrGet("href") or ""), line)
            elif child.type == "link_close":
                link = ""
            elif child.type == "image":
                self._fault(
                    line,
                    "![",
                    self.grounds.say(
                        "Een plaatje kan hier niet. Een figuur maak je met {example}.", example="{{ figuur … }}"
                    ),
                )
                self.placed |= set(_SIGN.findall(f"{child.content}{child.attrGet('src') or ''}"))
            else:
                said = " " if child.type in {"softbreak", "hardbreak"} else child.content
                seen.append(said)
                spans += self._spans(said, line, strong=style["strong"] > 0, emphasis=style["emphasis"] > 0, link=link)
        self._check("".join(seen), line, is_heading=is_heading)
        return tuple(spans)

    def _spans(self, said: str, line: int, *, strong: bool, emphasis: bool, link: str) -> Iterator[Span]:
        for part in re.split("([\U000f0000-\U000ffffd])", said):
            if not part:
                continue
            if not _SIGN.fullmatch(part):
                yield Span(text=part, strong=strong, emphasis=emphasis, link=link)
                continue
            self.placed.add(part)
            answer = self.answers.get(part)
            if answer is None:
                continue
            if answer.blocks and KINDS[self.scanned.found[part].kind].is_block:
                place = self.scanned.found[part].place
                alone = self.grounds.say(
                    "Een tabel of figuur staat op een eigen regel, met een lege regel ervoor en erna."
                )
                self.faults.append(Fault(place=place, rule="verwijzing", sentence=alone))
            for span in answer.text:
                yield replace(span, strong=span.strong or strong, emphasis=span.emphasis or emphasis)

    def _link(self, address: str, line: int) -> str:
        if address.startswith(_LINKS) and not _SIGN.search(address) and "%F3%B0" not in address:
            return address
        self._fault(line, "](", self.grounds.say("Een link begint met https:// of mailto:, zonder verwijzing erin."))
        return ""

    def _check(self, said: str, line: int, *, is_heading: bool) -> None:
        """Look for HTML, for typed figures and for words that contradict the figures beside them."""
        for found in _HTML.finditer(said):
            self._fault(
                line,
                found[0],
                self.grounds.say("HTML doet hier niets: {tag} zou als tekst in het rapport staan.", tag=found[0]),
            )
        for _, sentence in sentences(said):
            reason = next((a.accepts for a in map(self.answers.get, _SIGN.findall(sentence)) if a and a.accepts), "")
            for fault in self._complaints(sentence, line, is_heading=is_heading):
                if reason:
                    self.accepted.append(Accepted(fault=fault, reason=reason))
                else:
                    self.faults.append(fault)

    def _complaints(self, sentence: str, line: int, *, is_heading: bool) -> Iterator[Fault]:
        say = self.grounds.say
        for at, words in typed_figures(sentence, is_heading=is_heading):
            told = say(
                "Het getal {words} is getypt. Haal het uit de editie, of zet er een bron bij: {example}.",
                words=repr(words),
                example='{{ vast "' + words + '" "bron" }}',
            )
            yield Fault(place=self._place(sentence, at, words, line), rule="getypt", sentence=told)
        for found in contradictions(self.grounds.language, sentence, self.answers):
            told = say("Hier staat {words}, maar {because}.", words=f"‘{found.words}’", because=found.because)
            yield Fault(place=self._place(sentence, found.at, found.words, line), rule="tegenspraak", sentence=told)

    def _place(self, sentence: str, at: int, words: str, line: int) -> Place:
        """Find words of a sentence in the source: its first words first, so that the right one of two is named."""
        text = self.scanned.text
        begin = _line_start(text, line)
        opening = sentence[:25].split("\n")[0]
        start = text.find(opening, begin)
        found = text.find(
            words, max(start, begin) + (at if start >= 0 and " ".join(sentence[:at].split()) in text else 0)
        )
        if found < 0:
            found = text.find(words, begin)
        return self.scanned.place(found if found >= 0 else begin)

    def _fault(self, line: int, words: str, said: str) -> None:
        text = self.scanned.text
        begin = _line_start(text, line)
        found = text.find(words, begin) if words else begin
        self.faults.append(Fault(place=self.scanned.place(found if found >= 0 else begin), rule="tekst", sentence=said))


def _line_start(text: str, line: int) -> int:
    at = 0
    for _ in range(line - 1):
        at = text.find("\n", at) + 1
    return at


def _end(tokens: list[Token], start: int) -> int:
    """Find the token that closes the block that begins here."""
    depth = 0
    for at in range(start, len(tokens)):
        depth += tokens[at].nesting
        if depth == 0:
            return at
    return len(tokens) - 1


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    """Read Markdown without HTML, and without pictures or tables of an editor's own."""
    made = MarkdownIt("commonmark", {"html": False, "maxNesting": 20})
    made.validateLink = lambda url: True  # type: ignore[method-assign]
    return made


def answers_by(edited: Iterable[Edited]) -> Mapping[str, Answer]:
    """Give what every reference became, by its place."""
    return {str(one.reference.place): one.answer for text in edited for one in text.resolved}
