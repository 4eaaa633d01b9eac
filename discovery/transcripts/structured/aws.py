"""Amazon Transcribe JSON: words and marks as items, times as strings, speakers beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from discovery.records import NoticeKind
from discovery.transcripts.base import NO, Draft, Evidence, RawFile
from discovery.transcripts.structured.values import Collector, at, items, load, mentions, peek
from discovery.transcripts.structured.words import Word, join_words


class AmazonTranscribe:
    """The result file of an Amazon Transcribe job."""

    layout = "aws-transcribe-json"
    label = "Amazon Transcribe JSON"

    def sniff(self, file: RawFile) -> Evidence:
        """Look for results with transcripts and items."""
        if mentions(file, "results", "transcripts"):
            return Evidence(0.6, "JSON with results and transcripts, but it cannot be parsed")
        results = at(peek(file), "results")
        entries = at(results, "items")
        if not isinstance(at(results, "transcripts"), list) and not isinstance(entries, list):
            return NO
        if isinstance(entries, list) and any(at(entry, "alternatives") is not None for entry in entries):
            return Evidence(0.95, f"JSON with results of {len(entries)} items")
        return Evidence(0.8, "JSON with results and transcripts")

    def read(self, file: RawFile) -> Draft:
        """Join the items into voices, marks without a space before them.

        Raises:
            TranscriptError: The JSON cannot be parsed.
        """
        results = at(load(file, self.label), "results")
        draft = Draft()
        collect = Collector(draft, "item")
        words = list(_words(results, collect))
        draft.voices.extend(join_words(words))
        if words:
            _compare(results, words, draft)
        else:
            for number, entry in items(at(results, "transcripts"), draft, "transcript"):
                collect.add(number, None, entry.get("transcript"))
        return collect.finish()


def _words(results: Any, collect: Collector) -> Iterator[Word]:
    speakers = _speakers_by_time(results)
    speaker: Any = None
    for number, entry in items(at(results, "items"), collect.draft, "item"):
        text = collect.text(number, at(entry, "alternatives", 0, "content"), "item")
        if not text:
            continue
        mark = entry.get("type") == "punctuation"
        start, end = entry.get("start_time"), entry.get("end_time")
        if not mark:
            named = entry.get("speaker_label") or entry.get("channel_label")
            speaker = named or (speakers.get(start) if isinstance(start, str) else None)
        times = collect.time(start), collect.time(end)
        yield Word(text.strip(), collect.speaker(speaker), number, *times, attached=mark)


def _speakers_by_time(results: Any) -> dict[str, Any]:
    """Map the start of each word to its speaker, for files that keep speakers apart from items."""
    found: dict[str, Any] = {}
    segments = at(results, "speaker_labels", "segments")
    for segment in segments if isinstance(segments, list) else []:
        entries = at(segment, "items")
        for entry in entries if isinstance(entries, list) else []:
            start = at(entry, "start_time")
            if isinstance(start, str):
                found[start] = at(entry, "speaker_label") or at(segment, "speaker_label")
    return found


def _compare(results: Any, words: list[Word], draft: Draft) -> None:
    """Say so where the items do not add up to the transcript the service gives."""
    given = at(results, "transcripts", 0, "transcript")
    if not isinstance(given, str):
        return
    difference = abs(len("".join(given.split())) - sum(len("".join(word.text.split())) for word in words))
    if difference:
        what = "characters differ between the items that were read and the running transcript"
        draft.notice(NoticeKind.GUESSED, what, count=difference)
