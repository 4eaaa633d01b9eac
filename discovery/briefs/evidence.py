"""The material as one audience may see it: consent applied, names replaced, everything countable."""

from __future__ import annotations

import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from discovery.briefs.audience import Audience
from discovery.briefs.clean import Door, name_replacer
from discovery.briefs.material import Material
from discovery.briefs.model import Quote
from discovery.briefs.naming import employer_labels, everyone
from discovery.briefs.wording import TYPES, clock, share, type_words
from discovery.records import (
    Claim,
    Exchange,
    Facet,
    Interview,
    Mismatch,
    Role,
    Span,
    Stance,
    Status,
    TopicDocument,
    Turn,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """One mismatch in the brief, with its number there (``M3``)."""

    label: str
    mismatch: Mismatch


class Evidence:
    """What the sections are made from; every text leaves it clean and without names.

    Args:
        material: The records of the study.
        audience: Who reads the brief.
        statuses: States of review to show.
        employer: Id of the one employer a feedback sheet is for, None for all.
    """

    def __init__(
        self,
        material: Material,
        audience: Audience,
        statuses: frozenset[Status],
        employer: str | None = None,
    ) -> None:
        """Apply consent and the choice of employer once, for all sections."""
        self.material = material
        self.audience = audience
        self.statuses = statuses
        self.only_employer = employer
        firms = everyone(material)
        self.named_openly = audience.key == "internal" and material.show_names
        self._labels = employer_labels(firms, material, names=self.named_openly)
        own = name_replacer(firms, self._labels)
        self.door = Door(str if self.named_openly else material.pseudonymise or own)
        asked = [each for each in firms if employer in (None, each.id)]
        self.employers = tuple(each for each in asked if each.consent in ("quote", "paraphrase"))
        self.withheld = tuple(each for each in asked if each not in self.employers)
        self._quotable = {each.id for each in self.employers if each.consent == "quote"}
        self._ids = {each.id for each in self.employers}
        self.cited: dict[Span, str] = {}

    # --- records that may be used ---

    @cached_property
    def interviews(self) -> tuple[Interview, ...]:
        """Interviews of the employers shown."""
        return tuple(each for each in self.material.interviews if each.employer in self._ids)

    @cached_property
    def _sources(self) -> set[str]:
        return {each.source for each in self.interviews}

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """Turns of those interviews."""
        return tuple(each for each in self.material.turns if each.source in self._sources)

    @cached_property
    def exchanges(self) -> tuple[Exchange, ...]:
        """Exchanges of those interviews."""
        return tuple(each for each in self.material.exchanges if each.source in self._sources)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """Claims that count as evidence: no guards, employer shown; best first."""
        usable = [each for each in self.material.claims if each.employer in self._ids and not each.guards]
        return tuple(sorted(usable, key=_claim_order))

    @cached_property
    def guarded(self) -> tuple[Claim, ...]:
        """Claims set aside because a guard says that the words may not be meant."""
        return tuple(each for each in self.material.claims if each.employer in self._ids and each.guards)

    @cached_property
    def documents(self) -> tuple[TopicDocument, ...]:
        """Topic documents of the employers shown."""
        return tuple(each for each in self.material.documents if each.employer in self._ids)

    @cached_property
    def all_mismatches(self) -> tuple[Mismatch, ...]:
        """Mismatches of the employers shown, whatever their status."""
        return tuple(each for each in self.material.mismatches if each.employer in self._ids)

    @cached_property
    def mismatches(self) -> tuple[Shown, ...]:
        """Mismatches shown: types with most employers first, then accepted ones, by agreement, by score."""
        chosen = [each for each in self.all_mismatches if each.status in self.statuses]
        spread = {key: len({m.employer for m in chosen if m.type == key}) for key in {m.type for m in chosen}}
        size = Counter(each.type for each in chosen)
        known = list(TYPES)

        def rank(each: Mismatch) -> tuple[object, ...]:
            place = known.index(each.type) if each.type in TYPES else len(known)
            kind = (-spread[each.type], -size[each.type], place, each.type)
            settled = (each.status != Status.ACCEPTED, -len(each.readers), -each.score)
            return (*kind, *settled, each.stated, each.actual)

        ordered = sorted(chosen, key=rank)
        return tuple(Shown(f"M{number}", each) for number, each in enumerate(ordered, 1))

    def by_type(self) -> dict[str, list[Shown]]:
        """Mismatches shown, by type, the most spread type first."""
        groups: dict[str, list[Shown]] = defaultdict(list)
        for shown in self.mismatches:
            groups[shown.mismatch.type].append(shown)
        return dict(groups)

    # --- choosing and counting ---

    @property
    def total(self) -> int:
        """Employers the brief speaks of."""
        return len(self.employers)

    @property
    def single(self) -> bool:
        """Whether the brief speaks of one employer only, so that shares say nothing."""
        return self.only_employer is not None or self.total == 1

    def of(self, number: int) -> str:
        """Say how many of the employers, in words that fit one employer too."""
        return (
            ("this employer" if number else "not this employer") if self.single else share(number, self.total)
        )

    def cell(self, number: int) -> str:
        """The same for a cell of a table."""
        return ("yes" if number else "no") if self.single else f"{number} of {self.total}"

    def pick(self, stances: Iterable[Stance] = (), facets: Iterable[Facet] = ()) -> list[Claim]:
        """Claims of any of these stances and any of these facets, best first; empty means any."""
        some_stances, some_facets = set(stances), set(facets)
        return [
            claim
            for claim in self.claims
            if (not some_stances or claim.stance in some_stances)
            and (not some_facets or claim.facet in some_facets)
        ]

    def voices(self, found: Iterable[Claim | Mismatch | TopicDocument]) -> int:
        """How many employers stand behind these records."""
        return len({each.employer for each in found})

    def named(self, ids: Iterable[str]) -> list[str]:
        """Labels of these employers in the order of the study."""
        wanted = set(ids)
        return [self.label(each.id) for each in self.employers if each.id in wanted]

    # --- words that may be printed ---

    def label(self, employer: str) -> str:
        """How the brief calls an employer."""
        return self.door.plain(self._labels.get(employer, "an employer"))

    def title_of(self, key: str) -> str:
        """Title of a mismatch type, also of one that the study has added."""
        return self.door.plain(type_words(key, dict(self.material.type_names)).title)

    def quotable(self, employer: str) -> bool:
        """Whether this employer's words may be quoted."""
        return employer in self._quotable

    def quote(self, span: Span, employer: str, side: str = "") -> Quote | None:
        """Words as they may be printed, None where the employer has not agreed to be quoted."""
        if employer not in self._quotable:
            return None
        self.cited.setdefault(span, employer)
        text = self.door.text(span.quote).strip()
        source, turn, time = self.place(span)
        evidence = span if self.audience.files else None
        return Quote(text, self.label(employer), source, turn, time, side, evidence)

    def place(self, span: Span) -> tuple[str, int | None, str]:
        """File or number of the interview, turn and time, as far as the audience may see them."""
        if not self.audience.places:
            return "", None, ""
        return self.source(span.source), span.turn, clock(self._seconds(span))

    def source(self, source: str) -> str:
        """The transcript's file name, or its number where file names are not shown."""
        if self.audience.files:
            return self.door.plain(source)
        return f"interview {self._numbers[source]}" if source in self._numbers else "an interview"

    def quotes(self, claims: Sequence[Claim], most: int = 2) -> list[Quote]:
        """The best few quotes, one employer after the other."""
        waiting: dict[str, list[Claim]] = defaultdict(list)
        seen: set[str] = set()
        for claim in claims:
            words = claim.span.quote.casefold()
            if self.quotable(claim.employer) and words not in seen:
                seen.add(words)
                waiting[claim.employer].append(claim)
        chosen: list[Claim] = []
        while waiting and len(chosen) < most:
            for employer in sorted(waiting, key=lambda each: _claim_order(waiting[each][0])):
                chosen.append(waiting[employer].pop(0))
                if not waiting[employer]:
                    del waiting[employer]
        made = [self.quote(claim.span, claim.employer) for claim in chosen[:most]]
        return [each for each in made if each is not None]

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {each.source: number for number, each in enumerate(self.material.interviews, 1)}

    @cached_property
    def _turn_at(self) -> dict[tuple[str, int], Turn]:
        return {(turn.source, turn.number): turn for turn in self.material.turns}

    def _seconds(self, span: Span) -> float | None:
        turn = self._turn_at.get((span.source, span.turn))
        if turn is None:
            return None
        at = bisect.bisect_right([cue.start for cue in turn.cues], span.start) - 1
        timed = turn.cues[at].start_s if turn.cues and at >= 0 else None
        return turn.start_s if timed is None else timed

    def words_by_role(self, source: str) -> dict[Role | None, int]:
        """Words spoken in one interview by each side."""
        return self._spoken.get(source, {})

    @cached_property
    def _spoken(self) -> dict[str, dict[Role | None, int]]:
        spoken: dict[str, dict[Role | None, int]] = defaultdict(lambda: defaultdict(int))
        for turn in self.turns:
            spoken[turn.source][turn.role] += len(turn.text.split())
        return {source: dict(sides) for source, sides in spoken.items()}


def _claim_order(claim: Claim) -> tuple[object, ...]:
    short = len(claim.span.quote.split()) < 6
    return (short, -claim.score, claim.span, claim.stance, claim.facet)
