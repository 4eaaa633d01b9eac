"""Where readers agree: findings of several readers side by side, each credited to all who have it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from discovery.nearness import match_mismatches, near, same_mismatch
from discovery.readings import BUILT_IN
from discovery.records import Claim, Mismatch, Notice, NoticeKind, Review, Status

_STAGE = "readers"


@dataclass(frozen=True, slots=True)
class Combined:
    """What all readers found for one employer.

    Args:
        claims: Claims in the order of speech; claims that readers label otherwise stand side by side.
        mismatches: Those that readers agree on first, then by score.
        candidates: Mismatches and the candidates below the threshold, best score first.
        notices: What was joined, with counts.
    """

    claims: tuple[Claim, ...]
    mismatches: tuple[Mismatch, ...]
    candidates: tuple[Mismatch, ...]
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What one reader found for one employer, each thing once."""

    claims: tuple[Claim, ...] = ()
    mismatches: tuple[Mismatch, ...] = ()
    candidates: tuple[Mismatch, ...] = ()


def combine(
    own: Found,
    others: Mapping[str, Found],
    *,
    trust: Mapping[str, float],
    reviews: Sequence[Review] = (),
) -> Combined:
    """Join what the package's own models found with what other readers found.

    Nothing is dropped: a mismatch of one reader that matches none of another is a proposal of its
    own. Where two match, the quotes that people have decided on stand; else those of the package.
    The score becomes 1 - (1 - score) * product of (1 - trust) over the other readers who have it.

    Args:
        own: What the package's own models found.
        others: What each other reader found, by name.
        trust: How far each of them is trusted, 0 to 1, see :func:`weigh_readers`.
        reviews: Decisions of people.
    """
    entries = [replace(one, readers=(BUILT_IN,)) for one in own.mismatches]
    reported = {one.anchor for one in own.mismatches}
    below = [one for one in own.candidates if one.anchor not in reported]
    agreed = 0
    for name in sorted(others):
        hits = {id(new): old for new, old in match_mismatches(others[name].mismatches, entries)}
        agreed += len(hits)
        for new in others[name].mismatches:
            if id(new) in hits:
                entries[entries.index(hits[id(new)])] = _both(hits[id(new)], new, name, trust, reviews)
            else:
                entries.append(_added(new, below, name, trust, reviews))
    candidates = [*entries, *(replace(one, readers=(BUILT_IN,)) for one in below)]
    claims, shared, differing = _join_claims(
        own.claims, {name: others[name].claims for name in others}, trust
    )
    return Combined(
        claims,
        tuple(sorted(entries, key=lambda one: (-len(one.readers), *_order(one)))),
        tuple(sorted(candidates, key=_order)),
        _notices(agreed, shared, differing),
    )


def weigh_readers(others: Mapping[str, Sequence[Mismatch]], reviews: Sequence[Review]) -> dict[str, float]:
    """Tell how far each reader can be trusted: the share of its mismatches that people accepted.

    One acceptance and one rejection are added to what was decided, so that a reader nobody has
    checked stands at one half and a few decisions do not move it far (rule of succession).

    Args:
        others: Mismatches of the study by reader.
        reviews: All decisions, oldest first; the last of each coder counts.
    """
    latest = {(review.anchor, review.coder): review for review in reviews}.values()
    decided = [one for one in latest if one.status in (Status.ACCEPTED, Status.REJECTED)]
    weights = {}
    for name, mismatches in others.items():
        own = [one.status for one in decided if any(_decides(one, mismatch) for mismatch in mismatches)]
        weights[name] = round((own.count(Status.ACCEPTED) + 1) / (len(own) + 2), 4)
    return weights


def _decides(review: Review, mismatch: Mismatch) -> bool:
    same = review.type == mismatch.type
    return same and near(review.stated, mismatch.stated) and near(review.actual, mismatch.actual)


def _order(one: Mismatch) -> tuple[float, str, tuple[str, int, int], tuple[str, int, int]]:
    stated, actual = one.stated, one.actual
    return (
        -one.score,
        one.type,
        (stated.source, stated.turn, stated.start),
        (actual.source, actual.turn, actual.start),
    )


def _both(
    entry: Mismatch, new: Mismatch, name: str, trust: Mapping[str, float], reviews: Sequence[Review]
) -> Mismatch:
    """Credit a mismatch to one more reader; the other quotes are kept as further evidence."""
    decided = {review.anchor for review in reviews}
    swap = new.anchor in decided and entry.anchor not in decided
    shown, other = (new, entry) if swap else (entry, new)
    taken = (shown.stated, shown.actual, *entry.further)
    further = [span for span in (other.stated, other.actual) if not any(span.overlaps(one) for one in taken)]
    return replace(
        entry,
        stated=shown.stated,
        actual=shown.actual,
        why=shown.why or entry.why,
        score=_joint(entry.score, trust[name]),
        readers=(*entry.readers, name),
        further=(*entry.further, *further),
    )


def _added(
    new: Mismatch, below: list[Mismatch], name: str, trust: Mapping[str, float], reviews: Sequence[Review]
) -> Mismatch:
    """Propose what only another reader found; a candidate of the package it matches is taken up."""
    known = next((one for one in below if same_mismatch(new, one)), None)
    if known is not None:
        below.remove(known)
        decided = any(review.anchor == known.anchor for review in reviews)
        evidence = known if decided else new
        score = _joint(known.score, trust[name])
        return replace(
            new, stated=evidence.stated, actual=evidence.actual, score=score, further=known.further
        )
    made = replace(new, score=trust[name])
    anchors = {review.anchor for review in reviews}
    if new.anchor in anchors:
        return made
    earlier = next((review for review in reviews if _decides(review, new)), None)
    return replace(made, stated=earlier.stated, actual=earlier.actual) if earlier else made


def _joint(score: float, trust: float) -> float:
    return round(1 - (1 - score) * (1 - trust), 4)


def _join_claims(
    own: Sequence[Claim], others: Mapping[str, Sequence[Claim]], trust: Mapping[str, float]
) -> tuple[tuple[Claim, ...], int, int]:
    """Credit claims found twice to both readers; count those with the same words and another label."""
    kept = [replace(claim, readers=(BUILT_IN,)) for claim in own]
    shared = differing = 0
    for name in sorted(others):
        fresh = []
        for claim in others[name]:
            near_by = [n for n, one in enumerate(kept) if not one.guards and one.span.shares_half(claim.span)]
            same = [n for n in near_by if _label(kept[n]) == _label(claim) and name not in kept[n].readers]
            if same:
                one = kept[same[0]]
                kept[same[0]] = replace(
                    one, score=_joint(one.score, trust[name]), readers=(*one.readers, name)
                )
                shared += 1
            else:
                fresh.append(replace(claim, score=trust[name]))
                differing += bool(near_by)
        kept += fresh
    return (
        tuple(sorted(kept, key=lambda one: (one.span, one.stance, one.facet, one.readers))),
        shared,
        differing,
    )


def _label(claim: Claim) -> tuple[str, str]:
    return claim.stance, claim.facet


def _notices(agreed: int, shared: int, differing: int) -> tuple[Notice, ...]:
    merged, guessed = NoticeKind.MERGED, NoticeKind.GUESSED
    rows = (
        (agreed, merged, "mismatches found by more than one reader, shown once with all its readers"),
        (shared, merged, "claims found by more than one reader, shown once with all its readers"),
        (differing, guessed, "claims on whose words readers differ in stance or facet; both are kept"),
    )
    return tuple(Notice(_STAGE, kind, what, count=count) for count, kind, what in rows if count)
