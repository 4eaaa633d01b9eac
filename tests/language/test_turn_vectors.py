"""A turn's vector comes from its units, longer ones counting more, and no text is read twice."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from discovery.language import encode_units, split_units, turn_directions
from discovery.records import Role, Turn


class Letters:
    """A text points where its first letter says; everything that is read is remembered."""

    name, dimensions = "letters", 3

    def __init__(self) -> None:
        self.read: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One axis for each of three letters."""
        self.read += texts
        return np.array([[text.startswith(letter) for letter in "ABC"] for text in texts], dtype=np.float32)


def turn(number: int, text: str, source: str = "a.txt") -> Turn:
    """One turn of an employer."""
    return Turn(source, number, "Ann", text, Role.EMPLOYER)


def directions(turns: Sequence[Turn], encoder: Letters) -> NDArray[np.float32]:
    """Split, read and put together."""
    units = split_units(turns)
    return turn_directions(turns, units, encode_units(units, encoder))


def test_a_turn_points_where_its_longer_units_point() -> None:
    vectors = directions([turn(0, "All of us here went there. But no.")], Letters())
    np.testing.assert_allclose(vectors, [[6 / np.hypot(6, 2), 2 / np.hypot(6, 2), 0]], rtol=1e-6)


def test_rows_follow_the_turns_given_whatever_their_order_and_source() -> None:
    talk = [turn(1, "Bees are fine."), turn(0, "Ants are fine."), turn(1, "Cats are fine.", "b.txt")]
    np.testing.assert_array_equal(directions(talk, Letters()), np.eye(3)[[1, 0, 2]])


def test_nothing_said_points_nowhere() -> None:
    assert directions([], Letters()).shape == (0, 3)
    assert not directions([turn(0, "...")], Letters()).any()


def test_each_text_is_read_once() -> None:
    encoder = Letters()
    talk = [turn(0, "All of it. But no. All of it."), turn(1, "But no.")]
    assert encode_units(split_units(talk), encoder).shape == (4, 3)
    assert sorted(encoder.read) == ["All of it.", "But no."]
