"""The words a topic is described by: no fillers, no function words, none used for two topics."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

_STOP_WORDS = Path(__file__).parent / "stopwords.toml"

TOKEN = r"(?u)\b[^\W\d_](?:[\w'-]*[^\W_])?\b"
"""A word: letters first, hyphens and apostrophes inside (co-op, on-site, don't)."""

_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_LETTER = re.compile(r"[^\W\d_]")


@cache
def stop_words() -> frozenset[str]:
    """Return words that never describe a topic: function words, fillers, interviewer words, numbers."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    lists = tomllib.loads(_STOP_WORDS.read_text(encoding="utf-8"))
    keep = set(lists.pop("keep"))
    own = {word for group in lists.values() for word in group}
    return frozenset((ENGLISH_STOP_WORDS - keep) | own)


def tidy(text: str) -> str:
    r"""Bring a text to the form words are counted in: lower case, plain apostrophes, one line.

    >>> tidy("We’re on-site\nFRIDAYS")
    "we're on-site fridays"
    """
    return re.sub(r"\s+", " ", text.replace("’", "'").replace("‘", "'").lower()).strip()


def terms_of(text: str, ngrams: int, stopped: frozenset[str] = frozenset()) -> list[str]:
    """List the words and word sequences of a text that may describe a topic, repeats included.

    A sequence never crosses a stop word or a sentence end, so that each one was really said.
    Writing without spaces (Chinese, Japanese, Thai) is cut into pairs of characters.

    Args:
        text: Any text.
        ngrams: Longest sequence, in words.
        stopped: Stop words besides the built-in ones.

    >>> terms_of("We lost the job posting. Career fairs work.", 2)
    ['lost', 'job', 'job posting', 'posting', 'career', 'career fairs', 'fairs']
    """
    out: list[str] = []
    for sentence in re.split(r"[.!?;:,()\"“”。！？]+", tidy(text)):
        if _is_unspaced(sentence):
            letters = "".join(_LETTER.findall(sentence))
            out += [letters[at : at + 2] for at in range(len(letters) - 1)]
            continue
        out += _sequences(re.findall(TOKEN, sentence), ngrams, stop_words() | stopped)
    return out


def _sequences(tokens: Sequence[str], ngrams: int, stopped: frozenset[str]) -> list[str]:
    """List runs of up to ``ngrams`` tokens none of which is a stop word."""
    good = [_carries_content(token, stopped) for token in tokens]
    out = []
    for start in range(len(tokens)):
        for end in range(start + 1, min(start + ngrams, len(tokens)) + 1):
            if not good[end - 1]:
                break
            out.append(" ".join(tokens[start:end]))
    return out


def _carries_content(token: str, stopped: frozenset[str]) -> bool:
    stem = token.split("'")[0]
    return len(stem) > 2 and token not in stopped and stem not in stopped


def _is_unspaced(text: str) -> bool:
    letters = _LETTER.findall(text)
    return len(_UNSPACED.findall(text)) * 2 > len(letters) > 0


def vocabulary(term_lists: Sequence[Iterable[str]], most: int = 20_000) -> list[str]:
    """Choose the terms that may describe topics: said in enough texts to be more than one voice's.

    Args:
        term_lists: Terms of each text.
        most: Largest vocabulary; the most widespread terms are kept.

    Returns:
        Terms in alphabetical order, without those that half the texts use, as the function words
        of other languages do; terms of single texts only where there are no others.
    """
    spread = Counter(term for terms in term_lists for term in set(terms))
    texts = len(term_lists)
    least = 1 if texts < 10 else 2 if texts < 60 else 3 if texts < 500 else max(4, texts // 400)
    most_texts = texts if texts < 40 else texts // 2
    kept = {term: count for term, count in spread.items() if least <= count <= most_texts} or dict(spread)
    ranked = sorted(kept, key=lambda term: (-kept[term], term))[:most]
    return sorted(ranked)


def leading_words(
    scores: NDArray[np.float64], terms: Sequence[str], uses: csr_array, most: int
) -> list[list[tuple[str, float]]]:
    """Give each topic its leading terms: relevant to it more than to others, and said together.

    From the most relevant term on, a term is added while it keeps company with those before
    it more than chance would have it. That leaves out words which one anecdote brought in.

    Args:
        scores: Array (topics, terms) of relevance, 0 for terms that cannot describe a topic.
        terms: The terms.
        uses: Sparse array (terms, texts), 1 where a text uses a term.
        most: Most terms a topic gets.

    Returns:
        For each topic its terms with their relevance, best first; a term may serve two topics
        only when it is nearly as relevant to both.
    """
    highest = scores.max(axis=0)
    described = []
    for row in scores:
        ranked = np.lexsort((np.arange(len(terms)), -row))
        fitting = [at for at in ranked if row[at] > 0 and row[at] >= _SHARED * highest[at]][:_CANDIDATES]
        company = _company(uses[fitting]) if fitting else np.zeros((0, 0))
        chosen = _said_together([terms[at] for at in fitting], company, most)
        described.append([(terms[fitting[at]], float(row[fitting[at]])) for at in chosen])
    return described


_SHARED = 0.85
_CANDIDATES = 120
_COMPANY = 0.05
"""Least mean NPMI of a further term with those already chosen."""

_FEWEST_WORDS = 3


def _said_together(terms: Sequence[str], company: NDArray[np.float64], most: int) -> list[int]:
    """Choose terms in order of relevance, each keeping company with those before it."""
    chosen: list[int] = []
    spare: list[int] = []
    for at, term in enumerate(terms):
        if len(chosen) == most:
            break
        stems = _stems(term)
        if any(stems <= _stems(terms[other]) or _stems(terms[other]) <= stems for other in chosen):
            continue
        if not chosen or company[at, chosen].mean() >= _COMPANY:
            chosen.append(at)
        else:
            spare.append(at)
    missing = max(0, min(_FEWEST_WORDS, most) - len(chosen))
    return chosen + [at for at in spare if at not in chosen][:missing]


def _company(uses: csr_array) -> NDArray[np.float64]:
    """Compute the NPMI of every pair of terms over texts: array (terms, terms)."""
    together = (uses @ uses.T).toarray()
    alone = together.diagonal()
    texts = uses.shape[1]
    with np.errstate(divide="ignore", invalid="ignore"):
        values = np.log(together * texts / np.outer(alone, alone)) / -np.log(together / texts)
    values[together == 0] = -1.0
    values[together == texts] = 1.0
    return np.asarray(values, dtype=np.float64)


def _stems(term: str) -> set[str]:
    """Cut plural and verb endings, roughly: only used to tell repeats.

    >>> sorted(_stems("career fairs")) == sorted(_stems("careers fair"))
    True
    """
    return {re.sub(r"(?<=\w{3})(?:'s|ies|ing|ed|es|s|y|e)$", "", word) for word in term.split()}


def label_of(words: Sequence[str], theme: str = "") -> str:
    """Put a topic's name together: its theme, if one holds it, and its three leading words.

    >>> label_of(["referrals", "job boards", "campus", "agency"], "Finding candidates")
    'Finding candidates: referrals, job boards, campus'
    """
    leading = ", ".join(words[:3])
    if theme and leading:
        return f"{theme}: {leading}"
    return theme or leading or "(no describing words)"
