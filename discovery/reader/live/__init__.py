"""Asking a language model over a chat endpoint: where text may go, how it is sent, what comes back."""

from discovery.reader.live.asked import Asking, Round
from discovery.reader.live.asking import ask_model
from discovery.reader.live.endpoint import Endpoint
from discovery.reader.live.hosts import Destination, find_destination

__all__ = ["Asking", "Destination", "Endpoint", "Round", "ask_model", "find_destination"]
