"""``discovery run``: the main job, from transcripts to the brief."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from discovery.cli.console import Exit, console, errors, say_fault

if TYPE_CHECKING:
    from discovery.pipeline import RunSummary


def run(
    folder: Annotated[Path, typer.Argument(help="The study folder.")] = Path(),
    again: Annotated[bool, typer.Option("--again", help="Make every stage again.")] = False,
) -> None:
    """Analyse the interviews of a study and write its brief; only what changed is made again."""
    from discovery.pipeline import NothingReadError, run_flow

    try:
        summary = run_flow(folder, progress=Bars(), again=again)
    except NothingReadError as nothing:
        for fault in nothing.faults:
            say_fault(fault)
        raise
    for fault in summary.faults:
        say_fault(fault)
    _say_summary(summary)
    if summary.faults:
        raise typer.Exit(Exit.PARTIAL)


class Bars:
    """Progress as one bar a stage."""

    @contextmanager
    def stage(self, label: str, total: int) -> Iterator[Callable[[], None]]:
        """Show a bar of ``total`` steps while the stage runs."""
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (
            TextColumn("{task.description:<32}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=errors) as bars:
            task = bars.add_task(label, total=total)
            yield lambda: bars.advance(task)


def _say_summary(summary: RunSummary) -> None:
    from rich.table import Table

    if not summary.made:
        console.print(f"Nothing has changed; the brief still stands: {summary.brief}", markup=False)
        return
    table = Table(title="What this study holds", title_justify="left", show_header=False)
    table.add_column(justify="right")
    table.add_column()
    counts = [
        (summary.interviews, f"interviews of {summary.employers} employers"),
        (summary.turns, "speaker turns"),
        (summary.claims, "claims"),
        (summary.topics, "topics"),
        (summary.mismatches, "mismatches proposed for review"),
    ]
    if len(summary.readers) > 1:
        counts.append((summary.agreed, f"of them found by several readers ({', '.join(summary.readers)})"))
    for count, what in counts:
        table.add_row(f"{count:,}", what)
    console.print(table)
    _say_notices(summary)
    stages = f"{len(summary.made)} stages made, {len(summary.kept)} kept from the run before"
    console.print(f"{stages}; {summary.seconds:.0f} s.", markup=False)
    console.print(f"The brief is in {summary.brief}", markup=False)


def _say_notices(summary: RunSummary) -> None:
    """Say what did not pass through unchanged, most frequent first."""
    totals: dict[tuple[str, str], int] = {}
    for notice in summary.notices:
        key = (notice.kind.value, notice.what)
        totals[key] = totals.get(key, 0) + notice.count
    for (kind, what), count in sorted(totals.items(), key=lambda item: (-item[1], item[0])):
        console.print(f"  {kind}: {count:,} {what}", markup=False, style="dim")
