from __future__ import annotations

import itertools
import sys

import numpy as np
import pandas as pd
import pytest

from discovery.topics import saturation, topic_divergence
from discovery.topics.figures import (
    DARK,
    LIGHT,
    MIDDLE,
    TopicFigure,
    employer_heat_map,
    saturation_curve,
    topic_by_stance,
    topic_map,
)
from discovery.topics.result import COLUMNS, TopicResult
from tests.topics.test_topics_divergence import TOPICS, talk


def result_of(topics: int) -> TopicResult:
    rows = [(t, f"Topic {t}", ("a",), 10 - t, 0.9, 0.8, t != 1, "", t, "") for t in range(topics)]
    centres = np.random.default_rng(0).normal(size=(topics, 6))
    return TopicResult((), pd.DataFrame(rows, columns=list(COLUMNS)), 0.0, centres=centres)


def drawn() -> dict[str, TopicFigure]:
    found = topic_divergence(*talk(4, 0, 1), TOPICS, resamples=20)
    return {
        "map": topic_map(result_of(5)),
        "one topic": topic_map(result_of(1)),
        "no topic": topic_map(result_of(0)),
        "stance": topic_by_stance(found),
        "no stance": topic_by_stance(topic_divergence([], [], [])),
        "heat": employer_heat_map(found, {"acme": "Employer A"}),
        "no heat": employer_heat_map(topic_divergence([], [], [])),
        "curve": saturation_curve(saturation([{1, 2}, {2, 3}, {1}, {2}, {3}, {1}], shuffles=10)),
        "no curve": saturation_curve(saturation([], shuffles=5)),
    }


def test_every_figure_is_a_png_with_an_alt_text_and_the_same_every_time() -> None:
    once, twice = drawn(), drawn()
    for name, figure in once.items():
        assert figure.png(60).startswith(b"\x89PNG"), name
        assert len(figure.alt) > 15, name
        assert figure.png(60) == twice[name].png(60), name


def test_the_alt_text_names_what_matters() -> None:
    figures = drawn()
    assert "do not hold when resampled: 1." in figures["map"].alt
    assert "Most on the stated side: Skills" in figures["stance"].alt
    assert "Employer A" in str([text.get_text() for text in figures["heat"].figure.axes[0].get_yticklabels()])


def test_fills_differ_in_grey() -> None:
    def lightness(color: str) -> float:
        red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    greys = sorted(lightness(color) for color in (DARK, MIDDLE, LIGHT))
    assert all(after - before > 0.15 for before, after in itertools.pairwise(greys))


@pytest.mark.skipif("matplotlib.pyplot" in sys.modules, reason="another test has loaded pyplot")
def test_no_global_state_of_pyplot_is_touched() -> None:
    drawn()
    assert "matplotlib.pyplot" not in sys.modules
