"""Which claim stands on which side, in which topic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from discovery.records import ACTUAL_STANCES, STATED_STANCES, Claim, Notice, NoticeKind, TopicDocument

STATED, ACTUAL = "stated", "actual"


@dataclass(frozen=True, slots=True)
class Placed:
    """One claim on one side, in one topic."""

    claim: Claim
    topic: int
    side: str


def place_claims(
    documents: Sequence[TopicDocument], claims: Sequence[Claim], labels: Mapping[int, str]
) -> tuple[list[Placed], tuple[Notice, ...]]:
    """Put each claim on its side and into the topic of the document it lies in."""
    by_turn: dict[tuple[str, int], list[TopicDocument]] = {}
    for document in documents:
        by_turn.setdefault((document.span.source, document.span.turn), []).append(document)
    placed, outside, without = [], 0, 0
    for claim in claims:
        side = _side(claim)
        if side is None:
            continue
        here = [
            d for d in by_turn.get((claim.span.source, claim.span.turn), []) if d.span.overlaps(claim.span)
        ]
        if not here:
            outside += 1
        else:
            topic = max(here, key=lambda d: (d.span.shared(claim.span), -d.span.start)).topic
            without += topic not in labels
            placed += [Placed(claim, topic, side)] if topic in labels else []
    counts = [
        ("claims outside every document, not counted", outside),
        ("claims in documents of no topic", without),
    ]
    return placed, tuple(Notice("topics", NoticeKind.DROPPED, what, count=n) for what, n in counts if n)


def _side(claim: Claim) -> str | None:
    """Tell the side of a claim; None where it is no evidence or could stand on both."""
    stated, actual = claim.stance in STATED_STANCES, claim.stance in ACTUAL_STANCES
    if claim.guards or stated == actual:
        return None
    return STATED if stated else ACTUAL


def side_counts(placed: Sequence[Placed], topics: Sequence[int]) -> NDArray[np.int64]:
    """Count claims: array (2, topics), stated first."""
    counts = np.zeros((2, len(topics)), dtype=np.int64)
    place = {topic: at for at, topic in enumerate(topics)}
    for item in placed:
        counts[int(item.side == ACTUAL), place[item.topic]] += 1
    return counts
