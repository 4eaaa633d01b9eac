"""Records to database rows and back, from the records' own types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from discovery.records import Notice, Span

Record = TypeVar("Record")

_RENAMED: dict[Any, dict[str, str]] = {Notice: {"stage": "made_in"}}
"""Fields whose column has another name, because ``stage`` is the column of the making stage."""


def to_row(record: Any) -> dict[str, Any]:
    """Turn a record into column values; a field ``span`` becomes its five columns.

    >>> from discovery.records import Topic
    >>> to_row(Topic(0, "pay", ("pay", "offer"), 4))["words"]
    ['pay', 'offer']
    """
    row: dict[str, Any] = {}
    renamed = _RENAMED.get(type(record), {})
    for item in fields(record):
        value = getattr(record, item.name)
        if item.name == "span":
            row |= _plain(value)
        else:
            row[renamed.get(item.name, item.name)] = _plain(value)
    return row


def from_row(kind: type[Record], row: Mapping[str, Any]) -> Record:
    """Build a record of ``kind`` from the columns of a row."""
    renamed = _RENAMED.get(kind, {})
    values: dict[str, Any] = {}
    for name, hint in _hints(cast(Any, kind)).items():
        if name == "span":
            values[name] = _build(Span, {key: row[key] for key in _hints(Span)})
        else:
            values[name] = _build(hint, row[renamed.get(name, name)])
    return kind(**values)


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    return value


def _build(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(hint) in (UnionType, Union):
        return _build(next(kind for kind in get_args(hint) if kind is not type(None)), value)
    if get_origin(hint) is tuple:
        return tuple(_build(get_args(hint)[0], item) for item in value)
    if is_dataclass(hint):
        known = _hints(cast(Any, hint))
        return hint(**{name: _build(known[name], item) for name, item in value.items()})  # type: ignore[operator]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(value)
    return value


@cache
def _hints(kind: Any) -> dict[str, Any]:
    known = get_type_hints(kind)
    return {item.name: known[item.name] for item in fields(kind)}
