"""The parts of a Word file around its text: styles, lists, footnotes, head and foot, pictures, and what names them all.

They are written here and not taken from a template of an office program: so the file has a language, no name of
anybody, no clock, and nothing in it that nobody put there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from markupsafe import Markup, escape

from wijkpeil.reports.complete import Complete, marks
from wijkpeil.reports.packing import packed

LANGUAGES = {"nl": "nl-NL", "en": "en-GB"}
BULLETS = 1
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_PARTS = ("document.main", "styles", "settings", "numbering", "footnotes", "header", "footer")
_FIXED = ("styles", "settings", "numbering", "footnotes", "header", "footer")


@dataclass(kw_only=True)
class Relations:
    """What a part of the file leads to: other parts, and addresses on the web; each is there once."""

    found: dict[tuple[str, str], str] = field(default_factory=dict)

    def to(self, sort: str, target: str) -> str:
        """Give the name under which a part knows a target."""
        return self.found.setdefault((sort, target), f"rId{len(self.found) + 1}")

    def written(self) -> bytes:
        """Write them as a part of their own."""
        lines = [
            f'<Relationship Id="{name}" Type="{_R}/{sort}" Target="{escape(target)}"'
            + (' TargetMode="External"/>' if sort == "hyperlink" else "/>")
            for (sort, target), name in self.found.items()
        ]
        return _xml(f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(lines)}</Relationships>')


@dataclass(frozen=True, kw_only=True)
class Body:
    """The text of a Word file as it was written: body and footnotes in XML, pictures, and how many lists count."""

    body: Markup
    footnotes: Sequence[Markup]
    media: Sequence[tuple[str, bytes]]
    lists: int
    relations: Relations
    note_relations: Relations


def package(ready: Complete, made: Body) -> bytes:
    """Put all parts into one file, in one fixed order."""
    for part in _FIXED:
        made.relations.to(part, f"{part}.xml")
    tongue = LANGUAGES[ready.document.language]
    members = [
        ("[Content_Types].xml", _content_types()),
        ("_rels/.rels", _top()),
        ("docProps/core.xml", _core(ready)),
        ("word/document.xml", _document(made)),
        ("word/_rels/document.xml.rels", made.relations.written()),
        ("word/styles.xml", _template("styles").replace("{language}", tongue).encode()),
        ("word/settings.xml", _template("settings").replace("{language}", tongue).encode()),
        ("word/numbering.xml", _numbering(made.lists)),
        ("word/footnotes.xml", _footnotes(made.footnotes)),
        ("word/_rels/footnotes.xml.rels", made.note_relations.written()),
        ("word/header.xml", _header(ready)),
        ("word/footer.xml", _footer(ready)),
        *((f"word/media/{name}", content) for name, content in made.media),
    ]
    return packed(members)


def field_of(instruction: str, shown: str, style: str = "") -> Markup:
    """Write a field that an office program can bring up to date, with what it shows until then."""

    def part(inner: str) -> str:
        return f"<w:r><w:rPr>{style}</w:rPr>{inner}</w:r>" if style else f"<w:r>{inner}</w:r>"

    return Markup(
        part('<w:fldChar w:fldCharType="begin"/>')
        + part(f'<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText>')
        + part('<w:fldChar w:fldCharType="separate"/>')
        + part(f'<w:t xml:space="preserve">{escape(shown)}</w:t>')
        + part('<w:fldChar w:fldCharType="end"/>')
    )


def _document(made: Body) -> bytes:
    head, foot = made.relations.to("header", "header.xml"), made.relations.to("footer", "footer.xml")
    page = (
        f'<w:sectPr><w:headerReference w:type="default" r:id="{head}"/>'
        f'<w:footerReference w:type="default" r:id="{foot}"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1247" w:right="1134" w:bottom="1247" w:left="1247" w:header="624" w:footer="624" '
        'w:gutter="0"/></w:sectPr>'
    )
    return _xml(f"<w:document {SPACES}><w:body>{made.body}{page}</w:body></w:document>")


def _footnotes(notes: Sequence[Markup]) -> bytes:
    lines = "".join(
        f'<w:footnote w:type="{sort}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0" w:line="240" '
        f'w:lineRule="auto"/></w:pPr><w:r><w:{sort}/></w:r></w:p></w:footnote>'
        for sort, number in (("separator", -1), ("continuationSeparator", 0))
    )
    told = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr><w:r><w:rPr>'
        f'<w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> </w:t>'
        f"</w:r>{note}</w:p></w:footnote>"
        for number, note in enumerate(notes, start=1)
    )
    return _xml(f"<w:footnotes {SPACES}>{lines}{told}</w:footnotes>")


def _numbering(lists: int) -> bytes:
    """Write one list with dots for all, and one with numbers for each that begins at one."""

    def shape(number: int, form: str, text: str) -> str:
        return (
            f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
            f'<w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
            '<w:pPr><w:ind w:left="360" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>'
        )

    own = "".join(
        f'<w:num w:numId="{BULLETS + place}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        for place in range(1, lists + 1)
    )
    dots = f'<w:num w:numId="{BULLETS}"><w:abstractNumId w:val="0"/></w:num>'
    return _xml(
        f'<w:numbering xmlns:w="{_W}">{shape(0, "bullet", "•")}{shape(1, "decimal", "%1.")}{dots}{own}</w:numbering>'
    )


def _header(ready: Complete) -> bytes:
    made = ready.document
    edition = ready.language.say("Editie {id}", id=made.provenance.edition)
    return _beside("hdr", "Header", made.running or made.title, _run(edition))


def _footer(ready: Complete) -> bytes:
    return _beside("ftr", "Footer", ready.document.address or "Wijkpeil", field_of("PAGE", "1"))


def _beside(root: str, style: str, left: str, right: Markup) -> bytes:
    line = f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_run(left)}<w:r><w:tab/></w:r>{right}</w:p>'
    return _xml(f"<w:{root} {SPACES}>{line}</w:{root}>")


def _run(text: str) -> Markup:
    return Markup(f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>')


def _core(ready: Complete) -> bytes:
    """Say what the file is, and no name of anybody."""
    made = ready.document
    day = f"{made.provenance.made_on.isoformat()}T12:00:00Z"
    return _xml(
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(made.title)}</dc:title><dc:subject>{escape(made.about)}</dc:subject>"
        f"<dc:creator>Wijkpeil</dc:creator><cp:keywords>{escape(', '.join(marks(ready)))}</cp:keywords>"
        f"<cp:lastModifiedBy>Wijkpeil</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified>'
        f"<dc:language>{LANGUAGES[made.language]}</dc:language></cp:coreProperties>"
    )


def _content_types() -> bytes:
    kinds = (
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
        ("png", "image/png"),
        ("jpeg", "image/jpeg"),
    )
    defaults = "".join(f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in kinds)
    return _xml(f'<Types xmlns="{_PACKAGE}/content-types">{defaults}{"".join(_overrides())}</Types>')


def _overrides() -> Iterator[str]:
    for part in _PARTS:
        name = part.partition(".")[0]
        yield f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{part}+xml"/>'
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    yield f'<Override PartName="/docProps/core.xml" ContentType="{core}"/>'


def _top() -> bytes:
    return _xml(
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_R}/officeDocument" '
        f'Target="word/document.xml"/><Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/></Relationships>'
    )


@lru_cache(maxsize=4)
def _template(name: str) -> str:
    return files("wijkpeil.reports").joinpath("templates", "word", f"{name}.xml").read_text(encoding="utf-8")


def _xml(text: str) -> bytes:
    return (_HEAD + text).encode()
