"""``discovery reader list``: who has read the study, what each found, and how far they agree."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from discovery.cli.console import console


def reader_list(
    folder: Annotated[Path, typer.Argument(help="The study folder.")] = Path(),
    as_json: Annotated[
        bool, typer.Option("--json", help="Readers, agreement and rejections as JSON.")
    ] = False,
) -> None:
    """List readers with their findings, how far they agree, and what was rejected of their answers."""
    from discovery.study import Study

    study = Study(folder)
    rejected = study.rejections().groupby(["reader", "reason", "meaning"]).size().reset_index(name="count")
    frames = {"readers": study.readers(), "agreement": study.agreement(), "rejected": rejected}
    tables = {name: json.loads(frame.to_json(orient="records")) for name, frame in frames.items()}
    if as_json:
        typer.echo(json.dumps(tables, ensure_ascii=False, indent=1))
        return
    for row in tables["readers"]:
        console.print(_reader(row), markup=False, soft_wrap=True)
    for row in tables["agreement"]:
        console.print(_agreement(row), markup=False, soft_wrap=True)
    for row in tables["rejected"]:
        console.print(
            f"rejected, {row['reader']}: {row['count']} × {row['meaning']}", markup=False, soft_wrap=True
        )


def _reader(row: dict[str, Any]) -> str:
    counts = [f"{row[name]} {name}" for name in ("interviews", "claims", "mismatches")]
    if row["kind"] != "built-in":
        counts += [f"{row['rejected']} rejected", f"{row['reanchored']} quotes placed by likeness"]
    return f"{row['reader']}: {', '.join(counts)} [{row['models']}]"


def _agreement(row: dict[str, Any]) -> str:
    pair = f"{row['first']} and {row['second']}, {row['interviews']} interviews"
    found = f"{row['first_mismatches']} and {row['second_mismatches']} mismatches, {row['both']} in common"
    f1 = "" if row["f1"] is None else f" (F1 {row['f1']:.2f}, evidence alone {row['evidence_f1']:.2f})"
    claims = (
        f"{row['claims_both']} of {row['first_claims']} claims in common, {row['labels_both']} with one label"
    )
    return f"agreement, {pair}: {found}{f1}; {claims}"
