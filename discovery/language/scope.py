"""Which turns are about hiring and developing people at all: small talk and other subjects hold no claims.

A turn is judged by the talk around it, as one turn says too little: the mean of the vectors of the
turns near it is held against the mean of talk that holds claims, as annotated interviews show it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from discovery.errors import ModelError
from discovery.language.encoder import Encoder
from discovery.records import AnnotatedInterview, Turn

Vectors = NDArray[np.float32]

_FOLDER = Path(__file__).parent
_WEIGHTS, _MANIFEST = "scope.safetensors", "scope.json"

_NEAR = 8
"""Turns on either side that are heard together with a turn."""

_LONGEST = 80
"""Words of a turn that count: one long answer must not speak for all around it."""

_LEAST_NEAR = 150
"""Words around a turn that a judgement needs."""

_LEAST_TALK = 600
"""Words of a whole talk that a judgement on it needs."""

_LOST = 0.002
"""Share of the turns with claims that may fall outside, in interviews that have not been learned from."""

_MARGIN = 0.05
"""How far below the least likely annotated interview a whole talk must be."""

Place = tuple[str, int]
"""Transcript and turn number."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What hiring talk sounds like.

    Args:
        encoder: Name of the encoder.
        direction: (m,) mean direction of annotated interviews.
        least_near: Least cosine of the talk around a turn.
        least_talk: Least cosine of a whole talk.
    """

    encoder: str
    direction: Vectors
    least_near: float
    least_talk: float


def outside_scope(turns: Sequence[Turn], encoder: Encoder) -> frozenset[Place]:
    """Find the turns that are part of talk about something else than hiring and developing people.

    Args:
        turns: Turns of one or several transcripts, both sides.
        encoder: The encoder the scope was learned with; for any other nothing is outside.

    Returns:
        Transcript and number of each turn outside. Where there is too little talk to judge, no
        turn is.

    Raises:
        ModelError: The weights are missing or altered.
    """
    scope = shipped_scope()
    if encoder.name != scope.encoder:
        return frozenset()
    outside: set[Place] = set()
    ordered = sorted(turns, key=lambda turn: (turn.source, turn.number))
    for _, group in groupby(ordered, key=lambda turn: turn.source):
        talk = list(group)
        vectors, words = _weighed(talk, encoder)
        whole = float(_directions(vectors.sum(axis=0, keepdims=True))[0] @ scope.direction)
        if words.sum() >= _LEAST_TALK and whole < scope.least_talk:
            outside |= {(turn.source, turn.number) for turn in talk}
            continue
        likeness = _directions(_near(vectors)) @ scope.direction
        low = (likeness < scope.least_near) & (_near(words[:, None])[:, 0] >= _LEAST_NEAR)
        outside |= {(talk[at].source, talk[at].number) for at in np.flatnonzero(low)}
    return frozenset(outside)


def train_scope(interviews: Iterable[AnnotatedInterview], encoder: Encoder, folder: Path) -> dict[str, Any]:
    """Learn what hiring talk sounds like and write weights and manifest.

    The bounds are taken from interviews that the direction has not been learned from, one by one.

    Args:
        interviews: Annotated interviews, two at least.
        encoder: The encoder the weights will belong to.
        folder: Where ``scope.safetensors`` and ``scope.json`` go.

    Returns:
        The manifest.
    """
    from safetensors.numpy import save

    weighed = [(interview, _weighed(interview.turns, encoder)[0]) for interview in interviews]
    wholes = np.stack([_unit(vectors.sum(axis=0)) for _, vectors in weighed])
    direction = _unit(wholes.sum(axis=0))
    near: list[float] = []
    talks: list[float] = []
    for (interview, vectors), whole in zip(weighed, wholes, strict=True):
        others = _unit(wholes.sum(axis=0) - whole)
        talks.append(float(whole @ others))
        likeness = _directions(_near(vectors)) @ others
        marked = {claim.span.turn for claim in interview.claims}
        near += [float(likeness[at]) for at, turn in enumerate(interview.turns) if turn.number in marked]
    data = save({"direction": direction.astype(np.float32)})
    manifest = {
        "model": "scope/1",
        "encoder": encoder.name,
        "interviews": len(weighed),
        "least_near": round(float(np.quantile(near, _LOST)), 4),
        "least_talk": round(min(talks) - _MARGIN, 4),
        "licence": "MIT",
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    (folder / _WEIGHTS).write_bytes(data)
    (folder / _MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    return manifest


@cache
def shipped_scope() -> Scope:
    """Load the scope that comes with the package, once, after checking it.

    Raises:
        ModelError: The weights are missing or altered.
    """
    from safetensors.numpy import load

    weights, manifest = _FOLDER / _WEIGHTS, _FOLDER / _MANIFEST
    for path in (weights, manifest):
        if not path.is_file():
            raise ModelError("model.missing", file=path.name)
    facts, data = json.loads(manifest.read_text(encoding="utf-8")), weights.read_bytes()
    if hashlib.sha256(data).hexdigest() != facts["sha256"]:
        raise ModelError("model.altered", file=weights.name)
    return Scope(facts["encoder"], load(data)["direction"], facts["least_near"], facts["least_talk"])


def _weighed(turns: Sequence[Turn], encoder: Encoder) -> tuple[Vectors, NDArray[np.int64]]:
    """Give (n, m) vectors of the turns, longer ones counting more, and their words."""
    words = np.array([len(turn.text.split()) for turn in turns], dtype=np.int64)
    vectors = encoder.encode([turn.text for turn in turns])
    return np.asarray(vectors * np.minimum(words, _LONGEST)[:, None], dtype=np.float32), words


def _near(rows: NDArray[Any]) -> NDArray[np.float64]:
    """Sum each of n rows with those near it."""
    sums = np.vstack([np.zeros((1, rows.shape[1])), np.cumsum(rows, axis=0, dtype=np.float64)])
    places = np.arange(len(rows))
    last = np.minimum(places + _NEAR + 1, len(rows))
    return np.asarray(sums[last] - sums[np.maximum(places - _NEAR, 0)], dtype=np.float64)


def _directions(sums: NDArray[Any]) -> Vectors:
    """Bring (k, m) sums of vectors to unit length; nothing said stays zero."""
    lengths = np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
    return np.asarray(sums / lengths, dtype=np.float32)


def _unit(vector: Vectors) -> Vectors:
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)
