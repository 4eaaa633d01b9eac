"""What was read in pieces becomes one reading again: parts that overlap, interviews of one employer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from discovery.nearness import same_mismatch
from discovery.readings import Reading
from discovery.records import Claim, Mismatch, Notice, NoticeKind


@dataclass(frozen=True, slots=True)
class Joined:
    """Everything one reader found for one employer.

    Args:
        claims: Its claims, each once, in the order of speech.
        mismatches: Its mismatches, one a contradiction, in the order of speech.
        notices: What was joined or left out, with counts.
    """

    claims: tuple[Claim, ...]
    mismatches: tuple[Mismatch, ...]
    notices: tuple[Notice, ...]


def join_readings(readings: Sequence[Reading]) -> Joined:
    """Join what one reader found in the parts and interviews of one employer.

    Args:
        readings: Readings of one reader and one employer, oldest first.

    Returns:
        Claims and mismatches without those that overlapping parts, or several answers, hold twice.

    Raises:
        ValueError: The readings belong to several readers or employers.
    """
    if len({(reading.reader.name, reading.employer) for reading in readings}) > 1:
        raise ValueError("join the readings of one reader and one employer at a time")
    claims = [claim for reading in readings for claim in reading.claims]
    mismatches = [mismatch for reading in readings for mismatch in reading.mismatches]
    kept = join_claims(claims), join_mismatches(mismatches)
    doubled = len(claims) + len(mismatches) - sum(map(len, kept))
    what = "items found in several parts or answers of one reader"
    notices = (Notice("reader", NoticeKind.MERGED, what, count=doubled),) if doubled else ()
    return Joined(*kept, notices)


def join_claims(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Keep one of the claims that overlap and have the same stance and facet: the longest."""
    kept: list[Claim] = []
    for claim in sorted(claims, key=lambda one: (-len(one.span.quote), one.span)):
        if not any(_same_claim(claim, other) for other in kept):
            kept.append(claim)
    return tuple(sorted(kept, key=lambda one: (one.span, one.stance, one.facet)))


def join_mismatches(mismatches: Iterable[Mismatch]) -> tuple[Mismatch, ...]:
    """Keep the first of the mismatches that have one type and stand on the same evidence."""
    kept: list[Mismatch] = []
    for mismatch in mismatches:
        if not any(same_mismatch(mismatch, other) for other in kept):
            kept.append(mismatch)
    return tuple(sorted(kept, key=lambda one: (one.stated, one.actual, one.type)))


def _same_claim(claim: Claim, other: Claim) -> bool:
    same = claim.stance is other.stance and claim.facet is other.facet
    return same and claim.span.shares_half(other.span)
