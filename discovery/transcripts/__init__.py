"""Transcript files to turns with roles: one reader a layout, chosen by content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discovery.transcripts.reading import Layout, layouts, read_transcript, speaker_shares

if TYPE_CHECKING:
    from discovery.transcripts.roles import assign_roles

__all__ = ["Layout", "assign_roles", "layouts", "read_transcript", "speaker_shares"]


def __getattr__(name: str) -> Any:
    """Load the roles, and with them the language tools, only where they are used."""
    if name == "assign_roles":
        from discovery.transcripts.roles import assign_roles

        return assign_roles
    raise AttributeError(f"module 'discovery.transcripts' has no attribute {name!r}")
