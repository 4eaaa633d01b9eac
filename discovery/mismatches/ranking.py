"""From scored pairs to a list worth reading: one entry for each real contradiction."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from discovery.mismatches.pairs import Floats, Pairs, Talk

Ranked = tuple[int, int, int, float]
"""Type number, stated unit, actual unit, score."""

_SAME_TYPE = 0.85
"""What a score keeps for each pair of its type that ranks above: an interview rarely holds two."""

_SHARED_SIDE = 0.7
"""What it keeps besides where the pair above stands on the same turn with one of its sides."""

_CONSIDERED = 600


def rank_pairs(talk: Talk, pairs: Pairs, scores: Floats, limit: int = 60) -> list[Ranked]:
    """Order pairs by what each adds to those above it.

    A pair whose two sides lie within a turn of a better pair of its type is left out. One
    that shares a side, or only the type, keeps part of its score: most contradictions are
    voiced once, so a second reading of the same type is less likely to be right.

    Args:
        talk: The employer's units.
        pairs: (p, 3) rows of type number, stated unit, actual unit.
        scores: (p,) their scores.
        limit: Most pairs to keep.

    Returns:
        Pairs with discounted scores, falling.
    """
    order = np.argsort(-np.asarray(scores), kind="stable")[:_CONSIDERED]
    kinds, stated, actual = pairs[order].T
    left = np.asarray(scores, dtype=np.float64)[order]
    kept: list[Ranked] = []
    while len(kept) < limit and (left > 0).any():
        best = int(np.argmax(left))
        kept.append((int(kinds[best]), int(stated[best]), int(actual[best]), float(left[best])))
        same = kinds == kinds[best]
        near_stated, near_actual = _close(talk, stated, stated[best]), _close(talk, actual, actual[best])
        left[same] *= _SAME_TYPE
        left[same & (near_stated ^ near_actual)] *= _SHARED_SIDE
        left[same & near_stated & near_actual] = 0
    return kept


def report_pairs(talk: Talk, ranked: Sequence[Ranked], threshold: float) -> list[Ranked]:
    """Keep what reaches the threshold; a type comes twice only with other evidence on both sides."""
    shown: list[Ranked] = []
    for pair in ranked:
        if pair[3] >= threshold and not any(_restates(talk, pair, other) for other in shown):
            shown.append(pair)
    return shown


def _restates(talk: Talk, pair: Ranked, other: Ranked) -> bool:
    kind, *sides, _ = pair
    known, *others, _ = other
    return kind == known and any(
        bool(_close(talk, np.array([one]), int(two))[0]) for one, two in zip(sides, others, strict=True)
    )


def _close(talk: Talk, units: NDArray[np.int64], one: int) -> NDArray[np.bool_]:
    """Tell which units lie within a turn of one unit; turns of another transcript never do."""
    return np.asarray(np.abs(talk.places[units] - talk.places[one]) <= 1)
