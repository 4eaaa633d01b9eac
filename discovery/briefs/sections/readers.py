"""Who read what: the built-in reader and the others, what was rejected, and where they agree."""

from __future__ import annotations

from discovery.briefs.evidence import Evidence
from discovery.briefs.material import ReaderRow
from discovery.briefs.model import Block, Heading, Table, say
from discovery.briefs.wording import capital, listed
from discovery.records import Mismatch


def reader_names(evidence: Evidence) -> dict[str, str]:
    """Names of readers as this audience sees them: outside the team a person goes by a number."""
    if evidence.audience.workings:
        return {row.name: evidence.door.plain(row.name) for row in evidence.material.readers}
    people = [row.name for row in evidence.material.readers if row.kind == "person"]
    shown = {name: f"person {number}" for number, name in enumerate(people, 1)}
    return {row.name: shown.get(row.name, evidence.door.plain(row.name)) for row in evidence.material.readers}


def found_by(evidence: Evidence, mismatch: Mismatch) -> str:
    """Say who found a mismatch; nothing where nobody but the built-in reader has read."""
    names = reader_names(evidence)
    if len(names) < 2 or not mismatch.readers:
        return ""
    return listed([names.get(name, name) for name in mismatch.readers])


def reader_blocks(evidence: Evidence) -> list[Block]:
    """Say who read what, with counts of what was rejected; nothing where only the built-in reader has."""
    rows = evidence.material.readers
    if len(rows) < 2:
        return []
    names = reader_names(evidence)
    table = Table(
        "table:readers",
        "Readers",
        ("Reader", "Model and instructions", "Interviews", "Claims", "Mismatches", "Rejected"),
        tuple(_row(evidence, row, names[row.name]) for row in rows),
        (2, 4, 1.6, 1.4, 1.8, 1.6),
        (2, 3, 4, 5),
    )
    return [
        Heading("Who read what"),
        say(
            "Interviews went to other readers under pseudonyms. What came back was taken over only where "
            "each quote stands in its turn of the transcript and the turn is the employer's; the rest was "
            "rejected and counted. A mismatch that several readers found is shown once and names them all; "
            "its score becomes 1 − (1 − score) × (1 − trust), where trust is the share of a reader's "
            "mismatches that people accepted, with one acceptance and one rejection added."
        ),
        table,
        *_rejected(rows, names),
        *_agreed(evidence),
    ]


def _row(evidence: Evidence, row: ReaderRow, name: str) -> tuple[str, ...]:
    models = "; ".join(evidence.door.plain(model) for model in row.models) or row.kind
    counts = (row.interviews, row.claims, row.mismatches, sum(row.rejected.values()))
    return (name, f"{models} ({row.date})" if row.date else models, *(f"{number:,}" for number in counts))


def _rejected(rows: tuple[ReaderRow, ...], names: dict[str, str]) -> list[Block]:
    said = []
    for row in rows:
        if row.rejected:
            reasons = listed([f"{number} × {why}" for why, number in row.rejected.items()])
            said.append(f"{capital(names[row.name])}: {reasons}.")
    return [say("Rejected, with reasons. " + " ".join(said))] if said else []


def _agreed(evidence: Evidence) -> list[Block]:
    every = [each for each in evidence.all_mismatches if each.readers]
    several = sum(len(each.readers) > 1 for each in every)
    return [say(f"Mismatches that more than one reader found: {several} of {len(every)}.")]
