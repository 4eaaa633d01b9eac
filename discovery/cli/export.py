"""``discovery export``: one table of the study, in a format that others read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from discovery.cli.console import errors


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
    share: Annotated[
        bool, typer.Option("--share", help="For others: pseudonyms, and words only where consent allows.")
    ] = False,
) -> None:
    """Write one table of the study to a file or to the screen, with the words as they were said."""
    from discovery.study import Study
    from discovery.tables import write_table

    study = Study(folder)
    rows, notices = study.shared_rows(table) if share else (study.rows(table), [])
    text = write_table(table, rows, kind, output)
    for notice in notices:
        errors.print(f"{notice.kind}: {notice.count} {notice.what}", markup=False)
    if text is not None:
        typer.echo(text, nl=False)
