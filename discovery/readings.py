"""The nouns of a second reading: who read, what was asked for, and what came back verified."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from discovery.records import Claim, Mismatch, Notice

BUILT_IN = "built-in"
"""Name of the reader that comes with the package."""


class ReaderKind(StrEnum):
    """What sort of reader gave an answer."""

    BUILT_IN = "built-in"
    MODEL = "model"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Reader:
    """Who read an interview.

    Args:
        name: Short name, unique in the study; findings are credited to it.
        kind: The package's own detector, a language model, or a person.
        model: Model and version as its maker calls it; empty for a person.
        prompt_version: Version of the instructions that were read.
        at: When the answer came in, ISO 8601.
    """

    name: str
    kind: ReaderKind
    model: str = ""
    prompt_version: str = ""
    at: str = ""

    @property
    def credit(self) -> str:
        """One line with model, or kind of reader, and prompt version; the name is kept beside it.

        >>> Reader("qwen", ReaderKind.MODEL, "qwen3:8b", "reader/1-ab12").credit
        'qwen3:8b, reader/1-ab12'
        """
        return ", ".join(part for part in (self.model or str(self.kind), self.prompt_version) if part)


@dataclass(frozen=True, slots=True)
class TypeEntry:
    """One mismatch type as a reader is told of it.

    Args:
        key: Key in the catalogue.
        label: Short name.
        definition: One sentence.
        stated: What is said on the stated side; finishes "the employer ...".
        actual: What is said on the actual side, likewise.
        against: What would speak against a finding.
        probes: Neutral questions for the next interview.
    """

    key: str
    label: str
    definition: str
    stated: str
    actual: str
    against: str = ""
    probes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PacketRecord:
    """What the study remembers of a packet that was handed out, without a word of it.

    Args:
        id: Id of the packet.
        source: File name of the transcript.
        employer: Employer id.
        part: Which part of the interview it is, from 1.
        parts: How many parts the interview was split into.
        first: Number of its first turn.
        last: Number of its last turn (included).
        words: Words of interview in it.
        prompt_version: Version of the instructions in it.
        turns_sha256: Hash of the turns as they were shown.
        at: When it was handed out, ISO 8601.
    """

    id: str
    source: str
    employer: str
    part: int
    parts: int
    first: int
    last: int
    words: int
    prompt_version: str
    turns_sha256: str
    at: str


@dataclass(frozen=True, slots=True)
class Rejection:
    """One item of an answer that was not taken over, without a word of it.

    Args:
        reason: Key in :data:`REASONS`.
        part: ``answer``, ``claim`` or ``mismatch``.
        item: Its position in that list of the answer, from 0; None for the answer as a whole.
        turn: Turn it named, None where it named none that exists.
    """

    reason: str
    part: str
    item: int | None = None
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """A quote that was not verbatim and was placed by likeness within its turn.

    Args:
        part: ``claim``, ``stated`` or ``actual``.
        item: Position of the item in its list of the answer, from 0.
        turn: The turn.
        score: Likeness, 0 to 100, of the words given and the words of the turn.
    """

    part: str
    item: int
    turn: int
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader found in one packet, verified against the transcript.

    Args:
        packet: Id of the packet that was answered.
        source: File name of the transcript.
        employer: Employer id.
        reader: Who read.
        claims: Claims whose quotes stand in the transcript.
        mismatches: Mismatches with both sides in the transcript.
        rejections: What was not taken over, and why.
        anchors: Quotes placed by likeness.
        anchor_threshold: Least likeness, 0 to 100, that counted as the same words.
        notices: What was joined, cut or guessed, with counts.
        answer_sha256: Hash of the answer as it came.
        part: Which part of the interview the packet is, from 1.
        parts: How many parts the interview was split into.
    """

    packet: str
    source: str
    employer: str
    reader: Reader
    claims: tuple[Claim, ...] = ()
    mismatches: tuple[Mismatch, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    anchor_threshold: float = 90.0
    notices: tuple[Notice, ...] = field(default=())
    answer_sha256: str = ""
    part: int = 1
    parts: int = 1

    @property
    def fault(self) -> str:
        """Why the answer as a whole is not sound, a key of :data:`REASONS`; empty where it is."""
        return next((one.reason for one in self.rejections if one.part == "answer"), "")

    @property
    def taken(self) -> int:
        """How many claims and mismatches were taken over."""
        return len(self.claims) + len(self.mismatches)


REASONS: dict[str, str] = {
    "answer.empty": "the answer is empty",
    "answer.no-json": "the answer holds no JSON: prose, a refusal, or another format",
    "answer.shape": "the answer's JSON has neither claims nor mismatches",
    "answer.cut-off": "the answer breaks off; items before the break were kept",
    "answer.wrong-packet": "the answer belongs to another packet",
    "answer.too-large": "the answer is too large to be one",
    "answer.unreadable": "the file cannot be read as text",
    "answer.is-packet": "the file is a packet, not an answer to one",
    "answer.no-packet": "the answer does not say which packet it answers",
    "answer.unknown-packet": "the packet it answers was not made by this study",
    "answer.no-interview": "the interview of its packet is no longer in the study",
    "item.shape": "the item does not have the fields that the schema asks for",
    "item.stance": "the stance is not known",
    "item.facet": "the facet is not known",
    "item.type": "the mismatch type is not in the study's catalogue",
    "turn.missing": "there is no such turn in the packet",
    "turn.not-employer": "the turn is not the employer's",
    "quote.empty": "the quote is empty",
    "quote.too-long": "the quote is far longer than a quote may be",
    "quote.not-in-turn": "the quote is not in its turn",
    "quote.other-turn": "the quote stands in another turn than the one named",
    "quote.other-words": "the words do not occur in the interview: invented, or in another language",
    "quote.altered": "the quote differs from the turn in a number or a negation",
    "sides.same": "both sides are the same words",
}
"""What each reason of a rejection means, for people."""
