"""Reads JSONPaths and JSON Pointers that a run puts together."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from arazzoc.diagnostics.registry import expression as rules
from arazzoc.expr.ast import Expression, Slice
from arazzoc.expr.substituted import Substituted, in_literals
from arazzoc.types.composed import Composed, Escaped, Place, QueryLanguage
from arazzoc.types.facts import Viewpoint
from arazzoc.types.reaching import Problem
from arazzoc.types.value import Embedded, Value

__all__ = ["composed_path", "composed_pointer", "decided_by_data", "place_of", "put_in"]


def composed_path(
    frame: Substituted, reference: Callable[[Expression], Value], *, older: bool = False
) -> Composed:
    """A JSONPath: what stands in a string literal stays in it, anything else is put in as it is.

    Args:
        frame: The JSONPath as the document states it.
        reference: What an expression means; it keeps what is wrong with it.
        older: Whether the document calls it one of the older dialect.
    """
    quoted = in_literals(frame)
    parts = [
        part if isinstance(part, str) else _part(reference(part), quoted[number])
        for number, part in enumerate(frame.parts)
    ]
    return Composed("jsonpath", _text(parts), older)


def composed_pointer(
    frame: Substituted, reference: Callable[[Expression], Value]
) -> Composed | None:
    """A JSON Pointer: an expression at its start is a pointer, and any other is a token or a part of one.

    None where what is stated does not start with `/`, as a pointer does.
    """
    first, *rest = frame.parts
    if isinstance(first, str) and not first.startswith("/"):
        return None
    if rest and not isinstance(first, str) and not str(rest[0]).startswith("/"):
        return None
    parts = [
        (
            part
            if isinstance(part, str)
            else _part(reference(part), bool(number), language="jsonpointer")
        )
        for number, part in enumerate(frame.parts)
    ]
    return Composed("jsonpointer", _text(parts))


def decided_by_data(frame: Substituted) -> tuple[Problem, ...]:
    """The expressions of a JSONPath whose values decide what it asks for."""
    quoted = in_literals(frame)
    return tuple(
        put_in(part.where, "[?@.id == '{$inputs.id}']")
        for number, part in enumerate(frame.parts)
        if not isinstance(part, str) and not quoted[number]
    )


def put_in(where: Slice, example: str) -> Problem:
    """That whoever gives the value of an expression writes a part of the query.

    Args:
        where: The expression.
        example: How the query's language has an expression that stays a value.
    """
    return Problem(
        rules.COMPOSED_QUERY,
        "whoever gives this value decides what the query asks for",
        f"let it stand for a literal, a name or an index, as in `{example}`",
        where,
    )


def place_of(view: Viewpoint, stated: str) -> Place:
    """Where a query stands."""
    if view.step is None:
        return Place("workflow", view.facts.workflow.workflow_id, stated)
    return Place("step", view.step.step.step_id, stated)


def _part(value: Value, within: bool, *, language: QueryLanguage = "jsonpath") -> Value:
    return Escaped(value, language, absent=value.absent) if within else value


def _text(parts: Iterable[str | Value]) -> Embedded:
    kept = tuple(part for part in parts if part != "")
    return Embedded(kept, absent=any(not isinstance(part, str) and part.absent for part in kept))
