"""``discovery names``: what the pseudonyms change, and which names they leave."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from discovery.cli.console import console


def names(
    folder: Annotated[Path, typer.Argument(help="The study folder.")] = Path(),
    most: Annotated[int, typer.Option(help="Names left to list at most.")] = 60,
) -> None:
    """List the names that pseudonyms replace and those they leave; for your eyes, not for sharing."""
    from rich.table import Table

    from discovery.study import Study

    review = Study(folder).names()
    for title, rows in (("Replaced", review.changed), ("Left as they are", review.left[:most])):
        table = Table(title=title, title_justify="left")
        for heading in ("name", "pseudonym", "times"):
            table.add_column(heading, justify="right" if heading == "times" else "left")
        for row in rows:
            table.add_row(row.name, row.pseudonym, str(row.count))
        console.print(table)
    if len(review.left) > most:
        console.print(f"and {len(review.left) - most} more; see them with --most", markup=False)
    console.print("Add a firm to employers.csv, or a person as a speaker, to have it replaced.", markup=False)
