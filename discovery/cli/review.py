"""``discovery review``: decide on mismatches, one by one or by their anchor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from discovery.cli.console import console

if TYPE_CHECKING:
    from discovery.records import Mismatch, Span
    from discovery.study import Study

_ANSWERS = {"a": "accepted", "r": "rejected", "u": "unsure"}


def review(
    folder: Annotated[Path, typer.Argument(help="The study folder.")] = Path(),
    anchor: Annotated[str, typer.Option(help="Decide on this one only (see `discovery export`).")] = "",
    status: Annotated[str, typer.Option(help="accepted, rejected, unsure or proposed.")] = "",
    memo: Annotated[str, typer.Option(help="Why.")] = "",
    coder: Annotated[str, typer.Option(help="Who decides; your account's name by default.")] = "",
    candidates: Annotated[
        bool, typer.Option("--candidates", help="Go through the candidates under the threshold too.")
    ] = False,
) -> None:
    """Accept, reject or leave open each mismatch; decisions survive new runs and feed the brief."""
    from discovery.study import Study

    study = Study(folder)
    if anchor or status:
        decision = study.review(anchor, status, memo=memo, coder=coder)
        console.print(f"{decision.anchor} is now {decision.status}", markup=False)
        return
    open_ones = [
        m for m in study.records("candidates" if candidates else "mismatches") if m.status == "proposed"
    ]
    decided = _walk(study, open_ones, coder)
    console.print(f"{decided} decided, {len(open_ones) - decided} still open.", markup=False)


def _walk(study: Study, mismatches: list[Mismatch], coder: str) -> int:
    """Show mismatches one by one and keep each answer at once; return how many were decided."""
    decided = 0
    for number, mismatch in enumerate(mismatches, 1):
        _show(mismatch, f"{number} of {len(mismatches)}")
        answer = typer.prompt("[a]ccept  [r]eject  [u]nsure  [s]kip  [q]uit", default="s").strip().lower()[:1]
        if answer == "q":
            break
        if answer in _ANSWERS:
            memo = typer.prompt("Memo (Enter for none)", default="", show_default=False)
            study.review(mismatch.anchor, _ANSWERS[answer], memo=memo, coder=coder)
            decided += 1
    return decided


def _show(mismatch: Mismatch, position: str) -> None:
    console.rule(f"{position}: {mismatch.type}, {mismatch.employer}")
    _say("stated", mismatch.stated)
    _say("actual", mismatch.actual)
    console.print(f"why     {mismatch.why}", markup=False)
    if mismatch.against:
        console.print(f"against {mismatch.against}", markup=False)
    console.print(f"score   {mismatch.score:.2f}", markup=False)
    if mismatch.readers:
        console.print(f"readers {', '.join(mismatch.readers)}", markup=False)


def _say(side: str, span: Span) -> None:
    console.print(f"{side}  “{span.quote}”  ({span.source}, turn {span.turn})", markup=False)
