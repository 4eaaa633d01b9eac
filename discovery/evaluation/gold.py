"""Gold interviews, read the way the product reads any transcript."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from discovery.annotated import load_gold
from discovery.errors import AnnotationError, DiscoveryError
from discovery.records import AnnotatedInterview
from discovery.transcripts import assign_roles, read_transcript


@dataclass(frozen=True, slots=True)
class Gold:
    """A folder of gold interviews, read.

    Args:
        interviews: Those that could be read, by file name.
        wrong_roles: Speakers given another role than the annotation gives them.
        faults: Why the others could not be read.
    """

    interviews: tuple[AnnotatedInterview, ...]
    wrong_roles: int
    faults: tuple[DiscoveryError, ...]


def read_gold(folder: Path) -> Gold:
    """Read every ``NAME.gold.json`` of a folder with the transcript it annotates.

    Roles are assigned from the talk, as in a study; the annotation's own roles are only
    compared with them.

    Args:
        folder: Holds gold files; their transcripts lie beside them, or in the folder ``transcripts``
            next to this one, as in a study.

    Raises:
        AnnotationError: There is no gold file.
    """
    paths = sorted(folder.glob("*.gold.json"))
    if not paths:
        raise AnnotationError("annotation.none", folder=folder.name)
    interviews: list[AnnotatedInterview] = []
    faults: list[DiscoveryError] = []
    wrong = 0
    for path in paths:
        try:
            interview, misjudged = _read_one(path)
        except DiscoveryError as fault:
            faults.append(fault)
        else:
            interviews.append(interview)
            wrong += misjudged
    return Gold(tuple(interviews), wrong, tuple(faults))


def _read_one(path: Path) -> tuple[AnnotatedInterview, int]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        name, marked = Path(data["transcript"]).name, data["speakers"]
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise AnnotationError(
            "annotation.invalid", source=path.name, faults="no transcript or speakers can be read from it"
        ) from problem
    beside, in_study = path.parent / name, path.absolute().parents[1] / "transcripts" / name
    transcript = assign_roles(read_transcript(beside if beside.is_file() else in_study))
    wrong = sum(speaker.role != marked.get(speaker.name, speaker.role) for speaker in transcript.speakers)
    return load_gold(path, transcript.turns), wrong
