"""What a researcher may set about topics, checked all at once, with every default written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from discovery.errors import TopicsError

FEWEST_TEXTS = 12
"""Below this many usable texts no topic is drawn: two topics of six are not a finding."""


@dataclass(frozen=True, slots=True)
class TopicSettings:
    """Everything that shapes the topics besides texts, vectors, seed phrases and seed.

    Args:
        topics: How many topics to draw without seed phrases; None lets the corpus decide.
        smallest: Fewest texts a topic may hold; None lets the size of the corpus decide.
        outliers: Largest share of texts that may be left without a topic, 0 to 0.5.
        anchor_weight: How much seed phrases hold a topic in place: 1 weighs as much as
            the texts of an average topic, 0 makes them a starting point only.
        words: Leading words a topic is described by.
        ngrams: Longest word sequence among them, 1 to 3.
        refits: How often the topics are drawn again from resampled texts to see what comes
            back; 0 leaves stability unknown.
        stop_words: Words to keep out of the descriptions besides the built-in list.
    """

    topics: int | None = None
    smallest: int | None = None
    outliers: float = 0.15
    anchor_weight: float = 1.0
    words: int = 10
    ngrams: int = 2
    refits: int = 20
    stop_words: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the settings by name, for the record."""
        return asdict(self)

    def smallest_for(self, texts: int) -> int:
        """Return the fewest texts a topic may hold in a corpus of ``texts`` texts.

        >>> TopicSettings().smallest_for(60), TopicSettings().smallest_for(2000)
        (3, 20)
        """
        return self.smallest or min(20, max(3, texts // 60))


def read_settings(given: Mapping[str, Any]) -> TopicSettings:
    """Check settings handed to ``fit_topics`` and fill in the defaults.

    Args:
        given: Settings by name.

    Raises:
        TopicsError: A name is unknown or a value out of range; all faults are named.
    """
    known = {field.name for field in fields(TopicSettings)}
    faults = [
        f"{name} is not a setting (known: {', '.join(sorted(known))})" for name in given if name not in known
    ]
    values = {name: value for name, value in given.items() if name in known}
    if "stop_words" in values:
        stop_words = values["stop_words"]
        values["stop_words"] = (stop_words,) if isinstance(stop_words, str) else tuple(stop_words)
    settings = TopicSettings(**values)
    faults += _range_faults(settings)
    if faults:
        raise TopicsError("topics.settings", faults="; ".join(faults))
    return settings


def _range_faults(settings: TopicSettings) -> list[str]:
    """Name every value that is out of range."""
    ranges: list[tuple[str, float | None, float, float]] = [
        ("topics", settings.topics, 1, 500),
        ("smallest", settings.smallest, 1, 10_000),
        ("outliers", settings.outliers, 0, 0.5),
        ("anchor_weight", settings.anchor_weight, 0, 100),
        ("words", settings.words, 1, 30),
        ("ngrams", settings.ngrams, 1, 3),
        ("refits", settings.refits, 0, 1000),
    ]
    faults = []
    for name, value, least, most in ranges:
        if value is None:
            continue
        whole = name in {"topics", "smallest", "words", "ngrams", "refits"}
        good = isinstance(value, int if whole else int | float) and not isinstance(value, bool)
        if not (good and least <= value <= most):
            faults.append(f"{name} must be {'a whole number ' if whole else ''}from {least:g} to {most:g}")
    return faults
