"""What the talk is about: topics that hold on interview-sized corpora, and how far they hold."""

from discovery.topics.documents import choose_documents
from discovery.topics.fitting import fit_topics
from discovery.topics.result import TopicResult

__all__ = ["TopicResult", "choose_documents", "fit_topics"]
