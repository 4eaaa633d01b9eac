"""``discovery init``: a new, empty study."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from discovery.cli.console import console


def init(
    folder: Annotated[Path, typer.Argument(help="Folder of the new study.")],
    title: Annotated[str, typer.Option(help="Title of the study.")] = "",
) -> None:
    """Make a new study folder with its settings, an employers list, guides and notebooks."""
    from discovery.scaffold import make_study

    made = make_study(folder, title)
    for path in made:
        console.print(f"  {path.relative_to(folder)}", markup=False)
    console.print(
        f"Now put transcript files into {folder / 'transcripts'} and type: discovery run {folder}",
        markup=False,
    )
