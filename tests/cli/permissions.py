"""Processes that file permissions bind, though root starts them."""

from __future__ import annotations

import ctypes
import os
from typing import Final

__all__ = ["bound_by_permissions"]

_DROP_FROM_BOUNDS: Final = 24
"""`PR_CAPBSET_DROP` of prctl(2)."""
_PAST_PERMISSIONS: Final = (1, 2)
"""`CAP_DAC_OVERRIDE` and `CAP_DAC_READ_SEARCH` of capabilities(7)."""


def bound_by_permissions() -> None:
    """Takes from root, for good, what lets it read and write everything: for `preexec_fn`.

    The user stays the same: another one might not reach the interpreter.

    Raises:
        OSError: The kernel refuses.
    """
    if os.geteuid() != 0:
        return
    library = ctypes.CDLL(None, use_errno=True)
    for capability in _PAST_PERMISSIONS:
        if library.prctl(_DROP_FROM_BOUNDS, capability, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl")
