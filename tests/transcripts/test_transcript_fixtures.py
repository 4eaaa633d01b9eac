"""Every text layout: a good file, ugly but legal ones, and files with one fault each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from discovery.transcripts.reading import layouts, read_transcript
from tests.transcripts.transcript_expectations import DATA, expectation_of, observe

TEXT_LAYOUTS = (
    "davinci-resolve",
    "descript",
    "markdown",
    "meet-txt",
    "name-time",
    "otranscribe",
    "otter-txt",
    "plain-txt",
    "question-answer",
    "rev-txt",
    "srt",
    "teams-vtt",
    "time-name",
    "timed-txt",
    "vtt",
    "whisper-txt",
    "zoom-captions",
    "zoom-vtt",
)
FIXTURES = sorted(
    path
    for layout in TEXT_LAYOUTS
    for path in (DATA / layout).iterdir()
    if not path.name.endswith(".expected.json")
)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_fixture_reads_as_expected(path: Path) -> None:
    expected = json.loads(expectation_of(path).read_text(encoding="utf-8"))
    assert observe(path) == expected
    if "error" not in expected:
        assert expected["layout"] == path.parent.name


@pytest.mark.parametrize("layout", TEXT_LAYOUTS)
def test_a_layout_has_good_ugly_and_faulty_fixtures(layout: str) -> None:
    names = {path.stem for path in (DATA / layout).iterdir()}
    assert "good" in names
    assert "ugly" in names
    assert any(name.startswith("fault-") for name in names)
    assert layout in {known.name for known in layouts()}


def _has_speech(path: Path) -> bool:
    return "error" not in json.loads(expectation_of(path).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "path", filter(_has_speech, FIXTURES), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_cues_cover_their_turn(path: Path) -> None:
    """Every cue lies in its turn's text, and together they hold all of it but the joining spaces."""
    transcript = read_transcript(path)
    for number, turn in enumerate(transcript.turns):
        assert turn.number == number
        assert " ".join(turn.text[cue.start : cue.end] for cue in turn.cues) == turn.text
        assert turn.span(0, len(turn.text)).quote == turn.text


def test_no_expectation_is_left_without_its_fixture() -> None:
    left = [path for path in DATA.glob("*/*.expected.json") if not path.with_name(path.name[:-14]).exists()]
    assert left == []


GOLD = Path(__file__).resolve().parents[1] / "gold"


@pytest.mark.parametrize("path", sorted(GOLD.glob("*.gold.json")), ids=lambda path: path.name[:-10])
def test_gold_has_exactly_its_turns_and_speakers(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    transcript = read_transcript(path.with_name(gold["transcript"]))
    assert transcript.layout == gold["layout"]
    assert len(transcript.turns) == gold["turns"]
    assert {speaker.name for speaker in transcript.speakers} == set(gold["speakers"])
    for claim in gold["claims"]:
        assert transcript.turns[claim["turn"]].find(claim["quote"]) is not None
