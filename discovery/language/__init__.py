"""The only door to spaCy and MiniLM: units of speech, and vectors cached by content."""

from discovery.language.answers import Answer
from discovery.language.encoder import AnswerEncoder, Encoder, MiniLM, VectorCache, cached
from discovery.language.scope import outside_scope
from discovery.language.turn_vectors import encode_units, turn_directions
from discovery.language.units import split_units

__all__ = [
    "Answer",
    "AnswerEncoder",
    "Encoder",
    "MiniLM",
    "VectorCache",
    "cached",
    "encode_units",
    "outside_scope",
    "split_units",
    "turn_directions",
]
