"""The flow from what employers ask for to what they do, over the mismatches of the brief."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from discovery.briefs.figures import (
    ACTUAL_COLOR,
    INK,
    LINE,
    SOFT,
    STATED_COLOR,
    Drawn,
    figure_style,
    render,
)
from discovery.briefs.wording import FACETS, capital, count, listed, share
from discovery.records import Facet

Flow = tuple[Facet, Facet]
"""What the stated side is about and what the actual side is about."""

_GAP = 0.35
_LEFT, _RIGHT, _BLOCK = 0.3, 0.7, 0.014
_EACH, _HIGHEST = 0.3, 4.4
"""Inches of height for one mismatch, and at most for all."""


def flow_chart(mismatches: Mapping[Flow, int], employers: Mapping[Flow, int], total: int) -> Drawn:
    """Draw bands from what is asked for to what is done; a band is as thick as it has mismatches.

    Args:
        mismatches: Number of mismatches from each stated to each actual facet.
        employers: Number of employers behind each band.
        total: Employers the brief speaks of.
    """
    lefts = _order(mismatches)
    rights = _beside(lefts, mismatches)
    with figure_style():
        from matplotlib.figure import Figure

        ends = [_stack(mismatches, lefts, 0), _stack(mismatches, rights, 1)]
        height = max(top for end in ends for _, top in end.values())
        figure = Figure(figsize=(6.5, 0.55 + min(_EACH * height, _HIGHEST)), layout="constrained")
        axes = figure.add_subplot()
        axes.set(xlim=(0, 1), ylim=(height + 0.1, -0.9), xticks=[], yticks=[])
        for side in axes.spines.values():
            side.set_visible(False)
        _bands(axes, mismatches, employers, (lefts, rights), (ends[0], ends[1]))
        _blocks(axes, ends[0], _LEFT - _BLOCK, STATED_COLOR, "", "right")
        _blocks(axes, ends[1], _RIGHT, ACTUAL_COLOR, "///", "left")
        axes.text(_LEFT, -0.35, "Asked for", ha="right", va="bottom", fontweight="bold", color=INK)
        axes.text(_RIGHT, -0.35, "Done", ha="left", va="bottom", fontweight="bold", color=INK)
        png = render(figure)
    return Drawn(png, _in_words(mismatches, employers, total))


def _order(mismatches: Mapping[Flow, int]) -> list[Facet]:
    """The facets of the left side, those with most mismatches first."""
    known = list(Facet)
    size = Counter({facet: 0 for facet, _ in mismatches})
    for (facet, _), number in mismatches.items():
        size[facet] += number
    return sorted(size, key=lambda facet: (-size[facet], known.index(facet)))


def _beside(lefts: Sequence[Facet], mismatches: Mapping[Flow, int]) -> list[Facet]:
    """The facets of the right side, each near where its bands come from, so that few bands cross."""
    known = list(Facet)

    def middle(facet: Facet) -> float:
        coming = [(lefts.index(a), n) for (a, b), n in mismatches.items() if b == facet]
        return sum(place * n for place, n in coming) / sum(n for _, n in coming)

    return sorted({flow[1] for flow in mismatches}, key=lambda facet: (middle(facet), known.index(facet)))


def _stack(
    mismatches: Mapping[Flow, int], facets: Sequence[Facet], side: int
) -> dict[Facet, tuple[float, float]]:
    """Where each facet begins and ends, from the top, with gaps between them."""
    places, at = {}, 0.0
    for facet in facets:
        size = sum(n for flow, n in mismatches.items() if flow[side] == facet)
        places[facet] = (at, at + size)
        at += size + _GAP
    return places


def _bands(
    axes: Any,
    mismatches: Mapping[Flow, int],
    employers: Mapping[Flow, int],
    order: tuple[Sequence[Facet], Sequence[Facet]],
    ends: tuple[Mapping[Facet, tuple[float, float]], Mapping[Facet, tuple[float, float]]],
) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    left = {facet: top for facet, (top, _) in ends[0].items()}
    right = {facet: top for facet, (top, _) in ends[1].items()}
    starts: dict[Flow, float] = {}
    for start in order[0]:
        for end in order[1]:
            if (start, end) in mismatches:
                starts[start, end] = left[start]
                left[start] += mismatches[start, end]
    most = max(mismatches.values())
    for end in order[1]:
        for start in order[0]:
            flow = (start, end)
            if flow not in mismatches:
                continue
            size, a, b = mismatches[flow], starts[flow], right[end]
            right[end] += size
            middle = (_LEFT + _RIGHT) / 2
            points = [
                (_LEFT, a), (middle, a), (middle, b), (_RIGHT, b),
                (_RIGHT, b + size), (middle, b + size), (middle, a + size), (_LEFT, a + size), (_LEFT, a),
            ]  # fmt: skip
            moves = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
            shade = 0.86 - 0.3 * size / most
            axes.add_patch(
                PathPatch(Path(points, moves), facecolor=str(shade), edgecolor="white", linewidth=1.0)
            )
            axes.text(_LEFT + 0.02, a + size / 2, f"{employers[flow]}", va="center", fontsize=7.5, color=INK)


def _blocks(
    axes: Any, places: Mapping[Facet, tuple[float, float]], x: float, color: str, hatch: str, side: str
) -> None:
    from matplotlib.patches import Rectangle

    for facet, (top, bottom) in places.items():
        axes.add_patch(
            Rectangle(
                (x, top), _BLOCK, bottom - top, facecolor=color, edgecolor=LINE, hatch=hatch, linewidth=0.4
            )
        )
        words = f"{capital(FACETS[facet])} ({bottom - top:.0f})"
        at = x - 0.012 if side == "right" else x + _BLOCK + 0.012
        axes.text(at, (top + bottom) / 2, words, ha=side, va="center", fontsize=8, color=SOFT)


def _in_words(mismatches: Mapping[Flow, int], employers: Mapping[Flow, int], total: int) -> str:
    """Say the bands for those who cannot see them, the thickest first."""
    ordered = sorted(mismatches, key=lambda flow: (-mismatches[flow], flow))
    parts = [
        f"from {FACETS[a]} to {FACETS[b]} {count(mismatches[a, b], 'mismatch', 'mismatches')} "
        f"({share(employers[a, b], total)})"
        for a, b in ordered
    ]
    return f"Flow from what is asked for to what is done: {listed(parts)}."
