"""What must not be shown: in logs, error messages and `repr`s."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from arazzoc.source.node import Node
from arazzoc.types.model import ListType, MapType, Record, Type, Union
from arazzoc.types.schema import SchemaTypes
from arazzoc.types.value import (
    Argument,
    ArrayIndex,
    BasicCredentials,
    BearerToken,
    Chosen,
    Embedded,
    Escaped,
    JsonLiteral,
    ListValue,
    Member,
    ObjectValue,
    Picked,
    Queried,
    RequestHeader,
    RequestUrl,
    ResponseHeader,
    Returned,
    Selected,
    Sent,
    StepOutput,
    Value,
    XmlText,
    XPathFound,
)

__all__ = ["holds_secret", "is_credential_name", "is_secret", "is_secret_name", "is_secret_schema"]

_SECRET: Final = re.compile(r"authori[sz]ation|cookie|key|token|secret|passw", re.IGNORECASE)
_CREDENTIAL: Final = re.compile(
    r"(password|passwd|passphrase|secret|apikey|secretkey|privatekey|subscriptionkey|authorization|jwt"
    r"|(access|auth|api|bearer|refresh|id|session|security|user|bot|csrf|xsrf|private|personal)token)$"
    r"|^(token|xauth)$"
)
"""Ends of names in lower case, without what stands between words."""
_DEEPEST: Final = 8
"""Levels of members that are looked into: schemas can contain themselves."""
_HARMLESS: Final = re.compile(r"(expir\w*|type|limit|count|max\w*|ttl)$|^(max|num)", re.IGNORECASE)


def is_secret_name(name: str) -> bool:
    """Whether a header, input, member or output of this name must not be shown."""
    return bool(_SECRET.search(name)) and not _HARMLESS.search(name)


def is_credential_name(name: str) -> bool:
    """Whether what has this name lets its holder in: a password, a key to an API, a token.

    That is less than what must not be shown: `pageToken`, `Idempotency-Key` and `publicKey` are none.
    """
    return _CREDENTIAL.search(re.sub("[^a-z0-9]", "", name.lower())) is not None


def is_secret_schema(schema: Node | None) -> bool:
    """Whether the schema says that its value must not be shown: `format: password`."""
    stated = schema.get("format") if schema is not None else None
    return stated is not None and stated.value == "password"


def holds_secret(type_: Type, types: SchemaTypes, depth: int = 0) -> bool:
    """Whether a value of the type has members, at any depth, whose names say that they must not be shown."""
    if depth > _DEEPEST:
        return False
    match types.content(type_):
        case Record(fields):
            return any(
                is_secret_name(field.name) or holds_secret(field.type, types, depth + 1)
                for field in fields
            )
        case ListType(inner) | MapType(inner):
            return holds_secret(inner, types, depth + 1)
        case Union(members):
            return any(holds_secret(member, types, depth + 1) for member in members)
        case _:
            return False


def is_secret(value: Value) -> bool:
    """Whether a value is one that must not be shown, or holds one."""
    match value:
        case Argument() | RequestHeader():
            return value.secret
        case (
            BasicCredentials() | BearerToken() | RequestUrl()
        ):  # a URL's path and query hold what its request is given
            return True
        case StepOutput(_, output) | Returned(_, output):
            return value.secret or is_secret_name(output)
        case ResponseHeader(name):
            return is_secret_name(name)
        case Member(base, tokens):
            return is_secret(base) or any(map(is_secret_name, tokens))
        case Picked(base, steps):
            return is_secret(base) or any(
                is_secret_name(step) for step in steps if isinstance(step, str)
            )
        case Selected(nodes):
            origins = [branch.origin for branch in nodes.branches]
            return any(map(is_secret, (*origins, nodes.result)))
        case (
            JsonLiteral(base=inner)
            | ArrayIndex(base=inner)
            | XmlText(base=inner)
            | Escaped(base=inner)
            | Queried(base=inner)
            | XPathFound(base=inner)
            | Sent(base=inner)
            | Chosen(value=inner)
        ):
            return is_secret(inner)
        case Embedded() | ObjectValue() | ListValue():
            return any(map(is_secret, _pieces(value)))
        case _:
            return False


def _pieces(value: Embedded | ObjectValue | ListValue) -> Iterator[Value]:
    """The values in a text, an object or a list."""
    match value:
        case Embedded(parts):
            yield from (part for part in parts if not isinstance(part, str))
        case ObjectValue(members):
            yield from (member for _, member in members)
        case ListValue(items):
            yield from items
