"""What can be looked at in a study: every table as a DataFrame, one row a record."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discovery import views
from discovery.errors import ExportError, StudyError
from discovery.records import Interview, Mismatch, Notice, ReadReport, Review, TopicDocument, Turn
from discovery.review import apply_reviews
from discovery.settings import StudySettings, load_settings
from discovery.store import Store
from discovery.tables import SHAPES, Row, frame

if TYPE_CHECKING:
    import pandas as pd


class StudyTables:
    """A study folder to read from.

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

    @property
    def settings(self) -> StudySettings:
        """What study.toml says."""
        return load_settings(self.folder)

    @cached_property
    def _store(self) -> Store:
        return Store(self.folder / "study.sqlite")

    def _check_run(self) -> None:
        if not self._store.stages():
            raise StudyError("study.not-run")

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
        if table not in ("reviews", "codings"):
            self._check_run()
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

    def table(self, name: str) -> pd.DataFrame:
        """Return one table as a DataFrame, one row a record."""
        return frame(name, self.rows(name))

    @property
    def interviews(self) -> pd.DataFrame:
        """One row an interview."""
        return self.table("interviews")

    @property
    def speakers(self) -> pd.DataFrame:
        """One row a voice of an interview: its role, how sure that is (0 to 1), and what spoke for it."""
        self._check_run()
        return views.speakers(self._store.load("interviews", Interview))

    @property
    def read_reports(self) -> pd.DataFrame:
        """One row a transcript file: the layout it was read as, why, and how many lines are no speech."""
        self._check_run()
        return views.read_reports(self._store.load("read_reports", ReadReport))

    @property
    def skipped_lines(self) -> pd.DataFrame:
        """One row a line of a transcript file that is not speech, and why it was left out."""
        self._check_run()
        return views.skipped_lines(self._store.load("read_reports", ReadReport))

    @property
    def notices(self) -> pd.DataFrame:
        """One row a thing that the analysis dropped, merged, guessed or repaired, with its count."""
        self._check_run()
        return views.notices(self._store.load("notices", Notice))

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
    def topic_documents(self) -> pd.DataFrame:
        """One row a stretch of employer talk, with the topic it belongs to (-1: none)."""
        self._check_run()
        return views.topic_documents(self._store.load("topic_documents", TopicDocument))

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
