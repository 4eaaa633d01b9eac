"""No word of speech is lost or invented, whatever is said, in any layout, encoding and line end."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discovery.annotated import tidy
from discovery.transcripts.reading import read_transcript, speaker_shares
from tests.transcripts.transcript_rendering import RENDERERS, Talk, talks

QUIET = settings(
    deadline=None,
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)


@pytest.mark.parametrize("layout", sorted(RENDERERS))
@QUIET
@given(talk=talks())
def test_what_is_said_is_what_is_read(tmp_path: Path, layout: str, talk: Talk) -> None:
    path = tmp_path / "talk"
    path.write_text(RENDERERS[layout](talk), encoding="utf-8")
    transcript = read_transcript(path)
    assert transcript.layout == layout
    assert [(turn.speaker, turn.text) for turn in transcript.turns] == [
        (name, tidy(said)) for name, said in talk
    ]
    assert sum(speaker_shares(transcript).values()) == pytest.approx(1.0)


@pytest.mark.parametrize("layout", sorted(set(RENDERERS) - {"otranscribe"}))
@QUIET
@given(
    talk=talks(),
    codec=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]),
    ends=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_encoding_and_line_ends_change_nothing(
    tmp_path: Path, layout: str, talk: Talk, codec: str, ends: str
) -> None:
    path = tmp_path / "talk"
    path.write_bytes(RENDERERS[layout](talk).replace("\n", ends).encode(codec))
    assert [(turn.speaker, turn.text) for turn in read_transcript(path).turns] == talk


@pytest.mark.parametrize("layout", ["zoom-vtt", "teams-vtt", "srt"])
@QUIET
@given(talk=talks(), data=st.data())
def test_lines_broken_anywhere_keep_every_word(
    tmp_path: Path, layout: str, talk: Talk, data: st.DataObject
) -> None:
    """Captions are wrapped where the screen ends, not where a thought does."""
    wrapped = [(name, _wrap(said, data)) for name, said in talk]
    path = tmp_path / "talk"
    path.write_text(RENDERERS[layout](wrapped), encoding="utf-8")
    words = [word for turn in read_transcript(path).turns for word in turn.text.split()]
    assert words == [word for _, said in talk for word in said.split()]


def _wrap(said: str, data: st.DataObject) -> str:
    words = said.split()
    breaks = data.draw(st.sets(st.integers(min_value=1, max_value=max(1, len(words) - 1)), max_size=3))
    pieces = [(("\n" if number in breaks and number else " ") + word) for number, word in enumerate(words)]
    return "".join(pieces).strip()


@QUIET
@given(talk=talks(), layout=st.sampled_from(sorted(RENDERERS)))
def test_every_offset_points_at_its_words(tmp_path: Path, talk: Talk, layout: str) -> None:
    path = tmp_path / "talk"
    path.write_text(RENDERERS[layout](talk), encoding="utf-8")
    for turn in read_transcript(path).turns:
        assert turn.text == unicodedata.normalize("NFC", " ".join(turn.text.split()))
        for cue in turn.cues:
            quote = turn.text[cue.start : cue.end]
            assert quote
            assert turn.span(cue.start, cue.end).quote == quote
            assert cue.line >= 1


@pytest.mark.parametrize("layout", ["zoom-vtt", "teams-vtt", "srt"])
@QUIET
@given(talk=talks(), keep=st.integers(min_value=1, max_value=2))
def test_consecutive_cues_of_one_speaker_are_one_turn(
    tmp_path: Path, layout: str, talk: Talk, keep: int
) -> None:
    doubled = [pair for pair in talk for _ in range(keep)]
    path = tmp_path / "talk"
    path.write_text(RENDERERS[layout](doubled), encoding="utf-8")
    turns = read_transcript(path).turns
    assert [turn.speaker for turn in turns] == [name for name, _ in talk]
    assert [turn.number for turn in turns] == list(range(len(talk)))
    assert all(len(turn.cues) == keep for turn in turns)
