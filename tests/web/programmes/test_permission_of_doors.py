"""Who may, at every door where many things are told at once: search, exports, the open interface and feeds.

A door is added to ``DOORS`` and nowhere else: its name, its address, how its answer is read, and what it tells whom.
Every role then walks through it, and finds each of the things of ``matrix.py`` there exactly where it should.
"""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from web.programmes.matrix import WHERE, WORD, Matrix, reads, token
from wijkpeil.web.accounts.roles import Kind, Role

pytestmark = pytest.mark.django_db


def text(answer: Any) -> str:
    """Read a page or a file of text."""
    return b"".join(answer).decode() if answer.streaming else answer.content.decode()


def unpacked(answer: Any) -> str:
    """Read all that is in a zip file, which a workbook is too."""
    with zipfile.ZipFile(io.BytesIO(b"".join(answer) if answer.streaming else answer.content)) as files:
        return "\n".join(files.read(name).decode("utf-8", "replace") for name in files.namelist())


@dataclass(frozen=True, kw_only=True)
class Door:
    """Where many things are told at once.

    ``is_public`` means the same to everybody, so that no draft is ever there; else a role finds what it may read.
    ``kinds`` are told there, and ``body`` reads the answer. A thing is known by its token, or by its key in a link.
    """

    name: str
    address: Callable[[Matrix], str]
    is_public: bool
    kinds: frozenset[Kind] = frozenset()
    body: Callable[[Any], str] = text


EVERY = frozenset(Kind) - {Kind.GRANT, Kind.ACCOUNT}
DOORS = (
    Door(
        name="search",
        address=lambda matrix: f"/programma/{matrix.programme}/zoek?q={WORD}",
        is_public=False,
        kinds=EVERY,
    ),
    Door(
        name="dossier",
        address=lambda matrix: f"/programma/{matrix.programme}/wijk/{matrix.here['area']}",
        is_public=False,
        kinds=EVERY - {Kind.PARTNER, Kind.ITEM, Kind.REVIEW, Kind.DOCUMENT},
    ),
    Door(name="feed", address=lambda matrix: f"/programma/{matrix.programme}/feed.atom", is_public=True),
    Door(
        name="feed of a neighbourhood",
        address=lambda matrix: f"/programma/{matrix.programme}/wijk/{matrix.here['area']}/feed.atom",
        is_public=True,
    ),
    Door(
        name="open data, zip",
        address=lambda matrix: f"/programma/{matrix.programme}/open-data/programma.zip",
        is_public=True,
        kinds=frozenset({Kind.PROMISE}),
        body=unpacked,
    ),
    Door(
        name="open data, xlsx",
        address=lambda matrix: f"/programma/{matrix.programme}/open-data/programma.xlsx",
        is_public=True,
        kinds=frozenset({Kind.PROMISE}),
        body=unpacked,
    ),
    Door(name="dashboard", address=lambda matrix: f"/programma/{matrix.programme}/sturing", is_public=False),
)
"""Of a public door ``kinds`` are those that have no draft: promises. Everything else in the matrix is one."""


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
@pytest.mark.parametrize("role", [*Role, None])
def test_permission_to_read_decides_what_is_found_behind_a_door(matrix: Matrix, door: Door, role: Role | None) -> None:
    client = matrix.clients[role] if role else Client(headers={"host": "localhost"})
    answer = client.get(door.address(matrix))
    assert answer.status_code == 200
    told = door.body(answer)
    for where in WHERE:
        for kind, thing in matrix.things[where].items():
            may = reads(thing, None if door.is_public else role, where)
            is_told = token(kind, where) in told or thing.key in told
            assert not is_told or may, f"{door.name} tells {role} of {kind} {where}"
            if kind in door.kinds and not (door.name == "dossier" and where == "foreign"):
                assert is_told == may, f"{door.name} hides {kind} {where} from {role}"
