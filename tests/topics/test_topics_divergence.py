from __future__ import annotations

import numpy as np
import pytest

from discovery.records import Claim, Facet, Guard, Span, Stance, Topic, TopicDocument
from discovery.statistics import wilson_interval
from discovery.topics import topic_divergence
from discovery.topics.employer_sides import employer_sides
from discovery.topics.gaps import UNASKED, WANTED, topic_gaps
from discovery.topics.intervals import divergence_test, jensen_shannon

TEXT = "x" * 100
TOPICS = (Topic(0, "Skills", ("a",), 5), Topic(1, "Schools", ("b",), 5))


def document(source: str, turn: int, topic: int, employer: str = "acme") -> TopicDocument:
    return TopicDocument(Span(source, turn, 0, 100, TEXT), employer, topic)


def claim(source: str, turn: int, stance: Stance, employer: str = "acme", **more: object) -> Claim:
    return Claim(Span(source, turn, 10, 20, TEXT[10:20]), employer, "Ann", stance, Facet.SKILL, 0.9, **more)  # type: ignore[arg-type]


def talk(sources: int, wanted: int, done: int) -> tuple[list[TopicDocument], list[Claim]]:
    documents, claims = [], []
    for n in range(sources):
        source = f"{n}.vtt"
        documents += [document(source, 0, 0), document(source, 1, 1)]
        claims += [claim(source, wanted, Stance.NEED)] * 4 + [claim(source, done, Stance.PRACTICE)] * 4
    return documents, claims


def test_sides_that_differ_wholly_are_one_bit_apart() -> None:
    found = topic_divergence(*talk(6, 0, 1), TOPICS, resamples=100)
    assert found.distance == pytest.approx(1.0)
    assert found.by_chance is not None
    assert found.by_chance < 0.2
    assert "different topics" in found.verdict
    assert (found.rows[0].stated_share, found.rows[0].actual_share) == (1.0, 0.0)
    assert found.rows[0].low == 1.0


def test_sides_that_agree_are_not_called_different() -> None:
    found = topic_divergence(*talk(6, 0, 0), TOPICS, resamples=100)
    assert found.distance == pytest.approx(0.0)
    assert "same topics" in found.verdict


def test_too_little_text_says_so_instead_of_a_figure() -> None:
    found = topic_divergence(*talk(1, 0, 1), TOPICS)
    assert (found.distance, found.interval, found.by_chance) == (None, None, None)
    assert found.verdict.startswith("Too little text to say")
    assert topic_divergence([], [], []).rows == ()


def test_topics_wanted_and_never_acted_on_come_with_quotes() -> None:
    found = topic_divergence(*talk(1, 0, 1), TOPICS)
    assert [(gap.topic, gap.direction) for gap in found.gaps] == [
        (0, "wanted, not acted on"),
        (1, "acted on, not asked for"),
    ]
    assert all(span.quote == TEXT[span.start : span.end] for gap in found.gaps for span in gap.evidence)


def test_what_does_not_count_is_counted_out_loud() -> None:
    documents = [document("a.vtt", 0, 0), document("a.vtt", 1, -1)]
    claims = [
        claim("a.vtt", 0, Stance.SUCCESS),
        claim("a.vtt", 0, Stance.NEED, guards=(Guard.HYPOTHETICAL,)),
        claim("a.vtt", 1, Stance.NEED),
        claim("a.vtt", 5, Stance.NEED),
    ]
    found = topic_divergence(documents, claims, TOPICS)
    assert found.rows[0].stated == 0
    assert [notice.count for notice in found.notices] == [1, 1]


def test_shares_by_employer_and_sector_carry_intervals() -> None:
    documents = [document("a.vtt", 0, 0), document("a.vtt", 1, 1), document("b.vtt", 0, 0, "bolt")]
    shares = topic_divergence(documents, [], TOPICS, sectors={"acme": "care", "bolt": "care"}).shares
    care = shares[(shares["by"] == "sector") & (shares["topic"] == 0)].iloc[0]
    assert (care["group"], care["count"], care["total"]) == ("care", 2, 3)
    assert care["low"] < 2 / 3 < care["high"]
    sums = shares.groupby(["by", "group"])["share"].sum()
    assert np.allclose(sums, 1)


def test_jensen_shannon_by_hand() -> None:
    value = jensen_shannon(np.array([1.0, 1.0]), np.array([1.0, 0.0]))
    expected = 0.5 * (0.5 * np.log2(0.5 / 0.75) + 0.5 * np.log2(0.5 / 0.25)) + 0.5 * np.log2(1 / 0.75)
    assert value == pytest.approx(expected)


def test_what_chance_gives_is_taken_off() -> None:
    rng = np.random.default_rng(3)
    alike = rng.multinomial(6, [0.25] * 4, (12, 2)).astype(np.int64)
    found = divergence_test(alike, 0, 300)
    assert found.expected > 0.01
    assert found.corrected == pytest.approx(max(0.0, found.distance - found.expected))
    assert found.interval[0] == 0.0
    apart = np.stack([[[6, 0], [0, 6]]] * 12)
    whole = divergence_test(apart, 0, 300, dealt_together=True)
    assert whole.distance == 1.0
    assert 0.9 < whole.corrected < 1.0
    assert whole.interval[0] <= whole.corrected <= whole.interval[1] + 1e-9


def test_chance_alone_is_seldom_called_a_difference() -> None:
    rng = np.random.default_rng(5)
    called = 0
    for _ in range(60):
        counts = rng.multinomial(1, [0.2] * 5, (40, 2)).astype(np.int64)
        found = divergence_test(counts, 0, 60, dealt_together=True)
        called += found.distance > found.by_chance
    assert called <= 8


def test_one_sided_topics_are_named_only_where_chance_would_seldom_deal_them_so() -> None:
    documents = [document("a.vtt", 0, 0), document("a.vtt", 1, 1)]
    wanted = [claim("a.vtt", 0, Stance.NEED)] * 4
    done = [claim("a.vtt", 1, Stance.PRACTICE)] * 20
    plain = topic_gaps(documents, [*wanted, *done], TOPICS).gaps
    assert [(gap.topic, gap.direction) for gap in plain] == [(1, UNASKED), (0, WANTED)]
    assert plain[1].chance == pytest.approx(1 / 10626, abs=1e-4)
    few = [claim("a.vtt", 0, Stance.NEED), claim("a.vtt", 0, Stance.PRACTICE)]
    assert topic_gaps(documents, [*few, *done], TOPICS).gaps == ()


def test_each_employer_is_compared_by_its_own_talk() -> None:
    documents, claims = talk(3, 0, 1)
    documents += [document("z.vtt", 0, 0, "small")]
    claims += [claim("z.vtt", 0, Stance.NEED, "small")]
    large, small, silent = employer_sides(documents, claims, TOPICS, ["acme", "small", "none"], resamples=100)
    assert (large.stated, large.actual) == (12, 12)
    assert large.tested is not None
    assert large.tested.corrected > 0.8
    assert "different topics" in large.verdict
    assert [gap.label for gap in large.wanted] == ["Skills"]
    assert [gap.label for gap in large.unasked] == ["Schools"]
    assert (small.tested, small.wanted) == (None, ())
    assert small.verdict == (
        "Too little text to say: 1 stated and 0 actual claims of this employer, "
        "where 10 a side are the least."
    )
    assert (silent.stated, silent.actual, silent.tested) == (0, 0, None)
    assert employer_sides([], [], [], ["acme"])[0].verdict.startswith("Too little text")


def test_wilson_against_published_values() -> None:
    assert wilson_interval(0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)
    assert wilson_interval(0, 0) == (0.0, 1.0)


def test_the_test_is_the_same_every_time() -> None:
    counts = np.random.default_rng(0).integers(0, 5, (8, 2, 4))
    assert divergence_test(counts, 1, 50) == divergence_test(counts, 1, 50)
