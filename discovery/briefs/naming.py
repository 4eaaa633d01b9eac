"""How the brief calls the employers of a study."""

from __future__ import annotations

from collections.abc import Sequence

from discovery.briefs.material import Material
from discovery.records import Employer


def everyone(material: Material) -> list[Employer]:
    """All employers: those described, then those that only occur in records, by id."""
    known = {each.id: each for each in material.employers}
    groups = (material.interviews, material.claims, material.mismatches, material.documents)
    others = sorted({each.employer for group in groups for each in group} - set(known))
    return [*known.values(), *(Employer(id=each, name=each) for each in others)]


def employer_labels(employers: Sequence[Employer], material: Material, *, names: bool) -> dict[str, str]:
    """Give every employer its name or its pseudonym, each different from the others.

    Args:
        employers: All employers of the study, so that a label stays the same in every extract.
        material: Its ``pseudonymise`` is asked first where an employer has no pseudonym.
        names: Use real names.
    """
    if names:
        return {each.id: each.name or each.id for each in employers}
    labels = {each.id: each.pseudonym for each in employers if each.pseudonym}
    taken = set(labels.values())
    letters = (f"Employer {_letters(number)}" for number in range(2 * len(employers) + 1))
    free = (label for label in letters if label not in taken)
    for each in employers:
        if each.id not in labels:
            given = material.pseudonymise(each.name) if material.pseudonymise else each.name
            fits = given != each.name and given not in taken
            labels[each.id] = given if fits else next(free)
            taken.add(labels[each.id])
    return labels


def _letters(number: int) -> str:
    """Count in letters: A to Z, then AA.

    >>> _letters(0), _letters(25), _letters(26)
    ('A', 'Z', 'AA')
    """
    tail = chr(ord("A") + number % 26)
    return _letters(number // 26 - 1) + tail if number >= 26 else tail
