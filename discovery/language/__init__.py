"""The only door to spaCy and MiniLM: units of speech, and vectors cached by content."""

from discovery.language.answers import Answer
from discovery.language.encoder import AnswerEncoder, Encoder, MiniLM, VectorCache, cached
from discovery.language.lessons import Lesson
from discovery.language.turn_vectors import encode_units, turn_directions
from discovery.language.units import split_units

__all__ = [
    "Answer",
    "AnswerEncoder",
    "Encoder",
    "Lesson",
    "MiniLM",
    "VectorCache",
    "cached",
    "encode_units",
    "split_units",
    "turn_directions",
]
