"""One measurement: how long a command takes and how much memory it holds at its height."""

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Run:
    """What one run of a command took: ``seconds`` on the clock and ``gigabytes`` of memory at its height."""

    seconds: float
    gigabytes: float


def run(arguments: Sequence[str]) -> Run:
    """Run a command in a process of its own and measure it; a command that fails stops the benchmark."""
    start = time.perf_counter()
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    message = process.stderr.read() if process.stderr else b""
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(map(str, arguments))} failed:\n{message.decode(errors='replace')}")
    return Run(seconds=seconds, gigabytes=_gigabytes(usage))


def milliseconds(act: Callable[[], object], *, times: int = 30) -> float:
    """Give the median time of an act that was done once before."""
    act()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def installed_megabytes(distributions: Sequence[str]) -> float:
    """Give the size on disk of installed packages, in millions of bytes."""
    from importlib.metadata import PackageNotFoundError, files

    total = 0
    for name in distributions:
        try:
            listed = files(name) or []
        except PackageNotFoundError:
            continue
        total += sum(path.stat().st_size for path in (Path(str(file.locate())) for file in listed) if path.is_file())
    return total / 1e6


def _gigabytes(usage: resource.struct_rusage) -> float:
    scale = 1 if sys.platform == "darwin" else 1024
    return usage.ru_maxrss * scale / 1e9
