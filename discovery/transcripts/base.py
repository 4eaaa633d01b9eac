"""What a reader is: it looks at a file, says how sure it is, and turns it into voices.

To add a layout: write a module with one class that has ``layout``, ``label``, ``sniff``
and ``read``; return :class:`Evidence` from ``sniff`` and :class:`Voice` pieces from
``read``; add one line to ``READERS`` in ``transcripts/registry.py``; add a good, an
ugly-but-legal and several one-fault fixtures under ``tests/transcripts/data/<layout>/``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from discovery.records import Notice, NoticeKind, SkippedLine

_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file as the registry hands it to readers: bytes and, for text, decoded lines.

    Args:
        name: File name, never a path.
        data: The raw bytes.
        text: Decoded text with LF line ends and no byte-order mark; None when not text.
        encoding: What it was decoded from; empty when not text.
    """

    name: str
    data: bytes
    text: str | None = None
    encoding: str = ""
    _made: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def lines(self) -> list[str]:
        """Lines of the text, without line ends; empty when the file is not text."""
        return self.once("lines", lambda: self.text.split("\n") if self.text else [])

    def once(self, key: str, make: Callable[[], _Made]) -> _Made:
        """Work something out from this file once, for all readers that look at it.

        Args:
            key: What it is, unique over all readers.
            make: Works it out.
        """
        if key not in self._made:
            self._made[key] = make()
        made: _Made = self._made[key]
        return made


@dataclass(frozen=True, slots=True)
class Evidence:
    """How well a file fits a layout: 0 means not at all, and why."""

    confidence: float
    reason: str = ""


NO = Evidence(0.0)

UNKNOWN_SPEAKER = "Unknown Speaker"
"""Name given to a voice whose speaker the file does not tell."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One cue, line or paragraph of speech as the file gives it.

    Args:
        speaker: Name as written, decoded; empty when the file names nobody here. Such a
            voice continues the speaker before it, unless ``change`` is set.
        text: Words spoken, entities decoded, tags stripped, not yet tidied.
        line: Line (text) or item (structured) it comes from, from 1.
        start_s: Seconds from the start; None where unknown. Never invented.
        end_s: Likewise for the end.
        change: The file marks a new speaker here (a dash, ``>>``, a time of its own)
            without saying who; only read where ``speaker`` is empty.
    """

    speaker: str
    text: str
    line: int
    start_s: float | None = None
    end_s: float | None = None
    change: bool = False


@dataclass(slots=True)
class Draft:
    """What a reader collects while it goes through a file."""

    voices: list[Voice] = field(default_factory=list)
    skipped: list[SkippedLine] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def skip(self, line: int, reason: str) -> None:
        """Count a line that is not speech."""
        self.skipped.append(SkippedLine(line, reason))

    def notice(self, kind: NoticeKind, what: str, line: int | None = None, count: int = 1) -> None:
        """Count something merged, guessed or repaired; ``what`` never repeats the text."""
        self.notices.append(Notice("read", kind, what, line=line, count=count))


class Reader(Protocol):
    """One layout."""

    layout: str
    label: str

    def sniff(self, file: RawFile) -> Evidence:
        """Say how well the content fits this layout, from its own features only."""

    def read(self, file: RawFile) -> Draft:
        """Read the whole file.

        Raises:
            TranscriptError: The file has this layout but cannot be read.
        """
