"""JSON of further speech services: Rev AI, Speechmatics, ElevenLabs and Azure Speech."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from discovery.transcripts.base import NO, UNKNOWN_SPEAKER, Draft, Evidence, RawFile
from discovery.transcripts.structured.values import Collector, at, items, listed, load, mentions, peek
from discovery.transcripts.structured.words import Word, join_words

_ISO_DURATION = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?", re.ASCII)
_TICKS = 10_000_000


class RevAi:
    """Rev AI: monologues of elements, spaces and marks among them."""

    layout = "rev-ai-json"
    label = "Rev AI JSON"

    def sniff(self, file: RawFile) -> Evidence:
        """Look for monologues with elements."""
        if mentions(file, "monologues", "elements"):
            return Evidence(0.6, "JSON with monologues, but it cannot be parsed")
        found = at(peek(file), "monologues")
        if isinstance(found, list) and any(isinstance(at(entry, "elements"), list) for entry in found):
            return Evidence(0.95, f"JSON with {len(found)} monologues")
        return NO

    def read(self, file: RawFile) -> Draft:
        """Join the elements of each monologue, spaced as the file has them.

        Raises:
            TranscriptError: The JSON cannot be parsed.
        """
        content = load(file, self.label)
        collect = Collector(Draft(), "element")
        names = {str(at(entry, "id")): at(entry, "name") for entry in listed(at(content, "speakers"))}
        for number, entry in items(at(content, "monologues"), collect.draft, "monologue"):
            who = entry.get("speaker")
            named = at(who, "name") or names.get(str(who))
            speaker = collect.speaker(named or who)
            collect.draft.voices.extend(join_words(_elements(entry, number, speaker, collect)))
        return collect.finish()


def _elements(monologue: Any, number: int, speaker: str, collect: Collector) -> Iterator[Word]:
    known = [entry for _, entry in items(at(monologue, "elements"), collect.draft, "element")]
    spaced = any(isinstance(at(entry, "value"), str) and entry["value"].isspace() for entry in known)
    before = " "
    for entry in known:
        value = entry.get("value")
        text = "" if isinstance(value, str) and value.isspace() else collect.text(number, value, "element")
        if text:
            attached = entry.get("type") == "punct" or (spaced and not before[-1:].isspace())
            times = collect.time(entry.get("ts")), collect.time(entry.get("end_ts"))
            yield Word(text.strip(), speaker, number, *times, attached=attached)
        before = value if isinstance(value, str) else before


class Speechmatics:
    """Speechmatics: words and marks with the speaker in their first alternative."""

    layout = "speechmatics-json"
    label = "Speechmatics JSON"

    def sniff(self, file: RawFile) -> Evidence:
        """Look for a list of results with alternatives that have content."""
        if mentions(file, "results", "alternatives", "attaches_to"):
            return Evidence(0.6, "JSON with results and alternatives, but it cannot be parsed")
        results = at(peek(file), "results")
        if isinstance(results, list) and any(at(each, "alternatives", 0, "content") for each in results):
            return Evidence(0.95, f"JSON with {len(results)} results")
        return NO

    def read(self, file: RawFile) -> Draft:
        """Join the words, marks attached to the word before them.

        Raises:
            TranscriptError: The JSON cannot be parsed.
        """
        content = load(file, self.label)
        collect = Collector(Draft(), "result")
        delimiter = at(content, "metadata", "language_pack_info", "word_delimiter")
        words = _results(at(content, "results"), delimiter == "", collect)
        collect.draft.voices.extend(join_words(words))
        return collect.finish()


def _names_speaker(entry: Any) -> bool:
    return isinstance(at(entry, "alternatives", 0, "speaker"), str)


def _results(results: Any, unspaced: bool, collect: Collector) -> Iterator[Word]:
    voices = {at(entry, "alternatives", 0, "speaker") for entry in listed(results) if _names_speaker(entry)}
    unknown = UNKNOWN_SPEAKER if voices - {"UU"} else ""
    before = ""
    for number, entry in items(results, collect.draft, "result"):
        text = collect.text(number, at(entry, "alternatives", 0, "content"), "result")
        if not text:
            continue
        named = at(entry, "alternatives", 0, "speaker") or entry.get("channel")
        speaker = unknown if named == "UU" else collect.speaker(named)
        mark = entry.get("attaches_to") in ("previous", "both") or entry.get("type") == "punctuation"
        attached = mark or (unspaced and speaker == before)
        times = collect.time(entry.get("start_time")), collect.time(entry.get("end_time"))
        yield Word(text.strip(), speaker, number, *times, attached=attached)
        before = speaker


class ElevenLabs:
    """ElevenLabs Scribe: words with a type, spaces among them, and a speaker id."""

    layout = "elevenlabs-json"
    label = "ElevenLabs JSON"

    def sniff(self, file: RawFile) -> Evidence:
        """Look for words with a type, and a language code."""
        if mentions(file, "language_code", "words", "speaker_id"):
            return Evidence(0.6, "JSON with words and speaker ids, but it cannot be parsed")
        words = at(peek(file), "words")
        typed = [at(word, "type") for word in listed(words)]
        if "word" in typed and at(peek(file), "language_code") is not None:
            return Evidence(0.95, f"JSON with {len(typed)} typed words and a language code")
        return NO

    def read(self, file: RawFile) -> Draft:
        """Join the words, spaced as the file has them.

        Raises:
            TranscriptError: The JSON cannot be parsed.
        """
        collect = Collector(Draft(), "word")
        words = at(load(file, self.label), "words")
        collect.draft.voices.extend(join_words(_typed_words(words, collect)))
        return collect.finish()


def _typed_words(words: Any, collect: Collector) -> Iterator[Word]:
    spaced = any(at(word, "type") == "spacing" for word in listed(words))
    space, before = True, ""
    for number, entry in items(words, collect.draft, "word"):
        if entry.get("type") == "spacing":
            space = True
            continue
        text = collect.text(number, entry.get("text"), "word")
        if text:
            speaker = collect.speaker(entry.get("speaker_id"))
            attached = spaced and not space and speaker == before
            times = collect.time(entry.get("start")), collect.time(entry.get("end"))
            yield Word(text.strip(), speaker, number, *times, attached=attached)
            space, before = False, speaker


class AzureSpeech:
    """Azure batch transcription: recognised phrases with times in ticks or ISO durations."""

    layout = "azure-speech-json"
    label = "Azure Speech JSON"

    def sniff(self, file: RawFile) -> Evidence:
        """Look for recognised phrases."""
        if mentions(file, "recognizedPhrases", "nBest"):
            return Evidence(0.6, "JSON with recognised phrases, but it cannot be parsed")
        phrases = _either(peek(file), "recognizedPhrases")
        if isinstance(phrases, list) and any(_either(phrase, "nBest") for phrase in phrases):
            return Evidence(0.95, f"JSON with {len(phrases)} recognised phrases")
        return NO

    def read(self, file: RawFile) -> Draft:
        """Turn each phrase into a voice, in the order they are said.

        Raises:
            TranscriptError: The JSON cannot be parsed.
        """
        draft = Draft()
        collect = Collector(draft, "phrase")
        phrases = _either(load(file, self.label), "recognizedPhrases")
        several = len({str(_either(phrase, "channel")) for phrase in listed(phrases)}) > 1
        for number, phrase in items(phrases, draft, "phrase"):
            best = at(_either(phrase, "nBest"), 0)
            speaker = _either(phrase, "speaker")
            if speaker is None and several:
                speaker = f"Channel {_either(phrase, 'channel')}"
            start, length = (_azure_seconds(phrase, key) for key in ("offset", "duration"))
            end = round(start + length, 3) if start is not None and length is not None else None
            collect.add(number, speaker, _either(best, "display") or _either(best, "lexical"), start, end)
        if several:
            draft.voices.sort(key=lambda voice: voice.start_s if voice.start_s is not None else float("inf"))
        return collect.finish()


def _either(value: Any, key: str) -> Any:
    """Look a key up as batch transcription spells it, or as Video Indexer does."""
    found = at(value, key)
    return found if found is not None else at(value, key[0].upper() + key[1:])


def _azure_seconds(phrase: Any, key: str) -> float | None:
    ticks = _either(phrase, f"{key}InTicks")
    if isinstance(ticks, int | float) and not isinstance(ticks, bool) and abs(ticks) < 1e15:
        return ticks / _TICKS
    text = _either(phrase, key)
    found = _ISO_DURATION.fullmatch(text) if isinstance(text, str) and len(text) < 40 else None
    if found is None:
        return None
    hours, minutes, seconds = found.groups()
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + float(seconds or 0)
