"""What is read of a step's request and response as a whole."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from arazzoc.frozen import dataclass
from arazzoc.types.model import ANY, INT, STR, Type

if TYPE_CHECKING:
    # What was given to a request is a value.
    from arazzoc.types.value import Value

__all__ = [
    "RequestHeader",
    "RequestMethod",
    "RequestUrl",
    "ResponseBody",
    "ResponseHeader",
    "ResponseStatus",
    "Sent",
]


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
    """The body of the step's response: parsed, or as it came where its type is bytes."""

    type: Type = ANY
    absent: bool = True


@dataclass(frozen=True, slots=True)
class RequestHeader:
    """A header of the step's request that no parameter gives; `name` as it is sent.

    Attributes:
        secret: It must not be shown.
    """

    name: str
    type: Type = STR
    absent: bool = False
    secret: bool = False


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
class Sent:
    """What the step gave to its request, of what its outputs held until then.

    These have been assigned anew where it is read, so that a variable has to keep it.

    Attributes:
        step_id: The step's.
        stated: The expression that reads it.
        base: How it is computed before the request is sent.
        type: Without None.
    """

    step_id: str
    stated: str
    base: Value = field(compare=False)
    type: Type = ANY
    absent: bool = False
