"""Words cut by a hyphen at the end of a line, put back together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_CUT = re.compile(r"([^\W\d_]+)([-\u2010\u00ad])$")
_REST = re.compile(r"([^\W\d_]+)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def join_hyphens(lines: Sequence[str]) -> tuple[list[str], dict[str, int]]:
    """Join words that a line end cut in two.

    A hyphen at a line end may belong to the word ("co-op") or to the layout. The rest of
    the text tells: it goes where the word is seen elsewhere in one piece and stays where
    the word is seen with its hyphen. Where neither is seen, it goes if more than half of
    the words that can be told were cut by the layout.

    Args:
        lines: Lines of a document.

    Returns:
        As many lines, the second half of each cut word moved up to the first, and how
        many hyphens went, stayed, and were left open.

    >>> join_hyphens(["An inter-", "view about co-", "op terms; interview, co-op."])[0]
    ['An interview', 'about co-op', 'terms; interview, co-op.']
    """
    result = list(lines)
    cuts = _find_cuts(result)
    seen = Counter(word.casefold() for line in result for word in _WORD.findall(line))
    verdicts = {at: _verdict(cut, seen) for at, cut in cuts.items()}
    told = [verdict for verdict in verdicts.values() if verdict is not None]
    by_layout = sum(told) * 2 > len(told)
    for at, cut in sorted(cuts.items(), reverse=True):
        verdict = verdicts[at]
        gone = by_layout if verdict is None else verdict
        tail, _, left = result[cut.following].lstrip().partition(" ")
        result[at] = (result[at][:-1] if gone else result[at]) + tail
        result[cut.following] = left
    counts = {
        "words cut at a line end put together": sum(told),
        "hyphens at a line end kept": len(told) - sum(told),
        "hyphens at a line end that nothing in the text explains": len(verdicts) - len(told),
    }
    return result, {what: count for what, count in counts.items() if count}


@dataclass(frozen=True, slots=True)
class _Cut:
    """A line that ends in a hyphen, and the line on which the word goes on."""

    first: str
    mark: str
    rest: str
    following: int


def _find_cuts(lines: Sequence[str]) -> dict[int, _Cut]:
    filled = [at for at, line in enumerate(lines) if line.strip()]
    cuts: dict[int, _Cut] = {}
    for at, following in pairwise(filled):
        cut, rest = _CUT.search(lines[at]), _REST.match(lines[following].lstrip())
        if cut and rest and rest[1][0].islower():
            cuts[at] = _Cut(cut[1], cut[2], rest[1], following)
    return cuts


def _verdict(cut: _Cut, seen: Counter[str]) -> bool | None:
    """Tell whether the hyphen goes; None where the text does not show it."""
    if cut.mark == "\u00ad" or seen[(cut.first + cut.rest).casefold()]:
        return True
    return False if seen[f"{cut.first}-{cut.rest}".casefold()] else None
