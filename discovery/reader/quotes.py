"""Where a quote stands in its turn: verbatim, placed by likeness, or nowhere."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from discovery.annotated import tidy
from discovery.privacy.roster import LABELS
from discovery.reader.packets import ShownTurn
from discovery.records import Span

LONGEST = 40
"""Most words of a quote (annotation guide, section 3); longer ones are cut."""

_ABSURD = 3000
"""Characters above which words given as a quote are none."""

_FOLDED = str.maketrans(
    {**dict.fromkeys("’‘‛`´", "'"), **dict.fromkeys("“”„«»", '"'), **dict.fromkeys("‐‑‒–—", "-")}
)
_MARKS = " \t\"'.,;:!?…-"
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_PSEUDONYM = re.compile(rf"\b(?:{'|'.join(LABELS)}) \d+\b", re.IGNORECASE)
_NEGATIONS = frozenset(
    [
        "no",
        "not",
        "never",
        "nobody",
        "none",
        "nothing",
        "nor",
        "neither",
        "without",
        "cannot",
        "hardly",
        "nowhere",
    ]
)
_NUMBERS = frozenset(
    _WORD.findall(
        "one two three four five six seven eight nine ten eleven twelve fifteen eighteen twenty thirty "
        "forty fifty sixty seventy eighty ninety hundred thousand half quarter third",
    )
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quote was found.

    Args:
        span: The words of the transcript; None where it was not found.
        score: Likeness, 0 to 100; 100 where the words are the same, 99.9 at most where they are not.
        reason: Why it was not found, a key of ``REASONS``.
        repeated: Whether the same words stand in the turn more than once (the first place counts).
        cut: Whether the quote was longer than allowed and was cut.
    """

    span: Span | None
    score: float = 100.0
    reason: str = ""
    repeated: bool = False
    cut: bool = False


def place_quote(quote: str, turn: ShownTurn, *, threshold: float) -> Place:
    """Find a quote within one turn.

    First the same characters, as shown or as in the transcript; then the same but for the kind
    of quotation marks and dashes, or for capitals; then the stretch most like it, if that is like
    enough and differs in no number and no negation.

    Args:
        quote: Words that an answer gives.
        turn: The turn it names.
        threshold: Least likeness, 0 to 100 (rapidfuzz partial ratio).
    """
    if len(quote) > _ABSURD:
        return Place(None, reason="quote.too-long")
    words = tidy(quote)
    core = fold(words).strip(_MARKS)
    if not core:
        return Place(None, reason="quote.empty")
    text = turn.shown.text
    for known, given, is_shown in (
        (text, words, True),
        (turn.original.text, words, False),
        (fold(text), core, True),
        (fold(turn.original.text), core, False),
    ):
        at = _whole_words(known, given)
        if at >= 0:
            again = _whole_words(known, given, at + 1) >= 0
            return _placed(turn, at, at + len(given), is_shown, repeated=again)
    return _alike(core, turn, threshold)


def fold(text: str) -> str:
    """Make quotation marks and dashes plain and letters small, one character for each.

    >>> fold("A “Ready” – Team")
    'a "ready" - team'
    """
    plain = text.translate(_FOLDED)
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in plain)


def plain_words(text: str) -> list[str]:
    """List the words of a text, folded."""
    return _WORD.findall(fold(text))


def _whole_words(text: str, given: str, start: int = 0) -> int:
    """Find given words in a text, not in the middle of longer words; -1 where they are not."""
    at = text.find(given, start)
    while at >= 0:
        end = at + len(given)
        opens = at == 0 or not (text[at - 1].isalnum() and given[0].isalnum())
        closes = end == len(text) or not (text[end].isalnum() and given[-1].isalnum())
        if opens and closes:
            return at
        at = text.find(given, at + 1)
    return -1


def _alike(core: str, turn: ShownTurn, threshold: float) -> Place:
    """Place words by likeness, in the text as shown or, where that is more like them, as it was said."""
    texts = fold(turn.shown.text), fold(turn.original.text)
    found = [_most_alike(core, text) for text in texts]
    is_shown = found[0][0] >= found[1][0]
    text = texts[0 if is_shown else 1]
    score, start, end = found[0 if is_shown else 1]
    if score < threshold:
        return Place(None, score, "quote.not-in-turn")
    start, end = _to_words(text, start, end)
    if _telling(core) != _telling(text[start:end]):
        return Place(None, score, "quote.altered")
    return replace(_placed(turn, start, end, is_shown), score=min(score, 99.9))


def _most_alike(core: str, text: str) -> tuple[float, int, int]:
    """Find the stretch most like some words: likeness, start, end."""
    if len(core) > len(text):
        return round(fuzz.ratio(core, text), 1), 0, len(text)
    found = fuzz.partial_ratio_alignment(core, text)
    return (round(found.score, 1), found.dest_start, found.dest_end) if found else (0.0, 0, 0)


def _to_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Move borders outward to whole words and inward over spaces."""
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    while start < end and text[start] == " ":
        start += 1
    while end > start and text[end - 1] == " ":
        end -= 1
    return start, end


def _telling(text: str) -> Counter[str]:
    """Count the words that turn a sentence round when they change: numbers and negations.

    The numbers of pseudonyms do not count: a study may number its people anew.
    """
    kept: Counter[str] = Counter()
    for word in plain_words(_PSEUDONYM.sub("", text)):
        if word in _NUMBERS or any(letter.isdigit() for letter in word):
            kept[word] += 1
        elif word in _NEGATIONS or word.endswith("n't"):
            kept["not"] += 1
    return kept


def _placed(turn: ShownTurn, start: int, end: int, is_shown: bool, *, repeated: bool = False) -> Place:
    span = turn.span(start, end) if is_shown else turn.original.span(start, end)
    ends = [found.end() for found in re.finditer(r"\S+", span.quote)]
    if len(ends) <= LONGEST:
        return Place(span, repeated=repeated)
    kept = turn.original.span(span.start, span.start + ends[LONGEST - 1])
    return Place(kept, repeated=repeated, cut=True)
