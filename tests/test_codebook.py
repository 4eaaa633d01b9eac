from __future__ import annotations

import pytest

from discovery.codebook import codebook_rows, load_codebook
from discovery.errors import CatalogueError
from discovery.records import Facet, Guard, Stance


def test_every_stance_facet_and_guard_is_explained_in_order() -> None:
    book = load_codebook()
    assert [entry.key for entry in book.stances] == [str(stance) for stance in Stance]
    assert [entry.key for entry in book.facets] == [str(facet) for facet in Facet]
    assert [entry.key for entry in book.guards] == [str(guard) for guard in Guard]


def test_examples_fit_into_a_quote() -> None:
    for row in codebook_rows(load_codebook()):
        assert row["examples"]
        assert all(3 <= len(example.split()) <= 40 for example in row["examples"])


def test_explain_lists_what_is_known_on_a_miss() -> None:
    with pytest.raises(KeyError, match="rationale"):
        load_codebook().explain("colour")


def test_all_faults_are_named_at_once(tmp_path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        'version = "x/1"\n[claim]\ndefinition = "d"\nnot_a_claim = ["n"]\n'
        '[stances.need]\nlabel = ""\ndefinition = "d"\nexamples = []\nhue = "red"\n'
        '[stances.colour]\nlabel = "l"\ndefinition = "d"\nexamples = ["e"]\n[facets]\n'
    )
    with pytest.raises(CatalogueError) as fault:
        load_codebook(path)
    message = str(fault.value)
    assert fault.value.code == "catalogue.faults"
    for part in (
        "stances.need.label is missing or empty",
        "stances.need.examples is missing or empty",
        "stances.need.hue is not known",
        "stances.practice is missing",
        "stances.colour is not known",
        "facets.level is missing",
        "guards is missing",
    ):
        assert part in message


def test_a_file_that_is_not_toml_is_one_clear_fault(tmp_path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("[stances")
    with pytest.raises(CatalogueError, match=r"mine\.toml: not readable as TOML"):
        load_codebook(path)
