"""From scored pairs to a list worth reading: one entry for each real contradiction."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from discovery.mismatches.pairs import Floats, Pairs, Talk

Ranked = tuple[int, int, int, float]
"""Type number, stated unit, actual unit, score."""


def rank_pairs(talk: Talk, pairs: Pairs, scores: Floats, limit: int = 60) -> list[Ranked]:
    """Order pairs by score and keep one of those whose two sides lie within a turn of each other.

    Args:
        talk: The employer's units.
        pairs: (p, 3) rows of type number, stated unit, actual unit.
        scores: (p,) their scores.
        limit: Most pairs to keep.
    """
    kept: list[Ranked] = []
    for number in np.argsort(-np.asarray(scores), kind="stable"):
        kind, stated, actual = (int(value) for value in pairs[number])
        if not any(k == kind and _close(talk, s, stated) and _close(talk, a, actual) for k, s, a, _ in kept):
            kept.append((kind, stated, actual, float(scores[number])))
        if len(kept) == limit:
            break
    return kept


def report_pairs(talk: Talk, ranked: Sequence[Ranked], threshold: float) -> list[Ranked]:
    """Keep what reaches the threshold; a type comes twice only with other evidence on both sides."""
    shown: list[Ranked] = []
    for kind, stated, actual, score in ranked:
        if score < threshold:
            continue
        if not any(
            k == kind and (_close(talk, s, stated) or _close(talk, a, actual)) for k, s, a, _ in shown
        ):
            shown.append((kind, stated, actual, score))
    return shown


def _close(talk: Talk, first: int, second: int) -> bool:
    one, two = talk.units[first].span, talk.units[second].span
    return one.source == two.source and abs(one.turn - two.turn) <= 1
