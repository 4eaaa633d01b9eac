"""The public face: a study folder as one object, its tables as DataFrames."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discovery.errors import ExportError, StudyError
from discovery.records import Mismatch, Notice, Review, Status, Turn
from discovery.review import apply_reviews
from discovery.settings import StudySettings, load_settings
from discovery.store import Store
from discovery.tables import SHAPES, Row, frame

if TYPE_CHECKING:
    import pandas as pd

    from discovery.briefs.model import Figure
    from discovery.pipeline import RunSummary
    from discovery.privacy import NameReview
    from discovery.progress import Progress


class Study:
    """A study folder: run it, read its tables, decide on its mismatches, write its brief.

    Args:
        folder: The folder that holds study.toml.

    Raises:
        StudyError: There is no study in the folder.
    """

    def __init__(self, folder: str | Path = ".") -> None:
        """Open the folder; nothing is analysed yet."""
        self.folder = Path(folder)
        if not (self.folder / "study.toml").is_file():
            raise StudyError("study.missing", folder=str(folder))

    def __repr__(self) -> str:
        return f"Study({str(self.folder)!r})"

    @property
    def settings(self) -> StudySettings:
        """What study.toml says."""
        return load_settings(self.folder)

    @cached_property
    def _store(self) -> Store:
        return Store(self.folder / "study.sqlite")

    def run(self, *, progress: Progress | None = None, again: bool = False) -> RunSummary:
        """Take the study from its transcripts to its brief; only what has changed is made again.

        Args:
            progress: Who shows how far the run is.
            again: Make everything again.
        """
        from discovery.pipeline import run_flow

        return run_flow(self.folder, progress=progress, again=again)

    def brief(
        self,
        output: str | Path | None = None,
        *,
        audience: str | None = None,
        employer: str | None = None,
        status: str | None = None,
        only: Sequence[str] | None = None,
        page: str | None = None,
        template: str | Path | None = None,
    ) -> tuple[Path, tuple[Notice, ...]]:
        """Write the brief again, for another audience, employer or format.

        Args:
            output: File to write; its suffix (.docx, .md, .html) is the format.
            audience: ``internal``, ``employer`` or ``public``; None as study.toml says, and
                ``employer`` for a sheet about one employer.
            employer: Only this employer's sheet.
            status: Only mismatches of this status.
            only: Keys of the sections wanted.
            page: ``A4`` or ``Letter``; None as study.toml says.
            template: A team's own .docx to take the styles from.

        Returns:
            The file, and what was left out or repaired on the way.

        Raises:
            StudyError: The study has not been run.
        """
        from discovery.pipeline import open_work
        from discovery.stages.briefing import BriefOptions, write_brief

        if not self._store.stages():
            raise StudyError("study.not-run")
        options = BriefOptions(
            output=Path(output) if output else None,
            audience=audience,
            employer=employer,
            status=status,
            only=tuple(only) if only else None,
            page=page,
            template=Path(template) if template else None,
        )
        return write_brief(open_work(self.folder), options)

    def figures(self) -> dict[str, Figure]:
        """Return the figures of the brief by name, each with its caption and what it shows in words.

        Raises:
            StudyError: The study has not been run.
        """
        from discovery.briefs import compose_brief
        from discovery.briefs.model import Figure
        from discovery.pipeline import open_work
        from discovery.stages.briefing import gather_material

        if not self._store.stages():
            raise StudyError("study.not-run")
        brief = compose_brief(gather_material(open_work(self.folder)), audience=self.settings.audience)
        blocks = [block for section in brief.sections for block in section.blocks]
        return {block.key.removeprefix("figure:"): block for block in blocks if isinstance(block, Figure)}

    def records(self, table: str) -> list[Any]:
        """Return the records of one table; mismatches carry the status people gave them.

        Args:
            table: One of the names in :data:`discovery.tables.SHAPES`.

        Raises:
            ExportError: There is no such table.
            StudyError: The study has not been run.
        """
        if table not in SHAPES:
            raise ExportError("export.table", table=table, known=", ".join(SHAPES))
        if table not in ("reviews", "codings") and not self._store.stages():
            raise StudyError("study.not-run")
        records: list[Any] = self._store.load(table, SHAPES[table][0])
        return list(self._reviewed(table, records)) if table in ("mismatches", "candidates") else records

    def _reviewed(self, table: str, found: Sequence[Mismatch]) -> Sequence[Mismatch]:
        turns = self._store.load("turns", Turn) if table == "mismatches" else ()
        return apply_reviews(found, self._store.load("reviews", Review), turns).mismatches

    def rows(self, table: str) -> list[Row]:
        """Return one table in the shape that ``discovery export`` writes."""
        shape = SHAPES[table][1] if table in SHAPES else None
        records = self.records(table)
        return [shape(record) for record in records] if shape else []

    def shared_rows(self, table: str) -> tuple[list[Row], list[Notice]]:
        """Return one table fit to leave the study: pseudonyms, and words only where consent allows."""
        from discovery.pipeline import open_work
        from discovery.stages.sharing import share_rows

        return share_rows(open_work(self.folder), self.rows(table))

    def names(self) -> NameReview:
        """List what the pseudonyms change in the transcripts and which capitalised names they leave.

        The list holds names from the interviews and must not leave the study.
        """
        from discovery.pipeline import open_work
        from discovery.privacy import review_names
        from discovery.stages.sharing import study_names

        return review_names(
            [turn.text for turn in self.records("turns")], study_names(open_work(self.folder))
        )

    def table(self, name: str) -> pd.DataFrame:
        """Return one table as a DataFrame, one row a record."""
        return frame(name, self.rows(name))

    @property
    def interviews(self) -> pd.DataFrame:
        """One row an interview."""
        return self.table("interviews")

    @property
    def turns(self) -> pd.DataFrame:
        """One row a speaker turn."""
        return self.table("turns")

    @property
    def exchanges(self) -> pd.DataFrame:
        """One row a question with its answer."""
        return self.table("exchanges")

    @property
    def claims(self) -> pd.DataFrame:
        """One row a claim."""
        return self.table("claims")

    @property
    def topics(self) -> pd.DataFrame:
        """One row a topic."""
        return self.table("topics")

    @property
    def mismatches(self) -> pd.DataFrame:
        """One row a mismatch, with the status people gave it."""
        return self.table("mismatches")

    @property
    def candidates(self) -> pd.DataFrame:
        """One row a ranked candidate, those under the threshold too."""
        return self.table("candidates")

    @property
    def reviews(self) -> pd.DataFrame:
        """One row a decision."""
        return self.table("reviews")

    @property
    def codings(self) -> pd.DataFrame:
        """One row a coding."""
        return self.table("codings")

    def review(self, anchor: str, status: str, *, memo: str = "", coder: str = "") -> Review:
        """Decide on a mismatch or candidate; earlier decisions stay as history.

        Args:
            anchor: Key of the mismatch, as its table shows it; a unique beginning is enough.
            status: ``accepted``, ``rejected``, ``unsure`` or ``proposed`` (takes a decision back).
            memo: Why.
            coder: Who decides; the name of the account where nothing is given.

        Raises:
            StudyError: No mismatch or candidate, or several, have that anchor, or there is no such status.
        """
        if status not in list(Status):
            raise StudyError("review.status", status=status, known=", ".join(Status))
        found = {m.anchor: m for m in (*self.records("candidates"), *self.records("mismatches"))}
        hits = [mismatch for key, mismatch in found.items() if anchor and key.startswith(anchor)]
        if len(hits) != 1:
            raise StudyError("review.anchor", anchor=anchor, count=len(hits))
        (hit,) = hits
        now = datetime.now(UTC).isoformat(timespec="seconds")
        review = Review(
            hit.anchor, hit.type, hit.stated, hit.actual, Status(status), coder or _account(), now, memo,
            hit.employer, hit.why, hit.score,
        )  # fmt: skip
        self._store.add_review(review)
        return review


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unnamed"
