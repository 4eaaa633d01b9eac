"""Documents and structured files: good ones, ugly but legal ones, and files with one fault each."""

from __future__ import annotations

import contextlib
import json
import random
from pathlib import Path

import pytest

from discovery.errors import DiscoveryError
from discovery.transcripts.reading import layouts, read_transcript
from tests.transcripts.transcript_expectations import DATA, expectation_of, observe

LAYOUTS = (
    "assemblyai-json",
    "aws-transcribe-json",
    "azure-speech-json",
    "csv",
    "deepgram-json",
    "docx",
    "elevenlabs-json",
    "json",
    "meet-docx",
    "odt",
    "pdf",
    "rev-ai-json",
    "rtf",
    "speechmatics-json",
    "teams-docx",
    "whisper-cpp-json",
    "whisper-json",
    "whisperx-json",
)
FIXTURES = sorted(
    path
    for layout in LAYOUTS
    for path in (DATA / layout).iterdir()
    if not path.name.endswith(".expected.json")
)
READABLE = [path for path in FIXTURES if "error" not in json.loads(expectation_of(path).read_text("utf-8"))]


def _id(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


@pytest.mark.parametrize("path", FIXTURES, ids=_id)
def test_a_fixture_reads_as_expected(path: Path) -> None:
    expected = json.loads(expectation_of(path).read_text(encoding="utf-8"))
    assert observe(path) == expected
    if "error" not in expected:
        assert expected["layout"] == path.parent.name
        assert expected["turns"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_has_good_ugly_and_faulty_fixtures(layout: str) -> None:
    names = [path.stem for path in FIXTURES if path.parent.name == layout]
    assert "good" in names
    assert any(name.startswith("ugly") for name in names)
    assert sum(name.startswith("fault-") for name in names) >= 2
    assert layout in {known.name for known in layouts()}


@pytest.mark.parametrize("path", READABLE, ids=_id)
def test_the_suffix_does_not_matter(path: Path, tmp_path: Path) -> None:
    plain = tmp_path / "transcript"
    plain.write_bytes(path.read_bytes())
    assert read_transcript(plain).layout == path.parent.name


@pytest.mark.parametrize("path", READABLE, ids=_id)
def test_cues_cover_their_turn(path: Path) -> None:
    for number, turn in enumerate(read_transcript(path).turns):
        assert turn.number == number
        assert " ".join(turn.text[cue.start : cue.end] for cue in turn.cues) == turn.text


@pytest.mark.parametrize("path", READABLE, ids=_id)
def test_damage_gives_a_result_or_a_coded_error(path: Path, tmp_path: Path) -> None:
    """Cut off anywhere, or with some bytes changed: never anything but a DiscoveryError."""
    rng = random.Random(path.name)
    whole = path.read_bytes()
    target = tmp_path / path.name
    for _ in range(12):
        data = bytearray(whole)
        if rng.random() < 0.4:
            del data[rng.randrange(1, len(data)) :]
        for _ in range(rng.randrange(0, 6)):
            data[rng.randrange(len(data))] = rng.choice(b'\x00\xff{}[]",:;\n\\<>&09aZ')
        target.write_bytes(bytes(data))
        with contextlib.suppress(DiscoveryError):
            assert read_transcript(target).turns


def test_a_file_read_twice_is_read_the_same() -> None:
    """Readers keep parsed files in mind; reading must not change them."""
    for path in READABLE:
        assert read_transcript(path) == read_transcript(path)
