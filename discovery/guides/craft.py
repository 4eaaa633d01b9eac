"""How an interview was led: who talked how much, and how the questions were really put."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from discovery.guides.lint import lint_questions
from discovery.records import Exchange, Role, Span, Turn

_GRAVEST = ("leading", "pitching", "hypothetical", "closed", "double", "absolute", "jargon", "long")
_WORST = 3


@dataclass(frozen=True, slots=True)
class Remark:
    """A question as it was asked, with the rules it broke, gravest first."""

    asked: Span
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Craft:
    """The interviewer's part in one interview; shares are 0 to 1, None where nothing was asked.

    Args:
        interview: Transcript name.
        talk_share: Interviewer's share of all words.
        longest: The interviewer's longest turn, None where there is none.
        longest_words: Its length in words.
        questions: How many questions were asked.
        open_share: Share of questions that are neither closed nor leading.
        closed_share: Share that invites yes, no or pick-one.
        leading_share: Share that suggests or presumes the answer.
        longest_closed_run: Most closed questions in a row.
        worst: The questions with the gravest and the most flaws, as asked.
    """

    interview: str
    talk_share: float | None
    longest: Span | None
    longest_words: int
    questions: int
    open_share: float | None
    closed_share: float | None
    leading_share: float | None
    longest_closed_run: int
    worst: tuple[Remark, ...]


def review_craft(turns: Sequence[Turn], exchanges: Iterable[Exchange], *, worst: int = _WORST) -> list[Craft]:
    """Look at how each interview was led.

    Args:
        turns: Turns with roles, of any number of interviews.
        exchanges: Their exchanges; those without a question are left out.
        worst: Most questions to quote for each interview.

    Returns:
        One result an interview, by transcript name.

    Source:
        Fitzpatrick, The Mom Test (2013): talk less, ask about the past, keep your idea out of it.
    """
    asked = [exchange for exchange in exchanges if exchange.question is not None]
    interviews = sorted({turn.source for turn in turns})
    return [
        _craft(
            source,
            [turn for turn in turns if turn.source == source],
            [each.question for each in asked if each.source == source and each.question],
            worst,
        )
        for source in interviews
    ]


def _craft(source: str, turns: Sequence[Turn], asked: Sequence[Span], worst: int) -> Craft:
    own = [turn for turn in turns if turn.role is Role.INTERVIEWER]
    words = sum(_words(turn.text) for turn in turns if turn.role)
    spoken = sum(_words(turn.text) for turn in own)
    longest = max(own, key=lambda turn: (_words(turn.text), -turn.number), default=None)
    rules = [
        tuple(finding.rule for finding in linted.findings)
        for linted in lint_questions(span.quote for span in asked)
    ]
    closed = ["closed" in each for each in rules]
    leading = ["leading" in each for each in rules]
    neither = [not one and not other for one, other in zip(closed, leading, strict=True)]
    return Craft(
        source,
        spoken / words if words else None,
        longest.span(0, len(longest.text)) if longest and longest.text else None,
        _words(longest.text) if longest else 0,
        len(asked),
        _share(neither),
        _share(closed),
        _share(leading),
        _longest_run(closed),
        _worst_of(asked, rules, worst),
    )


def _worst_of(asked: Sequence[Span], rules: Sequence[tuple[str, ...]], most: int) -> tuple[Remark, ...]:
    remarks = [
        Remark(span, tuple(sorted(broken, key=_GRAVEST.index)))
        for span, broken in zip(asked, rules, strict=True)
        if broken
    ]
    remarks.sort(key=lambda r: (_GRAVEST.index(r.rules[0]), -len(r.rules), r.asked.turn, r.asked.start))
    return tuple(remarks[:most])


def _share(flags: Sequence[bool]) -> float | None:
    return sum(flags) / len(flags) if flags else None


def _longest_run(flags: Iterable[bool]) -> int:
    longest = run = 0
    for flag in flags:
        run = run + 1 if flag else 0
        longest = max(longest, run)
    return longest


def _words(text: str) -> int:
    return len(text.split())
