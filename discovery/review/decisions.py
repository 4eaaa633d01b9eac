"""Decisions are anchored to evidence: type and quotes, not to the run that proposed them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from discovery.records import Mismatch, Notice, NoticeKind, Review, Span, Status, Turn


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Mismatches with the status people gave them, and what could not be placed."""

    mismatches: tuple[Mismatch, ...]
    notices: tuple[Notice, ...]


def apply_reviews(
    mismatches: Sequence[Mismatch], reviews: Sequence[Review], turns: Sequence[Turn] = ()
) -> Reviewed:
    """Give every mismatch the status that people decided on.

    A review finds its mismatch by type and both quotes; where a run has moved a quote, by type
    and overlapping evidence on both sides. An accepted or open mismatch that the run no longer
    finds is kept as long as its quotes still stand in the turns. Where coders disagree the
    status is ``unsure``.

    Args:
        mismatches: What the run proposes, best first.
        reviews: All decisions, oldest first.
        turns: Turns of the study, to check the quotes of mismatches no run proposes any more.

    Returns:
        The mismatches with their status, those kept by decision last, and notices.
    """
    latest = {(review.anchor, review.coder): review for review in reviews}
    by_anchor: dict[str, list[Review]] = {}
    for review in latest.values():
        by_anchor.setdefault(review.anchor, []).append(review)
    decided, moved, used = [], 0, set()
    for mismatch in mismatches:
        anchor = mismatch.anchor
        if anchor not in by_anchor:
            anchor = next((key for key, group in by_anchor.items() if _same(mismatch, group[0])), "")
            moved += bool(anchor)
        used.add(anchor)
        decided.append(replace(mismatch, status=_status(by_anchor[anchor])) if anchor else mismatch)
    left = [group for anchor, group in by_anchor.items() if anchor not in used]
    kept, lost = _keep(left, {(turn.source, turn.number): turn for turn in turns})
    return Reviewed((*decided, *kept), _notices(moved, len(kept), lost))


def _status(group: Sequence[Review]) -> Status:
    statuses = {review.status for review in group}
    return statuses.pop() if len(statuses) == 1 else Status.UNSURE


def _same(mismatch: Mismatch, review: Review) -> bool:
    return (
        mismatch.type == review.type
        and mismatch.stated.overlaps(review.stated)
        and mismatch.actual.overlaps(review.actual)
    )


def _keep(
    groups: Sequence[Sequence[Review]], turns: Mapping[tuple[str, int], Turn]
) -> tuple[list[Mismatch], int]:
    """Make mismatches of accepted or open decisions that no run proposes; count those without a place."""
    kept, lost = [], 0
    for group in groups:
        review, status = group[-1], _status(group)
        if status is Status.REJECTED:
            continue
        if not all(_stands(span, turns) for span in (review.stated, review.actual)):
            lost += 1
            continue
        kept.append(
            Mismatch(
                review.type, review.employer, review.stated, review.actual, review.score, review.why, status,
                model=f"review by {review.coder}",
            )
        )  # fmt: skip
    return kept, lost


def _stands(span: Span, turns: Mapping[tuple[str, int], Turn]) -> bool:
    turn = turns.get((span.source, span.turn))
    return turn is not None and turn.text[span.start : span.end] == span.quote


def _notices(moved: int, kept: int, lost: int) -> tuple[Notice, ...]:
    rows = (
        (moved, NoticeKind.GUESSED, "decisions placed by overlapping evidence, as a quote has moved"),
        (kept, NoticeKind.MERGED, "mismatches kept by a decision, though this run does not propose them"),
        (
            lost,
            NoticeKind.DROPPED,
            "decisions whose quotes stand in no transcript any more (kept in the store)",
        ),
    )
    return tuple(Notice("review", kind, what, count=count) for count, kind, what in rows if count)
