"""How the command line speaks: one console, one line for a user's fault, exit statuses with a meaning."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from rich.console import Console

if TYPE_CHECKING:
    from discovery.errors import DiscoveryError

console = Console(highlight=False)
errors = Console(stderr=True, highlight=False, soft_wrap=True)


class Exit(IntEnum):
    """What the exit status tells a script."""

    CLEAN = 0
    FAILED = 1
    USAGE = 2
    PARTIAL = 3


def say_fault(fault: DiscoveryError) -> None:
    """Print one fault in one line: place, message, what to do, code."""
    errors.print(str(fault), markup=False, style="red")
