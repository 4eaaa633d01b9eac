"""Headers, footers and numbers of pages, told from speech by where and how often they come."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from discovery.transcripts.names import split_label

_EDGE = 3
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"\W*(page|p\.|seite|s\.)?\W*(\d{1,4})(?:\W*(?:of|/|von)\W*\d{1,4})?\W*", re.IGNORECASE)


class _Line(NamedTuple):
    """A line near the top or the bottom of a page."""

    page: int
    place: int
    edge: tuple[str, int]
    text: str

    @property
    def key(self) -> tuple[tuple[str, int], str]:
        """Equal for lines that say the same, but for numbers, at the same place of their pages."""
        return self.edge, _DIGITS.sub("#", self.text.casefold())


def find_furniture(pages: Sequence[Sequence[str]]) -> dict[tuple[int, int], str]:
    """Find page numbers, and lines that come back at the top or bottom of most pages.

    A line that opens with a name which opens other lines too is speech, however often it
    comes back. A number alone is a page number only where it counts with the pages.

    Args:
        pages: Lines of each page.

    Returns:
        Page and line, both from 0, to the reason for leaving the line out.

    >>> find_furniture([["Study", "Ann: we hire", "1"], ["Study", "more", "2"], ["Study", "so", "3"]])[0, 2]
    'a page number'
    """
    lines = [line for page, texts in enumerate(pages) for line in _edges(page, texts)]
    numbers = _page_numbers(lines)
    repeated: defaultdict[object, set[int]] = defaultdict(set)
    for line in lines:
        repeated[line.key].add(line.page)
    speakers = _speakers(pages)
    least = max(3, len(pages) // 2)
    found: dict[tuple[int, int], str] = {}
    for line in lines:
        if (line.page, line.place) in numbers:
            found[line.page, line.place] = "a page number"
        elif len(repeated[line.key]) >= least and not _opens(line.text, speakers):
            found[line.page, line.place] = "page header or footer"
    return found


def _edges(page: int, texts: Sequence[str]) -> list[_Line]:
    """List the first and last lines of a page that hold something."""
    filled = [(place, text.strip()) for place, text in enumerate(texts) if text.strip()]
    top = [_Line(page, place, ("top", at), text) for at, (place, text) in enumerate(filled[:_EDGE])]
    rest = filled[_EDGE:]
    bottom = [
        _Line(page, place, ("bottom", len(rest) - at), text)
        for at, (place, text) in enumerate(rest)
        if len(rest) - at <= _EDGE
    ]
    return top + bottom


def _page_numbers(lines: Sequence[_Line]) -> set[tuple[int, int]]:
    """Find lines that hold a number which counts with the pages, or says that it is one."""
    numbered = [(line, found) for line in lines if (found := _NUMBER.fullmatch(line.text))]
    steps = Counter(int(found[2]) - line.page for line, found in numbered)
    return {
        (line.page, line.place)
        for line, found in numbered
        if found[1] or int(found[2]) == line.page + 1 or steps[int(found[2]) - line.page] > 1
    }


def _speakers(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """Find labels that open more than one line with different words."""
    words: defaultdict[str, set[str]] = defaultdict(set)
    for texts in pages:
        for text in texts:
            pair = split_label(text)
            if pair:
                words[pair[0]].add(pair[1])
    return frozenset(label for label, said in words.items() if len(said) > 1)


def _opens(text: str, speakers: frozenset[str]) -> bool:
    pair = split_label(text)
    return pair is not None and pair[0] in speakers
