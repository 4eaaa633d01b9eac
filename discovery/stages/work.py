"""What every stage of a run shares: the study, its store, the encoder, and what the run collects."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from discovery.errors import DiscoveryError
from discovery.language import AnswerEncoder, MiniLM, cached
from discovery.progress import Progress
from discovery.records import Employer, Notice, Question
from discovery.settings import StudySettings
from discovery.store import Store


@dataclass
class Work:
    """One run over one study.

    Args:
        folder: The study.
        settings: What study.toml says.
        employers: What employers.csv says.
        questions: Questions of every bank the study uses.
        store: Its database.
        progress: Who shows how far the run is.
        again: Make every stage again, even where nothing has changed.
        given_encoder: Encoder to use instead of MiniLM.
    """

    folder: Path
    settings: StudySettings
    employers: tuple[Employer, ...]
    questions: tuple[Question, ...]
    store: Store
    progress: Progress
    again: bool = False
    given_encoder: AnswerEncoder | None = None
    faults: list[DiscoveryError] = field(default_factory=list)
    made: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    @cached_property
    def encoder(self) -> AnswerEncoder:
        """The encoder, with vectors kept in the store by content."""
        return cached(self.given_encoder or MiniLM(), self.store)

    @property
    def encoder_name(self) -> str:
        """Name and version of the encoder, without loading it."""
        return (self.given_encoder or MiniLM()).name

    def forget_others(self, prefix: str, keep: Iterable[str]) -> None:
        """Drop derived rows of stages named ``prefix`` + key whose key is no longer in ``keep``."""
        known = {prefix + key for key in keep}
        self.store.forget([s for s in self.store.stages() if s.startswith(prefix) and s not in known])

    def fresh(self, stage: str, fingerprint: str) -> bool:
        """Tell whether a stage still stands as it was made, and note which it is."""
        fresh = not self.again and self.store.fingerprint(stage) == fingerprint
        (self.kept if fresh else self.made).append(stage)
        return fresh

    def save(
        self,
        stage: str,
        fingerprint: str,
        records: Mapping[str, Iterable[Any]],
        notices: Iterable[Notice] = (),
        artifacts: Mapping[str, Any] | None = None,
    ) -> None:
        """Store what a stage made, with what it dropped, merged, guessed or repaired."""
        self.store.save(stage, fingerprint, {**records, "notices": notices}, artifacts)


def load_questions(folder: Path, settings: StudySettings) -> tuple[Question, ...]:
    """Load the built-in question banks, those in ``interview_guides/`` and those that study.toml names.

    Raises:
        BankError: A bank has faults.
    """
    from discovery.guides import load_banks

    own = folder / "interview_guides"
    return load_banks([*([own] if own.is_dir() else []), *(folder / name for name in settings.banks)])


def fingerprint(*parts: Any) -> str:
    """Return one hash of what a stage is made from; equal parts give equal hashes.

    >>> fingerprint("a", [1, 2]) == fingerprint("a", [1, 2]) != fingerprint("a", [2, 1])
    True
    """
    text = json.dumps([code_fingerprint(), *parts], sort_keys=True, default=repr, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def code_fingerprint() -> str:
    """Return one hash of the package's code, rules and weight manifests, so that a new version runs anew."""
    root = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.suffix in {".py", ".toml", ".json"} and "cli" not in path.parts:
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
