from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.claims.guards import guard_rules, guards_of
from discovery.records import Guard


@pytest.mark.parametrize(
    ("text", "guard"),
    [
        ("If we ever opened a second site we'd take beginners.", Guard.HYPOTHETICAL),
        ("If you told me to staff a night shift, I'd laugh.", Guard.HYPOTHETICAL),
        ("We used to insist on a degree.", Guard.PAST),
        ("They wanted two references until last spring.", Guard.PAST),
        ("A lot of firms round here only take friends of friends.", Guard.SOMEONE_ELSE),
        ("The plant across the river tests everyone twice.", Guard.SOMEONE_ELSE),
        ("No, not really.", Guard.DENIED),
        ("I only hire people who like my dog, I'm joking.", Guard.JOKE),
        ("That's a different role altogether.", Guard.OTHER_ROLE),
        ("We’re planning to open a student stream.", Guard.PLAN),
        ("Next spring we open a student stream.", Guard.PLAN),
        ("I'd put two of them on the night desk.", Guard.HYPOTHETICAL),
        ("If we got the money we'd hire six.", Guard.HYPOTHETICAL),
        ("Before, it was a degree and nothing else.", Guard.PAST),
        ("We did ask for it once.", Guard.PAST),
        ("A consultant said we should add a panel.", Guard.DENIED),
        ("I've heard of places that hire by horoscope.", Guard.SOMEONE_ELSE),
        ("There's a pilot planned with two schools.", Guard.PLAN),
    ],
)
def test_a_guard_fires(text, guard) -> None:
    assert guard in guards_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "We require a degree.",
        "If they can read a drawing, they start on Monday.",
        "We want people who used to be nurses, people who used to the pace.",
        "We still ask for it, as we used to.",
        "We lose them to other companies, which pay more.",
        "No hiring happens without two references from the trade and a talk with the crew lead.",
        "I'd like somebody calm, and I'd rather wait.",
        "I'd been there a year when they made me foreman.",
        "Every spring we take six apprentices, and next year is full already.",
    ],
)
def test_no_guard_fires_on_a_plain_claim(text) -> None:
    assert guards_of(text) == ()


def test_each_guard_has_a_rule_and_each_rule_can_fire() -> None:
    assert [rule.guard for rule in guard_rules()] == list(Guard)
    assert all(rule.when for rule in guard_rules())


def test_guards_rarely_fall_on_what_a_coder_marked(training_folder) -> None:
    from discovery.annotated import load_source

    paths = sorted(training_folder.glob("t*.json"))[:60]
    claims = [claim for path in paths for claim in load_source(path).claims]
    guarded = sum(bool(guards_of(claim.span.quote)) for claim in claims)
    assert len(claims) > 1000
    assert guarded / len(claims) < 0.04


@given(st.text(max_size=200))
def test_no_text_is_too_odd(text) -> None:
    assert set(guards_of(text)) <= set(Guard)
