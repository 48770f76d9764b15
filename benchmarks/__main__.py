"""Print the table of the README: ``make bench``, or with ``--small`` on a smaller country."""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import drawn, effects_differences, effects_synthetic, heart, reports, site
from benchmarks.measure import installed_megabytes, milliseconds, run
from wijkpeil.publication import Shelf
from wijkpeil.publication.edition import Edition
from wijkpeil.sources import example

ROOT = Path(__file__).parent.parent
WIJKPEIL = [sys.executable, "-m", "wijkpeil"]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the table: what was done, what it took and what was aimed at."""

    what: str
    took: str
    aim: str


def main() -> None:
    """Measure everything and print the table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a country of a tenth of the size, for a quick look")
    parser.add_argument(
        "--seconds", type=float, default=10, help="how long readers press on the site (10; the aim says 30)"
    )
    parser.add_argument("--only", choices=["steering", "reports"], help="the desk of a programme, or documents, alone")
    parser.add_argument("--keep", type=Path, help="a folder to work in that is kept; a temporary one by default")
    arguments = parser.parse_args()
    work = arguments.keep or Path(tempfile.mkdtemp(prefix="wijkpeil-bench-"))
    try:
        if arguments.only == "steering":
            lines = _steering(small=arguments.small)
        elif arguments.only == "reports":
            lines = _reports(work)
        else:
            lines = _all(work, small=arguments.small, seconds=arguments.seconds)
    finally:
        if not arguments.keep:
            shutil.rmtree(work)
    _print(lines)


def _all(work: Path, *, small: bool, seconds: float) -> list[Line]:
    lines = [*_command(), *_example(), *_real(work), *_site(work, seconds=seconds), *_reports(work)]
    lines += [*_large(work, small=small), *_heart(small=small)]
    return [*lines, *_effects(small=small), *_steering(small=small), _installed()]


def _print(lines: Sequence[Line]) -> None:
    print(f"| what ({os.cpu_count()} cores) | measured | aim |\n| --- | --- | --- |")
    for line in lines:
        print(f"| {line.what} | {line.took} | {line.aim} |")


def _command() -> list[Line]:
    took = min(run([*WIJKPEIL, "--help"]).seconds for _ in range(5))
    return [Line(what="`wijkpeil --help`", took=f"{took:.2f} s", aim="0.3 s")]


def _example() -> list[Line]:
    took = run([sys.executable, "-c", "from wijkpeil.sources import example; example.files_of(example.draw())"])
    return [Line(what="draw the embedded example", took=f"{took.seconds:.1f} s", aim="10 s")]


def _real(work: Path) -> list[Line]:
    data = Path(os.environ.get("WIJKPEIL_SHARED", ROOT.parent / "shared")) / "data"
    if not data.is_dir():
        return [Line(what="real files to an edition", took="not here (set WIJKPEIL_SHARED)", aim="30 s, 2 GB")]
    took = run([*WIJKPEIL, "build", "--data", str(data), "--shelf", str(work / "real")])
    edition = Shelf(work / "real").open()
    what = f"real files to an edition ({edition.manifest.figures:,} figures)"
    return [Line(what=what, took=f"{took.seconds:.0f} s, {took.gigabytes:.1f} GB", aim="30 s, 2 GB")]


def _shelf(work: Path) -> Path:
    """Give the shelf with the real edition where there is one, and else one with the example."""
    real = work / "real"
    if Shelf(real).editions():
        return real
    if not Shelf(work / "example").editions():
        run([*WIJKPEIL, "start", "--shelf", str(work / "example")])
    return work / "example"


def _reports(work: Path) -> list[Line]:
    """Measure what documents take, from a built edition."""
    took = reports.measure(_shelf(work), work)
    return [
        Line(what="one profile in a process that runs", took=f"{took.one:.2f} s", aim="0.3 s"),
        Line(what=f"{took.count} profiles, from the command on", took=f"{took.profiles:.1f} s", aim="6 s"),
        Line(
            what=f"the same as one book, the most memory {took.gigabytes:.2f} GB", took=f"{took.book:.1f} s", aim="1 GB"
        ),
        Line(what=f"progress report with {took.count} annexes", took=f"{took.progress:.1f} s", aim="15 s"),
    ]


def _site(work: Path, *, seconds: float) -> list[Line]:
    """Measure the site over the real edition where there is one, and else over the example."""
    told = site.measure(_shelf(work), seconds=seconds)
    half, most = (f"{site.percentile(told.again, part):.0f}" for part in (50, 95))
    first_half, first_most = (f"{site.percentile(told.first, part):.0f}" for part in (50, 95))
    figure = f"{site.percentile(told.figure, 50):.1f} ms"
    return [
        Line(what="area page, made anew (median, 95th of 100)", took=f"{half} ms, {most} ms", aim="15 ms, 50 ms"),
        Line(what="area page, first time in a process", took=f"{first_half} ms, {first_most} ms", aim=""),
        Line(what="figures of an area from the API", took=figure, aim="5 ms"),
        Line(
            what=f"area pages a second, {seconds:.0f} s, all from memory", took=f"{told.kept_a_second:.0f}", aim="300"
        ),
        Line(what=f"area pages a second, {seconds:.0f} s, all made anew", took=f"{told.made_a_second:.0f}", aim=""),
        Line(what="requests that went wrong meanwhile", took=f"{told.errors}", aim="0"),
        Line(
            what=f"memory of a worker after 1,000 and {site.MANY:,} requests",
            took=f"{told.memory_early:.0f} MB, {told.memory_late:.0f} MB",
            aim="400 MB, flat",
        ),
        Line(what="area page, squeezed, the largest", took=f"{max(told.page_sizes) / 1000:.1f} kB", aim="25 kB"),
        Line(what="script on an area page, squeezed", took=f"{told.script_size / 1000:.1f} kB", aim="20 kB"),
    ]


def _large(work: Path, *, small: bool) -> list[Line]:
    """Measure a country of 14,000 buurten, 20 years and 150 indicators, from yearly CSVs to an edition."""
    size = example.Size(cities=342, neighbourhoods=40, others=1_400 if small else 13_956, indicators=150, level="buurt")
    folder = work / "large"
    if not folder.exists():
        truths = example.Truths(redrawn=False, hidden=0.0, early_release=())
        example.write(folder, example.draw(size, truths=truths))
    took = run(
        [
            *WIJKPEIL,
            "build",
            "--data",
            str(folder / "data"),
            "--policy",
            str(folder / "beleid"),
            "--shelf",
            str(work / "shelf"),
        ]
    )
    edition = Shelf(work / "shelf").open()
    return [
        Line(
            what=f"{size.others + 44:,} buurten x 20 years x 150 indicators ({edition.manifest.figures:,} figures)",
            took=f"{took.seconds:.0f} s, {took.gigabytes:.1f} GB",
            aim="90 s, 6 GB",
        ),
        *_reading(edition),
    ]


def _reading(edition: Edition) -> list[Line]:
    area = edition.areas.filter(edition.areas["level"] == "buurt")["code"].item(100)
    one = milliseconds(lambda: edition.figures(area=area))
    every = milliseconds(lambda: edition.figures(indicator="bijstand"), times=10)
    return [
        Line(what="read all figures of one area", took=f"{one:.1f} ms", aim="5 ms"),
        Line(what="read one indicator of all areas and years", took=f"{every:.0f} ms", aim="50 ms"),
    ]


def _heart(*, small: bool) -> list[Line]:
    """Measure gaps, changes and verdicts of figures in memory: drawing, reading and writing are not counted."""
    country = drawn.draw(areas=1_400 if small else 14_000, years=20, indicators=150)
    start = time.perf_counter()
    look_alikes = drawn.look_alikes_of(country)
    alike = time.perf_counter() - start
    seconds, judged = heart.verdicts_of(country, look_alikes)
    size = f"{judged['area'].n_unique():,} areas x 20 years x 150 indicators"
    parts = ", ".join(f"{what} {took:.1f} s" for what, took in seconds.items())
    return [
        Line(what=f"{size} in memory, two comparators: {parts}", took=f"{sum(seconds.values()):.0f} s", aim="10 s"),
        Line(
            what=f"one new year of one source ({heart.OF_ONE_SOURCE} indicators) in memory",
            took=f"{heart.one_new_year(country, look_alikes):.2f} s",
            aim="1 s",
        ),
        Line(what=f"look-alikes of {judged['area'].n_unique():,} areas", took=f"{alike:.1f} s", aim="5 s"),
        Line(what="10,000 placements of one area, 150 indicators", took=f"{heart.placed(judged):.2f} s", aim="1 s"),
    ]


def _effects(*, small: bool) -> list[Line]:
    """Measure two designs with their placements in a process of their own, and how much longer other packages take."""
    size = effects_synthetic.SMALL if small else effects_synthetic.Size()
    beside = effects_synthetic.SMALL if small else effects_synthetic.BESIDE
    ours, *others = effects_synthetic.measure(beside)
    longer = ", ".join(f"{one.name} {one.each / ours.each:,.0f} times as long" for one in others)
    staggered = effects_differences.SMALL if small else effects_differences.Size()
    here, other = effects_differences.measure(staggered)
    return [
        Line(
            what=f"synthetic differences: {size.treated} treated, {size.donors:,} donors, {size.years} years, "
            f"{size.outcomes} outcomes x {size.draws} placebo draws ({beside.treated} treated, {beside.donors} donors: "
            f"{longer})",
            took=_alone("effects_synthetic", small=small),
            aim="60 s; once and 5 times as long",
        ),
        Line(
            what=f"staggered differences: {staggered.treated} treated, {staggered.donors:,} donors, "
            f"{staggered.years} years, {staggered.outcomes} outcomes x {staggered.draws} placements "
            f"({other.name} {other.each / here.each:,.0f} times as long an estimate, with its standard error)",
            took=_alone("effects_differences", small=small),
            aim="30 s; once as long",
        ),
    ]


def _alone(name: str, *, small: bool) -> str:
    took = run([sys.executable, "-m", f"benchmarks.{name}", "--alone", *(["--small"] if small else [])])
    return f"{took.seconds:.0f} s, {took.gigabytes:.1f} GB"


def _steering(*, small: bool) -> list[Line]:
    """Measure the desk of a programme at full size, in a process of its own that knows its database from the start."""
    words = [sys.executable, "-m", "benchmarks.steering", "--json", *(["--small"] if small else [])]
    told = json.loads(subprocess.run(words, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout)
    return [
        Line(
            what=f"{one['page']} of a programme (median, 95th; {one['questions']} questions to the database)",
            took=f"{one['half']:.0f} ms, {one['most']:.0f} ms",
            aim="80 ms",
        )
        for one in told
    ]


def _installed() -> Line:
    names = re.findall(r"^([A-Za-z0-9._-]+)==", (ROOT / "requirements.lock").read_text(), flags=re.MULTILINE)
    return Line(what="installed run-time dependencies", took=f"{installed_megabytes(names):.0f} MB", aim="900 MB")


if __name__ == "__main__":
    main()
