"""Deepgram JSON: utterances where they were asked for, else paragraphs, else words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from discovery.transcripts.base import NO, Draft, Evidence, RawFile, Voice
from discovery.transcripts.structured.values import Collector, at, items, listed, load, mentions, peek
from discovery.transcripts.structured.words import Word, join_words


class Deepgram:
    """A Deepgram response as its API returns it."""

    layout = "deepgram-json"
    label = "Deepgram JSON"

    def sniff(self, file: RawFile) -> Evidence:
        """Look for results with channels or utterances."""
        if mentions(file, "results", "channels"):
            return Evidence(0.6, "JSON with results and channels, but it cannot be parsed")
        results = at(peek(file), "results")
        channels, utterances = at(results, "channels"), at(results, "utterances")
        if isinstance(channels, list) and any(at(entry, "alternatives") is not None for entry in channels):
            return Evidence(0.95, f"JSON with results in {len(channels)} channels")
        if isinstance(utterances, list) and any(at(entry, "transcript") is not None for entry in utterances):
            return Evidence(0.95, f"JSON with {len(utterances)} utterances under results")
        return NO

    def read(self, file: RawFile) -> Draft:
        """Turn utterances, paragraphs or words into voices, in the order they are said.

        Raises:
            TranscriptError: The JSON cannot be parsed.
        """
        results = at(load(file, self.label), "results")
        draft = Draft()
        collect = Collector(draft, "utterance")
        several = len(listed(at(results, "channels"))) > 1
        if listed(at(results, "utterances")):
            for number, entry in items(at(results, "utterances"), draft, "utterance"):
                speaker = _speaker(entry, entry.get("channel"), several)
                collect.add(number, speaker, entry.get("transcript"), entry.get("start"), entry.get("end"))
        else:
            for channel, entry in items(at(results, "channels"), draft, "channel"):
                _read_channel(entry, channel - 1, several, collect)
        if several:
            draft.voices.sort(key=_when)
        return collect.finish()


def _when(voice: Voice) -> tuple[bool, float]:
    return voice.start_s is None, voice.start_s or 0.0


def _speaker(entry: Any, channel: Any, several: bool) -> Any:
    """Name a speaker by number, and by channel where each channel was recorded apart."""
    number = at(entry, "speaker")
    if not several or isinstance(channel, list | dict):
        return number
    return f"Channel {channel}" if number in (None, 0) else f"Channel {channel} speaker {number}"


def _read_channel(channel: Any, number: int, several: bool, collect: Collector) -> None:
    best = at(channel, "alternatives", 0)
    paragraphs = listed(at(best, "paragraphs", "paragraphs"))
    if paragraphs:
        _read_paragraphs(paragraphs, number, several, collect)
        return
    words = list(_words(best, number, several, collect))
    collect.draft.voices.extend(join_words(words))
    if not words:
        collect.add(1, _speaker(None, number, several), at(best, "transcript"))


def _read_paragraphs(paragraphs: list[Any], channel: int, several: bool, collect: Collector) -> None:
    for number, paragraph in items(paragraphs, collect.draft, "paragraph"):
        speaker = _speaker(paragraph, channel, several)
        for sentence in listed(paragraph.get("sentences")):
            text = at(sentence, "text")
            collect.add(number, speaker, text, at(sentence, "start"), at(sentence, "end"))


def _words(best: Any, channel: int, several: bool, collect: Collector) -> Iterator[Word]:
    for number, entry in items(at(best, "words"), collect.draft, "word"):
        text = collect.text(number, entry.get("punctuated_word", entry.get("word")), "word")
        if text:
            speaker = collect.speaker(_speaker(entry, channel, several))
            times = collect.time(entry.get("start")), collect.time(entry.get("end"))
            yield Word(text.strip(), speaker, number, *times)
