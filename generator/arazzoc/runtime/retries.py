"""How long to wait before a retry."""

from __future__ import annotations

import time
from email.utils import mktime_tz, parsedate_tz

from arazzoc.runtime.messages import Response

__all__ = ["retry_after"]


def retry_after(response: Response, *, default: float) -> float:
    """Seconds to wait: what the Retry-After header says (RFC 9110, 10.2.3), else `default`."""
    value = response.headers.get("retry-after", "").strip()
    if value.isdecimal() and len(value) < 10:
        return float(value)
    moment = parsedate_tz(value)
    try:
        return default if moment is None else max(0.0, mktime_tz(moment) - time.time())
    except (ValueError, OverflowError):
        return default
