"""The flow, top to bottom, one line a stage."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from discovery.errors import DiscoveryError, StudyError
from discovery.language import AnswerEncoder
from discovery.progress import Progress, Silent
from discovery.records import Claim, Interview, Mismatch, Notice, Topic, Turn
from discovery.settings import load_employers, load_settings
from discovery.stages.analysis import extract_all_claims, find_all_mismatches
from discovery.stages.briefing import write_study_brief
from discovery.stages.joining import join_all_readings
from discovery.stages.reading import pair_all_exchanges, read_transcripts
from discovery.stages.topics import fit_study_topics
from discovery.stages.work import Work, load_questions
from discovery.store import Store


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a run did.

    Args:
        brief: The brief it wrote, or the one that still stands.
        interviews: Interviews read.
        employers: Employers they belong to.
        turns: Turns read.
        claims: Claims found, guarded ones left out.
        topics: Topics fitted.
        mismatches: Mismatches reported.
        agreed: Mismatches that more than one reader found.
        readers: Everyone who found any of them.
        notices: What was dropped, merged, guessed or repaired.
        faults: Files that could not be read, and why.
        made: Stages made in this run.
        kept: Stages that still stood as they were.
        seconds: Wall-clock time.
    """

    brief: Path
    interviews: int
    employers: int
    turns: int
    claims: int
    topics: int
    mismatches: int
    notices: tuple[Notice, ...]
    faults: tuple[DiscoveryError, ...]
    made: tuple[str, ...]
    kept: tuple[str, ...]
    seconds: float
    agreed: int = 0
    readers: tuple[str, ...] = ()


def run_flow(
    folder: Path,
    *,
    progress: Progress | None = None,
    again: bool = False,
    encoder: AnswerEncoder | None = None,
) -> RunSummary:
    """Take a study from its transcripts to its brief; only what has changed is made again.

    Args:
        folder: The study.
        progress: Who shows how far the run is.
        again: Make every stage again.
        encoder: AnswerEncoder to use instead of MiniLM.

    Raises:
        StudyError: There is no study, its settings have faults, or no transcript could be read.
    """
    started = time.monotonic()
    work = open_work(folder, progress=progress, again=again, encoder=encoder)
    read = read_transcripts(work)
    if not read:
        raise NothingReadError(folder, work.faults)
    exchanges = pair_all_exchanges(work, read)
    claims = extract_all_claims(work, exchanges)
    topics = fit_study_topics(work, exchanges)
    mismatches = find_all_mismatches(work, claims, topics)
    joined = join_all_readings(work, mismatches)
    brief = write_study_brief(work, {**joined, "topics": topics})
    return _summary(work, brief, time.monotonic() - started)


class NothingReadError(StudyError):
    """No transcript of the study could be read; ``faults`` says why, file by file."""

    def __init__(self, folder: Path, faults: list[DiscoveryError]) -> None:
        """Keep the faults of the single files."""
        super().__init__("study.no-transcripts", folder=str(folder / "transcripts"))
        self.folder = folder
        self.faults = tuple(faults)

    def _render_traceback_(self) -> list[str]:
        """Show the single faults in a notebook too, a line a file."""
        return [*super()._render_traceback_(), *map(str, self.faults)]

    def __reduce__(self) -> tuple[type[NothingReadError], tuple[Path, list[DiscoveryError]]]:
        """Keep the single faults when the error crosses a process border."""
        return type(self), (self.folder, list(self.faults))


def open_work(
    folder: Path,
    *,
    progress: Progress | None = None,
    again: bool = False,
    encoder: AnswerEncoder | None = None,
) -> Work:
    """Open a study for a run: settings, employers, question banks, store.

    Raises:
        StudyError: There is no study, or its settings have faults.
    """
    settings = load_settings(folder)
    return Work(
        folder=folder,
        settings=settings,
        employers=tuple(load_employers(folder)),
        questions=load_questions(folder, settings),
        store=Store(folder / "study.sqlite"),
        progress=progress or Silent(),
        again=again,
        given_encoder=encoder,
    )


def _summary(work: Work, brief: Path, seconds: float) -> RunSummary:
    store = work.store
    interviews, mismatches = store.load("interviews", Interview), store.load("mismatches", Mismatch)
    return RunSummary(
        brief=brief,
        interviews=len(interviews),
        employers=len({interview.employer for interview in interviews}),
        turns=len(store.load("turns", Turn)),
        claims=sum(not claim.guards for claim in store.load("claims", Claim)),
        topics=len(store.load("topics", Topic)),
        mismatches=len(mismatches),
        notices=tuple(store.load("notices", Notice)),
        faults=tuple(work.faults),
        made=tuple(work.made),
        kept=tuple(work.kept),
        seconds=seconds,
        agreed=sum(len(mismatch.readers) > 1 for mismatch in mismatches),
        readers=tuple(sorted({name for mismatch in mismatches for name in mismatch.readers})),
    )
