"""``discovery layouts``: what can be read."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from discovery.cli.console import console


def layouts(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line a layout.")] = False,
) -> None:
    """List the transcript layouts that can be read, with the name to give after --layout."""
    from rich.table import Table
    from rich.text import Text

    from discovery.transcripts import layouts as all_layouts

    if as_json:
        for name, label in all_layouts():
            typer.echo(json.dumps({"layout": name, "label": label}, ensure_ascii=False))
        return
    table = Table(title="Layouts, told by content, never by file name", title_justify="left")
    table.add_column("name", style="bold", no_wrap=True)
    table.add_column("what it is")
    for name, label in all_layouts():
        table.add_row(name, Text(label))
    console.print(table)
