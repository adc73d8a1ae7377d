"""Reads Expression Type Objects and Selector Objects (Arazzo 1.1.0; the first also in 1.0.1)."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from arazzoc.diagnostics.model import Severity
from arazzoc.diagnostics.registry import document as rules
from arazzoc.frozen import dataclass
from arazzoc.model.read_scalar import Choice, text_node
from arazzoc.model.shape import Reading, open_object
from arazzoc.source.node import Node

__all__ = [
    "ExpressionType",
    "SelectorType",
    "looks_like_selector",
    "output",
    "selector_type",
    "value",
]

SelectorType: TypeAlias = Literal["jsonpath", "xpath", "jsonpointer"]

_VERSIONS: Final[dict[SelectorType, tuple[str, ...]]] = {
    "jsonpath": ("draft-goessner-dispatch-jsonpath-00",),
    "xpath": ("xpath-30", "xpath-20", "xpath-10"),
    "jsonpointer": (),
}
_LATER_VERSIONS: Final[dict[SelectorType, tuple[str, ...]]] = {
    "jsonpath": ("rfc9535",),
    "xpath": ("xpath-31",),
    "jsonpointer": ("rfc6901",),
}

_TYPE: Final[Choice[SelectorType]] = Choice(("jsonpath", "xpath"), later=("jsonpointer",))
_TYPE_WORD: Final[Choice[SelectorType]] = Choice(("jsonpointer", "jsonpath", "xpath"))


@dataclass(frozen=True, slots=True)
class ExpressionType:
    """Expression Type Object; `version` is None where only the type is given."""

    type: SelectorType
    version: str | None = None


def expression_type(node: Node, reading: Reading) -> ExpressionType | None:
    """Reads an Expression Type Object (Criterion Expression Type Object in 1.0)."""
    fields = open_object(node, "expression type", reading)
    if fields is None:
        return None
    kind: SelectorType | None = fields.required("type", _TYPE)
    version = fields.required("version", text_node)
    fields.finish()
    if kind is None:
        return None
    if version is not None:
        _check_version(kind, version, reading)
    return ExpressionType(kind, None if version is None else version.text)


def selector_type(node: Node, reading: Reading) -> ExpressionType | None:
    """Reads the `type` of a Selector Object, or a `targetSelectorType`: a word or an object."""
    if isinstance(node.value, dict):
        return expression_type(node, reading)
    word = _TYPE_WORD(node, reading)
    return None if word is None else ExpressionType(word)


def looks_like_selector(node: Node) -> bool:
    """Whether a mapping is meant as a Selector Object, not as a literal."""
    if not isinstance(node.value, dict):
        return False
    return "selector" in node.value and len(node.value.keys() & {"context", "type"}) > 0


def value(node: Node, reading: Reading) -> Node:
    """Reads any value; one that looks like a Selector Object is checked as such (1.1)."""
    if reading.minor and looks_like_selector(node):
        _check_selector(node, reading)
    return node


def output(node: Node, reading: Reading) -> Node | None:
    """Reads an output: the text of an expression or, from 1.1 on, a Selector Object."""
    if isinstance(node.value, str):
        return node
    if not isinstance(node.value, dict):
        reading.wrong_type(node, "text (an expression)")
        return None
    if not reading.minor or _quotes(node) is not None:
        hint = "Selector Objects came with Arazzo 1.1: set `arazzo: 1.1.0`"
        reading.wrong_type(
            node, "text (an expression)", hint if looks_like_selector(node) else _quotes(node)
        )
        return None
    return node if _check_selector(node, reading) else None


def _quotes(node: Node) -> str | None:
    """What to do about `{$expression}` without quotes, which is a mapping in YAML."""
    key, *_ = (*(key for key, _ in node.members()), "")
    return f"write `{key}`, without braces" if key.startswith("$") else None


def _check_selector(node: Node, reading: Reading) -> bool:
    """Reports what is wrong with a Selector Object; whether it can be used."""
    fields = open_object(node, "selector", reading)
    if fields is None:
        return False
    before = reading.errors
    fields.required("context", text_node)
    fields.required("selector", text_node)
    fields.required("type", selector_type)
    fields.finish()
    return reading.errors == before


def _check_version(kind: SelectorType, version: Node, reading: Reading) -> None:
    written = version.text or ""
    allowed = _VERSIONS[kind] + (_LATER_VERSIONS[kind] if reading.minor else ())
    if written in allowed:
        return
    if written in _LATER_VERSIONS[kind]:
        reading.report(
            rules.WRONG_VALUE,
            version.span,
            f"`{written}` can be named only from Arazzo 1.1 on",
            hint=f"write `type: {kind}`: this version is the default",
            severity=Severity.WARNING,
        )
        return
    reading.report(
        rules.WRONG_VALUE,
        version.span,
        f"`{written}` is not a version of `{kind}`",
        hint="use " + " or ".join(f"`{word}`" for word in allowed),
    )
