"""``discovery brief``: the brief again, for another audience, employer or format."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from discovery.cli.console import console


def brief(
    folder: Annotated[Path, typer.Argument(help="The study folder.")] = Path(),
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File to write: .docx, .md or .html.")
    ] = None,
    audience: Annotated[str | None, typer.Option(help="internal, employer or public.")] = None,
    employer: Annotated[
        str | None, typer.Option(help="Only this employer: a sheet for the next meeting.")
    ] = None,
    status: Annotated[str | None, typer.Option(help="Only mismatches of this status.")] = None,
    only: Annotated[str | None, typer.Option(help="Only these sections, by key, with commas.")] = None,
    page: Annotated[str | None, typer.Option(help="A4 or Letter.")] = None,
    template: Annotated[Path | None, typer.Option(help="A team's own .docx to take the styles from.")] = None,
) -> None:
    """Write the brief of a study that has been run."""
    from discovery.study import Study

    written, notices = Study(folder).brief(
        output,
        audience=audience,
        employer=employer,
        status=status,
        only=[key.strip() for key in only.split(",")] if only else None,
        page=page,
        template=template,
    )
    for notice in notices:
        console.print(f"  {notice.kind}: {notice.count} {notice.what}", markup=False, style="dim")
    console.print(f"The brief is in {written}", markup=False)
