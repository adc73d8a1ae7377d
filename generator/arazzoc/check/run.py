"""Runs all rules over a workflow, or over all of a document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from arazzoc.check.actions import check_loops, check_retries, check_shadowed
from arazzoc.check.addresses import check_addresses
from arazzoc.check.after_failure import check_after_failure
from arazzoc.check.arguments import check_arguments, check_defaults
from arazzoc.check.authorization import check_authorization
from arazzoc.check.calls import check_calls, check_passed
from arazzoc.check.context import Check, Context, DocumentCheck, Whole
from arazzoc.check.credentials import check_credentials, check_forgotten_credentials
from arazzoc.check.criteria import check_criteria, check_repeated
from arazzoc.check.doubts import (
    doubtful_steps,
    is_consequence,
    with_reads,
    without_doubtful_waits,
    without_echoes,
)
from arazzoc.check.durations import check_durations
from arazzoc.check.exposure import check_secrets_in_urls, check_unencrypted
from arazzoc.check.flow import check_deciding, check_reachable, check_targets
from arazzoc.check.left_out import check_left_out
from arazzoc.check.order import check_prerequisites
from arazzoc.check.parameter_values import check_deprecated, check_parameter_values
from arazzoc.check.parameters import (
    check_absent_values,
    check_bodies,
    check_declared,
    check_required,
)
from arazzoc.check.patterns import check_slow_patterns
from arazzoc.check.payloads import check_payloads, check_unwanted_bodies
from arazzoc.check.repeated_keys import check_idempotency_keys
from arazzoc.check.replacements import check_replacements
from arazzoc.check.secrets import check_secrets
from arazzoc.check.shapes import check_shapes
from arazzoc.check.structure import (
    check_input_schemas,
    check_outputs,
    check_repeated_replacements,
)
from arazzoc.check.unreached import told_once
from arazzoc.check.unused import (
    check_unused_components,
    check_unused_inputs,
    check_unused_outputs,
    check_unused_sources,
)
from arazzoc.check.values import check_conditions, check_values
from arazzoc.check.waiting import check_endless_waits, check_same_page, check_unlimited_retries
from arazzoc.check.writable import check_whole_queries, check_writable
from arazzoc.diagnostics.model import Diagnostic, Findings

__all__ = [
    "CHECKS",
    "DOCUMENT_CHECKS",
    "DOCUMENT_TIDINESS",
    "TIDINESS",
    "run_checks",
    "run_document_checks",
    "run_tidiness",
]

CHECKS: Final[tuple[Check, ...]] = (
    check_replacements,
    check_writable,
    check_whole_queries,
    check_input_schemas,
    check_values,
    check_outputs,
    check_conditions,
    check_targets,
    check_reachable,
    check_deciding,
    check_criteria,
    check_after_failure,
    check_repeated,
    check_slow_patterns,
    check_shadowed,
    check_retries,
    check_loops,
    check_same_page,
    check_unlimited_retries,
    check_endless_waits,
    check_durations,
    check_declared,
    check_required,
    check_left_out,
    check_shapes,
    check_parameter_values,
    check_deprecated,
    check_addresses,
    check_idempotency_keys,
    check_bodies,
    check_unwanted_bodies,
    check_payloads,
    check_repeated_replacements,
    check_calls,
    check_arguments,
    check_defaults,
    check_prerequisites,
    check_secrets,
    check_secrets_in_urls,
    check_forgotten_credentials,
    check_authorization,
)

TIDINESS: Final[tuple[Check, ...]] = (check_unused_inputs, check_unused_outputs)
"""Rules for what is right: what seems to be of no use may be what an error is about."""

DOCUMENT_CHECKS: Final[tuple[DocumentCheck, ...]] = (check_unencrypted,)
DOCUMENT_TIDINESS: Final[tuple[DocumentCheck, ...]] = (
    check_unused_components,
    check_unused_sources,
    check_credentials,
)


_LAST: Final[tuple[Check, ...]] = (check_absent_values, check_passed)
"""The rules on values that may be missing: a fault of a step makes its outputs missing as well."""


def run_checks(context: Context, findings: Findings) -> None:
    """Reports what the rules find."""
    every = [each for check in CHECKS for each in check(context)]
    found = told_once(context.facts, with_reads(without_echoes(every)))
    found = without_doubtful_waits(context.facts, found)
    findings.extend(found)
    doubtful = context.doubtful | doubtful_steps(context.facts, found)
    doubted = replace(context, doubtful=doubtful)
    for check in _LAST:
        told = [each for each in check(doubted) if not is_consequence(each, found)]
        findings.extend(without_echoes([*found, *told]))


def run_tidiness(context: Context) -> Iterator[Diagnostic]:
    """What the rules find that look at workflows without errors."""
    for check in TIDINESS:
        yield from check(context)


def run_document_checks(whole: Whole, *, sound: bool) -> Iterator[Diagnostic]:
    """What the rules find that look at all workflows of a document; `sound` where it has no errors."""
    for check in (*DOCUMENT_CHECKS, *(DOCUMENT_TIDINESS if sound else ())):
        yield from check(whole)
