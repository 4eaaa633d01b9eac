"""``discovery reader import``: answers of any model or person, verified and kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from discovery.cli.console import Exit, console, errors

if TYPE_CHECKING:
    from discovery.stages.importing import Imported, ImportReport


def reader_import(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="Files with answers, or folders of them; then the study folder, if not this one."
        ),
    ],
    reader: Annotated[str, typer.Option("--reader", help="Name of who answered.")],
    kind: Annotated[str, typer.Option("--kind", help="person or model; model where --model is given.")] = "",
    model: Annotated[str, typer.Option("--model", help="Model and version, as its maker calls it.")] = "",
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
    """Take in answers; quotes must stand in the interview, everything else is rejected and counted."""
    from discovery.study import Study

    folder, files = _study_and_files(paths)
    report = Study(folder).import_answers(files, reader, kind=kind, model=model, anchor_threshold=threshold)
    for one in report.files:
        console.print(f"{one.file}: {_said(one)}", markup=False, soft_wrap=True)
    _say_reasons(report)
    if not report.taken:
        from discovery.errors import ReaderError

        raise ReaderError("reader.nothing", files=len(report.files))
    console.print("Run `discovery run` to join them with the other findings.", markup=False)
    if not all(one.sound for one in report.files):
        raise typer.Exit(Exit.PARTIAL)


def _study_and_files(paths: list[Path]) -> tuple[Path, list[Path]]:
    """Split the study folder off the arguments: the last folder that holds study.toml, else this one."""
    if len(paths) > 1 and (paths[-1] / "study.toml").is_file():
        return paths[-1], paths[:-1]
    return Path(), paths


def _said(one: Imported) -> str:
    from discovery.readings import REASONS

    if one.reading is None:
        return f"not taken: {REASONS[one.reason]}"
    reading = one.reading
    counts = f"{len(reading.claims)} claims, {len(reading.mismatches)} mismatches"
    if reading.rejections:
        counts += f", {len(reading.rejections)} rejected"
    if reading.anchors:
        counts += f", {len(reading.anchors)} quotes placed by likeness ({reading.anchor_threshold:g} or more)"
    return f"{counts}{'; imported before' if one.known else ''} ({reading.source})"


def _say_reasons(report: ImportReport) -> None:
    from discovery.readings import REASONS

    for reason, count in report.reasons.items():
        errors.print(f"  rejected: {count} × {REASONS[reason]} [{reason}]", markup=False)
