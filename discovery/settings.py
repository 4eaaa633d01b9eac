"""What a study folder says about itself: ``study.toml`` and ``employers.csv``, read and checked."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from discovery.errors import StudyError
from discovery.reader.live.endpoint import Endpoint, endpoint_faults
from discovery.records import Employer, Programme

CONSENTS = ("quote", "paraphrase", "none")
AUDIENCES = ("internal", "employer", "public")
PAGES = ("A4", "Letter")


@dataclass(frozen=True, slots=True)
class StudySettings:
    """Everything ``study.toml`` can say, with its defaults.

    Args:
        title: Title of the study, as the brief prints it.
        date: Date on the title page, as the team writes it.
        seed: Seed of every random choice.
        banks: Question banks to match against, besides the built-in one.
        programme: The programme being designed.
        interviewers: Names of interviewers in every interview.
        interviewers_by_file: Names of interviewers by transcript file.
        employer_of: Employer id by transcript file.
        people: Further names to replace, of people who are spoken of but do not speak.
        pseudonyms: Whether names are replaced in everything that leaves the study.
        claim_threshold: Least score of a claim; None keeps the model's own.
        mismatch_threshold: Least score of a mismatch; None keeps the model's own.
        silenced: Mismatch types that this study does not look for.
        catalogue: A file with further mismatch types, relative to the study.
        seed_phrases: Phrases that guide the topics.
        page: Page size of the brief.
        audience: Who the brief is for.
        template: A team's own .docx, relative to the study.
        reader: The model that ``discovery reader ask`` asks.
    """

    title: str = "Untitled study"
    date: str = ""
    seed: int = 0
    banks: tuple[str, ...] = ()
    programme: Programme = field(default_factory=Programme)
    interviewers: tuple[str, ...] = ()
    interviewers_by_file: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    employer_of: Mapping[str, str] = field(default_factory=dict)
    people: tuple[str, ...] = ()
    pseudonyms: bool = True
    claim_threshold: float | None = None
    mismatch_threshold: float | None = None
    silenced: tuple[str, ...] = ()
    catalogue: str | None = None
    seed_phrases: tuple[str, ...] = ()
    page: str = "A4"
    audience: str = "internal"
    template: str | None = None
    reader: Endpoint = field(default_factory=Endpoint)


_TEXTS = (list, "a list of texts")
_TEXT = (str, "a text in quotes")
_SHARE = ((int, float), "a number between 0 and 1")
_SCHEMA: dict[str, dict[str, tuple[Any, str]]] = {
    "study": {"title": _TEXT, "date": _TEXT, "seed": (int, "a whole number"), "banks": _TEXTS},
    "programme": {"name": _TEXT, "roles": _TEXTS, "region": _TEXT, "aims": _TEXTS},
    "roles": {"interviewers": _TEXTS, "by_file": (dict, 'lines of "file" = ["name"]')},
    "interviews": {},
    "privacy": {"pseudonyms": (bool, "true or false"), "people": _TEXTS},
    "thresholds": {"claims": _SHARE, "mismatches": _SHARE},
    "mismatches": {"silenced": _TEXTS, "catalogue": _TEXT},
    "topics": {"seed_phrases": _TEXTS},
    "brief": {"page": _TEXT, "audience": _TEXT, "template": _TEXT},
    "reader": {},
}


def load_settings(folder: Path) -> StudySettings:
    """Read ``study.toml`` of a study folder.

    Args:
        folder: The study.

    Raises:
        StudyError: There is no study.toml, or it has faults; all are named at once with lines.
    """
    path = folder / "study.toml"
    if not path.is_file():
        raise StudyError("study.missing", folder=str(folder))
    text = path.read_text(encoding="utf-8-sig")
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise StudyError("study.settings", source=path.name, faults=str(problem)) from None
    faults = _faults(data, text)
    if faults:
        raise StudyError("study.settings", faults="; ".join(faults))
    return _settings(data)


def _faults(data: Mapping[str, Any], text: str) -> list[str]:
    faults = []
    for section, keys in data.items():
        if section not in _SCHEMA or not isinstance(keys, dict):
            faults.append(f"line {_line(text, section)}: there is no section [{section}]")
            continue
        found = endpoint_faults(keys) if section == "reader" else _table_faults(section, keys)
        faults += [f"line {_line(text, f'{section}.{key}')}: {fault}" for key, fault in found]
    return faults


def _table_faults(section: str, keys: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(key, fault) for key, value in keys.items() if (fault := _key_fault(section, key, value))]


def _key_fault(section: str, key: str, value: Any) -> str | None:
    if section == "interviews":
        return None if isinstance(value, str) else f"{key} must be the id of an employer"
    if key not in _SCHEMA[section]:
        return f"there is no key {key} in [{section}]; known are {', '.join(_SCHEMA[section])}"
    kind, words = _SCHEMA[section][key]
    wrong_kind = not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool)
    wrong_item = kind is list and not wrong_kind and any(not isinstance(item, str) for item in value)
    if wrong_kind or wrong_item or (kind == _SHARE[0] and not 0 <= value <= 1):
        return f"{key} must be {words}"
    choices = {"page": PAGES, "audience": AUDIENCES}.get(key)
    return f"{key} must be one of {', '.join(choices)}" if choices and value not in choices else None


_NAME = re.compile(r"""\s*(?P<table>\[)?\s*(?P<name>[^\[\]=#]+?)\s*(?(table)\]|=)""")


def _line(text: str, wanted: str) -> int:
    """Find the line of a section, or of ``section.key``; else where its section begins, else 1."""
    wanted = _bare(wanted)
    inside = ""
    begins = 1
    for number, line in enumerate(text.splitlines(), 1):
        found = _NAME.match(line)
        if not found:
            continue
        name = _bare(found["name"])
        full = f"{inside}.{name}" if inside and not found["table"] else name
        inside = name if found["table"] else inside
        if f"{full}.".startswith(f"{wanted}."):
            return number
        if begins == 1 and wanted.startswith(f"{full}."):
            begins = number
    return begins


def _bare(name: str) -> str:
    """Take quotes and spaces out of the name of a key."""
    return re.sub(r"""["'\s]""", "", name)


def _settings(data: Mapping[str, Any]) -> StudySettings:
    study, roles = data.get("study", {}), data.get("roles", {})
    mismatches, brief = data.get("mismatches", {}), data.get("brief", {})
    given: dict[str, Any] = {
        "title": study.get("title"),
        "date": study.get("date"),
        "seed": study.get("seed"),
        "banks": study.get("banks"),
        "programme": Programme(**{key: _frozen(value) for key, value in data.get("programme", {}).items()}),
        "interviewers": roles.get("interviewers"),
        "interviewers_by_file": {name: tuple(who) for name, who in roles.get("by_file", {}).items()},
        "employer_of": data.get("interviews", {}),
        "people": data.get("privacy", {}).get("people"),
        "pseudonyms": data.get("privacy", {}).get("pseudonyms"),
        "claim_threshold": data.get("thresholds", {}).get("claims"),
        "mismatch_threshold": data.get("thresholds", {}).get("mismatches"),
        "silenced": mismatches.get("silenced"),
        "catalogue": mismatches.get("catalogue"),
        "seed_phrases": data.get("topics", {}).get("seed_phrases"),
        "page": brief.get("page"),
        "audience": brief.get("audience"),
        "template": brief.get("template"),
        "reader": Endpoint(**{key: _frozen(value) for key, value in data.get("reader", {}).items()}),
    }
    return StudySettings(**{key: _frozen(value) for key, value in given.items() if value is not None})


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def load_employers(folder: Path) -> list[Employer]:
    """Read ``employers.csv`` of a study folder; a missing file means no employer is described.

    Args:
        folder: The study.

    Raises:
        StudyError: The file has faults; all are named at once with lines.
    """
    path = folder / "employers.csv"
    if not path.is_file():
        return []
    text = path.read_text(encoding="utf-8-sig")
    rows = csv.DictReader(io.StringIO(text))
    known = {item.name for item in fields(Employer)}
    strange = [name for name in rows.fieldnames or [] if name not in known]
    faults = [f"line 1: there is no column {name}; known are {', '.join(sorted(known))}" for name in strange]
    if "id" not in (rows.fieldnames or []):
        faults.append("line 1: the column id is missing")
    employers: dict[str, Employer] = {}
    if not faults:
        for row in rows:
            faults += _employer(row, rows.line_num, employers)
    if faults:
        raise StudyError("study.employers", faults="; ".join(faults))
    return list(employers.values())


def _employer(row: Mapping[str, str | None], line: int, employers: dict[str, Employer]) -> list[str]:
    cells = {key: (value or "").strip() for key, value in row.items() if isinstance(key, str)}
    if not any(cells.values()):
        return []
    key = cells["id"]
    consent = cells.pop("consent", "") or "quote"
    faults = []
    if not key:
        faults.append(f"line {line}: the id is missing")
    if key in employers:
        faults.append(f"line {line}: the id {key} stands twice")
    if consent not in CONSENTS:
        faults.append(f"line {line}: consent must be one of {', '.join(CONSENTS)}")
    if not faults:
        cells["name"] = cells.get("name") or key
        employers[key] = Employer(**cells, consent=consent)
    return faults
