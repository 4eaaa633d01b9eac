"""The rules by name, with level and message, and how their findings are put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from discovery.guides.rules.aims import forecasts, pitches
from discovery.guides.rules.answers import absolute_word, yes_or_no
from discovery.guides.rules.form import Form
from discovery.guides.rules.jargon import jargon
from discovery.guides.rules.leading import presumes, states
from discovery.guides.rules.rewriting import rewrites
from discovery.guides.rules.shape import LONGEST, second_question, too_long

FAULT = "fault"
ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Finding:
    """One flaw of a question.

    Args:
        rule: Name of the rule.
        level: ``fault`` (ask it another way) or ``advice`` (it can stay, but there is something better).
        message: What is wrong, in a sentence.
        suggestion: Another wording of this very question.
    """

    rule: str
    level: str
    message: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its name, what it means, and a check that returns level and message, or None."""

    name: str
    meaning: str
    check: Callable[[Form], tuple[str, str] | None]


def _leading(form: Form) -> tuple[str, str] | None:
    why = presumes(form)
    if why:
        return FAULT, f"suggests or presumes the answer: {why}"
    return (ADVICE, "is a statement that waits for a yes") if states(form) else None


def _closed(form: Form) -> tuple[str, str] | None:
    sentence = yes_or_no(form)
    if sentence is None:
        return None
    kind = "one of the answers you offer" if " or " in sentence.core else "yes or no"
    return FAULT, f"can be answered with {kind}"


def _double(form: Form) -> tuple[str, str] | None:
    return (FAULT, "asks two things at once; one of them will get lost") if second_question(form) else None


def _hypothetical(form: Form) -> tuple[str, str] | None:
    return (FAULT, "asks what they would do; ask what they did") if forecasts(form) else None


def _pitching(form: Form) -> tuple[str, str] | None:
    return (
        (FAULT, "sells or seeks approval of your own solution; ask about theirs") if pitches(form) else None
    )


def _absolute(form: Form) -> tuple[str, str] | None:
    word = absolute_word(form)
    return (ADVICE, f"“{word}” leaves no room for the usual case") if word else None


def _jargon(form: Form) -> tuple[str, str] | None:
    words = ", ".join(f"“{word}”" for word, _ in jargon(form))
    return (ADVICE, f"uses words that people may not share: {words}") if words else None


def _long(form: Form) -> tuple[str, str] | None:
    count = too_long(form)
    return (ADVICE, f"has {count} words; most people lose the thread after {LONGEST}") if count else None


RULES = (
    Rule("leading", "suggests or presumes the answer", _leading),
    Rule("closed", "invites yes, no or pick-one", _closed),
    Rule("double", "asks two things", _double),
    Rule("hypothetical", "asks what they would do, not what they did", _hypothetical),
    Rule("pitching", "sells or seeks approval of our solution", _pitching),
    Rule("absolute", "always, never, everyone", _absolute),
    Rule("jargon", "trade words that respondents may not share", _jargon),
    Rule("long", "too long to keep in mind", _long),
)
"""Every rule, in the order in which findings are listed."""

_COVERS_CLOSED = frozenset({"leading", "hypothetical", "pitching"})


def find(question: str) -> tuple[Finding, ...]:
    """List the flaws of one question, each with another wording of it.

    A question that is leading, hypothetical or pitching is not called closed as well: the rewrite
    for the graver flaw opens it up.

    >>> [(finding.rule, finding.suggestion) for finding in find("Do you train new hires?")]
    [('closed', 'How often do you train new hires?')]
    """
    form = Form(question)
    flaws = _flaws(form)
    pitch = any(rule == "pitching" for rule, _, _ in flaws)
    return tuple(
        # A pitch has no wording worth keeping, whatever else is wrong with it.
        Finding(rule, level, message, _suggestion("pitching" if pitch else rule, form))
        for rule, level, message in flaws
    )


def _flaws(form: Form) -> list[tuple[str, str, str]]:
    if not form.text:
        return []
    flaws = [(rule.name, *flaw) for rule in RULES if (flaw := rule.check(form))]
    names = {name for name, _, _ in flaws}
    return [flaw for flaw in flaws if flaw[0] != "closed" or not names & _COVERS_CLOSED]


def _suggestion(rule: str, form: Form) -> str:
    """The first rewrite without a flaw; a double question is split, so its halves are not judged again."""
    *own, fallback = rewrites(rule, form)
    for text in own:
        if text and (rule == "double" or not _flaws(Form(text))):
            return text
    return fallback
