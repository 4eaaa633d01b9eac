"""A second reader, model or person: packets that go out, answers that come back and are verified."""

from discovery.reader.instructions import Instructions, make_instructions
from discovery.reader.joining import join_readings
from discovery.reader.packets import Packet, make_packets
from discovery.reader.verify import verify_answer

__all__ = [
    "Instructions",
    "Packet",
    "join_readings",
    "make_instructions",
    "make_packets",
    "verify_answer",
]
