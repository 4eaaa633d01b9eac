"""The notebooks run from top to bottom on the sample study, and are stored without outputs."""

from __future__ import annotations

import ast
import builtins
import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from discovery.errors import DiscoveryError
from discovery.scaffold import make_study
from tests.integration.conftest import discovery

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
FIGURES = {"03_claims_and_review": 2, "04_topics": 4, "05_mismatches": 1, "06_brief": 4}
"""Least number of pictures a notebook shows on the sample study; the others show tables."""

by_name = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def code_of(path: Path) -> list[str]:
    return [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def test_they_are_numbered_without_a_gap():
    assert [path.name[:3] for path in NOTEBOOKS] == [f"{n:02d}_" for n in range(1, 8)]
    assert set(FIGURES) <= {path.stem for path in NOTEBOOKS}


@by_name
def test_no_output_is_stored_and_words_come_before_code(path):
    book = nbformat.read(path, as_version=4)
    nbformat.validate(book)
    for before, cell in zip(book.cells, book.cells[1:], strict=False):
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None
            assert before.cell_type == "markdown"
            assert before.source.rstrip().endswith((".", "!"))


@by_name
def test_it_is_thin_and_uses_public_names_only(path):
    for source in code_of(path):
        assert len(source.splitlines()) <= 10
        for node in ast.walk(ast.parse(source)):
            assert not isinstance(node, (ast.FunctionDef, ast.ClassDef))
            if isinstance(node, ast.Attribute):
                assert not node.attr.startswith("_")
            if isinstance(node, ast.ImportFrom):
                assert node.module == "pandas" or str(node.module).startswith("discovery")


@by_name
def test_a_new_study_gets_the_same_notebook(path):
    copy = ROOT / "discovery" / "templates" / "notebooks" / path.name
    assert path.read_bytes() == copy.read_bytes(), f"copy notebooks/{path.name} to {copy.parent}, or back"


@pytest.mark.model
@pytest.mark.slow
@by_name
def test_it_runs_on_the_sample_study(path, sample_run, tmp_path):
    study = tmp_path / "study"
    shutil.copytree(sample_run.folder, study)
    (study / "notebooks").mkdir()
    book = nbformat.read(path, as_version=4)
    client = NotebookClient(book, timeout=300, resources={"metadata": {"path": str(study / "notebooks")}})
    client.execute()
    outputs = [each for cell in book.cells if cell.cell_type == "code" for each in cell.outputs]
    assert not [each for each in outputs if each.get("name") == "stderr"]
    shown = [each.get("data", {}) for each in outputs]
    assert sum("image/png" in data for data in shown) >= FIGURES.get(path.stem, 0)
    assert sum("text/html" in data for data in shown) >= 1


def run_cells(path: Path, monkeypatch: pytest.MonkeyPatch, study: Path) -> None:
    """Run a notebook's cells in this process, as its kernel would, up to the first fault."""
    monkeypatch.chdir(study / "notebooks")
    monkeypatch.setattr(builtins, "display", show, raising=False)
    names: dict[str, object] = {}
    for source in code_of(path):
        tree = ast.parse(source)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, path.name, "exec"), names)
        if last is not None:
            show(eval(compile(ast.Expression(last.value), path.name, "eval"), names))


def show(value: object) -> None:
    shape = getattr(value, "_repr_html_", None)
    assert shape is None or shape()


@by_name
def test_in_an_empty_study_it_says_what_is_missing(path, tmp_path, monkeypatch):
    make_study(tmp_path / "new")
    with pytest.raises(DiscoveryError) as fault:
        run_cells(path, monkeypatch, tmp_path / "new")
    assert fault.value.code == "study.no-transcripts"
    (line,) = fault.value._render_traceback_()
    assert "put the files that your recording tool exported into it" in line


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """One short interview: no topics, no mismatch, nothing decided."""
    study = tmp_path_factory.mktemp("tiny") / "study"
    make_study(study)
    (study / "transcripts" / "acme.txt").write_text(
        "Dana: What do you look for?\n\nR. Osei: The weather was fine and the harbour was full of boats.\n\n"
        * 3,
        encoding="utf-8",
    )
    done = discovery("run", study)
    assert done.returncode == 0, done.stderr
    return study


@pytest.mark.model
@pytest.mark.slow
@by_name
def test_it_runs_where_next_to_nothing_was_found(path, tiny, monkeypatch):
    run_cells(path, monkeypatch, tiny)
