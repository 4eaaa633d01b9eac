"""Figures of topics for notebook and brief: safe for colour-blind readers and in grey, with alt texts."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from discovery.topics.divergence import Divergence, SideTopic
from discovery.topics.result import TopicResult
from discovery.topics.saturation import Saturation

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DARK, MIDDLE, LIGHT, INK = "#0b4f6c", "#e08e2b", "#cfd8dc", "#263238"
"""Blue, orange and grey that differ in lightness too (0.29, 0.66, 0.85), so grey prints keep them apart."""

_MOST_TOPICS = 20


@dataclass(frozen=True)
class TopicFigure:
    """A figure and what it shows, in words.

    Args:
        figure: A matplotlib figure that no global state knows of.
        alt: What it shows, for those who cannot see it.
    """

    figure: Figure
    alt: str

    def png(self, dpi: int = 150) -> bytes:
        """Draw the figure as a PNG without date or version, so that equal figures give equal bytes."""
        from io import BytesIO

        out = BytesIO()
        self.figure.savefig(out, format="png", dpi=dpi, metadata={"Software": None})
        return out.getvalue()


def topic_map(result: TopicResult) -> TopicFigure:
    """Draw topics as circles: near means alike, large means many texts, hatched means unstable.

    Args:
        result: Topics as drawn.
    """
    topics = result.topics.head(_MOST_TOPICS)
    if topics.empty:
        return _nothing("No topics: there are too few texts.")
    places = _flat(result.centres[topics["topic"].to_numpy(dtype=int)])
    figure, axes = _canvas(7.2, max(3.8, 0.21 * len(topics) + 1.1))
    sizes = topics["size"].to_numpy(dtype=float)
    radii = 0.09 * np.sqrt(sizes / sizes.max()) + 0.03
    for (x, y), radius, row in sorted(
        zip(places, radii, topics.to_dict("records"), strict=True), key=lambda item: -item[1]
    ):
        _circle(axes, x, y, radius, row)
    axes.set_aspect("equal")
    axes.set(xlim=(-0.2, 1.2), ylim=(-0.2, 1.2), xticks=[], yticks=[])
    for side in axes.spines.values():
        side.set_visible(False)
    key = "\n".join(
        f"{row['topic']:>2}  {_short(row['label'], 44)} ({row['size']})" for row in topics.to_dict("records")
    )
    figure.text(0.55, 0.94, "Topic (texts)", fontsize=8, fontweight="bold", va="top", color=INK)
    figure.text(0.55, 0.89, key, fontsize=7, va="top", linespacing=1.55, color=INK)
    figure.text(
        0.02,
        0.02,
        "Near: alike.  Area: number of texts.  Hatched: does not hold when resampled.",
        fontsize=7,
        color=INK,
    )
    axes.set_position((0.01, 0.07, 0.53, 0.9))
    shaky = [str(row["topic"]) for row in topics.to_dict("records") if row["holds"] is False]
    largest = topics.iloc[0]
    alt = f"Map of {len(topics)} topics. The largest is {largest['label']} with {largest['size']} texts. " + (
        f"Topics that do not hold when resampled: {', '.join(shaky)}."
        if shaky
        else "All of them hold or were not tested."
    )
    return TopicFigure(figure, alt)


def topic_by_stance(divergence: Divergence) -> TopicFigure:
    """Draw, topic by topic, its share of the stated side against its share of the actual side.

    Args:
        divergence: Stated against actual.
    """
    rows = sorted(divergence.rows, key=lambda row: row.stated_share - row.actual_share)
    rows = [row for row in rows if row.stated + row.actual][-_MOST_TOPICS:]
    if not rows:
        return _nothing("No claim lies in a topic.")
    figure, axes = _canvas(7.2, 0.42 * len(rows) + 1.4)
    at = np.arange(len(rows))
    stated = [100 * row.stated_share for row in rows]
    actual = [100 * row.actual_share for row in rows]
    axes.barh(at + 0.2, stated, 0.38, color=DARK, label="stated: what they ask for")
    axes.barh(
        at - 0.2, actual, 0.38, color=MIDDLE, hatch="///", edgecolor="white", label="actual: what they do"
    )
    for place, row in zip(at, rows, strict=True):
        sure = row.low is not None and row.high is not None and (row.low > 0 or row.high < 0)
        widest = 100 * max(row.stated_share, row.actual_share)
        axes.text(
            widest + 0.4,
            place,
            f"{row.stated} : {row.actual}{' *' if sure else ''}",
            va="center",
            fontsize=7,
            color=INK,
        )
    axes.set_yticks(at, [_short(row.label, 46) for row in rows], fontsize=7)
    axes.set_xlabel("share of the claims of each side, %", fontsize=7)
    note = "Numbers: claims stated : actual.  *: the interval of the difference leaves out 0."
    figure.text(0.02, 0.012, note, fontsize=7, color=INK)
    axes.set_xlim(0, 1.15 * max(*stated, *actual))
    _tidy(axes)
    axes.legend(fontsize=7, frameon=False, loc="lower left", bbox_to_anchor=(0, 1), ncols=2)
    figure.tight_layout(rect=(0, 0.03, 1, 1))
    return TopicFigure(figure, _in_words(rows[-1], rows[0], len(rows), divergence.verdict))


def _in_words(most: SideTopic, least: SideTopic, topics: int, verdict: str) -> str:
    """Describe the bars for those who cannot see them."""
    stated = f"{most.label} ({most.stated_share:.0%} against {most.actual_share:.0%})"
    actual = f"{least.label} ({least.stated_share:.0%} against {least.actual_share:.0%})"
    return (
        f"Bars of {topics} topics, stated against actual share of claims. "
        f"Most on the stated side: {stated}. Most on the actual side: {actual}. {verdict}"
    )


def employer_heat_map(divergence: Divergence, names: Mapping[str, str] | None = None) -> TopicFigure:
    """Draw what each employer talks about: the darker, the larger the topic's share of its documents.

    Args:
        divergence: Shares by employer are taken from its table.
        names: What to call each employer id, such as pseudonyms.
    """
    shares = divergence.shares[divergence.shares["by"] == "employer"]
    if shares.empty:
        return _nothing("No document has a topic.")
    grid = shares.pivot_table(index="group", columns="topic", values="share", sort=True)
    labels = shares.drop_duplicates("topic").set_index("topic")["label"]
    short = _short_labels(labels.to_dict())
    topics = grid.mean().sort_values(ascending=False, kind="stable").index[:_MOST_TOPICS]
    cells = 100 * grid[topics].to_numpy(dtype=float)
    figure, axes = _canvas(2.6 + 0.42 * len(topics), 2.6 + 0.3 * len(grid))
    axes.imshow(cells, cmap="Blues", vmin=0, vmax=max(1.0, float(cells.max())), aspect="auto")
    dark = 0.55 * cells.max()
    for (row, column), value in np.ndenumerate(cells):
        if value >= 0.5:
            color = "white" if value > dark else INK
            axes.text(column, row, f"{value:.0f}", ha="center", va="center", fontsize=6.5, color=color)
    axes.set_yticks(
        range(len(grid)), [_short((names or {}).get(str(g), str(g)), 28) for g in grid.index], fontsize=7
    )
    axes.set_xticks(range(len(topics)), [short[t] for t in topics], fontsize=7, rotation=45, ha="left")
    axes.tick_params(top=True, labeltop=True, bottom=False, labelbottom=False, length=0)
    axes.set_xlabel("share of the employer's documents, %", fontsize=7)
    figure.tight_layout()
    row, column = np.unravel_index(int(cells.argmax()), cells.shape)
    alt = (
        f"Grid of {len(grid)} employers by {len(topics)} topics, cells shaded by share. The largest "
        f"share: {cells[int(row), int(column)]:.0f} % of one employer's documents are about "
        f"{labels[topics[int(column)]]}."
    )
    return TopicFigure(figure, alt)


def saturation_curve(found: Saturation, what: str = "topics") -> TopicFigure:
    """Draw how many topics or codes have been seen after each interview, with the band of shuffled orders.

    Args:
        found: The saturation of the study.
        what: What is counted, in the plural.
    """
    table = found.table
    if table.empty:
        return _nothing("There is no interview.")
    figure, axes = _canvas(6.4, 3.6)
    x = table["interview"]
    axes.fill_between(x, table["low"], table["high"], color=LIGHT, label="95 % of shuffled orders")
    axes.plot(x, table["middle"], color=INK, linewidth=0.8, linestyle="--", label="middle of shuffled orders")
    axes.plot(x, table["seen"], color=DARK, marker="o", markersize=3.5, label=f"{what} seen so far")
    axes.bar(x, table["new"], color=MIDDLE, width=0.5, hatch="///", edgecolor="white", label=f"new {what}")
    if found.reached:
        axes.axvline(found.reached, color=INK, linewidth=0.8, linestyle=":")
        axes.text(found.reached, axes.get_ylim()[1], f" {found.notation}", va="top", fontsize=8, color=INK)
    axes.set_xlabel("interviews, in the order held", fontsize=8)
    axes.set_ylabel(what, fontsize=8)
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.set_ylim(0, None)
    _tidy(axes)
    axes.legend(fontsize=7, frameon=False, loc="center right")
    figure.tight_layout()
    total = int(table["seen"].iloc[-1])
    alt = f"Curve of {what} seen over {len(table)} interviews, {total} in the end. {found.verdict}"
    return TopicFigure(figure, alt)


def _circle(axes: Any, x: float, y: float, radius: float, row: Mapping[Any, Any]) -> None:
    """Draw one topic with its number."""
    from matplotlib.patches import Circle

    shaky = row["holds"] is False
    axes.add_patch(
        Circle(
            (x, y), radius, facecolor="white" if shaky else LIGHT, edgecolor=DARK, linewidth=1.1,
            hatch="////" if shaky else None, alpha=0.85,
        )
    )  # fmt: skip
    box = {"facecolor": "white", "edgecolor": "none", "pad": 0.8, "alpha": 0.8} if shaky else None
    axes.text(x, y, str(row["topic"]), ha="center", va="center", fontsize=8, color=INK, bbox=box)


def _flat(centres: NDArray[np.float64]) -> NDArray[np.float64]:
    """Lay topic centres out in the unit square, near ones near: classical scaling, then pushed apart."""
    if len(centres) == 1:
        return np.array([[0.5, 0.5]])
    middle = centres - centres.mean(axis=0)
    values, vectors = np.linalg.eigh(middle @ middle.T)
    places = vectors[:, ::-1][:, :2] * np.sqrt(np.clip(values[::-1][:2], 0, None))
    places = places * np.sign(places[np.abs(places).argmax(axis=0), [0, 1]])
    for _ in range(200):
        places = (places - places.min(axis=0)) / (np.ptp(places, axis=0) + 1e-9)
        gaps = places[:, None] - places[None, :]
        distance = np.linalg.norm(gaps, axis=2) + 1e-9
        push = np.clip(0.2 - distance, 0, None) / distance
        np.fill_diagonal(push, 0)
        places = places + 0.25 * (push[:, :, None] * gaps).sum(axis=1)
    return np.asarray((places - places.min(axis=0)) / (np.ptp(places, axis=0) + 1e-9), dtype=np.float64)


def _canvas(width: float, height: float) -> tuple[Figure, Any]:
    """Make a figure with one set of axes, away from pyplot's global state."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height))
    FigureCanvasAgg(figure)
    return figure, figure.add_subplot()


def _nothing(words: str) -> TopicFigure:
    """Say in the picture itself that there is nothing to draw."""
    figure, axes = _canvas(6.0, 1.2)
    axes.axis("off")
    axes.text(0.5, 0.5, words, ha="center", va="center", fontsize=10, color=INK)
    return TopicFigure(figure, words)


def _short_labels(labels: Mapping[Any, str]) -> dict[Any, str]:
    """Use the theme alone where that still tells topics apart."""
    themes = {topic: label.split(":")[0] for topic, label in labels.items()}
    taken = list(themes.values())
    return {t: _short(themes[t] if taken.count(themes[t]) == 1 else labels[t], 34) for t in labels}


def _tidy(axes: Any) -> None:
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.tick_params(labelsize=7)


def _short(text: str, most: int) -> str:
    return textwrap.shorten(text, most, placeholder=" …") or text[:most]
