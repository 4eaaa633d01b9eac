"""Topics on the stated side against the actual side, and saturation: computed and drawn for the brief."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from discovery.records import Claim, Employer, Topic, TopicDocument
from discovery.topics import saturation, topic_divergence

if TYPE_CHECKING:
    from discovery.briefs.material import DivergenceRow, SuppliedFigure
    from discovery.stages.work import Work
    from discovery.topics.divergence import Divergence


def compare_sides(work: Work, employers: Sequence[Employer]) -> Divergence:
    """Compare what employers ask for with what they do, topic by topic, leaving out who agreed to nothing."""
    shown = _shown(employers)
    return topic_divergence(
        [
            document
            for document in work.store.load("topic_documents", TopicDocument)
            if document.employer in shown
        ],
        [claim for claim in work.store.load("claims", Claim) if claim.employer in shown],
        work.store.load("topics", Topic),
        sectors={employer.id: employer.sector for employer in employers if employer.sector},
        seed=work.settings.seed,
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
