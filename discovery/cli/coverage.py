"""``discovery coverage``: what was asked and answered in each interview, and how it was led."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from discovery.cli.console import console

if TYPE_CHECKING:
    from discovery.guides.coverage import Coverage
    from discovery.guides.craft import Craft


def coverage(
    folder: Annotated[Path, typer.Argument(help="The study folder, after `discovery run`.")] = Path(),
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line a bank question.")] = False,
) -> None:
    """Show which bank questions were asked and answered, the thin spots, and how the interviews were led."""
    from discovery.cli.guide import bank_of
    from discovery.guides.coverage import cover
    from discovery.guides.craft import review_craft
    from discovery.study import Study

    study = Study(folder)
    turns, exchanges = study.records("turns"), study.records("exchanges")
    covered = cover(bank_of(folder), exchanges, turns, study.records("claims"))
    if as_json:
        for row in covered.rows():
            typer.echo(json.dumps(row, ensure_ascii=False))
        return
    _say_coverage(covered)
    _say_craft(review_craft(turns, exchanges))


def _say_coverage(covered: Coverage) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(title="Questions asked in at least one interview", title_justify="left")
    table.add_column("Question", overflow="fold")
    table.add_column("Answered", justify="right")
    table.add_column("Asked only", justify="right")
    silent = 0
    for question, cells in zip(covered.questions, covered.cells, strict=True):
        answered, asked = (sum(cell.value == kind for cell in cells) for kind in ("answered", "asked"))
        silent += not answered + asked
        if answered + asked:
            table.add_row(Text(question.text), str(answered), str(asked))
    console.print(table)
    console.print(f"{silent} of {len(covered.questions)} bank questions were asked in no interview.")
    thin = covered.thin()
    if thin:
        spots = ", ".join(f"{each.facet} ({each.answered} of {each.interviews})" for each in thin)
        console.print(f"Thin spots, told about in fewer than half of the interviews: {spots}", markup=False)


def _say_craft(crafts: list[Craft]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(title="How the interviews were led", title_justify="left")
    columns = (
        "Interview",
        "Your words",
        "Longest turn",
        "Questions",
        "Open",
        "Closed",
        "Leading",
        "Closed run",
    )
    for name in columns:
        table.add_column(name, justify="left" if name == "Interview" else "right", overflow="fold")
    for craft in crafts:
        shares = (craft.open_share, craft.closed_share, craft.leading_share)
        counts = (_percent(craft.talk_share), f"{craft.longest_words} words", str(craft.questions))
        table.add_row(Text(craft.interview), *counts, *map(_percent, shares), str(craft.longest_closed_run))
    console.print(table)
    for craft in crafts:
        for remark in craft.worst[:1]:
            place = f"{remark.asked.source}, turn {remark.asked.turn}"
            console.print(f"{place} ({', '.join(remark.rules)}): “{remark.asked.quote}”", markup=False)


def _percent(share: float | None) -> str:
    return "none" if share is None else f"{share:.0%}"
