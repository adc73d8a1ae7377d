"""Runtime expressions, and values with expressions in them.

None is what is absent: an optional input that is not given, a pointer that leads nowhere, an output of a step
that has not run. (A null that a server sends is treated alike; one that the document states is sent.)
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, TypeGuard

from jsonpath_rfc9535 import JSONPathEnvironment

from tests.interpreter.ends import AbsentError

__all__ = [
    "JSONPATH",
    "Lookup",
    "as_text",
    "evaluate",
    "is_array",
    "is_expression",
    "is_object",
    "lookup_pointer",
    "text_of",
]

Lookup = Callable[[str], Any]
"""Gives the value of a runtime expression."""

JSONPATH = JSONPathEnvironment()
_WHOLE = re.compile(
    r"\$(url|method|statusCode|(request|response|inputs|outputs|steps|workflows|sourceDescriptions)\.[^\s{}]+)"
)
_EMBEDDED = re.compile(r"\{(\$[^{}]+)\}")


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    """Whether it is a JSON object."""
    return isinstance(value, dict)


def is_array(value: object) -> TypeGuard[list[Any]]:
    """Whether it is a JSON array."""
    return isinstance(value, list)


def is_expression(text: str) -> bool:
    """Whether all of `text` is one runtime expression."""
    return _WHOLE.fullmatch(text) is not None


def lookup_pointer(value: Any, pointer: str) -> Any:
    """What the JSON Pointer (RFC 6901) leads to; None where it leads nowhere."""
    for token in pointer.split("/")[1:]:
        name = token.replace("~1", "/").replace("~0", "~")
        if is_object(value):
            value = value.get(name)
        elif is_array(value) and re.fullmatch("0|[1-9][0-9]*", name):
            value = value[int(name)] if int(name) < len(value) else None
        else:
            return None
    return value


def as_text(value: Any) -> str:
    """How a value is embedded in text: strings as they are, anything else as compact JSON."""
    if isinstance(value, str):
        return value
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def text_of(text: str, lookup: Lookup) -> str:
    """`text` with the values of the expressions in braces.

    Raises:
        AbsentError: One of them is absent.
    """
    return _EMBEDDED.sub(lambda found: as_text(_present(found[1], lookup)), text)


def evaluate(value: Any, lookup: Lookup) -> Any:
    """A value of the document with its expressions evaluated, at any depth; absent members are left out.

    An object with `context`, `selector` and `type` is a Selector Object (Arazzo 1.1.0).

    Raises:
        AbsentError: Text, or an item of a list, cannot do without an absent value.
    """
    if isinstance(value, str):
        return lookup(value) if is_expression(value) else text_of(value, lookup)
    if is_object(value) and value.keys() == {"context", "selector", "type"}:
        return _selected(lookup(value["context"]), value["selector"], value["type"])
    if is_object(value):
        members = {name: (member, evaluate(member, lookup)) for name, member in value.items()}
        return {
            name: found
            for name, (member, found) in members.items()
            if found is not None or member is None
        }
    if is_array(value):
        return [item if item is None else _needed(item, lookup) for item in value]
    return value


def _selected(context: Any, selector: str, kind: str) -> Any:
    """What a selector finds: a value, or a list of values where a JSONPath may find several."""
    if kind == "jsonpointer":
        return lookup_pointer(context, selector)
    query = JSONPATH.compile(selector)
    found = [] if context is None else JSONPATH.find(selector, context).values()
    if query.singular_query():
        return found[0] if found else None
    return found


def _needed(value: Any, lookup: Lookup) -> Any:
    found = evaluate(value, lookup)
    if found is None:
        raise AbsentError(value)
    return found


def _present(expression: str, lookup: Lookup) -> Any:
    value = lookup(expression)
    if value is None:
        raise AbsentError(expression)
    return value
