"""Stable pseudonyms for the people and firms of a study, put in word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from discovery.privacy.finding import KnownForms, find_names
from discovery.privacy.names import fold, introduced, ordinary_words
from discovery.privacy.roster import LABELS, Roster
from discovery.records import Employer, Speaker, Turn


@dataclass(frozen=True, slots=True)
class Change:
    """One name replaced: where it stood, where the pseudonym stands (half-open), and both."""

    start: int
    end: int
    new_start: int
    new_end: int
    name: str
    pseudonym: str


@dataclass(frozen=True, slots=True)
class Replaced:
    """A text with pseudonyms and the map back to the text it was made from."""

    text: str
    changes: tuple[Change, ...]

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """Find where a stretch of the original stands now.

        Args:
            start: Offset of its first character in the original.
            end: Offset just past its last character.

        Returns:
            Half-open offsets in :attr:`text`; a border inside a name moves to the pseudonym's border.
        """
        return self._moved(start, last=False), self._moved(end, last=True)

    def original(self) -> str:
        """Put every name back as it was written.

        >>> names = Pseudonyms.for_study([], [Speaker("Ann Lund")])
        >>> names.replace("Ask Dr. Lund's boss.").original()
        "Ask Dr. Lund's boss."
        """
        parts, at = [], 0
        for change in self.changes:
            parts += [self.text[at : change.new_start], change.name]
            at = change.new_end
        return "".join([*parts, self.text[at:]])

    def _moved(self, offset: int, *, last: bool) -> int:
        shift = 0
        for change in self.changes:
            if offset <= change.start:
                break
            if offset < change.end:
                return change.new_end if last else change.new_start
            shift = change.new_end - change.end
        return offset + shift


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """Who is called what outside the study.

    A name is looked for in whole words ("Ann" never touches "Annual" or "Ann-Marie"), the
    longest form first; a title before it goes with it. A name that is also an ordinary word
    ("Will", "Mark") is replaced only as part of a full name, after a title, with "'s", or where a
    capital in mid-sentence shows a name; the name of a month only as part of a full name or
    after a title. Elsewhere such a word stays and is left to the review list.

    Build one with :meth:`for_study`.

    Args:
        mapping: Pseudonym by name, the name as the study writes it in full.
        forms: By the first word of a form, the forms a name may take.
        pattern: Finds pseudonyms in whole words, given out or not; None when there is none.
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    forms: KnownForms = field(default_factory=dict, repr=False)
    pattern: re.Pattern[str] | None = field(default=None, repr=False)

    @classmethod
    def for_study(
        cls,
        employers: Sequence[Employer],
        speakers: Sequence[Speaker],
        *,
        turns: Iterable[Turn] = (),
        keep: Mapping[str, str] | None = None,
    ) -> Pseudonyms:
        """Give every person and firm the study knows of a pseudonym.

        Args:
            employers: Firms; their own ``pseudonym`` is used where they have one.
            speakers: Everyone who speaks; tool labels such as "SPEAKER_00" name nobody.
            turns: Turns to look through for self-introductions ("I'm Dana Cole").
            keep: An earlier :attr:`mapping`; whoever is in it keeps the pseudonym.

        Returns:
            The pseudonyms, the same for the same study.

        >>> names = Pseudonyms.for_study([Employer("a", "Acme Ltd")], [Speaker("Ann Lund")])
        >>> names.apply("Ann's annual review at Acme, Ms. Lund said.")
        "Person 1's annual review at Employer 1, Person 1 said."
        """
        heard = list(turns)
        ordinary = ordinary_words(heard)
        roster = Roster(keep or {}, (employer.pseudonym for employer in employers), ordinary)
        firms = [{fold(token) for token in employer.name.split()} for employer in employers]
        for employer in employers:
            roster.add_firm(employer)
        for speaker in speakers:
            roster.add_person(speaker.name, speaker.role)
        for turn in heard:
            for name in introduced(turn):
                tokens = {fold(token) for token in name.split()}
                if ordinary.isdisjoint(tokens) and not any(tokens <= firm for firm in firms):
                    roster.add_person(name, turn.role)
        mapping, forms = roster.settle()
        return cls(mapping, forms, _pattern(mapping.values()))

    def apply(self, text: str) -> str:
        """Put pseudonyms for all known names in a text; doing so twice changes nothing more."""
        return self.replace(text).text

    def replace(self, text: str) -> Replaced:
        """Put pseudonyms in and keep the map, so that spans of the original can be found again.

        Args:
            text: Any text of the study.
        """
        parts: list[str] = []
        changes: list[Change] = []
        at = length = 0
        for found in find_names(text, self.forms, self.pattern):
            kept = text[at : found.start]
            start = length + len(kept)
            length = start + len(found.pseudonym)
            parts += [kept, found.pseudonym]
            changes.append(
                Change(found.start, found.end, start, length, text[found.start : found.end], found.pseudonym)
            )
            at = found.end
        return Replaced("".join([*parts, text[at:]]), tuple(changes))

    def restore(self, text: str) -> str:
        """Put the study's names back in place of pseudonyms, each name in full.

        >>> names = Pseudonyms.for_study([], [Speaker("Ann Lund")])
        >>> names.restore("Person 1 said so.")
        'Ann Lund said so.'
        """
        back = {pseudonym: name for name, pseudonym in self.mapping.items()}
        if self.pattern is None:
            return text
        return self.pattern.sub(lambda found: back.get(found.group(), found.group()), text)


def _pattern(pseudonyms: Iterable[str]) -> re.Pattern[str]:
    """One pattern for all pseudonyms: the numbered ones together, chosen ones longest first."""
    numbered = rf"(?:{'|'.join(LABELS)}) \d+"
    chosen = {one for one in pseudonyms if not re.fullmatch(numbered, one)}
    joined = "|".join(
        [*(re.escape(one) for one in sorted(chosen, key=lambda one: (-len(one), one))), numbered]
    )
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)")
