"""Caption files cut into cues: the part that WebVTT and SubRip files have in common.

Written for files as tools really export them: ids of any kind, missing headers, missing
blank lines, a blank line between timing and speech, timings that cannot be read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from discovery.records import NoticeKind
from discovery.transcripts.base import Draft
from discovery.transcripts.times import TIMING, seconds

_GUID_ID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?:/\d+(?:-\d+)?)?")
_BROKEN_TIMING = re.compile(r"\s*-?\d[^\s]{0,20}\s*-->")
_BLOCKS = ("NOTE", "STYLE", "REGION")


@dataclass(slots=True)
class RawCue:
    """One cue: where it stands, its times, and its lines with their line numbers."""

    line: int
    start_s: float | None
    end_s: float | None
    lines: list[tuple[int, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All lines of the cue, still with tags."""
        return "\n".join(text for _, text in self.lines)


def timing_lines(lines: Sequence[str]) -> int:
    """Count the lines that are a cue's timing."""
    return sum(1 for line in lines if "-->" in line and TIMING.match(line))


def cut_cues(lines: Sequence[str], draft: Draft) -> list[RawCue]:
    """Cut a caption file into cues.

    Args:
        lines: All lines of the file.
        draft: Collects header, note and style lines as skipped, and what was guessed.

    Returns:
        Cues in file order; ids are left out, lines of speech never are.
    """
    timings = [number for number, line in enumerate(lines) if "-->" in line and _is_timing(line)]
    gapped = _speech_after_blank(lines, timings)
    cues: list[RawCue] = []
    _skip_preamble(lines, timings[0] if timings else len(lines), draft)
    for place, number in enumerate(timings):
        following = timings[place + 1] if place + 1 < len(timings) else None
        cue = _open_cue(lines[number], number, draft)
        end = len(lines) if following is None else following
        body = range(number + 1, end)
        block_end = _id_line(lines, body, following)
        _fill(cue, lines, range(number + 1, block_end), gapped, draft)
        cues.append(cue)
    return cues


def _is_timing(line: str) -> bool:
    return bool(TIMING.match(line) or _BROKEN_TIMING.match(line))


def _speech_after_blank(lines: Sequence[str], timings: Sequence[int]) -> bool:
    """Tell whether this file puts a blank line between a timing and its speech."""
    after = [number + 1 < len(lines) and not lines[number + 1].strip() for number in timings]
    return bool(after) and sum(after) * 2 > len(after)


def _skip_preamble(lines: Sequence[str], end: int, draft: Draft) -> None:
    for number in range(end):
        text = lines[number].strip()
        if text and not text.startswith("WEBVTT") and number + 1 != end:
            draft.skip(number + 1, "header, before the first cue")


def _open_cue(line: str, number: int, draft: Draft) -> RawCue:
    match = TIMING.match(line)
    if match is None:
        draft.notice(
            NoticeKind.REPAIRED, "a cue's timing cannot be read; it is kept without times", number + 1
        )
        return RawCue(number + 1, None, None)
    return RawCue(number + 1, seconds(match[1]), seconds(match[2]))


def _id_line(lines: Sequence[str], body: range, following: int | None) -> int:
    """Return where a cue's lines end: before the next cue's id where it has one.

    An id stands directly before a timing. It is an id when it opens a block, unless it is
    the only line its cue would have; without a blank line before it, only when it is a
    number or a GUID as tools write them.
    """
    if following is None or not body:
        return body.stop
    last = body.stop - 1
    text = lines[last].strip()
    if not text:
        return body.stop
    earlier = any(lines[number].strip() for number in range(body.start, last))
    looks_machine_made = text.isdecimal() or _GUID_ID.fullmatch(text) is not None
    opens_block = last == body.start or not lines[last - 1].strip()
    if looks_machine_made and (opens_block or earlier):
        return last
    return last if opens_block and earlier else body.stop


def _fill(cue: RawCue, lines: Sequence[str], body: range, gapped: bool, draft: Draft) -> None:
    """Give a cue its lines; note, style and region blocks are skipped, strays are kept."""
    blank = stray = in_block = False
    for number in body:
        text = lines[number]
        if not text.strip():
            blank, in_block = True, False
            continue
        opens = blank and text.split(maxsplit=1)[0] in _BLOCKS and (bool(cue.lines) or not gapped)
        if in_block or opens:
            in_block = True
            draft.skip(number + 1, "note, style or region block")
            continue
        stray = stray or (blank and bool(cue.lines))
        blank = False
        cue.lines.append((number + 1, text))
    if stray:
        what = "lines after a blank line taken as speech of the cue before them"
        draft.notice(NoticeKind.GUESSED, what, cue.line)
