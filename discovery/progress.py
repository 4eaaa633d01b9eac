"""How long work tells how far it is, without knowing who listens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

Advance = Callable[[], None]


class Progress(Protocol):
    """Someone who shows how far a run is."""

    def stage(self, label: str, total: int) -> AbstractContextManager[Advance]:
        """Open a stage of ``total`` steps; call what it yields once a step."""


class Silent:
    """Progress that nobody sees."""

    @contextmanager
    def stage(self, label: str, total: int) -> Iterator[Advance]:
        """Open a stage; steps are not shown."""
        yield lambda: None
