"""Credentials as header values."""

from __future__ import annotations

import base64

__all__ = ["basic"]


def basic(username: str, password: str) -> str:
    """An `Authorization` header of scheme `Basic` (RFC 7617).

    Raises:
        ValueError: The username holds a colon, which would end it.
    """
    if ":" in username:
        raise ValueError("a username of scheme Basic cannot hold a colon")
    return f"Basic {base64.b64encode(f'{username}:{password}'.encode()).decode()}"
