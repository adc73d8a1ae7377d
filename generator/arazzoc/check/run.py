"""Runs all rules over a workflow."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from arazzoc.check.actions import check_loops, check_retries, check_shadowed
from arazzoc.check.arguments import check_arguments, check_defaults
from arazzoc.check.calls import check_calls, check_dependencies, check_passed
from arazzoc.check.context import Check, Context
from arazzoc.check.criteria import check_criteria, check_repeated
from arazzoc.check.doubts import doubtful_steps
from arazzoc.check.flow import check_deciding, check_reachable, check_targets
from arazzoc.check.order import check_prerequisites
from arazzoc.check.parameter_values import check_deprecated, check_parameter_values
from arazzoc.check.parameters import (
    check_absent_values,
    check_bodies,
    check_declared,
    check_required,
)
from arazzoc.check.payloads import check_payloads, check_unwanted_bodies
from arazzoc.check.secrets import check_secrets
from arazzoc.check.shapes import check_shapes
from arazzoc.check.supported import check_supported
from arazzoc.check.values import check_conditions, check_values
from arazzoc.diagnostics.model import Findings

__all__ = ["CHECKS", "run_checks"]

CHECKS: Final[tuple[Check, ...]] = (
    check_supported,
    check_values,
    check_conditions,
    check_targets,
    check_reachable,
    check_deciding,
    check_criteria,
    check_repeated,
    check_shadowed,
    check_retries,
    check_loops,
    check_declared,
    check_required,
    check_shapes,
    check_parameter_values,
    check_deprecated,
    check_bodies,
    check_unwanted_bodies,
    check_payloads,
    check_calls,
    check_arguments,
    check_defaults,
    check_dependencies,
    check_prerequisites,
    check_secrets,
)


_LAST: Final[tuple[Check, ...]] = (check_absent_values, check_passed)
"""The rules on values that may be missing: a fault of a step makes its outputs missing as well."""


def run_checks(context: Context, findings: Findings) -> None:
    """Reports what the rules find."""
    found = [each for check in CHECKS for each in check(context)]
    findings.extend(found)
    doubted = replace(context, doubtful=doubtful_steps(context.facts, found))
    for check in _LAST:
        findings.extend(check(doubted))
