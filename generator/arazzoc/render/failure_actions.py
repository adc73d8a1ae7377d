"""Failure actions that only name the error: as an expression of the status, instead of a test for each."""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from arazzoc.flow.tree import Block, Choose, Fail, leaves, statements
from arazzoc.frozen import dataclass
from arazzoc.ir.graph import Edge, WorkflowCall
from arazzoc.names import ConstantName, Identifier, Scope
from arazzoc.render.literals import literal
from arazzoc.types.condition import AllOf, AnyOf, Compare, Criterion, Not, Test
from arazzoc.types.value import Constant, ResponseStatus

__all__ = [
    "Arm",
    "ByStatus",
    "FailureActions",
    "by_status",
    "only_fails",
]

Arm: TypeAlias = "tuple[Edge, Block]"
Table: TypeAlias = "tuple[tuple[int, str], ...]"
"""Names of actions by status, in the order of the actions."""

_OPERATORS: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_MIRRORED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


@dataclass(frozen=True, slots=True)
class ByStatus:
    """A choice between failure actions of which some only name the error, by its status.

    Attributes:
        others: The actions that do more. They can all be looked at before the others.
        names: Those that only name the error.
    """

    others: tuple[Arm, ...]
    names: Table


def by_status(choice: Choose) -> ByStatus | None:
    """The choice as the actions that do something and a table of those that only name the error.

    None where there is no such table: nothing is named, or by more than the status; or an action that does
    something, and that stands behind one that names the error, might be taken before it.
    """
    if isinstance(choice.step.call, WorkflowCall) or choice.otherwise != (Fail(choice.step, None),):
        return None
    if not all(leaves(body) for _, body in choice.arms):
        return None
    names: dict[int, str] = {}
    others: list[Arm] = []
    for edge, body in choice.arms:
        if not only_fails(body):
            if not all(_fails_at(edge.criteria, status) for status in names):
                return None
            others.append((edge, body))
            continue
        statuses = _statuses(edge.criteria)
        if statuses is None or edge.action is None:
            return None
        for status in statuses:
            names.setdefault(status, edge.action)
    return ByStatus(tuple(others), tuple(names.items())) if names else None


def only_fails(block: Block) -> bool:
    """Whether a block does nothing but raise the step's error."""
    return len(block) == 1 and isinstance(block[0], Fail)


class FailureActions:
    """The tables of a module: those that it reads several times are constants."""

    def __init__(self, functions: Iterable[tuple[Identifier, Block]], scope: Scope) -> None:
        """What the functions of the module decide, and the names that it has in use."""
        counts: Counter[Table] = Counter()
        readers: dict[Table, set[Identifier]] = {}
        for function, tree in functions:
            for table in _tables(tree):
                counts[table] += 1
                readers.setdefault(table, set()).add(function)
        shared = [table for table, count in counts.items() if count > 1 and len(table) > 1]
        self._constants: dict[Table, ConstantName] = {}
        for table in shared:
            sole = len(shared) > 1 and len(readers[table]) == 1
            name = f"{min(readers[table])} failure actions" if sole else "failure actions"
            self._constants[table] = scope.claim(ConstantName.of(name))

    def constants(self) -> Sequence[tuple[str, str]]:
        """The names of the constants, with what they are."""
        return [(name, _literal(table)) for table, name in self._constants.items()]

    def named(self, names: Table, variable: Identifier) -> tuple[Sequence[str], str]:
        """The name of the action for the response's status: lines that stand before it, and the expression.

        Args:
            names: The actions.
            variable: Holds a table that is read here alone.
        """
        if len({name for _, name in names}) == 1:
            statuses = [status for status, _ in names]
            test = f"in {tuple(statuses)}" if len(statuses) > 1 else f"== {statuses[0]}"
            return (), f"{literal(names[0][1])} if response.status {test} else None"
        known = self._constants.get(names)
        lines = () if known else (f"{variable} = {_literal(names)}",)
        return lines, f"{known or variable}.get(response.status)"


def _literal(table: Table) -> str:
    return f"{{{', '.join(f'{status}: {literal(name)}' for status, name in table)}}}"


def _tables(tree: Block) -> Iterator[Table]:
    for statement in statements(tree):
        found = by_status(statement) if isinstance(statement, Choose) else None
        if found is not None and len({name for _, name in found.names}) > 1:
            yield found.names


def _statuses(criteria: Sequence[Criterion]) -> tuple[int, ...] | None:
    """The statuses with which criteria hold, where they ask for these and nothing else."""
    if len(criteria) != 1:
        return None
    test = criteria[0].test
    parts = test.tests if isinstance(test, AnyOf) else (test,)
    statuses = [number for sign, number in map(_comparison, parts) if sign == "=="]
    whole = [status for status in statuses if isinstance(status, int) and status > 0]
    return tuple(whole) if len(whole) == len(parts) else None


def _fails_at(criteria: Sequence[Criterion], status: int) -> bool:
    """Whether the first of the criteria looks at nothing but the status, and does not hold with this one."""
    return bool(criteria) and _holds_at(criteria[0].test, status) is False


def _holds_at(test: Test, status: int) -> bool | None:
    """Whether a test holds with a status; None where it looks at more."""
    match test:
        case Compare():
            sign, number = _comparison(test)
            return _OPERATORS[sign](status, number) if sign else None
        case AllOf(parts):
            return _together([_holds_at(part, status) for part in parts], all)
        case AnyOf(parts):
            return _together([_holds_at(part, status) for part in parts], any)
        case Not(part):
            inner = _holds_at(part, status)
            return None if inner is None else not inner
        case _:
            return None


def _comparison(test: Test) -> tuple[str, float]:
    """How a test compares the status, and with what number; an empty operator where it does not."""
    if not isinstance(test, Compare):
        return "", 0
    left, sign, right = test.left, str(test.operator), test.right
    if isinstance(right, ResponseStatus):
        left, sign, right = right, _MIRRORED.get(sign, sign), left
    if not isinstance(left, ResponseStatus) or not isinstance(right, Constant):
        return "", 0
    number = right.value
    if isinstance(number, bool) or not isinstance(number, int | float):
        return "", 0
    return sign, number


def _together(
    parts: Sequence[bool | None], decide: Callable[[Iterable[object]], bool]
) -> bool | None:
    return None if None in parts else decide(parts)
