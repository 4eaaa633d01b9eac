"""Units of speech as machines write it: small letters, no punctuation, cues cut anywhere.

Each gap between two words gets the log-odds that a sentence ends there, from the words around
it (learned from punctuated interviews whose punctuation was taken away), the pause at a cue's
end, and the length of the unit it would close; the best set of cuts is found exactly.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from discovery.language.sentences import Bounds, between
from discovery.records import Cue

WEIGHTS = Path(__file__).with_name("speech.json")

LONGEST_SEGMENT = 40
"""Words; a unit of machine speech is never longer."""

_WORD = re.compile(r"\S+")
_NOISE = re.compile(r"^[\[(*].*[\])*]$")
_MARKS = re.compile(r"[.!?…,;:—–](?=\s|$)")
_STOPS = re.compile(r"[.!?…](?=\W|$)")
_LEAST_WORDS = 8
_WORDS_PER_STOP = 30
_WORDS_PER_MARK = 25
_THRESHOLD = -0.6
_SHORT, _LONG = 6, 30
_SHORT_COST, _LONG_COST = 0.2, 0.25
_PAUSES = ((1.5, 3.0), (0.8, 1.5), (0.5, 0.5))
_CUE_END = 0.2


def is_unpunctuated(text: str) -> bool:
    """Tell whether a text is written without the stops and commas that sentences need.

    >>> is_unpunctuated("so yeah we do cargo bikes right for small traders and"), is_unpunctuated("So, yes.")
    (True, False)
    """
    spoken = len(text.split())
    stops, marks = len(_STOPS.findall(text)), len(_MARKS.findall(text))
    return spoken >= _LEAST_WORDS and stops * _WORDS_PER_STOP < spoken and marks * _WORDS_PER_MARK < spoken


def segments(text: str, bounds: Bounds, cues: Sequence[Cue] = ()) -> list[Bounds]:
    """Cut unpunctuated speech into units of about 6 to 30 words, at the likeliest places.

    Args:
        text: The text of a turn.
        bounds: The part of it to cut.
        cues: Cues of the turn; pauses between them speak for a cut.

    Returns:
        Half-open bounds in order; only white space lies between them.
    """
    found = list(_WORD.finditer(text, *bounds))
    if len(found) < 2:
        return [bounds]
    tokens = [_plain(word.group()) for word in found]
    odds = [word_odds(tokens, place) for place in range(1, len(tokens))]
    pauses = dict(_pauses(cues))
    for place, word in enumerate(found[1:]):
        odds[place] += pauses.get(word.start(), 0.0) - _THRESHOLD
    cuts = [found[place].start() for place in _best_cuts(odds)]
    return between(text, cuts, *bounds)


def word_odds(tokens: Sequence[str], place: int) -> float:
    """Log-odds that a sentence starts at the word at ``place``, from the words around it."""
    model = _model()
    weights: dict[str, float] = model["weights"]
    return float(model["intercept"]) + sum(weights.get(sign, 0.0) for sign in signs(tokens, place))


def signs(tokens: Sequence[str], place: int) -> Iterator[str]:
    """Yield what the words before and after a gap show."""
    before, after = tokens[place - 1], tokens[place]
    earlier = tokens[place - 2] if place >= 2 else "^"
    later = tokens[place + 1] if place + 1 < len(tokens) else "$"
    yield f"<{before}"
    yield f">{after}"
    yield f"<{earlier} {before}"
    yield f">{after} {later}"
    yield f"{before}|{after}"
    yield f">>{later}"
    yield f"<<{earlier}"


def plain_tokens(text: str) -> list[str]:
    """List the words as a recogniser writes them: small, bare, numbers as ``#``; one for each word.

    >>> plain_tokens("So, we're 12 -- [laughs]")
    ['so', "we're", '#', '', '[noise]']
    """
    return [_plain(word) for word in text.split()]


def _plain(word: str) -> str:
    if _NOISE.match(word):
        return "[noise]"
    bare = re.sub(r"[^\w'-]", "", word.replace("’", "'").lower())
    return "#" if bare.isdigit() else bare.strip("'-")


def _pauses(cues: Sequence[Cue]) -> Iterator[tuple[int, float]]:
    """Evidence for a cut at the start of each cue but the first."""
    for before, after in pairwise(cues):
        pause = None if before.end_s is None or after.start_s is None else after.start_s - before.end_s
        long_enough = (odds for least, odds in _PAUSES if pause is not None and pause >= least)
        yield after.start, next(long_enough, _CUE_END)


def _best_cuts(odds: Sequence[float]) -> list[int]:
    """Choose word positions to cut before, so that odds less the cost of odd lengths are highest."""
    size = len(odds) + 1
    best = [0.0] + [float("-inf")] * size
    came_from = [0] * (size + 1)
    costs = [_cost(length) for length in range(LONGEST_SEGMENT + 1)]
    for end in range(1, size + 1):
        gain = odds[end - 1] if end < size else 0.0
        start = max(
            range(max(0, end - LONGEST_SEGMENT), end), key=lambda at: (best[at] - costs[end - at], at)
        )
        best[end] = best[start] - costs[end - start] + gain
        came_from[end] = start
    cuts = []
    at = came_from[size]
    while at > 0:
        cuts.append(at)
        at = came_from[at]
    return cuts[::-1]


def _cost(length: int) -> float:
    return _SHORT_COST * max(0, _SHORT - length) + _LONG_COST * max(0, length - _LONG)


@cache
def _model() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return loaded
