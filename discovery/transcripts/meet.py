"""Google Meet transcripts saved as text, old and new, with and without Gemini's notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from discovery.transcripts.base import NO, Draft, Evidence, RawFile
from discovery.transcripts.furniture import furniture
from discovery.transcripts.labelled import Labels, Splitter, find_labels, read_labelled
from discovery.transcripts.names import split_label
from discovery.transcripts.plain import split_bold, strip_emphasis

_HEADING = r"\s{0,3}(?:#{1,6}\s{1,3})?(?:\*\*)?\s?"
_TRANSCRIPT = re.compile(_HEADING + r"(?:📖\s{0,3}transcript|transcript)\s?(?:\*\*)?\s*", re.IGNORECASE)
_NOTES = re.compile(_HEADING + r"(?:📝\s{0,3}notes|notes)\s?(?:\*\*)?\s*", re.IGNORECASE)
_ATTENDEES = re.compile(_HEADING + r"attendees\s?(?:\*\*)?\s*", re.IGNORECASE)
_ENDED = re.compile(r"\W{0,6}(?:transcription|meeting|recording) ended after\b.{0,40}", re.IGNORECASE)
_BOILERPLATE = re.compile(r"\W{0,6}this editable transcript was computer generated\b.{0,200}", re.IGNORECASE)
_TITLE = re.compile(_HEADING + r".{1,150}[-–] transcript\s?(?:\*\*)?\s*", re.IGNORECASE)
_TITLE_LINES = "title, date or attendees"
_LONGEST = 300
_MARKS = ("Transcript", "transcript", "TRANSCRIPT", "ended after", "📖", "📝")


@dataclass(frozen=True, slots=True)
class _Parts:
    """Where the speech of a Meet document begins and ends (line indexes, half-open)."""

    start: int
    end: int
    signs: tuple[str, ...]


class MeetText:
    """A Google Meet transcript document saved as text or Markdown."""

    layout = "meet-txt"
    label = "Google Meet transcript as text or Markdown, with or without Gemini notes"

    def sniff(self, file: RawFile) -> Evidence:
        """Look for Meet's own headings and sentences, and for names after them."""
        if file.text is None or not any(mark in file.text for mark in _MARKS):
            return NO
        parts = _find_parts(file.lines)
        if not parts.signs:
            return NO
        labels, _ = _labels(file, parts)
        if not labels.names and "notes tab" not in parts.signs:
            return NO
        confidence = 0.97 if len(parts.signs) > 1 or "closing sentence" in parts.signs else 0.85
        return Evidence(
            confidence, f"Google Meet's {' and '.join(parts.signs)}; {labels.lines} lines with names"
        )

    def read(self, file: RawFile) -> Draft:
        """Read the transcript part; notes, attendees and closing sentences are skipped."""
        draft = Draft()
        lines = file.lines
        parts = _find_parts(lines)
        _skip_around(lines, parts, draft)
        labels, split = _labels(file, parts)
        body = lines[parts.start : parts.end]
        read_labelled(body, labels, split, draft, aside=_aside, first=parts.start + 1)
        if split is split_bold:
            draft.voices = [replace(voice, text=strip_emphasis(voice.text)) for voice in draft.voices]
        return draft


def _find_parts(lines: list[str]) -> _Parts:
    """Find the last heading that opens a transcript, and the sentence that ends it."""
    short = [(number, line) for number, line in enumerate(lines) if line.strip() and len(line) < _LONGEST]
    signs: dict[str, None] = {}
    start, end = 0, len(lines)
    for number, line in short:
        if _TRANSCRIPT.fullmatch(line) or _TITLE.fullmatch(line):
            signs["transcript heading"] = None
            start = number + 1
        elif _NOTES.fullmatch(line) and "📝" in line:
            signs["notes tab"] = None
        elif _ATTENDEES.fullmatch(line):
            signs["list of attendees"] = None
        elif _BOILERPLATE.fullmatch(line) or _ENDED.fullmatch(line):
            signs["closing sentence"] = None
            if _ENDED.fullmatch(line):
                end = min(end, number) if number > start else end
    return _Parts(start, end, tuple(signs))


def _labels(file: RawFile, parts: _Parts) -> tuple[Labels, Splitter]:
    """Find the speakers, with bold names where the document was saved as Markdown."""
    body = file.lines[parts.start : parts.end]
    bold = find_labels(body, file.text or "", split_bold)
    if bold.names:
        return bold, split_bold
    return find_labels(body, file.text or "", split_label), split_label


def _skip_around(lines: list[str], parts: _Parts, draft: Draft) -> None:
    """Report every line outside the transcript part, with why it is no speech."""
    reason = _TITLE_LINES
    for number, line in enumerate(lines[: parts.start], 1):
        if len(line) < _LONGEST and _NOTES.fullmatch(line):
            reason = "Gemini's notes, not speech"
        elif len(line) < _LONGEST and _TRANSCRIPT.fullmatch(line):
            reason = _TITLE_LINES
        if line.strip():
            draft.skip(number, reason)
    for number, line in enumerate(lines[parts.end :], parts.end + 1):
        if line.strip():
            draft.skip(number, "after the end of the transcript")


def _aside(line: str) -> str:
    if len(line) >= _LONGEST:
        return ""
    if _BOILERPLATE.fullmatch(line):
        return "closing sentence of Google Meet"
    return "a heading" if line.startswith("#") else furniture(line)
