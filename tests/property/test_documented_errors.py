"""Whatever a caller gives and a server answers: a function returns, or raises what its documentation says.

That is a `WorkflowError`, or for a value of another type than is stated, a `TypeError` or `ValueError`.
"""

from __future__ import annotations

import inspect
import json
import math
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from arazzoc.compiler import compile_documents
from tests.compiling import Compiled, compile_text, errors, told, without_layout

_SPECS = Path(__file__).parents[2] / "specs"
_FOLDERS = ("ibm-direct-access", "ibm-quantum", "pasqal")
_SECRET = "sEcReT"
_HALF = "\ud800"
_MOST_REQUESTS = 6
_API = """
openapi: 3.1.0
info: {title: Things, version: 1.0.0}
servers: [{url: https://api.example}]
components:
  securitySchemes: {login: {type: http, scheme: basic}, token: {type: http, scheme: bearer}}
paths:
  /things/{owner}/{id}{more}/{rest}:
    post:
      operationId: place
      security: [{token: []}]
      parameters:
        - {name: owner, in: path, required: true, schema: {type: string}}
        - {name: id, in: path, required: true, schema: {type: array, items: {type: string}}}
        - {name: more, in: path, required: true, style: matrix, schema: {type: object}}
        - {name: rest, in: path, required: true, style: label, explode: true, schema: {type: array}}
        - {name: tag, in: query, style: pipeDelimited, explode: false, schema: {type: array}}
        - {name: deep, in: query, style: deepObject, explode: true, schema: {type: object}}
        - {name: raw, in: query, allowReserved: true, schema: {type: string}}
        - {name: filter, in: query, content: {application/json: {schema: {}}}}
        - {name: session, in: cookie, schema: {type: string}}
        - {name: X-Text, in: header, schema: {type: string}}
        - {name: X-List, in: header, schema: {type: array, items: {type: integer}}}
        - {name: X-Json, in: header, content: {application/json: {schema: {}}}}
      requestBody: {content: {application/json: {schema: {type: object}}}}
      responses: {'200': {description: Fine., content: {application/json: {schema: {
        type: object, required: [id], properties: {id: {type: string}, next: {type: integer}}}}}}}
  /form:
    post:
      operationId: form
      security: [{login: []}]
      requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object}}}}
      responses: {'200': {description: Fine., content: {application/json: {schema: {}}}}}
  /parts:
    post:
      operationId: parts
      requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {
        a: {type: object}, b: {type: array, items: {type: string}}, c: {}}}}}}
      responses: {'200': {description: Fine., content: {text/plain: {schema: {type: string}}}}}
  /text:
    put:
      operationId: text
      requestBody: {content: {text/plain: {schema: {type: string}}}}
      responses: {'200': {description: Fine., content: {application/xml: {schema: {}}}}}
"""
_EVERYTHING = """
inputs:
  type: object
  required: [text, number, list, object, any]
  properties:
    text: {type: string}
    number: {type: number}
    list: {type: array, items: {type: string}}
    object: {type: object, additionalProperties: {}}
    any: {}
    perhaps: {type: integer}
steps:
  - stepId: place
    operationId: place
    parameters:
      - {name: owner, in: path, value: $inputs.text}
      - {name: id, in: path, value: $inputs.list}
      - {name: more, in: path, value: $inputs.object}
      - {name: rest, in: path, value: $inputs.list}
      - {name: tag, in: query, value: $inputs.list}
      - {name: deep, in: query, value: $inputs.object}
      - {name: raw, in: query, value: $inputs.text}
      - {name: filter, in: query, value: $inputs.any}
      - {name: session, in: cookie, value: $inputs.text}
      - {name: X-Text, in: header, value: 'a {$inputs.text} b'}
      - {name: X-List, in: header, value: $inputs.list}
      - {name: X-Json, in: header, value: $inputs.object}
    requestBody:
      payload: {a: $inputs.any, b: [$inputs.number, {c: '{$inputs.text}!'}], d: $inputs.perhaps}
      replacements: [{target: /b/1, value: $inputs.object}]
    successCriteria:
      - {condition: $statusCode == 200}
      - {condition: $response.body#/id != $inputs.text || $response.body#/next < $inputs.number}
      - {context: $response.body, type: jsonpath, condition: '$[?@.id || @ > 1]'}
      - {context: $response.header.X-Id, type: regex, condition: '^[a-z]*$'}
    outputs: {id: $response.body#/id, next: $response.body#/next, all: $response.body}
    onFailure: [{name: again, type: retry, retryAfter: 1, retryLimit: 1}]
  - stepId: form
    operationId: form
    requestBody: {payload: {a: $steps.place.outputs.id, b: $inputs.object, c: $inputs.list}}
    successCriteria: [{context: $response.body, type: jsonpath, condition: '$..id'}]
    outputs: {found: $response.body#/items/0/id}
  - stepId: parts
    operationId: parts
    requestBody: {payload: {a: $inputs.object, b: $inputs.list, c: $steps.place.outputs.all}}
    outputs: {said: $response.body, kind: $response.header.Content-Type}
  - stepId: text
    operationId: text
    requestBody: {payload: '{$inputs.text} {$steps.form.outputs.found} {$inputs.number}'}
    outputs: {xml: $response.body}
outputs:
  id: $steps.place.outputs.id
  said: $steps.parts.outputs.said
  xml: $steps.text.outputs.xml
  given: $inputs.any
"""


@cache
def _modules() -> tuple[ModuleType, ...]:
    """Those of `specs/`, and one that writes values in every place of a request."""
    made: list[Compiled] = []
    for folder in _FOLDERS:
        for path in sorted((_SPECS / folder).glob("*.arazzo.yaml")):
            with without_layout():
                made += [Compiled(each.source) for each in compile_documents([path]).modules]
    result = compile_text(_EVERYTHING, _API)
    assert not errors(result), told(result)
    made += [Compiled(each.source) for each in result.modules]
    return tuple(each.module for each in made)


def _functions() -> Iterator[tuple[ModuleType, str]]:
    for module in _modules():
        for name in module.__all__:
            if inspect.isfunction(getattr(module, name)):
                yield module, name


def _nested(levels: int, *, in_lists: bool) -> object:
    value: object = _SECRET
    for _ in range(levels):
        value = [value] if in_lists else {"a": value}
    return value


def _endless() -> object:
    value: list[object] = [_SECRET]
    value.append(value)
    return value


_texts = st.one_of(
    st.text(max_size=5),
    st.sampled_from([
        *("", _SECRET, f"{_SECRET}{_HALF}", f"\udfff{_SECRET}\n", f"{_SECRET}\r\nX-Evil: 1"),
        *("\x00\x1b[31m", "é\u2028\U0001f600", ".", "..", "%2e%2E", "@evil.example", "?a#b", "a b"),
        *("9" * 5000, "1e999", "NaN", "null", "true", "{$inputs.text}", "(a+)+$", "[", "$..*", "~2"),
    ]),
)  # fmt: skip
_scalars = st.one_of(
    _texts,
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.sampled_from([10**400, -(10**19), math.nan, -math.inf]),
)
_given_values = st.one_of(
    st.recursive(
        _scalars,
        lambda inner: st.one_of(
            st.lists(inner, max_size=3), st.dictionaries(_texts, inner, max_size=3)
        ),
        max_leaves=6,
    ),
    st.sampled_from([
        *(b"", _SECRET.encode() + b"\xff\r\n", bytearray(b"a"), {1: 2}, {None: 1}, {(1, 2): 3}),
        *(_nested(150, in_lists=True), _nested(5000, in_lists=False), _endless(), object(), {1, 2}),
    ]),
)  # fmt: skip
_names = st.sampled_from(["id", "status", "state", "next", "items", "data", "jobs", "a", "", "a/b"])
_answered = st.recursive(
    st.one_of(st.text(max_size=3), st.none(), st.booleans(), st.integers(), st.floats()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(_names, inner, max_size=4)
    ),
    max_leaves=8,
)
_bodies = st.one_of(
    _answered.map(lambda value: json.dumps(value).encode()),
    st.binary(max_size=8),
    st.sampled_from([
        *(b"", b"null", b'"x"', b"[" * 5000, b'{"id":' * 199 + b"1" + b"}" * 199, b'{"id":1e999}'),
        *(b'{"id":' + b"9" * 5000 + b"}", rb'{"id":"\ud800"}', b"\xff\xfe{\x00}\x00", b"NaN"),
        *(b"<a><b>1</b></a>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b"<a>" * 3000),
    ]),
)  # fmt: skip
_headers = st.fixed_dictionaries(
    {},
    optional={
        "content-type": st.sampled_from([
            *("application/json", "application/json", "application/json", "text/plain", ";", ""),
            *("application/json; charset=base64", 'text/plain; charset="', "text/x; charset=idna"),
            *("text/plain; charset=undefined", "application/xml", "application/octet-stream"),
        ]),
        "retry-after": st.sampled_from([
            *("1", "-1", "9" * 40, "nan", "²", "Wed, 21 Oct 9999 07:28:00 GMT", "1, 1"),
            *("Mon, 01 Jan 0001 00:00:00 +2359", "Thu, 01 Jan 1970 00:00:00 +999999999999"),
        ]),
        "x-id": st.text(max_size=3),
    },
)  # fmt: skip
_statuses = st.sampled_from([200] * 8 + [201, 204, 204, 401, 404, 409, 429, 500, 503, 999])


@settings(
    max_examples=300,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.data())
def test_nothing_but_documented_errors_comes_out(data: st.DataObject) -> None:
    module, name = data.draw(st.sampled_from(sorted(_functions(), key=lambda each: each[1])))
    function = getattr(module, name)
    given_values = data.draw(_arguments(inspect.signature(function).parameters))
    requests = 0

    def transport(request: Any) -> Any:
        nonlocal requests
        requests += 1
        try:
            module.sendable(request)
        except ValueError as error:
            raise module.TransportError(request, str(error)) from error
        if requests > _MOST_REQUESTS or data.draw(st.integers(0, 20)) == 0:
            raise ConnectionRefusedError("nobody listens")
        return module.Response(data.draw(_statuses), data.draw(_headers), data.draw(_bodies))

    with patch("time.sleep", _slept):
        try:
            function(**given_values, transport=transport)
        except module.WorkflowError as error:
            raised: Exception = error
        except (TypeError, ValueError) as error:
            raised = error
        else:
            return
    assert not isinstance(raised, UnicodeError)
    if getattr(raised, "request", None) is None:
        assert _SECRET not in f"{raised}{raised!r}"


def _arguments(parameters: Mapping[str, inspect.Parameter]) -> st.SearchStrategy[dict[str, Any]]:
    """Values for inputs, one in three of them such as is expected; credentials and servers are sound."""
    return st.fixed_dictionaries({
        name: _given_values | st.just(_sound(str(parameter.annotation)))
        for name, parameter in parameters.items()
        if name != "transport" and parameter.default is inspect.Parameter.empty
        and name not in ("bearer_token", "username", "password")
    } | {
        name: st.just("credential")
        for name in ("bearer_token", "username", "password")
        if name in parameters
    })  # fmt: skip


def _sound(annotation: str) -> object:
    kinds: dict[str, object] = {"str": "a", "int": 1, "float": 1.5, "Sequence": ["a"]}
    found = (value for kind, value in kinds.items() if annotation.startswith(kind))
    return next(found, {"a": 1})


def _slept(seconds: float) -> None:
    assert 0 <= seconds <= 1e9
