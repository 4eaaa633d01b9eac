"""The shape of the code: lengths that CONTRIBUTING promises, and imports that keep the start quick."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

MODULES = sorted((Path(__file__).resolve().parents[1] / "discovery").rglob("*.py"))
DECLARATIONS = {"errors.py"}
"""Modules that only declare: one long table of words."""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(path.parents[2]).as_posix())
def test_modules_and_functions_are_short(path):
    text = path.read_text(encoding="utf-8")
    if path.name not in DECLARATIONS:
        assert len(text.splitlines()) <= 300
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            length = body[-1].end_lineno - body[0].lineno + 1 if body else 0
            assert length < 40, f"{node.name} has {length} lines"


def test_nothing_prints_outside_the_command_line():
    printing = [
        path.name
        for path in MODULES
        if "cli" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert printing == []


def test_help_loads_nothing_heavy():
    heavy = {
        "torch",
        "spacy",
        "sklearn",
        "pandas",
        "numpy",
        "matplotlib",
        "docx",
        "bertopic",
        "sqlalchemy",
        "scipy",
        "openai",
        "httpx2",
    }
    code = "import sys, discovery.cli.app; print(*sorted(set(sys.modules) & set(sys.argv[1:])))"
    done = subprocess.run(
        [sys.executable, "-c", code, *sorted(heavy)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
