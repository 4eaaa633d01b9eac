"""Learn where units of machine speech end.

Punctuated interviews teach it with their punctuation taken away; in interviews written by
machines the edges of marked claims are ends of units, and there is none inside a claim.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from discovery.language.sentences import sentences
from discovery.language.speech import WEIGHTS, is_unpunctuated, plain_tokens, signs
from discovery.records import AnnotatedInterview, Span, Turn

_LEAST_SEEN = 12
_STRENGTH = 0.3
_CLAIM_WEIGHT = 3.0
_LEAST_WEIGHT = 0.005


@dataclass(slots=True)
class _Gaps:
    """Gaps between words: what they show, whether a unit ends there, how much they count."""

    shown: list[list[str]] = field(default_factory=list)
    ends: list[bool] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def add(self, tokens: Sequence[str], place: int, end: bool, weight: float) -> None:
        self.shown.append(list(signs(tokens, place)))
        self.ends.append(end)
        self.weights.append(weight)


def train_speech(interviews: Iterable[AnnotatedInterview], folder: Path) -> dict[str, Any]:
    """Learn the weights of words around the ends of units and write ``speech.json``.

    Args:
        interviews: Annotated interviews.
        folder: Where to write.

    Returns:
        What was written: version, intercept, weights and counts.
    """
    learned = learn_speech(interviews)
    written = json.dumps(learned, ensure_ascii=False, indent=0, sort_keys=True)
    (folder / WEIGHTS.name).write_text(written + "\n", encoding="utf-8")
    return learned


def learn_speech(interviews: Iterable[AnnotatedInterview]) -> dict[str, Any]:
    """Learn the weights without writing them; the same interviews give the same weights."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    gaps = _gaps(interviews)
    seen = Counter(sign for shown in gaps.shown for sign in shown)
    kept = [{sign: 1.0 for sign in shown if seen[sign] >= _LEAST_SEEN} for shown in gaps.shown]
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=_STRENGTH, max_iter=500)
    model.fit(vectorizer.fit_transform(kept), gaps.ends, sample_weight=gaps.weights)
    weights = dict(zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True))
    return {
        "version": "speech/1",
        "gaps": len(gaps.ends),
        "ends": sum(gaps.ends),
        "intercept": round(float(model.intercept_[0]), 3),
        "weights": {sign: round(float(w), 3) for sign, w in weights.items() if abs(w) >= _LEAST_WEIGHT},
    }


def without_punctuation(text: str) -> tuple[str, set[int]]:
    """Write a text as machines do: small letters, no stops, no commas.

    Returns:
        The words in a row, and the offsets in it at which a sentence starts; the first is left out.

    >>> without_punctuation("We hire. Then, they leave!")
    ('we hire then they leave', {8})
    """
    written, starts = "", set()
    for start, end in sentences(text):
        spoken = " ".join(token for token in plain_tokens(text[start:end]) if token)
        if written and spoken:
            starts.add(len(written) + 1)
        written = f"{written} {spoken}".strip()
    return written, starts


def _gaps(interviews: Iterable[AnnotatedInterview]) -> _Gaps:
    gaps = _Gaps()
    for interview in interviews:
        for turn in interview.turns:
            if is_unpunctuated(turn.text):
                claims = [c.span for c in interview.claims if c.span.turn == turn.number]
                _add_claim_edges(gaps, turn, claims)
            else:
                _add_sentence_ends(gaps, turn)
    return gaps


def _add_sentence_ends(gaps: _Gaps, turn: Turn) -> None:
    written, starts = without_punctuation(turn.text)
    tokens = written.split()
    for place, offset in enumerate(_offsets(tokens)):
        if place:
            gaps.add(tokens, place, offset in starts, 1.0)


def _add_claim_edges(gaps: _Gaps, turn: Turn, claims: Sequence[Span]) -> None:
    spoken, tokens = turn.text.split(" "), plain_tokens(turn.text)
    edges = {edge for claim in claims for edge in (claim.start, claim.end + 1)}
    for place, offset in enumerate(_offsets(spoken)):
        inside = any(claim.start < offset < claim.end for claim in claims)
        if place and (inside or offset in edges):
            gaps.add(tokens, place, offset in edges, _CLAIM_WEIGHT)


def _offsets(tokens: Iterable[str]) -> Iterator[int]:
    """Where each word starts in the words joined by single spaces."""
    at = 0
    for token in tokens:
        yield at
        at += len(token) + 1
