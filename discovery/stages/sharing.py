"""What may leave a study: names replaced by the study's own pseudonyms, consent respected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from discovery.privacy import Pseudonyms, redact
from discovery.records import Employer, Interview, Notice, NoticeKind, Role, Speaker, Turn
from discovery.stages.work import Work

_STAGE = "names"
_NAMES = ("speaker", "interviewers", "respondents")
_WORDS = ("quote", "text", "question", "why", "memo")


def study_names(work: Work) -> Pseudonyms:
    """Give everyone the study knows of a pseudonym; whoever has one keeps it in later runs.

    Args:
        work: An opened study that has been run.
    """
    interviews = work.store.load("interviews", Interview)
    speakers = [speaker for interview in interviews for speaker in interview.speakers]
    speakers += [Speaker(name, Role.EMPLOYER) for name in work.settings.people]
    kept: Mapping[str, str] = work.store.artifact("pseudonyms") or {}
    names = Pseudonyms.for_study(
        described_employers(work, interviews), speakers, turns=work.store.load("turns", Turn), keep=kept
    )
    if dict(names.mapping) != kept:
        work.save(_STAGE, "", {}, artifacts={"pseudonyms": dict(names.mapping)})
    return names


def described_employers(work: Work, interviews: Sequence[Interview]) -> tuple[Employer, ...]:
    """Employers of employers.csv that were interviewed, and those known from a file name only."""
    known = {employer.id: employer for employer in work.employers}
    met = dict.fromkeys(interview.employer for interview in interviews)
    return tuple(known.get(key) or Employer(key, key) for key in met)


def share_rows(work: Work, rows: Sequence[Mapping[str, Any]]) -> tuple[list[dict[str, Any]], list[Notice]]:
    """Make rows of a table fit to leave the study.

    Employers go by their pseudonym, files by a number; people and private details are replaced
    in all words, and words are blanked where the employer's consent is not ``quote``. Rows of
    employers who agreed to nothing are left out. Offsets still refer to the transcript as it is.

    Args:
        work: An opened study that has been run.
        rows: Rows as ``discovery export`` writes them.

    Returns:
        The rows to share, and what was left out.
    """
    names = study_names(work)
    interviews = work.store.load("interviews", Interview)
    employers = {employer.id: employer for employer in described_employers(work, interviews)}
    whose = {interview.source: interview.employer for interview in interviews}
    files = {interview.source: f"interview {number}" for number, interview in enumerate(interviews, 1)}
    shared: list[dict[str, Any]] = []
    left: Counter[str] = Counter()
    for row in rows:
        employer = employers.get(str(row.get("employer") or whose.get(str(row.get("transcript")), "")))
        consent = employer.consent if employer else "quote"
        left[consent] += 1
        if consent != "none":
            clean = _cleaner(names) if consent == "quote" else _blank
            made = _shared(row, employer, clean, names)
            shared.append({key: _file(value, files) for key, value in made.items() if key != "sha256"})
    return shared, _notices(left)


def _cleaner(names: Pseudonyms) -> Callable[[str], str]:
    return lambda text: names.apply(redact(text).text)


def _blank(text: str) -> str:
    return ""


def _shared(
    row: Mapping[str, Any], employer: Employer | None, clean: Callable[[str], str], names: Pseudonyms
) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in row.items():
        if key == "employer" and employer:
            made[key] = employer.pseudonym or names.apply(employer.name)
        elif key in ("stated", "actual"):
            made[key] = {**value, "quote": clean(value["quote"])}
        elif key in _WORDS and isinstance(value, str):
            made[key] = clean(value)
        elif key in _NAMES:
            made[key] = names.apply(value) if isinstance(value, str) else [names.apply(one) for one in value]
        else:
            made[key] = value
    return made


def _file(value: Any, files: Mapping[str, str]) -> Any:
    """Put the number of an interview for the name of its file, which often names the employer."""
    if isinstance(value, dict):
        return {key: _file(item, files) for key, item in value.items()}
    return files.get(value, value) if isinstance(value, str) else value


def _notices(left: Mapping[str, int]) -> list[Notice]:
    rows = (
        ("paraphrase", "rows without their words, because the employer may only be paraphrased"),
        ("none", "rows of employers who agreed to nothing leaving the study"),
    )
    return [Notice("share", NoticeKind.DROPPED, what, count=left[key]) for key, what in rows if left.get(key)]
