"""Stated against actual for one employer at a time, and no more than its talk bears."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from discovery.records import Claim, Topic, TopicDocument
from discovery.topics.divergence import say_divergence
from discovery.topics.gaps import UNASKED, WANTED, Gap, gaps_of
from discovery.topics.intervals import Tested, divergence_test
from discovery.topics.placing import Placed, place_claims, side_counts

FEWEST = 10
"""With fewer claims of one employer on a side its topic shares say nothing."""


@dataclass(frozen=True, slots=True)
class EmployerSides:
    """What one employer asks for against what it does, over topics.

    Args:
        employer: Employer id.
        stated: Claims on the stated side that lie in a topic.
        actual: Claims on the actual side likewise.
        tested: The divergence and how sure it is; None with too little text.
        verdict: The finding in one plain sentence, ``too little text to say`` included.
        wanted: Topics asked for and never acted on, with the claims' quotes.
        unasked: Topics acted on and never asked for.
    """

    employer: str
    stated: int
    actual: int
    tested: Tested | None
    verdict: str
    wanted: tuple[Gap, ...]
    unasked: tuple[Gap, ...]


def employer_sides(
    documents: Sequence[TopicDocument],
    claims: Sequence[Claim],
    topics: Sequence[Topic],
    employers: Sequence[str],
    *,
    seed: int = 0,
    resamples: int = 1000,
) -> tuple[EmployerSides, ...]:
    """Compare what each employer asks for with what it does, topic by topic.

    Claims of one answer are resampled together; what chance gives is found by dealing the
    employer's claims to the two sides at random.

    Args:
        documents: Documents with their topics.
        claims: Claims of the same interviews; those with guards do not count.
        topics: The topics.
        employers: Ids of the employers to look at, in the order wanted.
        seed: Seed of resamples and permutations.
        resamples: How many of each.

    Returns:
        One comparison an employer, those without a claim in a topic too.

    Source: Lin 1991 (Jensen-Shannon divergence).
    """
    labels = {topic.number: topic.label for topic in topics}
    placed, _ = place_claims(documents, claims, labels)
    own: dict[str, list[Placed]] = {employer: [] for employer in employers}
    for item in placed:
        if item.claim.employer in own:
            own[item.claim.employer].append(item)
    return tuple(_compare(employer, items, labels, seed, resamples) for employer, items in own.items())


def _compare(
    employer: str, items: Sequence[Placed], labels: Mapping[int, str], seed: int, resamples: int
) -> EmployerSides:
    numbers = sorted(labels)
    stated, actual = side_counts(items, numbers).sum(axis=1).tolist() if numbers else (0, 0)
    tested = None
    if min(stated, actual) >= FEWEST:
        tested = divergence_test(_by_answer(items, numbers), seed, resamples, dealt_together=True)
    basis = f"{stated} stated and {actual} actual claims of this employer"
    gaps = gaps_of(items, labels)
    return EmployerSides(
        employer,
        stated,
        actual,
        tested,
        say_divergence(tested, basis, f"{FEWEST} a side"),
        tuple(gap for gap in gaps if gap.direction == WANTED),
        tuple(gap for gap in gaps if gap.direction == UNASKED),
    )


def _by_answer(items: Sequence[Placed], topics: Sequence[int]) -> NDArray[np.int64]:
    """Count claims answer by answer: array (answers, 2, topics), stated first."""
    answers: dict[tuple[str, int], list[Placed]] = {}
    for item in items:
        answers.setdefault((item.claim.span.source, item.claim.span.turn), []).append(item)
    return np.stack([side_counts(answers[place], topics) for place in sorted(answers)])
