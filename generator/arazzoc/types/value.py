"""Values that a generated function computes, with what is known of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from arazzoc.frozen import dataclass
from arazzoc.names import ConstantName, Identifier
from arazzoc.source.node import JsonValue
from arazzoc.types.composed import ComposedReplaced, Escaped, Place, Queried
from arazzoc.types.exchange import (
    RequestHeader,
    RequestMethod,
    RequestUrl,
    ResponseBody,
    ResponseHeader,
    ResponseStatus,
    Sent,
)
from arazzoc.types.model import ANY, BOOL, INT, STR, Type
from arazzoc.types.nodes import Nodes, Selector

if TYPE_CHECKING:
    # Conditions and queries hold values, and what they give is a value.
    from arazzoc.types.condition import Test
    from arazzoc.types.xpath import XPath

__all__ = [
    "Argument",
    "ArrayIndex",
    "BasicCredentials",
    "BearerToken",
    "Chosen",
    "ComposedReplaced",
    "Constant",
    "Count",
    "Embedded",
    "Escaped",
    "Item",
    "JsonLiteral",
    "Length",
    "ListValue",
    "Member",
    "NodesReplaced",
    "ObjectValue",
    "Outcome",
    "Picked",
    "Queried",
    "Replaced",
    "RequestHeader",
    "RequestMethod",
    "RequestUrl",
    "ResponseBody",
    "ResponseHeader",
    "ResponseStatus",
    "Returned",
    "Selected",
    "Sent",
    "Size",
    "Sole",
    "StepOutput",
    "Value",
    "XPathFound",
    "XmlReplaced",
    "XmlText",
]


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that the document states."""

    value: JsonValue
    type: Type = ANY
    absent: bool = False

    def __hash__(self) -> int:
        """Equal for equal values; an object or a list counts by its size alone."""
        value = len(self.value) if isinstance(self.value, dict | list) else self.value
        return hash((value, self.absent))


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of the function: an input or a credential.

    Attributes:
        absent: It may be left out (None then).
        secret: It must not be shown.
        stated: The input's name in the document; None for a credential.
    """

    name: Identifier
    type: Type
    absent: bool = False
    secret: bool = False
    stated: str | None = None


@dataclass(frozen=True, slots=True)
class StepOutput:
    """A variable that holds a step's output.

    Attributes:
        type: Without None.
        absent: None is possible: the step may not have run, or the response may not have the value.
        secret: It must not be shown.
        given: It is what the caller gave.
    """

    step_id: str
    output: str
    name: Identifier
    type: Type
    absent: bool = False
    secret: bool = False
    given: bool = False


@dataclass(frozen=True, slots=True)
class Returned:
    """An output of a workflow that was run: an attribute of what its function gave back.

    Attributes:
        owner: How an expression begins that reads it: `$workflows.ID`, or `$sourceDescriptions.NAME.ID`.
        output: The output's name in the document.
        result: The variable that holds what the function gave back.
        attribute: The output's name there.
        secret: It must not be shown.
        given: It is what the caller of that workflow gave.
    """

    owner: str
    output: str
    result: Identifier
    attribute: Identifier
    type: Type
    absent: bool = False
    secret: bool = False
    given: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """What a JSON Pointer leads to in `base`; None where it leads nowhere.

    Attributes:
        tokens: Unescaped.
        absent: Whether it may lead nowhere, or to null.
    """

    base: Value
    tokens: tuple[str, ...]
    type: Type = ANY
    absent: bool = True


@dataclass(frozen=True, slots=True)
class Size:
    """The length of an array, string or object (`.length` of the predicate dialect); else None.

    Where `base` is an object with a member `length`, that member.
    """

    base: Value
    type: Type = ANY
    absent: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    """What a branch of a query selects, one thing after the other.

    Attributes:
        number: Tells the items of a query apart, from 1.
    """

    number: int
    type: Type = ANY
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Picked:
    """What names and indexes of a JSONPath lead to in `base`; None where they lead nowhere.

    Names lead into objects alone and indexes into arrays alone, where a JSON Pointer's tokens do both.

    Attributes:
        steps: A name or an index that only a run knows is a value.
    """

    base: Value
    steps: tuple[str | int | Value, ...]
    type: Type = ANY
    absent: bool = True


@dataclass(frozen=True, slots=True)
class Length:
    """How long a string, array or object is (RFC 9535, 2.4.4); nothing for other values."""

    base: Value
    type: Type = ANY
    absent: bool = True


@dataclass(frozen=True, slots=True)
class Count:
    """How many nodes there are (RFC 9535, 2.4.5)."""

    nodes: Nodes
    type: Type = INT
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Sole:
    """The only one of the nodes (RFC 9535, 2.4.8); nothing where there are several or none."""

    nodes: Nodes
    type: Type = ANY
    absent: bool = True


@dataclass(frozen=True, slots=True)
class Selected:
    """The list of the nodes."""

    nodes: Nodes
    type: Type = ANY
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """`value` where every one of the tests holds, else None."""

    tests: tuple[Test, ...]
    value: Value
    type: Type = ANY
    absent: bool = True


@dataclass(frozen=True, slots=True)
class JsonLiteral:
    """The number, boolean or null that a value states where a JSONPath has a literal.

    Text states one as JSON writes it. `NOTHING`, not None, where the value states none.
    """

    base: Value
    type: Type = ANY
    absent: bool = True


@dataclass(frozen=True, slots=True)
class ArrayIndex:
    """The index that a value states where a JSONPath has one; `NOTHING`, not None, where it states none."""

    base: Value
    type: Type = ANY
    absent: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether a test holds, as a value that is compared with others."""

    test: Test
    type: Type = BOOL
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Embedded:
    """Text with values put in; what is such text itself is put in part by part."""

    parts: tuple[str | Value, ...]
    type: Type = STR
    absent: bool = False

    def __post_init__(self) -> None:
        inner = (part.parts if isinstance(part, Embedded) else (part,) for part in self.parts)
        object.__setattr__(self, "parts", tuple(part for parts in inner for part in parts))


@dataclass(frozen=True, slots=True)
class ObjectValue:
    """An object; members that may be absent are left out then."""

    members: tuple[tuple[str, Value], ...]
    type: Type = ANY
    absent: bool = False


@dataclass(frozen=True, slots=True)
class ListValue:
    """A list."""

    items: tuple[Value, ...]
    type: Type = ANY
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Replaced:
    """`base` with another value where a JSON Pointer leads."""

    base: Value
    tokens: tuple[str, ...]
    value: Value
    type: Type = ANY
    absent: bool = False


@dataclass(frozen=True, slots=True)
class NodesReplaced:
    """`base` with another value in place of every node that a JSONPath finds in it.

    Attributes:
        document: Stands for the value that the query starts from.
        parents: What holds the nodes.
        parent: Stands for each of the parents.
        selectors: Which children of a parent the nodes are.
        guards: What has to hold for the query to be one; where it does not, there are no nodes.
    """

    base: Value
    document: Item
    parents: Nodes
    parent: Item
    selectors: tuple[Selector, ...]
    value: Value
    guards: tuple[Test, ...] = ()
    type: Type = ANY
    absent: bool = False


@dataclass(frozen=True, slots=True)
class XPathFound:
    """The first thing that an XPath selects in `base`, which is XML or JSON; None where there is none.

    Attributes:
        place: Where the query stands, if only a run knows it.
    """

    base: Value
    query: XPath
    place: Place | None = None
    type: Type = ANY
    absent: bool = True


@dataclass(frozen=True, slots=True)
class XmlText:
    """A value as it is written in XML.

    Attributes:
        quoted: Whether it stands between the quotes of an attribute.
    """

    base: Value
    quoted: bool = False
    type: Type = STR
    absent: bool = False


@dataclass(frozen=True, slots=True)
class XmlReplaced:
    """XML as text, with another value in place of what an XPath selects."""

    base: Value
    query: XPath
    value: Value
    type: Type = STR
    absent: bool = False


@dataclass(frozen=True, slots=True)
class BasicCredentials:
    """The value of an `Authorization` header of scheme `Basic` (RFC 7617)."""

    username: Value
    password: Value
    type: Type = STR
    absent: bool = False


@dataclass(frozen=True, slots=True)
class BearerToken:
    """The value of an `Authorization` header of scheme `Bearer`, whose token may have to be fetched first.

    Attributes:
        given: The token, or credentials that it is fetched with (RFC 6749, 4.4).
        url: Where it is fetched from, as written.
        base: What a relative URL is resolved against; None where it is not.
        otherwise: The constant to take where nothing is given for `base`.
    """

    given: Argument
    url: str
    base: Identifier | None
    otherwise: ConstantName | None = None
    type: Type = STR
    absent: bool = False


Value: TypeAlias = (
    BasicCredentials
    | BearerToken
    | Constant
    | Argument
    | StepOutput
    | Returned
    | ResponseStatus
    | ResponseHeader
    | ResponseBody
    | RequestHeader
    | RequestUrl
    | RequestMethod
    | Sent
    | Member
    | Size
    | Item
    | Picked
    | Length
    | Count
    | Sole
    | Selected
    | Chosen
    | JsonLiteral
    | ArrayIndex
    | Outcome
    | Embedded
    | ObjectValue
    | ListValue
    | Replaced
    | NodesReplaced
    | XPathFound
    | Escaped
    | Queried
    | ComposedReplaced
    | XmlText
    | XmlReplaced
)
