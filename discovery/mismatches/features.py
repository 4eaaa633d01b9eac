"""Step two: what speaks for and against a pair, as numbers one can read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from discovery.language.words import content_words
from discovery.mismatches.pairs import Floats, Pairs, Talk

Rows = NDArray[np.int64]

CUES: dict[str, re.Pattern[str]] = {
    "past": re.compile(
        r"\b(?:used to|no longer|any ?more|back then|until (?:last|about|\d{4})|stopped|dropped|got rid of"
        r"|scrapped|we quit|in the old days|years ago|changed (?:that|it)|not since)\b",
        re.IGNORECASE,
    ),
    "else": re.compile(
        r"\b(?:(?:other|bigger|big|most|some) (?:compan|firm|shop|place|outfit|employer|operator|agenc)\w*"
        r"|competitors?|down the road|across the (?:road|street)|next door|my (?:last|previous|old|former)"
        r"|where i (?:was|worked) before|a friend of mine|i hear)\b",
        re.IGNORECASE,
    ),
    "hypothetical": re.compile(
        r"\b(?:if (?:we|i|they) (?:ever|had|could|were|did|got)|would (?:be|have)|one day|might|maybe we"
        r"|thinking (?:about|of)|plan(?:ning)? to|next year|in theory|wish)\b",
        re.IGNORECASE,
    ),
    "law": re.compile(
        r"\b(?:law|legal(?:ly)?|licen[cs]\w*|regulat\w*|clearance|statut\w*|inspector|insur\w*|compliance"
        r"|by contract|the act)\b",
        re.IGNORECASE,
    ),
    "denied": re.compile(
        r"^(?:no|nope|not really|oh no|god no|hardly)\b|\b(?:that's not|isn't true|wouldn't say|don't agree"
        r"|don't think (?:so|that))\b",
        re.IGNORECASE,
    ),
}
"""Wording that often takes a unit out of the running; the pair model learns how much each counts."""

_SIDE = (
    "logit",
    "top",
    "margin",
    "rank",
    "decoy",
    "other_side",
    "stance",
    "facet",
    "claim",
    "length",
    "strong",
)
_SHARED = (
    "sum",
    "least",
    "same_turn",
    "next_turn",
    "distance",
    "stated_first",
    "share_stated",
    "share_actual",
    "alike_units",
    "alike_questions",
    "alike_turns",
    "shared_words",
    "kind_mass",
)


@dataclass(frozen=True, slots=True)
class Heads:
    """What the side model says of n units, as probabilities.

    Args:
        stated: (n, k) that a unit is the stated side of each of k types.
        actual: (n, k) likewise for the actual side.
        stance: (n, 7) that a coder would give the unit each stance.
        facet: (n, 12) likewise for each facet.
        decoy: (n,) that it tempts without being evidence.
    """

    stated: Floats
    actual: Floats
    stance: Floats
    facet: Floats
    decoy: Floats


def feature_names(kinds: Sequence[str]) -> tuple[str, ...]:
    """Name the columns of :func:`pair_features` for types of these keys."""
    own = (*_SIDE, *CUES, *(f"turn_{cue}" for cue in CUES))
    sides = [f"{side}_{name}" for side in ("stated", "actual") for name in own]
    return (*sides, *_SHARED, *(f"type_{kind}" for kind in kinds))


def pair_features(talk: Talk, heads: Heads, pairs: Pairs, stances: Floats, facets: Floats) -> Floats:
    """Describe each pair by numbers.

    Args:
        talk: The employer's units.
        heads: What the side model says of them.
        pairs: (p, 3) rows of type number, stated unit, actual unit.
        stances: (2, k, 7) ones where a type's stated and actual side may have a stance.
        facets: (2, k, 12) likewise for facets.

    Returns:
        (p, f) array, its columns named by :func:`feature_names`.
    """
    kind, stated, actual = pairs.T
    cues = _cues(talk)
    halves = [
        _side(heads.stated, heads.actual, heads, kind, stated, talk, cues, stances[0], facets[0]),
        _side(heads.actual, heads.stated, heads, kind, actual, talk, cues, stances[1], facets[1]),
    ]
    types = np.eye(heads.stated.shape[1], dtype=np.float32)[kind]
    return np.hstack([*halves, _shared(talk, heads, pairs), types]).astype(np.float32)


def logit(p: Floats) -> Floats:
    """Turn probabilities into log odds, kept within about -9 and 9."""
    inside = np.clip(p, 1e-4, 1 - 1e-4)
    return np.asarray(np.log(inside / (1 - inside)), dtype=np.float32)


def _side(
    own: Floats,
    other: Floats,
    heads: Heads,
    kind: Rows,
    unit: Rows,
    talk: Talk,
    cues: Floats,
    stances: Floats,
    facets: Floats,
) -> Floats:
    odds = logit(own)
    order = np.argsort(np.argsort(-own, axis=0, kind="stable"), axis=0, kind="stable")
    at = odds[unit, kind]
    rivals = odds[unit].copy()
    rivals[np.arange(len(kind)), kind] = -np.inf
    lengths = np.array([len(u.span.quote.split()) for u in talk.units], dtype=np.float32)
    columns = [
        at,
        at - odds.max(axis=0)[kind],
        at - rivals.max(axis=1),
        np.log1p(order[unit, kind]),
        logit(heads.decoy)[unit],
        logit(other)[unit, kind],
        (heads.stance[unit] * stances[kind]).sum(axis=1),
        (heads.facet[unit] * facets[kind]).sum(axis=1),
        heads.stance[unit].sum(axis=1),
        np.log1p(lengths[unit]),
        (own > 0.2).sum(axis=0)[kind],
    ]
    return np.column_stack([*columns, cues[unit]])


def _shared(talk: Talk, heads: Heads, pairs: Pairs) -> Floats:
    kind, stated, actual = pairs.T
    first, second = logit(heads.stated)[stated, kind], logit(heads.actual)[actual, kind]
    distance = np.abs(talk.places[stated] - talk.places[actual])
    alike = [(talk.part(n)[stated] * talk.part(n)[actual]).sum(axis=1) for n in range(3)]
    words = [content_words(unit.span.quote) for unit in talk.units]
    common = [len(words[s] & words[a]) for s, a in zip(stated, actual, strict=True)]
    mass = np.log(heads.stated.max(axis=0) * heads.actual.max(axis=0) + 1e-4)
    return np.column_stack(
        [
            first + second,
            np.minimum(first, second),
            distance == 0,
            (distance > 0) & (distance <= 2),
            np.log1p(np.minimum(distance, 60)),
            talk.places[stated] < talk.places[actual],
            talk.shares[stated],
            talk.shares[actual],
            *alike,
            np.minimum(common, 4),
            mass[kind],
        ]
    )


def _cues(talk: Talk) -> Floats:
    """(n, 2 c) ones where a cue is in the unit, then where it is in the unit's turn."""
    rows = [
        [
            *(bool(cue.search(unit.span.quote)) for cue in CUES.values()),
            *(bool(cue.search(turn)) for cue in CUES.values()),
        ]
        for unit, turn in zip(talk.units, talk.turns, strict=True)
    ]
    return np.array(rows, dtype=np.float32).reshape(len(rows), 2 * len(CUES))
