"""Tables of ``study.sqlite``.

Derived tables carry the stage that made each row, so that a stage can be made again on its
own. Human tables hold what people decided; nothing a run does may delete from them.
"""

from __future__ import annotations

from sqlalchemy import JSON, Column, Float, Integer, LargeBinary, MetaData, String, Table, Text

from discovery.readings import PacketRecord, Reading
from discovery.records import (
    Claim,
    Coding,
    Exchange,
    Interview,
    Mismatch,
    Notice,
    ReadReport,
    Review,
    Topic,
    TopicDocument,
    TopicEdit,
    Turn,
)

SCHEMA_VERSION = 2

derived = MetaData()
human = MetaData()


def _span() -> list[Column[object]]:
    """Five columns that locate a span."""
    return [
        Column("source", String, nullable=False),
        Column("turn", Integer, nullable=False),
        Column("start", Integer, nullable=False),
        Column("end", Integer, nullable=False),
        Column("quote", Text, nullable=False),
    ]


def _derived(name: str, *columns: Column[object]) -> Table:
    return Table(name, derived, Column("stage", String, index=True, nullable=False), *columns)


def _pair(name: str) -> Table:
    return _derived(
        name,
        Column("type", String, nullable=False),
        Column("employer", String, nullable=False),
        Column("stated", JSON, nullable=False),
        Column("actual", JSON, nullable=False),
        Column("score", Float, nullable=False),
        Column("why", Text, nullable=False),
        Column("status", String, nullable=False),
        Column("against", Text, nullable=False),
        Column("probe", Text, nullable=False),
        Column("further", JSON, nullable=False),
        Column("model", String, nullable=False),
        Column("readers", JSON, nullable=False),
    )


_derived(
    "interviews",
    Column("source", String, nullable=False),
    Column("employer", String, nullable=False),
    Column("layout", String, nullable=False),
    Column("turns", Integer, nullable=False),
    Column("words", Integer, nullable=False),
    Column("sha256", String, nullable=False),
    Column("speakers", JSON, nullable=False),
)
_derived(
    "read_reports",
    Column("source", String, nullable=False),
    Column("layout", String, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("reason", Text, nullable=False),
    Column("skipped", JSON, nullable=False),
    Column("notices", JSON, nullable=False),
)
_derived(
    "turns",
    Column("source", String, nullable=False),
    Column("number", Integer, nullable=False),
    Column("speaker", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("role", String),
    Column("start_s", Float),
    Column("end_s", Float),
    Column("cues", JSON, nullable=False),
)
_derived(
    "exchanges",
    Column("source", String, nullable=False),
    Column("number", Integer, nullable=False),
    Column("asked", JSON, nullable=False),
    Column("answered", JSON, nullable=False),
    Column("question", JSON),
    Column("follows", Integer),
    Column("bank_question", String),
    Column("match", Float, nullable=False),
    Column("backchannels", JSON, nullable=False),
)
_derived(
    "claims",
    *_span(),
    Column("employer", String, nullable=False),
    Column("speaker", String, nullable=False),
    Column("stance", String, nullable=False),
    Column("facet", String, nullable=False),
    Column("score", Float, nullable=False),
    Column("values", JSON, nullable=False),
    Column("guards", JSON, nullable=False),
    Column("model", String, nullable=False),
    Column("readers", JSON, nullable=False),
)
_derived(
    "topics",
    Column("number", Integer, nullable=False),
    Column("label", String, nullable=False),
    Column("words", JSON, nullable=False),
    Column("size", Integer, nullable=False),
    Column("stability", Float),
)
_derived(
    "topic_documents",
    *_span(),
    Column("employer", String, nullable=False),
    Column("topic", Integer, nullable=False),
)
_pair("mismatches")
_pair("candidates")
_derived(
    "notices",
    Column("made_in", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("what", Text, nullable=False),
    Column("source", String, nullable=False),
    Column("line", Integer),
    Column("count", Integer, nullable=False),
)
_derived("artifacts", Column("name", String, nullable=False), Column("payload", JSON, nullable=False))

for _table in ("claims", "mismatches", "candidates"):
    derived.tables[_table].to_metadata(derived, name=f"found_{_table}")
"""What the package's own models found, before other readers' findings are joined to it."""

stages = Table(
    "stages",
    derived,
    Column("stage", String, primary_key=True),
    Column("fingerprint", String, nullable=False),
)
vectors = Table(
    "vectors", derived, Column("key", String, primary_key=True), Column("vector", LargeBinary, nullable=False)
)

Table(
    "reviews",
    human,
    Column("anchor", String, nullable=False),
    Column("type", String, nullable=False),
    Column("stated", JSON, nullable=False),
    Column("actual", JSON, nullable=False),
    Column("status", String, nullable=False),
    Column("coder", String, nullable=False),
    Column("at", String, nullable=False),
    Column("memo", Text, nullable=False),
    Column("employer", String, nullable=False),
    Column("why", Text, nullable=False),
    Column("score", Float, nullable=False),
)
Table(
    "topic_edits",
    human,
    Column("kind", String, nullable=False),
    Column("members", JSON, nullable=False),
    Column("labels", JSON, nullable=False),
    Column("coder", String, nullable=False),
    Column("at", String, nullable=False),
    Column("memo", Text, nullable=False),
)
Table(
    "codings",
    human,
    *_span(),
    Column("code", String, nullable=False),
    Column("coder", String, nullable=False),
    Column("at", String, nullable=False),
    Column("memo", Text, nullable=False),
)
Table(
    "packets",
    human,
    Column("id", String, nullable=False),
    Column("source", String, nullable=False),
    Column("employer", String, nullable=False),
    Column("part", Integer, nullable=False),
    Column("parts", Integer, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("words", Integer, nullable=False),
    Column("prompt_version", String, nullable=False),
    Column("turns_sha256", String, nullable=False),
    Column("at", String, nullable=False),
)
Table(
    "readings",
    human,
    Column("packet", String, nullable=False),
    Column("source", String, nullable=False),
    Column("employer", String, nullable=False),
    Column("reader", JSON, nullable=False),
    Column("claims", JSON, nullable=False),
    Column("mismatches", JSON, nullable=False),
    Column("rejections", JSON, nullable=False),
    Column("anchors", JSON, nullable=False),
    Column("anchor_threshold", Float, nullable=False),
    Column("notices", JSON, nullable=False),
    Column("answer_sha256", String, nullable=False),
    Column("part", Integer, nullable=False),
    Column("parts", Integer, nullable=False),
)

RECORDS: dict[str, type] = {
    "interviews": Interview,
    "read_reports": ReadReport,
    "turns": Turn,
    "exchanges": Exchange,
    "claims": Claim,
    "topics": Topic,
    "topic_documents": TopicDocument,
    "mismatches": Mismatch,
    "candidates": Mismatch,
    "notices": Notice,
    "reviews": Review,
    "topic_edits": TopicEdit,
    "codings": Coding,
    "found_claims": Claim,
    "found_mismatches": Mismatch,
    "found_candidates": Mismatch,
    "packets": PacketRecord,
    "readings": Reading,
}
"""The record that each table holds."""

ORDER: dict[str, tuple[str, ...]] = {
    "interviews": ("source",),
    "read_reports": ("source",),
    "turns": ("source", "number"),
    "exchanges": ("source", "number"),
    "claims": ("source", "turn", "start"),
    "found_claims": ("source", "turn", "start"),
    "topics": ("number",),
    "topic_documents": ("source", "turn", "start"),
}
"""Columns a table is sorted by when it is read; other tables keep the order of writing."""
