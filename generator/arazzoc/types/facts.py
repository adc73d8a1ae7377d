"""What is known of a workflow before it is lowered: inputs, operations, variables, and their types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from typing import Final, Literal, TypeAlias

from arazzoc.frozen import dataclass
from arazzoc.model.arazzo import Arazzo, FailureAction, Parameter, Step, SuccessAction, Workflow
from arazzoc.model.openapi import Operation
from arazzoc.names import Identifier, Scope
from arazzoc.source.node import Node
from arazzoc.types.availability import Available
from arazzoc.types.model import Type
from arazzoc.types.responses import Expected
from arazzoc.types.schema import SchemaTypes
from arazzoc.types.value import Argument, Constant, StepOutput

Kind: TypeAlias = Literal[
    "string", "integer", "number", "boolean", "array", "object", "file", "any"
]
"""What an input's schema says of its JSON type; `file` is bytes, `any` where it
allows several or says nothing."""

__all__ = [
    "Dependency",
    "InputFact",
    "Kind",
    "OutputFact",
    "StepFacts",
    "Viewpoint",
    "WorkflowFacts",
]

_UNNAMED: Final = Identifier("result")


@dataclass(frozen=True, slots=True)
class InputFact:
    """An input of the workflow.

    Attributes:
        kind: The schema's `type`, or `any`.
        default: What the schema says it is where it is not given.
    """

    name: str
    argument: Argument
    node: Node
    description: str | None
    kind: Kind
    default: Constant | None = None

    @property
    def required(self) -> bool:
        """Whether it has to be given."""
        return not self.argument.absent and self.default is None


@dataclass(frozen=True, slots=True)
class OutputFact:
    """An output of a workflow, as those see it that run the workflow.

    Attributes:
        attribute: Its name in what the function gives back.
        type: Without None.
        given: It is what the caller of that workflow gave.
    """

    attribute: Identifier
    type: Type
    absent: bool
    secret: bool
    given: bool = False


@dataclass(frozen=True, slots=True)
class StepFacts:
    """A step with everything that applies to it.

    Attributes:
        operation: None where it could not be found or read; a diagnostic says why.
        variables: The names that hold its outputs, by output: those that it states, and those of the
            workflow that it runs.
        callee: The workflow that it runs; None where it runs none, or one that is not known.
        owner: How expressions begin that read what that workflow has; empty where it runs none.
        result: The name that holds what the workflow gives back.
        expected: What is known of the response that it succeeds with.
    """

    step: Step
    operation: Operation | None
    parameters: tuple[Parameter, ...]
    success_actions: tuple[SuccessAction, ...]
    failure_actions: tuple[FailureAction, ...]
    variables: Mapping[str, Identifier]
    callee: WorkflowFacts | None = None
    result: Identifier = _UNNAMED
    owner: str = ""
    expected: Expected = Expected()

    @property
    def calls(self) -> Node:
        """Where the step says which operation it calls."""
        stated = self.step.operation_id or self.step.operation_path
        return stated if stated is not None else self.step.node

    @property
    def actions(self) -> tuple[SuccessAction | FailureAction, ...]:
        """All actions, those of success first."""
        return (*self.success_actions, *self.failure_actions)


@dataclass(frozen=True, slots=True)
class Dependency:
    """A workflow that runs before the first step (`dependsOn`).

    Attributes:
        owner: How expressions begin that read what it has: `$workflows.ID`, or `$sourceDescriptions.NAME.ID`.
        result: The name that holds what it gives back.
    """

    workflow: WorkflowFacts
    owner: str
    result: Identifier


@dataclass(frozen=True, slots=True)
class WorkflowFacts:
    """A workflow with everything that is known of it.

    Attributes:
        names: The function's names that are taken.
        available: By step id; steps that nothing leads to are missing.
        callees: The workflows that it runs, by the text that refers to them; unknown ones are missing.
        dependencies: Those that `dependsOn` names, in the order written.
        run_first: All that runs before it, once each: what one of them depends on stands before that one.
        joined: Inputs that they want and that are none of the workflow's own, by name.
        returns: The outputs that there are whatever way the workflow ends.
        origin: The source description that led to its document; None in the document that is compiled.
        titles: What the module calls the descriptions of its document, and of those that it runs.
        resolved: The variables of outputs that were asked for already, by step and output: those of steps
            that pass on what they have from one another would be made anew, one within the other, each time.
    """

    arazzo: Arazzo
    workflow: Workflow
    inputs: Mapping[str, InputFact]
    steps: Mapping[str, StepFacts]
    available: Mapping[str, Available]
    types: SchemaTypes
    names: Scope
    callees: Mapping[str, WorkflowFacts] = field(default_factory=dict[str, "WorkflowFacts"])
    dependencies: tuple[Dependency, ...] = ()
    run_first: tuple[WorkflowFacts, ...] = ()
    joined: Mapping[str, InputFact] = field(default_factory=dict[str, InputFact])
    returns: Mapping[str, OutputFact] = field(default_factory=dict[str, OutputFact])
    origin: str | None = None
    titles: tuple[str, ...] = ()
    resolved: dict[tuple[str, str], StepOutput] = field(
        default_factory=dict[tuple[str, str], StepOutput], compare=False, repr=False
    )

    @property
    def accepted(self) -> Mapping[str, InputFact]:
        """All that the function takes by the name of an input: its own, and what runs before it wants."""
        return {**self.joined, **self.inputs}


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """Where an expression stands, which decides what it can see.

    Attributes:
        step: The step whose request or response is meant; None for the workflow's outputs.
        answered: Whether the step's response can be looked at.
        silent: Whether there may be no response at all (criteria of failure actions).
        available: The steps that have succeeded by then.
        inherited: Whether the workflow states it for all of its steps, those without a response too.
    """

    facts: WorkflowFacts
    available: Available
    step: StepFacts | None = None
    answered: bool = False
    silent: bool = False
    inherited: bool = False
    visiting: frozenset[tuple[str, str]] = field(default=frozenset())

    def of(self, action: SuccessAction | FailureAction) -> Viewpoint:
        """What stands in an action of the step, its own or one that it has from the workflow."""
        assert self.step is not None
        own = (*self.step.step.on_success, *self.step.step.on_failure)
        return replace(self, inherited=not any(action is each for each in own))
