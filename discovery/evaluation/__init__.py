"""How well models and other readers do, measured on interviews that careful coders have annotated."""

from discovery.evaluation.claims import score_claims
from discovery.evaluation.evaluate import evaluate
from discovery.evaluation.mismatches import score_mismatches
from discovery.evaluation.readers import evaluate_reader

__all__ = ["evaluate", "evaluate_reader", "score_claims", "score_mismatches"]
