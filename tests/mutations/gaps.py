"""What is not found, or not as it should be, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["GAPS"]

GAPS: Final[Mapping[str, str]] = {}
"""By the name of the kind. Of the mistakes that are made today, none is left."""
