"""All layouts on one screen, and the choice among them by content."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib import import_module

from discovery.errors import TranscriptError
from discovery.transcripts.base import Evidence, RawFile, Reader

READERS: tuple[str, ...] = (
    "vtt:TeamsVtt",
    "vtt:ZoomVtt",
    "vtt:PlainVtt",
    "srt:Srt",
    "stamped:Otter",
    "stamped:ZoomCaptions",
    "stamped:Rev",
    "stamped:NameTime",
    "stamped:TimeName",
    "stamped:Descript",
    "timed:WhisperText",
    "timed:Resolve",
    "timed:TimedText",
    "meet:MeetText",
    "otranscribe:OTranscribe",
    "plain:Markdown",
    "plain:QuestionAnswer",
    "plain:PlainText",
    "documents.teams:TeamsDocx",
    "documents.readers:MeetDocx",
    "documents.readers:WordDocument",
    "documents.readers:OpenDocument",
    "documents.readers:RichText",
    "documents.readers:PortableDocument",
    "structured.whisper:WhisperX",
    "structured.whisper:Whisper",
    "structured.whisper:WhisperCpp",
    "structured.assemblyai:AssemblyAI",
    "structured.deepgram:Deepgram",
    "structured.aws:AmazonTranscribe",
    "structured.services:RevAi",
    "structured.services:Speechmatics",
    "structured.services:ElevenLabs",
    "structured.services:AzureSpeech",
    "structured.generic:GenericJson",
    "structured.tables:Table",
)
"""Module of this room and class, one line a layout. Order does not matter."""

LEAST_CONFIDENCE = 0.35
"""Below this no reader claims a file."""

TIE = 0.02
"""Two layouts closer than this are a tie, and the user has to say which it is."""


@lru_cache(maxsize=1)
def load_readers() -> tuple[Reader, ...]:
    """Make one reader of each layout, in the order of :data:`READERS`."""
    readers = []
    for entry in READERS:
        module, _, name = entry.partition(":")
        readers.append(getattr(import_module(f"discovery.transcripts.{module}"), name)())
    return refuse_duplicates(readers)


def refuse_duplicates(readers: Iterable[Reader]) -> tuple[Reader, ...]:
    """Pass readers on, unless two of them claim one layout name.

    Raises:
        ValueError: A layout name is taken twice.
    """
    kept: dict[str, Reader] = {}
    for reader in readers:
        if reader.layout in kept:
            raise ValueError(f"two readers are called {reader.layout!r}")
        kept[reader.layout] = reader
    return tuple(kept.values())


def choose(file: RawFile, *, layout: str | None = None, kind: str = "") -> tuple[Reader, Evidence]:
    """Choose the reader whose layout the content fits best.

    Args:
        file: The file, decoded where it is text.
        layout: Name of a layout to use, whatever the content says.
        kind: What a binary file is, for the error message.

    Returns:
        The reader and its evidence.

    Raises:
        TranscriptError: No such layout, no reader recognises the file, or several do
            equally well; the candidates are named with their confidence.
    """
    readers = load_readers()
    if layout is not None:
        return _named(readers, layout, file)
    scored = [(reader.sniff(file), reader) for reader in readers]
    scored = [pair for pair in scored if pair[0].confidence >= LEAST_CONFIDENCE]
    if not scored and file.text is None:
        raise TranscriptError("transcript.binary", source=file.name, kind=kind or "binary data")
    if not scored:
        raise TranscriptError("transcript.unknown", source=file.name)
    scored.sort(key=lambda pair: (-pair[0].confidence, pair[1].layout))
    best, reader = scored[0]
    tied = [pair for pair in scored if best.confidence - pair[0].confidence < TIE]
    if len(tied) > 1:
        candidates = ", ".join(f"{other.layout} ({seen.confidence:.2f})" for seen, other in tied)
        raise TranscriptError("transcript.ambiguous", source=file.name, candidates=candidates)
    return reader, best


def _named(readers: Iterable[Reader], layout: str, file: RawFile) -> tuple[Reader, Evidence]:
    by_name = {reader.layout: reader for reader in readers}
    if layout not in by_name:
        known = ", ".join(sorted(by_name))
        raise TranscriptError("transcript.layout", source=file.name, layout=layout, known=known)
    seen = by_name[layout].sniff(file)
    reason = f"; its content: {seen.reason}" if seen.reason else "; its content does not show it"
    return by_name[layout], Evidence(1.0, "the layout was given by name" + reason)
