"""How well the present models do, measured on interviews that careful coders have annotated."""

from discovery.evaluation.claims import score_claims
from discovery.evaluation.evaluate import evaluate
from discovery.evaluation.mismatches import score_mismatches

__all__ = ["evaluate", "score_claims", "score_mismatches"]
