"""Documents as people and tools save them: Word, OpenDocument, RTF, PDF, and Google Meet's Word file."""

from __future__ import annotations

import re
from abc import abstractmethod

from discovery.errors import TranscriptError
from discovery.transcripts.base import NO, Draft, Evidence, RawFile
from discovery.transcripts.documents.arrangement import (
    arrange,
    read_arranged,
    read_as_text,
    sniff_as_text,
    with_counts,
)
from discovery.transcripts.documents.blocks import Document
from discovery.transcripts.documents.docx import docx_document, is_docx
from discovery.transcripts.documents.odt import is_odt, odt_document
from discovery.transcripts.documents.old_office import is_old_office, old_office_error
from discovery.transcripts.documents.pdf import is_pdf, pdf_document
from discovery.transcripts.documents.rtf import is_rtf, rtf_document
from discovery.transcripts.meet import MeetText

_NOTES_TAB = re.compile("\U0001f4dd\\s*notes", re.IGNORECASE)
_TRANSCRIPT_TAB = re.compile("(?:\U0001f4d6\\s*)?transcript|.{1,150}[-–] transcript", re.IGNORECASE)


class _DocumentReader:
    """Shared by all kinds of document: take apart, find the arrangement, read."""

    layout: str
    label: str
    kind: str

    @abstractmethod
    def recognises(self, file: RawFile) -> bool:
        """Tell whether the file is of this kind, from its first bytes and parts."""

    @abstractmethod
    def take_apart(self, file: RawFile) -> Document:
        """Take the file apart into blocks."""

    def sniff(self, file: RawFile) -> Evidence:
        """Look at the kind of file, and then at how names and words stand in it."""
        if not self.recognises(file):
            return NO
        try:
            document = self.take_apart(file)
        except TranscriptError:
            return Evidence(0.5, f"{self.kind} file that cannot be opened")
        found = arrange(document, file.name)
        if found is None:
            return Evidence(0.36, f"{self.kind} file in which no speakers can be told")
        return Evidence(0.5 + 0.4 * found.evidence.confidence, f"{self.kind} file; {found.evidence.reason}")

    def read(self, file: RawFile) -> Draft:
        """Read the document in its surest arrangement.

        Raises:
            TranscriptError: It is cut off, locked, too large, unsafe, or names no speakers.
        """
        return read_arranged(self.take_apart(file), file.name, self.kind)


class WordDocument(_DocumentReader):
    """A Word document with names before the words, in bold, or in a table."""

    layout = "docx"
    label = "interview as Word document (.docx)"
    kind = "Word"

    def recognises(self, file: RawFile) -> bool:
        """Tell a Word file, and its forms of before 2007 that can only be refused."""
        return is_docx(file) or is_old_office(file)

    def take_apart(self, file: RawFile) -> Document:
        """Take a Word document apart."""
        if is_old_office(file):
            raise old_office_error(file)
        return docx_document(file)


class OpenDocument(_DocumentReader):
    """An OpenDocument text, as LibreOffice writes it."""

    layout = "odt"
    label = "interview as OpenDocument text (.odt)"
    kind = "OpenDocument"

    def recognises(self, file: RawFile) -> bool:
        """Tell an OpenDocument text."""
        return is_odt(file)

    def take_apart(self, file: RawFile) -> Document:
        """Take an OpenDocument text apart."""
        return odt_document(file)


class RichText(_DocumentReader):
    """An RTF file, as Word, LibreOffice and TextEdit write it."""

    layout = "rtf"
    label = "interview as RTF (.rtf)"
    kind = "RTF"

    def recognises(self, file: RawFile) -> bool:
        """Tell an RTF file."""
        return is_rtf(file)

    def take_apart(self, file: RawFile) -> Document:
        """Take an RTF file apart."""
        return rtf_document(file)


class PortableDocument(_DocumentReader):
    """A PDF with a text layer."""

    layout = "pdf"
    label = "interview as PDF with a text layer (.pdf)"
    kind = "PDF"

    def recognises(self, file: RawFile) -> bool:
        """Tell a PDF."""
        return is_pdf(file)

    def take_apart(self, file: RawFile) -> Document:
        """Take a PDF apart."""
        return pdf_document(file)


def _only_notes(document: Document) -> bool:
    """Tell Gemini's notes that were saved without the tab that holds the transcript."""
    texts = [block.text.strip() for block in document.blocks]
    return any(_NOTES_TAB.fullmatch(text) for text in texts) and not any(
        map(_TRANSCRIPT_TAB.fullmatch, texts)
    )


class MeetDocx:
    """A Google Meet transcript downloaded as a Word document, with or without Gemini's notes."""

    layout = "meet-docx"
    label = "Google Meet transcript (.docx), with or without Gemini notes"

    def __init__(self) -> None:
        """Lean on the reader of the same document saved as text."""
        self._text = MeetText()

    def sniff(self, file: RawFile) -> Evidence:
        """Look for Meet's own headings and sentences, and for names after them."""
        if not is_docx(file):
            return NO
        try:
            document = docx_document(file)
        except TranscriptError:
            return NO
        if _only_notes(document):
            return Evidence(0.96, "Word file; Gemini's notes without the transcript")
        seen = sniff_as_text(document, file.name, self._text, headings=True)
        return Evidence(seen.confidence, f"Word document; {seen.reason}") if seen.confidence else NO

    def read(self, file: RawFile) -> Draft:
        """Read the transcript part; notes, attendees and closing sentences are skipped.

        Raises:
            TranscriptError: The document is cut off, locked, too large or unsafe, or holds
                Gemini's notes alone.
        """
        document = docx_document(file)
        if _only_notes(document):
            raise TranscriptError("transcript.no-speech", source=file.name, layout=self.layout)
        return with_counts(read_as_text(document, file.name, self._text, headings=True), document)
