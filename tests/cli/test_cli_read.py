from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from discovery.cli.app import app

GOLD = Path(__file__).resolve().parents[1] / "gold"
DATA = Path(__file__).resolve().parents[1] / "transcripts" / "data"


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_json_lines_have_the_agreed_shape() -> None:
    ran = run("read", GOLD / "d03_saas-sales.txt", "--json")
    assert ran.exit_code == 0
    rows = [json.loads(line) for line in ran.stdout.splitlines()]
    assert len(rows) == 40
    assert [row["turn"] for row in rows] == list(range(40))
    assert list(rows[0]) == ["transcript", "turn", "speaker", "role", "start_s", "end_s", "text"]
    roles = json.loads((GOLD / "d03_saas-sales.gold.json").read_text(encoding="utf-8"))["speakers"]
    assert {row["speaker"]: row["role"] for row in rows} == roles


def test_the_report_tells_layout_speakers_and_skipped_lines() -> None:
    ran = run("read", DATA / "plain-txt" / "ugly.txt", "--report", "--interviewer", "Jane Doe")
    assert ran.exit_code == 0
    for told in (
        "plain-txt",
        "JANE DOE",
        "interviewer",
        "a rule: line 16",
        "a page number: line 17",
        "guessed, 1",
    ):
        assert told in ran.stdout
    assert "Why a year?" not in ran.stdout


def test_bad_files_are_named_in_a_line_each_and_the_others_go_through(tmp_path: Path) -> None:
    (tmp_path / "empty.vtt").write_bytes(b"")
    (tmp_path / "song.vtt").write_bytes(b"ID3\x04" + bytes(200))
    good = GOLD / "d01_it-support.vtt"
    ran = run("read", tmp_path / "empty.vtt", good, tmp_path / "song.vtt", tmp_path / "none.vtt", "--json")
    assert ran.exit_code == 3
    assert len(ran.stdout.splitlines()) == 46
    lines = ran.stderr.splitlines()
    assert len(lines) == 3
    for name, code in (("empty.vtt", "empty"), ("song.vtt", "binary"), ("none.vtt", "not-found")):
        assert any(line.startswith(f"{name}:") and f"[transcript.{code}]" in line for line in lines)


def test_all_files_bad_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "empty.vtt").write_bytes(b"")
    ran = run("read", tmp_path / "empty.vtt")
    assert ran.exit_code == 1
    assert ran.stdout == ""


def test_where_roles_cannot_be_told_turns_go_through_without(tmp_path: Path) -> None:
    path = tmp_path / "alone.srt"
    path.write_text("1\n00:00:01,000 --> 00:00:02,000\nwe hire welders\n", encoding="utf-8")
    ran = run("read", path, "--json")
    assert ran.exit_code == 0
    assert json.loads(ran.stdout)["role"] is None
    assert "[roles.unknown]" in ran.stderr


def test_a_layout_can_be_given(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text("Q: Who?\nA: Welders.\n", encoding="utf-8")
    assert "plain-txt" in run("read", path, "--report", "--layout", "plain-txt").stdout
    refused = run("read", path, "--layout", "word")
    assert refused.exit_code == 1
    assert "[transcript.layout]" in refused.stderr


def test_turns_are_shown_for_reading() -> None:
    shown = run("read", DATA / "otter-txt" / "good.txt", "--interviewer", "Sidney Marsh").stdout
    assert "1:00:15  Sidney Marsh (interviewer)" in shown
    assert "We mend boats. At 10:30 we start." in shown


@pytest.mark.parametrize("flag", [[], ["--json"]])
def test_layouts_are_listed(flag: list[str]) -> None:
    ran = run("layouts", *flag)
    assert ran.exit_code == 0
    for name in ("zoom-vtt", "teams-vtt", "otter-txt", "whisperx-json", "teams-docx"):
        assert name in ran.stdout
