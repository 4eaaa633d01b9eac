"""The public face: a study folder as one object to run, look at, decide on and write up."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from discovery import views
from discovery.errors import StudyError
from discovery.records import Notice, Review, Status
from discovery.study_readers import StudyReaders
from discovery.study_topics import account, now
from discovery.tables import Row

if TYPE_CHECKING:
    import pandas as pd

    from discovery.briefs.model import Figure
    from discovery.pipeline import RunSummary
    from discovery.privacy import NameReview
    from discovery.progress import Progress


class Study(StudyReaders):
    """A study folder: run it, read its tables, decide on its mismatches, write its brief.

    Args:
        folder: The folder that holds study.toml.

    Raises:
        StudyError: There is no study in the folder.
    """

    def __repr__(self) -> str:
        return f"Study({str(self.folder)!r})"

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
        from discovery.stages.briefing import BriefOptions, write_brief

        work = self._opened()
        options = BriefOptions(
            output=Path(output) if output else None,
            audience=audience,
            employer=employer,
            status=status,
            only=tuple(only) if only else None,
            page=page,
            template=Path(template) if template else None,
        )
        return write_brief(work, options)

    def figures(self) -> dict[str, Figure]:
        """Return the figures of the brief by name, each with its caption and what it shows in words.

        Raises:
            StudyError: The study has not been run.
        """
        from discovery.briefs import compose_brief
        from discovery.briefs.model import Figure
        from discovery.stages.briefing import gather_material

        brief = compose_brief(gather_material(self._opened()), audience=self.settings.audience)
        blocks = [block for section in brief.sections for block in section.blocks]
        return {block.key.removeprefix("figure:"): block for block in blocks if isinstance(block, Figure)}

    def topic_figures(self) -> dict[str, Figure]:
        """Return the figures of the topics by name: ``map``, ``sides``, ``employers``, ``saturation``.

        Raises:
            StudyError: The study has not been run.
        """
        from discovery.stages.topic_figures import draw_topics

        return draw_topics(self._opened())

    def topic_sides(self) -> pd.DataFrame:
        """Return each topic's share of what employers ask for and of what they do.

        ``difference_low`` and ``difference_high`` are the 95 % interval of stated less actual share.
        """
        from discovery.stages.topic_figures import compare_everyone

        return views.topic_sides(compare_everyone(self._opened()))

    def employer_topics(self) -> pd.DataFrame:
        """Return for each employer how far the topics it asks for and acts on lie apart, beyond chance.

        ``wanted`` and ``unasked`` name topics asked for and never acted on, and the reverse;
        with too little text ``divergence`` stays empty and ``verdict`` says so.
        """
        from discovery.stages.topic_figures import compare_every_employer

        return views.employer_topics(compare_every_employer(self._opened()))

    @property
    def questions(self) -> pd.DataFrame:
        """One row a question of the banks that this study uses."""
        from discovery.stages.work import load_questions

        return views.questions(load_questions(self.folder, self.settings))

    def guide(
        self,
        output: str | Path | None = None,
        *,
        minutes: float = 45,
        focus: Sequence[str] = (),
        role: str | None = None,
        title: str = "",
    ) -> Path:
        """Write an interview guide from the banks of this study and from ``interview_guides/``.

        Args:
            output: File to write, .docx or .md; ``interview_guides/guide.docx`` where nothing is given.
            minutes: Length of the conversation.
            focus: Facets, phases or mismatch types to dwell on.
            role: ``hiring-manager``, ``hr``, ``executive`` or ``recent-hire``.
            title: Title on the cover.

        Raises:
            BankError: A bank has faults, nothing covers the focus, or the time is too short.
        """
        from discovery.guides import build_guide, write_guide
        from discovery.stages.work import load_questions

        bank = load_questions(self.folder, self.settings)
        guide = build_guide(bank, minutes=minutes, focus=focus, role=role, title=title)
        path = Path(output) if output else self.folder / "interview_guides" / "guide.docx"
        return write_guide(guide, path, page=self.settings.page)

    def coverage(self) -> pd.DataFrame:
        """Return what became of each bank question: answered, asked or skipped, a column an interview."""
        bank = self._opened().questions
        return views.coverage(bank, self.records("exchanges"), self.records("turns"))

    def craft(self) -> pd.DataFrame:
        """Return how each interview was led; shares are 0 to 1, ``to_reword`` quotes questions."""
        return views.craft(self.records("turns"), self.records("exchanges"))

    def prevalence(self) -> pd.DataFrame:
        """Return how many employers show each mismatch type, with the 95 % interval of their share."""
        from discovery.stages.analysis import load_study_catalogue
        from discovery.stages.sharing import described_employers

        work = self._opened()
        employers = described_employers(work, self.records("interviews"))
        return views.prevalence(self.records("mismatches"), employers, load_study_catalogue(work).keys)

    def decided(self) -> pd.DataFrame:
        """Return how many mismatches people accepted of those they decided on, by type, with intervals."""
        return views.decided(self.records("candidates"))

    @property
    def annotations(self) -> list[Path]:
        """Interviews of this study that somebody has coded by hand: ``annotations/NAME.gold.json``."""
        return sorted((self.folder / "annotations").glob("*.gold.json"))

    def evaluate(self) -> pd.DataFrame:
        """Score the models against the interviews in ``annotations/``, with 95 % intervals.

        Raises:
            AnnotationError: There is none, or none could be read.
        """
        from discovery.evaluation import evaluate
        from discovery.language import MiniLM

        return views.scores(evaluate(self.folder / "annotations", MiniLM()))

    def names(self) -> NameReview:
        """List what the pseudonyms change in the transcripts and which capitalised names they leave.

        The list holds names from the interviews and must not leave the study.
        """
        from discovery.privacy import review_names
        from discovery.stages.sharing import study_names

        return review_names([turn.text for turn in self.records("turns")], study_names(self._opened()))

    def shared_rows(self, table: str) -> tuple[list[Row], list[Notice]]:
        """Return one table fit to leave the study: pseudonyms, and words only where consent allows."""
        from discovery.stages.sharing import share_rows

        return share_rows(self._opened(), self.rows(table))

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
        review = Review(
            hit.anchor, hit.type, hit.stated, hit.actual, Status(status), coder or account(), now(), memo,
            hit.employer, hit.why, hit.score,
        )  # fmt: skip
        self._store.add_review(review)
        return review
