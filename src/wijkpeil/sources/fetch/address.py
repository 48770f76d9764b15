"""Where a table lives: addresses built, moved to another server, and followed no further than their own.

A *place* is the address of a table with what is asked of it (``?$filter=...``) and, after ``#``, the list of it that
is wanted instead of its figures.
"""

from collections.abc import Mapping
from urllib.parse import quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

from wijkpeil.sources.fetch.dialect import NotAPage

_SAFE = "$(),':;/@!*-._~"


def full(base: str, address: str) -> str:
    """Write an address in full: as it is when it names its server, and otherwise under ``base``."""
    if "://" in address:
        return address
    return f"{base.rstrip('/')}/{address.lstrip('/')}"


def catalogue_and_table(address: str) -> tuple[str, str]:
    """Take a table of StatLine apart into its catalogue (``CBS`` where none is named) and the place within it.

    A number starts with a digit and a catalogue does not. A list of the table follows its number:
    ``RIVM/50090NED`` becomes ``RIVM`` and ``50090NED``; ``84799NED/WijkenEnBuurten`` becomes ``CBS`` and
    ``84799NED#WijkenEnBuurten``.
    """
    named, mark, asked = address.partition("?")
    parts = named.strip("/").split("/")
    catalogue = "CBS" if parts[0][:1].isdigit() else parts.pop(0)
    wanted = "/".join(parts[1:])
    return catalogue, "".join(parts[:1]) + mark + asked + (f"#{wanted}" if wanted else "")


def bare(place: str) -> str:
    """Give the table's own address, without what is asked of it."""
    return place.partition("#")[0].partition("?")[0].rstrip("/")


def below(place: str, *parts: str) -> str:
    """Go further down from a table."""
    return "/".join((bare(place), *(quote(part, safe=_SAFE) for part in parts)))


def question(place: str) -> str:
    """Give the question of a place, with its spaces written as an address allows them."""
    return quote(place.partition("#")[0].partition("?")[2], safe=_SAFE + "&=%+")


def wanted_list(place: str) -> str:
    """Give the list that is wanted instead of the figures; empty when it is the figures."""
    return place.partition("#")[2]


def asking(address: str, question: str = "", **more: str) -> str:
    """Put a question behind an address; ``more`` is written safely, ``question`` is taken as it is."""
    questions = [part for part in (question, urlencode(more, safe=_SAFE)) if part]
    return address if not questions else f"{address}{'&' if '?' in address else '?'}{'&'.join(questions)}"


def moved(address: str, base: str | None) -> str:
    """Give the same address on another server (``http://127.0.0.1:8000``), or as it is when there is none."""
    if base is None:
        return address
    there, here = urlsplit(base), urlsplit(address)
    path = there.path.rstrip("/") + here.path
    return urlunsplit((there.scheme, there.netloc, path, here.query, here.fragment))


def followed(following: object, *, asked: str) -> str | None:
    """Write the next page's address in full, on the server (and in the protocol) of the page that named it.

    Servers behind a gateway name themselves with ``http`` where they were asked with ``https``; that is put
    right. Another server is not followed, nor is what is no address: raises ``NotAPage``.
    """
    if not following:
        return None
    if not isinstance(following, str):
        raise NotAPage("het adres van de volgende pagina is geen tekst")
    here = urlsplit(asked)
    there = urlsplit(urljoin(asked, following))
    if there.hostname != here.hostname:
        raise NotAPage(f"de volgende pagina zou op een andere server staan ({there.hostname})")
    return urlunsplit((here.scheme, here.netloc, there.path, there.query, ""))


def values_of(address: str) -> Mapping[str, str]:
    """Give the question of an address by its names, in small letters."""
    pairs = (part.partition("=") for part in urlsplit(address).query.split("&") if part)
    return {name.lower(): unquote(value) for name, _, value in pairs}
