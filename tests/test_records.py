"""The records: all at one door, and readable by the store, which builds them from their own types."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import is_dataclass
from typing import get_type_hints

import pytest

from discovery import records

MODULES = [
    importlib.import_module(f"discovery.records.{each.name}")
    for each in pkgutil.iter_modules(records.__path__)
]
DEFINED = {
    name: thing
    for module in MODULES
    for name, thing in vars(module).items()
    if name.isupper() or getattr(thing, "__module__", "") == module.__name__
}


def test_every_record_is_at_the_one_door():
    assert sorted(DEFINED) == sorted(records.__all__)
    assert all(getattr(records, name) is thing for name, thing in DEFINED.items())


@pytest.mark.parametrize("name", sorted(name for name, thing in DEFINED.items() if is_dataclass(thing)))
def test_the_types_of_a_record_are_known_when_it_runs(name):
    assert set(get_type_hints(DEFINED[name])) == set(DEFINED[name].__slots__)
