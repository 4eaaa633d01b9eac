"""What was asked and answered in each interview, and which subjects are still thin."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from discovery.records import Claim, Exchange, Facet, Question, Turn

_FEWEST_WORDS = 5


class Asked(StrEnum):
    """What became of a bank question in one interview."""

    ANSWERED = "answered"
    ASKED = "asked"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Thin:
    """A facet and how many interviews tell about it."""

    facet: Facet
    answered: int
    interviews: int


@dataclass(frozen=True)
class Coverage:
    """Bank questions against interviews.

    Args:
        questions: Questions, in the bank's order.
        interviews: Transcript names, in order.
        cells: What became of each question in each interview, a row a question.
        heard: Facets that claims were made about, for each interview.
    """

    questions: tuple[Question, ...]
    interviews: tuple[str, ...]
    cells: tuple[tuple[Asked, ...], ...]
    heard: tuple[frozenset[Facet], ...] = ()

    def status(self, question: str, interview: str) -> Asked:
        """Return what became of one question in one interview.

        Raises:
            KeyError: There is no such question or interview.
        """
        ids = [each.id for each in self.questions]
        if question not in ids or interview not in self.interviews:
            raise KeyError((question, interview))
        return self.cells[ids.index(question)][self.interviews.index(interview)]

    def rows(self) -> list[dict[str, str]]:
        """Return one row a question: id, phase, text, and a column an interview."""
        return [
            {"question": question.id, "phase": question.phase, "text": question.text}
            | {name: cell.value for name, cell in zip(self.interviews, cells, strict=True)}
            for question, cells in zip(self.questions, self.cells, strict=True)
        ]

    def thin(self, share: float = 0.5) -> tuple[Thin, ...]:
        """List the facets that fewer than a share of the interviews tell about, thinnest first.

        An interview tells about a facet where a question on it was answered or a claim about it was made.

        Args:
            share: 0 to 1; a facet at this share is not thin.
        """
        counted = [
            Thin(
                facet, sum(self._tells(facet, at) for at in range(len(self.interviews))), len(self.interviews)
            )
            for facet in Facet
        ]
        below = [each for each in counted if each.answered < share * each.interviews]
        return tuple(sorted(below, key=lambda each: (each.answered, tuple(Facet).index(each.facet))))

    def _tells(self, facet: Facet, at: int) -> bool:
        if self.heard and facet in self.heard[at]:
            return True
        pairs = zip(self.questions, self.cells, strict=True)
        return any(facet in question.facets and cells[at] is Asked.ANSWERED for question, cells in pairs)


def cover(
    questions: Sequence[Question],
    exchanges: Iterable[Exchange],
    turns: Iterable[Turn],
    claims: Iterable[Claim] = (),
) -> Coverage:
    """Hold the question bank against what was really asked and answered.

    Args:
        questions: The bank, or the questions of one guide.
        exchanges: Exchanges of any number of interviews, linked to bank questions.
        turns: Their turns; an answer of fewer than five words does not count as one.
        claims: Claims found in them; a claim shows that its facet was spoken about, asked or not.

    Returns:
        Answered, asked or skipped for each question and interview.
    """
    words = {(turn.source, turn.number): len(turn.text.split()) for turn in turns}
    interviews = tuple(sorted({source for source, _ in words}))
    found: dict[tuple[str, str], Asked] = {}
    for exchange in exchanges:
        if exchange.bank_question is None:
            continue
        said = sum(words.get((exchange.source, number), 0) for number in exchange.answered)
        key = exchange.bank_question, exchange.source
        if said >= _FEWEST_WORDS:
            found[key] = Asked.ANSWERED
        else:
            found.setdefault(key, Asked.ASKED)
    cells = tuple(
        tuple(found.get((question.id, source), Asked.SKIPPED) for source in interviews)
        for question in questions
    )
    facets: dict[str, set[Facet]] = {}
    for claim in claims:
        if not claim.guards:
            facets.setdefault(claim.span.source, set()).add(claim.facet)
    heard = tuple(frozenset(facets.get(source, ())) for source in interviews)
    return Coverage(tuple(questions), interviews, cells, heard)
