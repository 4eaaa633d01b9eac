"""The brief's own figures: claims by facet, stated against actual, and mismatches by employer."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from discovery.briefs.wording import FACETS, STANCES, STATES, capital, count, listed
from discovery.records import Facet, Stance, Status

STATED_COLOR = "#0072B2"
ACTUAL_COLOR = "#D55E00"
INK = "#1F2A37"
SOFT = "#5B6673"
LINE = "#C9D1D9"
_SHADES = {
    Stance.NEED: ("#0072B2", ""),
    Stance.REQUIREMENT: ("#56B4E9", "///"),
    Stance.CHALLENGE: ("#BFD9EA", ""),
    Stance.SUCCESS: ("#8C8C8C", "..."),
    Stance.PRACTICE: ("#D55E00", ""),
    Stance.EXCEPTION: ("#E69F00", "\\\\\\"),
    Stance.RATIONALE: ("#F6D9A8", ""),
}
_SETTINGS: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 8.5,
    "text.color": INK,
    "axes.edgecolor": LINE,
    "axes.labelcolor": SOFT,
    "xtick.color": SOFT,
    "ytick.color": INK,
    "hatch.linewidth": 0.5,
    "hatch.color": "white",
    "text.usetex": False,
    "text.parse_math": False,
    "savefig.dpi": 200,
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A finished picture: PNG bytes and what it shows in words."""

    png: bytes
    alt: str


def render(figure: Any) -> bytes:
    """Turn a matplotlib Figure into PNG bytes that are the same every time."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    FigureCanvasAgg(figure)
    made = BytesIO()
    figure.savefig(made, format="png", dpi=200, metadata={"Software": None})
    return made.getvalue()


def claims_chart(counts: Mapping[tuple[Facet, Stance], int]) -> Drawn:
    """Draw claims by facet, each bar divided by stance.

    Args:
        counts: Number of claims by facet and stance.
    """
    sums = {facet: sum(n for (each, _), n in counts.items() if each == facet) for facet, _ in counts}
    order = sorted(sums, key=lambda facet: (-sums[facet], list(Facet).index(facet)))
    with figure_style():
        figure, axes = _axes(len(order))
        left = [0] * len(order)
        for stance, (color, hatch) in _SHADES.items():
            values = [counts.get((facet, stance), 0) for facet in order]
            if any(values):
                axes.barh(
                    range(len(order)), values, left=left, color=color, hatch=hatch, height=0.68,
                    edgecolor="white", linewidth=0.4, label=capital(STANCES[stance]),
                )  # fmt: skip
                left = [done + more for done, more in zip(left, values, strict=True)]
        for at, total in enumerate(left):
            axes.text(total, at, f" {total}", va="center", fontsize=8, color=SOFT)
        _finish(figure, axes, [capital(FACETS[facet]) for facet in order], "Claims")
        png = render(figure)
    parts = [f"{FACETS[facet]} {sums[facet]}" for facet in order]
    return Drawn(png, f"Bar chart of claims by what they are about: {listed(parts)}.")


def sides_chart(stated: Mapping[Facet, int], actual: Mapping[Facet, int]) -> Drawn:
    """Draw what share of the stated side and of the actual side each facet takes.

    Args:
        stated: Claims of the stated side by facet.
        actual: Claims of the actual side by facet.
    """
    totals = (sum(stated.values()) or 1, sum(actual.values()) or 1)
    shares = {f: (stated.get(f, 0) / totals[0], actual.get(f, 0) / totals[1]) for f in {*stated, *actual}}
    order = sorted(shares, key=lambda f: (shares[f][1] - shares[f][0], list(Facet).index(f)))
    with figure_style():
        figure, axes = _axes(len(order), 0.34)
        for side, color, hatch, name in ((0, STATED_COLOR, "", "Stated"), (1, ACTUAL_COLOR, "///", "Actual")):
            places = [at + (side - 0.5) * 0.38 for at in range(len(order))]
            values = [100 * shares[facet][side] for facet in order]
            axes.barh(places, values, color=color, hatch=hatch, height=0.36, edgecolor="white", label=name)
            numbers = stated if side == 0 else actual
            for place, value, facet in zip(places, values, order, strict=True):
                shown = f" {numbers[facet]}" if value else ""
                axes.text(value, place, shown, va="center", fontsize=7, color=SOFT)
        _finish(
            figure,
            axes,
            [capital(FACETS[f]) for f in order],
            "Share of the side's claims, % (counts at bars)",
        )
        png = render(figure)
    parts = [f"{FACETS[f]} {stated.get(f, 0)} stated and {actual.get(f, 0)} actual" for f in order]
    return Drawn(png, f"Paired bars of claims on the stated and on the actual side: {listed(parts)}.")


Cell = tuple[Status, float]
"""State of review and score of the surest mismatch of a cell."""


def mismatch_matrix(
    types: Sequence[str], employers: Sequence[str], cells: Mapping[tuple[int, int], Cell]
) -> Drawn:
    """Draw which employer shows which type: filled when accepted, hollow when not, larger when surer.

    Args:
        types: Titles of the types, one a row.
        employers: Labels of the employers, one a column.
        cells: By row and column, the surest mismatch there.
    """
    with figure_style():
        figure, axes = _axes(len(types), 0.32, extra=1.5)
        columns = [_shortened(_drawable(name), 22) for name in employers]
        axes.set_xlim(-0.6, len(employers) - 0.4)
        for row in range(len(types)):
            axes.axhline(row, color=LINE, linewidth=0.5, zorder=0)
        for (row, column), (status, score) in sorted(cells.items()):
            face = ACTUAL_COLOR if status == Status.ACCEPTED else "white"
            style = ":" if status == Status.UNSURE else "-"
            size = 40 + 130 * score
            axes.scatter(
                column, row, s=size, facecolor=face, edgecolor=ACTUAL_COLOR, linewidth=1.3, linestyle=style
            )
        _legend_of_states(axes, {status for status, _ in cells.values()})
        _finish(figure, axes, list(types), "", legend=False)
        axes.set_xticks(range(len(employers)), columns)
        slant = 0 if sum(map(len, columns)) < 70 else 60
        axes.tick_params(axis="x", rotation=slant, length=0, labelsize=8, labeltop=True, labelbottom=False)
        for label in axes.get_xticklabels():
            label.set_ha("left" if slant else "center")
            label.set_rotation_mode("anchor")
        axes.spines["bottom"].set_visible(False)
        axes.grid(visible=False)
        png = render(figure)
    parts = [
        f"{title}: {listed(employers[c] for r, c in sorted(cells) if r == row)}"
        for row, title in enumerate(types)
    ]
    lead = f"Matrix of {count(len(types), 'mismatch type')} by {count(len(employers), 'employer')}."
    return Drawn(png, f"{lead} {'; '.join(parts)}.")


def _legend_of_states(axes: Any, states: set[Status]) -> None:
    for status in STATES:
        if status in states:
            face = ACTUAL_COLOR if status == Status.ACCEPTED else "white"
            style = ":" if status == Status.UNSURE else "-"
            axes.scatter(
                [], [], s=90, facecolor=face, edgecolor=ACTUAL_COLOR, linestyle=style, label=STATES[status]
            )
    axes.legend(
        loc="upper left", bbox_to_anchor=(0, -0.02), ncols=4, frameon=False, fontsize=8, handletextpad=0.3,
        title="Larger: surer", title_fontsize=8, alignment="left",
    )  # fmt: skip


def figure_style() -> Any:
    """Give the look that all figures of the brief share, as a context."""
    import matplotlib

    return matplotlib.rc_context(_SETTINGS)


def _axes(rows: int, each: float = 0.25, extra: float = 0.9) -> tuple[Any, Any]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6.5, extra + each * max(rows, 1)), layout="constrained")
    axes = figure.add_subplot()
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    return figure, axes


def _finish(figure: Any, axes: Any, rows: list[str], label: str, *, legend: bool = True) -> None:
    axes.set_yticks(range(len(rows)), [textwrap.fill(_shortened(_drawable(row), 66), 34) for row in rows])
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlabel(label)
    axes.grid(visible=True, axis="x", color=LINE, linewidth=0.4)
    axes.set_axisbelow(True)
    if legend:
        handles, labels = axes.get_legend_handles_labels()
        figure.legend(
            handles, labels, loc="outside upper left", ncols=7, frameon=False, fontsize=8,
            handlelength=1.2, handletextpad=0.4, columnspacing=1.2,
        )  # fmt: skip


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _drawable(text: str) -> str:
    """Keep what the font can draw; the rest becomes a box."""
    from matplotlib.font_manager import findfont, get_font

    font = get_font(findfont("DejaVu Sans"))
    return "".join(letter if font.get_char_index(ord(letter)) else "□" for letter in text)
