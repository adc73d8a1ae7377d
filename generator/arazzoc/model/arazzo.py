"""An Arazzo document as data (Arazzo 1.0.1 and 1.1.0), every object with the node it was read from.

Values that may hold runtime expressions stay nodes: what they mean depends on where they stand. Reusable
Objects are already replaced by what they refer to; workflow-level parameters and actions are not yet merged
into the steps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Final, Literal, TypeAlias

from arazzoc.frozen import dataclass
from arazzoc.model.field_names import field_of
from arazzoc.source.node import Node

__all__ = [
    "ActionType",
    "Arazzo",
    "Criterion",
    "CriterionType",
    "FailureAction",
    "Info",
    "Location",
    "Parameter",
    "Replacement",
    "RequestBody",
    "SourceDescription",
    "SourceType",
    "Step",
    "SuccessAction",
    "Workflow",
]

SourceType: TypeAlias = Literal["openapi", "arazzo", "asyncapi"]
Location: TypeAlias = Literal["path", "query", "querystring", "header", "cookie"]
CriterionType: TypeAlias = Literal["simple", "regex", "jsonpath", "xpath"]
ActionType: TypeAlias = Literal["end", "goto", "retry"]

_LONGEST: Final = 10**9
"""Milliseconds, or 11 days."""


@dataclass(frozen=True, slots=True)
class Info:
    """Info Object."""

    node: Node
    title: str
    version: str
    summary: str | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True)
class SourceDescription:
    """Source Description Object. `type` is None where the document leaves it out: the file tells."""

    node: Node
    name: str
    url: Node
    type: SourceType | None = None


@dataclass(frozen=True, slots=True)
class Parameter:
    """Parameter Object.

    Attributes:
        node: Where the step or workflow states it (a Reusable Object's own node where it is one).
        location: None for a parameter of a workflow, which becomes an input.
        value: The value, or the override of the Reusable Object.
    """

    node: Node
    name: str
    location: Location | None
    value: Node


@dataclass(frozen=True, slots=True)
class Criterion:
    """Criterion Object.

    Attributes:
        context: The node of the context expression.
        version: The expression type's version, such as `xpath-10`; None where not stated.
    """

    node: Node
    condition: Node
    type: CriterionType = "simple"
    context: Node | None = None
    version: str | None = None


@dataclass(frozen=True, slots=True)
class SuccessAction:
    """Success Action Object; `type` is `end` or `goto`, never `retry`."""

    node: Node
    name: str
    type: ActionType
    criteria: tuple[Criterion, ...] = ()
    workflow_id: Node | None = None
    step_id: Node | None = None
    parameters: tuple[Parameter, ...] = ()


@dataclass(frozen=True, slots=True)
class FailureAction:
    """Failure Action Object.

    Attributes:
        retry_after: Seconds; None where not stated.
        retry_limit: None where not stated, which means one retry.
    """

    node: Node
    name: str
    type: ActionType
    criteria: tuple[Criterion, ...] = ()
    workflow_id: Node | None = None
    step_id: Node | None = None
    parameters: tuple[Parameter, ...] = ()
    retry_after: float | None = None
    retry_limit: int | None = None


@dataclass(frozen=True, slots=True)
class Replacement:
    """Payload Replacement Object.

    Attributes:
        selector: What `target` is written in (1.1); None where not stated: the content type tells.
        version: The selector's version, such as `xpath-10`; None where not stated.
    """

    node: Node
    target: Node
    value: Node
    selector: Literal["jsonpath", "xpath", "jsonpointer"] | None = None
    version: str | None = None


@dataclass(frozen=True, slots=True)
class RequestBody:
    """Request Body Object."""

    node: Node
    content_type: str | None = None
    payload: Node | None = None
    replacements: tuple[Replacement, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """Step Object. At most one of the three targets is set; none only where a diagnostic says so.

    Attributes:
        outputs: Nodes of the expressions (or Selector Objects) by output name, in the order written.
        timeout: Milliseconds (1.1).
        depends_on: Nodes of step ids or expressions (1.1).
        asyncapi: Whether the step sends or receives AsyncAPI messages; one finding says that it is left out.
    """

    node: Node
    step_id: str
    description: str | None = None
    operation_id: Node | None = None
    operation_path: Node | None = None
    workflow_id: Node | None = None
    parameters: tuple[Parameter, ...] = ()
    request_body: RequestBody | None = None
    success_criteria: tuple[Criterion, ...] = ()
    on_success: tuple[SuccessAction, ...] = ()
    on_failure: tuple[FailureAction, ...] = ()
    outputs: Mapping[str, Node] = field(default_factory=dict[str, Node])
    timeout: int | None = None
    depends_on: tuple[Node, ...] = ()
    asyncapi: bool = False

    @property
    def seconds(self) -> float | None:
        """Its `timeout` in seconds: at most the days for which a socket of every system can wait."""
        return None if self.timeout is None else min(self.timeout, _LONGEST) / 1000


@dataclass(frozen=True, slots=True)
class Workflow:
    """Workflow Object.

    Attributes:
        steps: In the order in which they run where no action leads elsewhere.
        inputs: The JSON Schema's node, with `$ref` not yet followed.
        sound: Whether its own reading found no error: an unsound workflow is checked as far as it was read,
            and never compiled.
    """

    node: Node
    workflow_id: str
    steps: tuple[Step, ...]
    summary: str | None = None
    description: str | None = None
    inputs: Node | None = None
    depends_on: tuple[Node, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    success_actions: tuple[SuccessAction, ...] = ()
    failure_actions: tuple[FailureAction, ...] = ()
    outputs: Mapping[str, Node] = field(default_factory=dict[str, Node])
    sound: bool = True

    def step(self, step_id: str) -> Step | None:
        """The step of that id, or None."""
        return next((step for step in self.steps if step.step_id == step_id), None)


@dataclass(frozen=True, slots=True)
class Arazzo:
    """Arazzo Specification Object.

    Attributes:
        version: As written, such as `1.0.1`.
        self_uri: `$self` (1.1).
    """

    node: Node
    version: str
    info: Info
    source_descriptions: tuple[SourceDescription, ...]
    workflows: tuple[Workflow, ...]
    self_uri: str | None = None

    @property
    def minor(self) -> int:
        """The minor version of Arazzo 1 that the document follows."""
        return int(self.version.split(".")[1])

    def has_unread(self, field: Literal["sourceDescriptions", "workflows"]) -> bool:
        """Whether an entry of a list could not be read, or is nameless: what is missed may be that one."""
        stated = field_of(self.node, field)
        names = (
            [source.name for source in self.source_descriptions]
            if field == "sourceDescriptions"
            else [workflow.workflow_id for workflow in self.workflows]
        )
        read = [name for name in names if name]
        entries = stated.value if stated is not None else None
        return not isinstance(entries, list) or not entries or len(read) < len(entries)

    def source(self, name: str) -> SourceDescription | None:
        """The source description of that name, or None."""
        return next((source for source in self.source_descriptions if source.name == name), None)
