"""Sentences and clauses of punctuated text, by offsets.

spaCy's ``sentencizer`` cuts after every stop, "Dr." and "[laughs]" included, and hands an
opening quote to the sentence before it; so the table of abbreviations is spaCy's and the
rule where a sentence ends is written here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from discovery.language.words import function_words

Bounds = tuple[int, int]

LONGEST_UNIT = 45
"""Words; a longer sentence is cut at clause marks where it has any."""

_SHORTEST_CLAUSE = 6
_STOP = re.compile(r"(?P<stop>[.!?…]+)[\"'”’»)\]]*(?P<gap>\s+)(?=\S)")
_WORD = re.compile(r"[^\W_]+(?:['’.\-&][^\W_]+)*")
_TOKEN_BEFORE = re.compile(r"\S+$")
_OPENERS = "\"'“‘«([-–—"
_NEVER_LAST = re.compile(
    r"(?:mrs?|ms|dr|prof|st|mt|gen|gov|sen|rep|rev|messrs|e\.g|i\.e|vs|v\.s|cf|viz|approx|ca)\.",
    re.IGNORECASE,
)
_SOMETIMES_LAST = re.compile(
    r"(?:etc|al|inc|ltd|co|corp|jr|sr|dept|(?:[^\W\d_]\.)*[^\W\d_])\.", re.IGNORECASE
)
_BEFORE_NUMBER = re.compile(r"(?:nos?|nr|fig|pp?|vol|sec|ext|ch|art)\.", re.IGNORECASE)
_CLAUSE_MARKS = (
    re.compile(r";\s+"),
    re.compile(r"\s*[—–]\s*|\s-{1,2}\s|:\s+"),
    re.compile(
        r",\s+(?=(?:and|so|but|because|then|and then|and so|or)\s+(?:I|we|you|they|he|she|it|that|there)\b)"
    ),
    re.compile(r",\s+(?=(?:but|because|so|although|though|whereas|while|unless|which|who|then|if|when)\b)"),
    re.compile(r",\s+(?=(?:and|or)\b)"),
    re.compile(r"\s+(?=because\b)"),
    re.compile(r",\s+"),
)


def sentences(text: str) -> list[Bounds]:
    """Cut text into sentences, none of them just a noise mark such as [laughs].

    Args:
        text: Single-spaced text.

    Returns:
        Half-open bounds in order; only white space lies between them.

    >>> text = "See Dr. Lund. [laughs] No. 5 it is!"
    >>> [text[start:end] for start, end in sentences(text)]
    ['See Dr. Lund.', '[laughs] No. 5 it is!']
    """
    cuts = [found.end() for found in _STOP.finditer(text) if _ends(text, found)]
    return join_wordless(text, between(text, cuts))


def clauses(text: str, bounds: Bounds) -> list[Bounds]:
    """Cut a sentence longer than :data:`LONGEST_UNIT` words at its clause marks, best mark first.

    Args:
        text: The text the sentence is part of.
        bounds: The sentence.

    Returns:
        Bounds of its clauses, or the sentence itself when it is short or has no mark.
    """
    start, end = bounds
    if count_words(text[start:end]) <= LONGEST_UNIT:
        return [bounds]
    cut = _best_cut(text, start, end)
    if cut is None:
        return [bounds]
    return [part for half in between(text, [cut], start, end) for part in clauses(text, half)]


def between(text: str, cuts: Iterable[int], start: int = 0, end: int | None = None) -> list[Bounds]:
    """Turn cut positions into bounds without the white space around them, empty ones left out."""
    stop = len(text) if end is None else end
    edges = [start, *cuts, stop]
    bounds = []
    for left, right in pairwise(edges):
        piece = text[left:right]
        if piece.strip():
            bounds.append((left + len(piece) - len(piece.lstrip()), left + len(piece.rstrip())))
    return bounds


def join_wordless(text: str, bounds: list[Bounds]) -> list[Bounds]:
    """Join pieces without a word, such as "[laughs]" or "...", to the piece before, else after."""
    joined: list[Bounds] = []
    for start, end in bounds:
        if joined and not (_has_word(text[start:end]) and _has_word(text[slice(*joined[-1])])):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def count_words(text: str) -> int:
    """Count words; noise marks and punctuation are none.

    >>> count_words("Well -- it's 3.5 per-cent.")
    4
    """
    return sum(1 for _ in _WORD.finditer(text))


def _ends(text: str, found: re.Match[str]) -> bool:
    """Tell whether the stop found closes a sentence."""
    stop, after = found["stop"], text[found.end() :].lstrip(_OPENERS)[:24]
    closed_quote = found.end("stop") < found.start("gap")
    lower = after[:1].islower()
    if lower and closed_quote:
        return False
    if set(stop) <= {".", "…"} and (len(stop) > 1 or stop == "…"):
        return not lower and not re.match(r"I\b", after)
    return stop != "." or not _is_abbreviation(text, found, after)


def _is_abbreviation(text: str, found: re.Match[str], after: str) -> bool:
    before = _TOKEN_BEFORE.search(text, max(0, found.start() - 24), found.end("stop"))
    token = before.group().lstrip(_OPENERS) if before else ""
    if _NEVER_LAST.fullmatch(token):
        return True
    if _BEFORE_NUMBER.fullmatch(token):
        return after[:1].isdigit()
    if token not in _abbreviations() and not _SOMETIMES_LAST.fullmatch(token):
        return False
    following = re.match(r"[^\W\d_]+", after)
    return not (following and after[0].isupper() and following.group().lower() in function_words())


def _best_cut(text: str, start: int, end: int) -> int | None:
    """Choose the most balanced cut at the strongest kind of clause mark."""
    middle = (start + end) / 2
    for mark in _CLAUSE_MARKS:
        cuts = [
            found.end()
            for found in mark.finditer(text, start, end)
            if count_words(text[start : found.end()]) >= _SHORTEST_CLAUSE
            and count_words(text[found.end() : end]) >= _SHORTEST_CLAUSE
        ]
        if cuts:
            return min(cuts, key=lambda cut: (abs(cut - middle), cut))
    return None


def _has_word(piece: str) -> bool:
    return _WORD.search(re.sub(r"\[[^\]]*\]|\([^)]{0,20}\)|\*[^*]*\*", " ", piece)) is not None


@cache
def _abbreviations() -> frozenset[str]:
    from spacy.lang.en import EnglishDefaults

    return frozenset(word for word in EnglishDefaults.tokenizer_exceptions if word.endswith("."))
