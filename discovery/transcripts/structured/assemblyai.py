"""AssemblyAI JSON: utterances with speakers A, B, C and times in whole milliseconds."""

from __future__ import annotations

from typing import Any

from discovery.transcripts.base import NO, Draft, Evidence, RawFile
from discovery.transcripts.structured.values import Collector, at, items, letter_name, load, mentions, peek
from discovery.transcripts.structured.words import Word, join_words

_SERVICE = (
    "audio_url",
    "language_model",
    "acoustic_model",
    "audio_duration",
    "speech_model",
    "speaker_labels",
)


class AssemblyAI:
    """A finished AssemblyAI transcript."""

    layout = "assemblyai-json"
    label = "AssemblyAI JSON"

    def sniff(self, file: RawFile) -> Evidence:
        """Look for utterances, or words, with times in milliseconds."""
        if mentions(file, "utterances", "speaker") and not mentions(file, "results"):
            return Evidence(0.6, "JSON with utterances and speakers, but it cannot be parsed")
        content = peek(file)
        marks = sum(1 for key in _SERVICE if at(content, key) is not None)
        utterances = at(content, "utterances")
        if isinstance(utterances, list) and any(at(entry, "text") is not None for entry in utterances):
            whole = all(isinstance(at(entry, "start"), int | None) for entry in utterances)
            found = f"JSON with {len(utterances)} utterances"
            return Evidence(0.95 if whole else 0.55 + 0.3 * bool(marks), found)
        words = at(content, "words")
        if isinstance(words, list) and isinstance(at(content, "text"), str) and marks >= 2:
            return Evidence(0.9, f"JSON of AssemblyAI with {len(words)} words and no utterances")
        return NO

    def read(self, file: RawFile) -> Draft:
        """Turn utterances into voices; where there are none, join the words.

        Raises:
            TranscriptError: The JSON cannot be parsed.
        """
        content = load(file, self.label)
        draft = Draft()
        collect = Collector(draft, "utterance", per_second=1000)
        if at(content, "utterances"):
            for number, entry in items(at(content, "utterances"), draft, "utterance"):
                speaker = letter_name(entry.get("speaker"))
                collect.add(number, speaker, entry.get("text"), entry.get("start"), entry.get("end"))
        else:
            self._join(content, collect)
        return collect.finish()

    @staticmethod
    def _join(content: Any, collect: Collector) -> None:
        draft = collect.draft
        words = []
        for number, entry in items(at(content, "words"), draft, "word"):
            text = collect.text(number, entry.get("text"), "word")
            if text:
                speaker = collect.speaker(letter_name(entry.get("speaker")))
                times = collect.time(entry.get("start")), collect.time(entry.get("end"))
                words.append(Word(text.strip(), speaker, number, *times))
        draft.voices.extend(join_words(words))
        if not words:
            collect.add(1, None, at(content, "text"))
