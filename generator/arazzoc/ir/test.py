"""Moved: see `arazzoc.types.condition`."""

from arazzoc.types.condition import *  # noqa: F403
