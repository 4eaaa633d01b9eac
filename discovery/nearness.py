"""When two pieces of evidence are the same one: the annotation guide's section 4."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from discovery.records import Mismatch, Span

_RUN = 5
_WORD = re.compile(r"[a-z0-9']+")


def near(span: Span, other: Span) -> bool:
    """Tell whether two spans are within one turn of each other or share five words in a row.

    Shorter quotes must share all their words, at least three.

    Source:
        Annotation guide, section 4.

    >>> near(Span("a", 1, 0, 3, "one"), Span("a", 2, 0, 3, "two"))
    True
    """
    if span.source == other.source and abs(span.turn - other.turn) <= 1:
        return True
    left, right = _words(span.quote), _words(other.quote)
    run = min(_RUN, len(left), len(right))
    return run >= 3 and not _runs(left, run).isdisjoint(_runs(right, run))


def same_evidence(mismatch: Mismatch, other: Mismatch) -> bool:
    """Tell whether two mismatches stand on the same evidence, whatever their types."""
    return near(mismatch.stated, other.stated) and near(mismatch.actual, other.actual)


def same_mismatch(mismatch: Mismatch, other: Mismatch) -> bool:
    """Tell whether two mismatches are of one type and stand on the same evidence."""
    return mismatch.type == other.type and same_evidence(mismatch, other)


def match_mismatches(
    found: Sequence[Mismatch],
    marked: Sequence[Mismatch],
    matches: Callable[[Mismatch, Mismatch], bool] = same_mismatch,
) -> list[tuple[Mismatch, Mismatch]]:
    """Match greedily, best score first; each is used at most once.

    Args:
        found: Mismatches of one reader.
        marked: Mismatches of another, or of a coder.
        matches: When two are the same.

    Returns:
        Matched pairs.
    """
    free = list(marked)
    hits = []
    for mismatch in sorted(found, key=lambda one: -one.score):
        other = next((one for one in free if matches(mismatch, one)), None)
        if other is not None:
            free.remove(other)
            hits.append((mismatch, other))
    return hits


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("’", "'"))


def _runs(text: Sequence[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(text[at : at + length]) for at in range(len(text) - length + 1)}
