"""What topics are drawn from: answers, or windows of long answers, never whole interviews."""

from __future__ import annotations

from collections.abc import Sequence

from discovery.records import Exchange, Role, Span, Turn

LEAST_WORDS = 12
"""A shorter piece of talk is about too little to have a topic."""

MOST_WORDS = 90
"""A longer answer wanders; it is cut into windows at sentence ends."""


def choose_documents(
    turns: Sequence[Turn],
    exchanges: Sequence[Exchange],
    *,
    employer: str,
    least: int = LEAST_WORDS,
    most: int = MOST_WORDS,
) -> list[Span]:
    """Choose the stretches of employer talk that topics are drawn from.

    Each employer turn that answers is one document; a turn of more than ``most`` words is cut
    at sentence ends into windows of about equal length. Without exchanges every employer
    turn counts as an answer.

    Args:
        turns: Turns of one or several interviews of the employer.
        exchanges: What was asked and answered; turns outside any exchange are left out.
        employer: Employer id; documents of different employers are chosen one by one.
        least: Fewest words of a document.
        most: Most words before a turn is cut into windows.

    Returns:
        Spans in order of the talk, each within one turn and at least ``least`` words long.
    """
    answered = {(exchange.source, turn) for exchange in exchanges for turn in exchange.answered}
    sources = {exchange.source for exchange in exchanges}
    spans: list[Span] = []
    for turn in turns:
        asked_for = turn.source not in sources or (turn.source, turn.number) in answered
        if turn.role is Role.EMPLOYER and asked_for and _words(turn.text) >= least:
            spans += _windows(turn, least, most)
    return spans


def _windows(turn: Turn, least: int, most: int) -> list[Span]:
    """Cut one turn into windows of whole units, about equally long."""
    total = _words(turn.text)
    start, end = _trimmed(turn.text)
    if total <= most:
        return [turn.span(start, end)]
    from discovery.language import split_units

    pieces = -(-total // most)
    windows: list[list[Span]] = [[]]
    for unit in split_units([turn]):
        if _said(windows[-1]) >= total / pieces and len(windows) < pieces:
            windows.append([])
        windows[-1].append(unit.span)
    if len(windows) > 1 and _said(windows[-1]) < least:
        windows[-2:] = [windows[-2] + windows[-1]]
    return [turn.span(window[0].start, window[-1].end) for window in windows]


def _said(window: Sequence[Span]) -> int:
    """Count the words of a window."""
    return sum(_words(span.quote) for span in window)


def _trimmed(text: str) -> tuple[int, int]:
    """Return the bounds of a text without white space around it."""
    return len(text) - len(text.lstrip()), len(text.rstrip())


def _words(text: str) -> int:
    return len(text.split())
