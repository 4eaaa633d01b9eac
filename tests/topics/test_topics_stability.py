from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from discovery.topics.stability import Stability, bearing, measure_stability

Labels = NDArray[np.int64]


def test_a_topic_that_always_comes_back_holds_and_one_that_never_does_is_marked() -> None:
    labels = np.repeat([0, 1, 2], 40)

    def refit(sample: Labels, seed: int) -> Labels:
        noise = np.random.default_rng(seed).integers(5, 15, len(sample))
        return np.where(labels[sample] == 0, 3, noise)

    found = measure_stability(labels, refit, 10, 0)
    assert found.returns == (1.0, 0.0, 0.0)
    assert found.overlap[0] == 1.0
    assert found.agreement is not None
    assert found.agreement < 0.75
    assert "1 of 3 topics" in bearing(found, 120, 0.0)


def test_perfect_refits_agree_fully() -> None:
    labels = np.array([0, 0, 1, 1, -1] * 10)
    found = measure_stability(labels, lambda sample, seed: labels[sample], 8, 0)
    assert (found.agreement, found.interval, found.seeds) == (1.0, (1.0, 1.0), 1.0)
    assert "bears these topics" in bearing(found, 50, 0.2)


def test_without_refits_nothing_is_claimed() -> None:
    found = measure_stability(np.zeros(5, dtype=np.int64), lambda sample, seed: sample, 0, 0)
    assert found == Stability()
    assert "not been measured" in bearing(found, 5, 0.0)
