"""Types a study adds: scored by likeness to its example sentences until there is something to learn from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from discovery.language import Encoder
from discovery.mismatches.catalogue import MismatchType, Side
from discovery.mismatches.features import Heads
from discovery.mismatches.pairs import Floats, Pairs, Talk, candidate_pairs
from discovery.records import Facet, Stance

_HALF = 0.55
"""Cosine with the nearest example at which a unit is as likely as not to be that side."""

_STEEP = 12.0
_CEILING = 0.8
"""Most that likeness alone can score: examples are not training."""


def score_by_examples(
    talk: Talk, heads: Heads, types: Sequence[MismatchType], numbers: Sequence[int], encoder: Encoder
) -> tuple[Pairs, Floats]:
    """Pair units for types that have examples instead of training.

    Args:
        talk: The employer's units.
        heads: Stances and facets of the units.
        types: The added types.
        numbers: Their numbers in the catalogue.
        encoder: The talk's encoder.

    Returns:
        (p, 3) pairs with catalogue numbers, and their (p,) scores.
    """
    sides = [_likeness(talk, heads, kind.stated, encoder) for kind in types]
    sides += [_likeness(talk, heads, kind.actual, encoder) for kind in types]
    scores = np.column_stack(sides)
    pairs = candidate_pairs(scores, len(types), talk.places)
    kind, stated, actual = pairs.T
    joint = np.sqrt(scores[stated, kind] * scores[actual, len(types) + kind])
    named = pairs.copy()
    named[:, 0] = np.asarray(numbers, dtype=np.int64)[kind]
    return named, np.asarray(_CEILING * joint, dtype=np.float32)


def _likeness(talk: Talk, heads: Heads, side: Side, encoder: Encoder) -> Floats:
    """(n,) likeness to the nearest example, more where stance or facet fit too."""
    nearest = (talk.part(0) @ encoder.encode(list(side.examples)).T).max(axis=1)
    stance = heads.stance[:, [list(Stance).index(s) for s in side.stances]].sum(axis=1)
    facet = heads.facet[:, [list(Facet).index(f) for f in side.facets]].sum(axis=1)
    fit = 0.05 * (np.minimum(stance, 1) + np.minimum(facet, 1)) - 0.05
    return np.asarray(1 / (1 + np.exp(-_STEEP * (nearest + fit - _HALF))), dtype=np.float32)
