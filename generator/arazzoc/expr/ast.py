"""Runtime expressions as data (Arazzo 1.1.0, "Runtime Expressions").

Offsets are code points in the text that was parsed. Nodes print as the specification writes them, so that
`parse(str(node)) == node` up to offsets.
"""

from __future__ import annotations

from dataclasses import field
from typing import Literal, TypeAlias

from arazzoc.expr.spelling import Member, Pointer, spell_members, spell_name, spell_pointer
from arazzoc.frozen import dataclass

__all__ = [
    "AllInputs",
    "Body",
    "ComponentReference",
    "Expression",
    "ExpressionText",
    "Header",
    "InputReference",
    "Member",
    "MessageReference",
    "Method",
    "OutputReference",
    "PathParameter",
    "Payload",
    "Pointer",
    "QueryParameter",
    "RequestReference",
    "ResponseReference",
    "SelfUri",
    "Slice",
    "Source",
    "SourceDescriptionReference",
    "StatusCode",
    "StepReference",
    "Url",
    "WorkflowReference",
]


@dataclass(frozen=True, slots=True)
class Slice:
    """Where a piece of text stands: `text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Header:
    """`header.NAME`; the name is compared without regard to case. `plural` marks the wild `headers.`."""

    name: str
    plural: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        return f"header.{self.name}"


@dataclass(frozen=True, slots=True)
class QueryParameter:
    """`query.NAME`."""

    name: str

    def __str__(self) -> str:
        return f"query.{spell_name(self.name)}"


@dataclass(frozen=True, slots=True)
class PathParameter:
    """`path.NAME`."""

    name: str

    def __str__(self) -> str:
        return f"path.{spell_name(self.name)}"


@dataclass(frozen=True, slots=True)
class Body:
    """`body`, `body#/pointer`; wild: `body.a[0]`, or `body#a` without the slash.

    Attributes:
        pointer: The pointer's tokens, also where the wild `body#a` left its slash out (`slashless`).
        members: The dotted path after it, a form that the specification does not allow. One of the two
            is empty.
    """

    pointer: Pointer = None
    members: tuple[Member, ...] = ()
    slashless: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        return f"body{spell_pointer(self.pointer)}{spell_members(self.members)}"


@dataclass(frozen=True, slots=True)
class Payload:
    """`payload`, `payload#/pointer` of an AsyncAPI message; wild forms as in `Body`."""

    pointer: Pointer = None
    members: tuple[Member, ...] = ()
    slashless: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        return f"payload{spell_pointer(self.pointer)}{spell_members(self.members)}"


Source: TypeAlias = Header | QueryParameter | PathParameter | Body | Payload


@dataclass(frozen=True, slots=True)
class Url:
    """`$url`: the request's URL as sent."""

    where: Slice = field(compare=False)

    def __str__(self) -> str:
        return "$url"


@dataclass(frozen=True, slots=True)
class AllInputs:
    """The wild `$inputs`: all inputs of the workflow as one object."""

    where: Slice = field(compare=False)

    def __str__(self) -> str:
        return "$inputs"


@dataclass(frozen=True, slots=True)
class Method:
    """`$method`: the request's method, upper case."""

    where: Slice = field(compare=False)

    def __str__(self) -> str:
        return "$method"


@dataclass(frozen=True, slots=True)
class StatusCode:
    """`$statusCode`: the response's status."""

    where: Slice = field(compare=False)

    def __str__(self) -> str:
        return "$statusCode"


@dataclass(frozen=True, slots=True)
class SelfUri:
    """`$self`: the document's own URI (1.1)."""

    where: Slice = field(compare=False)

    def __str__(self) -> str:
        return "$self"


@dataclass(frozen=True, slots=True)
class RequestReference:
    """`$request.` and a source."""

    source: Source
    where: Slice = field(compare=False)

    def __str__(self) -> str:
        return f"$request.{self.source}"


@dataclass(frozen=True, slots=True)
class ResponseReference:
    """`$response.` and a source."""

    source: Source
    where: Slice = field(compare=False)

    def __str__(self) -> str:
        return f"$response.{self.source}"


@dataclass(frozen=True, slots=True)
class MessageReference:
    """`$message.` and a source, of an AsyncAPI step (1.1)."""

    source: Source
    where: Slice = field(compare=False)

    def __str__(self) -> str:
        return f"$message.{self.source}"


@dataclass(frozen=True, slots=True)
class InputReference:
    """`$inputs.NAME#/pointer`.

    The name may hold dots, so `$inputs.a.b` is an input `a.b`, or the wild form of `$inputs.a#/b`; whoever
    knows the inputs decides. `members` holds what cannot belong to a name: all from the first `[0]` or
    `['key']` on. Brackets around a bare word, as in `filter[status]`, belong to the name.
    """

    name: str
    pointer: Pointer
    where: Slice = field(compare=False)
    members: tuple[Member, ...] = ()

    def __str__(self) -> str:
        return f"$inputs.{self.name}{spell_members(self.members)}{spell_pointer(self.pointer)}"


@dataclass(frozen=True, slots=True)
class OutputReference:
    """`$outputs.NAME#/pointer`: an output of this workflow."""

    name: str
    pointer: Pointer
    where: Slice = field(compare=False)
    members: tuple[Member, ...] = ()

    def __str__(self) -> str:
        return f"$outputs.{self.name}{spell_members(self.members)}{spell_pointer(self.pointer)}"


@dataclass(frozen=True, slots=True)
class StepReference:
    """`$steps.STEP.outputs.NAME#/pointer`; names and `members` as in `InputReference`."""

    step_id: str
    output: str
    pointer: Pointer
    where: Slice = field(compare=False)
    members: tuple[Member, ...] = ()

    def __str__(self) -> str:
        return (
            f"$steps.{self.step_id}.outputs.{self.output}"
            f"{spell_members(self.members)}{spell_pointer(self.pointer)}"
        )


@dataclass(frozen=True, slots=True)
class WorkflowReference:
    """`$workflows.WORKFLOW.inputs|outputs.NAME#/pointer`, or `$sourceDescriptions.SOURCE.WORKFLOW...`.

    Attributes:
        source: The source description of the workflow's document; None for this document.
    """

    workflow_id: str
    kind: Literal["inputs", "outputs"]
    name: str
    pointer: Pointer
    where: Slice = field(compare=False)
    members: tuple[Member, ...] = ()
    source: str | None = None

    @property
    def owner(self) -> str:
        """What stands before `.inputs` or `.outputs`."""
        root = "$workflows" if self.source is None else f"$sourceDescriptions.{self.source}"
        return f"{root}.{self.workflow_id}"

    def __str__(self) -> str:
        return (
            f"{self.owner}.{self.kind}.{self.name}"
            f"{spell_members(self.members)}{spell_pointer(self.pointer)}"
        )


@dataclass(frozen=True, slots=True)
class SourceDescriptionReference:
    """`$sourceDescriptions.NAME.REFERENCE`: an operationId or workflowId, else a field such as `url`."""

    source_name: str
    reference: str
    where: Slice = field(compare=False)

    def __str__(self) -> str:
        return f"$sourceDescriptions.{self.source_name}.{spell_name(self.reference)}"


@dataclass(frozen=True, slots=True)
class ComponentReference:
    """`$components.parameters|successActions|failureActions.NAME` (`inputs` by `$ref` only)."""

    kind: Literal["parameters", "successActions", "failureActions"]
    name: str
    where: Slice = field(compare=False)

    def __str__(self) -> str:
        return f"$components.{self.kind}.{self.name}"


Expression: TypeAlias = (
    Url
    | Method
    | StatusCode
    | SelfUri
    | AllInputs
    | RequestReference
    | ResponseReference
    | MessageReference
    | InputReference
    | OutputReference
    | StepReference
    | WorkflowReference
    | SourceDescriptionReference
    | ComponentReference
)


@dataclass(frozen=True, slots=True)
class ExpressionText:
    """Text in which expressions are embedded.

    Attributes:
        parts: Literal text and expressions in turn. Braces stand around an expression but not in the parts.
        braceless: Expressions that stand in literal text without braces, where `$` starts a word: whoever
            can resolve them decides whether they are meant. They are *not* split out of `parts`; `where`
            gives their place in the whole text.
        whole: The text is one expression without braces, and keeps its type.
        braced_whole: The text is one expression in braces, which makes it text.
    """

    parts: tuple[str | Expression, ...]
    braceless: tuple[Expression, ...] = ()
    whole: bool = False
    braced_whole: bool = False

    def __str__(self) -> str:
        return "".join(map(self._spell, self.parts))

    def _spell(self, part: str | Expression) -> str:
        if isinstance(part, str):
            return part
        return str(part) if self.whole else f"{{{part}}}"
