"""Past forms of verbs, so that a forecast can be turned into a question about the last time."""

from __future__ import annotations

_IRREGULAR = {
    "be": "were", "are": "were", "is": "was", "have": "had", "has": "had", "do": "did", "does": "did",
    "go": "went", "get": "got", "give": "gave", "take": "took", "make": "made", "see": "saw",
    "find": "found", "hire": "hired", "keep": "kept", "leave": "left", "lose": "lost", "pay": "paid",
    "put": "put", "read": "read", "say": "said", "send": "sent", "set": "set", "sit": "sat",
    "speak": "spoke", "spend": "spent", "teach": "taught", "tell": "told", "think": "thought",
    "understand": "understood", "write": "wrote", "choose": "chose", "come": "came", "become": "became",
    "begin": "began", "bend": "bent", "break": "broke", "bring": "brought", "build": "built",
    "buy": "bought", "cut": "cut", "draw": "drew", "drive": "drove", "fall": "fell", "feel": "felt",
    "fight": "fought", "forget": "forgot", "grow": "grew", "hear": "heard", "hold": "held", "know": "knew",
    "lead": "led", "learn": "learnt", "let": "let", "mean": "meant", "meet": "met", "run": "ran",
    "sell": "sold", "show": "showed", "stand": "stood", "steal": "stole", "stick": "stuck", "win": "won",
    "withdraw": "withdrew", "drop": "dropped", "stop": "stopped", "plan": "planned", "swap": "swapped",
    "refer": "referred", "prefer": "preferred", "ban": "banned", "quit": "quit",
}  # fmt: skip
STATIVE = frozenset(
    {
        "think", "believe", "feel", "know", "want", "need", "like", "love", "prefer", "care", "expect",
        "consider", "see", "understand", "mean", "agree", "wish", "trust", "find", "value", "worry",
        "enjoy", "hate",
    }
)  # fmt: skip
"""Verbs of mind, which nobody does "the last time"."""


def past(verb: str) -> str:
    """Put a plain verb into the past.

    >>> [past(verb) for verb in ("hire", "train", "try", "let", "promote")]
    ['hired', 'trained', 'tried', 'let', 'promoted']
    """
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + "ed"
