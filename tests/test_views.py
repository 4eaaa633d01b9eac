"""What a notebook shows besides the tables: small studies counted by hand."""

from __future__ import annotations

import json

import pytest

from discovery import Study
from discovery.errors import AnnotationError, StudyError
from discovery.evaluation.gold import read_gold
from discovery.records import (
    Exchange,
    Interview,
    Mismatch,
    Notice,
    NoticeKind,
    ReadReport,
    Role,
    SkippedLine,
    Speaker,
    Turn,
)
from discovery.scaffold import make_study
from discovery.store import Store

ASKED = Turn("a.vtt", 0, "Dana", "Whom do you want? Are you sure?", Role.INTERVIEWER)
SAID = Turn("a.vtt", 1, "Ann", "We want leaders who have done it all before.", Role.EMPLOYER)


def pair(kind, employer, start):
    return Mismatch(kind, employer, SAID.span(start, 15), SAID.span(16, 30), 0.9, "why")


FOUND = [
    pair("need-vs-channel", "acme", 0),
    pair("need-vs-channel", "bolt", 3),
    pair("need-vs-screen", "acme", 0),
]


@pytest.fixture
def study(tmp_path):
    make_study(tmp_path, "Test")
    store = Store(tmp_path / "study.sqlite")
    voices = (Speaker("Dana", Role.INTERVIEWER, 0.9, "asks"), Speaker("Ann", Role.EMPLOYER, 0.6, "answers"))
    interviews = [Interview(f"{key[0]}.vtt", key, "zoom-vtt", 2, 15, "0", voices) for key in ("acme", "bolt")]
    notices = (Notice("read", NoticeKind.MERGED, "cues joined", "a.vtt", count=3),)
    report = ReadReport("a.vtt", "zoom-vtt", 0.95, "WEBVTT header", (SkippedLine(4, "a title"),), notices)
    question = Study(tmp_path).questions["question"].iloc[0]
    exchange = Exchange("a.vtt", 0, (0,), (1,), ASKED.span(0, 17), bank_question=question, match=0.9)
    store.save(
        "read:a.vtt",
        "1",
        {"interviews": interviews, "read_reports": [report], "turns": [ASKED, SAID], "notices": notices},
    )
    store.save("exchanges:a.vtt", "1", {"exchanges": [exchange]})
    store.save("mismatches:acme", "1", {"mismatches": FOUND, "candidates": FOUND})
    return Study(tmp_path)


def test_the_least_sure_voices_come_first(study):
    assert list(study.speakers["speaker"]) == ["Ann", "Ann", "Dana", "Dana"]
    assert set(study.speakers["role"]) == {"employer", "interviewer"}


def test_what_was_left_out_or_joined_is_listed(study):
    assert study.read_reports.iloc[0].to_list() == ["a.vtt", "zoom-vtt", 0.95, "WEBVTT header", 1, 3]
    assert study.skipped_lines.to_numpy().tolist() == [["a.vtt", 4, "a title"]]
    assert list(study.notices["count"]) == [3]


def test_coverage_has_a_row_a_question_and_a_column_an_interview(study):
    covered = study.coverage()
    assert list(covered.columns) == ["question", "phase", "text", "a.vtt"]
    assert covered["a.vtt"].value_counts().to_dict() == {"skipped": len(study.questions) - 1, "answered": 1}


def test_craft_counts_the_interviewers_share(study):
    (row,) = study.craft().to_dict("records")
    words = len(ASKED.text.split()), len(SAID.text.split())
    assert row["talk_share"] == pytest.approx(words[0] / sum(words))
    assert row["questions"] == 1


def test_prevalence_counts_employers_and_leaves_out_the_rejected(study):
    study.review(FOUND[2].anchor, "rejected", coder="Ann")
    table = study.prevalence().set_index("type")
    assert table.loc["need-vs-channel", ["employers", "of"]].to_list() == [2, 2]
    assert table.loc["need-vs-screen", ["employers", "of"]].to_list() == [0, 2]
    assert 0 < table.loc["need-vs-channel", "low"] < table.loc["need-vs-channel", "high"] == pytest.approx(1)


def test_decisions_give_the_share_accepted(study):
    assert study.decided().empty
    study.review(FOUND[0].anchor, "accepted", coder="Ann")
    study.review(FOUND[1].anchor, "rejected", coder="Ann")
    study.review(FOUND[2].anchor, "unsure", coder="Ann")
    (row,) = study.decided().to_dict("records")
    assert (row["type"], row["decided"], row["accepted"], row["share"]) == ("need-vs-channel", 2, 1, 0.5)
    assert row["low"] < 0.5 < row["high"]


def test_a_guide_lands_among_the_guides_of_the_study(study):
    path = study.guide(minutes=30)
    assert path == study.folder / "interview_guides" / "guide.docx"
    assert path.stat().st_size > 5000


def test_topics_that_were_never_fitted_give_figures_that_say_so(study):
    figures = study.topic_figures()
    assert set(figures) == {"map", "sides", "employers", "saturation"}
    assert "No topics" in figures["map"].alt
    assert study.topic_sides().empty


def test_nothing_is_shown_of_a_study_that_was_never_run(tmp_path):
    make_study(tmp_path)
    for name in ("speakers", "read_reports", "skipped_lines", "notices", "topic_documents"):
        with pytest.raises(StudyError) as fault:
            getattr(Study(tmp_path), name)
        assert fault.value.code == "study.not-run"


def test_annotations_are_read_with_the_transcripts_of_the_study(tmp_path):
    make_study(tmp_path)
    assert Study(tmp_path).annotations == []
    with pytest.raises(AnnotationError):
        Study(tmp_path).evaluate()
    talk = "Dana: What do you look for?\n\nAnn: We hire from the college fair, every year.\n\n"
    (tmp_path / "transcripts" / "a.txt").write_text(talk * 3, encoding="utf-8")
    coded = {
        "transcript": "a.txt",
        "employer": "Acme",
        "sector": "tools",
        "speakers": {"Dana": "interviewer", "Ann": "employer"},
        "claims": [
            {"turn": 1, "quote": "We hire from the college fair", "stance": "practice", "facet": "channel"}
        ],
        "turns": 6,
        "mismatches": [],
        "decoys": [],
    }
    (tmp_path / "annotations" / "a.gold.json").write_text(json.dumps(coded), encoding="utf-8")
    (path,) = Study(tmp_path).annotations
    gold = read_gold(path.parent)
    assert (gold.faults, gold.wrong_roles) == ((), 0)
    assert [claim.span.quote for claim in gold.interviews[0].claims] == ["We hire from the college fair"]


def test_a_fault_is_one_line_in_a_notebook():
    (line,) = StudyError("study.not-run")._render_traceback_()
    assert (
        line == "StudyError: this study has not been analysed yet; run `discovery run` first [study.not-run]"
    )
