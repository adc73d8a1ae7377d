"""Every kind of finding, by code; one module a group."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from arazzoc.diagnostics.model import Rule
from arazzoc.diagnostics.registry import (
    criterion,
    document,
    expression,
    flow,
    ignoring,
    internal,
    network,
    openapi,
    operation,
    reference,
    request,
    response,
    security,
    source,
    structure,
    unsupported,
    unused,
    waiting,
    wild,
)

__all__ = ["GROUPS", "RULES", "rule"]

GROUPS: Final[Mapping[str, tuple[Rule, ...]]] = MappingProxyType(
    {
        "source": (*source.RULES, *network.RULES),
        "document": (*document.RULES, *structure.RULES),
        "expression": expression.RULES,
        "reference": (*reference.RULES, *response.RULES),
        "operation": (*operation.RULES, *request.RULES),
        "flow": (*flow.RULES, *criterion.RULES, *waiting.RULES, *unused.RULES),
        "wild": wild.RULES,
        "openapi": openapi.RULES,
        "ignoring": ignoring.RULES,
        "security": security.RULES,
        "unsupported": unsupported.RULES,
        "internal": internal.RULES,
    }
)
"""The rules of each group, in the order of the groups' codes."""

RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        found.code: found
        for found in sorted(
            (each for group in GROUPS.values() for each in group), key=lambda each: each.code
        )
    }
)
"""All rules by code, in the order of their codes."""


def rule(code_or_name: str) -> Rule | None:
    """The rule of that code (`AZ003`, in any case) or name (`duplicate-key`); None where there is none."""
    wanted = code_or_name.strip()
    by_code = RULES.get(wanted.upper())
    if by_code is not None:
        return by_code
    return next((found for found in RULES.values() if found.name == wanted.lower()), None)
