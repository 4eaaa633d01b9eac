"""Opening ``study.sqlite``, saving a stage in one transaction, reading records back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Table, create_engine, delete, insert, inspect, select, text
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import NullPool

from discovery.errors import StoreError
from discovery.readings import PacketRecord, Reading
from discovery.records import Review, TopicEdit
from discovery.store.answers import KeptAnswers, kept
from discovery.store.rows import from_row, to_row
from discovery.store.schema import ORDER, RECORDS, SCHEMA_VERSION, derived, human, stages, vectors

Record = TypeVar("Record")

_CHUNK = 500
"""Keys a query: below the number of variables that every SQLite allows."""


class Store(KeptAnswers):
    """The database of one study.

    Args:
        path: ``study.sqlite``; it is made when it does not exist.

    Raises:
        StoreError: The file is no database, is in use, or was written by a newer version.
    """

    def __init__(self, path: Path) -> None:
        """Open the file and bring its tables up to date."""
        self.path = path
        self._engine = create_engine(f"sqlite:///{path}", poolclass=NullPool, connect_args={"timeout": 5})
        with self._connect() as connection:
            _prepare(connection, path)

    @contextmanager
    def _connect(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except OperationalError as problem:
            if "locked" in str(problem.orig):
                raise StoreError("study.locked", file=self.path.name) from None
            raise StoreError("store.broken", file=self.path.name, reason=str(problem.orig)) from None
        except DatabaseError as problem:
            raise StoreError("store.broken", file=self.path.name, reason=str(problem.orig)) from None

    def fingerprint(self, stage: str) -> str | None:
        """Return what a stage was last made from, None when it never was."""
        with self._connect() as connection:
            return connection.scalar(select(stages.c.fingerprint).where(stages.c.stage == stage))

    def stages(self) -> dict[str, str]:
        """Return every stage made so far, with what it was made from."""
        with self._connect() as connection:
            return {row.stage: row.fingerprint for row in connection.execute(select(stages))}

    def save(
        self,
        stage: str,
        fingerprint: str,
        records: Mapping[str, Iterable[Any]],
        artifacts: Mapping[str, Any] | None = None,
    ) -> None:
        """Replace everything a stage made, in one transaction.

        Args:
            stage: Key of the stage, such as ``read:interview.vtt``.
            fingerprint: What it was made from; equal fingerprints need no new run.
            records: Records by table name.
            artifacts: Further results by name, as JSON.
        """
        with self._connect() as connection:
            _forget(connection, stage)
            for name, items in records.items():
                rows = [{"stage": stage, **to_row(item)} for item in items]
                if rows:
                    connection.execute(insert(derived.tables[name]), rows)
            named = [
                {"stage": stage, "name": key, "payload": value} for key, value in (artifacts or {}).items()
            ]
            if named:
                connection.execute(insert(derived.tables["artifacts"]), named)
            connection.execute(insert(stages).values(stage=stage, fingerprint=fingerprint))

    def forget(self, names: Iterable[str]) -> None:
        """Delete what stages made that no longer belong to the study."""
        with self._connect() as connection:
            for stage in names:
                _forget(connection, stage)

    def load(self, table: str, kind: type[Record], *, stage: str | None = None) -> list[Record]:
        """Read the records of one table.

        Args:
            table: Name of the table.
            kind: Record it holds.
            stage: Read only what this stage made.
        """
        if RECORDS[table] is not kind:
            raise TypeError(f"table {table} holds {RECORDS[table].__name__}")
        source = _table(table)
        query = select(source).order_by(*(source.c[name] for name in ORDER.get(table, ())), text("rowid"))
        if stage is not None:
            query = query.where(source.c.stage == stage)
        with self._connect() as connection:
            return [from_row(kind, dict(row._mapping)) for row in connection.execute(query)]

    def artifact(self, name: str) -> Any:
        """Return a further result by name, None when no stage has made it."""
        source = derived.tables["artifacts"]
        with self._connect() as connection:
            return connection.scalar(select(source.c.payload).where(source.c.name == name))

    def get_vectors(self, keys: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return the vectors already known, by content key."""
        found: dict[str, NDArray[np.float32]] = {}
        with self._connect() as connection:
            for at in range(0, len(keys), _CHUNK):
                query = select(vectors).where(vectors.c.key.in_(keys[at : at + _CHUNK]))
                found |= {r.key: np.frombuffer(r.vector, dtype="<f4") for r in connection.execute(query)}
        return found

    def put_vectors(self, fresh: Mapping[str, NDArray[np.float32]]) -> None:
        """Keep vectors by content key; a key already there keeps its vector."""
        rows = [{"key": key, "vector": np.asarray(v, dtype="<f4").tobytes()} for key, v in fresh.items()]
        if rows:
            with self._connect() as connection:
                connection.execute(upsert(vectors).on_conflict_do_nothing(), rows)

    def add_review(self, review: Review) -> None:
        """Keep a person's decision on a mismatch; earlier ones stay as history."""
        self._add("reviews", review)

    def add_topic_edit(self, edit: TopicEdit) -> None:
        """Keep a person's decision on topics; earlier ones stay as history."""
        self._add("topic_edits", edit)

    def add_packets(self, packets: Iterable[PacketRecord]) -> None:
        """Remember packets that were handed out, so that their answers are known again."""
        self._add("packets", *packets)

    def add_reading(self, reading: Reading) -> None:
        """Keep what another reader found, verified; earlier readings stay as history."""
        self._add("readings", reading)

    def _add(self, table: str, *records: Any) -> None:
        if records:
            with self._connect() as connection:
                connection.execute(insert(human.tables[table]), [to_row(record) for record in records])


def _table(name: str) -> Table:
    return derived.tables[name] if name in derived.tables else human.tables[name]


def _forget(connection: Connection, stage: str) -> None:
    for table in derived.sorted_tables:
        if "stage" in table.c:
            connection.execute(delete(table).where(table.c.stage == stage))


def _prepare(connection: Connection, path: Path) -> None:
    """Create missing tables; derived tables of an older version are made again, human ones kept."""
    version = connection.scalar(text("PRAGMA user_version")) or 0
    if version > SCHEMA_VERSION:
        raise StoreError("store.newer", file=path.name)
    given = _pseudonyms(connection) if version < SCHEMA_VERSION else []
    if version < SCHEMA_VERSION:
        derived.drop_all(connection)
    derived.create_all(connection)
    if given:
        connection.execute(insert(derived.tables["artifacts"]), given)
    human.create_all(connection)
    kept.create_all(connection)
    connection.execute(text(f"PRAGMA user_version = {SCHEMA_VERSION}"))


def _pseudonyms(connection: Connection) -> list[dict[str, Any]]:
    """Pseudonyms given out so far; people know them from briefs, so an update must not change them."""
    artifacts = derived.tables["artifacts"]
    if not inspect(connection).has_table(artifacts.name):
        return []
    query = select(artifacts.c.stage, artifacts.c.name, artifacts.c.payload).where(
        artifacts.c.name == "pseudonyms"
    )
    return [dict(row._mapping) for row in connection.execute(query)]
