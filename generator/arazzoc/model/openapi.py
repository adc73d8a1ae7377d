"""OpenAPI as far as a request needs it: 2.0 to 3.2 in one shape. Schemas stay nodes, `$ref`s unfollowed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from typing import Final, Literal, TypeAlias

from arazzoc.frozen import dataclass
from arazzoc.source.node import Node

__all__ = [
    "PLACEHOLDER",
    "ApiKey",
    "Encoding",
    "HttpScheme",
    "MediaType",
    "Operation",
    "OperationBody",
    "OperationParameter",
    "OperationResponse",
    "ParameterLocation",
    "ResponseHeader",
    "SecurityAlternative",
    "SecurityScheme",
    "Server",
    "Style",
    "TokenScheme",
]

PLACEHOLDER: Final = re.compile(r"\{\+?([^{}]*)\}")
"""A path parameter's place in a path template, and its name.

OpenAPI does not know `{+name}`, but descriptions of Google's APIs have it: its value may be several segments
(RFC 6570, 3.2.3).
"""

ParameterLocation: TypeAlias = Literal["path", "query", "header", "cookie", "querystring"]
Style: TypeAlias = Literal[
    "matrix",
    "label",
    "simple",
    "form",
    "spaceDelimited",
    "pipeDelimited",
    "deepObject",
    "tabDelimited",
    "cookie",
]


@dataclass(frozen=True, slots=True)
class Encoding:
    """Encoding Object: how a member of a form is written.

    Attributes:
        content_type: The first where several are stated; None where none is.
        style: None where neither style, explode nor allowReserved is stated: the content type counts then.
        schema: The member's, where no schema of the whole has it (OpenAPI 2.0).
        headers: Of a part of a multipart body: those whose value the description fixes.
    """

    content_type: str | None = None
    style: Style | None = None
    explode: bool = True
    allow_reserved: bool = False
    schema: Node | None = None
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class MediaType:
    """One media type of a body: its name in lower case without parameters, and the schema's node.

    Attributes:
        suffix: The parameters that its name has, such as `; odata=verbose` (RFC 9110, section 8.3.1).
        fields: The fields of a form of OpenAPI 2.0, which has no schema: each is one.
    """

    name: str
    schema: Node | None
    node: Node
    encoding: Mapping[str, Encoding] = field(default_factory=dict[str, Encoding])
    fields: Mapping[str, Node] = field(default_factory=dict[str, Node])
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class OperationParameter:
    """Parameter Object, with the defaults of its location filled in.

    Attributes:
        content: Where the parameter is a serialised media type instead of a style.
    """

    node: Node
    name: str
    location: ParameterLocation
    required: bool
    schema: Node | None
    style: Style
    explode: bool
    allow_reserved: bool = False
    content: MediaType | None = None
    deprecated: bool = False


@dataclass(frozen=True, slots=True)
class OperationBody:
    """Request Body Object; `content` in the order written."""

    node: Node
    required: bool
    content: tuple[MediaType, ...]


@dataclass(frozen=True, slots=True)
class ResponseHeader:
    """A response header that the description declares."""

    name: str
    required: bool
    schema: Node | None


@dataclass(frozen=True, slots=True)
class OperationResponse:
    """Response Object; `status` as written: `200`, `4XX` (upper case) or `default`."""

    node: Node
    status: str
    content: tuple[MediaType, ...]
    headers: tuple[ResponseHeader, ...] = ()


@dataclass(frozen=True, slots=True)
class Server:
    """A server with its variables' defaults put in.

    Attributes:
        url: Absolute, or relative to the document where `relative` says so; without a trailing slash.
    """

    url: str
    relative: bool = False


@dataclass(frozen=True, slots=True)
class HttpScheme:
    """HTTP authentication (RFC 9110, 11): `basic` or `bearer`, or another scheme by its name."""

    name: str
    scheme: str
    description: str | None = None


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key in a header, the query or a cookie.

    Attributes:
        stated: The description states it as a parameter, not as a security scheme.
    """

    name: str
    location: Literal["header", "query", "cookie"]
    parameter: str
    description: str | None = None
    stated: bool = False


@dataclass(frozen=True, slots=True)
class TokenScheme:
    """OAuth 2 or OpenID Connect: a bearer token, however it was got.

    Attributes:
        token_url: Where client credentials are exchanged for a token, as written; None where the scheme
            has no such flow.
    """

    name: str
    kind: Literal["oauth2", "openIdConnect"]
    description: str | None = None
    token_url: str | None = None


SecurityScheme: TypeAlias = "HttpScheme | ApiKey | TokenScheme"

SecurityAlternative: TypeAlias = "tuple[SecurityScheme, ...]"
"""Schemes that are asked for together; an empty one means that no credentials will do."""


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation that a step calls.

    Attributes:
        source: The name of the source description.
        operation_id: None where the description gives none.
        method: Upper case.
        path: The path template, with 2.0's basePath left to the server.
        servers: The operation's own, else the path's, else the document's, in the order written. Empty
            where servers are stated and none of them can be used: the caller has to give one.
        security: The alternatives, the operation's own or the document's; empty where it asks for nothing.
        version: The description's version, such as `3.0.3`.
        keys: Required parameters that are credentials, going by their names.
        query: What the description writes behind the `?` of the path: names and values that are always sent.
    """

    node: Node
    source: str
    operation_id: str | None
    method: str
    path: str
    parameters: tuple[OperationParameter, ...]
    body: OperationBody | None
    responses: tuple[OperationResponse, ...]
    servers: tuple[Server, ...]
    security: tuple[SecurityAlternative, ...]
    summary: str | None
    deprecated: bool
    version: str
    query: tuple[tuple[str, str], ...] = ()
    keys: tuple[ApiKey, ...] = ()

    @property
    def title(self) -> str:
        """How messages name it."""
        return f"operation `{self.operation_id or f'{self.method} {self.path}'}`"

    def parameter(self, name: str, location: str) -> OperationParameter | None:
        """The declared parameter of that name and place.

        Header names are compared without case. The name of a `querystring` means nothing (OpenAPI 3.2.0).
        """
        if location == "querystring":
            return next((each for each in self.parameters if each.location == location), None)
        wanted = name.lower() if location == "header" else name
        return next(
            (
                parameter
                for parameter in self.parameters
                if parameter.location == location
                and (parameter.name.lower() if location == "header" else parameter.name) == wanted
            ),
            None,
        )

    def response(self, status: int) -> OperationResponse | None:
        """The response that describes `status`: exact, else its range, else `default`."""
        by_status = {response.status: response for response in self.responses}
        return (
            by_status.get(str(status))
            or by_status.get(f"{status // 100}XX")
            or by_status.get("default")
        )
