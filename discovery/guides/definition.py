"""Guide definitions: small TOML files from which the same guide can be made again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from discovery.errors import BankError
from discovery.guides.bank import is_bank, load_banks, read_bank
from discovery.guides.guide import GOODBYE_MINUTES, WELCOME_MINUTES, Guide, arrange, build_guide
from discovery.guides.phases import MISMATCH_TYPES, PHASE_KEYS, ROLES
from discovery.guides.toml_lines import Lines, read_toml
from discovery.records import Facet, Question

PAGES = ("A4", "Letter")

_TEXTS = ("title", "about", "consent")
_LISTS = ("focus", "questions", "banks")
_ENTRIES = ("minutes", "role", "page", *_TEXTS, *_LISTS)
_MOST_MINUTES = 480


@dataclass(frozen=True, slots=True)
class Definition:
    """What a guide definition says; ``questions`` are ids, empty where they are to be chosen."""

    title: str = ""
    about: str = ""
    consent: str | None = None
    minutes: float = 45.0
    role: str | None = None
    page: str = "A4"
    focus: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    banks: tuple[Path, ...] = ()


def read_definition(path: Path) -> Definition:
    """Read a guide definition.

    Args:
        path: A .toml file with a [guide] section; its banks are found beside it.

    Raises:
        BankError: The file has faults (``bank.faults``); all are named at once, with lines.
    """
    data, lines = read_toml(path)
    faults = _faults(data, lines, path)
    if faults:
        words = "; ".join(f"line {line}: {what}" for line, what in sorted(faults))
        raise BankError("bank.faults", source=path.name, faults=words)
    given = data["guide"]
    lists = {name: tuple(given.get(name, ())) for name in ("focus", "questions")}
    return Definition(
        title=given.get("title", ""),
        about=given.get("about", ""),
        consent=given.get("consent"),
        minutes=float(given.get("minutes", 45)),
        role=given.get("role"),
        page=given.get("page", "A4"),
        banks=tuple(path.parent / name for name in given.get("banks", ())),
        **lists,
    )


def read_guide(path: Path, extra: Sequence[Path] = ()) -> tuple[Guide, Definition]:
    """Make the guide that a definition describes.

    Args:
        path: The definition.
        extra: Banks to choose from besides the built-in ones and those the definition names.

    Raises:
        BankError: The definition or a bank has faults, a question id is unknown, or the time is too short.
    """
    definition = read_definition(path)
    questions = load_banks([*extra, *(bank for bank in definition.banks if bank not in extra)])
    words = {"title": definition.title, "consent": definition.consent, "about": definition.about}
    if definition.questions:
        chosen = _named(definition, questions, path)
        made = Guide(
            words["title"] or "Discovery conversation",
            definition.minutes,
            arrange(chosen),
            definition.role,
            definition.focus,
            words["consent"],
            words["about"] or "",
        )
        _check_time(made)
        return made, definition
    made = build_guide(
        questions,
        minutes=definition.minutes,
        focus=definition.focus,
        role=definition.role,
        title=definition.title,
        consent=definition.consent,
        about=definition.about,
    )
    return made, definition


def questions_of(path: Path) -> list[str]:
    """List the questions of a file, to be checked: a bank, a guide definition, or one question a line.

    Args:
        path: A .toml bank or definition (probes included), or text; list marks and lines that start
            with ``#`` are left out.

    Raises:
        BankError: The file cannot be read or holds no question (``lint.unreadable``), or a bank or
            definition has faults (``bank.faults``).
    """
    if path.suffix.lower() != ".toml":
        return _lines(path)
    data, _ = read_toml(path)
    asked = read_bank(path) if is_bank(data) else read_guide(path)[0].questions
    return [text for question in asked for text in (question.text, *question.probes)]


def _lines(path: Path) -> list[str]:
    reason = ""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
    except UnicodeDecodeError:
        reason = "the file is not UTF-8 text"
    if reason:
        raise BankError("lint.unreadable", source=path.name, reason=reason)
    stripped = (line.strip() for line in text.splitlines())
    found = [_without_mark(line) for line in stripped if line and not line.startswith("#")]
    if not found or "\x00" in text:
        raise BankError("lint.unreadable", source=path.name, reason="there is no question in it")
    return found


def _without_mark(line: str) -> str:
    """Take off a list mark such as ``-`` or ``12.``."""
    head, _, rest = line.partition(" ")
    marked = head in ("-", "*", "•", "–") or (head[:-1].isdigit() and head[-1] in ".)")
    return rest.strip() if marked and rest.strip() else line


def _faults(data: Mapping[str, Any], lines: Lines, path: Path) -> list[tuple[int, str]]:
    given = data.get("guide")
    if not isinstance(given, dict):
        return [(1, "there is no [guide] section")]
    faults = [
        (max(lines.of(key), lines.of("", 0, key)), f"unknown section {key!r}")
        for key in data
        if key != "guide"
    ]
    for key, value in given.items():
        fault = _fault(key, value, path)
        if fault:
            faults.append((lines.of("guide", 0, key), fault))
    return faults


def _fault(key: str, value: Any, path: Path) -> str:
    if key in _TEXTS:
        return "" if isinstance(value, str) and value.strip() else f"{key!r} must be a text"
    if key in _LISTS:
        if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
            return f"{key!r} must be a list of texts"
        return _list_fault(key, value, path)
    if key == "minutes":
        usable = (
            isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value <= _MOST_MINUTES
        )
        return "" if usable else f"'minutes' must be a number over 0, at most {_MOST_MINUTES}"
    choices: dict[str, Sequence[str]] = {"role": tuple(ROLES), "page": PAGES}
    if key in choices:
        return "" if value in choices[key] else f"{key!r} must be one of {', '.join(choices[key])}"
    return f"unknown entry {key!r}; known are {', '.join(_ENTRIES)}"


def _list_fault(key: str, values: Sequence[str], path: Path) -> str:
    if key == "focus":
        known = dict.fromkeys((*Facet, *PHASE_KEYS, *MISMATCH_TYPES))
        unknown = [value for value in values if value not in known]
        return f"unknown focus {', '.join(unknown)}; choose among {', '.join(known)}" if unknown else ""
    if key == "banks":
        missing = [value for value in values if not (path.parent / value).exists()]
        return f"there is no {', '.join(missing)} beside this file" if missing else ""
    twice = sorted({value for value in values if values.count(value) > 1})
    return f"named twice: {', '.join(twice)}" if twice else ""


def _named(definition: Definition, questions: Sequence[Question], path: Path) -> list[Question]:
    by_id = {question.id: question for question in questions}
    unknown = [key for key in definition.questions if key not in by_id]
    if unknown:
        line = read_toml(path)[1].of("guide", 0, "questions")
        words = "; ".join(f"line {line}: there is no question {key!r} in the banks" for key in unknown)
        raise BankError("bank.faults", source=path.name, faults=words)
    return [by_id[key] for key in definition.questions]


def _check_time(guide: Guide) -> None:
    if guide.planned > guide.minutes:
        reason = f"the questions named take {guide.planned - WELCOME_MINUTES - GOODBYE_MINUTES:g}"
        raise BankError(
            "guide.budget", minutes=f"{guide.minutes:g}", reason=reason, least=f"{guide.planned:g}"
        )
