"""An invented study to make briefs from: eight employers, or as many as a test asks for."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from itertools import cycle
from typing import Any

import pytest

from discovery.briefs import Material
from discovery.briefs.material import DivergenceRow
from discovery.records import (
    Claim,
    Cue,
    Employer,
    Exchange,
    Facet,
    Guard,
    Interview,
    Mismatch,
    Notice,
    NoticeKind,
    Programme,
    Question,
    Role,
    Speaker,
    Stance,
    Status,
    Topic,
    TopicDocument,
    Turn,
    Value,
)

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""The smallest picture: one dot."""

FIRMS = (
    ("Kestrel Hosting", "cloud services", "120 people", "quote"),
    ("Marlow Freight", "logistics", "900 people", "quote"),
    ("Ostrava Insurance Partners", "insurance", "2,300 people", "quote"),
    ("Pinewood Clinic Group", "health care", "410 people", "paraphrase"),
    ("Quayside Games", "software", "60 people", "quote"),
    ("Rowan & Thistle", "professional services", "35 people", "quote"),
    ("Sandhaven Council", "public sector", "1,800 people", "quote"),
    ("Tolmount Energy", "energy", "5,000 people", "none"),
)

LINES: tuple[tuple[Stance, Facet, str, tuple[Value, ...]], ...] = (
    (
        Stance.NEED,
        Facet.LEVEL,
        "What we are missing is grown-up cloud support engineers who can calm a customer at two at night",
        (Value("level", "senior", "grown-up"),),
    ),
    (
        Stance.PRACTICE,
        Facet.CHANNEL,
        "Nearly everyone on the desk came to us through the college co-op scheme",
        (Value("channel", "co-op", "co-op scheme"),),
    ),
    (
        Stance.REQUIREMENT,
        Facet.EXPERIENCE,
        "You have to have five years in the tech sector before we even open the file",
        (Value("years", "5", "five years"),),
    ),
    (
        Stance.RATIONALE,
        Facet.EXPERIENCE,
        "Honestly the years just tell me that somebody has dealt with angry people and stayed calm",
        (),
    ),
    (
        Stance.REQUIREMENT,
        Facet.CREDENTIAL,
        "The posting says a computing degree and we hold to that",
        (Value("credential", "degree", "computing degree"),),
    ),
    (
        Stance.EXCEPTION,
        Facet.CREDENTIAL,
        "Two of the best people on nights came from a bakery and never finished school",
        (),
    ),
    (
        Stance.CHALLENGE,
        Facet.SKILL,
        "There is nobody out there who can read a firewall log and explain it",
        (),
    ),
    (
        Stance.PRACTICE,
        Facet.TRAINING,
        "Everyone spends eight weeks beside a mentor before they take a shift alone",
        (Value("duration", "8 weeks", "eight weeks"), Value("format", "mentor", "mentor")),
    ),
    (
        Stance.PRACTICE,
        Facet.SCREENING,
        "The system sorts the applications by keywords and I see the top ten",
        (),
    ),
    (Stance.SUCCESS, Facet.SKILL, "The ones who do well write everything down and ask early", ()),
    (
        Stance.CHALLENGE,
        Facet.MOBILITY,
        "They leave after a year because there is nowhere to grow into",
        (Value("duration", "1 year", "a year"),),
    ),
    (Stance.PRACTICE, Facet.MOBILITY, "Every analyst seat was filled from outside last year", ()),
    (
        Stance.NEED,
        Facet.REACH,
        "We would like to see more women and more career changers in the applications",
        (),
    ),
    (
        Stance.PRACTICE,
        Facet.CHANNEL,
        "It is all referrals, the team brings in people they already know",
        (Value("channel", "referral", "referrals"),),
    ),
    (Stance.CHALLENGE, Facet.SPEED, "We lose good candidates because they have another offer by Friday", ()),
    (
        Stance.PRACTICE,
        Facet.SPEED,
        "It is four rounds and then the board signs, so about three months",
        (Value("duration", "3 months", "three months"),),
    ),
    (
        Stance.PRACTICE,
        Facet.TRAINING,
        "The apprentices stay with us for eighteen months and rotate",
        (
            Value("duration", "18 months", "eighteen months"),
            Value("channel", "apprenticeship", "apprentices"),
        ),
    ),
    (
        Stance.PRACTICE,
        Facet.OFFER,
        "We pay what the grid says and that is below the city",
        (Value("money", "below-market", "below the city"),),
    ),
)

PAIRS = (
    ("need-vs-channel", 0, 1, 0.93),
    ("proxy-requirement", 2, 3, 0.88),
    ("posted-vs-hired", 4, 5, 0.81),
    ("growth-vs-mobility", 10, 11, 0.66),
    ("reach-vs-channel", 12, 13, 0.58),
    ("urgency-vs-process", 14, 15, 0.47),
)

TWISTS = (
    "",
    ", which nobody planned",
    ", and that has been so for two years now",
    ", at least on my floor",
    ", and I have said so to the board more than once",
    ", if you ask the people who do the work every day and see who stays and who goes",
    ", to be fair to the team",
    ", and the numbers bear it out",
)


def said(line: str, at: int) -> str:
    return line + TWISTS[at % len(TWISTS)]


def _turns(source: str, firm: str, person: str, at: int) -> tuple[Turn, ...]:
    turns = [
        Turn(
            source,
            0,
            "Mira Holt",
            "Thank you for the time. Tell me about the team.",
            Role.INTERVIEWER,
            2.0,
            6.0,
        )
    ]
    seconds = 8.0
    for number, (_, _, line, _) in enumerate(LINES, 1):
        opening = f"Well, at {firm} it goes like this. " if number == 1 else "So. "
        text = f"{opening}{said(line, at)}."
        cues = (
            Cue(0, len(opening), seconds, seconds + 2, number),
            Cue(len(opening), len(text), seconds + 2, seconds + 9, number),
        )
        turns.append(Turn(source, 2 * number - 1, person, text, Role.EMPLOYER, seconds, seconds + 9, cues))
        turns.append(
            Turn(
                source,
                2 * number,
                "Mira Holt",
                "How does that work in practice?",
                Role.INTERVIEWER,
                seconds + 9,
                seconds + 12,
            )
        )
        seconds += 61.0
    return tuple(turns)


def _employer(at: int) -> Employer:
    name, sector, size, consent = FIRMS[at % len(FIRMS)]
    if at >= len(FIRMS):
        name = f"{name} {at}"
    return Employer(f"e{at:02}", name, "", sector, size, "North coast", consent)


def _claims(turns: tuple[Turn, ...], employer: str, at: int) -> Iterator[Claim]:
    for number, (stance, facet, line, values) in enumerate(LINES):
        if (number + at) % 5 == 4 and at:
            continue
        span = turns[2 * number + 1].find(said(line, at))
        assert span is not None
        guards = (Guard.PAST,) if (number + at) % 11 == 10 else ()
        yield Claim(
            span,
            employer,
            turns[1].speaker,
            stance,
            facet,
            0.95 - 0.02 * ((number * 3 + at) % 17),
            values,
            guards,
            "claims/1",
        )


def _mismatches(turns: tuple[Turn, ...], employer: str, at: int) -> Iterator[Mismatch]:
    states = cycle((Status.ACCEPTED, Status.PROPOSED, Status.PROPOSED, Status.UNSURE, Status.REJECTED))
    for number, (kind, stated, actual, score) in enumerate(PAIRS):
        state = next(states)
        if (number + at) % 3 and not (at == 0 and number < 3):
            continue
        wanted, done = (
            turns[2 * stated + 1].find(said(LINES[stated][2], at)),
            turns[2 * actual + 1].find(said(LINES[actual][2], at)),
        )
        assert wanted is not None
        assert done is not None
        yield Mismatch(
            kind, employer, wanted, done, round(score - 0.01 * at % 0.2, 2),
            f"Wants {LINES[stated][1].value} and acts otherwise on {LINES[actual][1].value}.",
            state, "The two may be about different roles.",
            "When you last filled this role, where did the person come from?", (), "mismatches/1 catalogue/1",
        )  # fmt: skip


def _topics() -> tuple[Topic, ...]:
    return (
        Topic(-1, "no topic", (), 9, None),
        Topic(0, "Support desk and nights", ("desk", "night", "customer", "calm", "shift"), 40, 0.82),
        Topic(1, "Degrees and years", ("degree", "years", "posting", "file"), 31, 0.44),
        Topic(2, "Mentors and weeks", ("mentor", "weeks", "shift", "learn"), 17, 0.71),
    )


def make_material(employers: int = 8, **changes: Any) -> Material:
    """Make the invented study with this many employers."""
    firms = tuple(_employer(at) for at in range(employers))
    interviews, turns, claims, mismatches, documents, exchanges = [], [], [], [], [], []
    for at, firm in enumerate(firms):
        source = f"interview-{at + 1:02}.vtt"
        heard = _turns(source, firm.name, f"Person {at}", at)
        speakers = (Speaker("Mira Holt", Role.INTERVIEWER, 1.0), Speaker(f"Person {at}", Role.EMPLOYER, 1.0))
        words = sum(len(turn.text.split()) for turn in heard)
        interviews.append(Interview(source, firm.id, "zoom-vtt", len(heard), words, "0" * 64, speakers))
        turns += heard
        claims += _claims(heard, firm.id, at)
        mismatches += _mismatches(heard, firm.id, at)
        documents += [
            TopicDocument(heard[number].span(0, len(heard[number].text)), firm.id, number % 4 - 1)
            for number in (1, 3, 5, 7, 9)
        ]
        exchanges += [
            Exchange(
                source, n, (2 * n,), (2 * n + 1,), heard[2 * n].span(0, 5), None, "q1" if n < 4 else None, 0.8
            )
            for n in range(9)
        ]
    made: dict[str, Any] = {
        "title": "Cloud support and security operations on the North coast",
        "programme": Programme(
            "Harbour Bridge",
            ("cloud support engineer", "security analyst"),
            "North coast",
            ("120 placements in two years",),
        ),
        "date": "November 2026",
        "employers": firms,
        "interviews": tuple(interviews),
        "turns": tuple(turns),
        "exchanges": tuple(exchanges),
        "questions": (
            Question("q1", "How did the last three people on the team come to you?", "talent"),
            Question("q2", "What did you try before to solve this?", "context"),
        ),
        "claims": tuple(claims),
        "topics": _topics(),
        "documents": tuple(documents),
        "divergence": (
            DivergenceRow("Degrees and years", 22, 4, 0.4, 0.1, 0.12, 0.44),
            DivergenceRow("Mentors and weeks", 3, 14, 0.05, 0.35, -0.5, -0.1),
        ),
        "mismatches": tuple(mismatches),
        "notices": (
            Notice(
                "transcripts",
                NoticeKind.MERGED,
                "cues of one speaker joined to turns",
                "interview-01.vtt",
                None,
                212,
            ),
            Notice("transcripts", NoticeKind.DROPPED, "lines without speech", "interview-02.vtt", 3, 7),
            Notice("roles", NoticeKind.GUESSED, "speaker roles", "interview-03.vtt", None, 2),
        ),
        "methods": {
            "Package": "discovery 0.1.0",
            "Claim model": "claims/1 (threshold 0.50)",
            "Mismatch rules": "catalogue/1",
            "Seed": 0,
        },
    }
    return Material(**{**made, **changes})


@pytest.fixture
def make() -> Callable[..., Material]:
    return make_material


@pytest.fixture
def rich() -> Material:
    return make_material()


@pytest.fixture
def empty() -> Material:
    return Material("A study without interviews")


@pytest.fixture(autouse=True)
def _quick_pictures(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the drawing out where a test is about words; ``drawn`` asks for true pictures."""
    if "drawn" not in request.fixturenames:
        monkeypatch.setattr("discovery.briefs.figures.render", lambda figure: DOT)


@pytest.fixture
def drawn() -> None:
    """Ask for true pictures."""
