"""What an editor shows about the name or expression below the cursor, as Markdown."""

from __future__ import annotations

from arazzoc.analysis import Analysis
from arazzoc.frozen import dataclass
from arazzoc.lsp.mentions import Mention, Target, expressions_in, place_of
from arazzoc.lsp.spelled_type import fields_of, spelled_type
from arazzoc.lsp.viewing import view_of
from arazzoc.model.openapi import Operation
from arazzoc.source.node import Node
from arazzoc.text import Span
from arazzoc.types.facts import WorkflowFacts
from arazzoc.types.model import AnyType
from arazzoc.types.reaching import Problem
from arazzoc.types.resolve import resolve
from arazzoc.types.schema import SchemaTypes

__all__ = ["Hover", "hover"]


@dataclass(frozen=True, slots=True)
class Hover:
    """Markdown, and what it is about."""

    markdown: str
    span: Span


def hover(
    analysis: Analysis, leaf: Node | None, offset: int, mention: Mention | None
) -> Hover | None:
    """What is known at `offset`; None where nothing is.

    Args:
        analysis: The document.
        leaf: The text that the cursor stands in; None where it stands in none.
        offset: The cursor's place in the document's text.
        mention: The name that the cursor stands in; None where it stands in none.
    """
    parts: list[str] = []
    span = mention.span if mention is not None else None
    if leaf is not None:
        found = _expression(analysis, leaf, offset)
        if found is not None:
            parts.append(found.markdown)
            span = span or found.span
    if mention is not None:
        parts.append(_about(mention, analysis))
    return Hover("\n\n".join(parts), span) if parts and span is not None else None


def _expression(analysis: Analysis, leaf: Node, offset: int) -> Hover | None:
    lines = analysis.document.lines
    view = view_of(leaf, analysis)
    for expression in expressions_in(leaf.text or ""):
        span = leaf.part(expression.where.start, expression.where.end)
        if not lines.offset(span.start) <= offset <= lines.offset(span.end):
            continue
        found = resolve(expression, view) if view is not None else None
        if found is None or isinstance(found, Problem):
            return None
        value = found.value
        type_ = spelled_type(value.type, analysis.types)
        shown = f"{type_} | None" if value.absent else type_
        lacks = "\n\nIt may be missing here." if value.absent else ""
        members = "" if isinstance(value.type, AnyType) else _members(value.type, analysis.types)
        return Hover(f"```python\n{expression}: {shown}\n```{lacks}{members}", span)
    return None


def _members(type_: object, types: SchemaTypes) -> str:
    from arazzoc.types.model import Named, Record

    if not isinstance(type_, Named | Record):
        return ""
    fields = fields_of(type_, types)
    rows = [
        f"- `{name}`: `{spelled_type(member, types)}`{'' if required else ', may be missing'}"
        for name, (member, required, _) in list(fields.items())[:20]
    ]
    return "\n\n" + "\n".join(rows) if rows else ""


def _about(mention: Mention, analysis: Analysis) -> str:
    target = mention.target
    head = f"**{target.kind}** `{target.name}`"
    match target.kind:
        case "operation":
            _, step = place_of(mention.node, analysis)
            operation = step.operation if step is not None else None
            return _operation(operation, analysis) if operation is not None else head
        case "parameter":
            return f"{head}{_parameter(mention, analysis)}"
        case "workflow":
            called = _workflow(target, analysis)
            return f"{head}{_signature(called, analysis)}" if called is not None else head
        case _:
            return f"{head}{_described(target)}"


def _described(target: Target) -> str:
    holder = target.node
    if not target.by_key:
        found = holder.document.node.at([str(token) for token in holder.path[:-1]])
        holder = found if found is not None else holder
    said = [holder.get(field) for field in ("summary", "description", "url")]
    return "".join(f"\n\n{node.text}" for node in said if node is not None and node.text)


def _operation(operation: Operation, analysis: Analysis) -> str:
    lines = [f"**{operation.method}** `{operation.path}`, of `{operation.source}`"]
    if operation.deprecated:
        lines.append("Deprecated.")
    description = operation.node.get("description")
    said = operation.summary or (description.text if description is not None else None)
    if said:
        lines.append(said.strip())
    rows = [
        f"- `{each.name}` in {each.location}: "
        f"`{spelled_type(analysis.types.of(each.schema, each.name), analysis.types)}`"
        f"{', required' if each.required else ''}"
        for each in operation.parameters
    ]
    if operation.body is not None:
        media = ", ".join(f"`{each.name}`" for each in operation.body.content)
        rows.append(f"- body: {media}{', required' if operation.body.required else ''}")
    if rows:
        lines.append("\n".join(rows))
    statuses = ", ".join(f"`{each.status}`" for each in operation.responses)
    return "\n\n".join([*lines, f"Responses: {statuses}"] if statuses else lines)


def _parameter(mention: Mention, analysis: Analysis) -> str:
    _, step = place_of(mention.node, analysis)
    location = mention.node.document.node.at([*map(str, mention.node.path[:-1]), "in"])
    if step is None or step.operation is None or location is None or location.text is None:
        return ""
    found = step.operation.parameter(mention.target.name, location.text)
    if found is None:
        return ""
    type_ = spelled_type(analysis.types.of(found.schema, found.name), analysis.types)
    demanded = ", required" if found.required else ""
    return f" in {found.location}: `{type_}`{demanded}{_described(mention.target)}"


def _workflow(target: Target, analysis: Analysis) -> WorkflowFacts | None:
    known = [*analysis.workflows]
    known += [callee for facts in analysis.workflows for callee in facts.callees.values()]
    wanted = target.node.document.path, target.node.path[:2]
    return next(
        (
            facts
            for facts in known
            if (facts.workflow.node.document.path, facts.workflow.node.path) == wanted
        ),
        None,
    )


def _signature(facts: WorkflowFacts, analysis: Analysis) -> str:
    parts = [text for text in (facts.workflow.summary, facts.workflow.description) if text]
    inputs = [
        f"- input `{fact.name}`: `{spelled_type(fact.argument.type, analysis.types)}`"
        f"{', required' if fact.required else ''}"
        for fact in facts.inputs.values()
    ]
    outputs = [f"- output `{name}`" for name in facts.workflow.outputs]
    if inputs or outputs:
        parts.append("\n".join([*inputs, *outputs]))
    return "".join(f"\n\n{part}" for part in parts)
