"""How one try can come to nothing, what may be tried again, and how it is said."""

from __future__ import annotations

import email.utils
import math
import re
from collections.abc import Mapping
from typing import Any

_WORD = re.compile(r"[A-Za-z_][\w.]{0,39}")

_SAID = {
    "timeout": "no whole answer in time",
    "connection": "the connection broke",
    "size": "the answer does not end",
    "form": "the server's reply is no chat completion",
    "certificate": "the server's certificate cannot be trusted",
    "packed": "the server's reply is compressed, which was not asked for",
    "context": "the packet does not fit the model's context: lengthen it, or try --words 2000",
}

_TOO_LONG = (400, 413, 422)
"""Statuses that servers give when a request does not fit the model's context, among other reasons."""


class TryFailedError(Exception):
    """One try came to nothing; holds never a word of the request or the answer.

    Args:
        kind: ``timeout``, ``connection``, ``status``, ``redirect``, ``size``, ``packed``,
            ``context``, ``certificate`` or ``form``.
        status: HTTP status, 0 where there was none.
        retry_after: Seconds the server asks to wait, None where it does not say.
        parameter: Field of the request that the server objects to, where it names one.
        host: Where a redirect leads.
    """

    def __init__(
        self,
        kind: str,
        *,
        status: int = 0,
        retry_after: float | None = None,
        parameter: str = "",
        host: str = "",
    ) -> None:
        """Keep what is known."""
        super().__init__(kind)
        self.kind, self.status, self.retry_after = kind, status, retry_after
        self.parameter, self.host = parameter, host

    @property
    def passes(self) -> bool:
        """Whether trying again may help."""
        return (
            self.kind in ("timeout", "connection", "form")
            or self.status in (408, 409, 425, 429)
            or (self.kind == "status" and self.status >= 500)
        )

    @property
    def words(self) -> str:
        """What happened, in words."""
        if self.kind in _SAID:
            return _SAID[self.kind]
        words = f"the server answers with status {self.status}"
        if self.status in _TOO_LONG:
            words += (
                "; often packet and max_tokens do not fit its context: lower max_tokens, or try --words 2000"
            )
        return words


def broken_by(fault: BaseException | None) -> TryFailedError:
    """Tell a certificate that cannot be trusted from other ways in which a connection breaks."""
    while fault is not None:
        if "CERTIFICATE_VERIFY_FAILED" in str(fault):
            return TryFailedError("certificate")
        fault = fault.__cause__ or fault.__context__
    return TryFailedError("connection")


def is_too_long(body: object) -> bool:
    """Tell whether an error body says that the request does not fit the model's context.

    Source:
        ``context_length_exceeded`` of OpenAI, ``exceed_context_size_error`` of llama.cpp.

    >>> is_too_long({"error": {"type": "exceed_context_size_error"}})
    True
    """
    error = body.get("error", body) if isinstance(body, Mapping) else None
    if not isinstance(error, Mapping):
        return False
    return any("context" in str(error.get(name) or "").lower() for name in ("code", "type"))


def parameter_of(body: object) -> str:
    """Return the field of the request that an error body names, empty where it names none.

    Only a single word is taken over: an error body may repeat the text it was sent.
    """
    error = body.get("error", body) if isinstance(body, Mapping) else None
    named = error.get("param") if isinstance(error, Mapping) else None
    return named if isinstance(named, str) and _WORD.fullmatch(named) else ""


def retry_after(headers: Mapping[str, Any], now: float) -> float | None:
    """Read how long a server asks to wait.

    Args:
        headers: Headers of its reply, names in small letters.
        now: The present, in seconds since 1970.

    Returns:
        Seconds, at least 0; None where the server does not say.

    Source:
        RFC 9110, section 10.2.3: seconds or a date.

    >>> retry_after({"retry-after": "Thu, 01 Jan 1970 00:02:00 GMT"}, now=90)
    30.0
    """
    given = str(headers.get("retry-after") or "").strip()
    try:
        seconds = float(given)
    except ValueError:
        try:
            seconds = email.utils.parsedate_to_datetime(given).timestamp() - now
        except (TypeError, ValueError, OverflowError):
            return None
    return max(seconds, 0.0) if math.isfinite(seconds) else None
