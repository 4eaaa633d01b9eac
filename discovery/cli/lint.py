"""``discovery lint``: faults in questions, with another wording for each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from discovery.cli.console import Exit, console, say_fault

if TYPE_CHECKING:
    from discovery.guides.lint import Linted


def lint(
    files: Annotated[
        list[Path], typer.Argument(help="One question a line, a guide definition, or a question bank.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line a question.")] = False,
) -> None:
    """Check the wording of questions; the exit status is 1 where one has a fault, 0 with advice only."""
    from discovery.errors import DiscoveryError
    from discovery.guides import lint_questions
    from discovery.guides.definition import questions_of

    faulty = False
    for path in files:
        try:
            results = lint_questions(questions_of(path))
        except DiscoveryError as fault:
            say_fault(fault)
            faulty = True
            continue
        faulty = faulty or any(linted.faulty for linted in results)
        if as_json:
            for linted in results:
                typer.echo(json.dumps(linted.row(), ensure_ascii=False))
        else:
            _say(path.name, results)
    if faulty:
        raise typer.Exit(Exit.FAILED)


def _say(name: str, results: list[Linted]) -> None:
    from rich.table import Table
    from rich.text import Text

    flawed = [linted for linted in results if linted.findings]
    faults = sum(linted.faulty for linted in results)
    console.print(
        f"{name}: {len(results)} questions, {faults} with a fault, {len(flawed) - faults} with advice only",
        style="bold",
        markup=False,
    )
    if not flawed:
        return
    table = Table(show_lines=True, expand=True)
    table.add_column("Question", ratio=5, overflow="fold")
    table.add_column("Finding", ratio=4, overflow="fold")
    table.add_column("Ask instead", ratio=5, overflow="fold")
    for linted in flawed:
        for at, finding in enumerate(linted.findings):
            style = "red" if finding.level == "fault" else "yellow"
            told = Text.assemble((f"{finding.rule} ({finding.level}) ", style), finding.message)
            table.add_row(Text("" if at else linted.question), told, Text(finding.suggestion))
    console.print(table)
