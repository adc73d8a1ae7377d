"""What writers of conditions probably meant who wrote another language's operators and literals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

__all__ = ["literal_hint", "operand_hint", "operator_hint"]

_OPERATORS: Final[Mapping[str, str]] = {
    "and": "write `&&`",
    "or": "write `||`",
    "&": "write `&&`",
    "|": "write `||`",
    "=": "write `==`",
    "===": "write `==`",
    "!==": "write `!=`",
    "<>": "write `!=`",
    "=<": "write `<=`",
    "=>": "write `>=`",
    "eq": "write `==`",
    "equals": "write `==`",
    "is": "write `==`",
    "ne": "write `!=`",
    "not": "write `!=`, or `!` before what is not to hold",
    "lt": "write `<`",
    "le": "write `<=`",
    "gt": "write `>`",
    "ge": "write `>=`",
    "in": "compare with each value: `x == 1 || x == 2`",
    "contains": "use a criterion of type `regex` or `jsonpath`",
    "startswith": "use a criterion of type `regex`",
    "endswith": "use a criterion of type `regex`",
    "matches": "use a criterion of type `regex`",
    "=~": "use a criterion of type `regex`",
    "!~": "use a criterion of type `regex`",
    "\u2265": "write `>=`",
    "\u2264": "write `<=`",
    "\u2260": "write `!=`",
    "#": "a condition has no comments: remove it, or put quotes around text",
    ";": "a condition ends without `;`: remove it",
    "?": "a condition has no `?:`; use `&&` and `||`",
    **dict.fromkeys("+-*/%", "conditions do not calculate"),
}
_OPERAND_WORDS: Final[Mapping[str, str]] = {
    "True": "write `true`",
    "TRUE": "write `true`",
    "False": "write `false`",
    "FALSE": "write `false`",
    **dict.fromkeys(("None", "Null", "NULL", "nil", "undefined"), "write `null`"),
    "not": "write `!`",
}
_LEADING: Final = re.compile(r"\w+|[^\w\s'\"$({]+")
_STATUS_CLASS: Final = re.compile(r"([1-5])xx", re.IGNORECASE)
_ROOT: Final = re.compile(
    r"(?:(?:inputs|outputs|request|response|steps|workflows)\.\S|(?:method|statusCode|url)\Z)"
)
_PLAIN_TEXT: Final = re.compile(r"[\w-]+")


def operator_hint(text: str) -> str | None:
    """What to write for `text`, which stands where an operator should."""
    found = _LEADING.match(text)
    written = found[0] if found else ""
    known = _OPERATORS.get(written) or _OPERATORS.get(written.lower())
    if known is None and written and not written[0].isalnum():
        known = _OPERATORS.get(written[:1])
    return known or "join conditions with `&&` or `||`"


def operand_hint(text: str) -> str | None:
    """What to write for `text`, which stands where an expression or literal should."""
    status = _STATUS_CLASS.fullmatch(text)
    if status:
        return f"write `$statusCode >= {status[1]}00 && $statusCode < {int(status[1]) + 1}00`"
    found = _LEADING.match(text)
    written = found[0] if found else ""
    if written in _OPERAND_WORDS:
        return _OPERAND_WORDS[written]
    if text.startswith(("@", "$.", "$[")):
        return "this is a JSONPath; give the criterion `type: jsonpath` and a `context`"
    if text[0] in "\u2018\u2019\u201c\u201d":
        return "write straight quotes: `'text'`"
    if text[0].isdigit() or text.startswith(("+", "-", ".")):
        return "write a number as JSON does, as in `0.5` or `-1e3`"
    if text.startswith("="):
        return "an operator has no white space in it, as in `>=`"
    root = _ROOT.match(text)
    if root is not None:
        return f"an expression starts with `$`: write `${text}`"
    if text[0] == "`" and text.strip("`"):
        return f"text stands in single quotes: `'{text.strip('`')}'`"
    if _PLAIN_TEXT.fullmatch(text):
        return f"text stands in single quotes: `'{text}'`; an expression starts with `$`"
    return None


def literal_hint(text: str) -> str | None:
    """What to write for another language's `True` or `None`; None for other text."""
    return _OPERAND_WORDS.get(text)
