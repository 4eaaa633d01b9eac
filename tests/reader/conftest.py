"""A small interview, the instructions of a study with few types, and its packet."""

from __future__ import annotations

import json

import pytest

from discovery.codebook import load_codebook
from discovery.privacy import Pseudonyms
from discovery.reader import make_instructions, make_packets
from discovery.readings import Reader, ReaderKind, TypeEntry
from discovery.records import Employer, Role, Speaker, Turn

TYPES = (
    TypeEntry(
        "need-vs-channel", "Need", "Wants one kind, looks elsewhere.", "wants", "recruits", "another role"
    ),
    TypeEntry("posted-vs-hired", "Posted", "States a rule, hires without.", "states", "hires", "dropped"),
)
TALK = (
    ("Ann Lund", Role.INTERVIEWER, "Whom do you want at Acme?"),
    (
        "Bob Ray",
        Role.EMPLOYER,
        "We want “grown-ups” with ten years, people who’ve led a crew, says Ann. I mean it.",
    ),
    ("Ann Lund", Role.INTERVIEWER, "And where do they come from?"),
    (
        "Bob Ray",
        Role.EMPLOYER,
        "They come from the spring fair at the college. We never look anywhere else, not once.",
    ),
    ("Ann Lund", Role.INTERVIEWER, "Anything posted?"),
    (
        "Bob Ray",
        Role.EMPLOYER,
        "The posting says two years. Carla Moss had none. Write to bob@acme.com about it. I mean it.",
    ),
)
READER = Reader("Kim", ReaderKind.PERSON, at="2026-01-02T03:04:05+00:00")


@pytest.fixture
def types():
    return TYPES


@pytest.fixture
def reader():
    return READER


@pytest.fixture
def instructions():
    return make_instructions(load_codebook(), TYPES)


@pytest.fixture
def names():
    speakers = [
        Speaker("Ann Lund", Role.INTERVIEWER),
        Speaker("Bob Ray", Role.EMPLOYER),
        Speaker("Carla Moss"),
    ]
    return Pseudonyms.for_study([Employer("acme", "Acme", "Employer Alder")], speakers)


@pytest.fixture
def turns():
    return [Turn("acme-visit.vtt", number, who, text, role) for number, (who, role, text) in enumerate(TALK)]


@pytest.fixture
def packet(turns, instructions, names):
    (made,) = make_packets(
        turns, employer="Employer Alder", instructions=instructions, names=names, employer_id="acme"
    )
    return made


@pytest.fixture
def answer(packet):
    """A sound answer as a dictionary, and a way to write it."""

    class Sound:
        claims = [  # noqa: RUF012
            {"turn": 1, "quote": "people who’ve led a crew", "stance": "need", "facet": "level"},
            {
                "turn": 3,
                "quote": "They come from the spring fair at the college",
                "stance": "practice",
                "facet": "channel",
            },
        ]
        mismatch = {  # noqa: RUF012
            "type": "need-vs-channel",
            "stated": {"turn": 1, "quote": "people who’ve led a crew"},
            "actual": {"turn": 3, "quote": "They come from the spring fair at the college"},
            "note": "They want leaders and look among students.",
        }

        def text(self, claims=None, mismatches=None, packet_id=packet.id):
            kept = {
                "packet": packet_id,
                "claims": self.claims if claims is None else claims,
                "mismatches": [self.mismatch] if mismatches is None else mismatches,
            }
            return json.dumps(kept, ensure_ascii=False, indent=1)

    return Sound()
