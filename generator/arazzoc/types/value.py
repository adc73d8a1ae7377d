"""Values that a generated function computes, with what is known of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from arazzoc.names import Identifier
from arazzoc.source.node import JsonValue
from arazzoc.types.model import ANY, INT, STR, Type

__all__ = [
    "Argument",
    "BasicCredentials",
    "Constant",
    "Embedded",
    "ListValue",
    "Member",
    "ObjectValue",
    "RequestMethod",
    "RequestUrl",
    "ResponseBody",
    "ResponseHeader",
    "ResponseStatus",
    "Size",
    "StepOutput",
    "Value",
]


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that the document states."""

    value: JsonValue
    type: Type = ANY
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of the function: an input or a credential.

    Attributes:
        absent: It may be left out (None then).
        secret: It must not be shown.
    """

    name: Identifier
    type: Type
    absent: bool = False
    secret: bool = False


@dataclass(frozen=True, slots=True)
class StepOutput:
    """A variable that holds a step's output.

    Attributes:
        type: Without None.
        absent: None is possible: the step may not have run, or the response may not have the value.
        secret: It must not be shown.
    """

    step_id: str
    output: str
    name: Identifier
    type: Type
    absent: bool = False
    secret: bool = False


@dataclass(frozen=True, slots=True)
class ResponseStatus:
    """The status of the step's response; absent where no response came."""

    absent: bool = False
    type: Type = INT


@dataclass(frozen=True, slots=True)
class ResponseHeader:
    """The first value of a header of the step's response; `name` in lower case."""

    name: str
    absent: bool = True
    type: Type = STR


@dataclass(frozen=True, slots=True)
class ResponseBody:
    """The parsed body of the step's response."""

    type: Type = ANY
    absent: bool = True


@dataclass(frozen=True, slots=True)
class RequestUrl:
    """The URL of the step's request as sent."""

    type: Type = STR
    absent: bool = False


@dataclass(frozen=True, slots=True)
class RequestMethod:
    """The method of the step's request."""

    method: str
    type: Type = STR
    absent: bool = False


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
class Embedded:
    """Text with values put in."""

    parts: tuple[str | Value, ...]
    type: Type = STR
    absent: bool = False


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
class BasicCredentials:
    """The value of an `Authorization` header of scheme `Basic` (RFC 7617)."""

    username: Value
    password: Value
    type: Type = STR
    absent: bool = False


Value: TypeAlias = (
    BasicCredentials
    | Constant
    | Argument
    | StepOutput
    | ResponseStatus
    | ResponseHeader
    | ResponseBody
    | RequestUrl
    | RequestMethod
    | Member
    | Size
    | Embedded
    | ObjectValue
    | ListValue
)
