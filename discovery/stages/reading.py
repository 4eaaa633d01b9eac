"""Transcript files to turns with roles, and turns to exchanges; one bad file never stops the others."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from discovery.errors import DiscoveryError
from discovery.exchanges import pair_exchanges
from discovery.records import Interview, Notice, NoticeKind, Transcript, Turn
from discovery.stages.work import Work, fingerprint
from discovery.transcripts import assign_roles, read_transcript


def find_transcripts(folder: Path) -> list[Path]:
    """List the transcript files of a study by name; hidden files, folders and READMEs are none."""
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.iterdir()
        if path.is_file() and path.name[0] not in ".~" and path.stem.upper() != "README"
    )


def read_transcripts(work: Work) -> dict[str, str]:
    """Read every transcript that has changed.

    Returns:
        Fingerprint by transcript file, for those that could be read.
    """
    paths = find_transcripts(work.folder / "transcripts")
    read: dict[str, str] = {}
    with work.progress.stage("Reading transcripts", len(paths)) as advance:
        for path in paths:
            try:
                read[path.name] = _read(work, path)
            except DiscoveryError as fault:
                fault.source = fault.source or path.name
                work.faults.append(fault)
            advance()
    for prefix in ("read:", "exchanges:"):
        work.forget_others(prefix, read)
    return read


def _read(work: Work, path: Path) -> str:
    with path.open("rb") as raw:
        sha256 = hashlib.file_digest(raw, "sha256").hexdigest()
    interviewers = _interviewers(work, path.name)
    employer, guessed = employer_of(work, path)
    made_from = fingerprint(
        path.name, sha256, interviewers, employer, [question.text for question in work.questions]
    )
    stage = f"read:{path.name}"
    if work.fresh(stage, made_from):
        return made_from
    transcript = assign_roles(read_transcript(path), interviewers=interviewers, questions=work.questions)
    interview = _interview(transcript, employer, sha256)
    notices = [replace(notice, source=path.name) for notice in transcript.report.notices]
    skipped = len(transcript.report.skipped)
    if skipped:
        notices.append(
            Notice("read", NoticeKind.DROPPED, "lines that are not speech", path.name, count=skipped)
        )
    if guessed:
        notices.append(Notice("read", NoticeKind.GUESSED, "employer taken from the file name", path.name))
    work.save(
        stage,
        made_from,
        {"interviews": [interview], "read_reports": [transcript.report], "turns": transcript.turns},
        notices,
    )
    return made_from


def _interviewers(work: Work, source: str) -> tuple[str, ...]:
    """Names of interviewers that apply to one file: its own line, or those of every interview."""
    return work.settings.interviewers_by_file.get(source, work.settings.interviewers)


def employer_of(work: Work, path: Path) -> tuple[str, bool]:
    """Tell whose interview a file is, and whether that is a guess.

    The line under [interviews] in study.toml decides; else the employer whose id the file name
    is or starts with; else the file name itself.
    """
    if path.name in work.settings.employer_of:
        return work.settings.employer_of[path.name], False
    stem = path.stem.lower()
    known = sorted((employer.id for employer in work.employers), key=len, reverse=True)
    for key in known:
        if stem == key.lower() or stem.startswith((f"{key.lower()}-", f"{key.lower()}_")):
            return key, False
    return path.stem, True


def _interview(transcript: Transcript, employer: str, sha256: str) -> Interview:
    words = sum(len(turn.text.split()) for turn in transcript.turns)
    return Interview(
        transcript.source,
        employer,
        transcript.layout,
        len(transcript.turns),
        words,
        sha256,
        transcript.speakers,
    )


def pair_all_exchanges(work: Work, read: dict[str, str]) -> dict[str, str]:
    """Pair questions and answers of every transcript that has changed.

    Args:
        work: The run.
        read: Fingerprint by transcript file.

    Returns:
        Fingerprint of the exchanges by transcript file.
    """
    paired: dict[str, str] = {}
    with work.progress.stage("Pairing questions and answers", len(read)) as advance:
        for source, made_from in read.items():
            paired[source] = fingerprint(made_from, "exchanges")
            if not work.fresh(f"exchanges:{source}", paired[source]):
                turns = work.store.load("turns", Turn, stage=f"read:{source}")
                exchanges = pair_exchanges(turns, questions=work.questions, encoder=work.encoder)
                work.save(f"exchanges:{source}", paired[source], {"exchanges": exchanges})
            advance()
    return paired
