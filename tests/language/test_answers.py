from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discovery.language import Answer, MiniLM, cached
from discovery.language.adapting import Recipe, adapt, adapt_each, fit_heads
from discovery.language.answers import MOST_UNITS, encode_answers, passages_of
from discovery.language.deltas import Delta, delta_of
from discovery.language.lessons import Lesson, Task

pytestmark = pytest.mark.model

NOTHING = Delta({})
QUICK = Recipe(probe_epochs=5, epochs=2, batch=4)
HIRING = Answer("Where from?", ("We hire at colleges.", "It rained all day.", "We hire on boards."))


class Store:
    """A cache that counts what it is given."""

    def __init__(self) -> None:
        self.known: dict[str, np.ndarray] = {}

    def get_vectors(self, keys):
        return {key: self.known[key] for key in keys if key in self.known}

    def put_vectors(self, vectors):
        self.known.update(vectors)


def test_every_unit_of_every_answer_has_one_vector() -> None:
    answers = [HIRING, Answer("", ("Yes.",)), Answer("And?", ())]
    found = encode_answers(answers, NOTHING)
    assert [rows.shape for rows in found] == [(3, 768), (1, 768), (0, 768)]
    assert all(np.isfinite(rows).all() for rows in found)
    assert encode_answers([], NOTHING) == []


def test_a_unit_is_read_in_its_setting() -> None:
    alone = encode_answers([Answer("", HIRING.units[:1])], NOTHING)[0][0]
    asked = encode_answers([Answer(HIRING.question, HIRING.units[:1])], NOTHING)[0][0]
    among = encode_answers([HIRING], NOTHING)[0][0]
    assert not np.allclose(alone, asked, atol=1e-3)
    assert not np.allclose(asked, among, atol=1e-3)


def test_company_in_a_batch_changes_nothing() -> None:
    long = Answer("Why?", ("We train every one of them for a good three months on the floor.",) * 8)
    alone, among = encode_answers([HIRING], NOTHING)[0], encode_answers([long, HIRING, long], NOTHING)[1]
    np.testing.assert_allclose(alone, among, atol=1e-4)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.text(max_size=60), max_size=6).map(tuple), max_size=5))
def test_every_token_belongs_to_its_unit_and_passages_stay_short(units) -> None:
    passages = passages_of([Answer("How so?", own) for own in units])
    owners = [owner for passage in passages for owner in passage.owners if owner >= 0]
    assert owners == sorted(owners)
    assert set(owners) <= set(range(sum(map(len, units))))
    assert all(len(passage.tokens) == len(passage.owners) <= 2 * MOST_UNITS for passage in passages)


def test_a_long_answer_is_cut_between_units() -> None:
    unit = "We train every one of them for a good three months on the floor."
    passages = passages_of([Answer("Why?", (unit,) * 40)])
    whole = [frozenset(owner for owner in passage.owners if owner >= 0) for passage in passages]
    assert len(passages) > 2
    assert frozenset.intersection(*whole) == frozenset()
    assert len(frozenset.union(*whole)) == 40
    assert all(sum(owner >= 0 for owner in passage.owners) <= MOST_UNITS for passage in passages)


@pytest.fixture
def one_thread():
    """As many threads as each lesson is given."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def lesson(count: int = 12) -> Lesson:
    """Answers in which hiring is a claim and rain is none."""
    answers = [
        Answer("Where from?", (f"We hire at college {n}.", f"It rained on day {n}.")) for n in range(count)
    ]
    claimed = np.array([1, 0] * count, dtype=np.int64)
    facet = np.array([n % 3 if n % 2 == 0 else -1 for n in range(2 * count)], dtype=np.int64)
    return Lesson(tuple(answers), (Task("claim", 1, claimed), Task("facet", 3, facet, 0.5)))


def test_what_is_learnt_is_found_again_in_new_words() -> None:
    learnt = adapt(lesson(), recipe=QUICK)
    new = [Answer("Where from?", ("We hire at the college in town.", "It rained on Sunday."))]
    outputs = encode_answers(new, learnt.delta)[0] @ learnt.weights + learnt.bias
    assert outputs.shape == (2, 4)
    assert outputs[0, 0] > 0 > outputs[1, 0]
    assert {name.split(".")[0] for name, _ in learnt.delta.changes()} == set("012345")


def test_the_same_seed_gives_the_same_weights_and_another_seed_another() -> None:
    once, twice, other = (adapt(lesson(), seed=seed, recipe=QUICK) for seed in (1, 1, 2))
    assert once.delta.name == twice.delta.name != other.delta.name
    np.testing.assert_array_equal(once.weights, twice.weights)


def test_lessons_learnt_side_by_side_are_those_learnt_alone(one_thread) -> None:
    both = adapt_each([lesson(6), lesson(3)], seed=1)
    alone = [adapt(lesson(count), seed=1) for count in (6, 3)]
    assert [one.delta.name for one in both] == [one.delta.name for one in alone]
    assert both[0].delta.name != both[1].delta.name


def test_units_without_a_label_teach_nothing() -> None:
    vectors = np.eye(4, dtype=np.float32)
    known = Task("guard", 2, np.array([0, 1, -1, -1], dtype=np.int64))
    weights, _ = fit_heads(vectors, [known], recipe=Recipe(probe_epochs=200, dropout=0.0))
    assert weights[0, 0] > weights[0, 1]
    assert weights[1, 1] > weights[1, 0]
    unknown = Task("guard", 2, np.full(4, -1, dtype=np.int64))
    assert np.isfinite(fit_heads(vectors, [unknown])[0]).all()


def test_an_answer_already_read_is_looked_up() -> None:
    calls: list[int] = []

    class Counting(MiniLM):
        def encode_answers(self, answers, delta):
            calls.append(len(answers))
            return super().encode_answers(answers, delta)

    encoder = cached(Counting(), Store())
    first = encoder.encode_answers([HIRING, HIRING], NOTHING)
    again = encoder.encode_answers([HIRING], NOTHING)
    np.testing.assert_array_equal(first[0], again[0])
    assert calls == [1]
    encoder.encode_answers([Answer("And now?", HIRING.units)], NOTHING)
    encoder.encode_answers(
        [HIRING],
        delta_of({"0.output.dense.weight": np.zeros((384, 1536), np.float32)}),
    )
    assert calls == [1, 1, 1]
