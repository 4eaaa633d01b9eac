"""Cross-check against webvtt-py, where it is right: cue count, times, first voice, and words."""

from __future__ import annotations

import html
from pathlib import Path

import pytest
import webvtt

from discovery.transcripts.base import Draft
from discovery.transcripts.cues import cut_cues
from discovery.transcripts.reading import read_transcript

GOLD = Path(__file__).resolve().parents[1] / "gold"
FILES = sorted(GOLD.glob("*.vtt"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_cues_and_times_agree(path: Path) -> None:
    theirs = webvtt.read(path)
    ours = cut_cues(path.read_text(encoding="utf-8-sig").splitlines(), Draft())
    assert len(ours) == len(theirs) > 50
    for cue, caption in zip(ours, theirs, strict=True):
        assert cue.start_s == pytest.approx(caption.start_in_seconds, abs=1.0)
        assert _stamp(cue.start_s or 0.0) == caption.start
        assert _stamp(cue.end_s or 0.0) == caption.end


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_words_agree(path: Path) -> None:
    theirs = [word for caption in webvtt.read(path) for word in html.unescape(caption.text).split()]
    transcript = read_transcript(path)
    ours = [word for turn in transcript.turns for word in turn.text.split()]
    if transcript.layout == "zoom-vtt":  # webvtt-py leaves the name and its colon in the text
        names = {speaker.name for speaker in transcript.speakers}
        theirs = [
            word
            for caption in webvtt.read(path)
            for word in _without_name(html.unescape(caption.text), names).split()
        ]
    assert ours == theirs


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_voice_of_every_one_voice_cue_agrees(path: Path) -> None:
    voices = [caption.voice for caption in webvtt.read(path)]
    if not any(voices):
        return
    changes = [voice for number, voice in enumerate(voices) if number == 0 or voice != voices[number - 1]]
    assert [turn.speaker for turn in read_transcript(path).turns] == changes


def _without_name(text: str, names: set[str]) -> str:
    name, _, said = text.partition(": ")
    return said if name in names else text


def _stamp(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"
