"""Figures that show at a glance what was asked and how the interviews were led."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from discovery.guides.coverage import Asked, Coverage
from discovery.guides.craft import Craft
from discovery.guides.phases import PHASES

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_INK, _LINE = "#1F2A37", "#AEB8C2"
_OPEN, _CLOSED, _LEADING, _TALK = "#0072B2", "#E69F00", "#D55E00", "#5B6673"
_INCHES_A_ROW = 0.32


def coverage_figure(coverage: Coverage, names: Mapping[str, str] | None = None) -> Figure:
    """Draw phases against interviews: how many of the phase's questions were answered, of how many.

    Args:
        coverage: What was asked.
        names: What to call each interview; its transcript's name where nothing is given.

    Returns:
        A figure; each cell carries its number, so that nothing hangs on colour.
    """
    from matplotlib.colors import LinearSegmentedColormap
    from matplotlib.figure import Figure

    titles, counts, most = _by_phase(coverage)
    figure = Figure(
        figsize=(2.6 + 0.75 * max(1, len(coverage.interviews)), 1.2 + _INCHES_A_ROW * len(titles))
    )
    axes = figure.subplots()
    shades = LinearSegmentedColormap.from_list("answered", ["#FFFFFF", "#5AA3CF"])
    top = max([1, *(count for row in counts for count in row)])
    axes.pcolormesh(counts or [[0]], cmap=shades, vmin=0, vmax=top, edgecolors=_LINE, linewidth=0.5)
    for down, row in enumerate(counts):
        for across, count in enumerate(row):
            axes.text(across + 0.5, down + 0.5, str(count), ha="center", va="center", fontsize=8, color=_INK)
    labels = [f"{title} ({number})" for title, number in zip(titles, most, strict=True)]
    axes.set_yticks([at + 0.5 for at in range(len(titles))], labels, fontsize=8)
    shown = [(names or {}).get(name, name) for name in coverage.interviews]
    axes.set_xticks([at + 0.5 for at in range(len(shown))], shown, fontsize=8, rotation=35, ha="right")
    axes.invert_yaxis()
    axes.set_title("Questions answered, by phase (questions in the bank)", fontsize=9, loc="left", color=_INK)
    _bare(axes)
    figure.set_layout_engine("tight")
    return figure


def craft_figure(crafts: Sequence[Craft], names: Mapping[str, str] | None = None) -> Figure:
    """Draw each interview's questions as open, closed and leading, and the interviewer's share of talk.

    Args:
        crafts: One an interview.
        names: What to call each interview; its transcript's name where nothing is given.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6.3, 1.4 + _INCHES_A_ROW * max(1, len(crafts))))
    shares, talk = figure.subplots(1, 2, sharey=True, width_ratios=(3, 1))
    rows = range(len(crafts))
    start = [0.0] * len(crafts)
    parts = (("open", _OPEN, ""), ("closed", _CLOSED, "//"), ("leading", _LEADING, "xx"))
    for name, color, hatch in parts:
        widths = [100 * (getattr(craft, f"{name}_share") or 0.0) for craft in crafts]
        shares.barh(rows, widths, left=start, color=color, hatch=hatch, edgecolor="white", label=name)
        start = [one + other for one, other in zip(start, widths, strict=True)]
    talk.barh(rows, [100 * (craft.talk_share or 0.0) for craft in crafts], color=_TALK)
    shares.set_yticks(
        rows, [(names or {}).get(craft.interview, craft.interview) for craft in crafts], fontsize=8
    )
    shares.invert_yaxis()
    for axes, title in ((shares, "Questions, %"), (talk, "Your words, %")):
        axes.set_xlim(0, 100)
        axes.set_title(title, fontsize=9, loc="left", color=_INK)
        axes.tick_params(axis="x", labelsize=8)
        _bare(axes)
    figure.legend(*shares.get_legend_handles_labels(), loc="lower left", ncols=3, fontsize=8, frameon=False)
    figure.set_layout_engine("tight", rect=(0, 0.12, 1, 1))
    return figure


def _by_phase(coverage: Coverage) -> tuple[list[str], list[list[int]], list[int]]:
    """Titles of the phases present, answered questions a phase and interview, and questions a phase."""
    titles, counts, sizes = [], [], []
    for phase in PHASES:
        own = [
            cells
            for question, cells in zip(coverage.questions, coverage.cells, strict=True)
            if question.phase == phase.key
        ]
        if own:
            titles.append(phase.title)
            counts.append(
                [sum(cell is Asked.ANSWERED for cell in column) for column in zip(*own, strict=True)]
            )
            sizes.append(len(own))
    return titles, counts, sizes


def _bare(axes: Axes) -> None:
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0, colors=_INK)
