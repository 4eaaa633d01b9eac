"""``discovery read``: the turns of any transcript file, without a study."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from discovery.cli.console import Exit, console, errors, say_fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from discovery.records import Transcript

_MOST_SKIPPED = 12


def read(
    files: Annotated[list[Path], typer.Argument(help="Transcript files, as exported.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line a turn.")] = False,
    report: Annotated[bool, typer.Option("--report", help="Show what the reader saw.")] = False,
    layout: Annotated[
        str | None, typer.Option("--layout", help="Read as this layout; see `discovery layouts`.")
    ] = None,
    interviewer: Annotated[
        list[str] | None, typer.Option("--interviewer", help="Name of an interviewer; may be repeated.")
    ] = None,
) -> None:
    """Read transcript files and show their turns; a file that cannot be read does not stop the others."""
    from discovery.errors import DiscoveryError
    from discovery.transcripts import read_transcript

    faults = 0
    for path in files:
        try:
            transcript = _with_roles(read_transcript(path, layout=layout), interviewer or ())
        except DiscoveryError as fault:
            say_fault(fault)
            faults += 1
            continue
        if as_json:
            _say_json(transcript)
        if report:
            # Standard output stays machine-readable when both are asked for.
            _say_report(transcript, errors if as_json else console)
        if not as_json and not report:
            _say_turns(transcript)
    if faults:
        raise typer.Exit(Exit.FAILED if faults == len(files) else Exit.PARTIAL)


def _with_roles(transcript: Transcript, interviewers: Sequence[str]) -> Transcript:
    """Add roles; where they cannot be told the turns go through without, and a line says so."""
    from discovery.errors import RolesError
    from discovery.transcripts import assign_roles

    try:
        return assign_roles(transcript, interviewers=interviewers)
    except RolesError as fault:
        fault.source = fault.source or transcript.source
        say_fault(fault)
        return transcript


def _say_json(transcript: Transcript) -> None:
    from discovery.tables import turn_row

    for turn in transcript.turns:
        typer.echo(json.dumps(turn_row(turn), ensure_ascii=False))


def _say_turns(transcript: Transcript) -> None:
    for turn in transcript.turns:
        time = "" if turn.start_s is None else f"{_clock(turn.start_s)}  "
        role = f" ({turn.role.value})" if turn.role else ""
        console.print(f"{time}{turn.speaker}{role}", style="bold", markup=False)
        console.print(turn.text, markup=False, soft_wrap=True)
        console.print()


def _say_report(transcript: Transcript, out: Console) -> None:
    from rich.table import Table
    from rich.text import Text

    seen = transcript.report
    table = Table(title=Text(seen.source), title_justify="left", show_header=False, min_width=60)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row("layout", Text(f"{seen.layout}, confidence {seen.confidence:.2f}"))
    table.add_row("because", Text(seen.reason))
    words = sum(len(turn.text.split()) for turn in transcript.turns)
    table.add_row("turns", f"{len(transcript.turns):,} ({words:,} words)")
    table.add_row("speakers", Text("\n".join(_speaker_lines(transcript))))
    table.add_row("skipped", Text("\n".join(_skipped_lines(transcript)) or "nothing"))
    table.add_row("notices", Text("\n".join(_notice_lines(transcript)) or "none"))
    out.print(table)


def _speaker_lines(transcript: Transcript) -> list[str]:
    from discovery.transcripts import speaker_shares

    shares = speaker_shares(transcript)
    lines = []
    for speaker in transcript.speakers:
        role = (
            f"{speaker.role.value}, confidence {speaker.confidence:.2f}" if speaker.role else "role unknown"
        )
        basis = f" ({speaker.basis})" if speaker.basis else ""
        lines.append(f"{speaker.name}: {shares[speaker.name]:.0%} of the words, {role}{basis}")
    return lines


def _skipped_lines(transcript: Transcript) -> list[str]:
    """Group skipped lines by reason; each reason with its line numbers."""
    by_reason: dict[str, list[int]] = {}
    for skipped in transcript.report.skipped:
        by_reason.setdefault(skipped.reason, []).append(skipped.line)
    lines = []
    for reason, numbers in by_reason.items():
        shown = ", ".join(map(str, numbers[:_MOST_SKIPPED]))
        left = len(numbers) - _MOST_SKIPPED
        lines.append(f"{reason}: line {shown}" + (f" and {left} more" if left > 0 else ""))
    return lines


def _notice_lines(transcript: Transcript) -> list[str]:
    """Group notices that say the same, with the lines they name."""
    counts: dict[tuple[str, str], int] = {}
    places: dict[tuple[str, str], list[int]] = {}
    for notice in transcript.report.notices:
        key = notice.kind.value, notice.what
        counts[key] = counts.get(key, 0) + notice.count
        if notice.line is not None:
            places.setdefault(key, []).append(notice.line)
    lines = []
    for key, count in counts.items():
        numbers = places.get(key, [])
        where = f" (line {', '.join(map(str, numbers[:_MOST_SKIPPED]))})" if numbers else ""
        lines.append(f"{key[0]}, {count:,}: {key[1]}{where}")
    return lines


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
