"""``discovery lint`` and ``discovery guide`` as a user types them."""

from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner

from discovery.cli.app import app
from discovery.cli.coverage import coverage
from discovery.errors import BankError
from discovery.records import Claim, Exchange, Facet, Interview, Mismatch, Role, Span, Stance, Turn

RUN = CliRunner()


def file(folder, text, name="questions.txt"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_lint_writes_one_json_line_a_question(tmp_path):
    done = RUN.invoke(app, ["lint", "--json", file(tmp_path, "Do you train people?\nWhere do you look?\n")])
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["question"] for row in rows] == ["Do you train people?", "Where do you look?"]
    assert [finding["rule"] for finding in rows[0]["findings"]] == ["closed"]
    assert set(rows[0]["findings"][0]) == {"rule", "level", "message", "suggestion"}
    assert rows[1]["findings"] == []


@pytest.mark.parametrize(
    ("text", "status"),
    [("Where do you look?\n", 0), ("Which KPIs do you track?\n", 0), ("Do you train people?\n", 1), ("", 1)],
)
def test_lint_status_tells_faults_from_advice(tmp_path, text, status):
    assert RUN.invoke(app, ["lint", file(tmp_path, text)]).exit_code == status


def test_lint_goes_on_after_a_file_it_cannot_read(tmp_path):
    done = RUN.invoke(app, ["lint", str(tmp_path / "none.txt"), file(tmp_path, "Where do you look?\n")])
    assert done.exit_code == 1
    assert "none.txt" in done.output
    assert "questions.txt: 1 questions, 0 with a fault" in done.output


def test_the_table_shows_question_finding_and_rewrite(tmp_path):
    done = RUN.invoke(app, ["lint", file(tmp_path, "Do you train people?\n")])
    assert "closed (fault)" in done.output
    assert "How often do you train" in done.output


def test_guide_writes_a_word_file_into_the_study(tmp_path):
    done = RUN.invoke(app, ["guide", str(tmp_path), "--focus", "channel,screening", "--role", "hr"])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "interview_guides" / "guide.docx").is_file()


def test_guide_takes_a_definition_and_writes_beside_it(tmp_path):
    path = file(tmp_path, '[guide]\nquestions = ["channels-where"]\n', "mine.toml")
    assert RUN.invoke(app, ["guide", path]).exit_code == 0
    assert (tmp_path / "mine.docx").is_file()


def test_guide_uses_the_study_s_own_banks(tmp_path):
    (tmp_path / "interview_guides").mkdir()
    bank = (
        '[[questions]]\nid = "own-one"\ntext = "What happened at the quay?"\nphase = "context"\n'
        'facets = ["reach"]\nprobes = ["What then?", "Who was there?"]\nlisten_for = ["A scene"]\n'
        'avoid = ["Haste"]\nminutes = 1\nsource = "our own"\n'
    )
    file(tmp_path / "interview_guides", bank, "own.toml")
    path = tmp_path / "guide.md"
    done = RUN.invoke(app, ["guide", str(tmp_path), "--minutes", "300", "-o", str(path)])
    assert done.exit_code == 0, done.output
    assert "What happened at the quay?" in path.read_text(encoding="utf-8")


def test_a_refused_guide_writes_nothing(tmp_path):
    done = RUN.invoke(app, ["guide", str(tmp_path), "--focus", "wages"])
    assert isinstance(done.exception, BankError)
    assert list(tmp_path.iterdir()) == []


class FakeStudy:
    """A study that has been run, with one interview."""

    def __init__(self, folder):
        self.folder = folder

    def records(self, table):
        text = "Which source brought you the most people last year?"
        turns = [
            Turn("a.txt", 0, "Ann", text, Role.INTERVIEWER),
            Turn("a.txt", 1, "Bo", "Mostly people our people knew.", Role.EMPLOYER),
        ]
        spans = Span("a.txt", 1, 0, 6, "Mostly"), Span("a.txt", 1, 7, 13, "people")
        tables = {
            "turns": turns,
            "exchanges": [
                Exchange("a.txt", 0, (0,), (1,), turns[0].span(0, len(text)), None, "channels-most-hires")
            ],
            "claims": [Claim(spans[0], "Firm One", "Bo", Stance.PRACTICE, Facet.REACH, 0.9)],
            "interviews": [Interview("a.txt", "Firm One", "plain", 2, 14, "")],
            "mismatches": [Mismatch("reach-vs-channel", "Firm One", *spans, 0.9, "why")],
        }
        return tables[table]


def test_the_next_round_writes_one_guide_an_employer(tmp_path, monkeypatch):
    monkeypatch.setattr("discovery.study.Study", FakeStudy)
    done = RUN.invoke(app, ["guide", str(tmp_path), "--next", "-o", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["next-firm-one.docx"]


def test_coverage_shows_what_was_asked_and_how(tmp_path, monkeypatch):
    monkeypatch.setattr("discovery.study.Study", FakeStudy)
    own = typer.Typer()
    own.command()(coverage)
    done = RUN.invoke(own, [str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert "Which source brought you the most people" in done.output
    assert "channel (" not in done.output
    assert "reach (" not in done.output
    assert "level (0 of 1)" in done.output.replace("\n", " ")
    rows = [json.loads(line) for line in RUN.invoke(own, [str(tmp_path), "--json"]).stdout.splitlines()]
    assert [row["question"] for row in rows if row["a.txt"] == "answered"] == ["channels-most-hires"]
