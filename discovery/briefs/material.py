"""What a brief is made from: the records of a study, handed in by whoever runs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from discovery.records import (
    Claim,
    Employer,
    Exchange,
    Interview,
    Mismatch,
    Notice,
    Programme,
    Question,
    Review,
    Topic,
    TopicDocument,
    Turn,
)


@dataclass(frozen=True, slots=True)
class DivergenceRow:
    """How often one topic comes up on the stated side and on the actual side.

    Args:
        label: Label of the topic.
        stated: Passages on the stated side.
        actual: Passages on the actual side.
        stated_share: Their share of all stated passages, 0 to 1.
        actual_share: Their share of all actual passages, 0 to 1.
        low: Lower end of the interval of the difference, None where there is none.
        high: Upper end likewise.
    """

    label: str
    stated: int
    actual: int
    stated_share: float
    actual_share: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class EmployerTopics:
    """How the topics of one employer's wants part from those of its practice.

    Args:
        employer: Employer id.
        stated: Claims on the stated side that lie in a topic.
        actual: Claims on the actual side likewise.
        divergence: Jensen-Shannon divergence of both sides' topics beyond chance, in bits, 0 to 1;
            None with too little text.
        interval: 95 % interval of it; None likewise.
        differ: Whether the sides differ by more than chance gives.
        wanted: Labels of topics asked for and never acted on, with the number of claims.
        unasked: Labels of topics acted on and never asked for, likewise.
    """

    employer: str
    stated: int
    actual: int
    divergence: float | None
    interval: tuple[float, float] | None
    differ: bool
    wanted: tuple[tuple[str, int], ...] = ()
    unasked: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class SuppliedFigure:
    """A picture another stage has drawn.

    Args:
        name: Short key, unique in the brief.
        picture: PNG bytes, or a function that returns a matplotlib Figure.
        caption: One line under the picture.
        alt: What the picture shows, for those who cannot see it.
        section: Key of the section it belongs in.
    """

    name: str
    picture: bytes | Callable[[], Any]
    caption: str
    alt: str
    section: str = "needs"


@dataclass(frozen=True, slots=True)
class ReaderRow:
    """One reader of the interviews, the built-in one included.

    Args:
        name: Its name.
        kind: ``built-in``, ``model`` or ``person``.
        models: Models with the version of their instructions.
        interviews: Interviews read.
        claims: Claims found.
        mismatches: Mismatches found.
        rejected: What was rejected of its answers, by reason in words.
        date: Day of its last answer; empty for the built-in reader.
    """

    name: str
    kind: str
    models: tuple[str, ...] = ()
    interviews: int = 0
    claims: int = 0
    mismatches: int = 0
    rejected: Mapping[str, int] = field(default_factory=dict)
    date: str = ""


@dataclass(frozen=True, slots=True)
class Material:
    """Everything a brief may draw on; all but the title may be empty.

    Args:
        title: Title of the study.
        programme: The programme it is for.
        date: Date to print on the title page, as the team writes it; empty for none.
        employers: Rows of ``employers.csv``; employers that only occur in records are added.
        interviews: Interviews that were read.
        turns: Their turns, needed for times and for who spoke how much.
        exchanges: What was asked and answered.
        questions: The question bank.
        claims: All claims, those with guards included.
        topics: Topics of the study.
        documents: Passages and the topic each belongs to.
        divergence: Topics on the stated side against the actual side.
        employer_topics: The same for each employer, with topics wanted and never acted on.
        mismatches: Mismatches with the status that review gave them.
        notices: What the stages dropped, merged, guessed or repaired.
        reviews: Decisions of people.
        methods: Models, rules, settings, seed and package version, by name.
        figures: Pictures drawn elsewhere.
        type_names: Titles of mismatch types that a study has added to the catalogue.
        pseudonymise: Replaces names in any text; None uses the employers' pseudonyms alone.
        show_names: Print employers' names in an internal brief instead of pseudonyms.
        readers: Everyone who read the interviews, the built-in reader first.
    """

    title: str
    programme: Programme = field(default_factory=Programme)
    date: str = ""
    employers: tuple[Employer, ...] = ()
    interviews: tuple[Interview, ...] = ()
    turns: tuple[Turn, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    questions: tuple[Question, ...] = ()
    claims: tuple[Claim, ...] = ()
    topics: tuple[Topic, ...] = ()
    documents: tuple[TopicDocument, ...] = ()
    divergence: tuple[DivergenceRow, ...] = ()
    employer_topics: tuple[EmployerTopics, ...] = ()
    mismatches: tuple[Mismatch, ...] = ()
    notices: tuple[Notice, ...] = ()
    reviews: tuple[Review, ...] = ()
    methods: Mapping[str, object] = field(default_factory=dict)
    figures: tuple[SuppliedFigure, ...] = ()
    type_names: Mapping[str, str] = field(default_factory=dict)
    pseudonymise: Callable[[str], str] | None = None
    show_names: bool = False
    readers: tuple[ReaderRow, ...] = ()
