"""Text exports where a line with a name and a time stands over the words, or before them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from discovery.records import NoticeKind
from discovery.transcripts.base import NO, Draft, Evidence, RawFile, Voice
from discovery.transcripts.furniture import furniture
from discovery.transcripts.times import CLOCK, seconds

_LONGEST_HEADER = 160


@dataclass(frozen=True, slots=True)
class Header:
    """A line that opens a voice: who, when, and words on the same line."""

    speaker: str
    start_s: float | None
    words: str = ""
    end_s: float | None = None


class _Stamped:
    """Shared by all layouts of this family; a layout is a pattern and what to call it."""

    layout: str
    label: str
    what: str
    pattern: re.Pattern[str]
    own_line: bool = True
    confidence: float = 0.93

    def header(self, line: str) -> Header | None:
        """Read a line as a header, or return None."""
        head = line[:_LONGEST_HEADER]
        if self.own_line and len(line.rstrip()) > _LONGEST_HEADER:
            return None
        match = self.pattern.match(head)
        if match is None:
            return None
        found = match.groupdict()
        words = "" if self.own_line else line[match.end() :]
        return Header(_clean(found.get("name") or ""), seconds(found["time"]), words)

    def sniff(self, file: RawFile) -> Evidence:
        """Count header lines, and weigh them against all lines that hold something."""
        if file.text is None or "-->" in file.text:
            return NO
        headers = [header for line in file.lines if (header := self.header(line))]
        if not any(header.speaker for header in headers):
            return NO
        filled = sum(1 for line in file.lines if line.strip())
        share = len(headers) / filled
        if share < 0.03:
            return NO
        sure = len(headers) > 1 and share >= 0.15
        return Evidence(self.confidence if sure else self.confidence * 0.7, f"{len(headers)} {self.what}")

    def read(self, file: RawFile) -> Draft:
        """Read one voice a header; paragraphs that follow belong to it."""
        draft = Draft()
        header: Header | None = None
        said: list[str] = []
        at = 0
        for number, line in enumerate(file.lines, 1):
            if not line.strip():
                continue
            reason = furniture(line)
            opening = None if reason else self.header(line)
            if reason:
                draft.skip(number, reason)
            elif opening is not None:
                _close(header, said, at, draft)
                header, said, at = opening, [opening.words] if opening.words.strip() else [], number
            elif header is None:
                draft.skip(number, "before the first speaker")
            else:
                said.append(line)
        _close(header, said, at, draft)
        return draft


def _close(header: Header | None, said: list[str], at: int, draft: Draft) -> None:
    if header is None:
        return
    if not said:
        draft.skip(at, "a speaker without words")
        return
    if not header.speaker:
        draft.notice(NoticeKind.GUESSED, "a voice without a name kept as an unknown speaker", at)
    draft.voices.append(
        Voice(header.speaker, "\n".join(said), at, header.start_s, header.end_s, change=not header.speaker)
    )


def _clean(name: str) -> str:
    return name.strip().strip("*_").strip()


class Otter(_Stamped):
    """Otter.ai text: name, two spaces, time; the words below."""

    layout = "otter-txt"
    label = "Otter .txt (`Name  0:15` over the words)"
    what = "lines with a name, two spaces and a time"
    pattern = re.compile(
        rf"(?:\ufeff)?(?:(?P<name>[^\s\[(][^\t]{{0,60}}?)(?:[ \u00a0]{{2,}}|\t[ \t]*))?(?P<time>{CLOCK})\s*$"
    )
