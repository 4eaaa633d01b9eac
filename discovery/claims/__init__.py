"""Claims: what the employer says about hiring and developing people, marked as a coder would."""

from discovery.claims.extract import Extraction, extract_claims, outside_scope
from discovery.claims.model import ClaimModel, shipped_model
from discovery.claims.training import train_claims

__all__ = ["ClaimModel", "Extraction", "extract_claims", "outside_scope", "shipped_model", "train_claims"]
