"""What a reader makes of a fixture, in the shape of its ``NAME.expected.json``.

``python -m tests.transcripts.transcript_expectations FILE...`` writes the expectation of new
fixtures. Read every one it writes against the fixture before you keep it: it records what the
readers do, not what is right.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from discovery.errors import DiscoveryError
from discovery.transcripts.reading import read_transcript

DATA = Path(__file__).parent / "data"


def expectation_of(path: Path) -> Path:
    return path.with_name(path.name + ".expected.json")


def observe(path: Path) -> dict[str, Any]:
    try:
        transcript = read_transcript(path)
    except DiscoveryError as fault:
        return {"error": fault.code}
    return {
        "layout": transcript.layout,
        "turns": [[turn.speaker, turn.start_s, turn.end_s, turn.text] for turn in transcript.turns],
        "lines": [[cue.line for cue in turn.cues] for turn in transcript.turns],
        "skipped": [[skipped.line, skipped.reason] for skipped in transcript.report.skipped],
        "notices": [[notice.kind.value, notice.what, notice.count] for notice in transcript.report.notices],
    }


def write(path: Path) -> None:
    """One item a line, so that a change of a reader shows as a readable difference."""
    parts = []
    for key, value in observe(path).items():
        if isinstance(value, list) and value:
            items = ",\n".join("  " + json.dumps(item, ensure_ascii=False) for item in value)
            parts.append(f" {json.dumps(key)}: [\n{items}\n ]")
        else:
            parts.append(f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    expectation_of(path).write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


def main() -> None:
    for name in sys.argv[1:]:
        write(Path(name))


if __name__ == "__main__":
    main()
