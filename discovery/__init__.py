"""Discovery: employer customer-discovery research, from interview transcripts to a programme brief."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from discovery.study import Study

__version__ = "0.1.0"
__all__ = ["Study", "__version__"]


def __getattr__(name: str) -> Any:
    """Load :class:`Study` on first use, so that ``discovery --help`` need not."""
    if name == "Study":
        return import_module("discovery.study").Study
    raise AttributeError(f"module 'discovery' has no attribute {name!r}")
