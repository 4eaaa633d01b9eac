"""The public face over a store filled by hand: no model, no network."""

from __future__ import annotations

import csv
import io
import json

import pandas as pd
import pytest

from discovery import Study
from discovery.errors import ExportError, StudyError, TopicsError
from discovery.records import (
    Claim,
    Facet,
    Guard,
    Mismatch,
    Stance,
    Topic,
    TopicDocument,
    TopicEdit,
    Turn,
    Value,
)
from discovery.scaffold import make_study
from discovery.store import Store
from discovery.tables import COLUMNS, SHAPES, frame, write_table

TURNS = [
    Turn("a.vtt", 0, "Dana", "Whom do you want?"),
    Turn("a.vtt", 1, "Ann", "We want leaders here."),
    Turn("a.vtt", 3, "Ann", "=We hire students only."),
]
CLAIM = Claim(
    TURNS[2].span(0, 17), "acme", "Ann", Stance.PRACTICE, Facet.CHANNEL, 0.81234,
    (Value("channel", "campus", "students"),), (Guard.PAST,), "claims/1",
)  # fmt: skip
MISMATCH = Mismatch(
    "need-vs-channel", "acme", TURNS[1].span(0, 15), TURNS[2].span(0, 17), 0.9, "why", model="m/1"
)
WEAK = Mismatch("reach-vs-channel", "acme", TURNS[1].span(0, 15), TURNS[2].span(0, 17), 0.2, "why")


@pytest.fixture
def study(tmp_path):
    make_study(tmp_path, "Test")
    store = Store(tmp_path / "study.sqlite")
    store.save("read:a.vtt", "1", {"turns": TURNS})
    store.save("claims:acme", "1", {"claims": [CLAIM]})
    store.save("mismatches:acme", "1", {"mismatches": [MISMATCH], "candidates": [MISMATCH, WEAK]})
    return Study(tmp_path)


def test_a_folder_without_settings_is_no_study(tmp_path):
    with pytest.raises(StudyError) as fault:
        Study(tmp_path)
    assert fault.value.code == "study.missing"


def test_a_study_that_was_never_run_says_so(tmp_path):
    make_study(tmp_path)
    with pytest.raises(StudyError) as fault:
        _ = Study(tmp_path).claims
    assert fault.value.code == "study.not-run"


def test_claims_come_as_a_frame_in_the_fixed_shape(study):
    row = study.claims.iloc[0]
    assert (row["transcript"], row["turn"], row["start"], row["end"]) == ("a.vtt", 3, 0, 17)
    assert (row["value"], row["score"], row["guards"]) == ("channel=campus", 0.8123, ["past"])
    assert TURNS[2].text[row["start"] : row["end"]] == row["quote"]


def test_a_mismatch_has_its_sides_as_columns(study):
    row = study.mismatches.iloc[0]
    assert (row["stated_turn"], row["stated_quote"]) == (1, "We want leaders")
    assert (row["actual_turn"], row["status"]) == (3, "proposed")


@pytest.mark.parametrize("table", SHAPES)
def test_every_table_has_its_columns_even_when_empty(study, table):
    made = frame(table, study.rows(table))
    expected = frame(table, [])
    assert list(expected.columns) == list(made.columns)
    assert COLUMNS[table][0] in made.columns


def test_an_unknown_table_lists_those_there_are(study):
    with pytest.raises(ExportError) as fault:
        study.rows("opinions")
    assert "mismatches" in str(fault.value)


def test_a_decision_shows_in_the_tables_and_keeps_its_history(study):
    study.review(MISMATCH.anchor[:6], "accepted", memo="same role", coder="Ann")
    study.review(MISMATCH.anchor, "rejected", coder="Ann")
    assert list(study.mismatches["status"]) == ["rejected"]
    assert list(study.candidates["status"]) == ["rejected", "proposed"]
    assert list(study.reviews["memo"]) == ["same role", ""]


def test_an_accepted_candidate_joins_the_mismatches(study):
    study.review(WEAK.anchor, "accepted", coder="Ann")
    assert list(study.mismatches["type"]) == ["need-vs-channel", "reach-vs-channel"]


@pytest.mark.parametrize(
    ("anchor", "status", "code"), [("zzz", "accepted", "anchor"), ("", "accepted", "anchor")]
)
def test_a_decision_needs_one_mismatch(study, anchor, status, code):
    with pytest.raises(StudyError) as fault:
        study.review(anchor, status)
    assert fault.value.code == f"review.{code}"


def test_a_decision_needs_a_known_status(study):
    with pytest.raises(StudyError) as fault:
        study.review(MISMATCH.anchor, "maybe")
    assert fault.value.code == "review.status"


def test_json_lines_keep_sides_nested(study):
    (row,) = map(json.loads, write_table("mismatches", study.rows("mismatches"), "jsonl", None).splitlines())
    assert row["stated"] == {"turn": 1, "start": 0, "end": 15, "quote": "We want leaders"}


def test_the_other_transcript_of_a_pair_is_named():
    far = Mismatch("t", "acme", TURNS[1].span(0, 2), Turn("b.vtt", 0, "Bo", "We hire").span(0, 2), 0.5, "")
    row = SHAPES["mismatches"][1](far)
    assert (row["transcript"], row["actual"]["transcript"]) == ("a.vtt", "b.vtt")
    assert "transcript" not in row["stated"]


def test_a_sheet_does_not_take_speech_for_a_formula(study):
    sheet = write_table("claims", study.rows("claims"), "csv", None)
    (row,) = csv.DictReader(io.StringIO(sheet))
    assert row["quote"] == "'=We hire students"
    assert (row["turn"], row["guards"]) == ("3", "past")


def test_parquet_needs_a_file_and_comes_back(study, tmp_path):
    with pytest.raises(ExportError):
        write_table("claims", study.rows("claims"), "parquet", None)
    path = tmp_path / "claims.parquet"
    write_table("claims", study.rows("claims"), "parquet", path)
    assert pd.read_parquet(path)["quote"].to_list() == list(study.claims["quote"])
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".part"] == []


def test_an_unknown_format_lists_those_there_are(study):
    with pytest.raises(ExportError) as fault:
        write_table("claims", [], "xlsx", None)
    assert "parquet" in str(fault.value)


@pytest.fixture
def topics(study):
    spans = [TURNS[1].span(0, 7), TURNS[1].span(8, 21), TURNS[2].span(0, 8), TURNS[2].span(9, 23)]
    documents = [
        TopicDocument(span, "acme", number) for span, number in zip(spans, (0, 0, 1, -1), strict=True)
    ]
    rows = [Topic(0, "leaders", ("leaders",), 2), Topic(1, "students", ("students",), 1)]
    Store(study.folder / "study.sqlite").save("topics", "1", {"topics": rows, "topic_documents": documents})
    return study


def test_a_decision_on_topics_holds_on_to_their_texts(topics):
    topics.rename_topic(0, "Leaders wanted", coder="Ann")
    topics.merge_topics([0, 1], "People", memo="one theme", coder="Ann")
    topics.split_topic(0, {"want": [0], "here": [1]}, coder="Ann")
    rename, merge, split = Store(topics.folder / "study.sqlite").load("topic_edits", TopicEdit)
    assert (rename.kind, rename.labels, [len(group) for group in rename.members]) == (
        "rename",
        ("Leaders wanted",),
        [2],
    )
    assert ([len(group) for group in merge.members], merge.memo) == ([2, 1], "one theme")
    assert (split.labels, [len(group) for group in split.members]) == (("want", "here"), [1, 1])


def test_a_decision_on_a_topic_that_is_not_there_is_refused(topics):
    with pytest.raises(TopicsError):
        topics.rename_topic(7, "Nobody")
    assert Store(topics.folder / "study.sqlite").load("topic_edits", TopicEdit) == []


def test_topic_documents_point_to_their_words(topics):
    for row in topics.topic_documents.itertuples():
        turn = next(one for one in TURNS if one.number == row.turn)
        assert turn.text[row.start : row.end] == row.quote
