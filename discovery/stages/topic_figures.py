"""Topics on the stated side against the actual side, and saturation: computed and drawn for the brief."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from discovery.records import Claim, Employer, Interview, Topic, TopicDocument
from discovery.stages.sharing import described_employers
from discovery.topics import saturation, topic_divergence
from discovery.topics.employer_sides import EmployerSides, employer_sides

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from discovery.briefs.material import DivergenceRow, EmployerTopics, SuppliedFigure
    from discovery.briefs.model import Figure
    from discovery.stages.work import Work
    from discovery.topics.divergence import Divergence
    from discovery.topics.result import TopicResult


def compare_sides(work: Work, employers: Sequence[Employer]) -> Divergence:
    """Compare what employers ask for with what they do, topic by topic, leaving out who agreed to nothing."""
    documents = work.store.load("topic_documents", TopicDocument)
    return _compare(work, documents, [one for one in employers if one.id in _shown(employers)])


def _compare(work: Work, documents: Sequence[TopicDocument], employers: Sequence[Employer]) -> Divergence:
    """Compare the sides over some employers of the study."""
    heard = {employer.id for employer in employers}
    return topic_divergence(
        [document for document in documents if document.employer in heard],
        [claim for claim in work.store.load("claims", Claim) if claim.employer in heard],
        work.store.load("topics", Topic),
        sectors={employer.id: employer.sector for employer in employers if employer.sector},
        seed=work.settings.seed,
    )


def compare_employers(work: Work, employers: Sequence[Employer]) -> tuple[EmployerSides, ...]:
    """Compare what each employer asks for with what it does, leaving out who agreed to nothing."""
    shown = _shown(employers)
    return _compare_each(work, [employer.id for employer in employers if employer.id in shown])


def compare_every_employer(work: Work) -> tuple[EmployerSides, ...]:
    """Compare what each employer asks for with what it does: for the researchers alone."""
    return _compare_each(work, sorted({one.employer for one in work.store.load("interviews", Interview)}))


def _compare_each(work: Work, employers: Sequence[str]) -> tuple[EmployerSides, ...]:
    store = work.store
    return employer_sides(
        store.load("topic_documents", TopicDocument),
        store.load("claims", Claim),
        store.load("topics", Topic),
        employers,
        seed=work.settings.seed,
    )


def employer_topics(sides: Sequence[EmployerSides]) -> tuple[EmployerTopics, ...]:
    """Give the comparison of each employer in the shape the brief takes."""
    from discovery.briefs.material import EmployerTopics

    return tuple(
        EmployerTopics(
            one.employer,
            one.stated,
            one.actual,
            one.tested.corrected if one.tested else None,
            one.tested.interval if one.tested else None,
            bool(one.tested and one.tested.distance > one.tested.by_chance),
            tuple((gap.label, gap.stated) for gap in one.wanted),
            tuple((gap.label, gap.actual) for gap in one.unasked),
        )
        for one in sides
    )


def divergence_rows(divergence: Divergence) -> tuple[DivergenceRow, ...]:
    """Give the comparison in the shape the brief takes."""
    from discovery.briefs.material import DivergenceRow

    return tuple(
        DivergenceRow(
            row.label, row.stated, row.actual, row.stated_share, row.actual_share, row.low, row.high
        )
        for row in divergence.rows
    )


def topic_pictures(
    work: Work, divergence: Divergence, employers: Sequence[Employer]
) -> tuple[SuppliedFigure, ...]:
    """Draw the topics of the study for the brief; nothing is drawn where there are no topics.

    Args:
        work: An opened study that has been run.
        divergence: Stated against actual.
        employers: Employers of the study; those who agreed to nothing are left out.
    """
    from discovery.briefs.material import SuppliedFigure
    from discovery.topics.figures import saturation_curve, topic_by_stance

    shown = _shown(employers)
    documents = [one for one in work.store.load("topic_documents", TopicDocument) if one.employer in shown]
    if not any(document.topic >= 0 for document in documents):
        return ()
    found = saturation(_topics_by_interview(documents), seed=work.settings.seed)
    sides, curve = topic_by_stance(divergence), saturation_curve(found)
    caption = f"New topics from interview to interview. {found.verdict} {found.caveat}"
    return (
        SuppliedFigure("topics", sides.png(), f"Topics stated and acted on. {divergence.verdict}", sides.alt),
        SuppliedFigure("saturation", curve.png(), caption, curve.alt, "coverage"),
    )


def compare_everyone(work: Work) -> Divergence:
    """Compare what employers ask for with what they do, nobody left out: for the researchers alone."""
    employers = described_employers(work, work.store.load("interviews", Interview))
    return _compare(work, work.store.load("topic_documents", TopicDocument), employers)


def draw_topics(work: Work) -> dict[str, Figure]:
    """Draw the topics of the study for its researchers, every employer included.

    Args:
        work: An opened study that has been run.

    Returns:
        ``map``, ``sides``, ``employers`` and ``saturation``, each with caption and alt text.
    """
    from discovery.briefs.model import Figure
    from discovery.topics.figures import employer_heat_map, saturation_curve, topic_by_stance, topic_map

    documents = work.store.load("topic_documents", TopicDocument)
    divergence = compare_everyone(work)
    found = saturation(_topics_by_interview(documents), seed=work.settings.seed)
    drawn = {
        "map": (topic_map(_stored_topics(work, documents)), "Topics of the study, near ones alike"),
        "sides": (topic_by_stance(divergence), f"Topics stated and acted on. {divergence.verdict}"),
        "employers": (employer_heat_map(divergence), "What each employer talks about"),
        "saturation": (saturation_curve(found), f"{found.verdict} {found.caveat}"),
    }
    return {key: Figure(f"figure:{key}", words, one.alt, one.png()) for key, (one, words) in drawn.items()}


def _stored_topics(work: Work, documents: Sequence[TopicDocument]) -> TopicResult:
    """Put the topics people see together again, as far as a map of them needs."""
    import pandas as pd

    from discovery.topics.result import TopicResult
    from discovery.topics.stability import HOLDS

    topics = work.store.load("topics", Topic)
    table = pd.DataFrame(
        {
            "topic": [topic.number for topic in topics],
            "label": [topic.label for topic in topics],
            "size": [topic.size for topic in topics],
            "holds": pd.Series([_holds(topic, HOLDS) for topic in topics], dtype=object),
        }
    )
    return TopicResult((), table, 0.0, centres=_centres(work, documents))


def _centres(work: Work, documents: Sequence[TopicDocument]) -> NDArray[np.float64]:
    """Give the mean vector of each topic, a row a number, from the vectors that the run has kept."""
    import numpy as np

    numbers = np.array([document.topic for document in documents], dtype=np.int64)
    if not (numbers >= 0).any():
        return np.zeros((0, 0))
    vectors = work.encoder.encode([document.span.quote for document in documents]).astype(np.float64)
    centres = np.zeros((numbers.max() + 1, vectors.shape[1]))
    for number in np.unique(numbers[numbers >= 0]):
        centres[number] = vectors[numbers == number].mean(axis=0)
    return centres


def _holds(topic: Topic, least: float) -> bool | None:
    return None if topic.stability is None else topic.stability >= least


def _shown(employers: Sequence[Employer]) -> set[str]:
    return {employer.id for employer in employers if employer.consent in ("quote", "paraphrase")}


def _topics_by_interview(documents: Sequence[TopicDocument]) -> list[set[int]]:
    """The topics each interview contains, in the order of file names."""
    grouped: dict[str, set[int]] = {}
    for document in documents:
        topics = grouped.setdefault(document.span.source, set())
        if document.topic >= 0:
            topics.add(document.topic)
    return [grouped[source] for source in sorted(grouped)]
