"""``discovery evaluate``: the present models against annotated interviews."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from discovery.cli.console import Exit, console, errors

if TYPE_CHECKING:
    from rich.table import Table

_CLAIMS = ("detection", "stance", "facet")


def evaluate(
    folder: Annotated[Path, typer.Argument(help="Folder with NAME.gold.json beside each transcript.")],
    as_json: Annotated[bool, typer.Option("--json", help="All figures as JSON.")] = False,
    reader: Annotated[
        str, typer.Option("--reader", help="Score this reader's answers instead.")
    ] = "built-in",
    study: Annotated[
        Path, typer.Option("--study", help="Study over the same transcripts that holds the reader's answers.")
    ] = Path(),
) -> None:
    """Score claims and mismatches against what careful coders marked, in all, by set and by type."""
    figures = _measure(folder, reader, study)
    for fault in figures["faults"]:
        errors.print(fault, markup=False, style="red")
    if as_json:
        typer.echo(json.dumps(figures, ensure_ascii=False, indent=1))
    else:
        console.print(_claims_table(figures["claims"]))
        console.print(_mismatch_table(figures["mismatches"]))
        console.print(_type_table(figures["mismatches"]))
    if figures["faults"]:
        raise typer.Exit(Exit.PARTIAL)


def _measure(folder: Path, reader: str, study: Path) -> dict[str, Any]:
    """Score the present models, or another reader on the interviews it has read."""
    if reader == "built-in":
        from discovery.cli.run import Bars
        from discovery.evaluation.evaluate import evaluate as measure
        from discovery.language import MiniLM

        return measure(folder, MiniLM(), progress=Bars())
    from discovery.evaluation.readers import evaluate_reader

    figures = evaluate_reader(folder, study, reader)
    if figures["not_read"]:
        errors.print(
            f"not scored, because {reader} has not read them: {len(figures['not_read'])}", markup=False
        )
    return figures


def _claims_table(figures: dict[str, Any]) -> Table:
    table = _table("Claims, by unit", "set", "interviews", *(f"{name} F1" for name in _CLAIMS), "ECE")
    for name, row in {"all": figures["all"], **figures["sets"]}.items():
        cells = [_between(row[key], "f1" if key == "detection" else "micro_f1") for key in _CLAIMS]
        table.add_row(name, str(row["interviews"]), *cells, _number(row["ece"]))
    return table


def _mismatch_table(figures: dict[str, Any]) -> Table:
    columns = ("precision", "recall", "F1", "evidence F1", "recall at 10", "decoys taken", "false alarms")
    table = _table("Mismatches", "set", "interviews", *columns)
    for name, row in {"all": figures["all"], **figures["sets"]}.items():
        cells = [_number(row["precision"]), _number(row["recall"]), _between(row, "f1")]
        cells += [_number(row["evidence_f1"]), _between(row, "recall_at_10"), _between(row, "decoy_rate")]
        table.add_row(name, str(row["interviews"]), *cells, _number(row["false_alarms"]))
    table.caption = "False alarms: mismatches reported per 10,000 words of interviews that have none."
    return table


def _type_table(figures: dict[str, Any]) -> Table:
    sets = figures["types_by_set"]
    table = _table(
        "Mismatches by type", "type", "marked", "reported", "hit", "precision", "recall", "F1",
        *(f"F1 in {letter}" for letter in sets),
    )  # fmt: skip
    for name, row in figures["types"].items():
        counts = [str(row[key]) for key in ("gold", "predicted", "hits")]
        cells = [_number(row["precision"]), _number(row["recall"]), _between(row, "f1")]
        table.add_row(name, *counts, *cells, *(_in_set(own.get(name)) for own in sets.values()))
    table.caption = (
        "In brackets: 95 % intervals, interviews resampled; for a set hits of marked. "
        "All intervals of every set and type are in --json."
    )
    return table


def _in_set(row: dict[str, Any] | None) -> str:
    """F1 of a type in one set with its counts, which are too few for more."""
    return f"{_number(row['f1'])} ({row['hits']}/{row['gold']})" if row else "–"


def _table(title: str, first: str, *others: str) -> Table:
    from rich.table import Table

    table = Table(title=title, title_justify="left", caption_justify="left")
    table.add_column(first)
    for name in others:
        table.add_column(name, justify="right")
    return table


def _between(row: dict[str, Any], key: str) -> str:
    """A figure with its 95 % interval."""
    interval = row.get(f"{key}_interval")
    low_high = f" ({interval[0]:.2f}–{interval[1]:.2f})" if interval else ""
    return _number(row[key]) + low_high


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
