"""What the talk is about: topics that hold on interview-sized corpora, and how far they hold.

People's decisions are made with ``discovery.topics.edits``, figures with ``discovery.topics.figures``.
"""

from discovery.topics.divergence import topic_divergence
from discovery.topics.documents import choose_documents
from discovery.topics.edits import apply_topic_edits
from discovery.topics.fitting import fit_topics
from discovery.topics.joining import assign_to_topics
from discovery.topics.saturation import saturation

__all__ = [
    "apply_topic_edits",
    "assign_to_topics",
    "choose_documents",
    "fit_topics",
    "saturation",
    "topic_divergence",
]
