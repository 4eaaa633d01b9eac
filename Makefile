# Two commands do everything: `make brief` and `make test`. On Windows see README.md for the same in pip lines.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STUDY ?= .

.PHONY: brief test check setup evaluate train clean

brief: $(VENV)/.brief
	$(BIN)/discovery run $(STUDY)

test: $(VENV)/.test
	$(MAKE) check

check:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	OMP_NUM_THREADS=1 $(BIN)/pytest -n 2 --dist loadfile --cov --cov-fail-under=85

evaluate: $(VENV)/.brief
	$(BIN)/discovery evaluate tests/gold

train: $(VENV)/.brief
	$(BIN)/discovery train

$(VENV)/bin/python:
	$(PYTHON) -c "import sys; sys.exit(0 if sys.version_info >= (3, 11) else 'Discovery needs Python 3.11 or newer: try make PYTHON=python3.11')"
	$(PYTHON) -m venv $(VENV)

$(VENV)/.brief: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	touch $@

$(VENV)/.test: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[dev]"
	touch $@ $(VENV)/.brief

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .coverage study.sqlite reports/brief.docx
