"""Every fault the package can name: one table of codes, one exception class for each room.

A message names the file, the line and what to do next; it never repeats interview text.
Words live in :data:`CODES` so that a writer can edit them, a test can match the code,
and a user can quote it.
"""

from __future__ import annotations

from typing import Any, NamedTuple


class Words(NamedTuple):
    """What is said about one code: the fault, and what to do next."""

    message: str
    hint: str


CODES: dict[str, Words] = {
    # --- study ---
    "study.missing": Words(
        "there is no study in {folder}",
        "make one with `discovery init {folder}`, or name the folder that holds study.toml",
    ),
    "study.exists": Words(
        "there is already a study in {folder}", "choose another folder; nothing was changed"
    ),
    "study.settings": Words("study.toml: {faults}", "mend the lines named and run again"),
    "study.employers": Words("employers.csv: {faults}", "mend the lines named and run again"),
    "study.no-transcripts": Words(
        "{folder} holds no transcript that could be read",
        "put the files that your recording tool exported into it and run again",
    ),
    "study.not-run": Words("this study has not been analysed yet", "run `discovery run` first"),
    "study.locked": Words("another run is using {file}", "wait until it has finished, then run again"),
    # --- review ---
    "review.status": Words("there is no status {status}", "choose among: {known}"),
    "review.anchor": Words(
        "{count} mismatches have the anchor {anchor}", "take it from `discovery export candidates`"
    ),
    # --- transcript ---
    "transcript.empty": Words("the file is empty", "export it again from the recording tool"),
    "transcript.binary": Words(
        "the file is not text but {kind}",
        "export the transcript itself, not the recording or a picture of it",
    ),
    "transcript.unknown": Words(
        "no reader recognises this layout",
        "see `discovery layouts` for what can be read; saving it as `Name: text` lines always works",
    ),
    "transcript.ambiguous": Words(
        "several layouts fit equally well: {candidates}", "say which one with `--layout NAME`"
    ),
    "transcript.broken": Words(
        "the {layout} file cannot be opened: {reason}", "export it again from the recording tool"
    ),
    "transcript.no-speech": Words(
        "the {layout} file holds no speech", "export it again from the recording tool"
    ),
    "transcript.too-large": Words(
        "the file has {size} where {limit} is the most", "split it, or export text only"
    ),
    "transcript.protected": Words(
        "the {layout} file is protected by a password", "save it without a password and try again"
    ),
    "transcript.old-office": Words(
        "the file is {kind} of before 2007", "open it in Word or LibreOffice and save it as .docx"
    ),
    "transcript.scanned": Words(
        "the PDF holds pictures of pages and no text",
        "run text recognition on it first, or get the transcript as text",
    ),
    "transcript.no-speakers": Words(
        "the {layout} file holds text, but nothing tells who speaks",
        "put a name and a colon before each speech, such as `Dana: ...`",
    ),
    "transcript.columns": Words(
        "the table does not say which column holds what: {reason}",
        "put a first row such as `speaker,text,start,end` above the others",
    ),
    "transcript.not-found": Words("there is no such file", "check the name"),
    "transcript.layout": Words("there is no layout {layout}", "choose among: {known}"),
    "transcript.unreadable": Words("the file cannot be opened: {reason}", "check that you may read it"),
    # --- roles ---
    "roles.unknown": Words(
        "it is not clear who interviews: {speakers}",
        'add `interviewers = ["NAME"]` under [roles] in study.toml, or pass --interviewer NAME',
    ),
    "roles.no-such-speaker": Words(
        "no speaker is called {names}; the speakers are: {speakers}",
        "name one of them under [roles] in study.toml, or with --interviewer NAME",
    ),
    "roles.nobody-answers": Words(
        "all speakers are named as interviewers: {speakers}",
        "name only those who ask, so that somebody answers",
    ),
    # --- bank, guide, lint ---
    "bank.faults": Words("{faults}", "mend the lines named; nothing was written"),
    "guide.budget": Words("{minutes} minutes are too few: {reason}", "allow at least {least} minutes"),
    "guide.focus": Words("no question covers {focus}", "choose among: {known}"),
    "guide.page": Words("there is no page size {page}", "choose among: {known}"),
    "guide.format": Words("a guide cannot be written as {suffix}", "choose among: {known}"),
    "guide.write": Words("{file} cannot be written: {reason}", "close it where it is open, then run again"),
    "lint.unreadable": Words(
        "the questions cannot be read: {reason}", "give one question a line, a guide or a bank"
    ),
    # --- model ---
    "model.missing": Words(
        "the weights {file} are missing", "install the package again, or run `discovery train`"
    ),
    "model.altered": Words(
        "{file} is not the file it should be (its SHA-256 differs)",
        "install it again, or run `discovery train`",
    ),
    "model.vectors": Words(
        "{given} vectors were given for {texts} texts", "give one row a text, in the same order"
    ),
    "model.not-finite": Words("{rows} vectors hold values that are not numbers", "make the vectors again"),
    "model.dimensions": Words(
        "vectors of length {given} were given where {expected} is needed", "use one encoder throughout"
    ),
    "model.encoder": Words(
        "the weights belong to the encoder {trained}, not to {given}",
        "use the encoder they were trained with, or run `discovery train`",
    ),
    # --- annotation ---
    "annotation.invalid": Words("{faults}", "mend it after the annotation guide, section 3"),
    "annotation.none": Words(
        "{folder} holds no annotated interview", "name a folder with NAME.gold.json files"
    ),
    # --- catalogue ---
    "catalogue.faults": Words("{faults}", "mend the lines named and run again"),
    # --- store ---
    "store.broken": Words(
        "{file} cannot be read: {reason}",
        "move it away and run again; human decisions stay in the moved file",
    ),
    "store.newer": Words("{file} was written by a newer version", "update the package"),
    # --- topics ---
    "topics.settings": Words("{faults}", "see the settings of fit_topics"),
    "topics.edit": Words(
        "the decision cannot be made: {reason}", "name topics by their numbers in the table of topics"
    ),
    "topics.lengths": Words("{given} were given for {texts} texts", "give one a text, in the same order"),
    # --- brief ---
    "brief.audience": Words("there is no audience {audience}", "choose among: {known}"),
    "brief.status": Words("there is no status {status}", "choose among: {known}"),
    "brief.section": Words("there is no section {section}", "choose among: {known}"),
    "brief.employer": Words("the study has no employer {employer}", "see employers.csv for the ids"),
    "brief.page": Words("there is no page size {page}", "choose among: {known}"),
    "brief.template": Words(
        "the template cannot be used: {reason}", "give a .docx file made with Word or LibreOffice"
    ),
    "brief.format": Words("a brief cannot be written as {suffix}", "choose among: {known}"),
    "brief.write": Words("{file} cannot be written: {reason}", "close it where it is open, then run again"),
    # --- reader ---
    "reader.name": Words(
        "{name} cannot be the name of another reader",
        "choose a short name, such as that of the person or model",
    ),
    "reader.kind": Words("there is no kind of reader {kind}", "choose among: {known}"),
    "reader.missing": Words("there is no file or folder {names}", "check the names of the answers"),
    "reader.no-files": Words(
        "there is no answer to import", "name files, or a folder with .json, .txt or .md files"
    ),
    "reader.unknown": Words("no reader {name} has answered in this study", "choose among: {known}"),
    "reader.no-gold": Words(
        "{name} has read no interview of {folder} whole",
        "make a study of its transcripts, export packets and import the answers there",
    ),
    "reader.nothing": Words(
        "nothing could be taken from {files} files", "see the reasons above, file by file"
    ),
    "reader.no-packets": Words(
        "no interview of this study may be read by others", "see the column consent of employers.csv"
    ),
    "reader.write": Words("{file} cannot be written: {reason}", "choose a folder that you may write to"),
    "reader.unset": Words(
        "study.toml names no model to ask",
        'add url = "http://127.0.0.1:11434/v1" and model = "NAME" under [reader]; see docs/second-reader.md',
    ),
    "reader.host": Words(
        "{host} is not this computer, and study.toml does not allow it; nothing was sent",
        'use a server on this computer, or add allow_hosts = ["{host}"] under [reader] if employers agreed',
    ),
    "reader.relay": Words(
        "the model {model} runs at {host}: the server on this computer only passes text on; nothing was sent",
        'choose a model that runs here, or add allow_hosts = ["{host}"] under [reader] if employers agreed',
    ),
    "reader.https": Words(
        "text would travel to {host} in the clear; nothing was sent", "use an address with https://"
    ),
    "reader.library": Words(
        "asking a model needs a client library that is not installed",
        'in the folder of Discovery run `python -m pip install -c constraints.txt -e ".[reader]"`',
    ),
    "reader.key-form": Words(
        "{variable} holds characters that no key has", "set it to the key alone, without spaces or quotes"
    ),
    "reader.down": Words(
        "no server answers at {place}", "start it, or mend url under [reader] in study.toml"
    ),
    "reader.certificate": Words(
        "the certificate of {host} cannot be trusted; nothing was sent",
        "set SSL_CERT_FILE to your organisation's certificates; on this computer use http://",
    ),
    "reader.key": Words(
        "{host} refuses access (status {status})", "put a key that it accepts into {variable} and run again"
    ),
    "reader.model": Words(
        "{host} has no model {model}, or none at this address (status {status})",
        "check model and url under [reader]; the url usually ends in /v1",
    ),
    "reader.log": Words(
        "{file} in reports/ cannot be written: {reason}; nothing is sent that is not put down there",
        "make reports/ writable and run again",
    ),
    "reader.redirect": Words(
        "{host} sends requests on to {target}, which was not followed",
        "name the final address as url under [reader]",
    ),
    "reader.busy": Words(
        "{host} asks to wait for {seconds} seconds", "run again then; what has come back is kept"
    ),
    "reader.failing": Words(
        "{host} failed on {count} packets in a row ({reason})",
        "see to the server, then run again; what has come back is kept",
    ),
    # --- export ---
    "export.table": Words("there is no table {table}", "choose among: {known}"),
    "export.format": Words("there is no format {format}", "choose among: {known}"),
}
"""Readable code to message and hint. Fields in braces are filled from the error's facts."""


class DiscoveryError(Exception):
    """A fault that a user can do something about.

    Args:
        code: Key in :data:`CODES`.
        source: File the fault is in, by name.
        line: Line in that file, from 1.
        **facts: Values for the message; never interview text.

    >>> str(TranscriptError("transcript.empty", source="a.vtt"))
    'a.vtt: the file is empty; export it again from the recording tool [transcript.empty]'
    """

    def __init__(
        self, code: str, *, source: str | None = None, line: int | None = None, **facts: Any
    ) -> None:
        """Look the code up and fill in its words."""
        words = CODES[code]
        self.code = code
        self.source = source
        self.line = line
        self.facts = facts
        self.message = words.message.format(**facts)
        self.hint = words.hint.format(**facts)
        super().__init__(str(self))

    def __str__(self) -> str:
        """One line: place, message, hint, code."""
        place = "".join([f"{self.source}:" if self.source else "", f"{self.line}:" if self.line else ""])
        return f"{place} {self.message}; {self.hint} [{self.code}]".strip()

    def _render_traceback_(self) -> list[str]:
        """Show one line in a notebook, where a traceback would bury it."""
        return [f"{type(self).__name__}: {self}"]

    def __reduce__(self) -> tuple[Any, ...]:
        """Keep the facts when the error crosses a process border."""
        return _rebuild, (type(self), self.code, self.source, self.line, self.facts)


def _rebuild(
    kind: type[DiscoveryError], code: str, source: str | None, line: int | None, facts: dict[str, Any]
) -> DiscoveryError:
    return kind(code, source=source, line=line, **facts)


class StudyError(DiscoveryError):
    """The study folder, its settings or its employers."""


class TranscriptError(DiscoveryError):
    """A transcript file that cannot be read."""


class RolesError(DiscoveryError):
    """Nobody can tell who interviews and who answers."""


class BankError(DiscoveryError):
    """A question bank, a guide definition or a file of questions."""


class ModelError(DiscoveryError):
    """Weights, vectors or an encoder."""


class AnnotationError(DiscoveryError):
    """An annotated interview that breaks the annotation guide."""


class CatalogueError(DiscoveryError):
    """A mismatch catalogue or a codebook."""


class TopicsError(DiscoveryError):
    """Topic settings or inputs."""


class StoreError(DiscoveryError):
    """The study's database."""


class BriefError(DiscoveryError):
    """A brief that cannot be composed or written."""


class ReaderError(DiscoveryError):
    """A model that cannot or must not be asked."""


class ExportError(DiscoveryError):
    """A table or format that cannot be exported."""
