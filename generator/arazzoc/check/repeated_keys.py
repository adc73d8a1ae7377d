"""Idempotency keys that different requests share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from arazzoc.check.context import Context, found
from arazzoc.diagnostics.model import Diagnostic, Related, Severity
from arazzoc.diagnostics.registry import request as rules
from arazzoc.frozen import dataclass
from arazzoc.source.node import Node
from arazzoc.types.valuation import value_of
from arazzoc.types.value import Constant

__all__ = ["check_idempotency_keys"]

_KEY: Final = re.compile(r"(?i)(x-)?idempoten(cy|t)-?key")


@dataclass(frozen=True, slots=True)
class _Key:
    """A key as a step sends it.

    Attributes:
        header: The header's name.
        value: Where it is stated; several steps may share a parameter of their workflow.
        request: Method and path of the step's operation.
    """

    step_id: str
    header: str
    value: Node
    request: tuple[str, str]


def check_idempotency_keys(context: Context) -> Iterator[Diagnostic]:
    """Every request that carries an idempotency key has one of its own, in every run."""
    stated: list[_Key] = []
    given: list[_Key] = []
    for step in context.steps():
        operation = step.operation
        for parameter in step.parameters if operation is not None else ():
            if parameter.location != "header" or _KEY.fullmatch(parameter.name) is None:
                continue
            assert operation is not None
            request = operation.method, operation.path
            key = _Key(step.step.step_id, parameter.name, parameter.value, request)
            value = value_of(parameter.value, context.before(step)).value
            (stated if isinstance(value, Constant) else given).append(key)
    yield from _fixed(stated)
    yield from _shared(given)


def _fixed(keys: Iterable[_Key]) -> Iterator[Diagnostic]:
    """Keys that the document states: each is told once, however many steps send it."""
    for key in {key.value.span: key for key in keys}.values():
        message = f"`{key.header}` is the same in every run"
        hint = "declare an input for it, so that each run brings a key of its own"
        yield found(rules.FIXED_IDEMPOTENCY_KEY, key.value.span, message, hint)


def _shared(keys: Iterable[_Key]) -> Iterator[Diagnostic]:
    """Expressions that different requests have their key from: each is told at the second request."""
    by_text: dict[str, list[_Key]] = {}
    for key in keys:
        if key.value.text is not None:
            by_text.setdefault(key.value.text, []).append(key)
    for first, *others in by_text.values():
        other = next((key for key in others if key.request != first.request), None)
        if other is None:
            continue
        message = (
            f"steps `{first.step_id}` and `{other.step_id}` send different requests"
            f" with the same `{other.header}`"
        )
        related = (Related(first.value.span, "the first of the two passes it here"),)
        told = found(
            rules.FIXED_IDEMPOTENCY_KEY,
            other.value.span,
            message,
            "pass an input of its own in each step",
            () if first.value.span == other.value.span else related,
        )
        # Some servers look at keys and operations together.
        yield replace(told, severity=Severity.HINT)
