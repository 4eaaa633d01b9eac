"""What is said in an interview and by whom: voices, turns, the spans cut out of them, and exchanges."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Which side of the interview a speaker is on."""

    INTERVIEWER = "interviewer"
    EMPLOYER = "employer"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A verbatim piece of one turn.

    Args:
        source: File name of the transcript.
        turn: Turn number in that transcript, from 0, interviewer turns included.
        start: Offset of the first character in the turn's text, in code points.
        end: Offset just past the last character (half-open).
        quote: The characters between ``start`` and ``end``.

    Raises:
        ValueError: The offsets do not fit the quote.

    >>> Span("a.vtt", 3, 0, 5, "We do").quote
    'We do'
    """

    source: str
    turn: int
    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        """Refuse offsets that cannot belong to the quote."""
        if self.turn < 0 or self.start < 0 or self.end - self.start != len(self.quote) or not self.quote:
            raise ValueError(f"offsets {self.start}..{self.end} of turn {self.turn} do not fit the quote")

    def overlaps(self, other: Span) -> bool:
        """Tell whether two spans share at least one character of the same turn."""
        same = self.source == other.source and self.turn == other.turn
        return same and self.start < other.end and other.start < self.end

    def shared(self, other: Span) -> int:
        """Count the characters that two spans have in common, 0 where they do not overlap."""
        return min(self.end, other.end) - max(self.start, other.start) if self.overlaps(other) else 0

    def shares_half(self, other: Span) -> bool:
        """Tell whether two spans have at least half of the shorter one in common.

        >>> Span("a", 0, 0, 4, "abcd").shares_half(Span("a", 0, 2, 9, "cdefghi"))
        True
        """
        return self.overlaps(other) and 2 * self.shared(other) >= min(len(self.quote), len(other.quote))


@dataclass(frozen=True, slots=True)
class Speaker:
    """One voice of an interview, its role, and how sure that role is (0 to 1)."""

    name: str
    role: Role | None = None
    confidence: float = 0.0
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption or line as the recording tool cut it, located in its turn's text.

    Args:
        start: Offset of the cue's first character in the turn's text.
        end: Offset just past its last character (half-open).
        start_s: Seconds from the start of the recording, None where the layout has none.
        end_s: Likewise for the end.
        line: Line (text layouts) or item (structured layouts) of the file, from 1.
    """

    start: int
    end: int
    start_s: float | None
    end_s: float | None
    line: int


@dataclass(frozen=True, slots=True)
class Turn:
    """Everything one speaker says before another speaker starts.

    ``text`` is NFC, single-spaced and without line breaks; all offsets refer to it.
    """

    source: str
    number: int
    speaker: str
    text: str
    role: Role | None = None
    start_s: float | None = None
    end_s: float | None = None
    cues: tuple[Cue, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """Cut the span ``start`` to ``end`` (half-open code points) out of this turn.

        >>> Turn("a.vtt", 0, "Ann", "We hire.").span(0, 7).quote
        'We hire'
        """
        return Span(self.source, self.number, start, end, self.text[start:end])

    def find(self, quote: str) -> Span | None:
        """Locate the first verbatim occurrence of ``quote``, or None.

        >>> Turn("a.vtt", 0, "Ann", "We hire.").find("hire").start
        3
        """
        at = self.text.find(quote)
        return self.span(at, at + len(quote)) if quote and at >= 0 else None


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence or clause of one turn: the smallest piece the models look at."""

    span: Span
    number: int
    speaker: str = ""
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was asked and what was answered.

    Args:
        source: File name of the transcript.
        number: Position in the interview, from 0.
        asked: Numbers of the interviewer turns that ask; empty before the first question.
        answered: Numbers of the employer turns that answer.
        question: The asking words, None where nothing was asked.
        follows: Number of the exchange this one follows up, or None.
        bank_question: Id of the bank question it matches, None when off guide.
        match: How well it matches that question, 0 to 1.
        backchannels: Numbers of the interviewer turns in between that ask nothing ("Mm.", "Right.").
    """

    source: str
    number: int
    asked: tuple[int, ...]
    answered: tuple[int, ...]
    question: Span | None = None
    follows: int | None = None
    bank_question: str | None = None
    match: float = 0.0
    backchannels: tuple[int, ...] = ()
