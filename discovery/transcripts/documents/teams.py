"""Teams transcripts as Word documents: a name and a time, then what was said."""

from __future__ import annotations

import re
from dataclasses import dataclass

from discovery.errors import TranscriptError
from discovery.transcripts.base import NO, Draft, Evidence, RawFile, Voice
from discovery.transcripts.documents.arrangement import with_counts
from discovery.transcripts.documents.blocks import Block, Document
from discovery.transcripts.documents.docx import docx_document, is_docx
from discovery.transcripts.times import seconds

_TIME = r"(?:\d{1,2}:)?\d{1,3}:\d{2}"
_HEAD = re.compile(rf"(?P<name>\S.{{0,118}}?)(?P<gap>[ \t\u00a0]+)(?P<time>{_TIME})\s*")
_RANGE = re.compile(
    r"\s*(\d{1,4}:\d{1,2}:\d{1,2}(?:\.\d+)?)\s*-->\s*(\d{1,4}:\d{1,2}:\d{1,2}(?:\.\d+)?)\s*", re.ASCII
)
_EVENT = re.compile(r".{1,120}\b(?:started|stopped) (?:transcription|recording)\s*", re.IGNORECASE)


@dataclass(slots=True)
class _Open:
    """The speaker whose words are being gathered."""

    name: str
    start_s: float | None
    end_s: float | None = None


def _gap_enough(gap: str, bold: int, name: str) -> bool:
    """Tell a speaker line from a sentence that ends in a time of day."""
    return len(gap) >= 2 or "\t" in gap or bold >= len(name)


def _head(line: str, bold: int) -> _Open | None:
    found = _HEAD.fullmatch(line)
    if not found or not _gap_enough(found["gap"], bold, found["name"]) or len(found["name"].split()) > 10:
        return None
    return _Open(found["name"], seconds(found["time"]))


def _exact(time: str) -> float:
    """Read ``0:0:3.450``, as Teams wrote times until 2023."""
    hours, minutes, rest = time.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


def lines_of(block: Block) -> list[tuple[str, int]]:
    """Split a paragraph at its line breaks; each line with how much of its start is bold."""
    lines, used = [], 0
    for line in block.text.split("\n"):
        lines.append((line, max(0, min(len(line), block.bold - used))))
        used += len(line) + 1
    return lines


def count_heads(document: Document) -> int:
    """Count the lines that give a name and a time, or a time range in the older form."""
    lines = [line for block in document.blocks if not block.cells for line in lines_of(block)]
    return sum(1 for line, bold in lines if _head(line, bold) or _RANGE.fullmatch(line))


class _Gatherer:
    """Goes through the lines of a document, from head to head."""

    def __init__(self) -> None:
        self.draft = Draft()
        self._speaker: _Open | None = None
        self._name_next = False
        self._silent = 0

    def line(self, line: str, bold: int, number: int) -> None:
        """Take the next line: a head, an event, something before the talk, or speech."""
        text = line.strip()
        if not text:
            return
        ranged = _RANGE.fullmatch(text)
        head = _head(line.strip(), max(0, bold - (len(line) - len(line.lstrip()))))
        if ranged:
            self._open(_Open("", _exact(ranged[1]), _exact(ranged[2])), name_next=True)
        elif self._name_next and self._speaker:
            self._speaker.name, self._name_next = text, False
        elif head:
            self._open(head)
        elif _EVENT.fullmatch(text):
            self.draft.skip(number, "recording started or stopped")
        elif self._speaker is None:
            self.draft.skip(number, "before the first speaker")
        else:
            self._say(self._speaker, text, number)

    def _open(self, speaker: _Open, *, name_next: bool = False) -> None:
        self._speaker, self._name_next = speaker, name_next

    def _say(self, speaker: _Open, text: str, number: int) -> None:
        self.draft.voices.append(Voice(speaker.name, text, number, speaker.start_s, speaker.end_s))
        speaker.start_s = speaker.end_s = None


def read_named_times(document: Document) -> Draft:
    """Read a document in which each speech follows a line of name and time.

    Args:
        document: The paragraphs.

    Returns:
        One voice for each line of speech; the time goes to the first line after its head.
    """
    gatherer = _Gatherer()
    for block in document.blocks:
        for line, bold in lines_of(block):
            gatherer.line(line, bold, block.number)
    return with_counts(gatherer.draft, document)


class TeamsDocx:
    """The Word file that Teams offers for download after a transcribed meeting."""

    layout = "teams-docx"
    label = "Teams transcript (.docx)"

    def sniff(self, file: RawFile) -> Evidence:
        """Look for lines of name and time."""
        if not is_docx(file):
            return NO
        try:
            document = docx_document(file)
        except TranscriptError:
            return NO
        heads = count_heads(document)
        if heads == 0:
            return NO
        return Evidence(0.95 if heads >= 2 else 0.7, f"Word document with {heads} lines of name and time")

    def read(self, file: RawFile) -> Draft:
        """Turn what follows each line of name and time into voices.

        Raises:
            TranscriptError: The document is cut off, locked, too large or declares entities.
        """
        return read_named_times(docx_document(file))
