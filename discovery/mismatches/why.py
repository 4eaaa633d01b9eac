"""Why a pair is a mismatch, said from its own parts: who, when, about what, with which values."""

from __future__ import annotations

import re
from dataclasses import dataclass

from discovery.language.words import content_words
from discovery.mismatches.catalogue import MismatchType
from discovery.mismatches.evidence import Witness
from discovery.records import Span, Unit

_AMOUNT = re.compile(
    r"(?:[$£€]\s?\d[\d,.]*\s?k?\b|\b(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|"
    r"twenty(?:[ -]\w+)?|thirty(?:[ -]\w+)?|forty|fifty|hundred)"
    r"(?:\s*(?:to|or|-|–)\s*(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve))?"
    r"\s*(?:\+\s*)?(?:%|percent|per cent|years?|months?|weeks?|days?|hours?|rounds?|interviews?|stages?|steps?"
    r"|people|hires|grand|k|dollars|pounds|euros|an hour)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Words:
    """What is said about one finding."""

    why: str
    against: str
    probe: str


def explain(kind: MismatchType, witness: Witness, pair: tuple[int, int], spans: tuple[Span, Span]) -> Words:
    """Put one finding into words made from its parts.

    Args:
        kind: Its type.
        witness: The employer's talk, claims and side scores.
        pair: The stated and the actual unit.
        spans: Their quotes.
    """
    stated, actual = (witness.talk.units[number] for number in pair)
    same_voice = stated.speaker == actual.speaker
    first = f"{stated.speaker or 'The employer'} {kind.stated.what}{_details(witness, spans[0])} (turn {stated.span.turn})"
    who = "the same person" if same_voice else actual.speaker or "another voice"
    link = _link(stated, actual)
    second = f"{link} {who} {kind.actual.what}{_details(witness, spans[1])} (turn {actual.span.turn})"
    return Words(
        f"{first}; {second}.{_common(witness, pair)}", _against(kind, witness, pair), _probe(kind, pair)
    )


def _link(stated: Unit, actual: Unit) -> str:
    if stated.span.source != actual.span.source:
        return "in another interview"
    if stated.span.turn == actual.span.turn:
        return "in the same breath"
    return "later" if stated.span.turn < actual.span.turn else "earlier"


def _details(witness: Witness, span: Span) -> str:
    """Amounts and other values named on one side, in brackets; nothing where there are none."""
    values = [value.text for value in witness.values(span)]
    amounts = [match.group(0).strip() for match in _AMOUNT.finditer(span.quote)]
    named: list[str] = []
    for text in (*amounts, *values):
        if text and not any(
            text.lower() in known.lower() or known.lower() in text.lower() for known in named
        ):
            named.append(text)
    return f" ({', '.join(named[:3])})" if named else ""


def _common(witness: Witness, pair: tuple[int, int]) -> str:
    """A second sentence where both sides name the same thing."""
    first, second = (witness.talk.units[number].span.quote for number in pair)
    shared = sorted(content_words(first) & content_words(second), key=lambda word: first.lower().find(word))
    return f" Both speak of {' and '.join(shared[:2])}." if shared else ""


def _against(kind: MismatchType, witness: Witness, pair: tuple[int, int]) -> str:
    """The type's own caution, and one more where the turns hold a sign of it."""
    return kind.against


def _probe(kind: MismatchType, pair: tuple[int, int]) -> str:
    """One of the type's probes; which one depends on where the evidence stands, so that lists vary."""
    return kind.probes[sum(pair) % len(kind.probes)]
