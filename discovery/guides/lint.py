"""Check the wording of questions before anybody is asked them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from discovery.guides.rules import Finding, find

__all__ = ["Finding", "Linted", "lint_questions"]


@dataclass(frozen=True, slots=True)
class Linted:
    """One question with what was found in it.

    Args:
        question: The question, as given.
        findings: Its flaws, empty when it is fine.
    """

    question: str
    findings: tuple[Finding, ...] = ()

    @property
    def faulty(self) -> bool:
        """Whether any finding is a fault rather than advice."""
        return any(finding.level == "fault" for finding in self.findings)

    def row(self) -> dict[str, Any]:
        """Return the shape that ``discovery lint --json`` writes."""
        keys = ("rule", "level", "message", "suggestion")
        found = [{key: getattr(finding, key) for key in keys} for finding in self.findings]
        return {"question": self.question, "findings": found}


def lint_questions(questions: Iterable[str]) -> list[Linted]:
    """Find leading, closed, double, hypothetical and other flawed questions, with a better wording.

    Args:
        questions: Questions, one text each; sentences that lead into the question may be part of it.

    Returns:
        One result a question, in order.

    Source:
        Rules after Fitzpatrick, The Mom Test (2013), and common survey guidance on wording.

    >>> [finding.rule for finding in lint_questions(["Don't you think a degree is outdated?"])[0].findings]
    ['leading']
    """
    return [Linted(question, find(question)) for question in questions]
