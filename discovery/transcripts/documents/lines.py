"""A document as lines of text, each knowing the paragraph it comes from."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from discovery.transcripts.documents.blocks import Block, Document
from discovery.transcripts.names import Likeness, likeness, split_label
from discovery.transcripts.times import CLOCK

_AFTER_NAME = re.compile(r"\s*[-–—:]\s*|\s+")
_HAS_TIME = re.compile(CLOCK)


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of a document.

    Args:
        text: All lines, an empty one between paragraphs.
        blocks: Number of the block each line comes from.
        headings: Numbers of the blocks left out as headings.
    """

    text: str
    blocks: tuple[int, ...]
    headings: tuple[int, ...]

    def block_of(self, line: int) -> int:
        """Return the number of the block that a line, counted from 1, comes from."""
        return self.blocks[min(max(line, 1), len(self.blocks)) - 1] if self.blocks else line


def to_lines(document: Document, *, headings: bool = False) -> Lines:
    """Write a document as lines.

    A name that stands apart at the start of a paragraph, in bold or before a tab, gets the
    colon it stands for, so that it is read like any other name.

    Args:
        document: Its blocks.
        headings: Keep headings; else only those that look like the name of a speaker.

    Returns:
        The lines.
    """
    names = _apart_names(document)
    labels = Counter(block.text.strip().casefold() for block in document.blocks if block.heading)
    lines: list[str] = []
    numbers: list[int] = []
    left: list[int] = []
    for block in document.blocks:
        if block.heading and not headings and not _may_be_label(block.text, labels):
            left.append(block.number)
            continue
        rows = _with_colon(block, names).split("\n") + ([] if document.lines_only else [""])
        lines.extend(rows)
        numbers.extend([block.number] * len(rows))
    return Lines("\n".join(lines), tuple(numbers), tuple(left))


def _may_be_label(heading: str, labels: Counter[str]) -> bool:
    """Keep headings with a name and a colon or a time, and names that come more than once."""
    text = heading.strip()
    if split_label(text) or _HAS_TIME.search(text):
        return True
    return labels[text.casefold()] > 1 and likeness(text) >= Likeness.LIKELY


def _lead(block: Block) -> str:
    """Return the words that stand apart at the start of a paragraph: in bold, or before a tab."""
    if block.bold:
        lead = block.text[: block.bold].split("\n", 1)[0]
    else:
        lead = block.text.lstrip().split("\n", 1)[0].partition("\t")[0] if "\t" in block.text else ""
    return lead.strip().rstrip(":-–— ").rstrip()


def _apart_names(document: Document) -> frozenset[str]:
    """Find the leads that are names: by their shape, or because they come back."""
    bold = Counter(_lead(block) for block in document.blocks if block.bold)
    tabbed = Counter(_lead(block) for block in document.blocks if not block.bold)
    names = [
        lead
        for lead, count in bold.items()
        if likeness(lead) >= (Likeness.WEAK if count > 1 else Likeness.SURE)
    ]
    names += [lead for lead, count in tabbed.items() if count > 1 and likeness(lead) >= Likeness.LIKELY]
    return frozenset(name for name in names if name)


def _with_colon(block: Block, names: frozenset[str]) -> str:
    lead = _lead(block)
    text = block.text.lstrip()
    if not lead or lead not in names or text[len(lead) :].lstrip().startswith((":", "：")):
        return block.text
    rest = text[len(lead) :]
    if _HAS_TIME.match(rest.lstrip(" \t\u00a0([")):
        return block.text
    found = _AFTER_NAME.match(rest)
    return f"{lead}: {rest[found.end() if found else 0 :]}"
