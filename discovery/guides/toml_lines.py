"""Where an entry stands in a TOML file, so that every fault can name its line."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from discovery.errors import BankError

_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]\]?")
_ENTRY = re.compile(r"\s*([\w-]+)\s*=")


class Lines:
    r"""Finds the line of a section, of the n-th section of one name, or of an entry in it.

    >>> lines = Lines('[[questions]]\nid = "a"\n[[questions]]\nid = "b"')
    >>> lines.of("questions", 1), lines.of("questions", 1, "id"), lines.of("questions", 1, "text")
    (3, 4, 3)
    """

    def __init__(self, text: str) -> None:
        """Note where each section and entry starts, from line 1; text over several lines is passed over."""
        self._places: dict[tuple[str, int, str], int] = {}
        section, count, quoted = "", {"": 0}, False
        for number, line in enumerate(text.splitlines(), 1):
            marks = line.count('"""') + line.count("'''")
            if not quoted and (header := _HEADER.match(line)):
                section = header.group(2)
                count[section] = count.get(section, -1) + 1
                self._places[section, count[section], ""] = number
            elif not quoted and (entry := _ENTRY.match(line)):
                self._places.setdefault((section, count[section], entry.group(1)), number)
            quoted ^= marks % 2 == 1

    def of(self, section: str, place: int = 0, entry: str = "") -> int:
        """Return the line of an entry, of its section where it is missing, 1 where both are."""
        places = self._places
        return places.get((section, place, entry)) or places.get((section, place, "")) or 1


def read_toml(path: Path) -> tuple[dict[str, Any], Lines]:
    """Read a TOML file with the place of every entry.

    Raises:
        BankError: The file cannot be read or is not valid TOML (``bank.faults``).
    """
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        return tomllib.loads(text), Lines(text)
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise BankError(
            "bank.faults", source=path.name, faults=f"the file cannot be read: {reason}"
        ) from None
    except UnicodeDecodeError:
        raise BankError("bank.faults", source=path.name, faults="the file is not UTF-8 text") from None
    except tomllib.TOMLDecodeError as problem:
        raise BankError("bank.faults", source=path.name, faults=f"not valid TOML: {problem}") from None
