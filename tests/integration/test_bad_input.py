"""Bad files: each named in one line with its code, the others go through, and the exit status tells."""

from __future__ import annotations

import shutil

import pytest

from discovery import Study
from tests.integration.conftest import discovery

pytestmark = [pytest.mark.model, pytest.mark.slow]

GOOD = "Dana: What do you look for?\n\nR. Osei: We need senior people. We hire from the college fair.\n\n" * 4
BAD = {
    "empty.vtt": (b"", "transcript.empty"),
    "picture.vtt": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "transcript.binary"),
    "broken.docx": (b"PK\x03\x04 this is no zip file at all", "transcript."),
    "alone.txt": (b"Ann: We hire people.\n" * 5, "roles.unknown"),
}


@pytest.fixture
def study(tmp_path):
    assert discovery("init", tmp_path / "study").returncode == 0
    return tmp_path / "study"


def put(study, names):
    for name in names:
        (study / "transcripts" / name).write_bytes(BAD[name][0])


def test_each_bad_file_is_one_line_and_the_others_go_through(study):
    (study / "transcripts" / "good.txt").write_text(GOOD, encoding="utf-8")
    put(study, BAD)
    done = discovery("run", study)
    for name, (_, code) in BAD.items():
        lines = [line for line in done.stderr.splitlines() if name in line]
        assert len(lines) == 1, done.stderr
        assert code in lines[0]
    assert "Traceback" not in done.stderr
    assert done.returncode == 3
    assert list(Study(study).interviews["transcript"]) == ["good.txt"]
    assert (study / "reports" / "brief.docx").is_file()


def test_only_bad_files_is_failed_and_leaves_no_report(study):
    put(study, BAD)
    done = discovery("run", study)
    assert done.returncode == 1
    for name in BAD:
        assert name in done.stderr
    assert "study.no-transcripts" in done.stderr
    assert not (study / "reports" / "brief.docx").exists()
    assert [path for path in (study / "reports").iterdir() if path.name != "README.md"] == []


def test_an_empty_folder_is_failed_in_one_line(study):
    done = discovery("run", study)
    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1].endswith("[study.no-transcripts]")


def test_no_study_is_failed_in_one_line(tmp_path):
    done = discovery("run", tmp_path / "nowhere")
    assert done.returncode == 1
    assert done.stderr.strip().endswith("[study.missing]")
    assert not (tmp_path / "nowhere").exists()


def test_debug_shows_the_traceback(tmp_path):
    done = discovery("run", tmp_path / "nowhere", "--debug")
    assert done.returncode == 1
    assert "Traceback" in done.stderr


def test_a_file_that_went_bad_leaves_the_study(study):
    for name in ("a.txt", "b.txt"):
        (study / "transcripts" / name).write_text(GOOD, encoding="utf-8")
    assert discovery("run", study).returncode == 0
    (study / "transcripts" / "a.txt").write_bytes(b"")
    assert discovery("run", study).returncode == 3
    assert list(Study(study).interviews["transcript"]) == ["b.txt"]


def test_a_broken_database_is_named_and_kept(study):
    (study / "transcripts" / "good.txt").write_text(GOOD, encoding="utf-8")
    database = study / "study.sqlite"
    database.write_bytes(b"not a database" * 400)
    done = discovery("run", study)
    assert done.returncode == 1
    assert "store.broken" in done.stderr
    assert database.read_bytes() == b"not a database" * 400
    shutil.rmtree(study)
