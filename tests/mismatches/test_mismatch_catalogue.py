"""The catalogue: eleven types as data, extended and silenced by a study, all faults at once."""

from __future__ import annotations

import re

import pytest

from discovery.errors import CatalogueError
from discovery.mismatches import load_catalogue
from discovery.mismatches.catalogue import SECTIONS
from discovery.records import Facet, Stance

KEYS = [
    "need-vs-channel",
    "proxy-requirement",
    "posted-vs-hired",
    "need-vs-screen",
    "ready-vs-trainable",
    "growth-vs-mobility",
    "reach-vs-channel",
    "shortage-vs-investment",
    "learning-vs-format",
    "urgency-vs-process",
    "level-vs-offer",
]

ADDED = """
[types.values-vs-reward]
label = "Values against reward"
definition = "The employer praises one thing and rewards another."
against = "The praise is rewarded elsewhere."
probes = ["Who was rewarded last?", "What for?"]
feeds = "offer"
source = "A study of its own."
[types.values-vs-reward.stated]
what = "praises one thing"
stances = ["need", "success"]
facets = ["skill"]
examples = ["We value teamwork.", "Helping others matters.", "Sharing is what we praise."]
[types.values-vs-reward.actual]
what = "rewards another"
stances = ["practice"]
facets = ["offer"]
examples = ["The bonus is for own sales.", "Pay goes by own numbers.", "Only own deals count."]
"""


def test_the_eleven_types_are_complete():
    catalogue = load_catalogue()
    assert list(catalogue.keys) == KEYS
    for kind in catalogue.types:
        assert kind.feeds in SECTIONS
        assert 2 <= len(kind.probes) <= 3
        assert all(probe.endswith("?") for probe in kind.probes)
        assert kind.stated.facets
        assert kind.actual.facets


def test_probes_ask_without_accusing():
    asked = " ".join(probe for kind in load_catalogue().types for probe in kind.probes).lower()
    assert not re.search(r"contradict|but you said|why don't you|isn't it|don't you", asked)


def test_a_study_adds_and_silences_types(tmp_path):
    path = tmp_path / "types.toml"
    path.write_text(ADDED, encoding="utf-8")
    catalogue = load_catalogue(path, silenced=["level-vs-offer"])
    assert catalogue.keys == (*KEYS[:-1], "values-vs-reward")
    assert catalogue["values-vs-reward"].stated.stances == (Stance.NEED, Stance.SUCCESS)
    assert catalogue["values-vs-reward"].actual.facets == (Facet.OFFER,)
    with pytest.raises(KeyError):
        catalogue["level-vs-offer"]


def test_a_study_rewords_a_known_type_without_examples(tmp_path):
    path = tmp_path / "types.toml"
    lines = [line for line in ADDED.splitlines() if not line.startswith("examples")]
    path.write_text("\n".join(lines).replace("values-vs-reward", "level-vs-offer"), encoding="utf-8")
    catalogue = load_catalogue(path)
    assert list(catalogue.keys) == KEYS
    assert catalogue["level-vs-offer"].label == "Values against reward"


def test_all_faults_are_named_at_once_with_lines(tmp_path):
    path = tmp_path / "types.toml"
    text = (
        ADDED.replace('facets = ["skill"]', 'facets = ["skil"]')
        .replace('stances = ["practice"]', 'stances = ["need"]')
        .replace('feeds = "offer"', 'feeds = "somewhere"')
        .replace('probes = ["Who was rewarded last?", "What for?"]', 'probes = ["Who?"]')
        .replace('label = "Values against reward"', 'lable = "Values"')
    )
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(path)
    said = str(caught.value)
    lines = text.splitlines()
    for start in ("lable", 'facets = ["skil', 'stances = ["need"]', "feeds", "probes"):
        number = next(n for n, line in enumerate(lines, 1) if line.startswith(start))
        assert f"line {number}: " in said
    assert "types.toml" in said
    assert "'label' is missing" in said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "no [types.NAME] section"),
        ("[types", "not valid TOML"),
        ("[types]\nodd = 3\n", "must be a section"),
        ("other = 1\n" + ADDED, "unknown section 'other'"),
        (ADDED.replace("values-vs-reward", "Values"), "lower-case words"),
        (ADDED.replace("[types.values-vs-reward.actual]", "[types.values-vs-reward.actul]"), "is missing"),
        (re.sub(r"examples = \[\"We.*", "", ADDED), "'examples' must be a list"),
        (re.sub(r"examples = \[\"We.*", 'examples = ["One."]', ADDED), "at least three examples"),
    ],
)
def test_each_fault_is_named(tmp_path, text, expected):
    path = tmp_path / "types.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match=re.escape(expected)):
        load_catalogue(path)


def test_a_missing_file_and_an_unknown_key_to_silence_are_faults(tmp_path):
    with pytest.raises(CatalogueError, match="cannot be read"):
        load_catalogue(tmp_path / "none.toml")
    with pytest.raises(CatalogueError, match="no such type"):
        load_catalogue(silenced=["nothing-vs-nothing"])
