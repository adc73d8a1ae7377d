"""The kinds of mistake, a module a subject; importing this registers them all."""

from __future__ import annotations

from tests.mutations.kinds import (
    criteria,
    descriptions,
    expressions,
    flow,
    json_slips,
    operations,
    reuse,
    shape,
    tidiness,
    values,
    yaml_slips,
)

__all__ = [
    "criteria",
    "descriptions",
    "expressions",
    "flow",
    "json_slips",
    "operations",
    "reuse",
    "shape",
    "tidiness",
    "values",
    "yaml_slips",
]
