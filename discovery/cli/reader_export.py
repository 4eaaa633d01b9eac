"""``discovery reader export``: one self-contained file an interview, for another reader."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from discovery.cli.console import console, errors


def reader_export(
    folder: Annotated[Path, typer.Argument(help="The study folder.")] = Path(),
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder to write the packets to.")] = Path(
        "packets"
    ),
    words: Annotated[
        int, typer.Option("--words", min=50, help="Most words of interview in a file; longer ones are split.")
    ] = 6000,
    overlap: Annotated[
        int, typer.Option("--overlap", min=0, help="Turns that parts of one interview share.")
    ] = 6,
) -> None:
    """Write packets: instructions, one interview under pseudonyms, the shape of the answer, an example."""
    from discovery.study import Study

    paths, notices = Study(folder).export_packets(output, limit_words=words, overlap_turns=overlap)
    for notice in notices:
        errors.print(f"{notice.count} {notice.what}", markup=False)
    console.print(f"{len(paths)} packets are in {output}", markup=False)
    console.print(
        "Give one at a time to a model or a person; save each answer to a file, then run", markup=False
    )
    console.print("  discovery reader import FILES --reader NAME", markup=False)
