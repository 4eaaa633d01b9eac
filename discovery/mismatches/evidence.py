"""The words a finding stands on: the best quote of a unit, and what else speaks for either side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

import numpy as np

from discovery.language import Encoder
from discovery.mismatches.features import Heads
from discovery.mismatches.model import MismatchModel
from discovery.mismatches.pairs import Talk
from discovery.records import Claim, Span, Unit, Value

LONGEST = 40
"""Most words of a quote."""

_FURTHER = 2
_FURTHER_LEAST = 0.2
_OPENING = re.compile(
    r"^(?:(?:um+|uh+|er+|hm+|well|so|yeah|yes|okay|ok|right|oh|look|see|i mean|you know|like)\b[\s,.—–-]*)+",
    re.IGNORECASE,
)
_WORD = re.compile(r"\S+")


class TopicGap(Protocol):
    """A topic that an employer asks for and does not act on, or the reverse."""

    @property
    def employer(self) -> str:
        """Employer id."""

    @property
    def label(self) -> str:
        """Label of the topic."""

    @property
    def stated(self) -> int:
        """Claims on the stated side."""

    @property
    def actual(self) -> int:
        """Claims on the actual side."""

    @property
    def evidence(self) -> tuple[Span, ...]:
        """The claims' quotes."""


class Divergence(Protocol):
    """Whatever knows the topic gaps of employers."""

    @property
    def gaps(self) -> tuple[TopicGap, ...]:
        """The gaps of all employers."""


class Witness:
    """Everything known about one employer's units when findings are put into words.

    Args:
        talk: The units.
        heads: What the side model says of them.
        claims: The employer's claims.
        model: The model in use.
        encoder: For the words inside long units.
        gaps: The employer's topic gaps.
    """

    def __init__(
        self,
        talk: Talk,
        heads: Heads,
        claims: Sequence[Claim],
        model: MismatchModel,
        encoder: Encoder,
        gaps: Sequence[TopicGap] = (),
    ) -> None:
        self.talk = talk
        self.heads = heads
        self.claims = claims
        self.model = model
        self.encoder = encoder
        self.gaps = tuple(gaps)

    def values(self, span: Span) -> tuple[Value, ...]:
        """Values of the unguarded claims that overlap a span, in order of mention."""
        found = [
            value
            for claim in self.claims
            if not claim.guards and claim.span.overlaps(span)
            for value in claim.values
        ]
        return tuple(dict.fromkeys(found))

    def further(self, kind: str, pair: tuple[int, int]) -> tuple[Span, ...]:
        """Up to two more likely units for each side of a type, none of them the pair itself."""
        if kind not in self.model.kinds:
            return ()
        column = self.model.kinds.index(kind)
        taken = {self.talk.units[number].span for number in pair}
        spans: list[Span] = []
        for side in (self.heads.stated, self.heads.actual):
            order = np.argsort(-side[:, column], kind="stable")
            likely = [n for n in order[: _FURTHER + 2] if side[n, column] >= _FURTHER_LEAST]
            fresh = [self.talk.units[n].span for n in likely if self.talk.units[n].span not in taken]
            chosen = [
                cut_quote(self.talk.units[n]) for n in likely if self.talk.units[n].span in fresh[:_FURTHER]
            ]
            spans += [span for span in chosen if span not in spans]
        return tuple(spans)


def best_quote(witness: Witness, number: int) -> Span:
    """Quote a unit: whole where it is short, otherwise the stretch of words most like it.

    The words that only open a sentence are left out.
    """
    unit = witness.talk.units[number]
    windows = _windows(unit)
    if len(windows) == 1:
        return windows[0]
    whole = witness.talk.part(0)[number]
    alike = witness.encoder.encode([window.quote for window in windows]) @ whole
    return windows[int(np.argmax(alike))]


def cut_quote(unit: Unit) -> Span:
    """Quote the first words of a unit, at most :data:`LONGEST`."""
    return _windows(unit)[0]


def _windows(unit: Unit) -> list[Span]:
    """Stretches of at most 40 words that cover the unit, each half over the one before."""
    quote = unit.span.quote
    opening = _OPENING.match(quote)
    first = opening.end() if opening and len(quote[opening.end() :].split()) >= 4 else 0
    words = [(m.start(), m.end()) for m in _WORD.finditer(quote) if m.start() >= first]
    starts = (
        range(0, max(len(words) - LONGEST, 0) + LONGEST // 2, LONGEST // 2)
        if len(words) > LONGEST
        else range(1)
    )
    spans = []
    for start in starts:
        stretch = words[start : start + LONGEST]
        spans.append(_sub(unit.span, stretch[0][0], stretch[-1][1]))
    return spans


def _sub(span: Span, start: int, end: int) -> Span:
    return Span(span.source, span.turn, span.start + start, span.start + end, span.quote[start:end])
