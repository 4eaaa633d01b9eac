"""The only door to spaCy and MiniLM: units of speech, and vectors cached by content."""

from discovery.language.encoder import Encoder, MiniLM, VectorCache, cached
from discovery.language.units import split_units

__all__ = ["Encoder", "MiniLM", "VectorCache", "cached", "split_units"]
