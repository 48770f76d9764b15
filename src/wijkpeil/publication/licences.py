"""Licences as policy files name them, with the address that catalogues know them by."""

from dataclasses import dataclass

from wijkpeil.domain.source import Source

_KNOWN = (
    ("cc by 4.0", "CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
    ("cc-by-4.0", "CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
    ("cc0", "CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
)


@dataclass(frozen=True, kw_only=True)
class Licence:
    """A licence: what the source says, and its id and address where it is a known one."""

    said: str
    id: str | None
    address: str | None


def licence_of(source: Source) -> Licence:
    """Give the licence of a source; a licence that is only described has no address."""
    plain = source.licence.casefold()
    for begins, id_, address in _KNOWN:
        if plain.startswith(begins):
            return Licence(said=source.licence, id=id_, address=address)
    return Licence(said=source.licence, id=None, address=None)
