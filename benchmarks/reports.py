"""What reports take from a built edition: one profile, all of a programme, its book and its progress report."""

import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import run
from wijkpeil.publication import Shelf
from wijkpeil.reports.series import Order, one_profile
from wijkpeil.reports.typesetting import compile_pdf

WIJKPEIL = [sys.executable, "-m", "wijkpeil"]


@dataclass(frozen=True, kw_only=True)
class Reports:
    """Seconds for one profile in a process that runs, for all, for one book and for a progress report with annexes.

    ``gigabytes`` is the memory of the largest of them.
    """

    one: float
    profiles: float
    book: float
    progress: float
    count: int
    gigabytes: float


def measure(shelf: Path, work: Path) -> Reports:
    """Time the profiles of the programme of the newest edition; the commands start from nothing."""
    edition = Shelf(shelf).open()
    programme = edition.policy.programme[edition.manifest.default_programme]
    codes = [programme.code_of(one) for one in programme.neighbourhoods]
    order = Order(folder=edition.folder)
    compile_pdf(one_profile(edition, codes[0], order))
    start = time.perf_counter()
    for code in codes[1:6]:
        compile_pdf(one_profile(edition, code, order))
    one = (time.perf_counter() - start) / 5
    asked = [*WIJKPEIL, "report", "profiles", "--shelf", str(shelf), "--overwrite"]
    profiles = run([*asked, "--out", str(work / "profielen")])
    book = run([*asked, "--book", str(work / "boek.pdf")])
    text = str(_text(edition.policy.theme, programme.id, work))
    letter = [*WIJKPEIL, "report", "progress", text, "--shelf", str(shelf), "--overwrite"]
    progress = run([*letter, "--out", str(work / "rapport.pdf")])
    return Reports(
        one=one,
        profiles=profiles.seconds,
        book=book.seconds,
        progress=progress.seconds,
        count=len(codes),
        gigabytes=max(profiles.gigabytes, book.gigabytes, progress.gigabytes),
    )


def _text(themes: Iterable[str], programme: str, work: Path) -> Path:
    """Write the text of a report that asks of every theme a sentence and a table; annexes follow."""
    folder = work / "tekst"
    folder.mkdir(exist_ok=True)
    (folder / "rapport.toml").write_text('titel = "Voortgang"\n', encoding="utf-8")
    parts = [f"# Samenvatting\n\n{{{{ uitkomst {programme} }}}}\n\n{{{{ tabel oordelen }}}}\n"]
    for theme in themes:
        parts.append(
            f"# Over {theme}\n\n{{{{ uitkomst {programme}.{theme} }}}}\n\n{{{{ tabel uitkomsten {theme} }}}}\n"
        )
    (folder / "tekst.md").write_text("\n".join(parts), encoding="utf-8")
    return folder


def main() -> None:
    """Print what reports take: ``python -m benchmarks.reports SHELF WORK``."""
    told = measure(Path(sys.argv[1]), Path(sys.argv[2]))
    print(f"one profile: {told.one:.2f} s (aim 0.3 s)")
    print(f"{told.count} profiles: {told.profiles:.1f} s (aim 6 s)")
    print(f"one book of {told.count}: {told.book:.1f} s")
    print(f"one progress report with {told.count} annexes: {told.progress:.1f} s (aim 15 s)")
    print(f"memory: {told.gigabytes:.2f} GB (aim 1 GB)")


if __name__ == "__main__":
    main()
