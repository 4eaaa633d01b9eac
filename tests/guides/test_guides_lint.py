"""Checks of questions: each rule finds its flaw, leaves good questions alone, and offers a clean rewrite."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.lint import PARTS, QUESTIONS, figures, load, measure
from discovery.guides import lint_questions, load_banks
from discovery.guides.rules import RULES
from discovery.guides.rules.verbs import past


def rules(question: str) -> list[str]:
    return [finding.rule for finding in lint_questions([question])[0].findings]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Don't you think a degree is outdated?", ["leading"]),
        ("You don’t train people, do you?", ["leading"]),
        ("So you only hire seniors?", ["leading"]),
        ("Do you train new hires?", ["closed"]),
        ("When a role opens, do you use an agency?", ["closed"]),
        ("How do you hire people and how do you train them?", ["double"]),
        ("Would you hire someone without a degree?", ["hypothetical"]),
        ("What do you think of our programme?", ["pitching"]),
        ("Do you always ask for a degree?", ["closed", "absolute"]),
        ("Which KPIs do you track?", ["jargon"]),
        ("What " + "very " * 40 + "long thing happened?", ["long"]),
        ("", []),
        ("?", []),
    ],
)
def test_each_rule_finds_its_flaw(question, expected):
    assert rules(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Imagine this problem no longer exists: what does success look like?",
        "What would a really good year look like for you?",
        "Can you tell me how you find people?",
        "How would you describe the team?",
        "What worked and what didn't?",
        "What do you look for in a CV and a cover letter?",
        "Do you mind if I record this?",
        "And pay? How is that set?",
        "How did you hear about our programme?",
        "Is there anything I should have asked?",
    ],
)
def test_good_questions_are_left_alone(question):
    assert rules(question) == []


@pytest.mark.parametrize(
    ("question", "suggestion"),
    [
        ("Do you train new hires?", "How often do you train new hires?"),
        ("Do you have any non-negotiables?", "What non-negotiables do you have, if any?"),
        ("Would you agree that the posting is long?", "What is your view on whether the posting is long?"),
        ("Would you hire a dropout?", "Tell me about the last time you hired a dropout."),
        ("Does everyone on the team have a degree?", "How many people on the team have a degree?"),
        ("Which KPIs do you track?", "Which numbers do you track?"),
        (
            "Who sets the budget, and why was it cut?",
            "Ask one at a time: “Who sets the budget?” Then, once that is answered: “Why was it cut?”",
        ),
    ],
)  # fmt: skip
def test_the_rewrite_is_one_of_this_question(question, suggestion):
    assert suggestion in [finding.suggestion for finding in lint_questions([question])[0].findings]


def test_rewrites_pass_the_checks_themselves():
    labelled = [question for part in PARTS for question, wanted in load(part) if wanted]
    for linted in lint_questions(labelled):
        for finding in linted.findings:
            assert finding.suggestion.strip()
            assert finding.suggestion != linted.question
            if finding.rule != "double":
                assert rules(finding.suggestion) == []


def test_the_row_has_the_shape_that_others_read():
    row = lint_questions(["Do you train new hires?"])[0].row()
    assert list(row) == ["question", "findings"]
    assert [list(finding) for finding in row["findings"]] == [["rule", "level", "message", "suggestion"]]
    assert row["findings"][0]["level"] == "fault"


def test_every_bank_question_and_probe_passes():
    for question in load_banks():
        for text in (question.text, *question.probes):
            assert rules(text) == [], (question.id, text)


def test_the_labelled_questions_are_many_distinct_and_half_of_them_good():
    rows = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    assert len({row["question"] for row in rows}) == len(rows) >= 400
    assert 0.4 <= sum(not row["rules"] for row in rows) / len(rows) <= 0.6
    assert {rule for row in rows for rule in row["rules"]} == {rule.name for rule in RULES}


@pytest.mark.parametrize("part", ["develop", "held-out"])
def test_figures_do_not_fall_below_the_aim(part):
    measured = measure(load(part))
    assert figures(*measured["all"])[2] >= 0.85
    for rule in RULES:
        assert figures(*measured[rule.name])[0] >= 0.7, rule.name


@pytest.mark.parametrize("part", ["spoken-develop", "spoken-held-out"])
def test_turns_of_real_length_are_judged_almost_as_well(part):
    precision, _, f1 = figures(*measure(load(part))["all"])
    assert precision >= 0.8
    assert f1 >= 0.8


def test_measuring_counts_what_was_found_wrongly_and_missed():
    labelled = [("Do you train people?", frozenset({"closed", "long"})), ("Which KPIs matter?", frozenset())]
    measured = measure(labelled)
    assert (measured["closed"], measured["long"], measured["jargon"]) == ((1, 0, 0), (0, 0, 1), (0, 1, 0))
    assert measured["all"] == (1, 1, 1)
    assert figures(1, 1, 1) == (0.5, 0.5, 0.5)


@pytest.mark.parametrize(("verb", "form"), [("drop", "dropped"), ("carry", "carried"), ("play", "played")])
def test_past_forms(verb, form):
    assert past(verb) == form


@given(st.text(max_size=200))
def test_any_text_can_be_checked_and_gives_the_same_twice(text):
    assert lint_questions([text]) == lint_questions([text])
