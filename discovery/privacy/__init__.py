"""What may leave a study: pseudonyms, redaction, consent, and excerpts that are safe to log."""

from discovery.privacy.checking import NameReview, review_names
from discovery.privacy.consent import release, safe_excerpt
from discovery.privacy.pseudonyms import Pseudonyms
from discovery.privacy.redaction import redact

__all__ = ["NameReview", "Pseudonyms", "redact", "release", "review_names", "safe_excerpt"]
