"""What holds where no response came: `$statusCode`, headers and body are null then."""

from __future__ import annotations

from collections.abc import Sequence

from arazzoc.ir.graph import Edge
from arazzoc.types.condition import (
    AllOf,
    AnyOf,
    Compare,
    Criterion,
    Exists,
    Finds,
    FitsPattern,
    Holds,
    Matches,
    PathHolds,
    Test,
    XPathHolds,
)
from arazzoc.types.value import (
    Constant,
    Length,
    Member,
    Picked,
    ResponseBody,
    ResponseHeader,
    ResponseStatus,
    Size,
    Value,
)

__all__ = ["fails_in_silence", "listens_to_silence"]


def listens_to_silence(on_failure: Sequence[Edge]) -> bool:
    """Whether a failure action may match where no response came.

    Where none can, the function need not look at the actions then: it can raise at once.
    """
    return any(
        edge.action is not None and not fails_in_silence(edge.criteria) for edge in on_failure
    )


def fails_in_silence(criteria: Sequence[Criterion]) -> bool:
    """Whether the criteria surely do not hold where no response came."""
    return any(_fails(criterion.test) for criterion in criteria)


def _fails(test: Test) -> bool:
    """Whether the test surely fails on null; False where that is not known."""
    match test:
        case Compare(left, operator, right):
            if operator == "!=":
                return False
            return (_is_answer(left) and _is_something(right)) or (
                _is_answer(right) and _is_something(left)
            )
        case Holds(value) | Exists(value) | Matches(value) | FitsPattern(value):
            return _is_answer(value)
        case XPathHolds(value) | PathHolds(value):
            return _is_answer(value)
        case Finds(nodes):
            return _is_answer(nodes.branches[0].origin)
        case AllOf(tests):
            return any(_fails(part) for part in tests)
        case AnyOf(tests):
            return all(_fails(part) for part in tests)
        case _:
            return False


def _is_answer(value: Value) -> bool:
    """Whether the value is null where no response came, as it is in a step that runs a workflow."""
    if isinstance(value, Member | Size | Picked | Length):
        return _is_answer(value.base)
    return isinstance(value, ResponseStatus | ResponseHeader | ResponseBody) or (
        value == Constant(None)
    )


def _is_something(value: Value) -> bool:
    return isinstance(value, Constant) and value.value is not None
