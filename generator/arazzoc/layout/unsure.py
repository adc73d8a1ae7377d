"""What is left to black."""

from __future__ import annotations

__all__ = ["Unsure"]


class Unsure(Exception):
    """It is not known for sure how black would lay this out."""
