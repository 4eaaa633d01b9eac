"""What an interview guide is, and how questions are chosen and put in order for one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from discovery.errors import BankError
from discovery.guides.phases import MISMATCH_TYPES, PHASE_KEYS, ROLES, Phase, phase_of
from discovery.records import Facet, Question

WELCOME_MINUTES = 3.0
"""Time for hello, consent and the recorder."""

GOODBYE_MINUTES = 2.0
"""Time to thank and to agree on what comes next."""

_FOLLOW_UP_PHASES = frozenset({"validation"})
_RECENT_HIRE_PHASES = frozenset({"context", "joining", "closing"})
_CORE_PHASES = frozenset({"context", "success", "tried", "talent", "channels", "requirements", "screening"})
_LATE_PHASES = frozenset({"partnership"})
_FIRST_IN_CORE, _FIRST_ELSEWHERE, _FIRST_LATE = 4.0, 2.0, 0.0
_PLACE, _OWN_ROLE, _FOCUS, _NEW, _CROWDED, _MINUTE = 6.0, 2.5, 4.0, 0.5, 1.5, 0.4


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a guide: its phase, when it starts (minutes from the beginning), its questions."""

    phase: Phase
    starts: float
    questions: tuple[Question, ...]

    @property
    def minutes(self) -> float:
        """Time planned for the section."""
        return sum(question.minutes for question in self.questions)


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide for one interview, ready to be written.

    Args:
        title: What the cover says.
        minutes: Length of the interview.
        sections: Parts in order, each with its questions.
        role: Respondent it is made for, a key of ``ROLES``, or None for anyone.
        focus: Facets, phases or mismatch types it dwells on.
        consent: Wording to read out; None stands for the built-in wording.
        about: One line under the title.
    """

    title: str
    minutes: float
    sections: tuple[Section, ...]
    role: str | None = None
    focus: tuple[str, ...] = ()
    consent: str | None = None
    about: str = ""

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions in the order in which they are asked."""
        return tuple(question for section in self.sections for question in section.questions)

    @property
    def planned(self) -> float:
        """Minutes planned, welcome and goodbye included."""
        return WELCOME_MINUTES + sum(section.minutes for section in self.sections) + GOODBYE_MINUTES


def build_guide(
    questions: Iterable[Question],
    *,
    minutes: float = 45,
    focus: Sequence[str] = (),
    role: str | None = None,
    title: str = "",
    consent: str | None = None,
    about: str = "",
) -> Guide:
    """Choose questions that fit the time and cover the most, and put them in the order of a session.

    A guide opens broad and ends with what was not asked; each focus gets at least one question. The
    rest goes, one by one, to the question that adds the most facets, stances, mismatch types and phases
    for its minutes; a bank names its most telling questions first.

    Args:
        questions: The question bank.
        minutes: Length of the interview, welcome and goodbye included.
        focus: Facets, phases or mismatch types to dwell on.
        role: ``hiring-manager``, ``hr``, ``executive`` or ``recent-hire``; None for anyone.
        title: Title; made from role and focus where nothing is given.
        consent: Consent wording to read out instead of the built-in one.
        about: One line under the title.

    Returns:
        A guide; the same input always gives the same guide.

    Raises:
        BankError: The time is too short (``guide.budget``), or no question for this role covers a focus
            or there is no such role (``guide.focus``).
    """
    if role is not None and role not in ROLES:
        raise BankError("guide.focus", focus=f"the role {role}", known=", ".join(ROLES))
    wanted = tuple(dict.fromkeys(focus))
    pool = [question for question in questions if _suits(question, role, wanted)]
    _check_focus(pool, wanted)
    scale = _Scale(pool, wanted, role)
    chosen = _must(pool, wanted, scale)
    time = minutes - WELCOME_MINUTES - GOODBYE_MINUTES
    needed = sum(question.minutes for question in chosen)
    if needed > time:
        least = needed + WELCOME_MINUTES + GOODBYE_MINUTES
        reason = "welcome, one open question, the focus and the end take longer"
        raise BankError("guide.budget", minutes=f"{minutes:g}", reason=reason, least=f"{least:g}")
    while able := _fitting(pool, chosen, time):
        chosen.append(scale.best(able, chosen))
    place = {question.id: at for at, question in enumerate(pool)}
    chosen.sort(key=lambda question: (PHASE_KEYS.index(question.phase), place[question.id]))
    return Guide(title or _title(role, wanted), minutes, arrange(chosen), role, wanted, consent, about)


def arrange(questions: Sequence[Question]) -> tuple[Section, ...]:
    """Put questions into sections by phase, in the order of their first questions, and set the clock."""
    phases = dict.fromkeys(question.phase for question in questions)
    sections, clock = [], WELCOME_MINUTES
    for key in phases:
        own = tuple(question for question in questions if question.phase == key)
        sections.append(Section(phase_of(key), clock, own))
        clock += sections[-1].minutes
    return tuple(sections)


def covers(question: Question, item: str) -> bool:
    """Tell whether a question covers a facet, phase or mismatch type."""
    return item == question.phase or item in question.facets or item in question.exposes


def _suits(question: Question, role: str | None, focus: Sequence[str]) -> bool:
    if question.phase in _FOLLOW_UP_PHASES and question.phase not in focus:
        return False
    if question.roles:
        return role in question.roles if role else question.roles != ("recent-hire",)
    return role != "recent-hire" or question.phase in _RECENT_HIRE_PHASES


def _check_focus(pool: Sequence[Question], focus: Sequence[str]) -> None:
    unknown = [item for item in focus if not any(covers(question, item) for question in pool)]
    if unknown:
        words = (*Facet, *PHASE_KEYS, *MISMATCH_TYPES)
        known = [word for word in dict.fromkeys(words) if any(covers(question, word) for question in pool)]
        raise BankError("guide.focus", focus=", ".join(unknown), known=", ".join(known))


def _must(pool: Sequence[Question], focus: Sequence[str], scale: _Scale) -> list[Question]:
    """One broad opening, one question a focus, one at the end."""
    chosen: list[Question] = []
    for item in ("context", *focus, "closing"):
        able = [question for question in pool if covers(question, item) and question not in chosen]
        done = any(covers(question, item) for question in chosen)
        if able and not done:
            chosen.append(scale.best(able, chosen))
    return chosen


def _fitting(pool: Sequence[Question], chosen: Sequence[Question], time: float) -> list[Question]:
    left = time - sum(question.minutes for question in chosen)
    return [question for question in pool if question not in chosen and question.minutes <= left]


class _Scale:
    """Weighs what a question adds to those chosen; a bank names its most telling questions first."""

    def __init__(self, pool: Sequence[Question], focus: Sequence[str], role: str | None) -> None:
        self._focus, self._role = focus, role
        in_phase: Counter[str] = Counter()
        self._place: dict[str, int] = {}
        for question in pool:
            self._place[question.id] = in_phase[question.phase]
            in_phase[question.phase] += 1

    def best(self, able: Sequence[Question], chosen: Sequence[Question]) -> Question:
        """Return the question worth most beside those chosen; the first of the bank where several are."""
        seen = Counter(mark for other in chosen for mark in _marks(other))
        phases = Counter(other.phase for other in chosen)
        return max(able, key=lambda question: self._worth(question, seen, phases[question.phase]))

    def _worth(self, question: Question, seen: Mapping[str, int], same_phase: int) -> float:
        """Weigh new marks, focus, role and place in the bank against minutes and a crowded phase."""
        new = _NEW * sum(1 / (1 + seen[mark]) for mark in _marks(question))
        focused = _FOCUS * sum(_dwells(question, item) for item in self._focus)
        own_role = _OWN_ROLE * (self._role is not None and self._role in question.roles)
        place = _PLACE / (1 + self._place[question.id])
        crowding = 0.0 if focused else _CROWDED * same_phase
        first = 0.0 if same_phase else self._first(question.phase)
        return new + focused + own_role + place + first - crowding - _MINUTE * question.minutes

    def _first(self, phase: str) -> float:
        """What the first question of a phase is worth; a guide with a focus need not visit every phase."""
        if phase in _CORE_PHASES:
            return _FIRST_IN_CORE
        return _FIRST_LATE if self._focus or phase in _LATE_PHASES else _FIRST_ELSEWHERE


def _dwells(question: Question, item: str) -> float:
    """1 where a question is first of all about an item, half where it only touches it."""
    if item == question.phase or item in question.facets[:1]:
        return 1.0
    return 0.5 if covers(question, item) else 0.0


def _marks(question: Question) -> tuple[str, ...]:
    """Facets, stances and types it bears on; the three never share a word."""
    return (*question.facets, *question.stances, *question.exposes)


def _title(role: str | None, focus: Sequence[str]) -> str:
    who = f" with {ROLES[role].lower() if role != 'hr' else ROLES[role]}" if role else ""
    about = f": {', '.join(focus)}" if focus else ""
    return f"Discovery conversation{who}{about}"
