"""``wijkpeil serve``: the site over a shelf, on this machine or behind a proxy."""

import argparse
import errno
import os
import socket
import threading
import time
from ipaddress import ip_address
from pathlib import Path

from wijkpeil.cli.database import bring_up_to_date, require_writable, set_up
from wijkpeil.cli.example import tell_where_empty
from wijkpeil.cli.mistake import MistakeError
from wijkpeil.cli.screen import Screen
from wijkpeil.portrayal.language import Language
from wijkpeil.publication.shelf import Shelf

MOST_WORKERS = 64
HOSTS_VARIABLE = "WIJKPEIL_HOSTS"
_LONGEST_QUESTION = 65_536
"""A request whose address and headers are longer than so many bytes is refused before anything reads it."""
_SERVER_LOG = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"generic": {"format": "%(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "generic", "stream": "ext://sys.stderr"}},
    "loggers": {"_granian": {"handlers": ["console"], "propagate": False}, "granian.access": {"propagate": False}},
}
"""The server itself says only what is wrong; the site keeps its own log."""
_PATIENCE = 60
"""So many seconds the site may take to come up before nobody waits for it any more."""


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """Serve until stopped; the example is made where the shelf is empty."""
    say = screen.language.say
    shelf = Shelf(arguments.shelf)
    if shelf.folder.exists() and not shelf.folder.is_dir():
        raise MistakeError(
            say("{name} is geen map. Geef met --shelf een map met edities.", name=repr(str(shelf.folder)))
        )
    if not 1 <= arguments.workers <= MOST_WORKERS:
        raise MistakeError(
            say("{number} processen kan niet: kies 1 tot en met {most}.", number=arguments.workers, most=MOST_WORKERS)
        )
    address = free_address(arguments.host, arguments.port, screen.language)
    set_up(arguments)
    bring_up_to_date(screen, by_itself=True)
    require_writable(screen.language)
    _warn_owner(screen)
    if not shelf.editions():
        from wijkpeil.cli.start import build_example  # all of a build: most sites have an edition already

        build_example(screen, shelf)
        tell_where_empty(arguments, screen)
    _welcome(screen, arguments.host, address)
    place = f"http://{_in_address(arguments.host)}:{arguments.port}"
    threading.Thread(target=_announce, args=(screen, place, address, arguments.port), daemon=True).start()
    serve(shelf.folder, address=address, port=arguments.port, workers=arguments.workers)
    screen.say(say("De site staat uit."))
    return 0


def free_address(host: str, port: int, language: Language) -> str:
    """Find the number of a host, and see that its port can be had.

    The server shares its port between processes, and would silently share it with another site as well.
    Raises ``MistakeError`` in words for every way in which it cannot.
    """
    say = language.say
    if not 1 <= port <= 65_535:
        raise MistakeError(say("Poort {port} kan niet: kies een getal van 1 tot en met 65535.", port=port))
    try:
        family, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except (OSError, UnicodeError):
        raise MistakeError(say("Het adres {host} kennen we niet. Probeer --host 127.0.0.1.", host=repr(host))) from None
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(place)
            probe.listen()
        except OSError as fault:
            raise MistakeError(_why_not(fault, host, port, language)) from None
    return str(place[0])


def serve(shelf: Path, *, address: str, port: int, workers: int) -> None:
    """Run the site with several workers until it is told to stop.

    Each worker begins anew: a copy of this process, which may have built an edition, would wait for threads that
    were not copied.
    """
    import multiprocessing

    from granian import Granian
    from granian.constants import Interfaces
    from granian.http import HTTP1Settings
    from granian.log import LogLevels

    os.environ["WIJKPEIL_SHELF"] = str(shelf.resolve())
    multiprocessing.set_start_method("spawn", force=True)
    Granian(
        "wijkpeil.site.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=1,
        http1_settings=HTTP1Settings(max_buffer_size=_LONGEST_QUESTION),
        workers_kill_timeout=5,
        respawn_failed_workers=True,
        log_access=False,
        log_level=LogLevels.error,
        log_dictconfig=_SERVER_LOG,
    ).serve()


def _warn_owner(screen: Screen) -> None:
    """Tell who serves as the owner of the tables that the site could take the guards of its logbook away."""
    from wijkpeil.site.keeping.roles import owns_the_logbook

    if owns_the_logbook():
        screen.complain(
            screen.language.say(
                "De site is eigenaar van haar tabellen en kan het logboek dus veranderen. "
                "Geef haar een eigen rol: wijkpeil migrate --site-role ROL"
            )
        )


def _why_not(fault: OSError, host: str, port: int, language: Language) -> str:
    if fault.errno == errno.EADDRINUSE:
        return language.say(
            "Poort {port} is al bezet. Stop het andere programma, of kies een andere poort: --port {other}.",
            port=port,
            other=port + 1 if port < 65_535 else port - 1,
        )
    if fault.errno in {errno.EACCES, errno.EPERM}:
        return language.say(
            "Poort {port} mag je niet gebruiken. Kies een poort van 1024 of hoger, zoals --port 8000.", port=port
        )
    return language.say("Op adres {host} kan deze computer niet luisteren: {fault}.", host=host, fault=fault.strerror)


def _welcome(screen: Screen, host: str, address: str) -> None:
    """Let readers in under the address that is served; a site for any address must be told its names."""
    if ip_address(address).is_loopback or os.environ.get(HOSTS_VARIABLE):
        return
    if not ip_address(address).is_unspecified:
        os.environ[HOSTS_VARIABLE] = f"{_in_address(host)},127.0.0.1,localhost"
        return
    screen.complain(
        screen.language.say(
            "Alleen wie op deze computer zit, krijgt antwoord. "
            "Zet in {variable} onder welke namen anderen de site vinden, bijvoorbeeld {variable}=wijkpeil.stad.nl.",
            variable=HOSTS_VARIABLE,
        )
    )


def _announce(screen: Screen, place: str, address: str, port: int) -> None:
    """Say where the site is as soon as somebody can go there."""
    until = time.monotonic() + _PATIENCE
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)
    while time.monotonic() < until:
        try:
            socket.create_connection((here, port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
            continue
        screen.say(screen.language.say("De site staat op {place}. Stop met Ctrl+C.", place=place))
        return


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host
