"""Documents that are a folder in one file: unpacked within limits, and packed anew with nothing around them."""

import io
import zipfile
from collections.abc import Mapping

from wijkpeil.portrayal.language import mark
from wijkpeil.web.programmes.attachments.types import RefusedFileError

MOST_MEMBERS = 2_000
MOST_UNPACKED = 100_000_000
MOST_RATIO = 200
_SMALL = 1_000_000
"""A part that unpacks to less may have any ratio: a small part of spaces harms nobody."""
_NEW_YEAR = (1980, 1, 1, 0, 0, 0)
_BROKEN = mark("Dit document is niet te openen. Sla het opnieuw op.")
_TOO_LARGE = mark("Dit document wordt bij het uitpakken te groot. Maak het kleiner, of maak er een PDF van.")


def unpacked(content: bytes) -> dict[str, bytes]:
    """Give the parts of a document by name, in its own order.

    Raises ``RefusedFileError`` for what is broken, locked, has parts that go by one name or lie outside the document,
    or would unpack to more than ``MOST_UNPACKED`` bytes, ``MOST_RATIO`` times its size or ``MOST_MEMBERS`` parts.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            listed = [one for one in archive.infolist() if not one.is_dir()]
            _require_within_limits(listed)
            return {one.filename: archive.read(one) for one in listed}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, OSError, ValueError) as fault:
        raise RefusedFileError(_BROKEN) from fault
    except Exception as fault:
        if isinstance(fault, RefusedFileError):
            raise
        raise RefusedFileError(_BROKEN) from fault


def packed(members: Mapping[str, bytes], *, first: str, is_first_stored: bool = False) -> bytes:
    """Pack parts anew, ``first`` in front; every part has the same date, and nothing stands before or after."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in (first, *(one for one in members if one != first)):
            info = zipfile.ZipInfo(name, _NEW_YEAR)
            info.compress_type = zipfile.ZIP_STORED if name == first and is_first_stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, members[name])
    return written.getvalue()


def _require_within_limits(listed: list[zipfile.ZipInfo]) -> None:
    if any(one.flag_bits & 1 for one in listed):
        raise RefusedFileError(mark("Dit document heeft een wachtwoord. Haal dat eraf en stuur het opnieuw."))
    if len(listed) > MOST_MEMBERS or sum(one.file_size for one in listed) > MOST_UNPACKED:
        raise RefusedFileError(_TOO_LARGE)
    if any(one.file_size > _SMALL and one.file_size > MOST_RATIO * max(one.compress_size, 1) for one in listed):
        raise RefusedFileError(_TOO_LARGE)
    names = [one.filename.casefold() for one in listed]
    if len(set(names)) != len(names) or not all(_lies_inside(one) for one in names):
        raise RefusedFileError(_BROKEN)


def _lies_inside(name: str) -> bool:
    return not (name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/") or "\x00" in name)
