"""A tiny study to learn from: three types, invented in a few phrases, and a model trained on it."""

from __future__ import annotations

import random

import pytest

from discovery.mismatches import train_mismatches
from discovery.mismatches.fitting import Settings
from discovery.mismatches.model import MismatchModel
from discovery.records import AnnotatedInterview, Claim, Decoy, Facet, Mismatch, Role, Stance, Turn

SIDES = {
    "need-vs-channel": (
        "We want seasoned mature leaders with decades behind them",
        "Recruits arrive through campus fairs and student placements",
    ),
    "posted-vs-hired": (
        "Every posting demands a certificate without exception",
        "Half the crew joined holding no certificate whatever",
    ),
    "urgency-vs-process": (
        "Candidates vanish to rivals within days",
        "Approval needs six rounds, two boards and many weeks",
    ),
}
SMALL_TALK = ("The weather was fine", "Our office moved to the harbour", "Lunch is at noon", "The van is red")
TINY = Settings(networks=1, hidden=8, epochs=3, steps=40)


def invent(number: int, kinds: tuple[str, ...]) -> AnnotatedInterview:
    """An interview with these mismatches, one sentence a side, between small talk."""
    dice = random.Random(number)
    said = [(kind, side, SIDES[kind][side]) for kind in kinds for side in (0, 1)]
    dice.shuffle(said)
    source = f"x{number:02d}.json"
    turns, places = [], {}
    for kind, side, text in [*said, ("", 0, "")]:
        turns.append(Turn(source, len(turns), "Ann", "How is that for you?", Role.INTERVIEWER))
        before, after = dice.choice(SMALL_TALK), dice.choice(SMALL_TALK)
        whole = f"{before}. {text}. {after}." if text else f"{before}. {after}."
        turn = Turn(source, len(turns), "Bo", whole, Role.EMPLOYER)
        turns.append(turn)
        if text:
            places[kind, side] = turn.find(text)
    claims = tuple(
        Claim(
            places[kind, side], "Acme", "Bo", (Stance.NEED, Stance.PRACTICE)[side],
            (Facet.LEVEL, Facet.CHANNEL)[side], 1.0,
        )
        for kind in kinds
        for side in (0, 1)
    )  # fmt: skip
    marks = tuple(Mismatch(kind, "Acme", places[kind, 0], places[kind, 1], 1.0, "") for kind in kinds)
    decoys = (Decoy(turns[-1].span(0, 5), "need-vs-channel", "small talk"),)
    return AnnotatedInterview(source, "Acme", "trade", tuple(turns), claims, marks, decoys)


@pytest.fixture(scope="session")
def tiny() -> Settings:
    return TINY


@pytest.fixture(scope="session")
def interviews() -> list[AnnotatedInterview]:
    keys = tuple(SIDES)
    return [invent(n, (keys[n % 3], keys[(n + 1) % 3])) for n in range(20)]


@pytest.fixture(scope="session")
def model_folder(tmp_path_factory, interviews, encoder):
    folder = tmp_path_factory.mktemp("weights")
    train_mismatches(interviews, encoder, folder, settings=TINY)
    return folder


@pytest.fixture(scope="session")
def model(model_folder) -> MismatchModel:
    return MismatchModel.load(model_folder)
