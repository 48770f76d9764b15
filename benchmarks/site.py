"""The site under readers: a real server, asked for pages by other processes; times are those of its own log."""

import http.client
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from wijkpeil.publication import Shelf

READERS = 4
"""So many readers ask at the same time; they take their part of the same cores."""
MANY = 10_000


@dataclass(frozen=True, kw_only=True)
class Site:
    """A server that is up: its port, the process that started it, and the file of its log."""

    port: int
    pid: int
    log: Path

    def times(self, skip: int = 0) -> list[float]:
        """Give the milliseconds of each request, after the first ``skip``."""
        lines = [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]
        return [one["ms"] for one in lines if one["event"] == "request" and one["path"] != "/healthz"][skip:]

    def megabytes(self) -> float:
        """Give the memory of the largest worker."""
        return max(_resident(pid) for pid in _children(self.pid))


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What the site took; times in milliseconds, sizes in bytes, memory in megabytes."""

    areas: int
    first: list[float]
    again: list[float]
    figure: list[float]
    made_a_second: float
    kept_a_second: float
    errors: int
    memory_early: float
    memory_late: float
    page_sizes: list[int]
    script_size: int


def measure(shelf: Path, *, seconds: float = 10) -> Measured:
    """Ask a site over ``shelf`` for the pages of its areas, one by one and many at once."""
    edition = Shelf(shelf).open()
    wijken = edition.areas.filter(pl.col("level") == "wijk", pl.col("population") > 500)["code"]
    codes = wijken.sample(min(200, wijken.len()), seed=1).to_list()
    pages = [f"/editie/{edition.id}/gebied/{code}" for code in codes]
    latest = max(edition.figures(area=codes[0])["period"].to_list())
    figures = [f"/api/v1/gebieden/{code}/cijfers?periode={latest}" for code in codes]
    with serving(shelf, workers=1, memory=0) as site:
        sizes = [len(body) for _, body in asked(site.port, pages)]
        first = site.times()
        asked(site.port, pages)
        again = site.times(skip=len(pages))
        asked(site.port, figures * 2)
        figure = site.times(skip=2 * len(pages) + len(figures))
        script = _scripts(site.port, pages[0])
    with serving(shelf, workers=2, memory=0) as site:
        asked(site.port, pages[:20])
        made, made_errors = sustained(site.port, pages, seconds)
    with serving(shelf, workers=2, memory=64) as site:
        for _ in range(2):
            asked(site.port, pages)
        kept, kept_errors = sustained(site.port, pages, seconds)
        asked(site.port, (pages * MANY)[:1000])
        early = site.megabytes()
        asked(site.port, (pages * MANY)[: max(0, MANY - len(site.times()))])
        late = site.megabytes()
    return Measured(
        areas=len(codes),
        first=first,
        again=again,
        figure=figure,
        made_a_second=made,
        kept_a_second=kept,
        errors=made_errors + kept_errors,
        memory_early=early,
        memory_late=late,
        page_sizes=sizes,
        script_size=script,
    )


@contextmanager
def serving(shelf: Path, *, workers: int, memory: int) -> Iterator[Site]:
    """Put the site on, and off again."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        words = ["serve", "--shelf", str(shelf), "--port", str(port), "--workers", str(workers)]
        with (
            log.open("w") as stream,
            subprocess.Popen(
                [sys.executable, "-m", "wijkpeil", *words],
                stdout=subprocess.PIPE,
                stderr=stream,
                env={**os.environ, "WIJKPEIL_MEMORY": str(memory)},
            ) as process,
        ):
            if process.stdout is None or not process.stdout.readline():
                sys.exit(f"the site did not come up:\n{log.read_text()}")
            try:
                yield Site(port=port, pid=process.pid, log=log)
            finally:
                process.terminate()
                process.wait(30)


def asked(port: int, paths: Sequence[str]) -> list[tuple[int, bytes]]:
    """Ask for pages one after the other over one line; give the status and the squeezed bytes of each."""
    line, answers = http.client.HTTPConnection("127.0.0.1", port, timeout=60), []
    for path in paths:
        line.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = line.getresponse()
        answers.append((answer.status, answer.read()))
    line.close()
    return answers


def sustained(port: int, paths: Sequence[str], seconds: float) -> tuple[float, int]:
    """Let several readers ask as fast as they can; give the pages a second and how many went wrong."""
    with ProcessPoolExecutor(READERS) as pool:
        told = list(pool.map(_reader, [port] * READERS, [list(paths)] * READERS, range(READERS), [seconds] * READERS))
    return sum(well for well, _ in told) / seconds, sum(wrong for _, wrong in told)


def _reader(port: int, paths: list[str], which: int, seconds: float) -> tuple[int, int]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    until, place, well, wrong = time.perf_counter() + seconds, which * 37, 0, 0
    while time.perf_counter() < until:
        place += 1
        try:
            line.request("GET", paths[place % len(paths)], headers={"Accept-Encoding": "gzip"})
            answer = line.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            line.close()
            wrong += 1
            continue
        well, wrong = (well + 1, wrong) if answer.status == 200 else (well, wrong + 1)
    return well, wrong


def percentile(times: Sequence[float], part: int) -> float:
    """Give the time within which ``part`` of a hundred were done."""
    return statistics.quantiles(times, n=100)[part - 1]


def _scripts(port: int, path: str) -> int:
    """Give the squeezed size of all script on a page."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    line.request("GET", path)
    written = line.getresponse().read().decode()
    sources = re.findall(r'<script\b[^>]*\ssrc="([^"]+)"', written)
    return sum(len(body) for _, body in asked(port, sources))


def _children(parent: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = stat.read_text()
        except OSError:
            continue
        command = Path(stat.parent / "cmdline").read_bytes()
        if int(text.rpartition(")")[2].split()[1]) == parent and b"resource_tracker" not in command:
            found.append(int(stat.parent.name))
    return found


def _resident(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    print(measure(Path(sys.argv[1]), seconds=float(sys.argv[2]) if len(sys.argv) > 2 else 10))
