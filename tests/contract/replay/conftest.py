"""A small server on this machine that answers as the publishers do, and breaks when it is told to."""

import json
import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from wijkpeil.domain.indicator import (
    Column,
    Direction,
    Form,
    GapScale,
    Indicator,
    Kind,
    Nature,
    Review,
    SourceColumns,
    Unit,
)
from wijkpeil.domain.period import Moment
from wijkpeil.domain.policy import DisclosureRule, LookAlikes, Policy
from wijkpeil.domain.source import Source, Table
from wijkpeil.sources.fetch import Desk, Fetched, Line, Patience, Step, fetch, open_client
from wijkpeil.store.raw import RawFolder

Record = dict[str, Any]


@dataclass(kw_only=True)
class Answer:
    """What the server says; ``cut`` closes the connection after so many bytes of the body."""

    body: bytes = b""
    status: int = 200
    kind: str = "application/json; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None


Route = Callable[[dict[str, str]], Answer]


@dataclass(kw_only=True)
class Replay:
    """The routes of the server, what it was asked, what it answered, and the faults it will still make."""

    base: str = ""
    routes: dict[str, Route] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    served: dict[str, bytes] = field(default_factory=dict)
    faults: list[tuple[str, Answer]] = field(default_factory=list)

    def fail(self, part: str, answer: Answer, times: int = 1) -> None:
        """Give another answer the next times that an address holds this part."""
        self.faults += [(part, answer)] * times

    def answer(self, target: str) -> Answer:
        """Answer a request, or make the fault that was asked for."""
        self.asked.append(target)
        for fault in self.faults:
            if fault[0] in target:
                self.faults.remove(fault)
                return fault[1]
        parts = urlsplit(target)
        route = self.routes.get(parts.path)
        if route is None:
            return Answer(status=404, body=b"{}")
        answer = route(dict(parse_qsl(parts.query, keep_blank_values=True)))
        self.served[target] = answer.body
        return answer

    def times(self, part: str) -> Counter[str]:
        """Count the requests of each address that holds this part."""
        return Counter(target for target in self.asked if part in target)

    def collection(self, path: str, records: list[Record], *, size: int, link: str) -> None:
        """Serve records in OData pages: ``link`` names the field of the next address."""

        def page(question: dict[str, str]) -> Answer:
            start = int(question.get("$skip", "0"))
            envelope: Record = {"value": records[start : start + size]}
            if start + size < len(records):
                rest = "".join(f"&{name}={value}" for name, value in question.items() if name != "$skip")
                envelope[link] = f"{self.base}{path}?$skip={start + size}{rest}"
            return Answer(body=json.dumps(envelope).encode(), headers={"ETag": f'"{start}"'})

        self.routes[path] = page

    def fixed(self, path: str, record: Any, **more: Any) -> None:
        """Serve one answer."""
        self.routes[path] = lambda question: Answer(body=json.dumps(record).encode(), **more)


@pytest.fixture
def replay(monkeypatch: pytest.MonkeyPatch) -> Iterator[Replay]:
    """Start the server on a free port of this machine."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    state = Replay()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            answer = state.answer(self.path)
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.kind)
            self.send_header("Content-Length", str(len(answer.body)))
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body if answer.cut is None else answer.body[: answer.cut])
            if answer.cut is not None:
                self.wfile.flush()
                self.close_connection = True

        def log_message(self, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield state
    server.shutdown()
    server.server_close()


@dataclass(kw_only=True)
class Fetcher:
    """Fetches tables from the replay server, with a clock and a sleep that take no time."""

    replay: Replay
    folder: Path
    patience: Patience = field(default_factory=lambda: Patience(timeout=5.0))
    slept: list[float] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    anew: bool = False
    interrupt_after: int | None = None

    @property
    def raw(self) -> RawFolder:
        """The raw downloads."""
        return RawFolder(self.folder / ".raw")

    def tell(self, step: Step) -> None:
        """Note how far it is, and stop as Ctrl-C does when that was asked for."""
        self.steps.append(step)
        if self.interrupt_after is not None and step.done >= self.interrupt_after:
            raise KeyboardInterrupt

    def get(self, source: Source, *, indicators: tuple[Indicator, ...] = ()) -> tuple[Fetched, ...]:
        """Fetch all tables of a source."""
        with open_client(patience=self.patience) as client:
            line = Line(
                client=client,
                keeper=self.raw,
                clock=lambda: datetime(2026, 11, 24, 12, 0, tzinfo=UTC),
                sleep=self.slept.append,
                chance=random.Random(7),
                patience=self.patience,
            )
            desk = Desk(
                policy=policy_of(source, indicators),
                line=line,
                folder=self.folder,
                progress=self.tell,
                address_base=self.replay.base,
                anew=self.anew,
            )
            return tuple(fetch([(source, table) for table in source.tables], desk=desk))

    def kept(self) -> set[bytes]:
        """Give the content of every raw file."""
        return {path.read_bytes() for path in self.raw.folder.rglob("*") if path.is_file() and not path.suffix}


@pytest.fixture
def fetcher(replay: Replay, tmp_path: Path) -> Fetcher:
    """Give a fetcher with an empty folder of downloads."""
    return Fetcher(replay=replay, folder=tmp_path / "downloads")


def source_of(*tables: Table, name: str = "cbs_kwb") -> Source:
    """Make a source with these tables."""
    return Source(
        id=name,
        label="Kerncijfers wijken en buurten",
        publisher="CBS",
        licence="CC BY 4.0",
        attribution="Bron: CBS",
        landing_page="https://www.cbs.nl",
        cadence="elk jaar",
        note="",
        tables=tables,
    )


def indicator_of(source: str, columns: dict[int, str], *, name: str = "inwoners") -> Indicator:
    """Make an indicator that reads these columns of a source."""
    return Indicator(
        id=name,
        theme="bevolking",
        label="Inwoners",
        label_en="Inhabitants",
        unit=Unit.COUNT,
        direction=Direction.CONTEXT,
        kind=Kind.COUNT,
        nature=Nature.MEASURED,
        base="persons",
        moment=Moment.FIRST_OF_JANUARY,
        decimals=0,
        materiality=None,
        gap_scale=GapScale.ABSOLUTE,
        sources=(
            SourceColumns(
                source=source, columns={year: Column(name=name, form=Form.VALUE) for year, name in columns.items()}
            ),
        ),
        question="Hoeveel mensen wonen hier?",
        not_for="",
        definition="",
        minimum_base=None,
        price_year=None,
        review=Review(author="a@example", checked_by="b@example", review_due=date(2027, 1, 1)),
    )


def policy_of(source: Source, indicators: tuple[Indicator, ...]) -> Policy:
    """Make a policy with one source."""
    return Policy(
        name="Nederland",
        fictional=False,
        country="NL00",
        map_year=2020,
        apportioned_limit=0.25,
        default_programme="",
        themes=(),
        indicators=indicators,
        sources=(source,),
        programmes=(),
        bases=(),
        groups=(),
        look_alikes=LookAlikes(characteristics=(), number=1, caliper=1.0, minimum_population=0, note=""),
        disclosure=(DisclosureRule(audience="openbaar", label="iedereen", minimum_base={}, round_counts_to=5),),
        checked_on=date(2026, 11, 24),
    )


KWB_2020 = Table(
    id="84799NED",
    year=2020,
    vintage=2020,
    files=("kwb2020_84799NED*.json",),
    form="odata_typed_json",
    title="Kerncijfers wijken en buurten 2020",
    protocol="odata_v3",
    address="CBS/84799NED",
)


@dataclass(frozen=True)
class Making:
    """The makers above, for tests that cannot import from here."""

    source = staticmethod(source_of)
    indicator = staticmethod(indicator_of)
    answer = Answer
    kwb_2020 = KWB_2020


@pytest.fixture
def making() -> Making:
    """Give the makers of sources, indicators and answers."""
    return Making()
