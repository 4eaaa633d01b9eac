"""Everything that is learned, learned again: one function, from the annotated interviews to the weights."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from discovery.annotated import load_folder
from discovery.claims import train_claims
from discovery.exchanges import pair_exchanges
from discovery.language import AnswerEncoder
from discovery.language.speech_training import train_speech
from discovery.mismatches import train_mismatches
from discovery.progress import Progress
from discovery.records import AnnotatedInterview
from discovery.topics.anchors import make_theme_vectors
from discovery.transcripts.role_model import train_roles

PACKAGE = Path(__file__).parent
PLACES = {
    "units of machine speech": "language",
    "roles": "transcripts",
    "topic themes": "topics",
    "claims": "claims/weights",
    "mismatches": "mismatches/weights",
}
"""What is learned, in order, and the folder of the package that holds it."""


def train_everything(
    data: Path, encoder: AnswerEncoder, progress: Progress, *, output: Path | None = None, seed: int = 0
) -> dict[str, Mapping[str, Any]]:
    """Learn every shipped weight again from annotated interviews.

    The same data gives the same bytes on one kind of processor with as many threads; elsewhere sums
    are rounded otherwise, and weights differ in their last digits.

    Args:
        data: Folder of annotated interviews in source form. Beside it there may be a folder
            ``passages`` with stretches marked for mismatches only, and a folder ``other_talk`` with
            talk about something else.
        encoder: The sentence encoder.
        progress: Who shows how far it is.
        output: Write below this folder instead of into the package.
        seed: Fixes every draw; the shipped weights were made with 0, on one thread.

    Returns:
        What each part reports of itself, by name.

    Raises:
        AnnotationError: There is no annotated interview, or one is not valid.
    """
    interviews = load_folder(data)
    passages, other_talk = (_beside(data, name) for name in ("passages", "other_talk"))
    exchanges = [exchange for interview in interviews for exchange in pair_exchanges(interview.turns)]
    folders = {name: (output or PACKAGE) / place for name, place in PLACES.items()}
    steps: dict[str, Callable[[Path], Mapping[str, Any] | None]] = {
        "units of machine speech": lambda to: train_speech(interviews, to),
        "roles": lambda to: train_roles(interviews, to),
        "topic themes": lambda to: make_theme_vectors(encoder, to),
        "claims": lambda to: train_claims(
            interviews, encoder, to, seed=seed, exchanges=exchanges, other_talk=other_talk
        ),
        "mismatches": lambda to: train_mismatches(interviews, encoder, to, seed=seed, passages=passages),
    }
    reports: dict[str, Mapping[str, Any]] = {}
    with progress.stage(f"Learning from {len(interviews)} interviews", len(steps)) as advance:
        for name, step in steps.items():
            folders[name].mkdir(parents=True, exist_ok=True)
            reports[name] = step(folders[name]) or {}
            advance()
    return reports


def _beside(data: Path, name: str) -> list[AnnotatedInterview]:
    folder = data.absolute().parent / name
    return load_folder(folder) if folder.is_dir() else []
