from __future__ import annotations

import pytest

from discovery.errors import TopicsError
from discovery.topics import saturation


def test_the_published_example_gives_six_plus_two() -> None:
    """Base of 37 themes in four interviews; runs of two bring 4 (11 %), then fewer, then 1 (3 %)."""
    first = [set(range(20)), set(range(20, 28)), set(range(28, 33)), set(range(33, 37))]
    later = [{100, 101}, {102, 103}, {104}, set(), set()]
    found = saturation(first + later, base=4, run=2, threshold=0.05, shuffles=20)
    assert found.table["ratio"].iloc[5] == pytest.approx(4 / 37)
    assert found.table["ratio"].iloc[7] == pytest.approx(1 / 37)
    assert (found.notation, found.reached) == ("6+2", 8)


def test_new_items_that_keep_coming_never_saturate() -> None:
    found = saturation([{n} for n in range(12)], shuffles=20)
    assert found.reached is None
    assert "keep coming" in found.verdict
    assert found.shuffled_share == 0.0


def test_too_few_interviews_and_no_items_say_so() -> None:
    assert "too few" in saturation([{1}] * 5).verdict
    assert "nothing to saturate" in saturation([set()] * 8, shuffles=5).verdict
    assert saturation([], shuffles=5).table.empty


def test_the_band_holds_every_order() -> None:
    items = [{n, n // 2} for n in range(10)]
    table = saturation(items, shuffles=200).table
    assert (table["low"] <= table["middle"]).all()
    assert (table["middle"] <= table["high"]).all()
    assert (
        table["high"].iloc[-1] == table["low"].iloc[-1] == table["seen"].iloc[-1] == len(set().union(*items))
    )


def test_settings_out_of_range_are_named_together() -> None:
    with pytest.raises(TopicsError) as caught:
        saturation([{1}], base=0, run=0, threshold=3)
    assert all(word in str(caught.value) for word in ("base", "run", "threshold"))
