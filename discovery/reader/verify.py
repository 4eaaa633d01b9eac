"""Everything that comes back is checked against the transcript before it counts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from discovery.annotated import tidy
from discovery.reader.answers import parse_answer
from discovery.reader.joining import join_claims, join_mismatches
from discovery.reader.packets import Packet, ShownTurn
from discovery.reader.quotes import fold, place_quote, plain_words
from discovery.readings import Anchor, Reader, Reading, Rejection, TypeEntry
from discovery.records import Claim, Facet, Mismatch, Notice, NoticeKind, Role, Span, Stance

STAGE = "reader"

UNWEIGHED = 0.5
"""Score of what another reader found, until people have decided how far to trust that reader."""

_NOTE = 300
_LEAST_KNOWN = 0.4


class _RejectedError(Exception):
    """An item that is not taken over; its reason is a key of ``REASONS``, not of the fault table."""

    def __init__(self, reason: str, turn: int | None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.turn = turn


def _rejected(reason: str, turn: int | None = None) -> _RejectedError:
    return _RejectedError(reason, turn)


@dataclass
class _Check:
    """One answer being checked, and what was noted on the way."""

    packet: Packet
    reader: Reader
    types: frozenset[str]
    threshold: float
    rejections: list[Rejection] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    repeated: int = 0
    cut: int = 0
    notes: int = 0

    def __post_init__(self) -> None:
        self.turns: Mapping[int, ShownTurn] = {turn.original.number: turn for turn in self.packet.turns}

    def side(self, place: Any, part: str, item: int) -> tuple[Span, ShownTurn]:
        """Find the words that one place of an answer names."""
        if not isinstance(place, dict):
            raise _rejected("item.shape")
        number, quote = place.get("turn"), place.get("quote")
        if isinstance(number, float) and number.is_integer():
            number = int(number)
        if not isinstance(number, int) or isinstance(number, bool) or not isinstance(quote, str):
            raise _rejected("item.shape")
        turn = self.turns.get(number)
        if turn is None:
            raise _rejected("turn.missing")
        if turn.original.role is not Role.EMPLOYER:
            raise _rejected("turn.not-employer", number)
        found = place_quote(quote, turn, threshold=self.threshold)
        if found.span is None:
            raise _rejected(self._why_not(quote, found.reason), number)
        self.repeated += found.repeated
        self.cut += found.cut
        if found.score < 100:
            self.anchors.append(Anchor(part, item, number, found.score))
        return found.span, turn

    def _why_not(self, quote: str, reason: str) -> str:
        """Tell a quote of another turn, and words that the interview does not hold, from other misses."""
        if reason != "quote.not-in-turn":
            return reason
        core = fold(tidy(quote))
        if any(core in fold(turn.shown.text) for turn in self.turns.values()):
            return "quote.other-turn"
        given = plain_words(quote)
        spoken = {word for turn in self.turns.values() for word in plain_words(turn.shown.text)}
        known = sum(word in spoken for word in given) / max(len(given), 1)
        return "quote.other-words" if known < _LEAST_KNOWN else reason

    def claim(self, item: Any, number: int) -> Claim:
        """Check one claim of the answer."""
        if not isinstance(item, dict):
            raise _rejected("item.shape")
        stance, facet = _known(item, "stance", Stance), _known(item, "facet", Facet)
        span, turn = self.side(item, "claim", number)
        return Claim(
            span,
            self.packet.employer_id,
            turn.original.speaker,
            Stance(stance),
            Facet(facet),
            UNWEIGHED,
            model=self.reader.credit,
            readers=(self.reader.name,),
        )

    def mismatch(self, item: Any, number: int) -> Mismatch:
        """Check one mismatch of the answer."""
        if not isinstance(item, dict) or not isinstance(item.get("type"), str):
            raise _rejected("item.shape")
        kind = item["type"].strip().lower()
        if kind not in self.types:
            raise _rejected("item.type")
        stated, _ = self.side(item.get("stated"), "stated", number)
        actual, _ = self.side(item.get("actual"), "actual", number)
        if stated.overlaps(actual):
            raise _rejected("sides.same", stated.turn)
        return Mismatch(
            kind,
            self.packet.employer_id,
            stated,
            actual,
            UNWEIGHED,
            self.note(item.get("note")),
            model=self.reader.credit,
            readers=(self.reader.name,),
        )

    def note(self, note: Any) -> str:
        """Make a note fit to print: one line, no control characters, not endless."""
        words = tidy("".join(letter if letter.isprintable() else " " for letter in str(note or "")))
        self.notes += len(words) > _NOTE
        return words if len(words) <= _NOTE else words[:_NOTE].rsplit(" ", 1)[0] + " …"


def verify_answer(
    answer: str,
    packet: Packet,
    *,
    reader: Reader,
    types: Sequence[TypeEntry] | None = None,
    anchor_threshold: float = 90,
) -> Reading:
    """Check an answer against its packet and keep what stands in the interview.

    Args:
        answer: The answer as it came, with whatever stands around its JSON.
        packet: The packet that was answered.
        reader: Who answered.
        types: Mismatch types that may be named; those of the packet where None.
        anchor_threshold: Least likeness, 0 to 100 (rapidfuzz partial ratio), of a quote that is not
            verbatim and the words of its turn.

    Returns:
        Claims and mismatches whose quotes are words of the transcript, with original offsets; what
        was rejected and why; what was joined, cut or placed by likeness. It never raises for what
        an answer holds.
    """
    parsed = parse_answer(answer, packet.id)
    keys = frozenset(kind.key for kind in (packet.types if types is None else types))
    check = _Check(packet, reader, keys, float(anchor_threshold))
    if parsed.fault:
        check.rejections.append(Rejection(parsed.fault, "answer"))
    claims: list[Claim] = []
    mismatches: list[Mismatch] = []
    if parsed.packet not in ("", packet.id):
        check.rejections.append(Rejection("answer.wrong-packet", "answer"))
    else:
        claims = _take(check, "claim", parsed.claims, check.claim)
        mismatches = _take(check, "mismatch", parsed.mismatches, check.mismatch)
    kept_claims, kept_mismatches = join_claims(claims), join_mismatches(mismatches)
    doubled = len(claims) - len(kept_claims) + len(mismatches) - len(kept_mismatches)
    return Reading(
        packet=packet.id,
        source=packet.source,
        employer=packet.employer_id,
        reader=reader,
        claims=kept_claims,
        mismatches=kept_mismatches,
        rejections=tuple(check.rejections),
        anchors=tuple(check.anchors),
        anchor_threshold=float(anchor_threshold),
        notices=_notices(check, doubled, unnamed=not parsed.packet and not parsed.fault),
        answer_sha256=hashlib.sha256(answer.encode("utf-8", "replace")).hexdigest(),
        part=packet.part,
        parts=packet.parts,
    )


def _take(check: _Check, part: str, items: Sequence[Any], make: Any) -> list[Any]:
    """Keep the items that hold; note why the others do not."""
    taken = []
    for number, item in enumerate(items):
        try:
            taken.append(make(item, number))
        except _RejectedError as rejected:
            check.rejections.append(Rejection(rejected.reason, part, number, rejected.turn))
    return taken


def _known(item: Mapping[str, Any], name: str, kind: type[Stance] | type[Facet]) -> str:
    value = item.get(name)
    if not isinstance(value, str):
        raise _rejected("item.shape")
    word = re.sub(r"\s+", "", value).lower()
    if word not in list(kind):
        raise _rejected(f"item.{name}")
    return word


def _notices(check: _Check, doubled: int, *, unnamed: bool) -> tuple[Notice, ...]:
    rows = (
        (NoticeKind.MERGED, "items that an answer holds twice", doubled),
        (NoticeKind.REPAIRED, "quotes placed by likeness within their turn", len(check.anchors)),
        (NoticeKind.REPAIRED, "quotes cut to 40 words", check.cut),
        (NoticeKind.REPAIRED, "notes shortened", check.notes),
        (
            NoticeKind.GUESSED,
            "quotes that stand in their turn more than once; the first place counts",
            check.repeated,
        ),
        (
            NoticeKind.GUESSED,
            "answers that name no packet, taken for the one they were given for",
            int(unnamed),
        ),
    )
    source = check.packet.source
    return tuple(Notice(STAGE, kind, what, source, count=count) for kind, what, count in rows if count)
