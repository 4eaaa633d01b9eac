"""The study's tables in the shape others read: one row a record, the same in files and DataFrames."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discovery.errors import ExportError
from discovery.records import Claim, Coding, Exchange, Interview, Mismatch, Review, Role, Span, Topic, Turn

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]

FORMATS = ("jsonl", "csv", "parquet")


def turn_row(turn: Turn) -> Row:
    """Shape one turn: transcript, turn, speaker, role, start_s, end_s, text."""
    return {
        "transcript": turn.source,
        "turn": turn.number,
        "speaker": turn.speaker,
        "role": turn.role.value if turn.role else None,
        "start_s": turn.start_s,
        "end_s": turn.end_s,
        "text": turn.text,
    }


def claim_row(claim: Claim) -> Row:
    """Shape one claim: where it stands, its words, and what was read from them."""
    return {
        **_place(claim.span),
        "employer": claim.employer,
        "speaker": claim.speaker,
        "stance": claim.stance.value,
        "facet": claim.facet.value,
        "value": claim.value,
        "score": round(claim.score, 4),
        "guards": [guard.value for guard in claim.guards],
        "model": claim.model,
        "readers": list(claim.readers),
    }


def mismatch_row(mismatch: Mismatch) -> Row:
    """Shape one mismatch or candidate, with both sides nested."""
    stated, actual = mismatch.stated, mismatch.actual
    return {
        "transcript": stated.source,
        "employer": mismatch.employer,
        "type": mismatch.type,
        "stated": _side(stated, stated.source),
        "actual": _side(actual, stated.source),
        "score": round(mismatch.score, 4),
        "why": mismatch.why,
        "status": mismatch.status.value,
        "against": mismatch.against,
        "probe": mismatch.probe,
        "anchor": mismatch.anchor,
        "model": mismatch.model,
        "readers": list(mismatch.readers),
    }


def exchange_row(exchange: Exchange) -> Row:
    """Shape one exchange."""
    return {
        "transcript": exchange.source,
        "exchange": exchange.number,
        "asked": list(exchange.asked),
        "answered": list(exchange.answered),
        "question": exchange.question.quote if exchange.question else None,
        "follows": exchange.follows,
        "bank_question": exchange.bank_question,
        "match": round(exchange.match, 4),
    }


def interview_row(interview: Interview) -> Row:
    """Shape one interview."""
    by_role = {role: [s.name for s in interview.speakers if s.role is role] for role in Role}
    return {
        "transcript": interview.source,
        "employer": interview.employer,
        "layout": interview.layout,
        "turns": interview.turns,
        "words": interview.words,
        "interviewers": by_role[Role.INTERVIEWER],
        "respondents": by_role[Role.EMPLOYER],
        "sha256": interview.sha256,
    }


def topic_row(topic: Topic) -> Row:
    """Shape one topic."""
    return {
        "topic": topic.number,
        "label": topic.label,
        "words": list(topic.words),
        "size": topic.size,
        "stability": topic.stability,
    }


def review_row(review: Review) -> Row:
    """Shape one decision."""
    return {
        "anchor": review.anchor,
        "type": review.type,
        "transcript": review.stated.source,
        "stated": _side(review.stated, review.stated.source),
        "actual": _side(review.actual, review.stated.source),
        "status": review.status.value,
        "coder": review.coder,
        "at": review.at,
        "memo": review.memo,
    }


def coding_row(coding: Coding) -> Row:
    """Shape one coding."""
    return {
        **_place(coding.span),
        "code": coding.code,
        "coder": coding.coder,
        "at": coding.at,
        "memo": coding.memo,
    }


def _place(span: Span) -> Row:
    return {
        "transcript": span.source,
        "turn": span.turn,
        "start": span.start,
        "end": span.end,
        "quote": span.quote,
    }


def _side(span: Span, transcript: str) -> Row:
    """One side of a mismatch; the transcript is named only where it is not the row's own."""
    row = {"turn": span.turn, "start": span.start, "end": span.end, "quote": span.quote}
    return row if span.source == transcript else {"transcript": span.source, **row}


SHAPES: dict[str, tuple[type, Callable[[Any], Row]]] = {
    "interviews": (Interview, interview_row),
    "turns": (Turn, turn_row),
    "exchanges": (Exchange, exchange_row),
    "claims": (Claim, claim_row),
    "topics": (Topic, topic_row),
    "mismatches": (Mismatch, mismatch_row),
    "candidates": (Mismatch, mismatch_row),
    "reviews": (Review, review_row),
    "codings": (Coding, coding_row),
}
"""The record and the shape of every table that can be exported."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "interviews": (
        "transcript", "employer", "layout", "turns", "words", "interviewers", "respondents", "sha256",
    ),
    "turns": ("transcript", "turn", "speaker", "role", "start_s", "end_s", "text"),
    "exchanges": (
        "transcript", "exchange", "asked", "answered", "question", "follows", "bank_question", "match",
    ),
    "claims": (
        "transcript", "turn", "start", "end", "quote", "employer", "speaker", "stance", "facet", "value",
        "score", "guards", "model", "readers",
    ),
    "topics": ("topic", "label", "words", "size", "stability"),
    "mismatches": (
        "transcript", "employer", "type", "stated", "actual", "score", "why", "status", "against", "probe",
        "anchor", "model", "readers",
    ),
    "candidates": (
        "transcript", "employer", "type", "stated", "actual", "score", "why", "status", "against", "probe",
        "anchor", "model", "readers",
    ),
    "reviews": ("anchor", "type", "transcript", "stated", "actual", "status", "coder", "at", "memo"),
    "codings": ("transcript", "turn", "start", "end", "quote", "code", "coder", "at", "memo"),
}  # fmt: skip
"""Columns of every table, so that an empty one still has them."""


def frame(table: str, rows: Sequence[Row]) -> pd.DataFrame:
    """Return rows as a DataFrame with one column a value; sides become ``stated_turn``, ``stated_quote``."""
    import pandas as pd

    flat = [_flatten(row) for row in rows]
    columns = list(_flatten(dict.fromkeys(COLUMNS[table])))
    extra = [key for row in flat for key in row if key not in columns]
    return pd.DataFrame(flat, columns=[*columns, *dict.fromkeys(extra)])


def _flatten(row: Mapping[str, Any]) -> Row:
    flat: Row = {}
    for key, value in row.items():
        if key in ("stated", "actual"):
            side = value or dict.fromkeys(("turn", "start", "end", "quote"))
            flat |= {f"{key}_{name}": item for name, item in side.items()}
        else:
            flat[key] = value
    return flat


def write_table(table: str, rows: Sequence[Row], kind: str, path: Path | None) -> str | None:
    """Write rows to a file, or return them as text where there is no path.

    Args:
        table: Name of the table.
        rows: Its rows.
        kind: ``jsonl``, ``csv`` or ``parquet``.
        path: Where to write; parquet always needs one.

    Raises:
        ExportError: There is no such format, or parquet has no file to go to.
    """
    if kind not in FORMATS or (kind == "parquet" and path is None):
        known = ", ".join(FORMATS if path else FORMATS[:2]) + ("" if path else " (parquet with -o FILE)")
        raise ExportError("export.format", format=kind, known=known)
    if kind == "parquet" and path is not None:
        aside = path.with_name(f".{path.name}.part")
        frame(table, rows).to_parquet(aside, index=False)
        aside.replace(path)
        return None
    text = _jsonl(rows) if kind == "jsonl" else _csv(table, rows)
    if path is None:
        return text
    aside = path.with_name(f".{path.name}.part")
    aside.write_text(text, encoding="utf-8", newline="\n")
    aside.replace(path)
    return None


def _jsonl(rows: Sequence[Row]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _csv(table: str, rows: Sequence[Row]) -> str:
    flat = frame(table, rows)
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow(flat.columns)
    for values in flat.astype(object).where(flat.notna(), None).itertuples(index=False):
        writer.writerow([_cell(value) for value in values])
    return sheet.getvalue()


_FORMULA = frozenset("=+-@\t\r＝＋－＠")
"""First characters that make a spreadsheet compute, the wide ones of East Asian writing too."""


def _cell(value: Any) -> Any:
    """Make a cell harmless: a spreadsheet must not take speech for a formula."""
    if isinstance(value, list):
        value = "; ".join(str(item) for item in value)
    if isinstance(value, str) and value[:1] in _FORMULA:
        return f"'{value}"
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
