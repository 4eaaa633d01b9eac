"""What a study is made of: the programme it designs, its employers, their interviews, and its questions."""

from __future__ import annotations

from dataclasses import dataclass

from discovery.records.findings import Facet, Stance
from discovery.records.talk import Speaker


@dataclass(frozen=True, slots=True)
class Programme:
    """The programme that is being designed, in the team's own words.

    Args:
        name: What the programme is called.
        roles: Roles it should lead to.
        region: Where it runs.
        aims: What it should achieve.
    """

    name: str = ""
    roles: tuple[str, ...] = ()
    region: str = ""
    aims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Employer:
    """One employer of the study, as ``employers.csv`` describes it.

    ``consent`` is what may leave the study: ``quote`` (verbatim), ``paraphrase``
    (counts and paraphrase only) or ``none``.
    """

    id: str
    name: str
    pseudonym: str = ""
    sector: str = ""
    size: str = ""
    region: str = ""
    consent: str = "quote"


@dataclass(frozen=True, slots=True)
class Interview:
    """One transcript within a study: whose it is and what was read."""

    source: str
    employer: str
    layout: str
    turns: int
    words: int
    sha256: str
    speakers: tuple[Speaker, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a bank, with what it is for.

    Args:
        id: Stable key, unique over all banks of a study.
        text: The question as it is asked.
        phase: Part of the session it belongs to (``context``, ``talent``, ...).
        facets: Facets it should draw out.
        stances: Stances it should draw out.
        exposes: Mismatch types it can bring to light.
        probes: Follow-up questions.
        listen_for: What a telling answer contains.
        avoid: What the interviewer should not do here.
        minutes: Time to plan for it.
        source: Document or method the idea comes from.
        roles: Respondents it suits; empty means everyone.
    """

    id: str
    text: str
    phase: str
    facets: tuple[Facet, ...] = ()
    stances: tuple[Stance, ...] = ()
    exposes: tuple[str, ...] = ()
    probes: tuple[str, ...] = ()
    listen_for: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    minutes: float = 2.0
    source: str = ""
    roles: tuple[str, ...] = ()
