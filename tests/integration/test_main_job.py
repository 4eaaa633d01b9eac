"""From transcripts to the brief, as a user meets it."""

from __future__ import annotations

import json
import shutil
import sqlite3

import pytest
from docx import Document

from discovery import Study
from tests.integration.conftest import discovery

pytestmark = [pytest.mark.model, pytest.mark.slow]


def test_the_run_is_clean_and_says_where_the_brief_is(sample_run):
    assert sample_run.status == 0, sample_run.err
    assert str(sample_run.folder / "reports" / "brief.docx") in sample_run.out.replace("\n", "")


def test_every_interview_of_the_study_is_read(sample_run, root):
    study = Study(sample_run.folder)
    files = {path.name for path in (root / "transcripts").iterdir() if path.stem != "README"}
    assert set(study.interviews["transcript"]) == files
    assert len(set(study.interviews["layout"])) >= 6
    assert (study.interviews["words"] >= 1200).all()


def test_every_quote_stands_where_it_says(sample_run):
    study = Study(sample_run.folder)
    text = {(row.transcript, row.turn): row.text for row in study.turns.itertuples()}
    role = {(row.transcript, row.turn): row.role for row in study.turns.itertuples()}
    assert len(study.claims) > 100
    for row in study.claims.itertuples():
        assert text[row.transcript, row.turn][row.start : row.end] == row.quote
        assert role[row.transcript, row.turn] == "employer"
    assert len(study.mismatches) > 0
    for mismatch in (*study.records("mismatches"), *study.records("candidates")):
        for side in (mismatch.stated, mismatch.actual):
            assert text[side.source, side.turn][side.start : side.end] == side.quote
            assert role[side.source, side.turn] == "employer"


def test_candidates_are_ranked_and_hold_the_mismatches(sample_run):
    study = Study(sample_run.folder)
    for _, group in study.candidates.groupby("employer"):
        assert group["score"].is_monotonic_decreasing
    assert set(study.mismatches["anchor"]) <= set(study.candidates["anchor"])


def test_the_brief_shows_each_reported_mismatch_with_figures_and_tables(sample_run):
    document = Document(sample_run.folder / "reports" / "brief.docx")
    assert len(document.inline_shapes) >= 2
    assert len(document.tables) >= 5
    assert any(paragraph.style.name == "Heading 1" for paragraph in document.paragraphs)


def test_names_of_people_and_firms_stay_out_of_the_brief(sample_run):
    study = Study(sample_run.folder)
    document = Document(sample_run.folder / "reports" / "brief.docx")
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    words = " ".join([paragraph.text for paragraph in document.paragraphs] + cells)
    for employer in (sample_run.folder / "employers.csv").read_text().splitlines()[1:]:
        assert employer.split(",")[1] not in words
    respondents = {name for names in study.interviews["respondents"] for name in names if " " in name}
    assert respondents
    assert [name for name in sorted(respondents) if name in words] == []


def test_a_second_run_makes_nothing_again_and_changes_no_byte(sample_run):
    brief = sample_run.folder / "reports" / "brief.docx"
    before = brief.read_bytes()
    done = discovery("run", sample_run.folder)
    assert done.returncode == 0
    assert "Nothing has changed" in done.stdout
    assert brief.read_bytes() == before


def test_the_same_input_gives_the_same_bytes(sample_run, tmp_path):
    for name in ("study.toml", "employers.csv"):
        shutil.copy(sample_run.folder / name, tmp_path)
    for name in ("transcripts", "interview_guides"):
        shutil.copytree(sample_run.folder / name, tmp_path / name)
    assert discovery("run", tmp_path).returncode == 0
    for table in ("claims", "topics", "mismatches", "candidates"):
        assert Study(tmp_path).rows(table) == Study(sample_run.folder).rows(table)
    first, second = (folder / "reports" / "brief.docx" for folder in (sample_run.folder, tmp_path))
    assert first.read_bytes() == second.read_bytes()


def test_export_writes_the_fixed_shape(sample_run):
    lines = discovery("export", "mismatches", sample_run.folder).stdout.splitlines()
    assert len(lines) == len(Study(sample_run.folder).mismatches)
    for line in map(json.loads, lines):
        assert {"transcript", "employer", "type", "stated", "actual", "score", "why", "status"} <= set(line)
        assert {"turn", "start", "end", "quote"} <= set(line["stated"])
        assert line["status"] == "proposed"


def test_a_decision_survives_a_new_run_and_reaches_the_brief(sample_run, tmp_path):
    folder = tmp_path / "study"
    shutil.copytree(sample_run.folder, folder)
    study = Study(folder)
    anchors = list(study.mismatches["anchor"])
    done = discovery("review", folder, "--anchor", anchors[0], "--status", "rejected", "--memo", "two roles")
    assert done.returncode == 0, done.stderr
    before = (folder / "reports" / "brief.docx").read_bytes()
    assert discovery("run", folder).returncode == 0
    assert (
        dict(zip(study.mismatches["anchor"], study.mismatches["status"], strict=True))[anchors[0]]
        == "rejected"
    )
    assert list(study.reviews["memo"]) == ["two roles"]
    assert (folder / "reports" / "brief.docx").read_bytes() != before


def test_a_changed_file_is_read_again_and_the_others_are_not(sample_run, tmp_path):
    folder = tmp_path / "study"
    shutil.copytree(sample_run.folder, folder)
    with sqlite3.connect(folder / "study.sqlite") as raw:
        before = dict(raw.execute("SELECT stage, fingerprint FROM stages WHERE stage LIKE 'read:%'"))
    raw.close()
    changed = next(
        path
        for path in sorted((folder / "transcripts").iterdir())
        if path.suffix == ".md" and path.stem != "README"
    )
    changed.write_text(
        changed.read_text(encoding="utf-8").rstrip() + " And that is really all.\n", encoding="utf-8"
    )
    assert discovery("run", folder).returncode == 0
    with sqlite3.connect(folder / "study.sqlite") as raw:
        after = dict(raw.execute("SELECT stage, fingerprint FROM stages WHERE stage LIKE 'read:%'"))
    raw.close()
    assert {stage for stage in before if before[stage] != after[stage]} == {f"read:{changed.name}"}


def test_a_hand_edited_brief_is_kept(sample_run, tmp_path):
    folder = tmp_path / "study"
    shutil.copytree(sample_run.folder, folder)
    brief = folder / "reports" / "brief.docx"
    document = Document(brief)
    document.add_paragraph("Our own remark.")
    document.save(brief)
    edited = brief.read_bytes()
    discovery("run", folder)
    assert brief.read_bytes() == edited
    (folder / "study.toml").write_text(
        (folder / "study.toml").read_text().replace('region = "', 'region = "New ')
    )
    assert discovery("run", folder).returncode == 0
    assert (folder / "reports" / "brief.edited-1.docx").read_bytes() == edited
    assert brief.read_bytes() != edited


def test_a_topic_renamed_by_a_person_keeps_its_name_in_a_new_run(sample_run, tmp_path):
    folder = tmp_path / "study"
    shutil.copytree(sample_run.folder, folder)
    study = Study(folder)
    before = study.topics.set_index("topic")["label"]
    number = int(before.index[2])
    study.rename_topic(number, "What the team calls it", coder="Ann")
    assert discovery("run", folder).returncode == 0
    after = study.topics.set_index("topic")["label"]
    assert after[number] == "What the team calls it"
    assert after.drop(number).equals(before.drop(number))
