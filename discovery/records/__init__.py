"""The nouns of the flow, each a frozen record.

Every record that carries evidence holds a :class:`Span`: the transcript file it comes
from, the turn, and half-open character offsets into that turn's text, so that
``text[start:end] == quote`` can be checked anywhere and at any time.
"""

from discovery.records.coding import AnnotatedInterview, Code, Coding, Decoy, GuardedWords
from discovery.records.decisions import Review, Status, TopicEdit
from discovery.records.findings import (
    ACTUAL_STANCES,
    STATED_STANCES,
    Claim,
    Facet,
    Guard,
    Mismatch,
    Stance,
    Topic,
    TopicDocument,
    Value,
)
from discovery.records.study import Employer, Interview, Programme, Question
from discovery.records.talk import Cue, Exchange, Role, Span, Speaker, Turn, Unit
from discovery.records.transcripts import Notice, NoticeKind, ReadReport, SkippedLine, Transcript

__all__ = [
    "ACTUAL_STANCES",
    "STATED_STANCES",
    "AnnotatedInterview",
    "Claim",
    "Code",
    "Coding",
    "Cue",
    "Decoy",
    "Employer",
    "Exchange",
    "Facet",
    "Guard",
    "GuardedWords",
    "Interview",
    "Mismatch",
    "Notice",
    "NoticeKind",
    "Programme",
    "Question",
    "ReadReport",
    "Review",
    "Role",
    "SkippedLine",
    "Span",
    "Speaker",
    "Stance",
    "Status",
    "Topic",
    "TopicDocument",
    "TopicEdit",
    "Transcript",
    "Turn",
    "Unit",
    "Value",
]
