"""Caption markup taken off: tags stripped, entities decoded, no word touched."""

from __future__ import annotations

import html
import re

_TAG = re.compile(
    r"</?(?:c|i|b|u|s|v|ruby|rt|lang|font|span|em|strong|p|div)(?:[.\s][^<>]{0,200})?/?>", re.IGNORECASE
)
_BREAK = re.compile(r"<br\s{0,3}/?>", re.IGNORECASE)
_INNER_TIME = re.compile(r"<(?:\d{1,3}:)?\d{2}:\d{2}[.,]\d{3}>")
_PLACING = re.compile(r"\{\\[a-zA-Z][^{}]{0,40}\}")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


def strip_tags(text: str) -> str:
    r"""Take caption tags off and decode entities.

    Only tags that caption formats know are taken off, so that "a < b" stays as said.

    >>> strip_tags("<c.yellow>we</c> hire &amp; train {\\an8}now, a < b")
    'we hire & train now, a < b'
    """
    if "<" in text:
        text = _BREAK.sub("\n", text)
        text = _INNER_TIME.sub("", _TAG.sub("", text))
    if "{\\" in text:
        text = _PLACING.sub("", text)
    return decode_entities(text)


def decode_entities(text: str) -> str:
    """Decode entities that end in a semicolon; "AT&T" and "R&D" stay as they are.

    >>> decode_entities("Q&amp;A at AT&T &#8212; yes")
    'Q&A at AT&T — yes'
    """
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text


def has_inner_times(text: str) -> bool:
    """Tell whether words carry their own times, as automatic captions do."""
    return _INNER_TIME.search(text) is not None
