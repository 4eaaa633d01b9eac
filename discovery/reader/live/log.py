"""What was sent where: one JSON line a step, with hashes and sizes, never text and never the key."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from discovery.errors import ReaderError


class ReaderLog:
    """A file that lines are only added to.

    Each request has two lines: ``sent``, written before its first byte leaves, and ``answered``
    or ``failed``. So a run that was cut off still shows all that it sent.

    Args:
        path: The file, such as ``reports/reader-log.jsonl``.
    """

    def __init__(self, path: Path) -> None:
        """Name the file; it is made with the first line."""
        self.path = path

    def add(self, event: str, **facts: Any) -> None:
        """Add one line.

        Args:
            event: ``sent``, ``answered`` or ``failed``.
            **facts: Names, numbers and hashes; never interview text.

        Raises:
            ReaderError: The file cannot be written; then nothing is sent either.
        """
        line = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "event": event, **facts}
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a", encoding="utf-8", newline="\n") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
        except OSError as problem:
            raise ReaderError("reader.log", file=self.path.name, reason=problem.strerror) from None
