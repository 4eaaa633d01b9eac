from __future__ import annotations

import numpy as np
import pytest

from discovery.claims.calibration import Platt, best_threshold, calibration_error, fit_platt


def test_calibration_error_is_the_mean_gap_between_score_and_share() -> None:
    # ten scores of 0.75 of which five are claims: the gap is 0.25 for all of them
    assert calibration_error(np.full(10, 0.75), np.array([1] * 5 + [0] * 5)) == pytest.approx(0.25)


def test_platt_mends_an_overconfident_score() -> None:
    chance = np.random.default_rng(0)
    margin = chance.normal(0, 2, 1500)
    claimed = (chance.random(1500) < 1 / (1 + np.exp(-margin))).astype(int)
    platt = fit_platt(margin * 5, claimed)
    assert platt.slope == pytest.approx(0.2, abs=0.04)
    assert calibration_error(platt.probability(margin * 5), claimed) < 0.05
    assert calibration_error(Platt().probability(margin * 5), claimed) > 0.08


def test_extreme_log_odds_do_not_overflow() -> None:
    assert Platt().probability(np.array([-1e6, 1e6])).tolist() == pytest.approx([0, 1], abs=1e-9)


def test_threshold_makes_f1_greatest() -> None:
    scores, claimed = np.array([0.2, 0.4, 0.6, 0.8]), np.array([0, 1, 1, 1])
    assert 0.2 < best_threshold(scores, claimed) <= 0.4
