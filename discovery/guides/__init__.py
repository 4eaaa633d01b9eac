"""Question banks, checks of questions, and interview guides that a team can print."""

from discovery.guides.bank import load_banks
from discovery.guides.definition import read_guide
from discovery.guides.guide import build_guide
from discovery.guides.lint import lint_questions
from discovery.guides.writing import write_guide

__all__ = ["build_guide", "lint_questions", "load_banks", "read_guide", "write_guide"]
