"""oTranscribe files: JSON around the HTML of its editor, with clickable times."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

from discovery.errors import TranscriptError
from discovery.records import NoticeKind
from discovery.transcripts.base import NO, Draft, Evidence, RawFile, Voice
from discovery.transcripts.labelled import find_labels, tell_guesses
from discovery.transcripts.names import split_label
from discovery.transcripts.times import seconds

_BLOCKS = frozenset({"p", "div", "br", "li", "h1", "h2", "h3", "ul", "ol", "blockquote", "tr"})
_UNSPOKEN = frozenset({"script", "style", "head", "title"})


class OTranscribe:
    """An .otr file as oTranscribe exports it."""

    layout = "otranscribe"
    label = "oTranscribe .otr"

    def sniff(self, file: RawFile) -> Evidence:
        """Look for JSON with text and the state of the media player."""
        if file.text is None or not file.text.lstrip().startswith("{") or '"text"' not in file.text:
            return NO
        if '"media"' not in file.text and '"media-time"' not in file.text:
            return NO
        content = _load(file)
        if content is None:
            broken = '"media-time"' in file.text
            return Evidence(0.7, "JSON with text and media-time that cannot be parsed") if broken else NO
        media = [key for key in ("media", "media-source", "media-time") if key in content]
        if not isinstance(content.get("text"), str) or not media:
            return NO
        return Evidence(0.96, f"JSON with text and {', '.join(media)}")

    def read(self, file: RawFile) -> Draft:
        """Read one paragraph after the other; names stand before a colon.

        Raises:
            TranscriptError: The JSON cannot be parsed or holds no text.
        """
        content = _load(file)
        if content is None or not isinstance(content.get("text"), str):
            reason = "it is not valid JSON with a text"
            raise TranscriptError("transcript.broken", source=file.name, layout=self.label, reason=reason)
        draft = Draft()
        page = _Page()
        page.feed(content["text"])
        page.finish()
        lines = [line for line, _ in page.lines]
        labels = find_labels(lines, "\n".join(lines), split_label)
        for number, (line, start) in enumerate(page.lines, 1):
            pair = split_label(line)
            named = pair is not None and pair[0] in labels.names
            speaker, words = pair if named and pair is not None else ("", line)
            draft.voices.append(Voice(speaker, words, number, start))
        if page.unread_times:
            what = "times that cannot be read left out"
            draft.notice(NoticeKind.REPAIRED, what, count=page.unread_times)
        tell_guesses(labels, draft)
        return draft


def _load(file: RawFile) -> dict[str, Any] | None:
    try:
        content = json.loads(file.text or "")
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None


class _Page(HTMLParser):
    """Collects lines of text and the first time in each."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[tuple[str, float | None]] = []
        self.unread_times = 0
        self._said: list[str] = []
        self._start: float | None = None
        self._in_time = 0
        self._unspoken = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Start a line at a block, and read a time at a timestamp."""
        facts = dict(attrs)
        if tag in _BLOCKS:
            self.finish()
        elif tag in _UNSPOKEN:
            self._unspoken += 1
        elif tag == "span" and (self._in_time or "timestamp" in (facts.get("class") or "").split()):
            self._in_time += 1
            self._take_time(facts.get("data-timestamp"))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Treat ``<br/>`` as ``<br>``."""
        if tag in _BLOCKS:
            self.finish()

    def handle_endtag(self, tag: str) -> None:
        """End a line at a block, and speech resumes after a timestamp."""
        if tag in _BLOCKS:
            self.finish()
        elif tag in _UNSPOKEN:
            self._unspoken = max(0, self._unspoken - 1)
        elif tag == "span" and self._in_time:
            self._in_time -= 1

    def handle_data(self, data: str) -> None:
        """Keep words; what stands inside a timestamp is no word."""
        if not self._in_time and not self._unspoken:
            self._said.append(data)

    def finish(self) -> None:
        """Close the line that is open, if it holds anything."""
        line = "".join(self._said).strip()
        self._in_time = 0
        if line:
            self.lines.append((line, self._start))
            self._start = None
        self._said = []

    def _take_time(self, written: str | None) -> None:
        if written is None or self._start is not None:
            return
        try:
            value = float(written) if ":" not in written else seconds(written)
        except ValueError:
            value = None
        self.unread_times += value is None
        self._start = value
