"""Parameters as the expressions that write them, or as text where their values are known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from arazzoc.ir.graph import Cookie, Header, PathItem, QueryItem
from arazzoc.ir.notation import SEPARATORS, Notation
from arazzoc.render.interpolation import Code
from arazzoc.render.literals import literal
from arazzoc.render.values import Values
from arazzoc.render.vocabulary import Vocabulary
from arazzoc.runtime.embedding import json_text, text, unstructured
from arazzoc.runtime.styles import (
    as_cookie,
    deep_object,
    delimited,
    exploded,
    form_query,
    header_json,
    header_list,
    keep_reserved,
    label_segment,
    list_segment,
    matrix_segment,
    segments,
)
from arazzoc.runtime.urls import cookies, joined, query, segment, whole_query
from arazzoc.types.forms import is_file_type
from arazzoc.types.media_kinds import takes_json
from arazzoc.types.schema import without_none
from arazzoc.types.value import Constant, Embedded, ObjectValue, Value

__all__ = ["Parameters"]

_URL_ENCODED: Final = "application/x-www-form-urlencoded"


class Parameters:
    """Writes the parameters of one function's requests."""

    def __init__(self, values: Values, vocabulary: Vocabulary) -> None:
        self._values = values
        self._vocabulary = vocabulary

    def path(self, item: PathItem, *, alone: bool) -> str | Code:
        """What stands in the path: text, or code that makes it.

        Args:
            item: The parameter.
            alone: Whether the path has no other whose value only a run knows; else messages name it.
        """
        notation = item.notation
        if isinstance(item.value, Constant):
            return _fixed_path(item, item.value)
        if item.several:
            return Code(f"{self._call('segments')}({self._values.expression(item.value)})")
        listed = notation.shape in ("list", "object", "any")
        explode = ", explode=True" if notation.explode and listed else ""
        code = self._value(item.value, notation, extra="")
        named = "" if alone else f", {literal(item.name)}"
        if notation.media is not None:
            listed = notation.is_plain and not self._is_scalar(item.value, notation)
            return Code(f"{self._call('list_segment' if listed else 'segment')}({code}{named})")
        if notation.style == "label":
            return Code(f"{self._call('label_segment')}({code}{explode})")
        if notation.style == "matrix":
            name = literal(item.name)
            return Code(f"{self._call('matrix_segment')}({name}, {code}{explode})")
        if notation.reserved or listed:
            explode = explode if notation.shape != "list" else ""
            separator = SEPARATORS.get(notation.style)
            explode += f", separator={literal(separator)}" if separator is not None else ""
            return Code(f"{self._call('list_segment')}({code}{named}{explode})")
        return Code(f"{self._call('segment')}({code}{named})")

    def query(self, items: Sequence[QueryItem]) -> str | Code:
        """The query with its question mark; empty where there is none."""
        if not items:
            return ""
        fixed = [fixed_query_pairs(item) for item in items if isinstance(item.value, Constant)]
        whole = next((item for item in items if item.whole and not _is_form(item)), None)
        if whole is not None:
            if isinstance(whole.value, Constant):
                return whole_query(_fixed(whole.value, whole.notation))
            code = self._value(whole.value, whole.notation)
            return Code(f"{self._call('whole_query')}({code})")
        text_form = next((item for item in items if _is_form(item) and _may_be_text(item)), None)
        if text_form is not None:
            return self._form_query(text_form, [item for item in items if item is not text_form])
        if len(fixed) == len(items):
            return query(*(pair for pairs in fixed for pair in pairs))
        pairs = ", ".join(pair for item in items for pair in self.pairs(item))
        return Code(f"{self._call('query')}({pairs})")

    def _form_query(self, form: QueryItem, others: Sequence[QueryItem]) -> str | Code:
        """A whole query that is a form and may be text, and what stands behind it."""
        if isinstance(form.value, Constant) and not others:
            return form_query(form.value.value)
        code = self._values.expression(form.value)
        pairs = "".join(f", {pair}" for item in others for pair in self.pairs(item))
        return Code(f"{self._call('form_query')}({code}{pairs})")

    def pairs(self, item: QueryItem | Cookie) -> tuple[str, ...]:
        """The arguments that `query` and `cookies` take for a parameter."""
        notation, value = item.notation, item.value
        name, code = literal(item.name), self._value(value, notation)
        if notation.media is not None and not _is_form(item):
            return (f"({name}, {code})",)
        spread = notation.shape in ("object", "any") or isinstance(item, Cookie)
        if notation.shape == "scalar":
            return (f"({name}, {code})",)
        if notation.style == "deepObject":
            if notation.reserved:
                return (f"*{self._call('deep_object')}({name}, {code})",)
            return tuple(self._deep_pairs(item.name, value))
        if not notation.explode:
            separator = literal(SEPARATORS.get(notation.style, ","))
            return (f"({name}, {self._call('joined')}({code}, {separator}))",)
        if not spread:
            return (f"({name}, {code})",)
        is_encoded = notation.reserved or notation.style == "cookie"
        if isinstance(value, Constant) and not is_encoded:
            inner = exploded(item.name, value.value)
            return tuple(f"({literal(key)}, {literal(member)})" for key, member in inner)
        if isinstance(value, ObjectValue) and not is_encoded:
            return tuple(
                f"({literal(key)}, {self._values.expression(member)})"
                for key, member in value.members
            )
        return (f"*{self._call('exploded')}({name}, {code})",)

    def _deep_pairs(self, name: str, value: Value) -> Iterator[str]:
        """Pairs of style `deepObject`, as far as the document writes the object out."""
        if isinstance(value, ObjectValue):
            for key, member in value.members:
                yield from self._deep_pairs(f"{name}[{key}]", member)
        elif isinstance(value, Constant):
            for key, content in deep_object(name, value.value):
                yield f"({literal(key)}, {literal(content)})"
        else:
            code = self._values.expression(value)
            is_text = self._values.is_text(value.type)
            pair = f"({literal(name)}, {code})"
            yield pair if is_text else f"*{self._call('deep_object')}{pair}"

    def header(self, header: Header) -> str:
        """The value of a header; None where it is absent."""
        notation, value = header.notation, header.value
        listed = notation.media is None and notation.shape != "scalar"
        if isinstance(value, Constant):
            if listed:
                separator = SEPARATORS.get(notation.style)
                if separator is not None:
                    return literal(delimited(value.value, separator))
                return literal(header_list(value.value, explode=notation.explode))
            if notation.media is not None and takes_json(notation.media) and not notation.is_plain:
                return literal(header_json(value.value))
            return literal(text(_fixed(value, notation)))
        if notation.is_plain and not self._is_scalar(value, notation):
            return self._plain("header_text", value, notation)
        if notation.media == _URL_ENCODED and self._values.is_text(without_none(value.type)):
            return self._values.header(value)
        if notation.media is not None and not notation.is_plain:
            return self._value(value, notation, json="header_json")
        if listed and (
            notation.shape in ("list", "object") or not self._values.is_text(value.type)
        ):
            code, separator = self._values.expression(value), SEPARATORS.get(notation.style)
            if separator is not None:
                return f"{self._call('delimited')}({code}, {literal(separator)})"
            explode = ", explode=True" if notation.explode and notation.shape != "list" else ""
            return f"{self._call('header_list')}({code}{explode})"
        return self._values.header(value)

    def is_left_out(self, header: Header) -> bool:
        """Whether the header is a constant without items."""
        stated = isinstance(header.value, Constant) and header.value.value in ([], {})
        return stated and header.notation.media is None

    def header_may_be_absent(self, header: Header) -> bool:
        """Whether the header's code can be None."""
        if isinstance(header.value, Constant):
            return False
        listed = header.notation.media is None and header.notation.shape != "scalar"
        missing = header.value.absent and self._values.may_miss(header.value)
        return missing or (listed and not self._values.is_text(header.value.type))

    def cookies(self, items: Sequence[Cookie], stated: Header | None) -> str:
        """The value of the Cookie header, behind what a parameter of that name states; empty without any."""
        if stated is None and all(isinstance(item.value, Constant) for item in items):
            return literal(cookies(*(pair for item in items for pair in fixed_query_pairs(item))))
        pairs = ", ".join(pair for item in items for pair in self.pairs(item))
        beside = "" if stated is None else f", beside={self.header(stated)}"
        return f"{self._call('cookies')}({pairs}{beside})"

    def _value(
        self, value: Value, notation: Notation, extra: str = "/?", *, json: str = "json_text"
    ) -> str:
        """The value, turned to text or encoded where that comes before its style; by `json` to JSON."""
        code = self._values.expression(value)
        media = notation.media
        is_form = media == _URL_ENCODED
        if is_form and (notation.whole or self._values.is_text(without_none(value.type))):
            return code
        if media is not None and notation.is_plain:
            return self._plain("unstructured", value, notation)
        if media is not None:
            missing = self._values.may_miss(value)
            given = self._values.there(value) if missing and isinstance(value, Embedded) else code
            written = f"{self._call('form' if is_form else json)}({given})"
            written += ".decode()" if is_form else ""
            return f"None if {self._values.absence(value)} else {written}" if missing else written
        if notation.reserved:
            more = "" if extra == "/?" else f", {literal(extra)}"
            return f"{self._call('keep_reserved')}({code}{more})"
        return f"{self._call('as_cookie')}({code})" if notation.style == "cookie" else code

    def _plain(self, writer: str, value: Value, notation: Notation) -> str:
        """A value of a media type that takes text or bytes as they are."""
        code = self._values.expression(value)
        if self._is_scalar(value, notation):
            return code
        structured = ", structured=True" if takes_json(notation.media or "") else ""
        return f"{self._call(writer)}({code}{structured})"

    def _is_scalar(self, value: Value, notation: Notation) -> bool:
        """Whether the value is surely neither a list nor an object, nor bytes."""
        return notation.shape == "scalar" and not is_file_type(value.type)

    def _call(self, name: str) -> str:
        return self._vocabulary.runtime(name)


def fixed_query_pairs(item: QueryItem | Cookie) -> list[tuple[str, object]]:
    """The pairs that a constant gives."""
    assert isinstance(item.value, Constant)
    notation, value = item.notation, _fixed(item.value, item.notation)
    if notation.shape == "scalar" or (notation.media is not None and not _is_form(item)):
        return [(item.name, value)]
    if notation.style == "deepObject":
        return [*deep_object(item.name, value)]
    if not notation.explode:
        return [(item.name, joined(value, SEPARATORS.get(notation.style, ",")))]
    return [*exploded(item.name, value)]


def _fixed_path(item: PathItem, constant: Constant) -> str:
    notation, value = item.notation, _fixed(constant, item.notation, extra="")
    if value is None or value in ([], {}):
        raise AssertionError(f"nothing fills `{item.name}`")
    if item.several:
        return segments(value)
    if notation.media is not None:
        return segment(value)
    if notation.style == "label":
        return label_segment(value, explode=notation.explode)
    if notation.style == "matrix":
        return matrix_segment(item.name, value, explode=notation.explode)
    separator = SEPARATORS.get(notation.style, ",")
    return list_segment(value, explode=notation.explode, separator=separator)


def _fixed(constant: Constant, notation: Notation, extra: str = "/?") -> object:
    """A constant, turned to text or encoded where that comes before its style."""
    value, media = constant.value, notation.media
    if media == _URL_ENCODED and isinstance(value, dict) and not notation.whole:
        return query(*value.items()).removeprefix("?")
    if notation.is_plain:
        return unstructured(value, structured=True)
    if media is not None and media != _URL_ENCODED:
        return json_text(value)
    if notation.style == "cookie":
        return as_cookie(value)
    return keep_reserved(value, extra) if notation.reserved else value


def _is_form(item: QueryItem | Cookie) -> bool:
    """Whether the item is a whole query that is a form."""
    return item.notation.media == _URL_ENCODED and item.notation.whole


def _may_be_text(item: QueryItem) -> bool:
    """Whether the item may be text that is a form already: it is not surely a list or an object."""
    return item.notation.shape not in ("list", "object")
