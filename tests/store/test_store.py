from __future__ import annotations

import sqlite3
import string
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discovery.errors import StoreError
from discovery.records import (
    Claim,
    Cue,
    Exchange,
    Facet,
    Guard,
    Interview,
    Mismatch,
    Notice,
    NoticeKind,
    ReadReport,
    Review,
    Role,
    SkippedLine,
    Span,
    Speaker,
    Stance,
    Status,
    Topic,
    TopicDocument,
    Turn,
    Value,
)
from discovery.store import Store, schema
from discovery.store.rows import from_row, to_row

STATED = Span("a.vtt", 1, 0, 7, "We want")
ACTUAL = Span("a.vtt", 3, 2, 9, "we hire")
SPEAKERS = (Speaker("Ann", Role.EMPLOYER, 0.9),)
RECORDS = {
    "interviews": [Interview("a.vtt", "acme", "zoom-vtt", 4, 20, "ff", SPEAKERS)],
    "read_reports": [
        ReadReport(
            "a.vtt", "zoom-vtt", 0.9, "cue ids", (SkippedLine(3, "note"),),
            (Notice("read", NoticeKind.MERGED, "cues", "a.vtt", 4, 2),),
        )
    ],
    "turns": [Turn("a.vtt", 0, "Ann", "We want", Role.EMPLOYER, 0.0, 2.5, (Cue(0, 7, 0.0, 2.5, 3),))],
    "exchanges": [Exchange("a.vtt", 0, (0,), (1, 3), STATED, None, "q1", 0.7)],
    "claims": [
        Claim(
            STATED, "acme", "Ann", Stance.NEED, Facet.LEVEL, 0.8,
            (Value("level", "senior", "senior"),), (Guard.PAST,), "m/1",
        )
    ],
    "topics": [Topic(0, "pay", ("pay", "offer"), 4, None)],
    "topic_documents": [TopicDocument(STATED, "acme", -1)],
    "mismatches": [Mismatch("need-vs-channel", "acme", STATED, ACTUAL, 0.9, "why", further=(ACTUAL,))],
    "notices": [Notice("topics", NoticeKind.DROPPED, "short answers", count=3)],
}  # fmt: skip


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "study.sqlite")


@pytest.mark.parametrize("table", RECORDS)
def test_every_record_comes_back_as_it_was_saved(store, table):
    store.save("stage", "1", {table: RECORDS[table]})
    assert store.load(table, type(RECORDS[table][0])) == RECORDS[table]


@pytest.mark.parametrize("table", schema.RECORDS)
def test_every_field_of_a_record_has_its_column(table):
    columns = {*schema.derived.tables, *schema.human.tables}
    assert table in columns
    kind = schema.RECORDS[table]
    names = {item.name for item in fields(kind)} - {"span"}
    known = schema.derived.tables.get(table)
    known = schema.human.tables[table] if known is None else known
    renamed = {"stage": "made_in"} if kind is Notice else {}
    assert {renamed.get(name, name) for name in names} <= set(known.c.keys())


def test_saving_a_stage_again_replaces_only_its_own_rows(store):
    store.save("topics:a", "1", {"topics": [Topic(0, "a", (), 1)]}, {"settings": {"k": 3}})
    store.save("topics:b", "1", {"topics": [Topic(1, "b", (), 1)]})
    store.save("topics:a", "2", {"topics": [Topic(0, "c", (), 1)]})
    assert [topic.label for topic in store.load("topics", Topic)] == ["c", "b"]
    assert store.artifact("settings") is None
    assert store.stages() == {"topics:a": "2", "topics:b": "1"}


def test_a_stage_that_fails_half_way_leaves_what_was_there(store):
    store.save("topics", "1", {"topics": [Topic(0, "a", (), 1)]})
    with pytest.raises(StoreError):
        store.save("topics", "2", {"topics": [Topic(0, None, (), 1)]})
    assert [topic.label for topic in store.load("topics", Topic)] == ["a"]
    assert store.fingerprint("topics") == "1"


def test_forgetting_derived_stages_keeps_what_people_decided(store):
    review = Review("abc", "need-vs-channel", STATED, ACTUAL, Status.ACCEPTED, "Ann", "2026-01-01T10:00:00")
    store.add_review(review)
    store.save("topics", "1", {"topics": [Topic(0, "a", (), 1)]})
    store.forget(store.stages())
    assert store.load("topics", Topic) == []
    assert store.load("reviews", Review) == [review]


def test_an_older_schema_keeps_human_tables(tmp_path):
    path = tmp_path / "study.sqlite"
    store = Store(path)
    review = Review("abc", "need-vs-channel", STATED, ACTUAL, Status.UNSURE, "Ann", "2026-01-01T10:00:00")
    store.add_review(review)
    store.save("topics", "1", {"topics": [Topic(0, "a", (), 1)]})
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA user_version = 0")
    raw.close()
    again = Store(path)
    assert again.load("topics", Topic) == []
    assert again.load("reviews", Review) == [review]


def test_an_older_schema_keeps_the_pseudonyms_that_people_know(tmp_path):
    path = tmp_path / "study.sqlite"
    store = Store(path)
    store.save("names", "", {}, {"pseudonyms": {"Ann Lund": "Person 7"}})
    store.save("topics", "1", {}, {"topic_choices": {}})
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA user_version = 1")
    raw.close()
    again = Store(path)
    assert again.artifact("pseudonyms") == {"Ann Lund": "Person 7"}
    assert again.artifact("topic_choices") is None
    assert again.stages() == {}
    again.save("names", "", {}, {"pseudonyms": {"Ann Lund": "Person 8"}})
    assert again.artifact("pseudonyms") == {"Ann Lund": "Person 8"}


def test_vectors_are_kept_by_content(store):
    fresh = {f"{n}": np.full(3, n, dtype=np.float32) for n in range(1200)}
    store.put_vectors(fresh)
    store.put_vectors({"1": np.zeros(3, dtype=np.float32)})
    known = store.get_vectors([*fresh, "unknown"])
    assert set(known) == set(fresh)
    assert known["1"].tolist() == [1, 1, 1]


def test_a_file_that_is_no_database_is_named(tmp_path):
    path = tmp_path / "study.sqlite"
    path.write_bytes(b"not a database, but long enough to be looked at as one" * 20)
    with pytest.raises(StoreError) as fault:
        Store(path)
    assert fault.value.code == "store.broken"


def test_a_newer_database_is_refused(tmp_path):
    path = tmp_path / "study.sqlite"
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA user_version = 99")
    raw.close()
    with pytest.raises(StoreError) as fault:
        Store(path)
    assert fault.value.code == "store.newer"


@given(
    quote=st.text(string.ascii_letters + "é 😀\u0627", min_size=1),
    turn=st.integers(0, 10**6),
    start=st.integers(0, 10**6),
)
@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
def test_spans_survive_the_round_trip(quote, turn, start):
    document = TopicDocument(Span("ü.srt", turn, start, start + len(quote), quote), "acme", 2)
    assert from_row(TopicDocument, to_row(document)) == document
