"""Who read what: named to the team, numbered to others, silent where nobody else has read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from discovery.briefs import Brief, Material, compose_brief
from discovery.briefs.material import ReaderRow
from discovery.briefs.model import Table
from discovery.records import Span

READERS = (
    ReaderRow("built-in", "built-in", ("claims/2", "mismatches/3"), 8, 300, 20),
    ReaderRow(
        "Zadie",
        "person",
        ("person, reader/1-ab12cd34",),
        2,
        46,
        7,
        {"the quote is not in its turn": 3, "the facet is not known": 1},
        "2026-03-04",
    ),
    ReaderRow("small", "model", ("small-1, reader/1-ab12cd34",), 8, 200, 30, {}, "2026-03-05"),
)


def texts(item: Any) -> Iterator[str]:
    if isinstance(item, str):
        yield item
    elif isinstance(item, tuple | list):
        for each in item:
            yield from texts(each)
    elif is_dataclass(item) and not isinstance(item, Span):
        for each in fields(item):
            yield from texts(getattr(item, each.name))


def said(brief: Brief) -> str:
    return "\n".join(texts(brief))


def readers_table(brief: Brief) -> Table | None:
    blocks = [block for part in brief.sections for block in part.blocks]
    return next((b for b in blocks if isinstance(b, Table) and b.key == "table:readers"), None)


@pytest.fixture
def read(rich: Material) -> Material:
    """A study that three have read; the first mismatch of each employer was found by all of them."""
    seen: set[str] = set()
    mismatches = []
    for one in rich.mismatches:
        everyone = one.employer not in seen
        seen.add(one.employer)
        mismatches.append(replace(one, readers=("built-in", "Zadie", "small") if everyone else ("Zadie",)))
    return replace(rich, readers=READERS, mismatches=tuple(mismatches))


def test_the_team_sees_who_read_what_and_what_was_rejected(read: Material) -> None:
    brief = compose_brief(read)
    table = readers_table(brief)
    assert table is not None
    assert [row[0] for row in table.rows] == ["built-in", "Zadie", "small"]
    assert table.rows[1][1:] == ("person, reader/1-ab12cd34 (2026-03-04)", "2", "46", "7", "4")
    text = said(brief)
    assert "Zadie: 3 × the quote is not in its turn and 1 × the facet is not known." in text
    assert "built-in, Zadie and small." in text
    several = sum(len(one.readers) > 1 for one in read.mismatches)
    assert f"Mismatches that more than one reader found: {several - _withheld(read)} of " in text


def _withheld(read: Material) -> int:
    hidden = {one.id for one in read.employers if one.consent == "none"}
    return sum(len(one.readers) > 1 for one in read.mismatches if one.employer in hidden)


@pytest.mark.parametrize("audience", ["employer", "public"])
def test_outside_the_team_a_person_has_a_number(read: Material, audience: str) -> None:
    text = said(compose_brief(read, audience=audience))
    assert "Zadie" not in text
    assert "person 1" in text


def test_where_nobody_else_has_read_nothing_is_said(rich: Material) -> None:
    for readers in ((), READERS[:1]):
        brief = compose_brief(replace(rich, readers=readers))
        assert readers_table(brief) is None
        assert "Found by" not in said(brief)
        assert "Who read what" not in said(brief)


def test_within_a_type_agreed_mismatches_come_before_likelier_ones(read: Material) -> None:
    from discovery.briefs.audience import choose_audience
    from discovery.briefs.evidence import Evidence

    audience = choose_audience("internal")
    groups = Evidence(read, audience, audience.statuses).by_type().values()
    for group in groups:
        ranks = [(one.mismatch.status != "accepted", -len(one.mismatch.readers)) for one in group]
        assert ranks == sorted(ranks)
