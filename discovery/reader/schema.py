"""The shape of an answer, as a JSON schema that structured output of chat endpoints accepts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from discovery.readings import TypeEntry
from discovery.records import Facet, Stance


def answer_schema(types: Sequence[TypeEntry]) -> dict[str, Any]:
    """Write the JSON schema of an answer.

    Every object names all its fields as required and allows no others, as strict structured
    output asks; what a schema cannot say (a quote must stand in its turn) is checked afterwards.

    Args:
        types: Mismatch types that an answer may name.

    Source:
        OpenAI structured outputs, supported schemas; JSON Schema 2020-12.

    >>> sorted(answer_schema([])["properties"])
    ['claims', 'mismatches', 'packet']
    """
    number = {"type": "integer", "description": "number of the turn, as in square brackets"}
    quote = {"type": "string", "description": "exact words of that turn, at most 40 words"}
    place = _object(turn=number, quote=quote)
    claim = _object(turn=number, quote=quote, stance=_one_of(Stance), facet=_one_of(Facet))
    keys = [kind.key for kind in types]
    mismatch = _object(
        type=_one_of(keys) if keys else {"type": "string"},
        stated=place,
        actual=place,
        note={"type": "string", "description": "one sentence: why the two sides pull against each other"},
    )
    return _object(
        packet={"type": "string", "description": "the packet's id, repeated"},
        claims={"type": "array", "items": claim},
        mismatches={"type": "array", "items": mismatch},
    )


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _one_of(values: Any) -> dict[str, Any]:
    return {"type": "string", "enum": [str(value) for value in values]}
