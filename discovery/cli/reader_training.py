"""``discovery reader training``: what people accepted of a reader's answers, to train on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from discovery.cli.console import Exit, console, errors


def reader_training(
    folder: Annotated[Path, typer.Argument(help="The study folder.")] = Path(),
    reader: Annotated[str, typer.Option("--reader", help="Name of the reader.")] = "",
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder to write to.")] = Path(
        "reader-training"
    ),
    accept_claims: Annotated[
        bool,
        typer.Option("--accept-claims", help="Take a model's claims too: somebody has looked through them."),
    ] = False,
) -> None:
    """Write interviews whose mismatches people have all decided on as annotations for `discovery train`."""
    from discovery.study import Study

    made = Study(folder).training_material(output, reader, accept_claims=accept_claims)
    for reason, count in made.left_out.items():
        errors.print(f"left out: {count} {reason}", markup=False)
    counts = f"{len(made.interviews)} interviews and {len(made.passages)} with mismatches alone"
    console.print(f"{counts} are in {output}", markup=False)
    if not (made.interviews or made.passages):
        raise typer.Exit(Exit.FAILED)
