"""Guides: chosen and ordered by phase, focus and time, from a definition or from settings."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discovery.errors import BankError
from discovery.guides import build_guide, load_banks, read_guide
from discovery.guides.definition import questions_of, read_definition
from discovery.guides.guide import GOODBYE_MINUTES, WELCOME_MINUTES, covers
from discovery.guides.phases import PHASE_KEYS, ROLES
from discovery.records import Facet

BANK = load_banks()


def write(folder, text, name="own.toml"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_guide_opens_broad_follows_the_phases_and_ends_with_what_was_not_asked():
    guide = build_guide(BANK)
    phases = [section.phase.key for section in guide.sections]
    assert phases == sorted(phases, key=PHASE_KEYS.index)
    assert (phases[0], phases[-1]) == ("context", "closing")
    assert {"talent", "channels", "requirements", "screening"} <= set(phases)
    assert "validation" not in phases


def test_the_clock_adds_up():
    guide = build_guide(BANK, minutes=60)
    clock = WELCOME_MINUTES
    for section in guide.sections:
        assert section.starts == clock
        clock += section.minutes
    assert guide.planned == clock + GOODBYE_MINUTES <= 60


@settings(max_examples=25, deadline=None)
@given(
    minutes=st.integers(30, 120),
    role=st.sampled_from([None, *ROLES]),
    focus=st.lists(st.sampled_from([Facet.CHANNEL, Facet.SCREENING]), unique=True),
)
def test_any_guide_fits_its_time_and_covers_its_focus(minutes, role, focus):
    guide = build_guide(BANK, minutes=minutes, role=role, focus=focus)
    assert guide == build_guide(BANK, minutes=minutes, role=role, focus=focus)
    assert guide.planned <= minutes
    assert len({question.id for question in guide.questions}) == len(guide.questions)
    for item in focus:
        assert any(covers(question, item) for question in guide.questions)
    for question in guide.questions:
        assert role is None or not question.roles or role in question.roles


def test_a_focus_gets_more_time_than_without_it():
    def share(guide):
        return sum(q.minutes for q in guide.questions if covers(q, "training")) / guide.planned

    assert share(build_guide(BANK, focus=["training"])) > 1.5 * share(build_guide(BANK))


def test_a_long_guide_uses_its_time():
    assert build_guide(BANK, minutes=120).planned >= 115


@pytest.mark.parametrize("focus", ["wages", "Channel"])
def test_a_focus_nobody_covers_is_refused_with_the_choices(focus):
    with pytest.raises(BankError) as caught:
        build_guide(BANK, focus=[focus])
    assert caught.value.code == "guide.focus"
    assert "channel" in caught.value.facts["known"]


def test_an_unknown_role_is_refused():
    with pytest.raises(BankError) as caught:
        build_guide(BANK, role="boss")
    assert caught.value.code == "guide.focus"


def test_too_little_time_is_refused_with_the_least_that_works():
    with pytest.raises(BankError) as caught:
        build_guide(BANK, minutes=5)
    assert caught.value.code == "guide.budget"
    least = float(caught.value.facts["least"])
    assert build_guide(BANK, minutes=least).planned == least


def test_validation_is_asked_only_on_demand():
    guide = build_guide(BANK, focus=["validation"])
    assert "validation" in {question.phase for question in guide.questions}


def test_a_definition_with_named_questions_keeps_their_order(tmp_path):
    ids = ["screening-cv", "channels-where", "screening-decide"]
    path = write(tmp_path, f'[guide]\ntitle = "Mine"\nminutes = 30\npage = "Letter"\nquestions = {ids}\n')
    guide, definition = read_guide(path)
    assert [question.id for question in guide.questions] == [ids[0], ids[2], ids[1]]
    assert (guide.title, guide.minutes, definition.page) == ("Mine", 30, "Letter")


def test_a_definition_without_questions_has_them_chosen(tmp_path):
    path = write(tmp_path, '[guide]\nminutes = 45\nfocus = ["channel"]\nrole = "hr"\n')
    guide, _ = read_guide(path)
    assert guide.questions == build_guide(BANK, focus=["channel"], role="hr").questions


def test_all_faults_of_a_definition_are_named_with_lines(tmp_path):
    path = write(
        tmp_path,
        '[guide]\nminutes = 0\nfocus = ["wages"]\nrole = "boss"\npage = "A5"\ntitle = 3\n'
        'banks = ["no.toml"]\n'
        'questions = ["a", "a"]\ncolour = "red"\n[other]\n',
    )
    with pytest.raises(BankError) as caught:
        read_definition(path)
    told = caught.value.facts["faults"].split("; line ")
    assert [int(each.removeprefix("line ").split(":")[0]) for each in told] == list(range(2, 11))


def test_a_definition_that_names_an_unknown_question_or_takes_too_long_is_refused(tmp_path):
    with pytest.raises(BankError, match="line 2: there is no question 'nothing-here'"):
        read_guide(write(tmp_path, '[guide]\nquestions = ["nothing-here"]\n'))
    with pytest.raises(BankError) as caught:
        read_guide(write(tmp_path, '[guide]\nminutes = 8\nquestions = ["screening-last-decision"]\n'))
    assert (caught.value.code, caught.value.facts["least"]) == ("guide.budget", "11")


def test_questions_to_check_come_from_text_banks_and_definitions(tmp_path):
    text = write(tmp_path, "\ufeff# mine\n\n1. Who?\n- What then?\n12 people joined: how?\n", "list.txt")
    assert questions_of(text) == ["Who?", "What then?", "12 people joined: how?"]
    definition = write(tmp_path, '[guide]\nquestions = ["channels-where"]\n')
    (question,) = (each for each in BANK if each.id == "channels-where")
    assert questions_of(definition) == [question.text, *question.probes]


@pytest.mark.parametrize("content", [b"", b"# only a remark\n", b"\xff\xfe\x00", b"PK\x03\x04\x00\x00 zip?"])
def test_files_without_questions_are_refused(tmp_path, content):
    path = tmp_path / "list.txt"
    path.write_bytes(content)
    with pytest.raises(BankError) as caught:
        questions_of(path)
    assert (caught.value.code, caught.value.source) == ("lint.unreadable", "list.txt")


def test_the_definition_of_the_sample_study_makes_its_guide(root):
    guide, definition = read_guide(root / "interview_guides" / "first-conversation.toml")
    assert tuple(question.id for question in guide.questions) == definition.questions
    assert guide.planned <= guide.minutes
