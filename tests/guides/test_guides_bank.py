"""Question banks: every fault of a file at once, with its line; ids unique over all banks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from discovery.errors import BankError
from discovery.guides import load_banks
from discovery.guides.phases import MISMATCH_TYPES, PHASE_KEYS, ROLES
from discovery.records import Facet, Stance

ENTRY = """\
[[questions]]
id = "{id}"
text = "What happened last time?"
phase = "talent"
probes = ["What then?", "Who was there?"]
listen_for = ["A scene"]
avoid = ["Filling a silence"]
minutes = 2
source = "our own"
"""


def write(folder: Path, text: str, name: str = "own.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def faults(path: Path) -> list[str]:
    with pytest.raises(BankError) as caught:
        load_banks([path])
    assert caught.value.code == "bank.faults"
    assert caught.value.source == path.name
    return caught.value.facts["faults"].split("; line ")


def test_a_bank_of_the_team_comes_after_the_built_in_ones(tmp_path):
    built_in = load_banks()
    questions = load_banks([write(tmp_path, ENTRY.format(id="own-one"))])
    assert questions[: len(built_in)] == built_in
    (own,) = questions[len(built_in) :]
    assert (own.id, own.phase, own.minutes, own.roles) == ("own-one", "talent", 2.0, ())
    assert own.probes == ("What then?", "Who was there?")


def test_a_folder_stands_for_the_banks_in_it(tmp_path):
    write(tmp_path, ENTRY.format(id="own-two"), "b.toml")
    write(tmp_path, ENTRY.format(id="own-one"), "a.toml")
    write(tmp_path, '[guide]\ntitle = "not a bank"\n', "c.toml")
    assert [question.id for question in load_banks([tmp_path])[-2:]] == ["own-one", "own-two"]


def test_the_head_of_a_bank_fills_in_what_its_questions_leave_out(tmp_path):
    text = '[bank]\nphase = "pace"\nroles = ["hr"]\n' + ENTRY.format(id="own-one").replace(
        'phase = "talent"\n', ""
    )
    (own,) = load_banks([write(tmp_path, text)])[-1:]
    assert (own.phase, own.roles) == ("pace", ("hr",))


def test_all_faults_of_a_file_are_named_with_their_lines(tmp_path):
    text = (
        'misplaced = 1\n\n[bank]\ncolour = "red"\n\n'
        + ENTRY.format(id="Bad Id").replace('"talent"', '"talents"')
        + "\n"
        + ENTRY.format(id="own-two").replace('text = "What happened last time?"\n', "").replace("= 2", "= -2")
        + 'facets = ["level", "colour"]\nstances = ["hope"]\nexposes = ["no-such-type"]\nroles = ["boss"]\n'
        + "\n"
        + ENTRY.format(id="own-two").replace(', "Who was there?"', "").replace("avoid", "avoids")
    )
    found = faults(write(tmp_path, text))
    lines = text.splitlines()
    text_of_faults = "; ".join(found)
    for what in (
        "unknown section 'misplaced'",
        "unknown entry 'colour' in [bank]",
        "'Bad Id': an id is lower-case",
        "unknown phase 'talents'",
        "'text' is missing",
        "'minutes' must be a number",
        "unknown facets 'colour'",
        "unknown stances 'hope'",
        "unknown exposes 'no-such-type'",
        "unknown roles 'boss'",
        "'own-two' is already used in line",
        "give at least two probes",
        "unknown entry 'avoids'",
        "'avoid' is missing",
    ):
        assert what in text_of_faults
    for fault in found:
        line = int(fault.removeprefix("line ").split(":")[0])
        assert 1 <= line <= len(lines)


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ('id = "own-one"', 'id = "Own One"', 2, "lower-case"),
        ('id = "own-one"', 'id = "context-team-today"', 2, "already used in 01-context.toml"),
        ('text = "What happened last time?"', 'text = " "', 3, "'text' is missing"),
        ('phase = "talent"', 'phase = "nowhere"', 4, "unknown phase"),
        ("minutes = 2", 'minutes = "two"', 8, "'minutes' must be"),
        ("minutes = 2", "minutes = true", 8, "'minutes' must be"),
        ("minutes = 2", "minutes = 31", 8, "'minutes' must be"),
        ('source = "our own"', 'facets = ["wages"]\nsource = "our own"', 9, "unknown facets 'wages'"),
        ('source = "our own"\n', "", 1, "'source' is missing"),
    ],
)
def test_each_fault_stands_at_its_own_line(tmp_path, old, new, line, what):
    (fault,) = faults(write(tmp_path, ENTRY.format(id="own-one").replace(old, new)))
    assert fault.startswith(f"line {line}: ")
    assert what in fault


def test_an_id_used_by_another_file_is_refused(tmp_path):
    first = write(tmp_path, ENTRY.format(id="own-one"), "first.toml")
    second = write(tmp_path, ENTRY.format(id="own-one"), "second.toml")
    with pytest.raises(BankError, match=r"line 2: the id 'own-one' is already used in first\.toml") as caught:
        load_banks([first, second])
    assert caught.value.source == "second.toml"


@pytest.mark.parametrize("content", [b"", b"[[questions]\n", b"\xff\xfe\x00bank", b'questions = "none"'])
def test_files_that_are_no_bank_are_refused(tmp_path, content):
    path = tmp_path / "own.toml"
    path.write_bytes(content)
    assert len(faults(path)) == 1


def test_a_missing_file_is_named(tmp_path):
    assert faults(tmp_path / "none.toml") == ["the file cannot be read: No such file or directory"]


def test_the_built_in_banks_cover_every_phase_facet_stance_type_and_role():
    questions = load_banks()
    assert {question.phase for question in questions} == set(PHASE_KEYS)
    assert {facet for question in questions for facet in question.facets} == set(Facet)
    assert {stance for question in questions for stance in question.stances} == set(Stance)
    assert {role for question in questions for role in question.roles} == set(ROLES)
    for kind in MISMATCH_TYPES:
        assert sum(kind in question.exposes for question in questions) >= 3, kind
    assert len({question.text.casefold() for question in questions}) == len(questions) >= 150


def test_loading_the_banks_is_cheap():
    code = "import sys; from discovery.guides import load_banks; load_banks(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"pandas", "torch", "spacy", "docx", "sklearn", "numpy"} & set(done.stdout.split())
