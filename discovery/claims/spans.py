"""The span of a claim: the smallest piece of a unit that stands alone."""

from __future__ import annotations

import re

from discovery.language.words import plain

LONGEST_QUOTE = 40
"""Words; a longer unit is cut to the clauses that carry the claim."""

_FILLER = r"(?:um+|uh+|er+m?|hm+|mm+)"
_LIGHT = rf"(?:so|well|{_FILLER}|oh|ah|yeah|yes|yep|okay|ok|i mean|you know|you see|and then|and so|i guess)"
_SET_OFF = (
    r"(?:right|now|look|see|listen|honestly|basically|actually|anyway|to be honest|let me see|let me think"
    r"|sure|of course|obviously)"
)
_SUBJECT = rf"(?:i|we|they|you|he|she|it|the|our|my|there|most|if|for|what|people|so|and|{_FILLER})\b"
_OPENERS = re.compile(rf"(?:(?:{_LIGHT}|{_SET_OFF})[,.…;:—–-]+\s*|{_LIGHT}\s+(?={_SUBJECT}))+")
_CLOSERS = re.compile(
    r"(?:[,;]\s*(?:you know|i mean|right|really|actually|basically|so|um+|uh+|and so on))+[.?!…]*$"
)
_CLAUSE = re.compile(r"[,;:—–]\s+|\s+(?=(?:because|but|so|and then|which|who|where|when|if)\b)")
_WEIGHTY = re.compile(
    r"\b(?:we|our|i|hire\w*|want\w*|need\w*|requir\w*|must|train\w*|teach\w*|interview\w*|pay\w*|"
    r"promot\w*|degree|certificat\w*|experience\w*|recruit\w*|test\w*|look for|leave|come from|came from)\b"
)
_LEAST_WORDS = 3


def claim_bounds(text: str) -> tuple[int, int]:
    """Find where in a unit its claim begins and ends: no lead-ins, no fillers, at most 40 words.

    Args:
        text: The words of the unit.

    Returns:
        Half-open offsets into ``text``; never empty for text that holds a word.

    >>> text = "So, I mean, we only take people with a degree, you know."
    >>> start, end = claim_bounds(text)
    >>> text[start:end]
    'we only take people with a degree'
    """
    start, end = _trimmed(text, 0, len(text))
    if len(text[start:end].split()) > LONGEST_QUOTE:
        start, end = _weightiest(text, start, end)
        start, end = _trimmed(text, start, end)
    return start, end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out lead-ins and trailing fillers, unless too little would be left."""
    lowered = plain(text)
    opener = _OPENERS.match(lowered, start, end)
    first = opener.end() if opener else start
    closer = _CLOSERS.search(lowered[first:end])
    last = first + closer.start() if closer else end
    while last > first and text[last - 1] in " ,;:—–-":
        last -= 1
    if len(text[first:last].split()) < _LEAST_WORDS:
        return start, end
    return first, last


def _weightiest(text: str, start: int, end: int) -> tuple[int, int]:
    """The run of whole clauses within 40 words that speaks most of hiring and developing."""
    starts = [start, *(m.end() for m in _CLAUSE.finditer(text, start, end) if m.end() < end)]
    best, best_weight = (start, _after_words(text, start, end)), -1.0
    for first in starts:
        stops = [stop for stop in [*starts, end] if stop > first]
        fitting = [stop for stop in stops if len(text[first:stop].split()) <= LONGEST_QUOTE]
        last = fitting[-1] if fitting else _after_words(text, first, end)
        weight = len(_WEIGHTY.findall(plain(text[first:last])))
        if weight > best_weight:
            best, best_weight = (first, last), weight
    first, last = best
    return first, first + len(text[first:last].rstrip())


def _after_words(text: str, start: int, end: int) -> int:
    """Where the fortieth word from ``start`` ends."""
    ends = [m.end() for m in re.compile(r"\S+").finditer(text, start, end)]
    return ends[min(LONGEST_QUOTE, len(ends)) - 1] if ends else end
