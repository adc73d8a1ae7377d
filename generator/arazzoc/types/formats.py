"""Whether text surely breaks the format that a schema wants (JSON Schema 2020-12, Validation, section 7)."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Final

__all__ = ["INTEGER_RANGES", "breaks_format", "words_for"]

INTEGER_RANGES: Final[Mapping[str, tuple[int, int]]] = {
    "int32": (-(2**31), 2**31 - 1),
    "int64": (-(2**63), 2**63 - 1),
}
"""The least and the greatest number of a format (OpenAPI Format Registry)."""

_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATE_TIME: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2}:)[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_UUID: Final = re.compile(r"[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+|\"[^\"]*\"@[^@\s]+")


def breaks_format(text: str, name: str) -> str | None:
    """What a text should be that surely is not of the format `name`, in words; None where it may be.

    Formats that are not known, and texts that servers commonly take all the same (a UUID without hyphens,
    a leap second), are let pass.
    """
    known = _FORMATS.get(name)
    if known is None:
        return None
    accepts, words = known
    return None if accepts(text) else words


def words_for(name: str) -> str | None:
    """What texts of a format are, in words; None where it is not known, or other texts may be of it too."""
    known = _FORMATS.get(name)
    return known[1] if known is not None else None


def _is_date(text: str) -> bool:
    if _DATE.fullmatch(text) is None:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_date_time(text: str) -> bool:
    found = _DATE_TIME.fullmatch(text)
    if found is None or not _is_date(found[1]):
        return False
    try:
        time.fromisoformat(f"{found[2]}00")
    except ValueError:
        return False
    return True


def _is_address(text: str, version: int) -> bool:
    try:
        return ipaddress.ip_address(text).version == version
    except ValueError:
        return False


_FORMATS: Final[Mapping[str, tuple[Callable[[str], bool], str]]] = {
    "date": (_is_date, "a date such as `2026-01-31`"),
    "date-time": (_is_date_time, "a date and time such as `2026-01-31T12:00:00Z`"),
    "uuid": (lambda text: _UUID.fullmatch(text) is not None, "a UUID"),
    "email": (lambda text: _EMAIL.fullmatch(text) is not None, "an email address"),
    "ipv4": (lambda text: _is_address(text, 4), "an IPv4 address"),
    "ipv6": (lambda text: _is_address(text, 6), "an IPv6 address"),
}
