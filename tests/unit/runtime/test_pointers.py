from __future__ import annotations

from types import MappingProxyType
from typing import Any

import pytest

from arazzoc.runtime.errors import OutputMissing
from arazzoc.runtime.messages import Response
from arazzoc.runtime.pointers import NOTHING, at, find, leads_somewhere, required

DOCUMENT: Any = {
    "": "empty",
    "a/b": {"~": [10, None, {"x": False}]},
    "list": list(range(12)),
    "null": None,
    "text": "abc",
    "0": "zero",
}


@pytest.mark.parametrize(
    ("tokens", "value"),
    [
        ((), DOCUMENT),
        (("",), "empty"),
        (("0",), "zero"),
        (("a/b", "~", "0"), 10),
        (("a/b", "~", "1"), None),
        (("a/b", "~", "2", "x"), False),
        (("list", "11"), 11),
        (("null",), None),
        (("list", "12"), NOTHING),
        (("list", "01"), NOTHING),
        (("list", "-1"), NOTHING),
        (("list", "-"), NOTHING),
        (("list", "\u0661"), NOTHING),
        (("list", "\u00b2"), NOTHING),
        (("list", "1.0"), NOTHING),
        (("list", ""), NOTHING),
        (("text", "0"), NOTHING),
        (("null", "x"), NOTHING),
        (("none",), NOTHING),
        (("none", "x"), NOTHING),
    ],
)
def test_a_pointer_leads_to_a_value_or_nowhere(tokens: tuple[str, ...], value: object) -> None:
    assert find(DOCUMENT, *tokens) is value or find(DOCUMENT, *tokens) == value
    assert at(DOCUMENT, *tokens) == (None if value is NOTHING else value)
    assert leads_somewhere(DOCUMENT, *tokens) is (value is not NOTHING)


def test_arguments_may_be_any_mapping_and_sequence() -> None:
    assert at(MappingProxyType({"a": (1, range(5, 9))}), "a", "1", "2") == 7


def json(body: bytes) -> Response:
    return Response(200, {"content-type": "application/json"}, body)


@pytest.mark.parametrize(("body", "tokens"), [(b'{"id": null}', ("id",)), (b"null", ())])
def test_null_is_a_value_only_where_the_schema_says_so(
    body: bytes, tokens: tuple[str, ...]
) -> None:
    assert required(json(body), "submit", "jobId", *tokens, nullable=True) is None
    with pytest.raises(OutputMissing):
        required(json(body), "submit", "jobId", *tokens)


def test_an_empty_body_is_not_null() -> None:
    with pytest.raises(OutputMissing):
        required(json(b""), "submit", "jobId", nullable=True)


@pytest.mark.parametrize(
    ("body", "tokens", "value"),
    [
        (b'{"id": "7"}', ("id",), "7"),
        (b"[]", (), []),
    ],
)
def test_a_promised_value_is_given(body: bytes, tokens: tuple[str, ...], value: object) -> None:
    assert required(json(body), "submit", "jobId", *tokens) == value


@pytest.mark.parametrize(
    ("body", "tokens", "pointer"),
    [
        (b'{"name": "7"}', ("id",), "/id"),
        (b'{"a/b": {}}', ("a/b", "~", "0"), "/a~1b/~0/0"),
        (b"no json", ("id",), "/id"),
        (b"", ("id",), "/id"),
        (b"", (), ""),
        (b"no json", (), ""),
    ],
)
def test_a_broken_promise_names_step_output_and_pointer(
    body: bytes, tokens: tuple[str, ...], pointer: str
) -> None:
    with pytest.raises(OutputMissing) as caught:
        required(json(body), "submit", "jobId", *tokens)
    error = caught.value
    assert (error.step_id, error.output, error.pointer) == ("submit", "jobId", pointer)
    assert error.response is not None
    assert error.response.body == body
