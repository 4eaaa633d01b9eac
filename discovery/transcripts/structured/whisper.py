"""JSON of the Whisper family: Whisper itself, WhisperX with speakers, and whisper.cpp."""

from __future__ import annotations

from typing import Any, NamedTuple

from discovery.records import NoticeKind
from discovery.transcripts.base import NO, Draft, Evidence, RawFile
from discovery.transcripts.structured.values import Collector, at, items, letter_name, load, mentions, peek

_SPEAKER_KEYS = ("speaker", "speaker_name", "speaker_label", "speaker_id", "speakerName", "speakerId")


def _segments(file: RawFile) -> list[dict[str, Any]]:
    segments = at(peek(file), "segments")
    if not isinstance(segments, list):
        return []
    entries = [entry for entry in segments if isinstance(entry, dict)]
    return entries if any("text" in entry and "start" in entry for entry in entries) else []


class _Piece(NamedTuple):
    """Words of one speaker, fields as the file gives them."""

    speaker: Any
    text: Any
    start: Any
    end: Any


def _word_speakers(entry: dict[str, Any]) -> list[Any]:
    """List the speakers of a segment's words, in the order of their first word."""
    words = entry.get("words")
    found = [at(word, "speaker") for word in words] if isinstance(words, list) else []
    return [speaker for n, speaker in enumerate(found) if speaker is not None and speaker not in found[:n]]


def _own_speaker(entry: dict[str, Any]) -> Any:
    """Return a segment's own speaker, under whatever key diarisation put it."""
    return next((letter_name(entry[key]) for key in _SPEAKER_KEYS if entry.get(key) is not None), None)


def _named(entry: dict[str, Any]) -> bool:
    return _own_speaker(entry) is not None or bool(_word_speakers(entry))


class WhisperX:
    """Segments with start, end, text and, after diarisation, a speaker."""

    layout = "whisperx-json"
    label = "WhisperX JSON"

    def sniff(self, file: RawFile) -> Evidence:
        """Look for segments of which at least one names a speaker."""
        if mentions(file, "segments", "speaker", "text"):
            return Evidence(0.6, "JSON with segments and speakers, but it cannot be parsed")
        named = sum(1 for entry in _segments(file) if _named(entry))
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
        if not entries or any(_named(entry) for entry in entries):
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
        pieces = _pieces(entry)
        shared += len(pieces) == 1 and len(_word_speakers(entry)) > 1
        for piece in pieces:
            collect.add(number, piece.speaker, piece.text, piece.start, piece.end)
    if shared:
        what = "segments hold words that their tool gave to several speakers; the segment's own was taken"
        draft.notice(NoticeKind.GUESSED, what, count=shared)
    return collect.finish()


def _pieces(entry: dict[str, Any]) -> list[_Piece]:
    """Cut a segment without a speaker of its own where its words change speaker."""
    speakers = _word_speakers(entry)
    own = _own_speaker(entry)
    whole = _Piece(
        own if own is not None else next(iter(speakers), None),
        entry.get("text"),
        entry.get("start"),
        entry.get("end"),
    )
    if own is not None or len(speakers) < 2 or not isinstance(whole.text, str):
        return [whole]
    pieces: list[_Piece] = []
    for word in entry["words"]:
        text, speaker = at(word, "word"), at(word, "speaker")
        if not isinstance(text, str):
            return [whole]
        if not pieces or speaker not in (None, pieces[-1].speaker):
            pieces.append(_Piece(speaker, "", at(word, "start"), None))
        last = pieces[-1]
        pieces[-1] = _Piece(last.speaker, f"{last.text} {text}", last.start, at(word, "end") or last.end)
    spelled = "".join("".join(piece.text for piece in pieces).split())
    return pieces if spelled == "".join(whole.text.split()) else [whole]


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
