"""JSON of the Whisper family: Whisper itself, WhisperX with speakers, and whisper.cpp."""

from __future__ import annotations

from typing import Any

from discovery.records import NoticeKind
from discovery.transcripts.base import NO, Draft, Evidence, RawFile
from discovery.transcripts.structured.values import Collector, at, items, load, mentions, peek


def _segments(file: RawFile) -> list[dict[str, Any]]:
    segments = at(peek(file), "segments")
    if not isinstance(segments, list):
        return []
    entries = [entry for entry in segments if isinstance(entry, dict)]
    return entries if any("text" in entry and "start" in entry for entry in entries) else []


def _speakers(entry: dict[str, Any]) -> list[Any]:
    """List the speaker of a segment, or else those of its words in order of their first word."""
    if entry.get("speaker") is not None:
        return [entry["speaker"]]
    words = entry.get("words")
    found = [at(word, "speaker") for word in words] if isinstance(words, list) else []
    return [speaker for n, speaker in enumerate(found) if speaker is not None and speaker not in found[:n]]


class WhisperX:
    """Segments with start, end, text and, after diarisation, a speaker."""

    layout = "whisperx-json"
    label = "WhisperX JSON"

    def sniff(self, file: RawFile) -> Evidence:
        """Look for segments of which at least one names a speaker."""
        if mentions(file, "segments", "speaker", "text"):
            return Evidence(0.6, "JSON with segments and speakers, but it cannot be parsed")
        named = sum(1 for entry in _segments(file) if _speakers(entry))
        if not named:
            return NO
        return Evidence(0.95, f"JSON with segments, {named} of them with a speaker")

    def read(self, file: RawFile) -> Draft:
        """Turn each segment into a voice.

        Raises:
            TranscriptError: The JSON cannot be parsed.
        """
        return _read_segments(load(file, self.label))


class Whisper:
    """Segments with start, end and text; nobody is named."""

    layout = "whisper-json"
    label = "Whisper JSON"

    def sniff(self, file: RawFile) -> Evidence:
        """Look for timed segments none of which names a speaker."""
        if mentions(file, "segments", "text") and not mentions(file, "speaker"):
            return Evidence(0.6, "JSON with segments, but it cannot be parsed")
        entries = _segments(file)
        if not entries or any(_speakers(entry) for entry in entries):
            return NO
        return Evidence(0.9, f"JSON with {len(entries)} timed segments and no speakers")

    def read(self, file: RawFile) -> Draft:
        """Turn each segment into a voice without a speaker.

        Raises:
            TranscriptError: The JSON cannot be parsed.
        """
        return _read_segments(load(file, self.label))


def _read_segments(content: Any) -> Draft:
    draft = Draft()
    collect = Collector(draft, "segment")
    shared = 0
    for number, entry in items(at(content, "segments"), draft, "segment"):
        speakers = _speakers(entry)
        shared += len(speakers) > 1
        collect.add(
            number, speakers[0] if speakers else None, entry.get("text"), entry.get("start"), entry.get("end")
        )
    if shared:
        what = "segments hold words of several speakers and went to the first"
        draft.notice(NoticeKind.GUESSED, what, count=shared)
    return collect.finish()


class WhisperCpp:
    """What whisper.cpp writes with ``--output-json``: offsets in milliseconds, nobody named."""

    layout = "whisper-cpp-json"
    label = "whisper.cpp JSON"

    def sniff(self, file: RawFile) -> Evidence:
        """Look for a transcription list with offsets or timestamps."""
        if mentions(file, "transcription", "offsets"):
            return Evidence(0.6, "JSON of whisper.cpp, but it cannot be parsed")
        entries = at(peek(file), "transcription")
        if isinstance(entries, list) and any(at(entry, "offsets") is not None for entry in entries):
            return Evidence(0.95, f"JSON with {len(entries)} entries and offsets")
        return NO

    def read(self, file: RawFile) -> Draft:
        """Turn each entry into a voice without a speaker.

        Raises:
            TranscriptError: The JSON cannot be parsed.
        """
        draft = Draft()
        collect = Collector(draft, "entry", per_second=1000)
        for number, entry in items(at(load(file, self.label), "transcription"), draft, "entry"):
            start, end = at(entry, "offsets", "from"), at(entry, "offsets", "to")
            collect.add(number, entry.get("speaker"), entry.get("text"), start, end)
        return collect.finish()
