"""A workflow as a graph: steps are the nodes, outcomes the edges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from typing import Literal, TypeAlias

from arazzoc.frozen import dataclass
from arazzoc.ir.notation import FORM, SIMPLE, Notation
from arazzoc.ir.workflow_run import Given, Handed, Passed, WorkflowCall
from arazzoc.model.openapi import SecurityScheme
from arazzoc.names import ClassName, ConstantName, Identifier
from arazzoc.types.availability import Available
from arazzoc.types.condition import Criterion
from arazzoc.types.facts import Kind
from arazzoc.types.model import Type
from arazzoc.types.needs import Need
from arazzoc.types.value import Argument, Constant, StepOutput, Value

__all__ = [
    "BinaryBody",
    "Body",
    "Call",
    "Cookie",
    "Credential",
    "Edge",
    "End",
    "FormBody",
    "FormPart",
    "Given",
    "GoTo",
    "Graph",
    "Handed",
    "Header",
    "JsonBody",
    "MultipartBody",
    "Output",
    "Parameter",
    "Passed",
    "PathItem",
    "QueryItem",
    "RawBody",
    "Retry",
    "Server",
    "StepNode",
    "Stop",
    "Target",
    "Transfer",
    "WorkflowCall",
    "WorkflowOutput",
]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A keyword-only parameter of the function.

    Attributes:
        json_name: The input's name in the document, or the security scheme's.
        default: None where it has none.
        origin: What it is there for.
        is_fetched: It is a token, or takes credentials that a token is fetched with.
        place: What it fills as it is, and the step that has that; empty where it fills nothing.
    """

    argument: Argument
    json_name: str
    description: str | None
    default: Constant | None
    origin: Literal["input", "credential"]
    kind: Kind = "any"
    is_fetched: bool = False
    place: str = ""


@dataclass(frozen=True, slots=True)
class Credential:
    """What a security scheme of a source asks for.

    Attributes:
        parameters: The function's parameters that it becomes.
    """

    source: str
    scheme: SecurityScheme
    parameters: tuple[Parameter, ...]


@dataclass(frozen=True, slots=True)
class Server:
    """Where a request goes.

    Attributes:
        keyword: The parameter that overrides the server of all requests to the source.
        constant: The module's constant that holds the default; None where the description has no absolute
            URL, so that the parameter is required.
        url: The default, without a trailing slash.
        only: All operations of the source that the workflow calls have this server: it is the parameter's
            default. Else the parameter is None by default, and every request falls back to its own constant.
    """

    source: str
    keyword: Identifier
    constant: ConstantName | None
    url: str | None
    only: bool = True


@dataclass(frozen=True, slots=True)
class Header:
    """A header; left out where its value is absent."""

    name: str
    value: Value
    notation: Notation = SIMPLE


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie; left out where its value is absent."""

    name: str
    value: Value
    notation: Notation = FORM


@dataclass(frozen=True, slots=True)
class QueryItem:
    """A query parameter; left out where its value is absent.

    Attributes:
        whole: It is the whole query (OpenAPI 3.2's `querystring`).
    """

    name: str
    value: Value
    notation: Notation = FORM
    whole: bool = False


@dataclass(frozen=True, slots=True)
class PathItem:
    """A path parameter: one segment of a path, or the end of one.

    Attributes:
        several: Slashes in the value part segments: the path has `{+name}`.
    """

    name: str
    value: Value
    notation: Notation = SIMPLE
    several: bool = False


@dataclass(frozen=True, slots=True)
class JsonBody:
    """A body serialised as JSON."""

    content_type: str
    value: Value


@dataclass(frozen=True, slots=True)
class FormBody:
    """An object serialised as `application/x-www-form-urlencoded`.

    Attributes:
        fields: Its members, where one of them is not written as all forms are; else empty.
        open: Whether it may have members besides, which only the run knows.
    """

    content_type: str
    value: Value
    fields: tuple[QueryItem, ...] = ()
    open: bool = False


@dataclass(frozen=True, slots=True)
class FormPart:
    """A part of a multipart form.

    Attributes:
        content_type: None leaves it to the value.
        is_file: It is a file, though its value may be text.
        separator: What stands between the items of a list that is one text; None where it is a part an item.
        spread: The style in which the members of an object are parts of their own; None where it is one part.
        headers: Those of the part beside its type and its name.
    """

    name: str
    value: Value
    content_type: str | None = None
    is_file: bool = False
    separator: str | None = None
    spread: Literal["form", "deepObject"] | None = None
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class MultipartBody:
    """An object serialised as `multipart/form-data`, or as another multipart type.

    Attributes:
        parts: Its members, as far as the document tells them.
        open: Whether it may have members besides, which only the run knows.
    """

    content_type: str
    value: Value
    parts: tuple[FormPart, ...] = ()
    open: bool = False


@dataclass(frozen=True, slots=True)
class BinaryBody:
    """Bytes, sent as they are."""

    content_type: str
    value: Value


@dataclass(frozen=True, slots=True)
class RawBody:
    """Text, sent as UTF-8."""

    content_type: str
    value: Value


Body: TypeAlias = "JsonBody | FormBody | MultipartBody | RawBody | BinaryBody"


@dataclass(frozen=True, slots=True)
class Call:
    """The request of a step.

    Attributes:
        path: Literal text, already encoded, and parameters.
        needs: What may be absent but must not be.
        shown_path: What messages show of a path that holds a secret; None where they show it as it is.
        timeout: Seconds that it may take; None where the step states no time.
    """

    method: str
    server: Server
    path: tuple[str | PathItem, ...]
    query: tuple[QueryItem, ...] = ()
    headers: tuple[Header, ...] = ()
    cookies: tuple[Cookie, ...] = ()
    body: Body | None = None
    needs: tuple[Need, ...] = ()
    shown_path: str | None = None
    timeout: float | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """An output of a step.

    Attributes:
        variable: What holds it.
        value: How it is computed from the step's response.
        promised: The schema demands the value: a response without it is an error.
        pointer: The JSON Pointer into the response body where `promised`.
        read: Whether anything reads it.
    """

    variable: StepOutput
    value: Value
    promised: bool
    read: bool


@dataclass(frozen=True, slots=True)
class GoTo:
    """On to a step, which is entered anew: its retries count from zero."""

    step_id: str


@dataclass(frozen=True, slots=True)
class End:
    """The workflow ends well: the function returns."""


@dataclass(frozen=True, slots=True)
class Stop:
    """The workflow ends in failure: `StepFailed` is raised."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """Another workflow goes on: the function returns what that one's returns."""

    call: WorkflowCall


@dataclass(frozen=True, slots=True)
class Retry:
    """The step once more, while retries are left; then the next edge is tried.

    Attributes:
        counter: The variable that counts them.
        limit: How many retries there are for one entry of the step.
        delay: Seconds to wait where no Retry-After header says otherwise.
        first: What runs before the step runs again: a workflow, or the step of that id.
    """

    counter: Identifier
    limit: int
    delay: float
    first: WorkflowCall | str | None = None


Target: TypeAlias = "GoTo | End | Stop | Retry | Transfer"


@dataclass(frozen=True, slots=True)
class Edge:
    """A way out of a step.

    Attributes:
        action: The action's name; None for what happens where no action matches.
        criteria: All must hold; none means always.
    """

    action: str | None
    criteria: tuple[Criterion, ...]
    target: Target


@dataclass(frozen=True, slots=True)
class StepNode:
    """A step.

    Attributes:
        call: What it sends, or the workflow that it runs.
        criteria: All must hold for success; judged in order.
        on_success: Tried in order; the last one has no criteria, and no other but a `Retry` is without.
        on_failure: The same. Just a `Stop` where the document states no failure action.
    """

    step_id: str
    description: str | None
    call: Call | WorkflowCall
    criteria: tuple[Criterion, ...]
    outputs: tuple[Output, ...]
    on_success: tuple[Edge, ...]
    on_failure: tuple[Edge, ...]

    @property
    def decides_on_failure(self) -> bool:
        """Whether a failure action may prevent the failure, so that it is looked at before raising."""
        return self.on_failure != (Edge(None, (), Stop()),)

    def alone(self) -> StepNode:
        """The step as it runs before another one's retry: without its actions."""
        return replace(
            self, on_success=(Edge(None, (), End()),), on_failure=(Edge(None, (), Stop()),)
        )


@dataclass(frozen=True, slots=True)
class WorkflowOutput:
    """A field of the function's result.

    Attributes:
        name: In the document.
        attribute: In the result's dataclass.
        type: Without None.
        value: In terms of arguments and step outputs.
        steps: The steps that must have succeeded for it.
        optional: Whether some return has no value for it.
        skippable: Whether some return comes before one of `steps` has succeeded.
        secret: Kept out of `repr`.
    """

    name: str
    attribute: Identifier
    type: Type
    value: Value
    steps: frozenset[str]
    optional: bool
    skippable: bool
    secret: bool


@dataclass(frozen=True, slots=True)
class Graph:
    """A workflow.

    Attributes:
        result: The class of its own outputs; None where it has none.
        steps: Those that can be reached, in the order written; the first is where it starts.
        available: By step id.
        before: The workflows that run before the first step: as `lower` leaves it, all of them, those that
            one of them depends on before it; as `each_once` leaves it, those that no other one runs.
        given: What may have run already of these, and of those that they run.
        results: The classes of what the function may return; None among them where that may be nothing.
        credentials: What the parameters for credentials are for.
        origin: The document that it comes from; None where that is the one that is compiled.
    """

    workflow_id: str
    function: Identifier
    result: ClassName | None
    summary: str | None
    description: str | None
    parameters: tuple[Parameter, ...]
    servers: tuple[Server, ...]
    steps: tuple[StepNode, ...]
    outputs: tuple[WorkflowOutput, ...]
    available: Mapping[str, Available]
    before: tuple[WorkflowCall, ...] = ()
    given: tuple[Given, ...] = ()
    results: tuple[ClassName | None, ...] = (None,)
    credentials: tuple[Credential, ...] = ()
    origin: str | None = None
    _by_id: Mapping[str, StepNode] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {step.step_id: step for step in self.steps})

    def step(self, step_id: str) -> StepNode:
        """The step of that id."""
        return self._by_id[step_id]
