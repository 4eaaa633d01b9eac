"""``discovery reader ask``: a model behind a chat endpoint reads the interviews."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from discovery.cli.console import Exit, console, errors, say_fault

if TYPE_CHECKING:
    from discovery.records import Notice
    from discovery.stages.ask_plan import AskPlan
    from discovery.stages.asking import AskReport


def reader_ask(
    folder: Annotated[Path, typer.Argument(help="The study folder.")] = Path(),
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be sent where; send nothing.")
    ] = False,
    reader: Annotated[str, typer.Option("--reader", help="Name of the reader; the model's by default.")] = "",
    words: Annotated[
        int,
        typer.Option("--words", min=50, help="Most words of interview in a request; longer ones are split."),
    ] = 6000,
    retry: Annotated[
        bool, typer.Option("--retry", help="Ask again where the answer kept is faulty.")
    ] = False,
    again: Annotated[bool, typer.Option("--again", help="Ask again about everything.")] = False,
    threshold: Annotated[
        float,
        typer.Option(
            "--likeness",
            min=50,
            max=100,
            help="Least likeness, in per cent, of a quote that is not verbatim.",
        ),
    ] = 90,
) -> None:
    """Ask the model that study.toml names under [reader]; every answer is verified and kept."""
    from discovery.cli.run import Bars
    from discovery.study import Study

    study = Study(folder)
    plan = study.plan_asking(limit_words=words, again=again, retry=retry)
    _say_plan(plan)
    if dry_run:
        _say_notices(plan.notices)
        return
    try:
        report = study.ask_model(plan, reader=reader, anchor_threshold=threshold, progress=Bars())
    except KeyboardInterrupt:
        errors.print("Stopped. Answers that came back are kept; the same command goes on from there.")
        raise
    _say_report(report, len(plan.packets) - len(plan.waiting))
    if report.round.stopped:
        if not report.readings:
            raise report.round.stopped
        say_fault(report.round.stopped)
    if report.faulty:
        raise typer.Exit(
            Exit.PARTIAL if any(one.taken or not one.fault for one in report.readings) else Exit.FAILED
        )


def _say_plan(plan: AskPlan) -> None:
    place = plan.place
    where = "on this computer" if place.is_local else "NOT on this computer: text leaves it, under pseudonyms"
    passed = "" if place.reads == place.host else f", which passes text on to {place.reads}"
    _say(f"{plan.endpoint.model} at {place.place}{passed}, {where}")
    answered = len(plan.packets) - len(plan.waiting)
    _say(f"{len(plan.packets)} packets; {answered} answered already, {len(plan.waiting)} to send")
    if plan.waiting:
        _say(
            f"{plan.words:,} words of interview; with instructions about {plan.tokens:,} tokens "
            f"(estimated: {plan.characters:,} characters, four a token), and at most "
            f"{len(plan.waiting) * plan.endpoint.max_tokens:,} tokens of answers"
        )
    if plan.names_left and not place.is_local:
        _say(f"{plan.names_left} capitalised names stay as they are; `discovery names` lists them")


def _say_report(report: AskReport, remembered: int) -> None:
    from discovery.readings import REASONS

    _say_notices(report.notices)
    for reason, count in report.reasons.items():
        errors.print(f"  rejected: {count} × {REASONS[reason]} [{reason}]", markup=False)
    for one in report.faulty:
        part = f", part {one.packet.part} of {one.packet.parts}" if one.packet.parts > 1 else ""
        errors.print(f"  {one.packet.source}{part}, packet {one.packet.id}: {one.fault}", markup=False)
    claims, mismatches = report.taken
    total = len(report.plan.packets)
    _say(f"{report.sound} of {total} packets have a sound answer; {report.round.sent} requests sent")
    _say(f"{claims} claims and {mismatches} mismatches taken over; {remembered} answers kept from before")
    if report.faulty:
        _say("Run it again for packets without an answer; --retry asks again for faulty ones too.")
    if report.added:
        _say("Run `discovery run` to join them with the other findings.")


def _say_notices(notices: tuple[Notice, ...]) -> None:
    for notice in notices:
        errors.print(f"  {notice.kind}: {notice.count} {notice.what}", markup=False)


def _say(words: str) -> None:
    console.print(words, markup=False, soft_wrap=True)
