"""``discovery train``: remake every shipped weight from annotated interviews."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from discovery.cli.console import console


def train(
    data: Annotated[
        Path, typer.Option("--data", help="Folder of annotated interviews in source form.")
    ] = Path("training/interviews"),
    seed: Annotated[
        int, typer.Option("--seed", help="Fixes every draw; the shipped weights were made with 0.")
    ] = 0,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write below this folder, not into the package.")
    ] = None,
) -> None:
    """Learn every shipped weight again, and say how well it does on interviews held out."""
    from discovery.cli.run import Bars
    from discovery.language import MiniLM
    from discovery.training import train_everything

    started = time.monotonic()
    reports = train_everything(data, MiniLM(), Bars(), output=output, seed=seed)
    for name, report in reports.items():
        console.print(f"{name}: {_figures(report)}", markup=False)
    console.print(f"Trained in {(time.monotonic() - started) / 60:.1f} minutes.", markup=False)


def _figures(report: Mapping[str, Any]) -> str:
    """Figures from cross-validation, in one line."""
    metrics = report.get("metrics", {})
    figures = [f"{name} {value}" for name, value in metrics.items() if isinstance(value, int | float)]
    return ", ".join(figures) + " (held out)" if figures else "done"
