"""A JSONPath predicate in the words of a simple condition, for hints."""

from __future__ import annotations

from arazzoc.expr.jsonpath import query as syntax
from arazzoc.source.node import pointer_of

__all__ = ["plainly"]

_LONGEST = 160


def plainly(test: syntax.Test, context: str) -> str | None:
    """The simple condition that says what a predicate over `context` says, but for the case of text.

    Args:
        test: The predicate.
        context: The criterion's context expression, such as `$response.body`.

    Returns:
        The condition; None where simple conditions have no words for it, or too many.
    """
    text = _test(test, context)
    return text if text is not None and len(text) <= _LONGEST else None


def _test(test: syntax.Test, context: str) -> str | None:
    match test:
        case syntax.Comparison(left, operator, right):
            sides = _operand(left, context), _operand(right, context)
            return None if None in sides else f"{sides[0]} {operator} {sides[1]}"
        case syntax.And(tests):
            return _joined(" && ", tests, context)
        case syntax.Or(tests):
            return _joined(" || ", tests, context)
        case _:
            return None


def _joined(word: str, tests: tuple[syntax.Test, ...], context: str) -> str | None:
    parts: list[str] = []
    for test in tests:
        text = _test(test, context)
        if text is None:
            return None
        parts.append(f"({text})" if isinstance(test, syntax.And | syntax.Or) else text)
    return word.join(parts)


def _operand(operand: syntax.Comparable, context: str) -> str | None:
    match operand:
        case syntax.StringLiteral(value):
            quoted = value.replace("'", "''")
            return f"'{quoted}'"
        case syntax.NumberLiteral() | syntax.BooleanLiteral() | syntax.NullLiteral():
            return str(operand)
        case syntax.Query() if operand.path is not None:
            pointer = pointer_of(operand.path)
            if context == "$inputs":
                return f"$inputs.{pointer.removeprefix('/')}" if len(operand.path) == 1 else None
            return f"{context}{pointer}" if "#" in context else f"{context}#{pointer}"
        case _:
            return None
