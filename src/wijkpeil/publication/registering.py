"""Puts a study down before its figures are looked at: who, when, and the hash of what it said then.

The registration stands at the end of the study file itself, so that it travels with it. Nothing before it is touched:
the bytes that were there are the first bytes of what is there afterwards.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import polars as pl

from wijkpeil.catalogue import content_of, study_hash
from wijkpeil.domain.study import EarlierRegistration, Registration, Study, StudyKind
from wijkpeil.publication.edition import Edition

_HEADER = re.compile(rb"^[ \t]*\[[ \t]*registration[ \t]*\]", re.MULTILINE)
_KEY = "registration"


class AlreadyRegisteredError(Exception):
    """A study was registered before, and nobody said why it should be again."""

    def __init__(self, registration: Registration) -> None:
        """Keep the registration that is there."""
        super().__init__(registration.hash)
        self.registration = registration


class NotOursToRegisterError(Exception):
    """A study by others was put down by them, or it was not."""


class RegistrationMisplacedError(Exception):
    """The registration does not stand at the end of the file, so that it cannot be replaced without touching more."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """What an edition at hand tells at the moment of registration; without one, nothing is known of both."""

    figures_seen: bool | None = None
    smallest_visible: Mapping[str, float] | None = None


def register(
    path: Path, study: Study, *, by: str, on: date, known: Known | None = None, reason: str | None = None
) -> Registration:
    """Write the registration of a study at the end of its file, in one step, and give it.

    ``study`` is the file as it was read. An earlier registration is kept beneath the new one with the ``reason`` why
    there is another. Raises ``AlreadyRegisteredError`` without a reason, ``NotOursToRegisterError``,
    ``RegistrationMisplacedError`` and ``ValueError`` for a name or reason that is not one line of text.
    """
    if study.kind is StudyKind.ELSEWHERE:
        raise NotOursToRegisterError(study.id)
    for text in (by, *([reason] if reason is not None else [])):
        if not text.strip() or not text.isprintable():
            raise ValueError(text)
    if study.registration is not None and reason is None:
        raise AlreadyRegisteredError(study.registration)
    known = known or Known()
    made = Registration(
        by=by.strip(),
        on=on,
        hash=study.hash,
        figures_seen=known.figures_seen,
        smallest_visible=dict(known.smallest_visible) if known.smallest_visible else None,
        earlier=_with_earlier(study.registration, (reason or "").strip()),
    )
    before = path.read_bytes()
    _replace(path, _registered(before, made), expected=replace(study, registration=made))
    return made


def figures_seen(study: Study, edition: Edition) -> bool | None:
    """Tell whether an edition already holds a figure of an outcome in a treated area after its start there.

    A figure is after the start when its period ends after the first of January of the first year under treatment.
    ``None`` where the edition knows none of the areas or none of the outcomes: then it cannot tell.
    """
    starts = {one.area: date(one.start, 1, 1) for one in study.treated}
    areas = [code for code in edition.areas["code"] if code in starts]
    indicators = [found for one in study.outcomes if (found := edition.policy.indicator.get(one.indicator))]
    if not areas or not indicators:
        return None
    for indicator in indicators:
        figures = edition.figures(indicator=indicator.id).filter(
            pl.col("area").is_in(areas), pl.col("value").is_not_null()
        )
        there = figures.select(pl.col("area").cast(pl.String), "period").unique()
        if any(indicator.period(period).end > starts[area] for area, period in there.iter_rows()):
            return True
    return False


def _with_earlier(before: Registration | None, reason: str) -> tuple[EarlierRegistration, ...]:
    if before is None:
        return ()
    replaced = EarlierRegistration(
        by=before.by, on=before.on, hash=before.hash, reason=reason, figures_seen=before.figures_seen
    )
    return (*before.earlier, replaced)


def _registered(before: bytes, made: Registration) -> bytes:
    """Put the registration behind a file, in the place of the one that is there."""
    kept = _without_registration(before)
    end = b"\r\n" if b"\r\n" in kept else b"\n"
    between = b"" if not kept or kept.endswith(b"\n") else end
    blank = b"" if (kept + between).endswith(end * 2) else end
    return kept + between + blank + end.join(line.encode() for line in _lines(made)) + end


def _without_registration(before: bytes) -> bytes:
    """Give the bytes before the registration; raises ``RegistrationMisplacedError`` when more stands behind it."""
    whole = content_of(before)
    if _KEY not in whole:
        return before
    for header in _HEADER.finditer(before):
        kept = before[: header.start()]
        try:
            if study_hash(content_of(kept)) == study_hash(whole) and _KEY not in content_of(kept):
                return kept
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            continue
    raise RegistrationMisplacedError


def _lines(made: Registration) -> list[str]:
    lines = [f"[{_KEY}]", *_who(made.by, made.on, made.hash), *_seen(made.figures_seen)]
    if made.smallest_visible:
        pairs = ", ".join(f"{name} = {float(value)!r}" for name, value in sorted(made.smallest_visible.items()))
        lines.append(f"smallest_visible = {{ {pairs} }}")
    for one in made.earlier:
        own = [f"[[{_KEY}.earlier]]", *_who(one.by, one.on, one.hash), f"reason = {_quoted(one.reason)}"]
        lines += ["", *own, *_seen(one.figures_seen)]
    return lines


def _who(by: str, on: date, stamp: str) -> list[str]:
    return [f"by = {_quoted(by)}", f"on = {on.isoformat()}", f'hash = "{stamp}"']


def _seen(figures: bool | None) -> list[str]:
    return [] if figures is None else [f"figures_seen = {'true' if figures else 'false'}"]


def _quoted(text: str) -> str:
    """Write one line of text as TOML does; what is not printable was refused."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _replace(path: Path, data: bytes, *, expected: Study) -> None:
    """Write beside the file and rename; raises ``RegistrationMisplacedError`` when it would not say the same."""
    content = content_of(data)
    if study_hash(content) != expected.hash or _KEY not in content:
        raise RegistrationMisplacedError
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(data)
        beside.chmod(path.stat().st_mode & 0o777)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
