"""What a transcript file gives when it is read, and the notices of what did not pass through unchanged."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from discovery.records.talk import Speaker, Turn


class NoticeKind(StrEnum):
    """What happened to something that did not pass through unchanged."""

    DROPPED = "dropped"
    MERGED = "merged"
    GUESSED = "guessed"
    REPAIRED = "repaired"


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing a stage dropped, merged, guessed or repaired, without interview text."""

    stage: str
    kind: NoticeKind
    what: str
    source: str = ""
    line: int | None = None
    count: int = 1


@dataclass(frozen=True, slots=True)
class SkippedLine:
    """A line of a transcript file that is not speech, and why it was left out.

    ``reason`` never repeats the line itself.
    """

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class ReadReport:
    """What a reader saw in one file.

    Args:
        source: File name.
        layout: Name of the layout it was read as.
        confidence: How sure the registry is of the layout, 0 to 1.
        reason: What in the file spoke for the layout.
        skipped: Lines that are not speech, with reasons.
        notices: What was merged, guessed or repaired.
    """

    source: str
    layout: str
    confidence: float
    reason: str
    skipped: tuple[SkippedLine, ...] = ()
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Transcript:
    """One transcript file, read: its turns, its speakers and the report of the reading."""

    source: str
    layout: str
    turns: tuple[Turn, ...]
    speakers: tuple[Speaker, ...]
    report: ReadReport
