"""Parameters whose `content` is of any media type, and whole queries (OpenAPI 3.2)."""

from __future__ import annotations

import asyncio
import json
from urllib.parse import unquote

import pytest

from arazzoc.edition import Edition
from tests.compiling import (
    Answer,
    Compiled,
    Script,
    Sent,
    compile_text,
    compile_workflow,
    errors,
    workflow,
)
from tests.unit.runtime.loopback import reply, serving


def of_media(
    media: str, location: str, value: str, schema: str = "{}", *, key: str = "", more: str = ""
) -> tuple[str, str]:
    """A workflow that gives a value to a parameter of a media type, and its description."""
    path = "/things/{p}" if location == "path" else "/things"
    required = ", required: true" if location == "path" else ""
    stated = f"{{name: p, in: {location}{required}, content: {{{media}: {{}}}}}}"
    step = f"""
inputs: {{type: object, required: [x], properties: {{x: {schema}, y: {{}}}}}}
steps:
  - stepId: call
    operationId: call
    parameters: [{{name: p, in: {location}, value: {value}}}{more}]
"""
    openapi = f"""
openapi: 3.2.0
info: {{title: Things, version: 1.0.0}}
servers: [{{url: https://api.example}}]
{key}
paths:
  {path}:
    get:
      operationId: call
      parameters: [{stated}]
      responses: {{'200': {{description: Fine.}}}}
"""
    return workflow(step, version="1.1.0"), openapi


def of_style(style: str, value: str) -> tuple[str, str]:
    """A workflow that gives a value to a cookie of a style, and its description."""
    arazzo, openapi = of_media("text/plain", "cookie", value)
    return arazzo, openapi.replace("content: {text/plain: {}}", f"style: {style}, schema: {{}}")


def in_place(request: Sent, location: str, charset: str = "utf-8") -> str:
    """What stands at the place of a parameter `p`, decoded as servers do."""
    query = request.url.partition("?")[2]
    return {
        "query": unquote(query.removeprefix("p="), charset),
        "querystring": unquote(query, charset),
        "path": unquote(request.path.removeprefix("/things/"), charset),
        "header": request.headers.get("p", ""),
        "cookie": unquote(request.headers.get("Cookie", "").removeprefix("p="), charset),
    }[location]


def sent(module: Compiled, **inputs: object) -> Script:
    return module.run(Answer(200), **inputs)[1]


@pytest.mark.parametrize("location", ["query", "header", "path", "cookie", "querystring"])
@pytest.mark.parametrize("media", ["application/cbor", "application/xml", "text/csv"])
def test_text_and_bytes_of_other_media_types_stand_as_they_are(media: str, location: str) -> None:
    module = compile_workflow(*of_media(media, location, "$inputs.x"))
    assert in_place(sent(module, x="<é>").sent[0], location) == "<é>"
    assert in_place(sent(module, x=b"\x01\xff").sent[0], location, "latin-1") == "\x01\xff"
    for value in ({"a": 1}, [1, 2]):
        error, script = module.fail(x=value)
        assert script.sent == []
        assert "an object or a list has no form in this media type" in str(error)


@pytest.mark.parametrize("value", ["{a: é, b: 日本}", "{a: é, b: $inputs.x}"])
def test_json_in_a_header_is_ascii(value: str) -> None:
    module = compile_workflow(*of_media("application/json", "header", value))
    stated = sent(module, x="日本").sent[0].headers["p"]
    assert stated.isascii()
    assert json.loads(stated) == {"a": "é", "b": "日本"}


@pytest.mark.parametrize("value", ["é", '"a\\nb"', '"é {$inputs.x}"'])
def test_what_no_header_can_hold_is_an_error_where_it_is_stated(value: str) -> None:
    result = compile_text(
        *of_media("text/plain", "query", "1", more=f", {{name: H, in: header, value: {value}}}")
    )
    assert "AZ340" in errors(result)


@pytest.mark.parametrize("location", ["query", "header", "path", "cookie", "querystring"])
def test_a_file_in_a_parameter_is_its_bytes(location: str) -> None:
    schema = "{type: string, format: binary}"
    module = compile_workflow(*of_media("image/png", location, "$inputs.x", schema))
    assert in_place(sent(module, x=b"\x01\xff").sent[0], location, "latin-1") == "\x01\xff"


@pytest.mark.parametrize("location", ["query", "header", "path", "cookie", "querystring"])
@pytest.mark.parametrize("value", ["{a: [1, true]}", "$inputs.x", "{a: $inputs.y}"])
def test_an_object_in_plain_text_is_json(value: str, location: str) -> None:
    module = compile_workflow(*of_media("text/plain", location, value))
    request = sent(module, x={"a": [1, True]}, y=[1, True]).sent[0]
    assert in_place(request, location) == '{"a":[1,true]}'


@pytest.mark.parametrize("location", ["query", "header", "path", "cookie", "querystring"])
@pytest.mark.parametrize("value", ["{a: 1}", "[1]", "{a: $inputs.x}"])
def test_an_object_of_another_media_type_is_an_error(value: str, location: str) -> None:
    assert errors(compile_text(*of_media("application/cbor", location, value))) == ["AZ340"]


FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("location", ["query", "header", "path", "cookie", "querystring"])
@pytest.mark.parametrize("value", ["[1, 2]", "[$inputs.x]"])
def test_a_list_as_a_form_is_an_error(value: str, location: str) -> None:
    assert errors(compile_text(*of_media(FORM, location, value))) == ["AZ340"]


@pytest.mark.parametrize("location", ["query", "header", "path", "cookie", "querystring"])
def test_a_file_as_json_is_an_error(location: str) -> None:
    schema = "{type: string, format: binary}"
    file = of_media("application/json", location, "$inputs.x", schema)
    assert errors(compile_text(*file)) == ["AZ340"]


@pytest.mark.parametrize(
    ("media", "value", "x", "query"),
    [
        (FORM, "filter=active&sort=desc&limit=50", "", "filter=active&sort=desc&limit=50"),
        (
            FORM,
            '"c={$inputs.x}&minPrice={$inputs.y}&inStock=true"',
            "b",
            "c=b&minPrice=2&inStock=true",
        ),
        (FORM, "$inputs.x", "a=1&b=%20x+y&flag", "a=1&b=%20x+y&flag"),
        (FORM, "$inputs.x", "a=x y&b=ü#[z]", "a=x%20y&b=%C3%BC%23%5Bz%5D"),
        (
            "application/json",
            """'{"a":"b c","n":50}'""",
            "",
            "%7B%22a%22%3A%22b%20c%22%2C%22n%22%3A50%7D",
        ),
        ("application/json", """'{"a":{$inputs.y}}'""", "", "%7B%22a%22%3A2%7D"),
        ("application/json", "$inputs.x", '["100%"]', "%5B%22100%25%22%5D"),
    ],
)
def test_text_is_the_whole_query_already(media: str, value: str, x: str, query: str) -> None:
    arazzo, openapi = of_media(media, "querystring", value, "{type: string}")
    script = sent(compile_workflow(arazzo, openapi), x=x, y=2)
    assert script.sent[0].url == f"https://api.example/things?{query}"


@pytest.mark.parametrize(
    ("x", "query"),
    [("a=1&b=x y", "?a=1&b=x%20y"), ({"a": 1, "b": "x&y"}, "?a=1&b=x%26y"), ("", ""), (None, "")],
)
def test_what_only_the_run_knows_is_a_form_as_text_or_as_an_object(x: object, query: str) -> None:
    arazzo, openapi = of_media(FORM, "querystring", "$inputs.x")
    script = sent(compile_workflow(arazzo, openapi), x=x)
    assert script.sent[0].url == f"https://api.example/things{query}"


def test_a_key_stands_behind_a_whole_query_that_is_text() -> None:
    key = """
security: [{key: []}]
components: {securitySchemes: {key: {type: apiKey, in: query, name: key}}}
"""
    for value, query in (("a=1&b=2", "?a=1&b=2&key=k"), ("$inputs.x", "?key=k")):
        arazzo, openapi = of_media(FORM, "querystring", value, "{type: string}", key=key)
        script = sent(compile_workflow(arazzo, openapi), x="", api_key="k")
        assert script.sent[0].url == f"https://api.example/things{query}"


@pytest.mark.parametrize("location", ["query", "header", "cookie"])
def test_text_that_may_be_null_is_a_form_already(location: str) -> None:
    arazzo, openapi = of_media(FORM, location, "$inputs.x", "{type: [string, 'null']}")
    module = compile_workflow(arazzo, openapi)
    assert in_place(sent(module, x="a=1&b").sent[0], location) == "a=1&b"


@pytest.mark.parametrize(
    ("location", "text"), [("query", "%22v-1%22"), ("header", '"v-1"'), ("cookie", '"v-1"')]
)
def test_text_that_embeds_what_may_be_absent_is_json(location: str, text: str) -> None:
    arazzo, openapi = of_media("application/json", location, '"v-{$inputs.y}"')
    module = compile_workflow(arazzo, openapi)
    assert unquote(text) == unquote(in_place(sent(module, x=0, y=1).sent[0], location))
    assert in_place(sent(module, x=0).sent[0], location) == ""


@pytest.mark.parametrize("media", ["text/plain", "application/x-www-form-urlencoded"])
def test_a_whole_query_beside_another_parameter_is_an_error(media: str) -> None:
    more = ", {name: q, in: query, value: x}"
    result = compile_text(*of_media(media, "querystring", "$inputs.x", more=more))
    assert errors(result) == ["AZ341"]


def test_a_key_has_a_place_in_a_whole_query_that_is_a_form() -> None:
    key = "{type: apiKey, in: query, name: key}"
    secured = f"security: [{{k: []}}]\ncomponents: {{securitySchemes: {{k: {key}}}}}"
    form = "application/x-www-form-urlencoded"
    module = compile_workflow(*of_media(form, "querystring", "{a: 1}", key=secured))
    request = sent(module, x=1, api_key="secret").sent[0]
    assert sorted(request.query) == [("a", "1"), ("key", "secret")]
    result = compile_text(*of_media("text/plain", "querystring", "a=1", key=secured))
    assert errors(result) == ["AZ341"]


@pytest.mark.parametrize("value", ["a;b", "a\nb", "é"])
def test_a_cookie_whose_style_escapes_nothing_holds_no_more_than_a_cookie_can(value: str) -> None:
    module = compile_workflow(*of_style("cookie", "$inputs.x"))
    assert sent(module, x="a%3Bb").sent[0].headers == {"Cookie": "p=a%3Bb"}
    error, script = module.fail(x=value)
    assert script.sent == []
    assert "the value of a cookie has to be escaped already" in str(error)
    assert errors(compile_text(*of_style("cookie", json.dumps(value)))) == ["AZ340"]


EVERYTHING = """
openapi: 3.2.0
info: {title: Things, version: 1.0.0}
servers: [{url: https://api.example}]
paths:
  /things/{p}:
    post:
      operationId: call
      parameters:
        - {name: p, in: path, required: true, content: {application/cbor: {}}}
        - {name: c, in: cookie, style: cookie, schema: {}}
        - {name: H, in: header, content: {application/cbor: {}}}
      requestBody:
        content:
          multipart/form-data:
            schema: {type: object, required: [kept]}
            encoding:
              deep: {style: deepObject, headers: {X-Kind: {schema: {const: scan}}}}
      responses: {'200': {description: Fine.}}
"""


@pytest.mark.parametrize(
    "edition",
    [Edition(is_async, http) for is_async in (False, True) for http in ("stdlib", "httpx2")],
    ids=str,
)
def test_every_edition_sends_the_same_bytes(edition: Edition) -> None:
    module = compile_workflow(
        """
        inputs: {type: object, required: [x, deep], properties: {x: {}, deep: {}, kept: {type: string}}}
        steps:
          - stepId: call
            operationId: call
            parameters:
              - {name: p, in: path, value: $inputs.x}
              - {name: c, in: cookie, value: '{$inputs.kept}%3B'}
              - {name: H, in: header, value: $inputs.x}
            requestBody: {payload: {deep: $inputs.deep, kept: $inputs.kept}}
        """,
        EVERYTHING,
        warns=("AZ219",),
        edition=edition,
    ).module

    def flow(**given: object) -> None:
        done = module.flow(**given, api_url=server.url)
        if edition.is_async:
            asyncio.run(done)

    with serving(lambda _: reply()) as server:
        flow(x=b"a/b", deep={"a": {"b": 1}, "c": ["é"]}, kept="k")
        for wrong in ({"x": [1]}, {"kept": None}, {"kept": ";"}):
            with pytest.raises(module.WorkflowError, match="nothing was sent"):
                flow(**{"x": "x", "deep": 1, "kept": "k", **wrong})
    (call,) = server.calls
    assert call.line == "POST /things/a%2Fb HTTP/1.1"
    assert (call.headers["cookie"], call.headers["h"]) == ("c=k%3B", "a/b")
    named = 'form-data; name="{}"\r\n'.format
    body = call.body.decode()
    assert f"{named('deep[a][b]')}X-Kind: scan\r\n\r\n1\r\n" in body
    assert f"{named('deep[c]')}X-Kind: scan\r\n\r\né\r\n" in body
    assert f"{named('kept')}\r\nk\r\n" in body
