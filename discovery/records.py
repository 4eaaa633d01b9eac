"""The nouns of the flow, each a frozen record.

Every record that carries evidence holds a :class:`Span`: the transcript file it comes
from, the turn, and half-open character offsets into that turn's text, so that
``text[start:end] == quote`` can be checked anywhere and at any time.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """Which side of the interview a speaker is on."""

    INTERVIEWER = "interviewer"
    EMPLOYER = "employer"


class Stance(StrEnum):
    """What an employer does by saying a claim (annotation guide, section 1)."""

    NEED = "need"
    REQUIREMENT = "requirement"
    PRACTICE = "practice"
    EXCEPTION = "exception"
    RATIONALE = "rationale"
    CHALLENGE = "challenge"
    SUCCESS = "success"


class Facet(StrEnum):
    """What a claim is about (annotation guide, section 1)."""

    LEVEL = "level"
    EXPERIENCE = "experience"
    SECTOR = "sector"
    CREDENTIAL = "credential"
    SKILL = "skill"
    CHANNEL = "channel"
    SCREENING = "screening"
    TRAINING = "training"
    MOBILITY = "mobility"
    REACH = "reach"
    SPEED = "speed"
    OFFER = "offer"


class Guard(StrEnum):
    """Why words that sound like a claim may not count as one."""

    HYPOTHETICAL = "hypothetical"
    PAST = "past"
    SOMEONE_ELSE = "someone-else"
    DENIED = "denied"
    JOKE = "joke"
    OTHER_ROLE = "other-role"
    PLAN = "plan"


class Status(StrEnum):
    """Where a mismatch stands in review; only a person moves it from proposed."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNSURE = "unsure"


class NoticeKind(StrEnum):
    """What happened to something that did not pass through unchanged."""

    DROPPED = "dropped"
    MERGED = "merged"
    GUESSED = "guessed"
    REPAIRED = "repaired"


STATED_STANCES = frozenset({Stance.NEED, Stance.REQUIREMENT, Stance.CHALLENGE, Stance.SUCCESS})
"""Stances that can stand on the stated side of a mismatch."""

ACTUAL_STANCES = frozenset({Stance.PRACTICE, Stance.EXCEPTION, Stance.RATIONALE, Stance.SUCCESS})
"""Stances that can stand on the actual side of a mismatch."""


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
class Employer:
    """One employer of the study, as ``employers.csv`` describes it.

    ``consent`` is what may leave the study: ``quote`` (verbatim), ``paraphrase``
    (counts and paraphrase only) or ``none``.
    """

    id: str
    name: str
    pseudonym: str = ""
    sector: str = ""
    size: str = ""
    region: str = ""
    consent: str = "quote"


@dataclass(frozen=True, slots=True)
class Programme:
    """The programme that is being designed, in the team's own words.

    Args:
        name: What the programme is called.
        roles: Roles it should lead to.
        region: Where it runs.
        aims: What it should achieve.
    """

    name: str = ""
    roles: tuple[str, ...] = ()
    region: str = ""
    aims: tuple[str, ...] = ()


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
class SkippedLine:
    """A line of a transcript file that is not speech, and why it was left out.

    ``reason`` never repeats the line itself.
    """

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing a stage dropped, merged, guessed or repaired, without interview text."""

    stage: str
    kind: NoticeKind
    what: str
    source: str = ""
    line: int | None = None
    count: int = 1


@dataclass(frozen=True, slots=True)
class ReadReport:
    """What a reader saw in one file.

    Args:
        source: File name.
        layout: Name of the layout it was read as.
        confidence: How sure the registry is of the layout, 0 to 1.
        reason: What in the file spoke for the layout.
        skipped: Lines that are not speech, with reasons.
        notices: What was merged, guessed or repaired.
    """

    source: str
    layout: str
    confidence: float
    reason: str
    skipped: tuple[SkippedLine, ...] = ()
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Transcript:
    """One transcript file, read: its turns, its speakers and the report of the reading."""

    source: str
    layout: str
    turns: tuple[Turn, ...]
    speakers: tuple[Speaker, ...]
    report: ReadReport


@dataclass(frozen=True, slots=True)
class Interview:
    """One transcript within a study: whose it is and what was read."""

    source: str
    employer: str
    layout: str
    turns: int
    words: int
    sha256: str
    speakers: tuple[Speaker, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a bank, with what it is for.

    Args:
        id: Stable key, unique over all banks of a study.
        text: The question as it is asked.
        phase: Part of the session it belongs to (``context``, ``talent``, ...).
        facets: Facets it should draw out.
        stances: Stances it should draw out.
        exposes: Mismatch types it can bring to light.
        probes: Follow-up questions.
        listen_for: What a telling answer contains.
        avoid: What the interviewer should not do here.
        minutes: Time to plan for it.
        source: Document or method the idea comes from.
        roles: Respondents it suits; empty means everyone.
    """

    id: str
    text: str
    phase: str
    facets: tuple[Facet, ...] = ()
    stances: tuple[Stance, ...] = ()
    exposes: tuple[str, ...] = ()
    probes: tuple[str, ...] = ()
    listen_for: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    minutes: float = 2.0
    source: str = ""
    roles: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence or clause of one turn: the smallest piece the models look at."""

    span: Span
    number: int
    speaker: str = ""
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """A measurable detail of a claim.

    Args:
        kind: ``level``, ``years``, ``channel``, ``credential``, ``duration``, ``share``,
            ``money`` or ``format``.
        normal: The normalised value, such as ``senior``, ``5``, ``co-op`` or ``6/9``.
        text: The words it was read from.
    """

    kind: str
    normal: str
    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing the employer side says about how it hires or develops people.

    ``score`` is the calibrated probability that a careful coder would mark it;
    ``model`` names the model and rule versions that found it, ``readers`` everyone who found it
    (empty where only the package's own models were asked). A claim with guards is kept, marked,
    and never counted as evidence.
    """

    span: Span
    employer: str
    speaker: str
    stance: Stance
    facet: Facet
    score: float
    values: tuple[Value, ...] = ()
    guards: tuple[Guard, ...] = ()
    model: str = ""
    readers: tuple[str, ...] = ()

    @property
    def value(self) -> str | None:
        """All values in one line (``kind=normal; ...``), None when there is none."""
        return "; ".join(f"{v.kind}={v.normal}" for v in self.values) or None


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic of the study: its label, its leading words, and how stable it is (0 to 1)."""

    number: int
    label: str
    words: tuple[str, ...]
    size: int
    stability: float | None = None


@dataclass(frozen=True, slots=True)
class TopicDocument:
    """A stretch of employer talk and the topic it belongs to (-1: none)."""

    span: Span
    employer: str
    topic: int


@dataclass(frozen=True, slots=True)
class TopicEdit:
    """A person's decision about topics, anchored to the texts they held rather than to a run.

    Args:
        kind: ``rename``, ``merge`` or ``split``.
        members: Keys of texts: one group a topic for ``rename`` (one) and ``merge`` (two or
            more), one group a new part for ``split``.
        labels: The name given (``rename``, ``merge``), or one name a part (``split``).
        coder: Who decided.
        at: When, as an ISO 8601 time.
        memo: Why.
    """

    kind: str
    members: tuple[tuple[str, ...], ...]
    labels: tuple[str, ...]
    coder: str
    at: str
    memo: str = ""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Two claims of one employer that pull against each other, with evidence for both.

    Args:
        type: Key of the mismatch type in the catalogue.
        employer: Employer id.
        stated: What the employer says it wants, requires or suffers from.
        actual: What the employer does, makes exceptions for or gives as the reason.
        score: Calibrated probability that a careful coder would mark the pair, 0 to 1.
        why: One or two plain sentences made from the parts of this pair.
        status: Where it stands in review.
        against: What would speak against it.
        probe: The neutral question to ask next.
        further: More evidence for either side.
        model: Model and rule versions that found it.
        readers: Everyone who found it; empty where only the package's own models were asked.
    """

    type: str
    employer: str
    stated: Span
    actual: Span
    score: float
    why: str
    status: Status = Status.PROPOSED
    against: str = ""
    probe: str = ""
    further: tuple[Span, ...] = ()
    model: str = ""
    readers: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """A key that stays the same as long as type and both quotes do."""
        parts = (self.type, self.stated.source, self.stated.quote, self.actual.source, self.actual.quote)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Review:
    """A person's decision about a mismatch, anchored to its evidence rather than to a run.

    ``employer``, ``why`` and ``score`` are what the mismatch showed when it was decided on, so
    that an accepted one can be shown even where a later run no longer finds it.
    """

    anchor: str
    type: str
    stated: Span
    actual: Span
    status: Status
    coder: str
    at: str
    memo: str = ""
    employer: str = ""
    why: str = ""
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of the study's codebook."""

    name: str
    definition: str = ""
    parent: str | None = None
    color: str | None = None


@dataclass(frozen=True, slots=True)
class Coding:
    """A code put on a span by a coder."""

    span: Span
    code: str
    coder: str
    at: str
    memo: str = ""


@dataclass(frozen=True, slots=True)
class AnnotatedInterview:
    """An interview a careful coder has marked, to learn from or to measure on.

    Args:
        source: Transcript file name, or the name of the annotation where there is none.
        employer: Display name of the employer.
        sector: Its sector.
        turns: Canonical turns with roles.
        claims: Marked claims; their score is 1 and their model is ``annotation``.
        mismatches: Marked mismatches; ``why`` is the coder's note.
        decoys: Tempting places that are no mismatch.
        guards: Words that sound like a claim and are held back by a guard; empty where nobody looked.
    """

    source: str
    employer: str
    sector: str
    turns: tuple[Turn, ...]
    claims: tuple[Claim, ...] = ()
    mismatches: tuple[Mismatch, ...] = ()
    decoys: tuple[Decoy, ...] = field(default=())
    guards: tuple[GuardedWords, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Decoy:
    """A place that tempts to report a mismatch of ``tempting`` type, and why it is none."""

    span: Span
    tempting: str
    why: str


@dataclass(frozen=True, slots=True)
class GuardedWords:
    """Words that a coder takes for no claim of the firm's present practice, and why."""

    span: Span
    guard: Guard
