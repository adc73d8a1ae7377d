"""Moved: see `arazzoc.types.value`."""

from arazzoc.types.value import *  # noqa: F403
