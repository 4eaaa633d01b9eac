"""What training adds to the encoder survives rounding to four bits."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from discovery.language.deltas import Delta, delta_of, narrow, widen

EVEN = st.tuples(st.integers(1, 5), st.sampled_from((2, 4, 10)))
SMALL = st.floats(-1, 1, width=32, allow_subnormal=False)


@given(arrays.arrays(np.float32, EVEN, elements=SMALL))
def test_no_number_moves_by_more_than_the_largest_of_its_row_allows(matrix) -> None:
    levels, scales = narrow(matrix)
    assert (levels.shape, levels.dtype) == ((len(matrix), matrix.shape[1] // 2), np.uint8)
    again = widen(levels, scales)
    lost = ((again - matrix) ** 2).sum(axis=1)
    plain_step = np.abs(matrix).max(axis=1) / 7
    assert (lost <= matrix.shape[1] * (plain_step * 0.51 + 1e-6) ** 2).all()


@given(arrays.arrays(np.int8, EVEN, elements=st.integers(-7, 7)))
def test_what_fits_the_levels_is_kept_exactly(levels) -> None:
    levels[:, 0] = 7
    matrix = levels.astype(np.float32) * 0.25
    np.testing.assert_array_equal(widen(*narrow(matrix)), matrix)


def test_a_row_without_change_stays_without() -> None:
    assert not widen(*narrow(np.zeros((2, 4), np.float32))).any()


def test_one_far_off_number_does_not_coarsen_its_row() -> None:
    row = np.array([[1.0, *np.tile([0.3, -0.2], 100), 0.1]], dtype=np.float32)
    error = np.abs(widen(*narrow(row)) - row)[0, 1:].mean()
    assert error < np.abs(np.rint(row * 7) / 7 - row)[0, 1:].mean()


def test_names_and_shapes_come_back_and_the_name_tells_contents_apart() -> None:
    changes = {
        "0.output.dense.weight": np.full((3, 4), 0.5, np.float32),
        "0.output.dense.bias": np.array([0.25, -0.5], np.float32),
    }
    delta = delta_of(changes)
    found = dict(delta.changes())
    assert found.keys() == changes.keys()
    for name, change in changes.items():
        np.testing.assert_allclose(found[name], change, atol=1e-3)
    assert delta.name == delta_of(changes).name != Delta({}).name
    assert dict(Delta({}).changes()) == {}
