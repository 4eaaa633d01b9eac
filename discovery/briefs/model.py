"""The format-free brief: sections of blocks that any writer can set in its own format."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from discovery.records import Notice, Span

_NOTEBOOK_WIDTH = 760
"""Pixels; figures are drawn finer than that, for print."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with one emphasis."""

    text: str
    strong: bool = False
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A pointer to a figure, table or section; ``otherwise`` is read where the target is not in the brief."""

    target: str
    otherwise: str = ""


Inline = Run | Reference


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section, level 2 or 3."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; ``small`` for side remarks, ``keep`` to stay on the page of what follows."""

    runs: tuple[Inline, ...]
    small: bool = False
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without order."""

    items: tuple[tuple[Inline, ...], ...]


@dataclass(frozen=True, slots=True)
class Callout:
    """A framed remark with a title: ``note`` informs, ``caution`` warns."""

    title: str
    runs: tuple[Inline, ...]
    kind: str = "note"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of an employer and where they stand.

    Args:
        text: The words, with names replaced.
        employer: How the employer is called in this brief.
        source: Transcript file, or the interview's number where files are not shown.
        turn: Turn number, None where it is not shown.
        time: Time in the recording, empty where the layout has none.
        side: ``stated``, ``actual`` or empty.
        span: The evidence itself, None for audiences that may not see it.
    """

    text: str
    employer: str
    source: str
    turn: int | None
    time: str
    side: str = ""
    span: Span | None = None

    @property
    def place(self) -> str:
        """File, turn and time in one line."""
        turn = "" if self.turn is None else f"turn {self.turn}"
        return ", ".join(part for part in (self.source, turn, self.time) if part)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a repeating header; ``widths`` are relative, ``numbers`` are right-aligned columns."""

    key: str
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its caption and a description for those who cannot see it."""

    key: str
    caption: str
    alt: str
    png: bytes
    width: float = 16.0

    def _repr_png_(self) -> bytes:
        """Show the picture in a notebook that is printed."""
        return self.png

    def _repr_html_(self) -> str:
        """Show the picture in a notebook, with caption and alt text."""
        data = b64encode(self.png).decode()
        return (
            f'<figure style="margin: 0" class="tex2jax_ignore mathjax_ignore">'
            f'<img style="width: {_NOTEBOOK_WIDTH}px; max-width: 100%" alt="{escape(self.alt)}" '
            f'src="data:image/png;base64,{data}"><figcaption>{escape(self.caption)}</figcaption></figure>'
        )


@dataclass(frozen=True, slots=True)
class Facts:
    """A row of numbers with what each one counts."""

    items: tuple[tuple[str, str], ...]


Block = Heading | Paragraph | Bullets | Callout | Quote | Table | Figure | Facts


@dataclass(frozen=True, slots=True)
class Section:
    """One main part of the brief; ``key`` is what ``only`` asks for, ``new_page`` where it starts."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    appendix: bool = False
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Brief:
    """A whole brief, ready for any writer.

    Args:
        title: Title on the first page.
        subtitle: Line under it.
        cover: Pairs of label and value for the title page.
        sections: Parts in reading order, appendices last.
        audience: ``internal``, ``employer`` or ``public``.
        marking: What the footer says about who may read it.
        short: A few pages only: no title page and no list of contents.
        notices: What composing dropped or repaired.
    """

    title: str
    subtitle: str
    cover: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    audience: str = "internal"
    marking: str = ""
    short: bool = False
    notices: tuple[Notice, ...] = field(default=())

    def numbered(self) -> Iterator[tuple[str, Section]]:
        """Give each section with its number: 1, 2, ... and A, B, ... for appendices."""
        plain = appendix = 0
        for section in self.sections:
            if section.appendix:
                appendix += 1
                yield chr(ord("A") + appendix - 1), section
            else:
                plain += 1
                yield str(plain), section

    def labels(self) -> dict[str, str]:
        """Name everything that can be pointed at, such as ``Table 3`` or ``section 5``."""
        labels = {}
        figures = tables = 0
        for number, section in self.numbered():
            labels[section.key] = f"{'appendix' if section.appendix else 'section'} {number}"
            for block in section.blocks:
                if isinstance(block, Figure):
                    figures += 1
                    labels[block.key] = f"Figure {figures}"
                elif isinstance(block, Table):
                    tables += 1
                    labels[block.key] = f"Table {tables}"
        return labels


def line(*parts: str | Inline) -> tuple[Inline, ...]:
    """Put plain strings, runs and references together to one line."""
    return tuple(Run(part) if isinstance(part, str) else part for part in parts)


def say(*parts: str | Inline) -> Paragraph:
    """Make a paragraph from plain strings, runs and references."""
    return Paragraph(line(*parts))


def lead_in(*parts: str | Inline) -> Paragraph:
    """Make a paragraph that stays on the page of what follows it."""
    return Paragraph(line(*parts), keep=True)


def remark(*parts: str | Inline) -> Paragraph:
    """Make a small paragraph for a side remark."""
    return Paragraph(line(*parts), small=True)


def strong(text: str) -> Run:
    """Make an emphasised run."""
    return Run(text, strong=True)
