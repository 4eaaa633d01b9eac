"""Talk about something else than hiring is told apart by what stands around a turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from discovery.annotated import load_source
from discovery.claims import ClaimModel, extract_claims, outside_scope, train_claims
from discovery.claims.context import Setting, settings_of
from discovery.claims.scope import Scope, learn_scope
from discovery.language import MiniLM
from discovery.records import NoticeKind, Role, Turn
from tests.claims.test_claims import invented

HIRING, BEES = "hire " * 40, "bees " * 40
KNOWN = Scope(np.eye(2, dtype=np.float32), np.array([1, 0], dtype=np.float32), 0.5)


def turns(texts: Sequence[str], source: str = "a.txt") -> list[Turn]:
    """Turns of one employer voice."""
    return [Turn(source, number, "Ann", text.strip(), Role.EMPLOYER) for number, text in enumerate(texts)]


def read(settings: Sequence[Setting]) -> NDArray[np.float32]:
    """Units about hiring point one way, all others another; the passage's half says the reverse."""
    own = [[1, 0] if "hire" in setting.unit.span.quote else [0, 1] for setting in settings]
    return np.hstack([own, np.fliplr(own)]).astype(np.float32)


def outside(talk: Sequence[Turn], scope: Scope = KNOWN) -> set[tuple[str, int]]:
    """What lies outside."""
    settings = settings_of(talk)
    return set(scope.outside(settings, read(settings)))


def test_only_the_middle_of_other_talk_is_outside() -> None:
    talk = turns([HIRING] * 30 + [BEES] * 30 + [HIRING] * 30)
    found = {number for _, number in outside(talk)}
    assert {44, 45} <= found
    assert found < set(range(30, 60))


def test_a_whole_talk_about_something_else_is_outside_and_others_are_left_alone() -> None:
    talk = turns([BEES] * 18 + [HIRING] * 2) + turns([HIRING] * 20, "b.txt")
    assert outside(talk) == {("a.txt", number) for number in range(20)}


@pytest.mark.parametrize(("count", "judged"), [(11, False), (12, True)])
def test_too_little_talk_is_not_judged(count: int, judged: bool) -> None:
    assert bool(outside(turns([BEES] * count))) == judged


def test_one_long_answer_does_not_speak_for_all_around_it() -> None:
    talk = turns([HIRING] * 8 + ["bees " * 4000] + [HIRING] * 8)
    assert outside(talk) == set()


def learned(talks: Mapping[str, Sequence[str]]) -> tuple[list[Turn], Scope]:
    """Talks of one voice, and the scope learned from them; what speaks of hiring is claimed."""
    every = [turn for name, texts in talks.items() for turn in turns(texts, name)]
    settings = settings_of(every)
    claimed = np.array(["hire" in setting.unit.span.quote for setting in settings])
    return every, learn_scope(settings, read(settings), claimed)


MIXED = {name: ([HIRING] * often + [BEES]) * 5 for name, often in (("a", 2), ("b", 3), ("c", 4))}


def test_hiring_talk_is_told_from_what_it_never_sounds_like() -> None:
    every, scope = learned(MIXED)
    marked = {(turn.source, turn.number) for turn in every if "hire" in turn.text}
    assert len(outside(every, scope) & marked) <= len(marked) / 10
    assert outside(turns([BEES] * 20), scope) == {("a.txt", number) for number in range(20)}


def test_other_talk_turns_the_direction_away_from_itself_and_the_bound_leaves_half_the_gap() -> None:
    (_, alone), (every, against) = learned(MIXED), learned(MIXED | {"d": [BEES] * 20, "e": [BEES] * 18})
    assert against.direction[1] < 0 < alone.direction[1]
    assert against.least < alone.least
    assert outside(every, against) == {(turn.source, turn.number) for turn in every if turn.source in "de"}


def test_claims_in_other_talk_are_dropped_with_a_notice(encoder, tmp_path) -> None:
    train_claims([invented(number) for number in range(4)], encoder, tmp_path)
    model = ClaimModel.load(tmp_path)
    nowhere = replace(model, scope=replace(model.scope, least=2.0))
    talk = turns(["We need patience, and it rained on the day. " * 5] * 20)
    found = extract_claims(talk, [], employer="x", encoder=encoder, model=nowhere, candidates=True)
    assert found.claims == ()
    [notice] = found.notices
    assert (notice.kind, notice.count) == (NoticeKind.DROPPED, 20)
    assert found.outside == outside_scope(talk, [], encoder=encoder, model=nowhere)
    assert len(found.outside) == 20


@pytest.mark.model
def test_nothing_said_is_nothing_outside() -> None:
    asked = [Turn("a.txt", 0, "Ann", "Where from?", Role.INTERVIEWER)]
    assert outside_scope(asked, [], encoder=MiniLM()) == frozenset()


@pytest.mark.model
def test_small_talk_that_turns_into_an_interview(root) -> None:
    interview = load_source(root / "training" / "interviews" / "t601_recruitment_agency.json").turns
    bees = (root / "benchmarks" / "talk_without_hiring" / "beekeeper.txt").read_text(encoding="utf-8")
    before = turns([line for line in bees.splitlines() if line.strip()], interview[0].source)
    after = [replace(turn, number=turn.number + len(before)) for turn in interview]
    found = {number for _, number in outside_scope([*before, *after], [], encoder=MiniLM())}
    assert len(found) > len(before) / 3
    assert found < set(range(len(before)))
