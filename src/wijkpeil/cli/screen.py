"""The screen: tables for people, and the warnings that must stand above every figure."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich import box
from rich.console import Console
from rich.panel import Panel
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table as Drawn
from rich.text import Text

from wijkpeil.domain.policy import Policy
from wijkpeil.portrayal.language import Language
from wijkpeil.portrayal.subject import EditionCard, warnings
from wijkpeil.portrayal.table import Table

_FIRST, _NARROW = 18, 14
"""The least width of the first column, and that of the others."""

_BETWEEN = 2
"""The room between two columns."""

_WIDE = 160
"""The width of a table that goes into a file or another program: nothing is folded to fit a screen."""


class Screen:
    """Where a command writes: figures to standard output, everything about them to standard error.

    With ``form`` ``json`` or ``csv`` standard output is for a program, and the warnings go to standard error.
    """

    def __init__(self, language: Language, *, form: str = "screen") -> None:
        """Write in one language, for people (``screen``) or for a program (``json``, ``csv``)."""
        self.language = language
        self.form = form
        self.out = _console(sys.stdout)
        self.err = _console(sys.stderr)

    @property
    def is_for_people(self) -> bool:
        """Whether a person reads standard output."""
        return self.form == "screen"

    def say(self, text: str = "", style: str = "") -> None:
        """Write a line for people; text is never read as markup."""
        self.out.print(Text(text, style=style), soft_wrap=not self.out.is_terminal)

    def complain(self, sentence: str) -> None:
        """Write a sentence to standard error."""
        self.err.print(Text(sentence), soft_wrap=True)

    def warn_of(self, edition: EditionCard, policy: Policy) -> None:
        """Put the warnings of an edition where they cannot be missed."""
        console = self.out if self.is_for_people else self.err
        for title, text in warnings(self.language, edition, policy):
            if not console.is_terminal:
                console.print(Text(f"*** {title} *** {text}"), soft_wrap=True)
                continue
            said = Text.assemble((f" {title} ", "bold reverse yellow"), f" {text}")
            console.print(Panel(said, border_style="yellow", box=box.HEAVY))

    def heading(self, text: str) -> None:
        """Write a heading."""
        self.say()
        self.say(text, "bold")

    def pairs(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Write names with their values, one a line."""
        drawn = Drawn(box=None, show_header=False, padding=(0, 2, 0, 0))
        drawn.add_column(style="dim", no_wrap=True)
        drawn.add_column(overflow="fold")
        for name, value in pairs:
            drawn.add_row(Text(name), Text(value))
        self.out.print(drawn)

    def table(self, table: Table, *, title: bool = True) -> None:
        """Draw a table in which no column is left out, however narrow the screen is."""
        if title:
            self.heading(table.caption)
        drawn = Drawn(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
        for header, width in zip(table.headers, _widths(table, self.out.width), strict=True):
            drawn.add_column(Text(header), width=width)
        for number, row in enumerate(table.rows):
            drawn.add_row(*(_cell(cell) for cell in row))
            if number < len(table.rows) - 1 and any(len(cell) > 1 for cell in row):
                drawn.add_row()
        self.out.print(drawn)
        for note in table.notes:
            self.say(note, "dim")

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """Show a progress bar on standard error; where that is no terminal, nothing is drawn."""
        bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TimeElapsedColumn(),
            console=self.err,
            transient=True,
            disable=not self.err.is_terminal,
        )
        with bar:
            yield bar


def _cell(cell: Sequence[str]) -> Text:
    return Text("\n").join(Text(line, style="dim" if place else "") for place, line in enumerate(cell))


def _widths(table: Table, room: int) -> list[int]:
    """Divide the width of the screen: the narrow columns get what they need, the others share what is left."""
    wanted = [_widest(table, place) for place in range(len(table.headers))]
    left = room - _BETWEEN * len(wanted)
    if sum(wanted) <= left:
        return wanted
    first = min(wanted[0], max(_FIRST, left - sum(min(width, _NARROW) for width in wanted[1:])))
    widths, left = {0: first}, left - first
    for place in sorted(range(1, len(wanted)), key=wanted.__getitem__):
        widths[place] = max(min(wanted[place], left // (len(wanted) - len(widths))), 1)
        left -= widths[place]
    return [widths[place] for place in range(len(wanted))]


def _widest(table: Table, place: int) -> int:
    """Give the length of the longest line in a column."""
    lines = [table.headers[place], *(line for row in table.rows for line in row[place])]
    return max(len(line) for line in lines)


def _console(stream: object) -> Console:
    console = Console(file=stream, highlight=False, emoji=False, markup=False)  # type: ignore[arg-type]
    if not console.is_terminal and "COLUMNS" not in console._environ:
        console.width = _WIDE
    return console
