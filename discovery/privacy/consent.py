"""What an employer lets out, and texts that may be logged."""

from __future__ import annotations

import hashlib
from enum import StrEnum

from discovery.privacy.pseudonyms import Pseudonyms
from discovery.privacy.redaction import redact
from discovery.records import Employer


class Consent(StrEnum):
    """What may leave the study: words (``quote``), counts and paraphrase, or nothing."""

    QUOTE = "quote"
    PARAPHRASE = "paraphrase"
    NONE = "none"


def release(text: str, employer: Employer, names: Pseudonyms, *, money: bool = False) -> str | None:
    """Make a quote fit to leave the study, or keep it back.

    Args:
        text: The employer's words as the transcript has them.
        employer: Whose words they are; an unknown consent is read as none.
        names: The pseudonyms of the study.
        money: Take amounts of money out too.

    Returns:
        The words with pseudonyms and without private details where consent is ``quote``, else None.

    >>> release("Ann runs it.", Employer("a", "Acme", consent="paraphrase"), Pseudonyms()) is None
    True
    """
    if employer.consent != Consent.QUOTE:
        return None
    return names.apply(redact(text, money=money).text)


def safe_excerpt(text: str) -> str:
    """Describe a text for a log or an error without a word of it: its length and a short hash.

    >>> safe_excerpt("We pay them nothing.")
    '[20 characters, 5bf393e8]'
    """
    return f"[{len(text)} characters, {hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:8]}]"
