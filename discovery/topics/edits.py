"""What people decide about topics: names, merges and splits that survive new runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from discovery.errors import TopicsError
from discovery.records import Notice, NoticeKind, TopicEdit
from discovery.topics.result import COLUMNS, TopicResult

if TYPE_CHECKING:
    import pandas as pd

_SAME_TOPIC = 0.5
"""A topic is the one a decision was about when it holds this share of the texts it then had."""


def rename_topic(
    result: TopicResult, topic: int, label: str, *, coder: str, at: str, memo: str = ""
) -> TopicEdit:
    """Record that a person gives a topic another name.

    Args:
        result: The topics the person saw.
        topic: Number of the topic.
        label: The new name.
        coder: Who decides.
        at: When, as an ISO 8601 time.
        memo: Why.

    Raises:
        TopicsError: There is no such topic, or the name is empty.
    """
    _check_label(label)
    return TopicEdit("rename", (_members(result, topic),), (label.strip(),), coder, at, memo)


def merge_topics(
    result: TopicResult, topics: Sequence[int], label: str, *, coder: str, at: str, memo: str = ""
) -> TopicEdit:
    """Record that a person takes several topics for one.

    Args:
        result: The topics the person saw.
        topics: Numbers of two or more topics.
        label: Name of the topic they become.
        coder: Who decides.
        at: When, as an ISO 8601 time.
        memo: Why.

    Raises:
        TopicsError: A topic does not exist, or there are fewer than two.
    """
    _check_label(label)
    if len(set(topics)) < 2:
        raise TopicsError("topics.edit", reason="a merge needs two topics or more")
    members = tuple(_members(result, topic) for topic in sorted(set(topics)))
    return TopicEdit("merge", members, (label.strip(),), coder, at, memo)


def split_topic(
    result: TopicResult,
    topic: int,
    parts: Mapping[str, Sequence[int]],
    *,
    coder: str,
    at: str,
    memo: str = "",
) -> TopicEdit:
    """Record that a person cuts a topic into parts.

    Args:
        result: The topics the person saw.
        topic: Number of the topic.
        parts: For each new name, indices of texts that belong to it.
        coder: Who decides.
        at: When, as an ISO 8601 time.
        memo: Why.

    Raises:
        TopicsError: There are fewer than two parts, or a part is empty or reaches beyond the topic.
    """
    if len(parts) < 2:
        raise TopicsError("topics.edit", reason="a split needs two parts or more")
    inside = {index for index, number in enumerate(result.assignments) if number == topic}
    for label, indices in parts.items():
        _check_label(label)
        if not indices or not set(indices) <= inside:
            raise TopicsError("topics.edit", reason=f"a part is empty or reaches beyond topic {topic}")
    members = tuple(tuple(sorted({result.keys[at] for at in indices})) for indices in parts.values())
    return TopicEdit("split", members, tuple(label.strip() for label in parts), coder, at, memo)


def apply_topic_edits(
    result: TopicResult, edits: Sequence[TopicEdit], vectors: NDArray[np.float32] | None = None
) -> TopicResult:
    """Put people's decisions on freshly drawn topics, oldest first.

    A decision finds its topic by the texts it then held, not by its number. Numbers stay as
    they are: a merged topic keeps the lowest of its numbers, further parts of a split get new
    ones at the end.

    Args:
        result: Topics as drawn.
        edits: Decisions, in any order; they are applied by time.
        vectors: Array (n, m) of the texts; lets texts a split did not name join the closest
            part. Without it they stay with the first part.

    Returns:
        The topics with the decisions in force, and a notice for each decision whose topic did
        not come back.
    """
    for edit in sorted(edits, key=lambda edit: (edit.at, edit.kind, edit.labels, edit.members)):
        found = [_find(result, group) for group in edit.members]
        if edit.kind == "split":
            result = _split(result, edit, vectors)
        elif any(topic is None for topic in found):
            result = _not_applied(result)
        else:
            topics = sorted({topic for topic in found if topic is not None})
            result = _relabel(_join(result, topics), topics[0], edit.labels[0], edit.coder)
    return result


def _split(result: TopicResult, edit: TopicEdit, vectors: NDArray[np.float32] | None) -> TopicResult:
    """Cut the topic that still holds most of the named texts."""
    topic = _find(result, tuple(key for group in edit.members for key in group))
    part_of = {key: part for part, group in enumerate(edit.members) for key in group}
    inside = [at for at, number in enumerate(result.assignments) if number == topic]
    named = {at: part_of[result.keys[at]] for at in inside if result.keys[at] in part_of}
    if topic is None or set(named.values()) != set(range(len(edit.members))):
        return _not_applied(result)
    parts = _closest_parts(inside, named, vectors)
    last = int(result.topics["topic"].max())
    numbers = [topic, *range(last + 1, last + len(edit.members))]
    assignments = list(result.assignments)
    for at in inside:
        assignments[at] = numbers[parts[at]]
    rows = [row for row in _rows(result.topics) if row["topic"] != topic]
    whole = next(row for row in _rows(result.topics) if row["topic"] == topic)
    for part, (number, label) in enumerate(zip(numbers, edit.labels, strict=True)):
        texts = [at for at in inside if parts[at] == part]
        quote = max(texts, key=lambda at: (result.fits[at], -at))
        cut = {"topic": number, "label": label, "size": len(texts), "quote": quote, "decided_by": edit.coder}
        rows.append({**whole, **cut, "stability": None, "overlap": None, "holds": None})
    return replace(result, assignments=tuple(assignments), topics=_frame(rows))


def _closest_parts(
    inside: Sequence[int], named: Mapping[int, int], vectors: NDArray[np.float32] | None
) -> dict[int, int]:
    """Give every text of a split topic a part: the one it was named for, else the closest."""
    if vectors is None:
        return {at: named.get(at, 0) for at in inside}
    parts = range(max(named.values()) + 1)
    centres = np.stack([vectors[[at for at in named if named[at] == part]].mean(axis=0) for part in parts])
    distance = {at: ((vectors[at] - centres) ** 2).sum(axis=1) for at in inside}
    return {at: named.get(at, int(distance[at].argmin())) for at in inside}


def _join(result: TopicResult, topics: Sequence[int]) -> TopicResult:
    """Make one topic of several, under the lowest number."""
    if len(topics) == 1:
        return result
    kept, gone = topics[0], set(topics[1:])
    assignments = tuple(kept if topic in gone else topic for topic in result.assignments)
    rows = _rows(result.topics)
    merged = [row for row in rows if row["topic"] in topics]
    words = list(dict.fromkeys(word for place in _words_by_rank(merged) for word in place))
    largest = max(merged, key=lambda row: (row["size"], -row["topic"]))
    for row in rows:
        if row["topic"] == kept:
            row.update(
                words=tuple(words[: max(len(row["words"]) for row in merged)]),
                size=sum(row["size"] for row in merged),
                quote=largest["quote"], theme=largest["theme"], stability=None, overlap=None, holds=None,
            )  # fmt: skip
    return replace(
        result, assignments=assignments, topics=_frame([r for r in rows if r["topic"] not in gone])
    )


def _words_by_rank(rows: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """Line up the words of several topics by rank, so that a merged list takes turns.

    >>> _words_by_rank([{"words": ("a", "b")}, {"words": ("c",)}])
    [['a', 'c'], ['b']]
    """
    longest = max(len(row["words"]) for row in rows)
    return [[row["words"][rank] for row in rows if rank < len(row["words"])] for rank in range(longest)]


def _relabel(result: TopicResult, topic: int, label: str, coder: str) -> TopicResult:
    rows = _rows(result.topics)
    for row in rows:
        if row["topic"] == topic:
            row.update(label=label, decided_by=coder)
    return replace(result, topics=_frame(rows))


def _not_applied(result: TopicResult) -> TopicResult:
    notice = Notice("topics", NoticeKind.DROPPED, "decisions about topics that did not come back")
    return replace(result, notices=(*result.notices, notice))


def _find(result: TopicResult, keys: Sequence[str]) -> int | None:
    """Find the topic that holds at least half of these texts, as far as they are still there."""
    wanted = set(keys)
    present = [topic for key, topic in zip(result.keys, result.assignments, strict=True) if key in wanted]
    if not present:
        return None
    best = max(sorted(set(present)), key=present.count)
    return best if best >= 0 and present.count(best) >= _SAME_TOPIC * len(present) else None


def _members(result: TopicResult, topic: int) -> tuple[str, ...]:
    members = {key for key, number in zip(result.keys, result.assignments, strict=True) if number == topic}
    if topic < 0 or not members:
        raise TopicsError("topics.edit", reason=f"there is no topic {topic}")
    return tuple(sorted(members))


def _check_label(label: str) -> None:
    if not label.strip():
        raise TopicsError("topics.edit", reason="the name is empty")


def _rows(topics: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in topics.to_dict("records")]


def _frame(rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    import pandas as pd

    ordered = sorted(rows, key=lambda row: int(row["topic"]))
    return pd.DataFrame([[row[name] for name in COLUMNS] for row in ordered], columns=list(COLUMNS))
