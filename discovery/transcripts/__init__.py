"""Transcript files to turns: one reader a layout, chosen by content."""

from discovery.transcripts.reading import Layout, layouts, read_transcript, speaker_shares

__all__ = ["Layout", "layouts", "read_transcript", "speaker_shares"]
