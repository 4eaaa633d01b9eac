"""Turns into exchanges: what was asked, what was answered, and which bank question it was."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from rapidfuzz import fuzz, process

from discovery.language.encoder import Encoder
from discovery.language.questions import asking_span, is_backchannel, thanks
from discovery.language.words import content_words, words
from discovery.matching import Scores, load_weights, matcher_for
from discovery.records import Exchange, Question, Role, Span, Turn

MATCH_THRESHOLD_WORDS = 0.78
"""Least likeness of words that makes an asked question a bank question, or a probe, nearly verbatim."""

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
        encoder: Compares meaning as well; without one only nearly verbatim questions match.

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
    alike = iter(_alike(asked, [wording.text for wording in wordings]))
    chances = iter(_chances(asked, questions, encoder))
    matched: list[Exchange] = []
    for exchange in exchanges:
        if exchange.question is None:
            matched.append(exchange)
            continue
        before = matched[-1].bank_question if matched and exchange.number else None
        linked, chance = _verbatim(exchange, wordings, next(alike), before), next(chances, None)
        if chance is not None and linked.bank_question is None:
            linked = _by_meaning(exchange, questions, chance, before)
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


def _verbatim(
    exchange: Exchange, wordings: Sequence[_Wording], alike: Scores, before: str | None
) -> Exchange:
    """Link an exchange that uses the bank's words; asked outright it starts a thread of its own."""
    open_to_it = np.array([not wording.depends or wording.question == before for wording in wordings])
    fitting = np.where(open_to_it, alike, 0.0)
    best = wordings[int(np.argmax(fitting))]
    score = round(float(fitting.max()), 4)
    if score < MATCH_THRESHOLD_WORDS:
        return replace(exchange, match=score)
    follows = exchange.follows if best.probe else None
    return replace(exchange, bank_question=best.question, match=score, follows=follows)


def _by_meaning(
    exchange: Exchange, questions: Sequence[Question], chances: Scores, before: str | None
) -> Exchange:
    """Link an exchange to the question it probably asks; a new question starts a thread of its own."""
    best = questions[int(np.argmax(chances))].id
    chance = round(float(chances.max()), 4)
    if chance < load_weights().threshold:
        return replace(exchange, match=chance)
    follows = exchange.follows if best == before else None
    return replace(exchange, bank_question=best, match=chance, follows=follows)


def _alike(asked: Sequence[str], known: Sequence[str]) -> Scores:
    """Compare the words of n asked with m known questions: an (n, m) array from 0 to 1."""
    alike = process.cdist(
        [_compared(text) for text in asked], [_compared(text) for text in known], scorer=fuzz.token_sort_ratio
    )
    return np.asarray(alike, dtype=np.float64) / 100


def _chances(asked: Sequence[str], questions: Sequence[Question], encoder: Encoder | None) -> Scores:
    """Probabilities that n asked are m bank questions: an (n, m) array, empty without an encoder."""
    if encoder is None:
        return np.zeros((0, len(questions)))
    return matcher_for(questions, encoder).probabilities(asked, encoder, load_weights())


def _compared(text: str) -> str:
    return " ".join(words(text))
