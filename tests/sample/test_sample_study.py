"""The sample study holds together: files, annotations, employers and settings agree."""

from __future__ import annotations

import importlib.util
import json
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from discovery.annotated import load_folder, load_source
from discovery.records import Role
from discovery.settings import load_employers, load_settings
from discovery.transcripts import read_transcript

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ANNOTATIONS = sorted((HERE / "annotations").glob("*.json"))
TYPES = {
    "need-vs-channel",
    "proxy-requirement",
    "posted-vs-hired",
    "need-vs-screen",
    "ready-vs-trainable",
    "growth-vs-mobility",
    "reach-vs-channel",
    "shortage-vs-investment",
    "learning-vs-format",
    "urgency-vs-process",
    "level-vs-offer",
}


@pytest.fixture(scope="module")
def render() -> ModuleType:
    spec = importlib.util.spec_from_file_location("sample_render", HERE / "render.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def transcript_of(name: str) -> Path:
    found = sorted((ROOT / "transcripts").glob(f"{name}.*"))
    assert len(found) == 1
    return found[0]


def content(path: Path) -> object:
    """Bytes of a text file; of a Word file its parts, since compression differs between machines."""
    if path.suffix != ".docx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_committed_transcripts_are_what_the_renderer_writes(render: ModuleType, tmp_path: Path) -> None:
    written = render.render_all(tmp_path)
    assert len(written) == len(ANNOTATIONS) == 10
    for path in written:
        assert content(path) == content(ROOT / "transcripts" / path.name), path.name


def test_rendering_twice_gives_the_same_bytes(render: ModuleType, tmp_path: Path) -> None:
    first, second = render.render_all(tmp_path / "a"), render.render_all(tmp_path / "b")
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]


@pytest.mark.parametrize("annotation", ANNOTATIONS, ids=lambda path: path.stem)
def test_reading_a_transcript_gives_back_the_annotated_turns(annotation: Path) -> None:
    expected = load_source(annotation).turns
    read = read_transcript(transcript_of(annotation.stem)).turns
    assert [turn.text for turn in read] == [turn.text for turn in expected]
    names = dict(zip((turn.speaker for turn in read), (turn.speaker for turn in expected), strict=True))
    assert [names[turn.speaker] for turn in read] == [turn.speaker for turn in expected]


def test_every_interview_is_long_enough_and_has_both_sides() -> None:
    for interview in load_folder(HERE / "annotations"):
        assert sum(len(turn.text.split()) for turn in interview.turns) >= 1200
        assert {turn.role for turn in interview.turns} == {Role.INTERVIEWER, Role.EMPLOYER}
        assert len(interview.claims) >= 20
        assert len(interview.decoys) >= 2


def test_all_types_occur_and_two_interviews_have_none() -> None:
    interviews = load_folder(HERE / "annotations")
    assert {m.type for interview in interviews for m in interview.mismatches} == TYPES
    assert sum(not interview.mismatches for interview in interviews) == 2


def test_files_settings_and_employers_name_each_other() -> None:
    settings, employers = load_settings(ROOT), load_employers(ROOT)
    ids = {employer.id: employer for employer in employers}
    for interview in load_folder(HERE / "annotations"):
        path = transcript_of(Path(interview.source).stem)
        assert ids[settings.employer_of[path.name]].name == interview.employer
    assert {employer.consent for employer in employers} == {"quote", "paraphrase", "none"}
    assert len({employer.pseudonym for employer in employers} - {""}) == len(employers)


def test_at_least_six_layouts_are_recognised_by_content() -> None:
    layouts = {read_transcript(transcript_of(path.stem)).layout for path in ANNOTATIONS}
    assert len(layouts) >= 6


def test_the_study_holds_two_of_its_annotations_as_a_coder_would_write_them() -> None:
    paths = sorted((ROOT / "annotations").glob("*.gold.json"))
    assert len(paths) == 2
    for path in paths:
        gold = json.loads(path.read_text(encoding="utf-8"))
        marked = json.loads((HERE / "annotations" / f"{path.name.split('.')[0]}.json").read_text("utf-8"))
        assert transcript_of(path.name.split(".")[0]).name == gold["transcript"]
        assert gold["turns"] == len(marked["turns"])
        shared = ("employer", "sector", "speakers", "claims", "mismatches", "decoys")
        assert {key: gold[key] for key in shared} == {key: marked[key] for key in shared}
