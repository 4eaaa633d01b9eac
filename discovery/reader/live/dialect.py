"""Which fields of a chat request a server takes: servers differ, and each is asked for the most it offers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any, Self

from discovery.reader.live.endpoint import Endpoint


class AnswerFormat(StrEnum):
    """How a server can be held to the shape of an answer, strictest first."""

    SCHEMA = "json_schema"
    OBJECT = "json_object"
    PLAIN = "plain"


_NEXT = {AnswerFormat.SCHEMA: AnswerFormat.OBJECT, AnswerFormat.OBJECT: AnswerFormat.PLAIN}
_OBJECTIONS = frozenset({400, 415, 422, 501})
"""Statuses by which servers say that they do not know a field of the request."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """What one server takes.

    Args:
        format: How it is held to the shape of the answer.
        limit: Name of its field for the tokens an answer may have, empty where it takes none.
        temperature: Whether it takes a temperature.
        seed: Whether it takes a seed.
    """

    format: AnswerFormat = AnswerFormat.SCHEMA
    limit: str = "max_tokens"
    temperature: bool = True
    seed: bool = True

    @classmethod
    def remembered(cls, known: Mapping[str, Any] | None) -> Self | None:
        """Take up what was learnt in an earlier run; None where nothing usable is known."""
        try:
            return cls(**{**known, "format": AnswerFormat(known["format"])}) if known else None
        except (KeyError, TypeError, ValueError):
            return None

    def to_remember(self) -> dict[str, Any]:
        """Return what a later run needs to take this up again."""
        return asdict(self)

    def fields(self, endpoint: Endpoint, schema: Mapping[str, Any]) -> dict[str, Any]:
        """Return the fields of a request besides model and messages.

        >>> Dialect(AnswerFormat.PLAIN, seed=False).fields(Endpoint(max_tokens=900), {})
        {'max_tokens': 900, 'temperature': 0}
        """
        made: dict[str, Any] = {}
        if self.format is AnswerFormat.SCHEMA:
            named = {"name": "reading", "schema": dict(schema), "strict": True}
            made["response_format"] = {"type": "json_schema", "json_schema": named}
        elif self.format is AnswerFormat.OBJECT:
            made["response_format"] = {"type": "json_object"}
        if self.limit:
            made[self.limit] = endpoint.max_tokens
        if self.temperature:
            made["temperature"] = endpoint.temperature
        if self.seed:
            made["seed"] = endpoint.seed
        return made

    def without(self, status: int, parameter: str) -> Dialect | None:
        """Return what to try after an objection, None where nothing is left to leave out.

        Args:
            status: HTTP status of the objection.
            parameter: The field objected to, empty where the server does not say.
        """
        if status not in _OBJECTIONS:
            return None
        if parameter == "max_tokens" and self.limit == "max_tokens":
            return replace(self, limit="max_completion_tokens")
        if parameter == "max_completion_tokens" and self.limit == parameter:
            return replace(self, limit="")
        if parameter == "temperature" and self.temperature:
            return replace(self, temperature=False)
        if parameter == "seed" and self.seed:
            return replace(self, seed=False)
        return replace(self, format=_NEXT[self.format]) if self.format in _NEXT else None
