"""Values that fit a JSON Schema: examples where there are some, else made from what the schema says."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable, Mapping
from typing import Any, Final, Literal, TypeAlias

import rstr

from tests.corpus.documents import is_list, is_object

__all__ = ["Sampler", "Use"]

Use: TypeAlias = Literal["request", "response"]
"""What a value is for: members that are `readOnly` are in no request, `writeOnly` ones in no response."""

_DEEPEST: Final = 7
_WIDEST: Final = 3

_FORMATS: Final[Mapping[str, str]] = {
    "date": "2026-01-31",
    "date-time": "2026-01-31T12:00:00Z",
    "time": "12:00:00Z",
    "duration": "P1D",
    "email": "reader@example.com",
    "idn-email": "reader@example.com",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "uri": "https://example.com/a",
    "url": "https://example.com/a",
    "uri-reference": "/a",
    "uuid": "6f2c9a54-7c1e-4f3b-9a57-0d2f3c4b5a69",
    "byte": "YQ==",
    "binary": "a",
    "regex": "a",
    "json-pointer": "/a",
}

_TYPES: Final[Mapping[str, type | tuple[type, ...]]] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "array": list,
    "object": dict,
    "null": type(None),
}


class Sampler:
    """Makes values. The same schema always gives the same value.

    Args:
        follow: What a `$ref` leads to.
    """

    def __init__(self, follow: Callable[[Any], Any]) -> None:
        self._follow = follow

    def sample(self, schema: Any, use: Use, depth: int = 0) -> Any:
        """A value of `schema`."""
        schema = self._whole(schema, depth)
        for stated in self._stated(schema):
            if _fits(stated, schema):
                return stated
        make = {
            "object": self._object,
            "array": self._array,
            "string": self._string,
            "integer": self._number,
            "number": self._number,
        }.get(_type(schema))
        if make is not None:
            return make(schema, use, depth)
        return {"boolean": True, "null": None}.get(_type(schema), "text")

    def _whole(self, schema: Any, depth: int) -> Mapping[str, Any]:
        """The schema with its references, `allOf` and first alternatives put into one."""
        schema = self._follow(schema)
        if not is_object(schema):
            return {}
        if depth > _DEEPEST + 5:
            return {key: schema[key] for key in schema if key not in ("allOf", "oneOf", "anyOf")}
        parts = list(schema.get("allOf", ()))
        for key in ("oneOf", "anyOf"):
            choices = [self._follow(each) for each in schema.get(key) or ()]
            real = [each for each in choices if each.get("type") != "null"]
            parts.extend(real[:1])
        merged: dict[str, Any] = {}
        for part in parts:
            _merge(merged, self._whole(part, depth + 1))
        _merge(
            merged, {key: schema[key] for key in schema if key not in ("allOf", "oneOf", "anyOf")}
        )
        return merged

    def _stated(self, schema: Mapping[str, Any]) -> list[Any]:
        """Values that the schema itself states, the most telling first."""
        values = [schema[key] for key in ("const", "example") if key in schema]
        examples = schema.get("examples")
        values.extend(examples[:1] if is_list(examples) else ())
        enum = schema.get("enum")
        values.extend([schema["default"]] if "default" in schema else ())
        values.extend([each for each in enum if each is not None] if is_list(enum) else ())
        return values

    def _object(self, schema: Mapping[str, Any], use: Use, depth: int) -> dict[str, Any]:
        required = schema.get("required", ())
        required = required if is_list(required) else ()
        hidden = "readOnly" if use == "request" else "writeOnly"
        made: dict[str, Any] = {}
        for name, member in _members(schema).items():
            whole = self._follow(member)
            if is_object(whole) and whole.get(hidden) is True:
                continue
            if depth < _DEEPEST or name in required:
                made[name] = self.sample(member, use, depth + 1) if depth < 2 * _DEEPEST else None
        for name in required:
            if name not in made and name not in _members(schema):
                made[name] = "text"
        extra = schema.get("additionalProperties")
        if not made and is_object(extra) and depth < _DEEPEST:
            made["name"] = self.sample(extra, use, depth + 1)
        return made

    def _array(self, schema: Mapping[str, Any], use: Use, depth: int) -> list[Any]:
        least = schema.get("minItems", 0)
        count = max(1 if depth < _DEEPEST else 0, least if isinstance(least, int) else 0)
        return [self.sample(schema.get("items", {}), use, depth + 1)] * min(count, 50)

    def _string(self, schema: Mapping[str, Any], _use: Use, _depth: int) -> str:
        least, most = schema.get("minLength", 0), schema.get("maxLength", math.inf)
        pattern = schema.get("pattern")
        if isinstance(pattern, str):
            return _matching(pattern, least, most)
        text = _FORMATS.get(str(schema.get("format")), "text")
        if len(text) < least:
            text = text.ljust(int(least), "a")
        return text if len(text) <= most else text[: int(most)]

    def _number(self, schema: Mapping[str, Any], _use: Use, _depth: int) -> int | float:
        whole = _type(schema) == "integer"
        least, most = _limit(schema, "minimum", "exclusiveMinimum", 1), _limit(
            schema, "maximum", "exclusiveMaximum", -1
        )
        value: float = 1 if least is None else max(1, least)
        value = value if most is None else min(value, most)
        step = schema.get("multipleOf")
        if isinstance(step, (int, float)) and step > 0:
            value = max(1, round(value / step)) * step
        return math.ceil(value) if whole else value


def _merge(into: dict[str, Any], part: Mapping[str, Any]) -> None:
    for key, value in part.items():
        if key == "properties" and is_object(into.get(key)) and is_object(value):
            into[key] = {**into[key], **value}
        elif key == "required" and is_list(into.get(key)) and is_list(value):
            into[key] = list(dict.fromkeys([*into[key], *value]))
        else:
            into[key] = value


def _members(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    members = schema.get("properties")
    return members if is_object(members) else {}


def _type(schema: Mapping[str, Any]) -> str:
    stated = schema.get("type")
    if is_list(stated):
        return next((str(each) for each in stated if each != "null"), "null")
    if isinstance(stated, str):
        return stated
    if "properties" in schema or "additionalProperties" in schema:
        return "object"
    return "array" if "items" in schema else "string" if "pattern" in schema else ""


def _fits(value: Any, schema: Mapping[str, Any]) -> bool:
    """Whether a stated value is what its schema says, as far as a glance tells: many examples are not."""
    expected = _TYPES.get(_type(schema))
    if expected is None:
        return value is not None
    if not isinstance(value, expected) or (isinstance(value, bool) and expected is not bool):
        return False
    enum = schema.get("enum")
    if is_list(enum) and value not in enum:
        return False
    if is_object(value):
        required = schema.get("required", ())
        return all(name in value for name in required) and not schema.get("properties")
    if is_list(value):
        return bool(value) and not isinstance(value[0], (dict, list))
    return not isinstance(value, str) or _is_text_of(value, schema)


def _is_text_of(value: str, schema: Mapping[str, Any]) -> bool:
    if schema.get("format") in ("date", "date-time", "uuid", "email", "ipv4", "byte", "uri"):
        return False
    pattern = schema.get("pattern")
    if isinstance(pattern, str) and not _search(pattern, value):
        return False
    return bool(schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", math.inf))


def _search(pattern: str, text: str) -> bool:
    try:
        return re.search(pattern, text) is not None
    except re.error:
        return True


def _matching(pattern: str, least: float, most: float) -> str:
    """A text of that pattern and length; what comes near where none is found soon."""
    source = rstr.Rstr(random.Random(7))  # noqa: S311 -- the same schema gives the same text
    made = ""
    for _ in range(200):
        try:
            made = source.xeger(pattern)
        except (re.error, ValueError, KeyError, NotImplementedError):
            return "text"
        if least <= len(made) <= most and made.isprintable() and _search(pattern, made):
            return made
    return made or "text"


def _limit(schema: Mapping[str, Any], plain: str, exclusive: str, step: int) -> float | None:
    """A bound that is included; 3.0 states `exclusiveMinimum: true`, later versions a number."""
    bound, open_bound = schema.get(plain), schema.get(exclusive)
    if open_bound is True and isinstance(bound, (int, float)):
        return bound + step
    if isinstance(open_bound, (int, float)) and not isinstance(open_bound, bool):
        return open_bound + step
    return bound if isinstance(bound, (int, float)) else None
