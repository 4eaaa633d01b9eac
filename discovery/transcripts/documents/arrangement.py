"""How speakers and words stand in a document, whatever kind of file it came from.

A document becomes lines of text, and the readers of text layouts say what they see in
them; so a layout that is read from a .txt file is read from a document too. What only a
document has is looked for here: names in bold, tables, questions in bold.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import groupby

from discovery.errors import TranscriptError
from discovery.records import NoticeKind
from discovery.transcripts.base import Draft, Evidence, RawFile, Reader, Voice
from discovery.transcripts.documents.blocks import Block, Document
from discovery.transcripts.documents.grid import find_grid, read_grid
from discovery.transcripts.documents.lines import Lines, to_lines
from discovery.transcripts.registry import load_readers


@dataclass(frozen=True, slots=True)
class Arrangement:
    """One way to read a document: how sure it is, and the reading itself."""

    evidence: Evidence
    read: Callable[[], Draft]


def arrange(document: Document, name: str) -> Arrangement | None:
    """Choose how speakers and words stand in a document.

    Args:
        document: Its blocks.
        name: File name.

    Returns:
        The surest arrangement, or None where no speakers can be told.
    """
    candidates = [_as_grid(document), _as_text(document, name), _as_bold_questions(document)]
    found = [candidate for candidate in candidates if candidate is not None]
    return max(found, key=lambda candidate: candidate.evidence.confidence, default=None)


def read_arranged(document: Document, name: str, layout: str) -> Draft:
    """Read a document in its surest arrangement.

    Args:
        document: Its blocks.
        name: File name.
        layout: Label of the layout, for the error.

    Returns:
        Voices by number of paragraph, and everything left out or repaired.

    Raises:
        TranscriptError: No speakers can be told.
    """
    arrangement = arrange(document, name)
    if arrangement is None:
        raise TranscriptError("transcript.no-speakers", source=name, layout=layout)
    return with_counts(arrangement.read(), document)


def with_counts(draft: Draft, document: Document) -> Draft:
    """Add what was left out or repaired while the document was taken apart."""
    draft.skipped.extend(document.skipped)
    for what, count in document.left_out:
        draft.notice(NoticeKind.DROPPED, f"{what} left out", count=count)
    for what, count in document.repaired:
        draft.notice(NoticeKind.REPAIRED, what, count=count)
    return draft


def read_as_text(document: Document, name: str, reader: Reader, *, headings: bool = False) -> Draft:
    """Read a document with the reader of a text layout.

    Args:
        document: Its blocks.
        name: File name.
        reader: Reader of the text layout.
        headings: Whether headings are passed on to the reader.

    Returns:
        Voices and skipped lines, by number of paragraph.
    """
    lines = to_lines(document, headings=headings)
    inner = reader.read(_inner(name, lines))
    outer = Draft()
    for number in lines.headings:
        outer.skip(number, "a heading")
    outer.voices = [replace(voice, line=lines.block_of(voice.line)) for voice in inner.voices]
    outer.skipped += [replace(skipped, line=lines.block_of(skipped.line)) for skipped in inner.skipped]
    outer.notices = [
        notice if notice.line is None else replace(notice, line=lines.block_of(notice.line))
        for notice in inner.notices
    ]
    return outer


def sniff_as_text(document: Document, name: str, reader: Reader, *, headings: bool = False) -> Evidence:
    """Ask the reader of a text layout what it sees in a document."""
    return reader.sniff(_inner(name, to_lines(document, headings=headings)))


def _inner(name: str, lines: Lines) -> RawFile:
    return RawFile(name, b"", lines.text, "document")


def _text_readers() -> list[Reader]:
    """List the readers of plain text; structured files do not occur inside documents."""
    apart = ("discovery.transcripts.documents.", "discovery.transcripts.structured.")
    return [reader for reader in load_readers() if not type(reader).__module__.startswith(apart)]


def _as_text(document: Document, name: str) -> Arrangement | None:
    file = _inner(name, to_lines(document))
    seen = [(reader.sniff(file), reader) for reader in _text_readers()]
    evidence, reader = max(seen, key=lambda pair: pair[0].confidence)
    if evidence.confidence == 0:
        return None
    return Arrangement(evidence, lambda: read_as_text(document, name, reader))


def _as_grid(document: Document) -> Arrangement | None:
    grid = find_grid(document)
    if grid is None:
        return None
    evidence = Evidence(0.95 if grid.header else 0.85, f"table with a row for each of {grid.rows} speeches")
    return Arrangement(evidence, lambda: read_grid(document, grid))


def _as_bold_questions(document: Document) -> Arrangement | None:
    """See an interview without names in which one side is set in bold."""
    groups = _by_weight(document)
    asking = [bold and group[-1].text.rstrip().endswith("?") for bold, group in groups]
    spoken = groups[asking.index(True) :] if any(asking) else []
    bold = sum(is_bold for is_bold, _ in spoken)
    if sum(asking) < 2 or sum(asking) * 2 < bold or len(spoken) - bold < 2:
        return None
    evidence = Evidence(
        0.4, f"no names, but {sum(asking)} questions in bold and {len(spoken) - bold} other answers"
    )
    first = spoken[0][1][0].number
    return Arrangement(evidence, lambda: _read_bold_questions(document, first))


def _by_weight(document: Document) -> list[tuple[bool, list[Block]]]:
    """Group paragraphs that follow each other and are all bold, or all not."""
    paragraphs = [block for block in document.blocks if not block.cells and not block.heading]
    return [(bold, list(group)) for bold, group in groupby(paragraphs, key=_is_bold)]


def _is_bold(block: Block) -> bool:
    return block.bold >= len(block.text.rstrip())


def _read_bold_questions(document: Document, first: int) -> Draft:
    draft = Draft()
    for block in document.blocks:
        if block.number < first:
            draft.skip(block.number, "before the first question")
        elif block.heading or block.cells:
            draft.skip(block.number, "a heading or table")
        else:
            speaker = "Speaker in bold" if _is_bold(block) else "Speaker in plain"
            draft.voices.append(Voice(speaker, block.text, block.number))
    what = "paragraphs without names taken as two speakers, one in bold"
    draft.notice(NoticeKind.GUESSED, what, count=len(draft.voices))
    return draft
