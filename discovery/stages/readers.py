"""Who has read a study, what each found, and how far they agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from discovery.nearness import match_mismatches, same_evidence
from discovery.reader.joining import join_readings
from discovery.readings import BUILT_IN, Reader, ReaderKind, Reading
from discovery.records import Claim, Interview, Mismatch, Turn
from discovery.stages.readings import current_readings, standing
from discovery.stages.work import Work


@dataclass(frozen=True, slots=True)
class ReaderSummary:
    """One reader of a study.

    Args:
        reader: Who; of several models or prompt versions the last.
        models: Every model with prompt version that answered under this name.
        sources: Transcript files it has read.
        claims: Its claims.
        mismatches: Its mismatches.
        answers: Answers that count; 0 for the built-in reader.
        rejected: How often each reason kept an item of those answers out.
        reanchored: Quotes placed by likeness.
    """

    reader: Reader
    models: tuple[str, ...]
    sources: tuple[str, ...]
    claims: tuple[Claim, ...]
    mismatches: tuple[Mismatch, ...]
    answers: int
    rejected: Mapping[str, int]
    reanchored: int


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """How far two readers agree over the interviews that both have read.

    Args:
        first: Name of one reader.
        second: Name of the other.
        interviews: Interviews both have read.
        mismatches: Mismatches of either there, in the same order.
        both: Mismatches that agree in type and evidence.
        same_evidence: Those that agree in evidence, whatever the type.
        claims: Claims of either.
        claims_both: Claims of the first whose words the second claims too.
        labels_both: Those of them with the same stance and facet.
    """

    first: str
    second: str
    interviews: int
    mismatches: tuple[int, int]
    both: int
    same_evidence: int
    claims: tuple[int, int]
    claims_both: int
    labels_both: int


def list_readers(work: Work) -> list[ReaderSummary]:
    """List everyone who has read, the built-in reader first.

    Args:
        work: An opened study that has been run.
    """
    turns = {(turn.source, turn.number): turn for turn in work.store.load("turns", Turn)}
    grouped: dict[str, list[Reading]] = {}
    for reading in current_readings(work.store.load("readings", Reading)):
        grouped.setdefault(reading.reader.name, []).append(standing(reading, turns)[0])
    return [_built_in(work), *(_summary(readings) for _, readings in sorted(grouped.items()))]


def _built_in(work: Work) -> ReaderSummary:
    claims = [one for one in work.store.load("found_claims", Claim) if not one.guards]
    mismatches = work.store.load("found_mismatches", Mismatch)
    models = sorted({*(one.model for one in claims), *(one.model for one in mismatches)} - {""})
    return ReaderSummary(
        Reader(BUILT_IN, ReaderKind.BUILT_IN, ", ".join(models)),
        tuple(models),
        tuple(interview.source for interview in work.store.load("interviews", Interview)),
        tuple(claims),
        tuple(mismatches),
        0,
        {},
        0,
    )


def _summary(readings: Sequence[Reading]) -> ReaderSummary:
    employers: dict[str, list[Reading]] = {}
    for reading in readings:
        employers.setdefault(reading.employer, []).append(reading)
    joined = [join_readings(group) for _, group in sorted(employers.items())]
    rejected = Counter(one.reason for reading in readings for one in reading.rejections)
    return ReaderSummary(
        max(readings, key=lambda one: one.reader.at).reader,
        tuple(sorted({reading.reader.credit for reading in readings})),
        tuple(sorted({reading.source for reading in readings})),
        tuple(claim for one in joined for claim in one.claims),
        tuple(mismatch for one in joined for mismatch in one.mismatches),
        len(readings),
        dict(sorted(rejected.items(), key=lambda item: (-item[1], item[0]))),
        sum(len(reading.anchors) for reading in readings),
    )


def compare_readers(work: Work) -> list[PairAgreement]:
    """Compare readers two by two over the interviews that both have read; pairs without any are left out."""
    return [
        made
        for one, other in combinations(list_readers(work), 2)
        if (made := _compare(one, other)).interviews
    ]


def _compare(one: ReaderSummary, other: ReaderSummary) -> PairAgreement:
    shared = set(one.sources) & set(other.sources)
    first, second = (
        [m for m in reader.mismatches if {m.stated.source, m.actual.source} <= shared]
        for reader in (one, other)
    )
    claims, theirs = ([c for c in reader.claims if c.span.source in shared] for reader in (one, other))
    places: dict[tuple[str, int], list[Claim]] = {}
    for claim in theirs:
        places.setdefault((claim.span.source, claim.span.turn), []).append(claim)
    overlapping = [
        (
            claim,
            [
                c
                for c in places.get((claim.span.source, claim.span.turn), [])
                if claim.span.shares_half(c.span)
            ],
        )
        for claim in claims
    ]
    return PairAgreement(
        one.reader.name,
        other.reader.name,
        len(shared),
        (len(first), len(second)),
        len(match_mismatches(first, second)),
        len(match_mismatches(first, second, same_evidence)),
        (len(claims), len(theirs)),
        sum(bool(near) for _, near in overlapping),
        sum(
            any((c.stance, c.facet) == (claim.stance, claim.facet) for c in near)
            for claim, near in overlapping
        ),
    )
