"""Employer units with what stands around them: the question, and the words before and after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from discovery.language import Answer, split_units
from discovery.records import Exchange, Role, Turn, Unit

_LONGEST_QUESTION = 400
"""Characters of a question that are looked at, counted from its end, where the asking is."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One employer unit in its setting.

    Args:
        unit: The unit.
        question: What was asked before it; empty when nothing was.
        before: Positions of the units before it in the same turn, nearest first.
        after: Position of the unit after it in the same turn, None at the end.
        place: How far into the turn it stands, 0 for the first unit and 1 for the last.
    """

    unit: Unit
    question: str
    before: tuple[int, ...]
    after: int | None
    place: float


def settings_of(turns: Sequence[Turn], exchanges: Sequence[Exchange] = ()) -> list[Setting]:
    """Put every employer unit into its setting, in the order of speech.

    Args:
        turns: Turns with roles, of one or several transcripts.
        exchanges: What was asked; where they say nothing, the last interviewer turn counts.
    """
    questions = _questions(turns, exchanges)
    units = split_units(turn for turn in turns if turn.role is Role.EMPLOYER)
    settings: list[Setting] = []
    for place, group in groupby(units, key=lambda unit: (unit.span.source, unit.span.turn)):
        own, first = list(group), len(settings)
        for index, unit in enumerate(own):
            before = tuple(first + index - back for back in (1, 2) if back <= index)
            after = first + index + 1 if index + 1 < len(own) else None
            share = index / max(1, len(own) - 1)
            settings.append(Setting(unit, questions.get(place, ""), before, after, share))
    return settings


def answers_of(settings: Sequence[Setting]) -> list[Answer]:
    """Put the units of each turn together again, behind what was asked: one answer a turn."""
    groups = groupby(settings, key=lambda setting: (setting.unit.span.source, setting.unit.span.turn))
    answers: list[Answer] = []
    for _, group in groups:
        own = list(group)
        answers.append(Answer(own[0].question, tuple(setting.unit.span.quote for setting in own)))
    return answers


def _questions(turns: Sequence[Turn], exchanges: Iterable[Exchange]) -> dict[tuple[str, int], str]:
    asked: dict[tuple[str, int], str] = {}
    last: dict[str, str] = {}
    for turn in turns:
        if turn.role is Role.INTERVIEWER:
            last[turn.source] = turn.text
        elif turn.role is Role.EMPLOYER:
            asked[turn.source, turn.number] = last.get(turn.source, "")
    for exchange in exchanges:
        if exchange.question is not None:
            asked.update({(exchange.source, number): exchange.question.quote for number in exchange.answered})
    return {place: question[-_LONGEST_QUESTION:] for place, question in asked.items()}
