"""``discovery export``: one table of the study, in a format that others read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def export(
    table: Annotated[
        str,
        typer.Argument(
            help="interviews, turns, exchanges, claims, topics, mismatches, candidates, reviews or codings."
        ),
    ],
    folder: Annotated[Path, typer.Argument(help="The study folder.")] = Path(),
    kind: Annotated[str, typer.Option("--format", help="jsonl, csv or parquet.")] = "jsonl",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="File to write.")] = None,
) -> None:
    """Write one table of the study to a file or to the screen, verbatim quotes included."""
    from discovery.study import Study
    from discovery.tables import write_table

    text = write_table(table, Study(folder).rows(table), kind, output)
    if text is not None:
        typer.echo(text, nl=False)
