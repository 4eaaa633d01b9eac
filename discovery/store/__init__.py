"""The study's database: derived tables made again at will, human tables never overwritten by a run."""

from discovery.store.store import Store

__all__ = ["Store"]
