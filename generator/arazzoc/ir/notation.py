"""How the value of a parameter is written (OpenAPI 3.1.1, Parameter Object)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from arazzoc.frozen import dataclass
from arazzoc.model.openapi import OperationParameter, Style
from arazzoc.types.media_kinds import body_kind
from arazzoc.types.schema import SchemaTypes
from arazzoc.types.shapes import Shape, shape_of, shape_of_type
from arazzoc.types.value import Value

__all__ = ["FORM", "SEPARATORS", "SIMPLE", "Notation", "notation_of"]

SEPARATORS: Final[Mapping[Style, str]] = {
    "spaceDelimited": " ",
    "pipeDelimited": "|",
    "tabDelimited": "\t",
}
"""What stands between the items of a list; commas in every other style."""


@dataclass(frozen=True, slots=True)
class Notation:
    """How a parameter's value is written.

    Attributes:
        style: OpenAPI's; 2.0's collection formats count as styles.
        explode: Whether items and members are written apart.
        shape: What the value is, as far as that is known.
        reserved: OpenAPI's `allowReserved`.
        media: The media type that the value is serialised as, instead of in a style.
        whole: It is the whole query (OpenAPI 3.2's `querystring`).
    """

    style: Style
    explode: bool
    shape: Shape = "scalar"
    reserved: bool = False
    media: str | None = None
    whole: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether text and bytes stand as they are: the media type is neither JSON nor a form.

        Text that is a whole query is JSON already where that is its type (Arazzo 1.1, Parameter Object).
        """
        if self.media is None:
            return False
        return body_kind(self.media) not in (("form",) if self.whole else ("json", "form"))


SIMPLE: Final = Notation("simple", explode=False)
"""A scalar in a path or a header."""

FORM: Final = Notation("form", explode=True)
"""A scalar in a query or a cookie."""


def notation_of(
    declared: OperationParameter | None, location: str, value: Value, types: SchemaTypes
) -> Notation:
    """How `value` is written as a parameter; by the defaults of its location where it is not declared."""
    shape = shape_of(value, types)
    if declared is None:
        default = FORM if location in ("query", "cookie") else SIMPLE
        return Notation(default.style, default.explode, shape)
    whole = location == "querystring"
    if shape == "any" and declared.schema is not None and not whole:
        shape = shape_of_type(types.of(declared.schema, ""), types)
    media = declared.content.name if declared.content is not None else None
    return Notation(declared.style, declared.explode, shape, declared.allow_reserved, media, whole)
