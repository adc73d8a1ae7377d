"""What is left to black itself."""

from __future__ import annotations

__all__ = ["UnsureError"]


class UnsureError(Exception):
    """It is not known for sure how black would lay this out."""
