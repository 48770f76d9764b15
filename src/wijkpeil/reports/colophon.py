"""The last lines of every document: from what it was made, so that anybody can make it again and compare."""

from wijkpeil.portrayal.language import Language
from wijkpeil.reports.document import Block, Document, Heading, Paragraph, Role, Span


def colophon(document: Document, language: Language, *, content: str) -> tuple[Block, ...]:
    """Say from what a document was made; ``content`` is the hash over everything above these lines."""
    say, made = language.say, document.provenance
    lines = [
        (say("Cijfers"), say("editie {id}, gemaakt op {day}", id=made.edition, day=language.day(made.made_on))),
        (say("Cijfers, sha256"), made.edition_hash),
        (say("Stand van het programma, sha256"), made.state_hash),
        (say("Tekst, sha256"), made.text_hash),
        (say("Inhoud van dit document, sha256"), content),
        (say("Gemaakt met"), say("Wijkpeil {version}", version=made.code_version)),
    ]
    if document.address:
        lines.insert(0, (say("Deze cijfers op de site"), document.address))
    shown = [(name, value) for name, value in lines if value]
    return (
        Heading(text=say("Colofon"), level=1 if document.contents else 2, id="colofon"),
        *(
            Paragraph(text=(Span(text=f"{name}: ", strong=True), Span(text=value, link=_link(value))), role=Role.SMALL)
            for name, value in shown
        ),
    )


def _link(value: str) -> str:
    return value if value.startswith("https://") else ""
