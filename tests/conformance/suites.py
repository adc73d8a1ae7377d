"""Where the public suites are that tests of this folder read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

__all__ = ["suite"]


def suite(name: str, origin: str) -> Path:
    """The folder `name` of `ARAZZOC_CONFORMANCE`; skips the test where that is not set.

    Args:
        name: The folder.
        origin: Where what it has to hold comes from.
    """
    folder = os.environ.get("ARAZZOC_CONFORMANCE")
    if folder is None:
        pytest.skip(f"not run: ARAZZOC_CONFORMANCE/{name} is to be that of {origin}")
    return Path(folder, name)
