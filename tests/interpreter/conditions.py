"""Criteria: simple conditions, regular expressions and JSONPath queries."""

from __future__ import annotations

import json
import operator
import re
from collections.abc import Callable, Mapping
from typing import Any

from tests.interpreter.ends import AbsentError
from tests.interpreter.values import JSONPATH, Lookup, as_text, is_array, is_object, text_of

__all__ = ["holds", "statuses"]

_TOKEN = re.compile(
    r"\s*(&&|\|\||==|!=|<=|>=|<|>|!|\(|\)|'(?:[^']|'')*'|-?[0-9]+(?:\.[0-9]+)?|true|false|null|\$[^\s()=<>!&|]+)"
)
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_ORDERS: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def holds(criterion: Mapping[str, Any], lookup: Lookup) -> bool:
    """Whether a Criterion Object holds (Arazzo 1.0.1, Criterion Object)."""
    condition = criterion["condition"]
    kind = criterion.get("type", "simple")
    if kind == "simple":
        return _Simple(condition, lookup).result()
    context = lookup(criterion["context"])
    try:
        if kind == "regex":
            pattern = text_of(condition, lookup)
            return context is not None and re.search(pattern, as_text(context)) is not None
        query = _put_together(condition, lookup)
    except (AbsentError, re.error):
        return False
    if context is None:
        return False
    found = JSONPATH.find(query, context)
    if not found and is_object(context) and condition.startswith("$[?"):
        found = JSONPATH.find(query, [context])
    return len(found) > 0


def _put_together(query: str, lookup: Lookup) -> str:
    """A JSONPath with the values of the expressions in braces, which cannot change what it asks.

    Raises:
        AbsentError: A value is absent, or is none that can stand there.
    """
    quoted = re.sub(r"'([^']*\{\$[^']*)'", lambda found: _quoted(text_of(found[1], lookup)), query)
    return re.sub(r"\{(\$[^{}]+)\}", lambda found: _whole_number(lookup(found[1])), quoted)


def _quoted(text: str) -> str:
    inside = json.dumps(text, ensure_ascii=False)[1:-1].replace('\\"', '"').replace("'", "\\'")
    return f"'{inside}'"


def _whole_number(value: Any) -> str:
    if not isinstance(value, int) or isinstance(value, bool):
        raise AbsentError(value)
    return str(value)


def statuses(criteria: list[Any]) -> set[int] | None:
    """The statuses that `$statusCode == N` criteria allow; None where there are none."""
    named = [
        int(found[1])
        for criterion in criteria
        if criterion.get("type", "simple") == "simple"
        and (found := re.fullmatch(r"\$statusCode == ([0-9]+)", criterion["condition"]))
    ]
    if not named:
        return None
    return {named[0]} if len(set(named)) == 1 else set()


class _Simple:
    """Reads and judges a simple condition in one go: `||` binds less than `&&`, that less than `!`."""

    def __init__(self, text: str, lookup: Lookup) -> None:
        self._tokens = _tokens(text)
        self._lookup = lookup

    def result(self) -> bool:
        outcome = self._any()
        assert not self._tokens, self._tokens
        return outcome

    def _any(self) -> bool:
        outcome = self._all()
        while self._take("||"):
            right = self._all()
            outcome = outcome or right
        return outcome

    def _all(self) -> bool:
        outcome = self._one()
        while self._take("&&"):
            right = self._one()
            outcome = outcome and right
        return outcome

    def _one(self) -> bool:
        if self._take("!"):
            return not self._one()
        if self._take("("):
            outcome = self._any()
            assert self._take(")")
            return outcome
        left = self._operand()
        for sign in ("==", "!=", "<=", ">=", "<", ">"):
            if self._take(sign):
                return _compared(left, sign, self._operand())
        return left is not None and left is not False

    def _operand(self) -> Any:
        token = self._tokens.pop(0)
        if token.startswith("$"):
            return self._lookup(token)
        if token.startswith("'"):
            return token[1:-1].replace("''", "'")
        return json.loads(token)

    def _take(self, token: str) -> bool:
        taken = self._tokens[:1] == [token]
        if taken:
            self._tokens.pop(0)
        return taken


def _tokens(text: str) -> list[str]:
    found: list[str] = []
    position = 0
    while position < len(text.rstrip()):
        match = _TOKEN.match(text, position)
        assert match is not None, text[position:]
        found.append(match[1])
        position = match.end()
    return found


def _compared(left: Any, sign: str, right: Any) -> bool:
    """Text without regard to case, numbers and text that states one as numbers, null only with itself."""
    if sign in ("==", "!="):
        return _equal(left, right) is (sign == "==")
    if isinstance(left, str) and isinstance(right, str):
        return _ORDERS[sign](left.casefold(), right.casefold())
    if _is_number(left) or _is_number(right):
        one, other = _number(left), _number(right)
        return one is not None and other is not None and _ORDERS[sign](one, other)
    return False


def _equal(left: Any, right: Any) -> bool:
    if isinstance(left, str) and isinstance(right, str):
        return left.casefold() == right.casefold()
    if (_is_number(left) or _is_number(right)) and None not in (_number(left), _number(right)):
        return _number(left) == _number(right)
    return _same(left, right)


def _same(left: Any, right: Any) -> bool:
    if _is_number(left) and _is_number(right):
        return bool(left == right)
    if type(left) is not type(right):
        return False
    if is_object(left):
        return left.keys() == right.keys() and all(_same(left[key], right[key]) for key in left)
    if is_array(left):
        return len(left) == len(right) and all(map(_same, left, right))
    return bool(left == right)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _number(value: Any) -> float | None:
    if _is_number(value):
        return value  # type: ignore[no-any-return]
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return float(value)
    return None
