"""Talk about something else than hiring is told apart by what stands around a turn."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from discovery.annotated import load_source
from discovery.errors import ModelError
from discovery.language import MiniLM, outside_scope, scope
from discovery.language.scope import Scope, train_scope
from discovery.records import AnnotatedInterview, Claim, Facet, Role, Stance, Turn

HIRING, BEES = "hire " * 40, "bees " * 40


class TwoWays:
    """Texts about hiring point one way, all others another."""

    name, dimensions = "two-ways", 2

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Look for the one word."""
        return np.array([[1, 0] if "hire" in text else [0, 1] for text in texts], dtype=np.float32)


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scope of two dimensions."""
    direction = np.array([1, 0], dtype=np.float32)
    monkeypatch.setattr(scope, "shipped_scope", lambda: Scope("two-ways", direction, 0.5, 0.3))


def turns(texts: Sequence[str], source: str = "a.txt") -> list[Turn]:
    """Turns of one employer voice."""
    return [Turn(source, number, "Ann", text, Role.EMPLOYER) for number, text in enumerate(texts)]


def test_only_the_middle_of_other_talk_is_outside() -> None:
    talk = turns([HIRING] * 20 + [BEES] * 20 + [HIRING] * 20)
    found = {number for _, number in outside_scope(talk, TwoWays())}
    assert {27, 28, 29, 30, 31} <= found
    assert found < set(range(20, 40))


def test_a_whole_talk_about_something_else_is_outside_and_others_are_left_alone() -> None:
    talk = turns([BEES] * 18 + [HIRING] * 2) + turns([HIRING] * 20, "b.txt")
    assert outside_scope(talk, TwoWays()) == {("a.txt", number) for number in range(20)}


def test_too_little_talk_is_not_judged() -> None:
    assert outside_scope(turns(["bees " * 30] * 4), TwoWays()) == frozenset()


def test_one_long_answer_does_not_speak_for_all_around_it() -> None:
    talk = turns([HIRING] * 8 + ["bees " * 4000] + [HIRING] * 8)
    assert outside_scope(talk, TwoWays()) == frozenset()


def test_another_encoder_judges_nothing() -> None:
    encoder = TwoWays()
    encoder.name = "another"
    assert outside_scope(turns([BEES] * 40), encoder) == frozenset()


def test_many_turns_need_no_table_of_all_by_all() -> None:
    talk = turns([HIRING] * 30_000)
    assert outside_scope(talk, TwoWays()) == frozenset()


def test_learning_writes_what_is_loaded(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    talk = tuple(turns([HIRING] * 10))
    claim = Claim(talk[3].span(0, 4), "e", "Ann", Stance.NEED, Facet.SKILL, 1.0)
    interviews = [AnnotatedInterview(f"{n}.json", "e", "", talk, (claim,), (), ()) for n in range(3)]
    manifest = train_scope(interviews, TwoWays(), tmp_path)
    assert (manifest["least_near"], manifest["least_talk"]) == (1.0, 0.95)
    monkeypatch.undo()
    monkeypatch.setattr(scope, "_FOLDER", tmp_path)
    scope.shipped_scope.cache_clear()
    loaded = scope.shipped_scope()
    assert (loaded.encoder, loaded.direction.tolist()) == ("two-ways", [1, 0])
    (tmp_path / "scope.json").write_text(json.dumps({**manifest, "sha256": "0"}), encoding="utf-8")
    scope.shipped_scope.cache_clear()
    with pytest.raises(ModelError):
        scope.shipped_scope()
    scope.shipped_scope.cache_clear()


@pytest.mark.model
def test_small_talk_that_turns_into_an_interview(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    folder = Path(__file__).parents[2] / "training" / "interviews"
    asked = [turn.text for turn in load_source(folder / "t601_recruitment_agency.json").turns]
    walk = "We walked up the valley on Sunday with the dog, along the river, and it rained until the pass."
    found = {number for _, number in outside_scope(turns([walk] * 40 + asked), MiniLM())}
    assert set(range(25)) <= found
    assert not found & set(range(50, 40 + len(asked)))
