"""How well the words of topics belong together, and how little topics repeat each other."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from discovery.topics.words import TOKEN, tidy

_PLAIN_WORD = r"(?u)\b\w\w+\b"
"""scikit-learn's default word, so that words of any topic model are found the way it cut them."""


def npmi(topics: Sequence[Sequence[str]], texts: Sequence[str], most: int = 10) -> float | None:
    """Measure how much the words of each topic keep company: 1 always together, 0 by chance, -1 never.

    The window is the whole text, as suits answers of under a hundred words; a pair that never
    shares a text counts as -1, and word sequences count where their words follow each other.

    Args:
        topics: Leading words of each topic, best first.
        texts: The texts the words are looked up in.
        most: Words of a topic that count.

    Returns:
        The mean over topics of the mean over word pairs, from -1 to 1; None when no topic has
        two words that occur.

    Source: Bouma 2009, "Normalized (pointwise) mutual information in collocation extraction";
        averaged as in Lau, Newman & Baldwin 2014, "Machine reading tea leaves".

    >>> round(npmi([["cat", "dog"]], ["cat dog", "cat dog", "bird"]), 6)
    1.0
    >>> npmi([["cat", "dog"]], ["cat", "dog", "cat", "dog"])
    -1.0
    """
    leading = [[word for word in words if word][:most] for words in topics]
    places = _places({word for words in leading for word in words}, texts)
    means = []
    for words in leading:
        pairs = [(a, b) for a, b in combinations(words, 2) if places[a] and places[b]]
        if pairs:
            means.append(sum(_pair(places[a], places[b], len(texts)) for a, b in pairs) / len(pairs))
    return sum(means) / len(means) if means else None


def diversity(topics: Sequence[Sequence[str]], most: int = 10) -> float | None:
    """Measure how little topics repeat each other: the share of different words among all leading words.

    Args:
        topics: Leading words of each topic, best first.
        most: Words of a topic that count.

    Returns:
        From near 0 (all topics alike) to 1 (no word twice); None without words.

    Source: Dieng, Ruiz & Blei 2020, "Topic modeling in embedding spaces".

    >>> diversity([["a", "b"], ["b", "c"]])
    0.75
    """
    leading = [word for words in topics for word in [word for word in words if word][:most]]
    return len(set(leading)) / len(leading) if leading else None


def _pair(left: set[int], right: set[int], total: int) -> float:
    both = len(left & right)
    if not both:
        return -1.0
    if both == total:
        return 1.0
    information = math.log(both * total / (len(left) * len(right)))
    return information / -math.log(both / total)


def _places(terms: set[str], texts: Sequence[str]) -> dict[str, set[int]]:
    """Find the texts each term occurs in, word by word."""
    longest = max((len(term.split()) for term in terms), default=1)
    places: dict[str, set[int]] = defaultdict(set)
    for at, text in enumerate(texts):
        whole = tidy(text)
        for sequence in (re.findall(TOKEN, whole), re.findall(_PLAIN_WORD, whole)):
            for length in range(1, longest + 1):
                for start in range(len(sequence) - length + 1):
                    term = " ".join(sequence[start : start + length])
                    if term in terms:
                        places[term].add(at)
    return places
