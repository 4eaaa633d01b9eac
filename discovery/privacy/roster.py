"""Which pseudonym every person and firm of a study gets, and by which forms they are found."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import count

from discovery.privacy.names import Form, firm_forms, fold, person_forms, person_tokens, single_names
from discovery.records import Employer, Role

LABELS = ("Employer", "Interviewer", "Person")
"""What a pseudonym is called when the study has chosen none; a number follows."""

_PERSON_LABELS = {Role.INTERVIEWER: "Interviewer", Role.EMPLOYER: "Person", None: "Person"}


class Roster:
    """Collects names, then settles pseudonyms and forms.

    Args:
        keep: Pseudonyms given before, by name.
        reserved: Pseudonyms the study has chosen itself.
        ordinary: Words that the study also uses as ordinary words, folded.
    """

    def __init__(self, keep: Mapping[str, str], reserved: Iterable[str], ordinary: Collection[str]) -> None:
        """Start with nobody."""
        self._ordinary = ordinary
        self._keep = dict(keep)
        self._taken = {*keep.values(), *(one.strip() for one in reserved)}
        self._mapping: dict[str, str] = {}
        self._firms: dict[str, str] = {}
        self._people: dict[tuple[str, ...], tuple[tuple[str, ...], Role | None]] = {}

    def add_firm(self, employer: Employer) -> None:
        """Note a firm; a second one of the same name is the same firm."""
        name = employer.name.strip() or employer.id
        if name not in self._mapping:
            chosen = employer.pseudonym.strip()
            self._mapping[name] = self._distinct(chosen) if chosen else self._next(name, "Employer")
            self._firms[name] = self._mapping[name]

    def add_person(self, name: str, role: Role | None) -> None:
        """Note a person; the same name in another order, case or with a title is the same person."""
        tokens = person_tokens(name)
        if tokens:
            self._people.setdefault(_key(tokens), (tokens, role))

    def settle(self) -> tuple[dict[str, str], dict[str, list[tuple[Form, str]]]]:
        """Give out the pseudonyms.

        Returns:
            Pseudonym by name; and by the first word of a form, forms with pseudonyms, longest first.
        """
        claims: dict[Form, list[str]] = {}
        for name, pseudonym in self._firms.items():
            for form in firm_forms(name, self._ordinary):
                claims.setdefault(form, []).append(pseudonym)
        people = self._settle_people()
        for tokens, pseudonym in people:
            for form in person_forms(tokens, self._ordinary):
                claims.setdefault(form, []).append(pseudonym)
        firms = set(self._firms.values())
        forms: dict[str, list[tuple[Form, str]]] = {}
        for form, pseudonyms in claims.items():
            chosen = self._one(form, list(dict.fromkeys(pseudonyms)), firms)
            forms.setdefault(form.tokens[0], []).append((form, chosen))
        for known in forms.values():
            known.sort(key=lambda one: (-len(one[0].tokens), one[0].comma, one[0].rule, one[1]))
        return dict(self._mapping), forms

    def _settle_people(self) -> list[tuple[tuple[str, ...], str]]:
        """Full names first; a single name belongs to the only full name that has it, if there is one."""
        whole = [(tokens, role) for tokens, role in self._people.values() if len(tokens) > 1]
        single = [(tokens, role) for tokens, role in self._people.values() if len(tokens) == 1]
        settled = [(tokens, self._person(tokens, role)) for tokens, role in whole]
        for tokens, role in single:
            owners = [
                name for name, _ in settled if fold(tokens[0]) in {fold(one) for one in single_names(name)}
            ]
            if len(owners) != 1:
                settled.append((tokens, self._person(tokens, role)))
        return settled

    def _person(self, tokens: tuple[str, ...], role: Role | None) -> str:
        name = " ".join(tokens)
        if name not in self._mapping:
            self._mapping[name] = self._next(name, _PERSON_LABELS[role])
        return self._mapping[name]

    def _one(self, form: Form, pseudonyms: list[str], firms: set[str]) -> str:
        """Settle a form that several claim: people before firms; a name of several people is its own."""
        people = [one for one in pseudonyms if one not in firms] or pseudonyms
        if len(people) == 1:
            return people[0]
        name = " ".join(token.title() for token in form.tokens)
        if name not in self._mapping:
            self._mapping[name] = self._next(name, "Person")
        return self._mapping[name]

    def _next(self, name: str, label: str) -> str:
        if name in self._keep:
            return self._keep[name]
        return self._take(f"{label} {number}" for number in count(1))

    def _distinct(self, chosen: str) -> str:
        if chosen not in self._mapping.values():
            return chosen
        return self._take(f"{chosen} ({number})" for number in count(2))

    def _take(self, candidates: Iterable[str]) -> str:
        pseudonym = next(one for one in candidates if one not in self._taken)
        self._taken.add(pseudonym)
        return pseudonym


def _key(tokens: tuple[str, ...]) -> tuple[str, ...]:
    folded = tuple(fold(token) for token in tokens)
    return (folded[0], folded[-1]) if len(folded) > 1 else folded
