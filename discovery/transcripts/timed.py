"""Text exports with times of their own shape: whisper.cpp, DaVinci Resolve, times without speakers."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from discovery.records import NoticeKind
from discovery.transcripts.attribution import attribute, find_names
from discovery.transcripts.base import NO, Draft, Evidence, RawFile, Voice
from discovery.transcripts.cues import RawCue
from discovery.transcripts.furniture import furniture, time_mark
from discovery.transcripts.names import accept_names, split_label
from discovery.transcripts.times import CLOCK, TIME, seconds

_WHISPER = re.compile(rf"\s{{0,3}}\[({TIME})\s{{0,2}}-->\s{{0,2}}({TIME})\]\s{{0,4}}", re.ASCII)
_WHISPER_SPEAKER = re.compile(r"\s{0,3}[(\[]\s?(speaker[ _]?(?:\d{1,3}|\?))\s?[)\]]:?\s{0,3}", re.IGNORECASE)
_WHISPER_TURN = re.compile(r"\s*\[SPEAKER_TURN\]\s*$")
_FRAMES = r"(\d{1,2}:\d{2}:\d{2})[:;]\d{2}"
_RESOLVE = re.compile(rf"\s{{0,3}}\[{_FRAMES}\s{{0,3}}[-–]\s{{0,3}}{_FRAMES}\]\s{{0,9}}$", re.ASCII)
_LEADING_TIME = re.compile(
    rf"\s{{0,3}}(?:[\[(]({CLOCK})(?:[.,]\d{{1,3}})?[\])]|({CLOCK})(?=\s))\s{{0,4}}[-–]?\s{{0,3}}"
)


class WhisperText:
    """The lines whisper.cpp and Whisper print: two times in brackets, then the words."""

    layout = "whisper-txt"
    label = "Whisper console: `[00:00:00.000 --> 00:00:04.000]  text`"

    def sniff(self, file: RawFile) -> Evidence:
        """Count lines that open with two times in brackets."""
        if file.text is None or "-->" not in file.text:
            return NO
        cues = sum(1 for line in file.lines if _WHISPER.match(line))
        filled = sum(1 for line in file.lines if line.strip())
        if not cues or cues * 4 < filled:
            return NO
        return Evidence(0.96, f"{cues} lines open with two times in brackets")

    def read(self, file: RawFile) -> Draft:
        """Read one cue a line; names before a colon and speaker marks are taken off."""
        draft = Draft()
        cues: list[RawCue] = []
        change = False
        for number, line in enumerate(file.lines, 1):
            match = _WHISPER.match(line)
            if match:
                words, turned = _WHISPER_TURN.subn("", line[match.end() :])
                cues.append(RawCue(number, seconds(match[1]), seconds(match[2])))
                spoken = _spoken_by(words)
                cues[-1].lines.append((number, f">> {words}" if change and spoken == words else spoken))
                change = bool(turned)
            elif cues and line.strip():
                cues[-1].lines.append((number, line))
            elif line.strip():
                draft.skip(number, "before the first cue")
        attribute(cues, find_names(cues, file.text or ""), draft)
        return draft


class Resolve:
    """DaVinci Resolve: two times with frames in brackets, the speaker below, the words indented."""

    layout = "davinci-resolve"
    label = "DaVinci Resolve: `[00:00:03:18 - 00:00:08:08]`, speaker, words"

    def sniff(self, file: RawFile) -> Evidence:
        """Count lines that are two times with frames."""
        if file.text is None:
            return NO
        count = sum(1 for line in file.lines if len(line) < 80 and _RESOLVE.match(line))
        return Evidence(0.96, f"{count} lines with two times counted in frames") if count else NO

    def read(self, file: RawFile) -> Draft:
        """Read one voice a block; the frames of the times are left out."""
        draft = Draft()
        heads = [number for number, line in enumerate(file.lines) if len(line) < 80 and _RESOLVE.match(line)]
        for number, line in enumerate(file.lines[: heads[0] if heads else 0], 1):
            if line.strip():
                draft.skip(number, "before the first speaker")
        for number, end in pairwise([*heads, len(file.lines)]):
            match = _RESOLVE.match(file.lines[number])
            body = [line for line in file.lines[number + 1 : end] if line.strip()]
            if match and body:
                named = not body[0][0].isspace() and len(body) > 1
                words = "\n".join(body[1:] if named else body)
                times = seconds(match[1]), seconds(match[2])
                draft.voices.append(Voice(body[0].strip() if named else "", words, number + 1, *times))
            else:
                draft.skip(number + 1, "a cue without words")
        if draft.voices:
            draft.notice(NoticeKind.REPAIRED, "times cut to whole seconds: the frame rate is not told")
        return draft


class TimedText:
    """Words with times and no speaker at all, such as a transcript copied from YouTube."""

    layout = "timed-txt"
    label = "times before or over the words, no speakers (copied from YouTube)"

    def sniff(self, file: RawFile) -> Evidence:
        """Ask for times on many lines and for no names behind them."""
        if file.text is None or "-->" in file.text:
            return NO
        timed = [line for line in file.lines if time_mark(line) is not None or _LEADING_TIME.match(line)]
        filled = sum(1 for line in file.lines if line.strip())
        if len(timed) < 2 or len(timed) * 4 < filled:
            return NO
        rests = (_LEADING_TIME.sub("", line, count=1) for line in file.lines)
        labels = Counter(pair[0] for rest in rests if (pair := split_label(rest)))
        named, _ = accept_names(labels, file.text)
        if sum(labels[name] for name in named) * 10 > len(timed):
            return NO
        return Evidence(0.8, f"{len(timed)} lines with a time, no names")

    def read(self, file: RawFile) -> Draft:
        """Read one voice a time; nobody is named."""
        draft = Draft()
        start: float | None = None
        for number, line in enumerate(file.lines, 1):
            if not line.strip():
                continue
            mark = time_mark(line)
            leading = None if mark is not None else _LEADING_TIME.match(line)
            if mark is not None:
                start = mark
            elif leading:
                draft.voices.append(
                    Voice("", line[leading.end() :], number, seconds(leading[1] or leading[2]))
                )
            elif reason := furniture(line):
                draft.skip(number, reason)
            elif start is None and not draft.voices:
                draft.skip(number, "before the first time")
            else:
                draft.voices.append(Voice("", line, number, start))
                start = None
        return draft


def _spoken_by(words: str) -> str:
    """Write ``(speaker 1) words`` with a colon; a speaker it could not tell is a mere change."""
    match = _WHISPER_SPEAKER.match(words)
    if match is None:
        return words
    rest = words[match.end() :]
    return f">> {rest}" if "?" in match[1] else f"{match[1]}: {rest}"
