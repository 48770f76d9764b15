"""Which tables go into a backup, in which order they are put back, and how a row is written down."""

import base64
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from graphlib import TopologicalSorter
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models

_LEFT_OUT = frozenset({"auth", "contenttypes", "sessions"})
"""What a migration fills by itself, and sessions: whoever was logged in logs in again."""
_AT_ONCE = 500


def kept_models() -> list[type[models.Model]]:
    """Give every table whose rows are kept, those that point to others first.

    In this order rows are put back before what they belong to: a database looks at such pairs at the end of a
    transaction only, and its guards refuse whatever is added to a thing that already stands fast.
    """
    every = {
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.app_label not in _LEFT_OUT
    }
    order = TopologicalSorter({model: _points_to(model) & every - {model} for model in sorted(every, key=_name)})
    return list(order.static_order())[::-1]


def columns(model: type[models.Model]) -> list[str]:
    """Name the columns that are kept of a table."""
    return [field.attname for field in model._meta.concrete_fields]


def rows(model: type[models.Model]) -> Iterator[bytes]:
    """Give every row as a line of JSON, a few at a time: one at a time where a row may hold a whole file."""
    at_once = 1 if _holds_files(model) else _AT_ONCE
    found = model._base_manager.order_by("pk").values_list(*columns(model))
    for row in found.iterator(chunk_size=at_once):
        yield json.dumps([_written(value) for value in row], ensure_ascii=False).encode() + b"\n"


def put(model: type[models.Model], lines: Iterator[bytes]) -> int:
    """Put lines back as they were, without what saving does by itself; give how many there were."""
    fields = model._meta.concrete_fields
    name = connection.ops.quote_name
    statement = (
        f"INSERT INTO {name(model._meta.db_table)} ({', '.join(name(str(field.column)) for field in fields)}) "
        f"VALUES ({', '.join(['%s'] * len(fields))})"
    )
    count, batch, at_once = 0, [], 1 if _holds_files(model) else _AT_ONCE
    with connection.cursor() as cursor:
        for line in lines:
            read = json.loads(line)
            batch.append([_read(field, value) for field, value in zip(fields, read, strict=True)])
            if len(batch) == at_once:
                cursor.executemany(statement, batch)
                count, batch = count + len(batch), []
        if batch:
            cursor.executemany(statement, batch)
    return count + len(batch)


def _points_to(model: type[models.Model]) -> set[type[models.Model]]:
    return {field.related_model for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)}


def _holds_files(model: type[models.Model]) -> bool:
    return any(isinstance(field, models.BinaryField) for field in model._meta.concrete_fields)


def _name(model: type[models.Model]) -> str:
    return model._meta.label_lower


def _written(value: object) -> object:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    return value


def _read(field: "models.Field[Any, Any]", value: Any) -> Any:
    if isinstance(field, models.BinaryField):
        value = None if value is None else base64.b64decode(value, validate=True)
    elif not isinstance(field, models.JSONField):
        value = (field.target_field if isinstance(field, models.ForeignKey) else field).to_python(value)
    return field.get_db_prep_save(value, connection)
