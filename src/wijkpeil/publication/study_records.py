"""The result of a study as JSON and back again, so that what is kept is exactly what was found."""

import json
from functools import lru_cache
from math import isfinite
from typing import Any, NoReturn

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from wijkpeil.domain.evidence import StudyResult


class ResultDamagedError(Exception):
    """A file is not the result of a study, or no longer."""


def to_json(result: StudyResult) -> str:
    """Write a result as JSON: keys are the names of ``domain.evidence``, ``None`` is null.

    Raises ``ValueError`` for what is no number (nan, inf) and for a value of another type than was declared: a result
    that cannot be read back is never written.
    """
    try:
        record = _adapter().dump_python(result, mode="json", warnings="error")
        return json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    except PydanticSerializationError as fault:
        raise ValueError(f"The result of study {result.study.id} cannot be written: {fault}") from fault


def from_json(text: str) -> StudyResult:
    """Read a result; raises ``ResultDamagedError`` for anything that ``to_json`` did not write."""
    try:
        _refuse_infinite(json.loads(text, parse_constant=_no_number))
        return _adapter().validate_json(text, strict=True)
    except (ValidationError, ValueError, RecursionError) as fault:
        raise ResultDamagedError(str(fault)) from fault


@lru_cache(maxsize=1)
def _adapter() -> TypeAdapter[StudyResult]:
    """Make the adapter once: it takes longer than a result to read."""
    return TypeAdapter(StudyResult)


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")


def _refuse_infinite(value: Any) -> None:
    """Refuse a number that is too large to be one: JSON may write it, and it would be read as infinite."""
    if isinstance(value, float) and not isfinite(value):
        raise ValueError("a number is too large")
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _refuse_infinite(item)
