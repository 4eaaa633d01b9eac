"""Text exports in which a line with a name and a time stands over the words, or before them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from discovery.records import NoticeKind
from discovery.transcripts.base import NO, Draft, Evidence, RawFile, Voice
from discovery.transcripts.furniture import furniture
from discovery.transcripts.names import Likeness, accept_names, known_label, likeness, split_label
from discovery.transcripts.times import CLOCK, seconds

_LONGEST_HEADER = 120
_MARKED = re.compile(r"\*\*|__")
_FEWEST = 0.03
_USUAL = 0.12


@dataclass(frozen=True, slots=True)
class Header:
    """A line that opens a voice: who, when, and words on the same line."""

    speaker: str
    start_s: float | None
    words: str = ""


class Stamped:
    """What all layouts of this family share; a layout is a pattern and what to call it.

    ``own_line`` tells whether the words stand below the header, never beside it;
    ``named_only`` whether what stands where the name would must look like one.
    """

    layout: str
    label: str
    what: str
    pattern: re.Pattern[str]
    own_line = True
    named_only = False
    unnamed_goes_on = False
    confidence = 0.93

    def header(self, line: str) -> Header | None:
        """Read a line as a header, or return None."""
        if self.own_line and len(line) > _LONGEST_HEADER:
            return None
        line = _MARKED.sub("", line[:_LONGEST_HEADER]) + line[_LONGEST_HEADER:]
        match = self.pattern.match(line)
        if match is None:
            return None
        found = match.groupdict()
        name = (found.get("name") or "").strip()
        if self.named_only and name and likeness(name) is Likeness.NO:
            return None
        return Header(name, seconds(found["time"]), line[match.end() :])

    def sniff(self, file: RawFile) -> Evidence:
        """Count header lines, and weigh them against all lines that hold something."""
        if file.text is None or "-->" in file.text:
            return NO
        headers = [header for line in file.lines if (header := self.header(line))]
        if not any(header.speaker for header in headers):
            return NO
        share = len(headers) / sum(1 for line in file.lines if line.strip())
        if share < _FEWEST:
            return NO
        sure = len(headers) > 1 and share >= _USUAL
        return Evidence(self.confidence * (1.0 if sure else 0.7), f"{len(headers)} {self.what}")

    def read(self, file: RawFile) -> Draft:
        """Read one voice a header; paragraphs that follow belong to it."""
        draft = Draft()
        header: Header | None = None
        said: list[str] = []
        at = untimed = 0
        names = self._names(file)
        for number, line in enumerate(file.lines, 1):
            if not line.strip():
                continue
            reason = furniture(line)
            opening = None if reason else self.header(line)
            if opening and not opening.speaker and number == at + 1 and not said:
                opening = None  # the answer "10:30" right under a name, not a voice without one
            if not reason and opening is None and header is not None and (pair := known_label(line, names)):
                opening = Header(pair[0], None, pair[1])
                untimed += 1
            if reason:
                draft.skip(number, reason)
            elif opening is not None:
                self._close(header, said, at, draft)
                header, said, at = opening, [opening.words] if opening.words.strip() else [], number
            elif header is None:
                draft.skip(number, "before the first speaker")
            else:
                said.append(line)
        self._close(header, said, at, draft)
        if untimed:
            what = "lines with a known name but no time taken as that speaker"
            draft.notice(NoticeKind.GUESSED, what, count=untimed)
        return draft

    def _names(self, file: RawFile) -> set[str]:
        """Names that may open a line without a time: only where words stand beside names."""
        if self.own_line:
            return set()
        headers = (self.header(line) for line in file.lines)
        names = {header.speaker for header in headers if header and header.speaker}
        labels = {pair[0] for line in file.lines if (pair := split_label(line))}
        numbered = any(likeness(name) is Likeness.SURE for name in names)
        return names | {label for label in labels if numbered and likeness(label) is Likeness.SURE}

    def _close(self, header: Header | None, said: list[str], at: int, draft: Draft) -> None:
        if header is None:
            return
        if not said:
            draft.skip(at, "a speaker without words")
        unnamed = not header.speaker and not self.unnamed_goes_on
        draft.voices.append(Voice(header.speaker, "\n".join(said), at, header.start_s, change=unnamed))


class Otter(Stamped):
    """Otter.ai text: name, two spaces, time; the words below."""

    layout = "otter-txt"
    label = "Otter .txt: `Name  0:15` over the words"
    what = "lines with a name, two spaces and a time"
    pattern = re.compile(
        r"(?:(?P<name>[^\s\[(][^\t]{0,60}?)(?:[ \u00a0]{2,8}|\t[ \t]{0,8}))?"
        rf"(?P<time>{CLOCK})\s{{0,9}}$"
    )


class ZoomCaptions(Stamped):
    """Zoom's saved closed captions: name in brackets and a time; the words below."""

    layout = "zoom-captions"
    label = "Zoom saved captions .txt: `[Name] 00:12:30` over the words"
    what = "lines with a name in brackets and a time"
    pattern = re.compile(rf"\[(?P<name>(?!{CLOCK})[^\[\]]{{1,80}})\][ \t]{{1,4}}(?P<time>{CLOCK})\s{{0,9}}$")
    confidence = 0.95

    def read(self, file: RawFile) -> Draft:
        """Read voices; times of day become seconds since the first of them."""
        draft = super().read(file)
        starts = [voice.start_s for voice in draft.voices if voice.start_s is not None]
        if starts and starts[0] >= 3600:
            draft.notice(NoticeKind.GUESSED, "times of day counted from the first line", count=len(starts))
            draft.voices = [
                replace(voice, start_s=None if voice.start_s is None else voice.start_s - starts[0])
                for voice in draft.voices
            ]
        return draft


class Rev(Stamped):
    """Rev, Plaud and others: name and a time in round brackets, then a colon."""

    layout = "rev-txt"
    label = "Rev, Plaud and others: `Speaker 1 (00:00):`"
    what = "lines with a name and a time in round brackets"
    pattern = re.compile(
        rf"\s{{0,3}}(?P<name>[^()\[\]:\s][^()\[\]:]{{0,59}}?)\s{{0,4}}\((?P<time>{CLOCK})\)\s{{0,3}}(?::|$)"
    )
    own_line = False
    named_only = True


class NameTime(Stamped):
    """Name and a time in square brackets, the words behind it or below."""

    layout = "name-time"
    label = "`Name [00:15]` before or over the words"
    what = "lines with a name and a time in square brackets"
    pattern = re.compile(
        rf"\s{{0,3}}(?P<name>[^()\[\]:\s][^()\[\]:]{{0,59}}?)\s{{1,4}}\[(?P<time>{CLOCK})(?:[.,]\d{{1,3}})?\]"
        r"\s{0,3}(?::|$|(?=\s))"
    )
    own_line = False
    named_only = True


class TimeName(Stamped):
    """Word's and HappyScribe's transcripts: time and name on a line, the words below."""

    layout = "time-name"
    label = "Word Transcribe, HappyScribe: `00:00:03 Speaker 1` over the words"
    what = "lines with a time and a name"
    pattern = re.compile(
        rf"[\[(]?(?P<time>{CLOCK})(?:[.,]\d{{1,3}})?[\])]?[ \t]{{1,4}}(?:[-–][ ])?"
        r"(?P<name>[^\[\]:\d][^\[\]:]{0,59})$"
    )
    named_only = True
    confidence = 0.9

    def header(self, line: str) -> Header | None:
        """Read a line as a header; the name is all that follows the time."""
        found = super().header(line)
        return None if found is None else replace(found, words="")

    def sniff(self, file: RawFile) -> Evidence:
        """Ask that what follows the times be names: few, and not ordinary words."""
        seen = super().sniff(file)
        if not seen.confidence:
            return NO
        found = [header.speaker for line in file.lines if (header := self.header(line))]
        names, _ = accept_names(Counter(found), file.text or "")
        return seen if sum(name in names for name in found) * 10 >= len(found) * 9 else NO


class Descript(Stamped):
    """A time in brackets and a name with a colon, in either order, bold or not."""

    layout = "descript"
    label = "Descript and others: `[00:00:12] Name: text`, `**Name:** [00:00:12] text`"
    what = "lines with a time in brackets and a name before a colon"
    own_line = False
    unnamed_goes_on = True
    confidence = 0.97
    _time_first = re.compile(rf"\s{{0,3}}[\[(](?P<time>{CLOCK})(?:[.,:]\d{{1,3}})?[\])]\s{{0,4}}(?:-\s)?")
    _time_second = re.compile(rf"\s{{0,4}}[\[(](?P<time>{CLOCK})(?:[.,:]\d{{1,3}})?[\])]\s{{0,4}}")

    def header(self, line: str) -> Header | None:
        """Read a line as a header: time and name, name and time, or a time alone."""
        line = _MARKED.sub("", line[:_LONGEST_HEADER]) + line[_LONGEST_HEADER:]
        match = self._time_first.match(line)
        if match:
            rest = line[match.end() :]
            pair = split_label(rest)
            return Header(pair[0] if pair else "", seconds(match["time"]), pair[1] if pair else rest)
        pair = split_label(line)
        match = self._time_second.match(pair[1]) if pair else None
        if pair is None or match is None:
            return None
        return Header(pair[0], seconds(match["time"]), pair[1][match.end() :])
