"""The parts of documents that are XML: read without entities or anything from outside."""

import re
from collections.abc import Callable, Mapping
from xml.parsers import expat

from wijkpeil.portrayal.language import mark
from wijkpeil.web.programmes.attachments.types import RefusedFileError

_BROKEN = mark("Een deel van dit document is niet te lezen. Sla het opnieuw op.")
_CODED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*['\"]([^'\"]+)")

Start = Callable[[str, Mapping[str, str]], None]


def local(name: str) -> str:
    """Give the name of an element or attribute without the space that it is of."""
    return name.rpartition(" ")[2]


def read(part: bytes, start: Start, text: Callable[[str], None] | None = None) -> None:
    """Walk through a part: ``start`` gets the name and attributes of every element, ``text`` what stands in it.

    Names are ``space local``. Raises ``RefusedFileError`` for what is no XML in UTF-8, and for a document type: there
    is never one in an office document, and entities come with it.
    """
    coded = _CODED.match(part.removeprefix(b"\xef\xbb\xbf"))
    if part[:2] in {b"\xff\xfe", b"\xfe\xff"} or (coded and coded[1].lower() not in {b"utf-8", b"us-ascii"}):
        raise RefusedFileError(_BROKEN)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(part, True)
    except expat.ExpatError as fault:
        raise RefusedFileError(_BROKEN) from fault


def _refuse(*_: object) -> None:
    raise RefusedFileError(_BROKEN)
