"""Answers of models, kept by what was asked: they cost time or money, so no run and no update drops them."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import JSON, Column, Connection, Integer, MetaData, String, Table, Text, select
from sqlalchemy.dialects.sqlite import insert as upsert

kept = MetaData()

_answers = Table(
    "reader_answers",
    kept,
    Column("key", String, primary_key=True),
    Column("text", Text, nullable=False),
    Column("finish", String, nullable=False),
    Column("at", String, nullable=False),
    Column("read", Integer, nullable=False),
)
_servers = Table(
    "reader_servers",
    kept,
    Column("server", String, primary_key=True),
    Column("takes", JSON, nullable=False),
)


class KeptAnswers:
    """What servers have answered, and what they take; part of :class:`discovery.store.Store`."""

    def _connect(self) -> AbstractContextManager[Connection]:
        raise NotImplementedError

    def answer(self, key: str) -> dict[str, Any] | None:
        """Return the answer kept under a key: ``text``, ``finish``, ``at``, ``read``."""
        with self._connect() as connection:
            row = connection.execute(select(_answers).where(_answers.c.key == key)).mappings().first()
        return {name: value for name, value in row.items() if name != "key"} if row else None

    def keep_answer(self, key: str, answer: dict[str, Any]) -> None:
        """Keep an answer, in place of an earlier one under the same key."""
        query = upsert(_answers).values(key=key, **answer)
        with self._connect() as connection:
            connection.execute(query.on_conflict_do_update(["key"], set_=answer))

    def server(self, name: str) -> dict[str, Any] | None:
        """Return which fields of a request a server takes, as far as it is known."""
        with self._connect() as connection:
            return connection.scalar(select(_servers.c.takes).where(_servers.c.server == name))

    def keep_server(self, name: str, takes: dict[str, Any]) -> None:
        """Keep which fields of a request a server takes."""
        with self._connect() as connection:
            connection.execute(
                upsert(_servers)
                .values(server=name, takes=takes)
                .on_conflict_do_update(["server"], set_={"takes": takes})
            )
