"""Transcript files to turns: one reader a layout, chosen by content."""

from discovery.transcripts.reading import Layout, layouts, read_transcript, speaker_shares
from discovery.transcripts.roles import assign_roles

__all__ = ["Layout", "assign_roles", "layouts", "read_transcript", "speaker_shares"]
