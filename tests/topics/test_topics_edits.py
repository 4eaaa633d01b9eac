from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from discovery.errors import ModelError, TopicsError
from discovery.topics import apply_topic_edits, assign_to_topics
from discovery.topics.edits import merge_topics, rename_topic, split_topic
from discovery.topics.joining import keep_numbers
from discovery.topics.result import COLUMNS, TopicResult

WHO = {"coder": "ann", "at": "2026-01-01T10:00:00"}


def result_of(assignments: list[int], keys: list[str] | None = None) -> TopicResult:
    topics = sorted({topic for topic in assignments if topic >= 0})
    rows = [
        (
            t,
            f"label {t}",
            (f"w{t}a", f"w{t}b"),
            assignments.count(t),
            0.9,
            0.8,
            True,
            "",
            assignments.index(t),
            "",
        )
        for t in topics
    ]
    return TopicResult(
        tuple(assignments),
        pd.DataFrame(rows, columns=list(COLUMNS)),
        assignments.count(-1) / len(assignments),
        tuple(keys or [f"k{n}" for n in range(len(assignments))]),
        tuple(1.0 for _ in assignments),
        centres=np.eye(4)[: len(topics)],
        mean=np.zeros(4),
        least_fit=0.5,
    )


def test_a_new_name_finds_its_topic_after_renumbering() -> None:
    edit = rename_topic(result_of([0, 0, 0, 1, 1]), 1, "Money talk", **WHO)
    later = result_of([1, 1, 0, 0, 0, 0], ["k0", "k1", "new", "k3", "k4", "more"])
    edited = apply_topic_edits(later, [edit])
    assert edited.topics.set_index("topic")["label"].to_dict() == {0: "Money talk", 1: "label 1"}
    assert edited.topics.set_index("topic")["decided_by"].to_dict() == {0: "ann", 1: ""}
    assert edited.assignments == later.assignments


def test_a_merge_keeps_the_lowest_number_and_renumbers_nothing_else() -> None:
    result = result_of([0, 0, 0, 1, 1, 2, -1])
    edited = apply_topic_edits(result, [merge_topics(result, [2, 0], "Both", **WHO)])
    assert edited.assignments == (0, 0, 0, 1, 1, 0, -1)
    row = edited.topics.set_index("topic").loc[0]
    assert (row["label"], row["size"]) == ("Both", 4)
    assert pd.isna(row["stability"])
    assert edited.topics["topic"].tolist() == [0, 1]
    assert edited.topics["size"].sum() == 6


def test_a_split_puts_unnamed_texts_to_the_closest_part() -> None:
    result = result_of([0, 0, 0, 0, 1])
    edit = split_topic(result, 0, {"Left": [0], "Right": [1]}, **WHO)
    vectors = np.array([[0, 0], [9, 9], [1, 0], [8, 9], [5, 5]], dtype=np.float32)
    edited = apply_topic_edits(result, [edit], vectors)
    assert edited.assignments == (0, 2, 0, 2, 1)
    assert edited.topics.set_index("topic")["label"].to_dict() == {0: "Left", 1: "label 1", 2: "Right"}
    assert edited.topics.set_index("topic")["size"].to_dict() == {0: 2, 1: 1, 2: 2}


def test_a_decision_whose_topic_is_gone_is_noticed_not_forced() -> None:
    edit = rename_topic(result_of([0, 0, 1, 1]), 0, "Gone", **WHO)
    later = result_of([0, 1, 0, 0], ["k0", "k1", "x", "y"])
    scattered = result_of([0, 1, 2, 2, 0, 1], ["k0", "k1", "x", "y", "k8", "k9"])
    assert "Gone" in apply_topic_edits(later, [edit]).topics["label"].tolist()
    gone = apply_topic_edits(result_of([0, 0], ["x", "y"]), [edit])
    assert gone.notices[-1].what == "decisions about topics that did not come back"
    assert apply_topic_edits(scattered, []).topics.equals(scattered.topics)


def test_later_decisions_come_last_whatever_their_order() -> None:
    result = result_of([0, 0, 1, 1])
    first = rename_topic(result, 0, "First", coder="ann", at="2026-01-01")
    second = rename_topic(result, 0, "Second", coder="bo", at="2026-01-02")
    for edits in ([first, second], [second, first]):
        assert apply_topic_edits(result, edits).topics["label"][0] == "Second"


@pytest.mark.parametrize(
    "make",
    [
        lambda r: rename_topic(r, 7, "x", **WHO),
        lambda r: rename_topic(r, -1, "x", **WHO),
        lambda r: rename_topic(r, 0, "  ", **WHO),
        lambda r: merge_topics(r, [0, 0], "x", **WHO),
        lambda r: split_topic(r, 0, {"a": [0]}, **WHO),
        lambda r: split_topic(r, 0, {"a": [0], "b": [3]}, **WHO),
    ],
)
def test_impossible_decisions_are_refused(make: object) -> None:
    with pytest.raises(TopicsError):
        make(result_of([0, 0, 1, 1, -1]))  # type: ignore[operator]


def test_new_texts_join_old_topics_and_strangers_join_none() -> None:
    previous = result_of([0, 0, 1, 1])
    joined = assign_to_topics(
        previous, np.array([[1, 0.1, 0, 0], [0, 3, 0, 0], [0, 0, 1, 0]], dtype=np.float32)
    )
    assert joined.assignments == (0, 1, -1)
    assert joined.notices[0].count == 1
    assert assign_to_topics(previous, np.zeros((0, 4), dtype=np.float32)).assignments == ()
    strangers = assign_to_topics(previous, np.tile([0, 0, 1, 0], (6, 1)).astype(np.float32))
    assert "draw topics anew" in strangers.advice
    with pytest.raises(ModelError):
        assign_to_topics(previous, np.ones((2, 3), dtype=np.float32))


def test_a_new_run_takes_over_the_old_numbers() -> None:
    previous = result_of([0, 0, 0, 1, 1])
    later = result_of([1, 1, 1, 0, 0, 0, 2], ["k0", "k1", "k2", "k3", "k4", "n1", "n2"])
    kept = keep_numbers(later, previous)
    assert kept.assignments == (0, 0, 0, 1, 1, 1, 2)
    assert kept.topics.set_index("topic")["label"].to_dict() == {0: "label 1", 1: "label 0", 2: "label 2"}
    assert kept.centres[0].tolist() == later.centres[1].tolist()
