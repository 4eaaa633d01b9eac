"""The words of a unit, its turn and its question as hashed counts: what sentence vectors blur."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import HashingVectorizer

Rows = Any
"""A sparse (n, w) matrix; SciPy carries no types."""

WORDING = "wording/1"
WIDTH = 2**14 + 2**13 + 2**12
"""Columns: words and word pairs of the unit, words of its turn, words of the question."""

_WORD = r"(?u)\b\w[\w']*\b"
_QUESTION = 0.7


def word_rows(units: Sequence[str], turns: Sequence[str], questions: Sequence[str]) -> Rows:
    """Count the words of n units with their turns and questions.

    Args:
        units: Text of each unit.
        turns: Text of the turn each is from.
        questions: What was asked before it; empty where nothing was.

    Returns:
        A sparse (n, :data:`WIDTH`) matrix; each of the three parts has unit length.

    Source: Weinberger et al. 2009, "Feature hashing for large scale multitask learning".
    """
    if not units:
        return csr_matrix((0, WIDTH), dtype="float32")
    parts = (
        _hashed(2**14, (1, 2), units),
        _hashed(2**13, (1, 1), turns),
        _hashed(2**12, (1, 1), questions) * _QUESTION,
    )
    return hstack(parts, format="csr", dtype="float32")


def _hashed(width: int, lengths: tuple[int, int], texts: Sequence[str]) -> Rows:
    plain = [text.replace("’", "'") for text in texts]
    return HashingVectorizer(
        n_features=width, ngram_range=lengths, alternate_sign=False, binary=True, token_pattern=_WORD
    ).transform(plain)
