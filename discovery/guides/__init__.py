"""Question banks, checks of questions, and interview guides that a team can print."""

from discovery.guides.bank import load_banks
from discovery.guides.lint import lint_questions

__all__ = ["lint_questions", "load_banks"]
