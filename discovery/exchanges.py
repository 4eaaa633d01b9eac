"""Turns into exchanges: what was asked, what was answered, and which bank question it was."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from discovery.language.encoder import Encoder
from discovery.language.questions import asking_span, is_backchannel, thanks
from discovery.language.words import content_words, words
from discovery.records import Exchange, Question, Role, Span, Turn

MATCH_THRESHOLD = 0.60
"""Least match with a bank question when vectors and words are compared."""

MATCH_THRESHOLD_WORDS = 0.78
"""Least match with a bank question when words alone are compared."""

_VECTOR_WEIGHT = 0.7
_SHORT_QUESTION = 5
_CONTENT_OF_A_PROBE = 2
_TURNS_AWAY = re.compile(
    r"\b(?:let['’]?s (?:go|talk|turn|move|come|start|take)|mov(?:e|ing) on|going back|(?:go|come) back to"
    r"|(?:another|next|last|different|final) (?:thing|topic|subject|question|one)|change of (?:topic|subject)"
    r"|turning to|switch(?:ing)? to|finally)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\b(?:that|those|these|them|they|their|he|she|him|her|his|else|the same|which ones?)\b"
    r"|\bit(?:['’]s|s)?\b(?! take)",
    re.IGNORECASE,
)


def pair_exchanges(
    turns: Sequence[Turn], *, questions: Sequence[Question] = (), encoder: Encoder | None = None
) -> list[Exchange]:
    """Pair each answer with the question that drew it, and link it to the bank question it matches.

    Args:
        turns: Turns with roles, of one or several transcripts; turns without a role are left out.
        questions: The question bank; without one every exchange is off guide.
        encoder: Compares meaning as well as words where given.

    Returns:
        Exchanges by transcript (in order of appearance) and position. Each employer turn and each
        interviewer turn is in exactly one of them.
    """
    sources = dict.fromkeys(turn.source for turn in turns)
    exchanges: list[Exchange] = []
    for source in sources:
        own = sorted((t for t in turns if t.source == source and t.role), key=lambda turn: turn.number)
        exchanges.extend(_chain(_segments(own)))
    return _match(exchanges, questions, encoder)


@dataclass(slots=True)
class _Segment:
    """An exchange that is being put together."""

    asked: list[Turn] = field(default_factory=list)
    answered: list[Turn] = field(default_factory=list)
    backchannels: list[Turn] = field(default_factory=list)
    question: Span | None = None

    @property
    def answer(self) -> str:
        return " ".join(turn.text for turn in self.answered)


def _segments(turns: Sequence[Turn]) -> list[_Segment]:
    segments: list[_Segment] = []
    for turn in turns:
        if not segments:
            segments.append(_Segment())
        current = segments[-1]
        if turn.role is Role.EMPLOYER:
            current.answered.append(turn)
            continue
        question = _question(turn)
        if question is None and is_backchannel(
            turn.text, current.answered[-1].text if current.answered else ""
        ):
            current.backchannels.append(turn)
        elif question is not None and current.asked and not current.answered:
            current.asked.append(turn)
            current.question = question
        elif current == _Segment():
            current.asked, current.question = [turn], question
        else:
            segments.append(_Segment(asked=[turn], question=question))
    return segments


def _question(turn: Turn) -> Span | None:
    """The asking sentences; a prompt without question form ("So you hire from there.") asks as a whole."""
    if is_backchannel(turn.text):
        return None
    span = asking_span(turn)
    return span if span is not None or thanks(turn.text) else turn.span(0, len(turn.text))


def _chain(segments: Sequence[_Segment]) -> list[Exchange]:
    exchanges = []
    for number, segment in enumerate(segments):
        first = (segment.asked or segment.answered or segment.backchannels)[0]
        follows = number - 1 if number and _follows(segment, segments[number - 1]) else None
        exchanges.append(
            Exchange(
                first.source,
                number,
                tuple(turn.number for turn in segment.asked),
                tuple(turn.number for turn in segment.answered),
                segment.question,
                follows,
                backchannels=tuple(turn.number for turn in segment.backchannels),
            )
        )
    return exchanges


def _follows(segment: _Segment, before: _Segment) -> bool:
    """Points back, too short to stand alone, or takes up the answer's words."""
    if segment.question is None or before.question is None or not before.answered:
        return False
    asked = segment.question.quote
    if _TURNS_AWAY.search(asked):
        return False
    if len(words(asked)) <= _SHORT_QUESTION or _POINTS_BACK.search(asked):
        return True
    return bool(content_words(asked) & content_words(before.answer))


@dataclass(frozen=True, slots=True)
class _Wording:
    """One way to put a bank question: its own text, or one of its probes.

    A probe such as "And what came of that?" fits anywhere, so it ``depends`` on the exchange
    before it being about the same question.
    """

    question: str
    text: str
    probe: bool
    depends: bool


def _match(
    exchanges: Sequence[Exchange], questions: Sequence[Question], encoder: Encoder | None
) -> list[Exchange]:
    asked = [exchange.question.quote for exchange in exchanges if exchange.question is not None]
    wordings = _wordings(questions)
    if not asked or not wordings:
        return list(exchanges)
    rows = iter(_scores(asked, [wording.text for wording in wordings], encoder))
    threshold = MATCH_THRESHOLD_WORDS if encoder is None else MATCH_THRESHOLD
    matched: list[Exchange] = []
    for exchange in exchanges:
        before = matched[-1].bank_question if matched and exchange.number else None
        linked = (
            exchange
            if exchange.question is None
            else _linked(exchange, wordings, next(rows), threshold, before)
        )
        matched.append(linked)
    return matched


def _wordings(questions: Sequence[Question]) -> list[_Wording]:
    own = [_Wording(question.id, question.text, probe=False, depends=False) for question in questions]
    probes = [
        _Wording(question.id, text, probe=True, depends=len(content_words(text)) < _CONTENT_OF_A_PROBE)
        for question in questions
        for text in question.probes
    ]
    return [wording for wording in own + probes if wording.text.strip()]


def _linked(
    exchange: Exchange,
    wordings: Sequence[_Wording],
    row: NDArray[np.float64],
    threshold: float,
    before: str | None,
) -> Exchange:
    """Link an exchange to its best wording; a bank question asked outright starts a thread of its own."""
    open_to_it = np.array([not wording.depends or wording.question == before for wording in wordings])
    fitting = np.where(open_to_it, row, 0.0)
    best = wordings[int(np.argmax(fitting))]
    score = round(float(fitting.max()), 4)
    if score < threshold:
        return replace(exchange, match=score)
    follows = exchange.follows if best.probe else None
    return replace(exchange, bank_question=best.question, match=score, follows=follows)


def _scores(asked: Sequence[str], known: Sequence[str], encoder: Encoder | None) -> NDArray[np.float64]:
    """Compare n asked with m known questions: an (n, m) array of scores from 0 to 1."""
    alike = process.cdist(
        [_compared(text) for text in asked], [_compared(text) for text in known], scorer=fuzz.token_sort_ratio
    ).astype(np.float64)
    if encoder is None:
        return alike / 100
    cosine = encoder.encode(list(asked)) @ encoder.encode(list(known)).T
    blended = _VECTOR_WEIGHT * np.clip(cosine, 0, 1) + (1 - _VECTOR_WEIGHT) * alike / 100
    return np.clip(np.asarray(blended, dtype=np.float64), 0, 1)


def _compared(text: str) -> str:
    return " ".join(words(text))
