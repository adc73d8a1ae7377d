"""URLs that are passed where ids belong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from arazzoc.check.context import Context, found
from arazzoc.diagnostics.model import Diagnostic
from arazzoc.diagnostics.registry import request as rules
from arazzoc.source.node import Node
from arazzoc.types.described import origin_of_value
from arazzoc.types.schema import SchemaTypes
from arazzoc.types.valuation import value_of
from arazzoc.types.value import ResponseHeader

__all__ = ["check_addresses"]

_ADDRESS: Final = re.compile(r"(?i).*(ur[ilns]|link|href|location|address|path|resource|endpoint)")
_LOCATIONS: Final = frozenset({"location", "content-location"})


def check_addresses(context: Context) -> Iterator[Diagnostic]:
    """No parameter of a path is given the URL that a header `Location` holds."""
    types = context.facts.types
    for step in context.steps():
        for parameter in step.parameters if step.operation is not None else ():
            if parameter.location != "path" or step.operation is None:
                continue
            declared = step.operation.parameter(parameter.name, "path")
            if declared is None or declared.allow_reserved or _ADDRESS.match(parameter.name):
                continue
            before = context.before(step)
            value = value_of(parameter.value, before).value
            origin = origin_of_value(value, before) if value is not None else None
            header = isinstance(origin, ResponseHeader) and origin.name in _LOCATIONS
            if header and not _takes_addresses(declared.schema, types):
                text = parameter.value.text or "this value"
                message = (
                    f"path parameter `{parameter.name}` takes an id, and `{text}` is the URL that"
                )
                message += " the header `Location` holds"
                hint = "read the id from the body of that response"
                yield found(rules.ADDRESS_FOR_ID, parameter.value.span, message, hint)


def _takes_addresses(schema: Node | None, types: SchemaTypes) -> bool:
    target = types.schema(schema)
    stated = target.get("format") if target is not None else None
    return stated is not None and (stated.text or "").startswith(("uri", "url", "iri"))
