"""Why a pair is a mismatch, said from its own parts: who, when, about what, with which values."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from discovery.language.words import content_words, words
from discovery.mismatches.catalogue import MismatchType, Side
from discovery.mismatches.evidence import Witness
from discovery.mismatches.features import CUES
from discovery.records import Facet, Span, Unit

_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_SMALL = rf"(?:(?:{_TENS})(?:[ -](?:{_ONES}))?|{_TEENS}|{_ONES})"
_LARGE = rf"(?:an?|{_ONES}) (?:hundred|thousand)(?: (?:and )?{_SMALL})?"
_NUMBER = rf"(?:\d[\d,.]*|{_LARGE}|{_SMALL})"
_RANGE = rf"\b{_NUMBER}(?:\s*(?:to|or|-|–)\s*{_NUMBER})?\s*\+?\s*(?:-\s*)?"
_TIME = r"(?:months?|weeks?|days?|hours?|minutes?)"
_AMOUNTS = {
    "money": re.compile(
        rf"[$£€]\s?\d[\d,.]*\s?k?\b|{_RANGE}(?:grand|k|dollars|pounds|euros|an hour)\b", re.IGNORECASE
    ),
    "pay": re.compile(
        rf"\b(?:{_LARGE}|(?:{_SMALL}) thousand)\b|\b(?:{_ONES})[ -](?:{_TENS})\b", re.IGNORECASE
    ),
    "years": re.compile(rf"{_RANGE}years?\b(?! (?:of age|old|ago))", re.IGNORECASE),
    "duration": re.compile(rf"{_RANGE}{_TIME}\b(?! ago)", re.IGNORECASE),
    "steps": re.compile(
        rf"{_RANGE}(?:rounds?|interviews?|stages?|steps?|signatures?|tests?)\b", re.IGNORECASE
    ),
    "share": re.compile(
        rf"{_RANGE}(?:%|percent\b|per cent\b)"
        rf"|(?<!every )(?<!any )\b{_NUMBER} (?:out )?of (?:the (?:last )?|my |our |those )?{_NUMBER}\b"
        rf"|\b(?:half|a third|two thirds|a quarter) of [\w']+ [\w']+",
        re.IGNORECASE,
    ),
}
_ABOUT = {
    Facet.LEVEL: "seniority",
    Facet.EXPERIENCE: "years of experience",
    Facet.SECTOR: "industry background",
    Facet.CREDENTIAL: "degrees and certificates",
    Facet.SKILL: "skills",
    Facet.CHANNEL: "where they recruit",
    Facet.SCREENING: "how they choose",
    Facet.TRAINING: "training",
    Facet.MOBILITY: "moves inside the firm",
    Facet.REACH: "whom they reach",
    Facet.SPEED: "time to fill",
    Facet.OFFER: "pay and terms",
}
_TELLING = {
    Facet.LEVEL: {"level", "years"},
    Facet.EXPERIENCE: {"years", "level"},
    Facet.SECTOR: {"years"},
    Facet.CREDENTIAL: {"credential", "share"},
    Facet.SKILL: {"share"},
    Facet.CHANNEL: {"channel", "share"},
    Facet.SCREENING: {"steps", "share"},
    Facet.TRAINING: {"duration", "format", "money"},
    Facet.MOBILITY: {"level", "duration", "years", "share"},
    Facet.REACH: {"share", "channel"},
    Facet.SPEED: {"duration", "share", "steps"},
    Facet.OFFER: {"money", "pay", "duration"},
}
"""Amounts and values that say something where a side is about a facet; others stand there by chance."""

_SIGNS = {
    "past": "Words close by speak of the past: check that it still holds.",
    "else": "Words close by speak of other employers: check that this one is meant.",
    "hypothetical": "Words close by are hypothetical: check that it happens.",
    "law": "Words close by speak of law or contract: check whether there is a choice.",
    "denied": "The answer opens by turning something down: read it with its question.",
}
_MOST_VALUES = 3
_MEASURES = frozenset(
    words(
        "year years month months week weeks day days hour hours people person work time good better best new "
        "job jobs need needs one last first take takes come comes look looks somebody someone anybody anyone "
        "everybody everyone nobody thing things something anything everything way ways lot place kind"
    )
)
"""Words that two quotes share without speaking of the same thing."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is said about one finding: why it is one, what speaks against it, what to ask next."""

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
    several = len({unit.speaker for unit in witness.talk.units}) > 1
    voices = [stated.speaker, actual.speaker] if several else ["", ""]
    if several and stated.speaker == actual.speaker:
        voices[1] = "the same voice"
    why = (
        f"The employer {_side(kind.stated, witness, pair[0], spans[0], voices[0])}. "
        f"Yet {_link(stated, actual)} it {_side(kind.actual, witness, pair[1], spans[1], voices[1])}."
    )
    return Words(
        why + _common(spans) + _gap(witness, spans), _against(kind, witness, pair), _probe(kind, witness)
    )


def _link(stated: Unit, actual: Unit) -> str:
    if stated.span.source != actual.span.source:
        return "in another interview"
    if stated.span.turn == actual.span.turn:
        return "in the same answer"
    return "later" if stated.span.turn < actual.span.turn else "earlier"


def _side(side: Side, witness: Witness, number: int, span: Span, voice: str) -> str:
    """One side: what the type says of it, then where it stands, what it is about, the amounts named."""
    facet = _facet(side, witness, number, span)
    place = ", ".join(part for part in (f"turn {span.turn}", voice, f"on {_ABOUT[facet]}") if part)
    values = ", ".join(f"“{value}”" for value in _values(witness, span, facet))
    return f"{side.what} ({place}{': ' if values else ''}{values})"


def _facet(side: Side, witness: Witness, number: int, span: Span) -> Facet:
    """Facet of the claim quoted; where none was found, the likeliest of those the side can have."""
    for claim in witness.claims:
        if not claim.guards and claim.span.overlaps(span):
            return claim.facet
    facets = list(Facet)
    chances = [witness.heads.facet[number, facets.index(facet)] for facet in side.facets]
    return side.facets[int(np.argmax(chances))]


def _values(witness: Witness, span: Span, facet: Facet) -> list[str]:
    """Amounts and values in the words of the quote, those that bear on the facet, in order of mention."""
    telling = _TELLING[facet]
    found = [
        match.group(0).strip()
        for kind in sorted(telling & _AMOUNTS.keys())
        for match in _AMOUNTS[kind].finditer(span.quote)
    ]
    found += [value.text for value in witness.values(span) if value.kind in telling and " " in value.text]
    found += [value.text for value in witness.values(span) if value.kind in telling - _AMOUNTS.keys()]
    named: list[str] = []
    for text in sorted(found, key=len, reverse=True):
        if text in span.quote and not any(text.lower() in old.lower() for old in named):
            named.append(text)
    return sorted(named[:_MOST_VALUES], key=span.quote.index)


def _common(spans: tuple[Span, Span]) -> str:
    """A second sentence where both sides name the same thing."""
    first, second = (content_words(span.quote) - _MEASURES for span in spans)
    shared = sorted((word for word in first & second if word.isalpha()), key=lambda word: (-len(word), word))
    return f" Both name “{'” and “'.join(shared[:2])}”." if shared else ""


def _gap(witness: Witness, spans: tuple[Span, Span]) -> str:
    """A further sentence where a quote lies in a topic that is asked for and not acted on, or the reverse."""
    for gap in witness.gaps:
        if any(quote.overlaps(span) for quote in gap.evidence for span in spans):
            label, times = gap.label.split(":")[0], max(gap.stated, gap.actual)
            sides = ("asked for", "acted on") if gap.stated else ("acted on", "asked for")
            return f" Over the whole talk “{label}” is {sides[0]} {times} times and never {sides[1]}."
    return ""


def _against(kind: MismatchType, witness: Witness, pair: tuple[int, int]) -> str:
    """The type's own caution, and one more for each sign of it in the two turns."""
    talk = witness.talk
    signs = [
        sign for name, sign in _SIGNS.items() if any(CUES[name].search(talk.turns[number]) for number in pair)
    ]
    if talk.units[pair[0]].span.source != talk.units[pair[1]].span.source:
        signs.append("The two stand in different interviews: check that the same role is meant.")
    return " ".join([kind.against, *signs])


def _probe(kind: MismatchType, witness: Witness) -> str:
    """The type's probe that is least like anything the employer was already asked."""
    asked = witness.talk.part(1)
    likeness = (witness.encoder.encode(list(kind.probes)) @ asked.T).max(axis=1)
    return kind.probes[int(np.argmin(np.round(likeness, 4)))]
