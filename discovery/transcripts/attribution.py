"""Who speaks in caption cues that have no voice tag: names before a colon, names in brackets, dashes.

Shared by the WebVTT and SubRip readers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from discovery.records import NoticeKind
from discovery.transcripts.base import Draft, Voice
from discovery.transcripts.cues import RawCue
from discovery.transcripts.markup import has_inner_times, strip_tags
from discovery.transcripts.names import accept_names, bracketed_names, known_label, split_label

_DASH = re.compile(r"\s*[-–—‐](?=\s*\S)\s*")
_CHEVRON = re.compile(r"\s*(?:>>+|»)\s*")
_BRACKETED = re.compile(r"\s*[(\[]\s*([^()\[\]]{1,60}?)\s*[)\]]\s*:?\s*$")


@dataclass(frozen=True, slots=True)
class Names:
    """Speakers found in a caption file, and how many cues name one."""

    labels: frozenset[str]
    bracketed: frozenset[str]
    cues: int
    guessed: int = 0

    @property
    def any(self) -> bool:
        """Whether the file names anybody."""
        return bool(self.labels or self.bracketed)


def find_names(cues: Sequence[RawCue], text: str) -> Names:
    """Gather the names that open lines of cues.

    Args:
        cues: Cues of one file.
        text: The whole text, to tell names from ordinary words.
    """
    labels: Counter[str] = Counter()
    bracketed: list[str] = []
    holders: dict[str, set[int]] = {}
    for number, cue in enumerate(cues):
        for _, line in cue.lines:
            label = _label_of(line)
            if label:
                labels[label] += 1
                holders.setdefault(label, set()).add(number)
            match = _BRACKETED.match(line[:80]) if len(line) < 80 else None
            if match:
                bracketed.append(match[1])
                holders.setdefault(match[1], set()).add(number)
    accepted, once = accept_names(labels, text)
    in_brackets = bracketed_names(bracketed)
    named = set().union(*(holders[name] for name in sorted(accepted | in_brackets)))
    return Names(accepted, in_brackets, len(named), once)


def attribute(cues: Sequence[RawCue], names: Names, draft: Draft) -> None:
    """Turn cues into voices, and say what was guessed on the way.

    Args:
        cues: Cues of one file.
        names: What :func:`find_names` found; empty labels read the file as unattributed.
        draft: Collects voices and notices.
    """
    rolled = 0
    rolling = _rolls(cues)
    before: list[str] = []
    for cue in cues:
        lines = [(number, strip_tags(line)) for number, line in cue.lines]
        lines = [(number, line) for number, line in lines if line.strip()]
        shown = [line.strip() for _, line in lines]
        if rolling:
            repeated = _overlap(before, shown)
            rolled += repeated
            lines = lines[repeated:]
        before = shown
        dashed = sum(1 for _, line in lines if _DASH.match(line)) > 1
        for voice in _voices(cue, lines, names, dashed):
            draft.voices.append(voice)
        if not shown:
            draft.skip(cue.line, "a cue without words")
    if rolled:
        draft.notice(NoticeKind.MERGED, "lines repeated by rolling captions", count=rolled)
    if names.guessed:
        draft.notice(
            NoticeKind.GUESSED, "words before a colon, seen once, taken as a speaker", count=names.guessed
        )


def _label_of(line: str) -> str:
    line = strip_tags(line) if "<" in line or "&" in line else line
    mark = _DASH.match(line) or _CHEVRON.match(line)
    split = split_label(line[mark.end() :] if mark else line)
    return split[0] if split else ""


def _voices(cue: RawCue, lines: list[tuple[int, str]], names: Names, dashed: bool) -> Iterator[Voice]:
    """Cut one cue wherever a line names a speaker or marks a new one."""
    said: list[str] = []
    speaker, change, at = "", False, cue.line
    for number, line in lines:
        opening = _opening(line, names, dashed)
        if opening is None:
            at = at if said else number
            said.append(line)
            continue
        if said:
            yield Voice(speaker, "\n".join(said), at, cue.start_s, cue.end_s, change)
        speaker, rest = opening
        change, said, at = not speaker, [rest] if rest.strip() else [], number
    if said:
        yield Voice(speaker, "\n".join(said), at, cue.start_s, cue.end_s, change)
    elif speaker:
        yield Voice(speaker, "", at, cue.start_s, cue.end_s)


def _opening(line: str, names: Names, dashed: bool) -> tuple[str, str] | None:
    """Return speaker and rest where a line opens a new voice; the speaker may be unknown."""
    bracket = _BRACKETED.match(line) if len(line) < 80 else None
    if bracket and bracket[1] in names.bracketed:
        return bracket[1], ""
    mark = _CHEVRON.match(line) or (_DASH.match(line) if dashed or names.any else None)
    rest = line[mark.end() :] if mark else line
    named = known_label(rest, names.labels) if names.labels else None
    if named:
        return named
    if mark and (dashed or _CHEVRON.match(line)):
        return "", rest
    return None


def _rolls(cues: Sequence[RawCue]) -> bool:
    """Tell automatic captions that show every line twice: times in words, or lines repeating."""
    if any(has_inner_times(line) for cue in cues[:40] for _, line in cue.lines):
        return True
    shown = [[strip_tags(line).strip() for _, line in cue.lines] for cue in cues[:400]]
    repeats = sum(1 for one, two in pairwise(shown) if one and two and one[-1] == two[0])
    return repeats >= 3 and repeats * 2 > len(shown)


def _overlap(before: list[str], now: list[str]) -> int:
    """Count the lines at the top of a cue that the cue before it already showed at its end."""
    for size in range(min(len(before), len(now)), 0, -1):
        if before[-size:] == now[:size]:
            return size
    return 0
