"""What people decide about mismatches, and how a decision finds its mismatch again after a new run."""

from discovery.review.decisions import Reviewed, apply_reviews

__all__ = ["Reviewed", "apply_reviews"]
