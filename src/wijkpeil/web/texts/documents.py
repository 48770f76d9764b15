"""The written pages that travel with the code: which there are, what they are called and in which order."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from wijkpeil.portrayal.language import mark

INDEX = "README.md"
_TITLE = re.compile(r"^# +(.+?) *$", re.MULTILINE)
_LINKED = re.compile(r"\]\(([\w-]+\.md)\)")
_NUMBER = re.compile(r"^\d+[.-] *")


@dataclass(frozen=True, kw_only=True)
class Collection:
    """A folder of pages: its name in addresses, the names of its two pages, what it is called and what it holds."""

    id: str
    contents: str
    text: str
    label: str
    about: str


COLLECTIONS = {
    one.id: one
    for one in (
        Collection(
            id="handboek",
            contents="handbook",
            text="handbook-page",
            label=mark("Handboek"),
            about=mark("Stap voor stap: een wijk bekijken, zelf cijfers toevoegen, en wat cijfers niet kunnen."),
        ),
        Collection(
            id="methoden",
            contents="methods",
            text="method",
            label=mark("Rekenwijzen"),
            about=mark("Van elk oordeel, elke marge en elke vergelijking: hoe we rekenen en wat het niet zegt."),
        ),
        Collection(
            id="uitkomsten",
            contents="outcomes",
            text="outcome",
            label=mark("Uitkomsten"),
            about=mark("In hoeveel wijken van een programma de achterstand kleiner werd, naast wat toeval geeft."),
        ),
    )
}


@dataclass(frozen=True, kw_only=True)
class Document:
    """One page: its collection, its name in addresses, its title and its file; the index has no name."""

    collection: Collection
    name: str
    title: str
    file: Path


def packaged_folder() -> Path:
    """Give the folder of the pages that come with the package: inside it, or of the checkout it runs from."""
    package = Path(__file__).parents[2]
    inside = package / "docs"
    return inside if inside.is_dir() else package.parents[1] / "docs"


@lru_cache(maxsize=len(COLLECTIONS))
def documents(collection: str) -> dict[str, Document]:
    """Give the pages of a collection by name, in the order in which its index links them; the index comes first."""
    folder = packaged_folder() / collection
    linked = _LINKED.findall((folder / INDEX).read_text(encoding="utf-8"))
    others = sorted(file.name for file in folder.glob("*.md"))
    found = [
        _document(collection, folder / name) for name in dict.fromkeys([INDEX, *linked, *others]) if name in others
    ]
    return {one.name: one for one in found}


def address_name(file: str) -> str:
    """Give what a file is called in an address: without its number, which is its place and not its name."""
    return "" if file == INDEX else _NUMBER.sub("", file.removesuffix(".md"))


def _document(collection: str, file: Path) -> Document:
    title = _TITLE.search(file.read_text(encoding="utf-8"))
    return Document(
        collection=COLLECTIONS[collection],
        name=address_name(file.name),
        title=_NUMBER.sub("", title[1]) if title else file.stem,
        file=file,
    )
