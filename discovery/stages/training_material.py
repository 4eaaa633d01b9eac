"""What people accepted of a reader's answers, written as annotations that ``discovery train`` learns from."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from discovery.annotated import load_source
from discovery.errors import ReaderError
from discovery.privacy import Pseudonyms
from discovery.privacy.showing import Shown, show
from discovery.reader import join_readings
from discovery.readings import ReaderKind, Reading
from discovery.records import Claim, Employer, Interview, Mismatch, Review, Span, Status, Turn
from discovery.review import apply_reviews
from discovery.stages.readings import current_readings, standing
from discovery.stages.sharing import described_employers, study_names
from discovery.stages.work import Work

_MISSING = "interviews of which only a part was read"
_OPEN = "interviews with mismatches that nobody has decided on"
_CONSENT = "interviews whose employer may not be quoted"
_ROLES = "interviews with a speaker of unknown role"
_UNREAD = "interviews that are no longer in the study"
_ACROSS = "accepted mismatches whose sides lie in two interviews"


@dataclass(frozen=True, slots=True)
class TrainingMaterial:
    """What was written to train on.

    Args:
        interviews: Annotations with claims and mismatches.
        passages: Annotations with mismatches alone, because nobody has vouched for the claims.
        left_out: What was left out, with counts.
    """

    interviews: tuple[Path, ...]
    passages: tuple[Path, ...]
    left_out: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Piece:
    """One interview to write."""

    interview: Interview
    employer: Employer
    turns: tuple[Turn, ...]
    claims: tuple[Claim, ...]
    decided: tuple[Mismatch, ...]


def write_training_material(
    work: Work, folder: Path, reader: str, *, accept_claims: bool = False
) -> TrainingMaterial:
    """Write interviews that a reader has read and people have decided on, in source form, under pseudonyms.

    An interview counts once every mismatch proposed in it is accepted or rejected. Accepted ones
    become mismatches, rejected ones decoys. Claims are those of the reader: a person's always, a
    model's only where somebody has looked through them; without them the file goes to ``passages``,
    of which training learns mismatches alone.

    Args:
        work: An opened study that has been run.
        folder: Where to write ``interviews/`` and ``passages/``.
        reader: Name of the reader.
        accept_claims: Take the claims of a model.

    Raises:
        ReaderError: There is no such reader.
        AnnotationError: What was written breaks the annotation guide.
    """
    readings = current_readings(work.store.load("readings", Reading))
    names = sorted({reading.reader.name for reading in readings})
    own = [reading for reading in readings if reading.reader.name == reader]
    if not own:
        raise ReaderError(
            "reader.unknown", name=reader or "without a name", known=", ".join(names) or "none yet"
        )
    left_out: Counter[str] = Counter()
    pseudonyms, memos = study_names(work), _memos(work)
    written: dict[str, list[Path]] = {"interviews": [], "passages": []}
    for piece in _pieces(work, own, left_out):
        kind = next(one.reader.kind for one in own if one.source == piece.interview.source)
        with_claims = accept_claims or kind is ReaderKind.PERSON
        data = _source_form(piece, pseudonyms, memos, left_out, with_claims=with_claims)
        place = "interviews" if with_claims else "passages"
        written[place].append(_write(folder / place, piece, data, pseudonyms))
    kept = {reason: count for reason, count in left_out.items() if count}
    return TrainingMaterial(tuple(written["interviews"]), tuple(written["passages"]), kept)


def _pieces(work: Work, readings: Sequence[Reading], left_out: Counter[str]) -> list[_Piece]:
    """Choose the interviews that are read whole, may be quoted, and are decided on."""
    store = work.store
    interviews = {interview.source: interview for interview in store.load("interviews", Interview)}
    employers = {one.id: one for one in described_employers(work, list(interviews.values()))}
    turns = store.load("turns", Turn)
    places = {(turn.source, turn.number): turn for turn in turns}
    decided = apply_reviews(
        store.load("mismatches", Mismatch), store.load("reviews", Review), turns
    ).mismatches
    pieces = []
    for source in sorted({reading.source for reading in readings}):
        own = [standing(reading, places)[0] for reading in readings if reading.source == source]
        here = [one for one in decided if source in (one.stated.source, one.actual.source)]
        interview = interviews.get(source)
        employer = employers[interview.employer] if interview else None
        talk = tuple(turn for turn in turns if turn.source == source)
        reason = _why_not(own, here, employer, talk)
        if reason or interview is None or employer is None:
            left_out[reason] += 1
        else:
            pieces.append(_Piece(interview, employer, talk, join_readings(own).claims, tuple(here)))
    return pieces


def _why_not(
    readings: Sequence[Reading], here: Sequence[Mismatch], employer: Employer | None, talk: Sequence[Turn]
) -> str:
    """Say why an interview cannot be learned from; nothing where it can."""
    whole = {reading.part for reading in readings if not reading.fault}
    checks = (
        (employer is None, _UNREAD),
        (employer is not None and employer.consent != "quote", _CONSENT),
        (whole != set(range(1, readings[0].parts + 1)), _MISSING),
        (any(turn.role is None for turn in talk), _ROLES),
        (any(one.status not in (Status.ACCEPTED, Status.REJECTED) for one in here), _OPEN),
    )
    return next((reason for failed, reason in checks if failed), "")


def _memos(work: Work) -> dict[str, str]:
    """The last reason that people gave, by anchor."""
    return {review.anchor: review.memo for review in work.store.load("reviews", Review) if review.memo}


def _source_form(
    piece: _Piece,
    names: Pseudonyms,
    memos: Mapping[str, str],
    left_out: Counter[str],
    *,
    with_claims: bool,
) -> dict[str, Any]:
    shown = {turn.number: show(turn.text, names) for turn in piece.turns}
    speakers = _speakers(piece.turns, names)
    accepted = [one for one in piece.decided if one.status is Status.ACCEPTED]
    inside = [one for one in accepted if one.stated.source == one.actual.source]
    left_out[_ACROSS] += len(accepted) - len(inside)
    rejected = [one for one in piece.decided if one.status is Status.REJECTED]
    return {
        "employer": _employer_name(piece.employer, names),
        "sector": piece.employer.sector,
        "speakers": {speakers[turn.speaker]: str(turn.role) for turn in piece.turns},
        "turns": [[speakers[turn.speaker], shown[turn.number].text] for turn in piece.turns],
        "claims": [
            {**_place(claim.span, shown), "stance": str(claim.stance), "facet": str(claim.facet)}
            for claim in (piece.claims if with_claims else ())
        ],
        "mismatches": [
            {
                "type": one.type,
                "stated": _place(one.stated, shown),
                "actual": _place(one.actual, shown),
                "note": names.apply(memos.get(one.anchor) or one.why),
            }
            for one in inside
        ],
        "decoys": [
            {
                **_place(one.actual, shown),
                "tempting": one.type,
                "why": names.apply(memos.get(one.anchor, "")) or "rejected in review",
            }
            for one in rejected
            if one.actual.source == piece.interview.source
        ],
    }


def _speakers(turns: Sequence[Turn], names: Pseudonyms) -> dict[str, str]:
    """Pseudonyms by speaker; two speakers never share one, since each has one role."""
    known: dict[str, str] = {}
    for turn in turns:
        if turn.speaker not in known:
            plain = names.apply(turn.speaker)
            taken = [one for one in known.values() if one == plain or one.startswith(f"{plain} (")]
            known[turn.speaker] = f"{plain} ({len(taken) + 1})" if taken else plain
    return known


def _place(span: Span, shown: Mapping[int, Shown]) -> dict[str, Any]:
    text = shown[span.turn]
    start, end = text.place(span.start, span.end)
    return {"turn": span.turn, "quote": text.text[start:end]}


def _employer_name(employer: Employer, names: Pseudonyms) -> str:
    return employer.pseudonym or names.apply(employer.name)


def _write(folder: Path, piece: _Piece, data: Mapping[str, Any], names: Pseudonyms) -> Path:
    """Write one annotation aside, read it back with the loader of training, then put it in place."""
    folder.mkdir(parents=True, exist_ok=True)
    whose = re.sub(r"[^\w]+", "-", _employer_name(piece.employer, names).lower()).strip("-") or "employer"
    path = folder / f"r-{whose}-{piece.interview.sha256[:8]}.json"
    aside = path.with_name(f".{path.name}.part")
    aside.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    try:
        load_source(aside)
    except Exception:
        aside.unlink()
        raise
    aside.replace(path)
    return path
