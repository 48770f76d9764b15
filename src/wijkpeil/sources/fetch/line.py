"""One polite connection: every failure is tried again with patience, or worded in one Dutch sentence."""

import contextlib
import errno
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from urllib.parse import urlsplit

import httpx

from wijkpeil.sources.fetch.dialect import NotAPage, NotJson
from wijkpeil.sources.fetch.keeping import Check, Keeper, Retrieval
from wijkpeil.sources.fetch.patience import Patience, pause_after_failure, seconds_asked

LARGEST_PAGE = 512 * 1024 * 1024
"""Bytes; a page larger than this is not what any of the interfaces gives."""

MOST_REDIRECTS = 5

_TRY_AGAIN = {
    408: "de bron vond dat het te lang duurde (408)",
    425: "de bron was nog niet klaar (425)",
    429: "de bron vraagt om rustiger aan te doen (429)",
    500: "er is een storing bij de bron (500)",
    502: "de bron is slecht bereikbaar (502)",
    503: "de bron is tijdelijk buiten dienst (503)",
    504: "de bron antwoordt te traag (504)",
}
_FINAL = {
    400: "de bron begrijpt de vraag niet (400)",
    401: "de bron vraagt om een wachtwoord (401)",
    403: "de bron weigert toegang (403)",
    404: "dit adres bestaat niet (404)",
    410: "dit adres is opgeheven (410)",
}
_FULL_DISK = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}


class Refused(Exception):  # noqa: N818 -- reads as a sentence: "raise Refused(sentence)"
    """A page that cannot be had; the message is a Dutch sentence. ``is_final_for_all`` stops every other table too."""

    def __init__(self, sentence: str, *, is_final_for_all: bool = False) -> None:
        """Keep the sentence and how far it reaches."""
        super().__init__(sentence)
        self.is_final_for_all = is_final_for_all


class _TryAgain(Exception):  # noqa: N818 -- reads as a sentence
    """A failure that may pass; ``asked`` is the pause in seconds that the server asked for."""

    def __init__(self, clause: str, asked: float | None = None) -> None:
        """Keep the Dutch clause and the pause."""
        super().__init__(clause)
        self.asked = asked


@dataclass(frozen=True, kw_only=True)
class Credit:
    """Whom a download is from and under which licence; it is kept beside every page."""

    publisher: str
    licence: str
    attribution: str


@dataclass(kw_only=True)
class Line:
    """One connection to one server at a time, that keeps what it gets.

    Clock, sleep and chance are handed in, so that a test needs no time and a failure can be repeated.
    """

    client: httpx.Client
    keeper: Keeper
    clock: Callable[[], datetime]
    sleep: Callable[[float], None]
    chance: random.Random
    patience: Patience = field(default_factory=Patience)
    _is_first: bool = True

    def collect(self, address: str, *, credit: Credit, check: Check) -> str:
        """Fetch one address and keep it when it passes its check; give its hash.

        ``check`` raises ``NotJson`` for what may come better a next time and ``NotAPage`` for what will not.
        Raises ``Refused`` when the source keeps failing, answers something else, or the disk is full.
        """
        if not self._is_first:
            self.sleep(self.patience.polite_pause)
        self._is_first = False
        failures = 0
        while True:
            try:
                return self._once(address, credit, check)
            except _TryAgain as failure:
                failures += 1
                self._wait_or_refuse(address, failure, failures)

    def _wait_or_refuse(self, address: str, failure: _TryAgain, failures: int) -> None:
        """Wait for the next attempt, or say that it is enough."""
        patience = self.patience
        if failure.asked is not None and failure.asked > patience.longest_request:
            minutes = round(failure.asked / 60)
            raise Refused(
                f"{address}: {failure}; de bron vraagt om {minutes} minuten te wachten. Wat al binnen is, blijft "
                "bewaard: start 'wijkpeil fetch' later opnieuw."
            ) from failure
        if failures >= patience.attempts:
            raise Refused(
                f"{address}: {failure}. Dat ging {failures} keer achter elkaar zo. Wat al binnen is, blijft bewaard: "
                "start 'wijkpeil fetch' later opnieuw."
            ) from failure
        self.sleep(pause_after_failure(failures, patience=patience, chance=self.chance, asked=failure.asked))

    def _once(self, address: str, credit: Credit, check: Check) -> str:
        """Try once; what may pass becomes ``_TryAgain`` and what will not becomes ``Refused``."""
        host = urlsplit(address).hostname
        try:
            with self.client.stream("GET", address) as response:
                self._look_at(address, response)
                return self.keeper.keep(
                    _body(response), retrieval=self._retrieval(address, response, credit), check=check
                )
        except NotJson as fault:
            raise _TryAgain(str(fault)) from fault
        except NotAPage as fault:
            raise Refused(f"{address}: {fault}.") from fault
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as fault:
            raise Refused(f"{address}: dit is geen geldig adres.") from fault
        except httpx.TooManyRedirects as fault:
            raise Refused(f"{address}: de bron verwijst steeds door (meer dan {MOST_REDIRECTS} keer).") from fault
        except httpx.TimeoutException as fault:
            seconds = f"{self.patience.timeout:g}"
            raise _TryAgain(f"{host} antwoordt niet binnen {seconds} seconden") from fault
        except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError, httpx.DecodingError) as fault:
            raise _TryAgain(f"de verbinding met {host} brak halverwege af") from fault
        except httpx.TransportError as fault:
            raise _TryAgain(f"er is geen verbinding met {host}") from fault
        except OSError as fault:
            raise Refused(_disk(fault), is_final_for_all=True) from fault

    def _look_at(self, address: str, response: httpx.Response) -> None:
        """Judge the head of an answer before its body is read."""
        status = response.status_code
        if status in _TRY_AGAIN:
            asked = seconds_asked(response.headers.get("Retry-After"), now=self.clock())
            raise _TryAgain(_TRY_AGAIN[status], asked)
        if status >= 500:
            raise _TryAgain(f"de bron antwoordt met foutcode {status}")
        if status != 200:
            raise Refused(f"{address}: {_FINAL.get(status, f'de bron antwoordt met code {status}')}.")
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind.endswith(("html", "xml")):
            what = "een webpagina" if kind.endswith("html") else "XML"
            raise _TryAgain(f"de bron geeft {what} ({kind}) in plaats van JSON")

    def _retrieval(self, address: str, response: httpx.Response, credit: Credit) -> Retrieval:
        """Note when and from where an answer came."""
        return Retrieval(
            address=address,
            fetched_at=self.clock(),
            publisher=credit.publisher,
            licence=credit.licence,
            attribution=credit.attribution,
            media_type=response.headers.get("Content-Type"),
            etag=response.headers.get("ETag"),
            modified=response.headers.get("Last-Modified"),
        )


@contextlib.contextmanager
def open_client(*, patience: Patience) -> Iterator[httpx.Client]:
    """Open the one connection, which says who is calling."""
    with httpx.Client(
        limits=httpx.Limits(max_connections=1, max_keepalive_connections=1),
        timeout=httpx.Timeout(patience.timeout),
        headers={"User-Agent": f"wijkpeil/{version('wijkpeil')}", "Accept": "application/json, application/geo+json"},
        follow_redirects=True,
        max_redirects=MOST_REDIRECTS,
    ) as client:
        yield client


def _body(response: httpx.Response) -> Iterator[bytes]:
    """Give the body as it comes, up to the largest page."""
    size = 0
    for chunk in response.iter_bytes():
        size += len(chunk)
        if size > LARGEST_PAGE:
            raise NotAPage(f"het antwoord is groter dan {LARGEST_PAGE // 1024 // 1024} MB")
        yield chunk


def _disk(fault: OSError) -> str:
    """Word a failure to write."""
    if fault.errno in _FULL_DISK:
        return (
            "De schijf is vol. Maak ruimte en start 'wijkpeil fetch' opnieuw: wat al binnen is, blijft bewaard "
            "en wordt niet opnieuw opgehaald."
        )
    return f"Het opslaan lukt niet: {fault.strerror or fault}. Kijk of je in deze map mag schrijven."
