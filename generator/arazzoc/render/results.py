"""How a function ends: what it returns, and what it raises."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence

from arazzoc.flow.tree import Block, Choose, Judge, Machine, statements
from arazzoc.ir.assurance import identity
from arazzoc.ir.graph import (
    End,
    Graph,
    Output,
    Retry,
    StepNode,
    WorkflowCall,
    WorkflowOutput,
)
from arazzoc.ir.walk import call_values, criteria_values, edge_values, parts_of, sent_values
from arazzoc.names import Identifier
from arazzoc.render.annotations import Annotations, direction
from arazzoc.render.literals import literal, remark
from arazzoc.render.sameness import same
from arazzoc.render.values import Values
from arazzoc.render.vocabulary import Vocabulary
from arazzoc.types.availability import Available
from arazzoc.types.condition import Criterion
from arazzoc.types.model import ANY, Type
from arazzoc.types.value import Member, Returned, StepOutput, Value

__all__ = ["Results", "declared_results", "passes_on"]


class Results:
    """Writes the ends of one function."""

    def __init__(
        self,
        graph: Graph,
        tree: Block,
        values: Values,
        annotations: Annotations,
        vocabulary: Vocabulary,
    ) -> None:
        self._graph = graph
        self._judged = judged(tree)
        self._values = values
        self._annotations = annotations
        self._vocabulary = vocabulary
        self._rejudged = rejudged(tree)
        self._filled = {
            (step.step_id, output.variable.output)
            for step in graph.steps
            for output in step.outputs
            if not output.variable.absent
        }
        self._compared = self._judged_outputs()
        self._promises = _promised_members(graph)
        self._made_of = _made_of(graph)
        self._initial = {variable.name for variable in self.initial()}
        self._declared = {variable.name for variable in self.declared()}

    def initial(self) -> tuple[StepOutput, ...]:
        """The variables that start as None, because their reader may come before their assignment.

        A step may be judged once more behind a loop that it broke out of, and a machine's states run in any
        order: a checker cannot know that what is read has been assigned.
        """
        found = {variable.name: variable for variable in initial_variables(self._graph)}
        for output in self._rejudged:
            if output.read or same(output.value) in self._judged.get(output.variable.step_id, ()):
                found.setdefault(output.variable.name, output.variable)
        return tuple(found.values())

    def declared(self) -> tuple[StepOutput, ...]:
        """The variables that are assigned in several places, before a retry too."""
        return tuple(
            output.variable
            for step in _before_retries(self._graph)
            for output in step.outputs
            if output.read and output.variable.name not in self._initial
        )

    def kept(self) -> Iterator[tuple[Identifier, Type, Value]]:
        """The variables for what steps gave to their requests, with their types."""
        for step in self._graph.steps:
            edges = (*step.on_success, *step.on_failure)
            criteria = [*step.criteria, *(each for edge in edges for each in edge.criteria)]
            parts = [part for value in criteria_values(criteria) for part in parts_of(value)]
            for value in sent_values(step):
                type_ = ANY if value in parts else value.type
                yield self._values.kept[identity(value)], type_, value

    def loosely_typed(self) -> frozenset[str]:
        """The variables whose declared type would make checkers object to what the code knows to be right."""
        again = frozenset(str(output.variable.name) for output in self._rejudged)
        return self._compared | again

    def success(self, step: StepNode, action: str | None) -> str:
        """`return ...Outputs(...)`, with the action's name as a comment."""
        note = remark(action)
        result = self._graph.result
        if result is None:
            return f"return{'' if self._graph.results == (None,) else ' None'}{note}"
        here = self._graph.available[step.step_id].after(step.step_id)
        arguments = ", ".join(
            f"{output.attribute}={self._known(output, here)}" for output in self._graph.outputs
        )
        return f"return {result}({arguments}){note}"

    def failure(
        self,
        step: StepNode,
        action: str | None,
        criterion: Criterion | None,
        *,
        variable: bool = False,
    ) -> str:
        """`raise StepFailed(...)`; without `criterion`, the variable `unmet` tells which one it was.

        Args:
            step: The step that failed.
            action: The name of the action that ends the workflow, if one does.
            criterion: The criterion that did not hold.
            variable: Whether `action` is the name of a variable that holds it.
        """
        arguments = [
            literal(step.step_id),
            "unmet" if criterion is None else literal(criterion.text),
            "request",
            "response",
        ]
        if action is not None:
            arguments.append(f"action={action if variable else literal(action)}")
        operands = self._operands(step.criteria if criterion is None else (criterion,))
        if operands:
            arguments.append(f"operands={{{operands}}}")
        return f"raise {self._vocabulary.runtime('StepFailed')}({', '.join(arguments)})"

    def missing(self, step: StepNode, text: str) -> str:
        """The error for a value that a request needs and that is not there."""
        error = self._vocabulary.runtime("MissingValue")
        return f"{error}({literal(step.step_id)}, {literal(text)})"

    def annotation(self, output: Output) -> str:
        """`: type` for the variable's only assignment, where nothing compares it.

        A checker would narrow a compared variable to the declared choices and call comparisons with other
        values impossible; responses know no such limits.
        """
        name = output.variable.name
        if name in self._initial or name in self._declared or name in self._compared:
            return ""
        text = self._annotations.of(
            output.variable.type, direction(output.variable), optional=output.variable.absent
        )
        return "" if text == "Any" else f": {text}"

    def judged(self, step: StepNode) -> frozenset[Hashable]:
        """What the criteria of the step's success actions read of the response, by `same()`."""
        return self._judged.get(step.step_id, frozenset())

    def _judged_outputs(self) -> frozenset[str]:
        """The variables that criteria compare."""
        return frozenset(
            part.name
            for step in self._graph.steps
            for criteria in (
                step.criteria,
                *(e.criteria for e in (*step.on_success, *step.on_failure)),
            )
            for value in criteria_values(criteria)
            for part in parts_of(value)
            if isinstance(part, StepOutput)
        ) | frozenset(
            output.variable.name
            for step in self._graph.steps
            for output in step.outputs
            if same(output.value) in self.judged(step)
        )

    def promised_members(self, variable: StepOutput) -> tuple[Member, ...]:
        """The members of a step's output that other outputs are made of, and that are surely there.

        Whoever gives values is held to their types; servers are not.
        """
        return self._promises.get((variable.step_id, variable.output), ())

    def is_required(self, output: Output) -> bool:
        """Whether a response that lacks it, or what others make of it, is an error."""
        return (
            output.promised
            or passes_on(output.value)
            or bool(self.promised_members(output.variable))
        )

    def _operands(self, criteria: tuple[Criterion, ...]) -> str:
        found = {text: value for criterion in criteria for text, value in criterion.operands}
        return ", ".join(
            f"{literal(text)}: {self._values.expression(value)}" for text, value in found.items()
        )

    def noted(self, step: StepNode) -> tuple[WorkflowOutput, ...]:
        """The workflow's outputs that are known once the step has succeeded, for errors of later steps."""
        if all(isinstance(edge.target, End) for edge in step.on_success):
            return ()
        here = self._graph.available[step.step_id].after(step.step_id)
        return tuple(
            output
            for output in self._made_of.get(step.step_id, ())
            if output.steps <= here.surely and not output.secret
        )

    def notes(self, step: StepNode) -> Iterator[str]:
        """The statements that note them."""
        here = self._graph.available[step.step_id].after(step.step_id)
        for output in self.noted(step):
            yield f"outputs[{literal(output.name)}] = {self._known(output, here)}"

    def _known(self, output: WorkflowOutput, here: Available) -> str:
        if not output.steps <= here.possibly:
            return "None"
        tested = self._values.tested
        self._values.tested = tested | self._promised(output, here)
        try:
            return self._values.expression(output.value)
        finally:
            self._values.tested = tested

    def _promised(self, made: WorkflowOutput, here: Available) -> frozenset[Hashable]:
        """The variables that an output is made of and that hold a value where these steps have surely run."""
        read = (part for part in parts_of(made.value) if isinstance(part, StepOutput))
        return frozenset(
            identity(part)
            for part in read
            if part.step_id in here.surely and (part.step_id, part.output) in self._filled
        )


def _promised_members(graph: Graph) -> Mapping[tuple[str, str], tuple[Member, ...]]:
    """The members of outputs that others are made of and that are surely there, by step and output."""
    found: dict[tuple[str, str], dict[tuple[str, ...], Member]] = {}
    values = [output.value for output in graph.outputs]
    values += [output.value for step in graph.steps for output in step.outputs]
    for part in (part for value in values for part in parts_of(value)):
        match part:
            case Member(StepOutput(step_id, output) as base) if not (part.absent or base.given):
                found.setdefault((step_id, output), {})[part.tokens] = part
            case _:
                pass
    return {mark: tuple(members.values()) for mark, members in found.items()}


def _made_of(graph: Graph) -> Mapping[str, Sequence[WorkflowOutput]]:
    """The outputs of the workflow that are made of what each step has, by step id."""
    found: dict[str, list[WorkflowOutput]] = {}
    for output in graph.outputs:
        for step_id in output.steps:
            found.setdefault(step_id, []).append(output)
    return found


def passes_on(value: Value) -> bool:
    """Whether a value is a member, promised by its schema, of what another workflow has given back."""
    return (
        isinstance(value, Member)
        and not value.absent
        and isinstance(value.base, Returned)
        and not value.base.given
    )


def initial_variables(graph: Graph) -> tuple[StepOutput, ...]:
    """The variables that are read where they may not have been assigned: they start as None."""
    found: dict[str, StepOutput] = {}
    for step in graph.steps:
        here = graph.available[step.step_id]
        after = here.after(step.step_id)
        failing = [value for edge in step.on_failure for value in edge_values(edge)]
        succeeding = [value for edge in step.on_success for value in edge_values(edge)]
        reads = (
            (here, call_values(step.call)),
            (here, [*criteria_values(step.criteria), *failing]),
            (after, succeeding),
            *((after, [output.value]) for output in _returned(graph, step)),
        )
        for known, values in reads:
            for part in (part for value in values for part in parts_of(value)):
                if isinstance(part, StepOutput) and part.step_id not in known.surely:
                    found.setdefault(part.name, part)
    return tuple(found.values())


def declared_results(graph: Graph) -> tuple[WorkflowCall, ...]:
    """The calls whose result, or error, is assigned in several places."""
    return tuple(
        step.call
        for step in _before_retries(graph)
        if isinstance(step.call, WorkflowCall)
        and step.call.results != (None,)
        and step.decides_on_failure
    )


def _before_retries(graph: Graph) -> Iterator[StepNode]:
    """The steps that run before another one's retry too."""
    first = {
        edge.target.first
        for step in graph.steps
        for edge in step.on_failure
        if isinstance(edge.target, Retry) and isinstance(edge.target.first, str)
    }
    yield from (step for step in graph.steps if step.step_id in first)


def _returned(graph: Graph, step: StepNode) -> Iterator[WorkflowOutput]:
    """The outputs that a return after `step` computes, though they may not be there."""
    if any(isinstance(edge.target, End) for edge in step.on_success):
        after = graph.available[step.step_id].after(step.step_id)
        yield from (output for output in graph.outputs if output.steps <= after.possibly)


def rejudged(tree: Block) -> tuple[Output, ...]:
    """The outputs of the steps that `tree` judges more than once, or of all where it is a machine."""
    judgements = [each for each in statements(tree) if isinstance(each, Judge)]
    counts = Counter(judgement.step.step_id for judgement in judgements)
    any_order = any(isinstance(statement, Machine) for statement in tree)
    steps = {judgement.step.step_id: judgement.step for judgement in judgements}
    return tuple(
        output
        for step_id, step in steps.items()
        if any_order or counts[step_id] > 1
        for output in step.outputs
    )


def judged(tree: Block) -> Mapping[str, frozenset[Hashable]]:
    """What the success actions that `tree` tries read of their step's response, by `same()`, by step id."""
    found: dict[str, set[Hashable]] = {}
    for statement in statements(tree):
        if isinstance(statement, Choose):
            keys = found.setdefault(statement.step.step_id, set())
            edges = [edge for edge, _ in statement.arms if edge in statement.step.on_success]
            for value in criteria_values([each for edge in edges for each in edge.criteria]):
                keys.update(same(part) for part in parts_of(value))
    return {step_id: frozenset(keys - {None}) for step_id, keys in found.items()}
