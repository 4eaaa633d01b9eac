"""``discovery guide``: an interview guide to print, for a first conversation or for the next one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from discovery.cli.console import console

if TYPE_CHECKING:
    from collections.abc import Iterator

    from discovery.guides.guide import Guide
    from discovery.records import Question


def guide(
    place: Annotated[
        Path, typer.Argument(metavar="[DIR|FILE]", help="A study, or a guide definition.")
    ] = Path(),
    minutes: Annotated[float, typer.Option(help="Length of the conversation.")] = 45,
    focus: Annotated[
        str, typer.Option(help="Facets, phases or mismatch types to dwell on, with commas.")
    ] = "",
    role: Annotated[str | None, typer.Option(help="hiring-manager, hr, executive or recent-hire.")] = None,
    title: Annotated[str, typer.Option(help="Title on the cover.")] = "",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File to write: .docx or .md.")
    ] = None,
    page: Annotated[str | None, typer.Option(help="A4 or Letter.")] = None,
    notes: Annotated[bool, typer.Option("--notes", help="Write the blank note sheet instead.")] = False,
    next_: Annotated[
        bool, typer.Option("--next", help="The next round: one guide an employer, from gaps and mismatches.")
    ] = False,
) -> None:
    """Choose and order questions, and write the guide that an interviewer holds."""
    from discovery.guides import build_guide, read_guide, write_guide

    if place.suffix == ".toml":
        made, definition = read_guide(place)
        _say(
            write_guide(
                made, output or place.with_suffix(".docx"), page=page or definition.page, notes=notes
            ),
            made,
        )
        return
    if next_:
        for name, made in _next_guides(place, minutes):
            path = (
                output / f"next-{name}.docx" if output else place / "interview_guides" / f"next-{name}.docx"
            )
            _say(write_guide(made, path, page=page or "A4", notes=notes), made)
        return
    wanted = [word.strip() for word in focus.split(",") if word.strip()]
    made = build_guide(bank_of(place), minutes=minutes, focus=wanted, role=role, title=title)
    path = output or place / "interview_guides" / ("note-sheet.docx" if notes else "guide.docx")
    _say(write_guide(made, path, page=page or "A4", notes=notes), made)


def bank_of(folder: Path) -> tuple[Question, ...]:
    """Return the built-in banks, those that study.toml names, and those in the study's interview_guides."""
    from discovery.guides import load_banks

    extra: list[Path] = []
    if (folder / "study.toml").is_file():
        from discovery.settings import load_settings

        extra.extend(folder / name for name in load_settings(folder).banks)
    own = folder / "interview_guides"
    return load_banks([*extra, own] if own.is_dir() else extra)


def _next_guides(folder: Path, minutes: float) -> Iterator[tuple[str, Guide]]:
    from discovery.guides.coverage import cover
    from discovery.guides.next_round import next_round
    from discovery.study import Study

    study = Study(folder)
    questions = bank_of(folder)
    turns, exchanges, claims, mismatches = (
        study.records(name) for name in ("turns", "exchanges", "claims", "mismatches")
    )
    sources: dict[str, set[str]] = {}
    for interview in study.records("interviews"):
        sources.setdefault(interview.employer, set()).add(interview.source)
    for employer, own in sorted(sources.items()):
        covered = cover(
            questions,
            [each for each in exchanges if each.source in own],
            [each for each in turns if each.source in own],
            [each for each in claims if each.span.source in own],
        )
        found = [each for each in mismatches if each.employer == employer]
        name = re.sub(r"[^\w-]+", "-", employer).strip("-").lower() or "employer"
        yield name, next_round(questions, found, covered, employer=employer, minutes=minutes)


def _say(path: Path, made: Guide) -> None:
    console.print(
        f"{path}: {len(made.questions)} questions in {made.planned:g} of {made.minutes:g} minutes",
        markup=False,
    )
