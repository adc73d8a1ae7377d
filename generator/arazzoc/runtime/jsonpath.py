"""JSONPaths that a run puts together (RFC 9535); jsonpath-rfc9535 evaluates them."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import jsonpath_rfc9535

from arazzoc.runtime.bodies import copied, with_value, without_nothing
from arazzoc.runtime.embedding import text
from arazzoc.runtime.errors import InvalidQuery
from arazzoc.runtime.nodes import or_none, pick
from arazzoc.runtime.operands import shown_operands
from arazzoc.runtime.pointers import NOTHING
from arazzoc.runtime.shapes import is_object

__all__ = ["in_literal", "path_holds", "path_value", "with_path"]

_PATH_MARK: Final = re.compile(
    r"""'(?:[^'\\]|\\.)*' | "(?:[^"\\]|\\.)*" | \.\s*length\b(?!\s*\() | [][(),$]""",
    re.DOTALL | re.VERBOSE,
)
_ONE_NODE: Final = re.compile(r"\$(?:\[(?:'(?:[^'\\]|\\.)*'|-?[0-9]+)\])*", re.DOTALL)
_PATH_STEP: Final = re.compile(r"\['((?:[^'\\]|\\.)*)'\]|\[(-?[0-9]+)\]", re.DOTALL)
# What is wrong with a query is not always said by the library's own errors.
_PATH_FAULTS: Final = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    jsonpath_rfc9535.JSONPathError,
)


def in_literal(value: Any) -> str:
    """`value` as text between the quotes of a JSONPath's string literal, which it cannot end."""
    return (
        json.dumps(text(value))[1:-1].replace('\\"', "\\u0022").replace("'", "\\u0027")
    )


def path_holds(
    path: str | None,
    context: Any,
    *,
    older: bool = False,
    operands: Mapping[str, object] | None = None,
) -> bool:
    """Whether a JSONPath finds anything; false where it is none, which is logged with the operands.

    Where `$[?...]` finds nothing in an object, it is asked of the object as if that were an item.

    Args:
        path: The JSONPath; None where it lacks a value.
        context: What `$` means. None fails.
        older: Whether it is one of `draft-goessner-dispatch-jsonpath-00`.
        operands: The values of the criterion's expressions that may be shown, by their text.
    """
    if context is None:
        return False
    try:
        asked, document = _path_of(path, older=older), copied(context)
        if len(asked.find(document)) > 0:
            return True
        of_item = _of_item(path or "") if is_object(document) else None
        return (
            of_item is not None and len(jsonpath_rfc9535.find(of_item, [document])) > 0
        )
    except _PATH_FAULTS as error:
        # The query may hold what is secret, and is part of some errors' texts.
        reason = f"its JSONPath cannot be evaluated ({type(error).__name__})"
        shown = "; ".join([reason, *shown_operands(operands or {})])
        logging.getLogger(__name__).warning("a criterion fails: %s", shown)
        return False


def path_value(
    path: str | None, context: Any, place: str, stated: str, *, older: bool = False
) -> Any:
    """What names and indexes lead to, or None; the list of what any other JSONPath finds.

    Args:
        path: The JSONPath; None where it lacks a value.
        context: What `$` means.
        place: What it is asked for, such as `step read`.
        stated: The JSONPath as the Arazzo document states it.
        older: Whether it is one of `draft-goessner-dispatch-jsonpath-00`.

    Raises:
        InvalidQuery: It is no JSONPath.
    """
    try:
        asked = _path_of(path, older=older)
        steps = _path_steps(asked)
        if steps is not None:
            return or_none(pick(context, *steps))
        return [node.value for node in asked.find(copied(context))]
    except _PATH_FAULTS as error:
        raise InvalidQuery(
            place, stated, f"it is no JSONPath ({type(error).__name__})"
        ) from None


def with_path(
    document: Any, value: Any, path: str | None, *, older: bool = False
) -> Any:
    """A copy of `document` with `value` in place of every node that a JSONPath finds.

    A JSONPath of names and indexes may also add a member to an object. `NOTHING` takes away what is there;
    None for a document stays None.

    Raises:
        ValueError: It is no JSONPath, or finds nothing. The message shows no value.
    """
    if document is None:
        return None
    try:
        asked, copy = _path_of(path, older=older), copied(document)
        steps = _path_steps(asked)
        if steps is not None and all(
            isinstance(step, str) or step >= 0 for step in steps
        ):
            return with_value(copy, value, *map(str, steps))
        places = [node.location for node in asked.find(copy)]
    except _PATH_FAULTS as error:
        reason = (
            f"a JSONPath that is put together leads nowhere ({type(error).__name__})"
        )
        raise ValueError(reason) from None
    if not places:
        raise ValueError(
            "the payload has no place for what takes the place of a part of it"
        )
    for parent, key in [(pick(copy, *place[:-1]), place[-1]) for place in places]:
        parent[key] = value
    return without_nothing(copy) if value is NOTHING else copy


def _path_of(path: str | None, *, older: bool) -> jsonpath_rfc9535.JSONPathQuery:
    """The query.

    Raises:
        ValueError: A value is missing, or a filter asks for `.length`, a size by the older dialect.
        JSONPathError: It is no JSONPath. What is wrong may also raise other errors of Python.
    """
    if path is None:
        raise ValueError("a value is missing")
    if older and _asks_for_length(path):
        raise ValueError("`.length` in a filter is a member by RFC 9535, not a size")
    return jsonpath_rfc9535.compile(path.strip(" \t\r\n"))


def _path_steps(asked: jsonpath_rfc9535.JSONPathQuery) -> Sequence[str | int] | None:
    """The names and indexes of a query that has nothing else; None of any other."""
    normal = str(asked)
    if not _ONE_NODE.fullmatch(normal):
        return None
    return [
        int(index) if index else json.loads(f'"{_in_double_quotes(name)}"')
        for name, index in _PATH_STEP.findall(normal)
    ]


def _in_double_quotes(name: str) -> str:
    """What stands between single quotes in a normalized path, for JSON (RFC 9535, 2.7)."""
    return name.replace("\\'", "'").replace('"', '\\"')


def _of_item(path: str) -> str | None:
    """The query whose `$` is the only item of a list, for `$[?...]`; None for any other."""
    if not re.match(r"\s*\$\s*\[\s*\?", path):
        return None
    depth, parts, first, start = 0, ["$"], True, path.index("$") + 1
    for mark in _PATH_MARK.finditer(path, start):
        depth += {"[": 1, "(": 1, "]": -1, ")": -1}.get(mark[0], 0)
        if first and depth == 1 and mark[0] == ",":
            return None
        first = first and depth > 0
        if mark[0] == "$":
            parts += [path[start : mark.end()], "[0]"]
            start = mark.end()
    return "".join([*parts, path[start:]])


def _asks_for_length(path: str) -> bool:
    """Whether a filter asks for a member called `length`."""
    depth = 0
    for mark in _PATH_MARK.findall(path):
        depth += {"[": 1, "]": -1}.get(mark, 0)
        if depth > 0 and mark.startswith("."):
            return True
    return False
