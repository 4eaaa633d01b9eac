"""A guide, or a blank note sheet for it, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from discovery.guides.guide import GOODBYE_MINUTES, Guide
from discovery.guides.phases import ROLES
from discovery.guides.wording import (
    CONSENT,
    CONSENT_BOXES,
    COVER_BOXES,
    GOODBYE,
    HOW_TO_USE,
    IMPRESSIONS,
    IMPRESSIONS_NOTE,
    WELCOME,
    clock,
    length,
)
from discovery.records import Question


def guide_markdown(guide: Guide) -> str:
    """Set a guide as Markdown: cover, plan, questions with probes, a last page for impressions."""
    return "\n".join((*_cover(guide), *_plan(guide), *_questions(guide), *_impressions())) + "\n"


def notes_markdown(guide: Guide) -> str:
    """Set the blank note sheet of a guide as Markdown: its questions, and room to write."""
    lines = [f"# Notes: {guide.title}", "", *_boxes()]
    number = 0
    for section in guide.sections:
        lines += [f"## {section.phase.title}", ""]
        for question in section.questions:
            number += 1
            lines += [f"**{number}. {question.text}**", "", "", ""]
    return "\n".join((*lines, *_impressions())) + "\n"


def _cover(guide: Guide) -> Iterator[str]:
    yield f"# {guide.title}"
    yield ""
    if guide.about:
        yield from (guide.about, "")
    meant = f" for {ROLES[guide.role]}" if guide.role else ""
    focus = f"; focus: {', '.join(guide.focus)}" if guide.focus else ""
    yield f"*Interview guide{meant}, {length(guide.minutes)}, {len(guide.questions)} questions{focus}*"
    yield ""
    yield from _boxes()
    yield from ("## Before you start: read this out", "")
    for paragraph in (guide.consent,) if guide.consent else CONSENT:
        yield from (f"> {paragraph}", ">")
    yield from ("", "The person:", "")
    yield from (f"- [ ] {box}" for box in CONSENT_BOXES)
    yield from ("", "## How to use this guide", "")
    yield from (f"- {line}" for line in HOW_TO_USE)
    yield ""


def _boxes() -> Iterator[str]:
    for pair in COVER_BOXES:
        yield from (f"- {box}: ______________________" for box in pair)
    yield ""


def _plan(guide: Guide) -> Iterator[str]:
    yield from ("## Plan", "", "| From | Part | Minutes | Questions |", "| ---: | --- | ---: | ---: |")
    yield f"| {clock(0)} | {WELCOME} | {guide.sections[0].starts if guide.sections else 0:g} | |"
    for section in guide.sections:
        asked = len(section.questions)
        yield f"| {clock(section.starts)} | {section.phase.title} | {section.minutes:g} | {asked} |"
    yield f"| {clock(guide.planned - GOODBYE_MINUTES)} | {GOODBYE} | {GOODBYE_MINUTES:g} | |"
    yield ""


def _questions(guide: Guide) -> Iterator[str]:
    number = 0
    for section in guide.sections:
        times = f"{clock(section.starts)} to {clock(section.starts + section.minutes)}"
        yield from (f"## {section.phase.title} ({times})", "", f"*{section.phase.purpose}*", "")
        for question in section.questions:
            number += 1
            yield from _question(number, question)


def _question(number: int, question: Question) -> Iterator[str]:
    yield from (f"### {number}. {question.text}", "", f"{length(question.minutes)} · `{question.id}`", "")
    yield from (f"- {probe}" for probe in question.probes)
    yield ""
    yield f"Listen for: {'; '.join(question.listen_for)}."
    yield ""
    yield f"Avoid: {'; '.join(question.avoid)}."
    yield from ("", "Notes:", "", "")


def _impressions() -> Iterator[str]:
    yield from ("## First impressions", "", IMPRESSIONS_NOTE, "")
    for title, _ in IMPRESSIONS:
        yield from (f"**{title}**", "", "", "")
