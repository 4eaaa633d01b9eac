"""What a study gives to other readers, and what it takes from them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from discovery.readings import Reader, Reading
from discovery.study_topics import StudyTopics, now

if TYPE_CHECKING:
    import pandas as pd

    from discovery.progress import Progress
    from discovery.records import Notice
    from discovery.stages.ask_plan import AskPlan
    from discovery.stages.asking import AskReport
    from discovery.stages.importing import ImportReport
    from discovery.stages.training_material import TrainingMaterial
    from discovery.stages.work import Work


class StudyReaders(StudyTopics):
    """A study folder that other readers, models or people, can read beside the built-in one."""

    def _opened(self) -> Work:
        """Open a study that has been run.

        Raises:
            StudyError: It has not been run.
        """
        from discovery.pipeline import open_work

        self._check_run()
        return open_work(self.folder)

    def export_packets(
        self, folder: str | Path, *, limit_words: int | None = None, overlap_turns: int | None = None
    ) -> tuple[list[Path], tuple[Notice, ...]]:
        """Write one self-contained file an interview (or a part of it) for another reader.

        Args:
            folder: Where to write; it is made where it does not exist.
            limit_words: Most words of interview in a file.
            overlap_turns: Turns that parts of one interview share.

        Returns:
            The files, and what was left out.

        Raises:
            StudyError: The study has not been run.
            ReaderError: No employer agreed to be read, or the folder cannot be written to.
        """
        from discovery.stages.packets import LIMIT_WORDS, OVERLAP_TURNS, write_packets

        return write_packets(
            self._opened(),
            Path(folder),
            limit_words=LIMIT_WORDS if limit_words is None else limit_words,
            overlap_turns=OVERLAP_TURNS if overlap_turns is None else overlap_turns,
        )

    def import_answers(
        self,
        paths: Sequence[str | Path],
        reader: str,
        *,
        kind: str = "",
        model: str = "",
        anchor_threshold: float = 90,
    ) -> ImportReport:
        """Take in what another reader answered; every quote is checked against the transcript.

        Args:
            paths: Files of answers, or folders of them.
            reader: Name of the reader.
            kind: ``person`` or ``model``; a model where ``model`` is given.
            model: Model and version, as its maker calls it.
            anchor_threshold: Least likeness, 0 to 100, of a quote that is not verbatim.

        Raises:
            StudyError: The study has not been run.
            ReaderError: The name is taken, there is no such kind, or there is nothing to import.
        """
        from discovery.stages.importing import import_answers
        from discovery.stages.readings import check_reader_name, reader_kind

        who = Reader(check_reader_name(reader), reader_kind(kind, model), model.strip(), at=now())
        return import_answers(
            self._opened(), [Path(path) for path in paths], who, anchor_threshold=anchor_threshold
        )

    def plan_asking(
        self, *, limit_words: int | None = None, again: bool = False, retry: bool = False
    ) -> AskPlan:
        """Find out what a model would be asked and where text would go; nothing is sent.

        Args:
            limit_words: Most words of interview in a request.
            again: Ask even where an answer is kept.
            retry: Ask again where the answer kept is faulty.

        Raises:
            StudyError: The study has not been run.
            ReaderError: study.toml names no model, text may not go there, or no employer agreed.
        """
        from discovery.stages.ask_plan import plan_asking
        from discovery.stages.packets import LIMIT_WORDS

        words = LIMIT_WORDS if limit_words is None else limit_words
        return plan_asking(self._opened(), limit_words=words, again=again, retry=retry)

    def ask_model(
        self,
        plan: AskPlan | None = None,
        *,
        reader: str = "",
        anchor_threshold: float = 90,
        progress: Progress | None = None,
    ) -> AskReport:
        """Ask the model that study.toml names under [reader]; every answer is verified and kept.

        Args:
            plan: What to ask, from :meth:`plan_asking`; everything not yet answered where None.
            reader: Name of the reader; the model's where nothing is given.
            anchor_threshold: Least likeness, 0 to 100, of a quote that is not verbatim.
            progress: Who shows how far it is.

        Raises:
            StudyError: The study has not been run.
            ReaderError: Text may not go there, no server answers, or the client library is missing.
        """
        from discovery.stages.asking import ask_about

        work = self._opened()
        work.progress = progress or work.progress
        plan = plan or self.plan_asking()
        return ask_about(work, plan, at=now(), name=reader, anchor_threshold=anchor_threshold)

    def readings(self) -> pd.DataFrame:
        """Return what other readers answered: a row an answer, with counts of what was taken and rejected."""
        from discovery import views

        return views.readings(self._store.load("readings", Reading))

    def rejections(self) -> pd.DataFrame:
        """Return what was not taken over from other readers' answers: a row an item, with the reason."""
        from discovery import views

        return views.rejections(self._store.load("readings", Reading))

    def readers(self) -> pd.DataFrame:
        """Return everyone who has read: a row a reader, with what it found and was rejected.

        Raises:
            StudyError: The study has not been run.
        """
        from discovery import views
        from discovery.stages.readers import list_readers

        return views.readers(list_readers(self._opened()))

    def agreement(self) -> pd.DataFrame:
        """Return how far readers agree, two by two, over the interviews that both have read.

        Two mismatches agree when type and evidence do (annotation guide, section 4); ``f1`` is twice
        the number of agreed ones over the sum of both readers' mismatches.

        Raises:
            StudyError: The study has not been run.
        """
        from discovery import views
        from discovery.stages.readers import compare_readers

        return views.agreement(compare_readers(self._opened()))

    def training_material(
        self, folder: str | Path, reader: str, *, accept_claims: bool = False
    ) -> TrainingMaterial:
        """Write a reader's answers that people have decided on as annotations to train on.

        Args:
            folder: Where to write ``interviews`` and ``passages``.
            reader: Name of the reader.
            accept_claims: Take the claims of a model too, because somebody has looked through them.

        Raises:
            StudyError: The study has not been run.
            ReaderError: There is no such reader.
        """
        from discovery.stages.training_material import write_training_material

        return write_training_material(self._opened(), Path(folder), reader, accept_claims=accept_claims)
