"""What stands in the pages that users read: blocks that run, files that a reader makes, and links."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[3]
HANDBOOK = ROOT / "docs" / "handboek"
PAGES = [ROOT / "README.md", *sorted(HANDBOOK.glob("*.md"))]
LEFT_OUT = "…"

_BLOCK = re.compile(r"^```(?P<kind>[a-z]+)(?: (?P<about>[^\n]+))?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(?<!!)\[[^\]]+\]\((?P<target>[^)\s]+)\)")


@dataclass(frozen=True, kw_only=True)
class Block:
    """A fenced block: its kind (``console``, ``python``, ``toml`` ...), what stands behind the kind, and its text.

    Behind ``console`` may stand ``fout``: the last command must end with a fault. Behind any other kind stands the
    path of the file that the reader is told to make.
    """

    kind: str
    about: str
    text: str

    @property
    def commands(self) -> str:
        """The commands of a console block as one script; a line that starts with ``> `` goes on with the last."""
        typed = [line[2:] for line in self.text.splitlines() if line.startswith(("$ ", "> "))]
        return "\n".join(typed)

    @property
    def output(self) -> Iterator[str]:
        """The pieces of output that are shown, without what is left out."""
        for line in self.text.splitlines():
            if not line.startswith(("$ ", "> ")):
                yield from (piece for piece in (collapsed(part) for part in line.split(LEFT_OUT)) if piece)


def blocks(page: Path) -> list[Block]:
    """Give the fenced blocks of a page in order."""
    return [
        Block(kind=found["kind"], about=found["about"] or "", text=found["text"])
        for found in _BLOCK.finditer(page.read_text(encoding="utf-8"))
    ]


def links(page: Path) -> list[str]:
    """Give the targets of the links of a page that stay in the house, outside fenced blocks."""
    text = _BLOCK.sub("", page.read_text(encoding="utf-8"))
    targets = [found["target"] for found in _LINK.finditer(text)]
    return [target for target in targets if not re.match(r"[a-z]+:", target)]


def collapsed(text: str) -> str:
    """Leave out what only lays out a table."""
    return " ".join(text.replace("─", " ").split())
