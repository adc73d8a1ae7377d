"""How long to wait before a retry."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime
from typing import Final

from arazzoc.runtime.messages import Response

__all__ = ["retry_after"]

_LONGEST_WAIT: Final = 1e9
"""Seconds; Python cannot sleep for all that a date of HTTP can ask for."""


def retry_after(response: Response, *, default: float) -> float:
    """Seconds to wait: what the Retry-After header says (RFC 9110, 10.2.3), else `default`."""
    value = response.headers.get("retry-after", "").strip()
    if value.isdecimal() and len(value) < 10:
        return float(value)
    try:
        wait = max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, OverflowError):
        wait = default
    return min(wait, _LONGEST_WAIT)
