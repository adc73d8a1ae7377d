"""Reads Criterion Objects (Arazzo 1.0.1 and 1.1.0, "Criterion Object")."""

from __future__ import annotations

from typing import Final

from arazzoc.diagnostics.registry import document as rules
from arazzoc.frozen import dataclass
from arazzoc.model.arazzo import Criterion, CriterionType
from arazzoc.model.field_names import field_of
from arazzoc.model.read_scalar import Choice, text_node
from arazzoc.model.read_selector import expression_type
from arazzoc.model.shape import Reading, open_object
from arazzoc.source.node import Node
from arazzoc.source.removal import without

__all__ = ["criterion"]

_WORD: Final[Choice[CriterionType]] = Choice(
    ("simple", "regex", "jsonpath", "xpath"),
    hints={
        "regexp": "did you mean `regex`?",
        "jsonPath": "did you mean `jsonpath`?",
        "jsonpointer": "use `type: simple` with a pointer, such as `$response.body#/id == 1`",
    },
)


@dataclass(frozen=True, slots=True)
class _Kind:
    type: CriterionType
    version: str | None = None


def criterion(node: Node, reading: Reading) -> Criterion | None:
    """Reads a Criterion Object."""
    fields = open_object(node, "criterion", reading, main="condition")
    if fields is None:
        return None
    condition = fields.required("condition", text_node)
    context = fields.optional("context", text_node)
    kind = fields.optional("type", _kind)
    fields.finish()
    if condition is None or (kind is None and fields.has("type")):
        return None
    if not fields.has("type"):
        _check_untyped(condition, context, reading)
    elif kind is not None and not fields.has("context"):
        _check_no_context(node, kind, reading)
    kind = kind or _Kind("simple")
    return Criterion(node, condition, kind.type, context, kind.version)


def _kind(node: Node, reading: Reading) -> _Kind | None:
    if not isinstance(node.value, dict):
        word = _WORD(node, reading)
        return None if word is None else _Kind(word)
    kind = expression_type(node, reading)
    if kind is None:
        return None
    if kind.type == "jsonpointer":
        reading.report(
            rules.WRONG_VALUE,
            node.span,
            "a criterion's `type` must be `jsonpath` or `xpath` where it gives a version",
            hint="put the pointer into a simple condition, such as `$response.body#/id == 1`",
        )
        return None
    return _Kind(kind.type, kind.version)


def _check_untyped(condition: Node, context: Node | None, reading: Reading) -> None:
    if context is None:
        return
    written = (condition.text or "").lstrip()
    meant = "jsonpath" if written.startswith(("$.", "$[", "$..")) else None
    reading.report(
        rules.MISPLACED_FIELD,
        context.key_span,
        "`context` has no effect on a criterion without `type`",
        hint=f"add `type: {meant}`" if meant else "add the `type` of the condition, or remove it",
    )


def _check_no_context(node: Node, kind: _Kind, reading: Reading) -> None:
    at = field_of(node, "type") or node
    if kind.type == "simple":
        reading.report(
            rules.SIMPLE_WITHOUT_CONTEXT,
            at.key_span,
            "`type: simple` asks for a `context`, which a simple condition does not need",
            hint="remove `type: simple`",
            fix=without(at) if at is not node else None,
        )
    else:
        reading.report(
            rules.MISSING_CONTEXT,
            node.span,
            f"the criterion of type `{kind.type}` has no `context`",
            hint="say what the condition is applied to, such as `context: $response.body`",
        )
