"""Answers of models, kept by what was asked: they cost time or money, so no run and no update drops them."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import JSON, Column, Connection, MetaData, String, Table, Text, select
from sqlalchemy.dialects.sqlite import insert as upsert

kept = MetaData()

_answers = Table(
    "reader_answers",
    kept,
    Column("key", String, primary_key=True),
    Column("text", Text, nullable=False),
    Column("finish", String, nullable=False),
    Column("at", String, nullable=False),
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

    def answer(self, key: str) -> tuple[str, str, str] | None:
        """Return text, reason for stopping and time of the answer kept under a key."""
        query = select(_answers.c.text, _answers.c.finish, _answers.c.at).where(_answers.c.key == key)
        with self._connect() as connection:
            row = connection.execute(query).first()
        return (row.text, row.finish, row.at) if row else None

    def keep_answer(self, key: str, text: str, finish: str, at: str) -> None:
        """Keep an answer, in place of an earlier one under the same key."""
        row = {"text": text, "finish": finish, "at": at}
        with self._connect() as connection:
            connection.execute(
                upsert(_answers).values(key=key, **row).on_conflict_do_update(["key"], set_=row)
            )

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
