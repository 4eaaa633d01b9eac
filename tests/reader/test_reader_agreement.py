"""Joining parts, interviews and readers: nothing silently merged, decisions of people kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from discovery.reader import join_readings
from discovery.reader.agreement import Found, combine, weigh_readers
from discovery.reader.joining import join_claims
from discovery.readings import Reader, ReaderKind, Reading
from discovery.records import Claim, Facet, Guard, Mismatch, NoticeKind, Review, Span, Stance, Status

TEXT = "We want leaders, and we hire students from the fair every spring without fail."


def span(turn, start=0, end=15, source="a.vtt"):
    return Span(source, turn, start, end, TEXT[start:end])


def claim(turn, start=0, end=15, stance=Stance.NEED, facet=Facet.LEVEL, reader="", score=0.6, **more):
    return Claim(
        span(turn, start, end), "acme", "Bob", stance, facet, score, readers=(reader,) * bool(reader), **more
    )


def pair(kind="need-vs-channel", stated=1, actual=9, score=0.6, reader="", source="a.vtt", start=0):
    sides = span(stated, start, start + 15, source), span(actual, start + 17, start + 32, source)
    return Mismatch(kind, "acme", *sides, score, f"{reader} says", readers=(reader,) * bool(reader))


def review(mismatch, status, coder="pat"):
    return Review(
        mismatch.anchor,
        mismatch.type,
        mismatch.stated,
        mismatch.actual,
        status,
        coder,
        "2026-01-01",
        "",
        "acme",
    )


def reading(name="Kim", employer="acme", claims=(), mismatches=(), part=1):
    who = Reader(name, ReaderKind.PERSON)
    return Reading(f"p{part}", "a.vtt", employer, who, tuple(claims), tuple(mismatches), part=part, parts=2)


def test_what_overlapping_parts_hold_twice_is_joined():
    both, first, second = claim(6), claim(1), claim(12)
    joined = join_readings(
        [
            reading(claims=[first, both], mismatches=[pair()]),
            reading(claims=[both, second], mismatches=[pair()], part=2),
        ]
    )
    assert joined.claims == (first, both, second)
    assert joined.mismatches == (pair(),)
    assert [(n.kind, n.count) for n in joined.notices] == [(NoticeKind.MERGED, 2)]


def test_interviews_of_one_employer_stay_side_by_side():
    here, there = pair(), pair(source="b.vtt", start=5)
    joined = join_readings([reading(mismatches=[here]), reading(mismatches=[there])])
    assert set(joined.mismatches) == {here, there}
    assert joined.notices == ()


@pytest.mark.parametrize("other", [reading(name="Lee"), reading(employer="beta")])
def test_readings_of_two_readers_or_employers_are_not_joined(other):
    with pytest.raises(ValueError, match="one reader"):
        join_readings([reading(), other])


def test_the_longest_of_claims_with_one_label_is_kept():
    short, long, other = claim(1, 0, 8), claim(1, 0, 15), claim(1, 0, 8, facet=Facet.SKILL)
    assert set(join_claims([short, long, other])) == {long, other}
    assert short.span.shares_half(long.span)
    assert not span(1, 0, 10).shares_half(span(1, 8, 30))


def test_without_other_readers_everything_is_the_built_in_readers():
    own = Found((claim(1),), (pair(),), (pair(), pair("posted-vs-hired", 3, 20, 0.1)))
    joined = combine(own, {}, trust={})
    assert [m.readers for m in (*joined.mismatches, *joined.candidates, *joined.claims)] == [
        ("built-in",)
    ] * 4
    assert [m.score for m in joined.candidates] == [0.6, 0.1]
    assert joined.notices == ()


def test_agreed_mismatches_come_first_and_name_all_their_readers():
    alone, shared = pair("posted-vs-hired", 3, 20, 0.9), pair(score=0.6)
    theirs = pair(stated=2, actual=8, score=0.5, reader="Kim")
    joined = combine(Found((), (alone, shared)), {"Kim": Found((), (theirs,))}, trust={"Kim": 0.5})
    first, second = joined.mismatches
    assert (first.type, first.readers, first.score) == (shared.type, ("built-in", "Kim"), 0.8)
    assert (first.stated, first.actual, first.why) == (shared.stated, shared.actual, shared.why)
    assert (theirs.stated, theirs.actual) == first.further
    assert (second.readers, second.score) == (("built-in",), 0.9)
    assert [m.score for m in joined.candidates] == [0.9, 0.8]
    assert [(n.kind, n.count) for n in joined.notices] == [(NoticeKind.MERGED, 1)]


def test_what_only_another_reader_found_is_a_proposal_of_its_own():
    theirs = pair(reader="Kim")
    joined = combine(Found((), (pair("posted-vs-hired"),)), {"Kim": Found((), (theirs,))}, trust={"Kim": 0.3})
    made = next(m for m in joined.mismatches if m.type == theirs.type)
    assert (made.readers, made.score, made.status) == (("Kim",), 0.3, Status.PROPOSED)
    assert (made.stated, made.actual) == (theirs.stated, theirs.actual)


def test_a_candidate_that_another_reader_found_is_taken_up_once():
    weak, theirs = pair(score=0.2), pair(stated=2, reader="Kim")
    joined = combine(Found((), (), (weak,)), {"Kim": Found((), (theirs,))}, trust={"Kim": 0.5})
    assert [m.readers for m in joined.candidates] == [("Kim",)]
    assert joined.mismatches[0].score == 0.6
    assert joined.mismatches[0].stated == theirs.stated


def test_three_readers_agree_whatever_the_order_they_are_given_in():
    others = {name: Found((), (pair(reader=name),)) for name in ("Lee", "Kim")}
    trust = {"Lee": 0.5, "Kim": 0.5}
    joined = combine(Found((), (pair(score=0.5),)), others, trust=trust)
    assert joined == combine(Found((), (pair(score=0.5),)), dict(reversed(others.items())), trust=trust)
    assert (joined.mismatches[0].readers, joined.mismatches[0].score) == (("built-in", "Kim", "Lee"), 0.875)


def test_the_quotes_that_people_decided_on_stand():
    own, theirs = pair(), pair(stated=2, actual=8, reader="Kim", start=3)
    decided = combine(
        Found((), (own,)),
        {"Kim": Found((), (theirs,))},
        trust={"Kim": 0.5},
        reviews=[review(theirs, Status.REJECTED)],
    )
    assert decided.mismatches[0].anchor == theirs.anchor
    both = [review(theirs, Status.REJECTED), review(own, Status.ACCEPTED)]
    kept = combine(Found((), (own,)), {"Kim": Found((), (theirs,))}, trust={"Kim": 0.5}, reviews=both)
    assert kept.mismatches[0].anchor == own.anchor


def test_what_was_decided_on_is_not_proposed_again_in_other_words():
    earlier, again = pair(start=3), pair(stated=2, actual=8, reader="Kim")
    joined = combine(
        Found(), {"Kim": Found((), (again,))}, trust={"Kim": 0.5}, reviews=[review(earlier, Status.REJECTED)]
    )
    assert [m.anchor for m in joined.mismatches] == [earlier.anchor]
    weak = pair(stated=0, score=0.2)
    taken = combine(
        Found((), (), (weak,)),
        {"Kim": Found((), (again,))},
        trust={"Kim": 0.5},
        reviews=[review(weak, Status.UNSURE)],
    )
    assert [m.anchor for m in taken.mismatches] == [weak.anchor]


def test_claims_found_twice_are_shown_once_and_other_labels_side_by_side():
    same, otherwise = claim(1, 3, 15, reader="Kim"), claim(2, facet=Facet.SKILL, reader="Kim")
    guarded = claim(5, guards=(Guard.PAST,))
    joined = combine(
        Found((claim(1), claim(2), guarded)),
        {"Kim": Found((same, otherwise, claim(5, reader="Kim")))},
        trust={"Kim": 0.5},
    )
    assert [(c.span.turn, c.facet, c.readers, bool(c.guards)) for c in joined.claims] == [
        (1, "level", ("built-in", "Kim"), False),
        (2, "level", ("built-in",), False),
        (2, "skill", ("Kim",), False),
        (5, "level", ("Kim",), False),
        (5, "level", ("built-in",), True),
    ]
    assert [(n.kind, n.count) for n in joined.notices] == [(NoticeKind.MERGED, 1), (NoticeKind.GUESSED, 1)]


def test_trust_is_the_share_that_people_accepted_with_one_of_each_added():
    pairs = [pair(f"type-{n}") for n in range(4)]
    statuses = (Status.ACCEPTED, Status.ACCEPTED, Status.REJECTED, Status.UNSURE)
    reviews = [review(one, status) for one, status in zip(pairs, statuses, strict=True)]
    changed = [replace(reviews[0], status=Status.REJECTED), *reviews]
    assert weigh_readers({"Kim": pairs, "Lee": [], "Max": pairs[2:3]}, reviews) == {
        "Kim": 0.6,
        "Lee": 0.5,
        "Max": 0.3333,
    }
    assert weigh_readers({"Kim": pairs}, changed) == {"Kim": 0.6}
