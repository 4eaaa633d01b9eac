"""The package's own findings and those of other readers, joined: who found what, best agreed first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from discovery.reader.agreement import Combined, Found, combine, weigh_readers
from discovery.reader.joining import Joined
from discovery.readings import TypeEntry
from discovery.records import Claim, Mismatch, Notice, NoticeKind, Review, Span, Turn
from discovery.stages.packets import study_types
from discovery.stages.readings import mismatches_by_reader, readings_by_employer
from discovery.stages.sharing import study_names
from discovery.stages.work import Work, fingerprint


def join_all_readings(work: Work, mismatches: Mapping[str, str]) -> dict[str, str]:
    """Join what all readers found for every employer where any of it has changed.

    Args:
        work: The run.
        mismatches: Fingerprint of the package's own mismatches by employer.

    Returns:
        Fingerprint of the joined findings by employer.
    """
    others = readings_by_employer(work)
    reviews = _standing_reviews(work)
    trust = weigh_readers(mismatches_by_reader(others), reviews)
    types = {kind.key: kind for kind in study_types(work)}
    restore = study_names(work).restore if others else str
    joined: dict[str, str] = {}
    with work.progress.stage("Joining what readers found", len(mismatches)) as advance:
        for employer, made_from in mismatches.items():
            found = others.get(employer, {})
            decided = [review for review in reviews if review.employer in ("", employer)] if found else []
            weights = {name: trust[name] for name in found}
            joined[employer] = fingerprint(made_from, found, weights, decided, sorted(types) if found else ())
            if not work.fresh(f"joined:{employer}", joined[employer]):
                found = {name: _explained(one, types, restore) for name, one in found.items()}
                _join(work, employer, joined[employer], (found, weights, decided))
            advance()
    work.forget_others("joined:", joined)
    return joined


def _join(
    work: Work,
    employer: str,
    made_from: str,
    others: tuple[Mapping[str, Joined], Mapping[str, float], Sequence[Review]],
) -> None:
    found, weights, decided = others
    store = work.store
    own = Found(
        tuple(store.load("found_claims", Claim, stage=f"claims:{employer}")),
        tuple(store.load("found_mismatches", Mismatch, stage=f"mismatches:{employer}")),
        tuple(store.load("found_candidates", Mismatch, stage=f"mismatches:{employer}")),
    )
    others_found = {name: Found(joined.claims, joined.mismatches) for name, joined in found.items()}
    combined: Combined = combine(own, others_found, trust=weights, reviews=decided)
    notices = [*combined.notices, *(notice for joined in found.values() for notice in joined.notices)]
    records = {
        "claims": combined.claims,
        "mismatches": combined.mismatches,
        "candidates": combined.candidates,
    }
    work.save(f"joined:{employer}", made_from, records, notices)


def _explained(joined: Joined, types: Mapping[str, TypeEntry], restore: Callable[[str], str]) -> Joined:
    """Say of a reader's mismatches what the catalogue knows: what speaks against them, what to ask next.

    Names stand in a reader's notes again, as in everything that stays in the study; mismatches of
    types that the study no longer looks for are left out and counted.
    """
    known = [one for one in joined.mismatches if one.type in types]
    told = tuple(
        replace(
            one,
            why=restore(one.why) or types[one.type].definition,
            against=types[one.type].against,
            probe=next(iter(types[one.type].probes), ""),
        )
        for one in known
    )
    silenced = len(joined.mismatches) - len(known)
    what = "mismatches of other readers of a type that the study does not look for"
    notices = (Notice("reader", NoticeKind.DROPPED, what, count=silenced),) if silenced else ()
    return replace(joined, mismatches=told, notices=(*joined.notices, *notices))


def _standing_reviews(work: Work) -> list[Review]:
    """Decisions whose quotes still stand in the interviews."""
    turns = {(turn.source, turn.number): turn.text for turn in work.store.load("turns", Turn)}

    def stands(span: Span) -> bool:
        return turns.get((span.source, span.turn), "")[span.start : span.end] == span.quote

    return [one for one in work.store.load("reviews", Review) if stands(one.stated) and stands(one.actual)]
