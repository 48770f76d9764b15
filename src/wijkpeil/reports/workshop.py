"""Makes what takes long in a process of its own, one after another, while whoever ordered it reads on."""

from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from enum import StrEnum
from multiprocessing import get_context
from pathlib import Path
from threading import Lock
from typing import Any

from wijkpeil.reports.kept import Kept

MOST_WAITING = 4
"""So many orders are under way or waiting; who comes then is asked to come back."""


class Progress(StrEnum):
    """How far an order is."""

    UNDER_WAY = "under_way"
    WAITING = "waiting"
    FULL = "full"
    FAILED = "failed"


class Workshop:
    """A queue of orders with one worker; the same order twice is one order, and what is made is kept."""

    def __init__(self) -> None:
        """Begin with nothing to do, and without a worker."""
        self._orders: dict[str, Future[None]] = {}
        self._lock = Lock()
        self._pool: ProcessPoolExecutor | None = None

    def order(self, kept: Kept, key: str, job: Callable[..., bytes], *given: Any) -> bytes | Progress:
        """Give what was made, or order it and say how far it is.

        ``job`` makes the bytes from ``given``; both go to another process. Of an order that failed this is told once:
        who asks again orders again.
        """
        found = kept.find(key)
        if found is not None:
            return found
        with self._lock:
            return self._standing(key) or self._begun(kept, key, job, given)

    def close(self) -> None:
        """Let the worker go; what it was making is not made."""
        with self._lock:
            if self._pool is not None:
                self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool, self._orders = None, {}

    def _standing(self, key: str) -> Progress | None:
        """Say how far an order is that was given before, and forget those that are done."""
        known = self._orders.get(key)
        failed = known is not None and known.done() and (known.cancelled() or known.exception() is not None)
        self._orders = {name: one for name, one in self._orders.items() if not one.done()}
        if failed:
            return Progress.FAILED
        if key not in self._orders:
            return None
        return Progress.UNDER_WAY if next(iter(self._orders)) == key else Progress.WAITING

    def _begun(self, kept: Kept, key: str, job: Callable[..., bytes], given: tuple[Any, ...]) -> Progress:
        if len(self._orders) >= MOST_WAITING:
            return Progress.FULL
        if self._pool is None:
            self._pool = ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"))
        try:
            self._orders[key] = self._pool.submit(_make, kept.folder, kept.most, key, job, given)
        except RuntimeError:
            self._pool = None
            return Progress.FAILED
        return Progress.UNDER_WAY if len(self._orders) == 1 else Progress.WAITING


def _make(folder: Path, most: int, key: str, job: Callable[..., bytes], given: tuple[Any, ...]) -> None:
    """Make it in the process of the worker, and keep it for whoever asks."""
    Kept(folder, most).keep(key, job(*given))
