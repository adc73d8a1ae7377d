"""Where a document names things, and what each name means: what definition, hover and rename rest on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, Literal, TypeAlias

from arazzoc.analysis import Analysis
from arazzoc.expr import ast
from arazzoc.expr.expression import ROOTS, parse_expression
from arazzoc.expr.problem import SyntaxProblem
from arazzoc.frozen import dataclass
from arazzoc.model.openapi_document import OperationSite
from arazzoc.model.targets import find_operation
from arazzoc.source.node import Node
from arazzoc.text import Span
from arazzoc.types.facts import StepFacts, WorkflowFacts

__all__ = ["Kind", "Mention", "Target", "expressions_in", "leaves", "mentions", "place_of"]

Kind: TypeAlias = Literal[
    "workflow", "step", "input", "output", "source", "component", "operation", "parameter"
]

_EXPRESSION: Final = re.compile(
    rf"\$(?:{'|'.join(ROOTS)})(?![\w-])[^\s\"'`<>{{}}|&=,;\\]*|\$(?:url|method|statusCode|self)\b"
)
_SCHEMA: Final = re.compile(r"#/components/inputs/([^/]+)")
_PROSE: Final = frozenset({"description", "summary", "title"})


@dataclass(frozen=True, slots=True)
class Target:
    """What a name means.

    Attributes:
        node: Where it is defined: the text that states its name, or the member whose key does.
        by_key: Whether the key states the name.
    """

    kind: Kind
    name: str
    node: Node
    by_key: bool

    @property
    def span(self) -> Span:
        """Where the name is stated."""
        return self.node.key_span if self.by_key else self.node.span

    @property
    def identity(self) -> tuple[object, ...]:
        """The same for all mentions of the same thing."""
        return (self.node.document.path, self.node.path, self.by_key)


_Piece: TypeAlias = "tuple[str, str, Target | None]"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the document.

    Attributes:
        node: The text that it stands in, or the member whose key it is.
        start: Where it starts in the text, in code points; 0 for a key.
        end: Where it ends.
        is_key: Whether it is a key.
    """

    node: Node
    start: int
    end: int
    target: Target
    is_key: bool = False

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.node.key_span if self.is_key else self.node.part(self.start, self.end)


def mentions(analysis: Analysis) -> Iterator[Mention]:
    """All names of the document that mean something, those that define it too."""
    if analysis.volume is not None:
        yield from _Reader(analysis).all()


def leaves(node: Node) -> Iterator[Node]:
    """All texts below a node, in the order written."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        if isinstance(current.value, str):
            yield current
        below = [*(member for _, member in current.members()), *current.items()]
        waiting += reversed(below)


def expressions_in(text: str) -> Iterator[ast.Expression]:
    """The runtime expressions in a text or condition, each as long as it can be."""
    for found in _EXPRESSION.finditer(text):
        end = found.end()
        while end > found.start() + 1:
            expression = parse_expression(text, found.start(), end)
            if not isinstance(expression, SyntaxProblem):
                yield expression
                break
            if text[end - 1].isalnum():
                break
            end -= 1


def place_of(node: Node, analysis: Analysis) -> tuple[WorkflowFacts | None, StepFacts | None]:
    """The workflow and the step that a node stands in."""
    path = node.path
    facts = step = None
    if len(path) > 1 and path[0] == "workflows":
        facts = next((f for f in analysis.workflows if f.workflow.node.path == path[:2]), None)
    if facts is not None and len(path) > 3 and path[2] == "steps":
        step = next((s for s in facts.steps.values() if s.step.node.path == path[:4]), None)
    return facts, step


class _Reader:
    """Reads the names of one document."""

    def __init__(self, analysis: Analysis) -> None:
        assert analysis.volume is not None
        self._analysis = analysis
        self._volume = analysis.volume
        self._arazzo = analysis.volume.arazzo
        self._workflows = {facts.workflow.workflow_id: facts for facts in analysis.workflows}

    def all(self) -> Iterator[Mention]:
        root = self._analysis.document.node
        yield from self._defined()
        for leaf in leaves(root):
            yield from self._in_leaf(leaf)

    def _defined(self) -> Iterator[Mention]:
        targets = [*map(self._source, (source.name for source in self._arazzo.source_descriptions))]
        for kind in ("parameters", "successActions", "failureActions", "inputs"):
            members = self._arazzo.node.at(("components", kind))
            for name, _ in members.members() if members is not None else ():
                targets.append(self._component(kind, name))
        for facts in self._analysis.workflows:
            targets.append(_stated("workflow", facts.workflow.node, "workflowId"))
            targets += (self._input(facts, name) for name in facts.inputs)
            targets += (_output(facts.workflow.outputs, name) for name in facts.workflow.outputs)
            for step in facts.steps.values():
                targets.append(_stated("step", step.step.node, "stepId"))
                targets += (_output(step.step.outputs, name) for name in step.step.outputs)
        own = self._analysis.document
        seen: set[tuple[object, ...]] = set()
        for target in targets:
            if target is None or target.node.document is not own or target.identity in seen:
                continue
            seen.add(target.identity)
            yield Mention(target.node, 0, len(target.name), target, target.by_key)

    def _in_leaf(self, leaf: Node) -> Iterator[Mention]:
        path, text = leaf.path, leaf.text or ""
        last = path[-1] if path else ""
        facts, step = place_of(leaf, self._analysis)
        target = self._plain(leaf, text, facts, step)
        if target is not None:
            yield Mention(leaf, 0, len(text), target)
            return
        if last == "operationPath" and step is not None:
            yield from self._in_operation_path(leaf, text, step)
        schema = _SCHEMA.fullmatch(text) if last == "$ref" else None
        if schema is not None:
            component = self._component("inputs", schema[1])
            if component is not None:
                yield Mention(leaf, *schema.span(1), component)
            return
        if last in _PROSE and (len(path) in (2, 3, 5) or "inputs" in path):
            return
        for expression in expressions_in(text):
            yield from self._in_expression(leaf, expression, facts, step)

    def _plain(
        self, leaf: Node, text: str, facts: WorkflowFacts | None, step: StepFacts | None
    ) -> Target | None:
        """What a text means that is a name as a whole, by the field that it stands in."""
        path = leaf.path
        field = path[-1] if path else ""
        if isinstance(field, int) and len(path) > 1 and path[-2] == "dependsOn":
            field = "workflowId" if len(path) == 4 else "stepId"
        elif field in ("workflowId", "stepId") and len(path) == (3 if field[0] == "w" else 5):
            return None  # the definition itself
        if field == "workflowId":
            return self._workflow(text)
        if field == "stepId" and facts is not None:
            return _step(facts, text)
        if field == "operationId" and step is not None and not text.startswith("$"):
            return self._operation(step)
        if field == "name" and len(path) > 3 and path[-3] == "parameters":
            holder = leaf.document.node.at([str(token) for token in path[:-3]])
            callee = self._run_by(holder) if len(path) > 5 else None  # a workflow runs nothing
            if callee is not None:
                return self._input(callee, text)
            return self._parameter(leaf, text, step) if step is not None else None
        return None

    def _in_operation_path(self, leaf: Node, text: str, step: StepFacts) -> Iterator[Mention]:
        hash_at = text.find("#")
        target = self._operation(step)
        if target is not None and hash_at >= 0:
            yield Mention(leaf, hash_at, len(text), target)

    def _in_expression(
        self,
        leaf: Node,
        expression: ast.Expression,
        facts: WorkflowFacts | None,
        step: StepFacts | None,
    ) -> Iterator[Mention]:
        text = leaf.text or ""
        at = expression.where.start
        for before, name, target in self._pieces(leaf, expression, facts, step):
            start = at + len(before)
            at = start + len(name)
            if not text.startswith(before + name, start - len(before)):
                return
            if target is not None:
                yield Mention(leaf, start, at, target)

    def _pieces(
        self,
        leaf: Node,
        expression: ast.Expression,
        facts: WorkflowFacts | None,
        step: StepFacts | None,
    ) -> Iterator[_Piece]:
        """The names of an expression, each with what stands before it and what it means."""
        match expression:
            case ast.InputReference(name):
                known = _longest(name, facts.inputs if facts else {})
                yield "$inputs.", known, self._input(facts, known)
            case ast.OutputReference(name):
                owner = step.callee if step is not None else facts
                if owner is not None:
                    known = _longest(name, owner.workflow.outputs)
                    yield "$outputs.", known, _output(owner.workflow.outputs, known)
            case ast.StepReference(step_id, output):
                yield "$steps.", step_id, _step(facts, step_id) if facts else None
                yield ".outputs.", *self._step_output(facts, step_id, output)
            case ast.WorkflowReference():
                yield from self._of_workflow_reference(expression)
            case ast.SourceDescriptionReference(source, reference):
                yield "$sourceDescriptions.", source, self._source(source)
                yield ".", reference, self._referred(leaf, source, reference, step)
            case ast.ComponentReference(kind, name):
                yield f"$components.{kind}.", name, self._component(kind, name)
            case _:
                return

    def _of_workflow_reference(self, expression: ast.WorkflowReference) -> Iterator[_Piece]:
        callee = self._callee(expression.workflow_id, expression.source)
        before = "$workflows."
        if expression.source is not None:
            yield "$sourceDescriptions.", expression.source, self._source(expression.source)
            before = "."
        yield before, expression.workflow_id, _of_workflow(callee)
        if callee is None:
            return
        if expression.kind == "inputs":
            known = _longest(expression.name, callee.inputs)
            yield ".inputs.", known, self._input(callee, known)
        else:
            outputs = callee.workflow.outputs
            known = _longest(expression.name, outputs)
            yield ".outputs.", known, _output(outputs, known)

    def _source(self, name: str) -> Target | None:
        source = self._arazzo.source(name)
        return None if source is None else _stated("source", source.node, "name")

    def _component(self, kind: str, name: str) -> Target | None:
        node = self._arazzo.node.at(("components", kind, name))
        return None if node is None else Target("component", name, node, by_key=True)

    def _workflow(self, text: str) -> Target | None:
        return _of_workflow(self._workflows.get(text))

    def _run_by(self, holder: Node | None) -> WorkflowFacts | None:
        """The workflow that a step or an action runs."""
        target = holder.get("workflowId") if holder is not None else None
        called = (
            facts.callees.get(target.text or "") for facts in self._analysis.workflows if target
        )
        return next((callee for callee in called if callee is not None), None)

    def _callee(self, workflow_id: str, source: str | None) -> WorkflowFacts | None:
        if source is None:
            return self._workflows.get(workflow_id)
        text = f"$sourceDescriptions.{source}.{workflow_id}"
        called = (facts.callees.get(text) for facts in self._analysis.workflows)
        return next((callee for callee in called if callee is not None), None)

    def _referred(
        self, leaf: Node, source: str, reference: str, step: StepFacts | None
    ) -> Target | None:
        api = self._volume.apis.get(source)
        site = None if api is None else api.find(reference)
        if site is not None:
            return _operation_target(site, reference)
        if step is not None and leaf.path[-1] == "operationId":
            return self._operation(step)
        callee = self._callee(reference, source)
        return _of_workflow(callee)

    def _operation(self, step: StepFacts) -> Target | None:
        found = find_operation(step.step, self._arazzo, self._volume.apis)
        if found is None or found.site is None:
            return None
        name = step.step.operation_id and step.step.operation_id.text
        return _operation_target(found.site, name or f"{found.site.method} {found.site.path}")

    def _parameter(self, leaf: Node, text: str, step: StepFacts) -> Target | None:
        holder = leaf.document.node.at([str(token) for token in leaf.path[:-1]])
        location = holder.get("in") if holder is not None else None
        if step.operation is None or location is None or location.text is None:
            return None
        found = step.operation.parameter(text, location.text)
        name = found and found.node.get("name")
        return None if not name else Target("parameter", text, name, by_key=False)

    def _input(self, facts: WorkflowFacts | None, name: str) -> Target | None:
        fact = facts.inputs.get(name) if facts is not None else None
        return None if fact is None else Target("input", name, fact.node, by_key=True)

    def _step_output(
        self, facts: WorkflowFacts | None, step_id: str, output: str
    ) -> tuple[str, Target | None]:
        step = facts.steps.get(step_id) if facts is not None else None
        if step is None:
            return output, None
        own = _longest(output, step.step.outputs)
        if own in step.step.outputs or step.callee is None:
            return own, _output(step.step.outputs, own)
        given = step.callee.workflow.outputs
        return _longest(output, given), _output(given, _longest(output, given))


def _operation_target(site: OperationSite, name: str) -> Target:
    stated = site.node.get("operationId")
    if stated is not None:
        return Target("operation", name, stated, by_key=False)
    return Target("operation", name, site.node, by_key=True)


def _stated(kind: Kind, holder: Node, field: str) -> Target | None:
    node = holder.get(field)
    return (
        None if node is None or node.text is None else Target(kind, node.text, node, by_key=False)
    )


def _of_workflow(facts: WorkflowFacts | None) -> Target | None:
    return None if facts is None else _stated("workflow", facts.workflow.node, "workflowId")


def _step(facts: WorkflowFacts, step_id: str) -> Target | None:
    step = facts.steps.get(step_id)
    return None if step is None else _stated("step", step.step.node, "stepId")


def _output(outputs: Mapping[str, Node], name: str) -> Target | None:
    return Target("output", name, outputs[name], by_key=True) if name in outputs else None


def _longest(name: str, known: Mapping[str, object]) -> str:
    """The name itself, or the longest part of it before a dot that is known (the wild `$inputs.a.b`)."""
    part = name
    while part not in known and "." in part:
        part = part.rpartition(".")[0]
    return part if part in known else name
