"""What a user installs by default is permissive: no GPL, AGPL or LGPL."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution, requires

from packaging.requirements import Requirement

RESTRICTIVE = re.compile(r"\b(?:A|L)?GPL|GNU (?:Affero|Lesser|General)", re.IGNORECASE)


def licence_of(name: str) -> str:
    meta = distribution(name).metadata
    texts = [meta.get("License-Expression") or "", (meta.get("License") or "")[:100]]
    texts += [line for line in meta.get_all("Classifier") or [] if line.startswith("License ::")]
    return " | ".join(text for text in texts if text)


def installed_by_default() -> set[str]:
    found: set[str] = set()
    waiting = ["discovery"]
    while waiting:
        name = waiting.pop()
        for line in requires(name) or []:
            need = Requirement(line)
            if need.marker and not need.marker.evaluate({"extra": ""}):
                continue
            try:
                key = distribution(need.name).metadata["Name"].lower()
            except PackageNotFoundError:
                continue
            if key not in found:
                found.add(key)
                waiting.append(need.name)
    return found


def test_no_restrictive_licence_comes_with_the_package():
    names = installed_by_default()
    assert {"pandas", "spacy", "bertopic", "torch", "python-docx"} <= names
    restrictive = {name: licence_of(name) for name in sorted(names) if RESTRICTIVE.search(licence_of(name))}
    # A package offered under a choice of licences counts by the permissive one.
    restrictive = {name: text for name, text in restrictive.items() if " OR " not in text}
    assert restrictive == {}
