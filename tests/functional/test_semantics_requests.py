"""What is sent: servers, parameters, bodies, credentials; and what is never shown."""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from urllib.parse import parse_qs, unquote

import pytest

from arazzoc.compiler import compile_documents
from tests.compiling import (
    Answer,
    Compiled,
    Script,
    compile_text,
    compile_workflow,
    errors,
    told,
    workflow,
)

JOB = {"id": "1", "status": "Queued"}
TOKEN = {"bearer_token": "t"}


def api(
    *,
    servers: str = "[{url: https://api.example}]",
    path: str = "/things",
    path_item: str = "{}",
    operation: str = "{}",
    method: str = "get",
    components: str = "{}",
    more: str = "{}",
) -> str:
    """A description with one operation, `call`; every argument is YAML of flow style."""
    return f"""
openapi: 3.1.0
info: {{title: Things, version: 1.0.0}}
servers: {servers}
components: {components}
paths:
  {path}:
    {method}: &operation
      operationId: call
      responses: {{'200': {{description: Fine.}}}}
{_indented(operation, 6)}
{_indented(path_item, 4)}
{_indented(more, 0)}
"""


def _indented(members: str, column: int) -> str:
    """Lines `key: value` at a column; `{}` is none."""
    return (
        "" if members == "{}" else "\n".join(" " * column + line for line in members.splitlines())
    )


def call(parameters: str = "", inputs: str = "{}", required: str = "[]", body: str = "") -> str:
    return f"""
inputs: {{type: object, required: {required}, properties: {inputs}}}
steps:
  - stepId: call
    operationId: call
{"    parameters: " + parameters if parameters else ""}
{"    requestBody: " + body if body else ""}
"""


def sent(module: Compiled, **inputs: object) -> Script:
    return module.run(Answer(200), **inputs)[1]


class TestServers:
    def test_the_document_s_first_server_is_the_default(self) -> None:
        servers = "[{url: https://one.example/v1/}, {url: https://two.example}]"
        script = sent(compile_workflow(call(), api(servers=servers)))
        assert script.sent[0].url == "https://one.example/v1/things"

    def test_the_path_s_server_goes_before_the_document_s(self) -> None:
        openapi = api(path_item="servers: [{url: https://path.example}]")
        assert sent(compile_workflow(call(), openapi)).sent[0].url == "https://path.example/things"

    def test_the_operation_s_server_goes_before_all(self) -> None:
        openapi = api(
            path_item="servers: [{url: https://path.example}]",
            operation="servers: [{url: https://operation.example}]",
        )
        assert (
            sent(compile_workflow(call(), openapi)).sent[0].url
            == "https://operation.example/things"
        )

    def test_variables_have_their_defaults(self) -> None:
        variables = "{region: {default: eu}, v: {default: v2}}"
        servers = f"[{{url: 'https://{{region}}.example/{{v}}', variables: {variables}}}]"
        script = sent(compile_workflow(call(), api(servers=servers)))
        assert script.sent[0].url == "https://eu.example/v2/things"

    def test_one_keyword_a_source_overrides_the_whole_url(self) -> None:
        script = sent(compile_workflow(call(), api()), api_url="http://localhost:8000/base")
        assert script.sent[0].url == "http://localhost:8000/base/things"

    def test_a_description_without_an_absolute_server_makes_the_keyword_required(self) -> None:
        module = compile_workflow(call(), api(servers="[{url: /v1}]"))
        with pytest.raises(TypeError, match="api_url"):
            module.run()
        assert (
            sent(module, api_url="https://x.example/v1").sent[0].url
            == "https://x.example/v1/things"
        )

    def test_steps_with_different_servers_share_one_keyword(self) -> None:
        openapi = api(operation="servers: [{url: https://special.example}]") + """
  /others:
    get:
      operationId: other
      responses: {'200': {description: Fine.}}
"""
        module = compile_workflow(
            "steps: [{stepId: one, operationId: call}, {stepId: two, operationId: other}]", openapi
        )
        _, script = module.run(Answer(200), Answer(200))
        assert [each.url for each in script.sent] == [
            "https://special.example/things",
            "https://api.example/others",
        ]
        _, script = module.run(Answer(200), Answer(200), api_url="http://localhost")
        assert [each.url for each in script.sent] == [
            "http://localhost/things",
            "http://localhost/others",
        ]


class TestParameters:
    @pytest.mark.parametrize(
        ("value", "path"),
        [
            ("a b", "/things/a%20b"),
            ("a/b?c#d", "/things/a%2Fb%3Fc%23d"),
            ("..", "/things/%2E%2E"),
            ("é%", "/things/%C3%A9%25"),
            (5, "/things/5"),
            (True, "/things/true"),
        ],
    )
    def test_path_segments_are_percent_encoded(self, value: object, path: str) -> None:
        openapi = api(
            path="/things/{id}",
            operation="parameters: [{name: id, in: path, required: true, schema: {}}]",
        )
        module = compile_workflow(
            call("[{name: id, in: path, value: $inputs.id}]", "{id: {}}", "[id]"), openapi
        )
        assert sent(module, id=value).sent[0].url == f"https://api.example{path}"

    def test_constant_path_segments_are_percent_encoded_too(self) -> None:
        openapi = api(
            path="/things/{id}",
            operation="parameters: [{name: id, in: path, required: true, schema: {}}]",
        )
        module = compile_workflow(call("[{name: id, in: path, value: 'a/{b}?'}]"), openapi)
        assert sent(module).sent[0].url == "https://api.example/things/a%2F%7Bb%7D%3F"

    @pytest.mark.parametrize(
        ("style", "query"),
        [
            ("{}", "tag=a%20b&tag=c%2Cd"),
            ("{style: form, explode: true}", "tag=a%20b&tag=c%2Cd"),
            ("{explode: false}", "tag=a%20b,c%2Cd"),
            ("{style: spaceDelimited, explode: false}", "tag=a%20b%20c%2Cd"),
            ("{style: pipeDelimited, explode: false}", "tag=a%20b%7Cc%2Cd"),
        ],
    )
    @pytest.mark.parametrize("constant", [False, True])
    def test_lists_follow_style_and_explode(self, style: str, query: str, constant: bool) -> None:
        stated = f"{{name: tag, in: query, schema: {{type: array, items: {{type: string}}}}, {style[1:-1]}}}"
        openapi = api(operation=f"parameters: [{stated}]")
        if constant:
            script = sent(
                compile_workflow(call("[{name: tag, in: query, value: [a b, 'c,d']}]"), openapi)
            )
        else:
            arazzo = call(
                "[{name: tag, in: query, value: $inputs.tags}]",
                "{tags: {type: array, items: {type: string}}}",
                "[tags]",
            )
            script = sent(compile_workflow(arazzo, openapi), tags=["a b", "c,d"])
        assert script.sent[0].url == f"https://api.example/things?{query}"

    @pytest.mark.parametrize(
        ("form", "query"),
        [
            ("multi", "tag=a&tag=b"),
            ("csv", "tag=a,b"),
            ("pipes", "tag=a%7Cb"),
            ("ssv", "tag=a%20b"),
        ],
    )
    def test_collection_formats_of_2_0_are_understood(self, form: str, query: str) -> None:
        openapi = f"""
            swagger: '2.0'
            info: {{title: Old, version: '1'}}
            host: old.example
            basePath: /v1
            schemes: [https]
            paths:
              /things:
                get:
                  operationId: call
                  parameters:
                    - {{name: tag, in: query, type: array, items: {{type: string}}, collectionFormat: {form}}}
                  responses: {{'200': {{description: Fine.}}}}
            """
        arazzo = call(
            "[{name: tag, in: query, value: $inputs.tags}]",
            "{tags: {type: array, items: {type: string}}}",
            "[tags]",
        )
        script = sent(compile_workflow(arazzo, openapi), tags=["a", "b"])
        assert script.sent[0].url == f"https://old.example/v1/things?{query}"

    def test_booleans_and_null_are_written_as_in_json(self) -> None:
        openapi = api(
            operation="parameters: [{name: on, in: query, schema: {}}, {name: X-On, in: header, schema: {}}]"
        )
        arazzo = call(
            "[{name: on, in: query, value: $inputs.on}, {name: X-On, in: header, value: $inputs.on}]",
            "{on: {type: boolean}}",
            "[on]",
        )
        script = sent(compile_workflow(arazzo, openapi), on=False)
        assert script.sent[0].url == "https://api.example/things?on=false"
        assert script.sent[0].headers == {"X-On": "false"}

    def test_constants_of_every_type_are_text(self) -> None:
        openapi = api(
            operation="parameters: [{name: on, in: query, schema: {}}, {name: X-On, in: header, schema: {}}]"
        )
        arazzo = call("[{name: on, in: query, value: true}, {name: X-On, in: header, value: 1.5}]")
        script = sent(compile_workflow(arazzo, openapi))
        assert script.sent[0].url == "https://api.example/things?on=true"
        assert script.sent[0].headers == {"X-On": "1.5"}

    def test_cookies_go_into_one_header(self) -> None:
        openapi = api(
            operation="parameters: [{name: a, in: cookie, schema: {}}, {name: b, in: cookie, schema: {}}]"
        )
        arazzo = call(
            "[{name: a, in: cookie, value: $inputs.a}, {name: b, in: cookie, value: 'x;y'}]",
            "{a: {type: integer}}",
            "[a]",
        )
        assert sent(compile_workflow(arazzo, openapi), a=1).sent[0].headers == {
            "Cookie": "a=1; b=x%3By"
        }

    @pytest.mark.parametrize(
        ("whole", "one", "header"),
        [("x=1; y=2", 3, "x=1; y=2; a=3"), (None, 3, "a=3"), ("x=1", None, "x=1")],
    )
    def test_cookies_stand_behind_a_cookie_header(
        self, whole: str | None, one: int | None, header: str
    ) -> None:
        openapi = api(operation="parameters: [{name: a, in: cookie, schema: {}}]")
        arazzo = call(
            "[{name: cookie, in: header, value: $inputs.c}, {name: a, in: cookie, value: $inputs.a}]",
            "{a: {type: integer}, c: {type: string}}",
        )
        request = sent(compile_workflow(arazzo, openapi), c=whole, a=one).sent[0]
        assert request.headers == {"Cookie": header}
        always = compile_workflow(arazzo.replace("value: $inputs.c", "value: x=1"), openapi)
        assert sent(always, a=one).sent[0].headers["Cookie"].startswith("x=1")
        assert '{"Cookie": cookies(("a", a), beside="x=1")}' in always.source

    def test_an_undeclared_parameter_is_sent_with_a_warning(self) -> None:
        arazzo = call("[{name: extra, in: query, value: 1}, {name: X-Extra, in: header, value: 2}]")
        script = sent(compile_workflow(arazzo, api(), warns=("AZ310",)))
        assert script.sent[0].url == "https://api.example/things?extra=1"
        assert script.sent[0].headers == {"X-Extra": "2"}

    def test_a_missing_required_parameter_is_an_error(self) -> None:
        openapi = api(operation="parameters: [{name: q, in: query, required: true, schema: {}}]")
        assert errors(compile_text(call(), openapi)) == ["AZ311"]

    @pytest.mark.parametrize(
        ("stated", "expected"),
        [
            ("{name: p, in: path, type: array, items: {type: string}, required: true}", "/a,b"),
            (
                "{name: p, in: path, type: array, items: {}, required: true, collectionFormat: pipes}",
                "/a%7Cb",
            ),
            ("{name: p, in: header, type: array, items: {type: string}}", "a,b"),
            ("{name: p, in: header, type: array, items: {}, collectionFormat: ssv}", "a b"),
        ],
    )
    def test_lists_of_2_0_in_paths_and_headers_are_understood(
        self, stated: str, expected: str
    ) -> None:
        location = "header" if "header" in stated else "path"
        openapi = f"""
            swagger: '2.0'
            info: {{title: Old, version: '1'}}
            host: old.example
            schemes: [https]
            paths:
              {"/{p}" if location == "path" else "/"}:
                get:
                  operationId: call
                  parameters: [{stated}]
                  responses: {{'200': {{description: Fine.}}}}
            """
        arazzo = call(f"[{{name: p, in: {location}, value: $inputs.p}}]", "{p: {}}", "[p]")
        (request,) = sent(compile_workflow(arazzo, openapi), p=["a", "b"]).sent
        assert expected in (request.path, request.headers.get("p"))

    @pytest.mark.parametrize("constant", [False, True])
    @pytest.mark.parametrize(
        ("value", "query"),
        [
            ("a/b?c=d,e:f", "p=a/b?c=d,e:f"),
            ("50%25 of é", "p=50%25%20of%20%C3%A9"),
            ("100%", "p=100%25"),
            ("a&b=c+d#e[f]", "p=a%26b=c%2Bd%23e%5Bf%5D"),
        ],
    )
    def test_reserved_characters_are_kept_where_the_description_says_so(
        self, value: str, query: str, constant: bool
    ) -> None:
        openapi = api(
            operation="parameters: [{name: p, in: query, allowReserved: true, schema: {type: string}}]"
        )
        stated = json.dumps(value) if constant else "$inputs.p"
        module = compile_workflow(
            call(f"[{{name: p, in: query, value: {stated}}}]", "{p: {type: string}}"), openapi
        )
        script = sent(module) if constant else sent(module, p=value)
        assert script.sent[0].url == f"https://api.example/things?{query}"

    @pytest.mark.parametrize(
        ("version", "location", "expected"),
        [
            ("3.2.0", "path", "https://api.example/things/a:b@c%2Fd%3Fe%20"),
            ("3.1.0", "path", "https://api.example/things/a%3Ab%40c%2Fd%3Fe%2520"),
            ("3.2.0", "cookie", "p=a:b@c/d?e%20"),
        ],
    )
    def test_reserved_characters_never_end_a_path_segment(
        self, version: str, location: str, expected: str
    ) -> None:
        required = ", required: true" if location == "path" else ""
        stated = f"{{name: p, in: {location}{required}, allowReserved: true, schema: {{}}}}"
        openapi = api(
            path="/things/{p}" if location == "path" else "/things",
            operation=f"parameters: [{stated}]",
        ).replace("3.1.0", version)
        module = compile_workflow(
            call(f"[{{name: p, in: {location}, value: $inputs.p}}]", "{p: {}}", "[p]"),
            openapi,
            warns=("AZ602",) if version == "3.1.0" else (),
        )
        request = sent(module, p="a:b@c/d?e%20").sent[0]
        assert expected in (request.url, request.headers.get("Cookie"))

    @pytest.mark.parametrize("constant", [False, True])
    @pytest.mark.parametrize(
        ("value", "text"), [('{"a": [1, "é"]}', '{"a":[1,"é"]}'), ('"x"', '"x"'), ("5", "5")]
    )
    def test_a_parameter_with_content_is_json(self, value: str, text: str, constant: bool) -> None:
        openapi = api(
            path="/{q}",
            operation=(
                "parameters: [{name: p, in: query, content: {application/json: {}}}, "
                "{name: q, in: path, required: true, content: {application/json: {}}}]"
            ),
        )
        stated = value if constant else "$inputs.p"
        inputs = () if constant else ("{p: {}}", "[p]")
        module = compile_workflow(
            call(
                f"[{{name: p, in: query, value: {stated}}}, {{name: q, in: path, value: {stated}}}]",
                *inputs,
            ),
            openapi,
        )
        script = sent(module) if constant else sent(module, p=json.loads(value))
        assert script.sent[0].query == [("p", text)]
        assert unquote(script.sent[0].path) == f"/{text}"

    def test_a_header_with_content_is_json(self) -> None:
        openapi = api(
            operation="parameters: [{name: P, in: header, content: {application/json: {}}}]"
        )
        module = compile_workflow(
            call("[{name: P, in: header, value: {a: $inputs.p}}]", "{p: {}}"), openapi
        )
        assert sent(module, p="x").sent[0].headers == {"P": '{"a":"x"}'}
        assert sent(module).sent[0].headers == {"P": "{}"}

    @pytest.mark.parametrize(
        ("media", "value", "query"),
        [
            ("application/x-www-form-urlencoded", "{a: $inputs.p, b: [1, 2]}", "a=x%20y&b=1&b=2"),
            ("application/x-www-form-urlencoded", "{a: 1, b: [1, 2]}", "a=1&b=1&b=2"),
            ("application/json", "{a: $inputs.p}", "%7B%22a%22%3A%22x%20y%22%7D"),
            ("application/json", "{a: 1}", "%7B%22a%22%3A1%7D"),
            ("text/plain", "$inputs.p", "x%20y"),
        ],
    )
    def test_a_whole_query_is_of_its_media_type(self, media: str, value: str, query: str) -> None:
        openapi = api(
            operation=f"parameters: [{{name: q, in: querystring, content: {{{media}: {{}}}}}}]"
        ).replace("3.1.0", "3.2.0")
        arazzo = call(
            f"[{{name: anything, in: querystring, value: {value}}}]", "{p: {type: string}}"
        )
        module = compile_workflow(workflow(arazzo, version="1.1.0"), openapi)
        assert sent(module, p="x y").sent[0].url == f"https://api.example/things?{query}"

    def test_a_whole_query_that_is_absent_is_left_out(self) -> None:
        openapi = api(
            operation="parameters: [{name: q, in: querystring, content: {application/json: {}}}]"
        ).replace("3.1.0", "3.2.0")
        arazzo = call("[{name: q, in: querystring, value: $inputs.p}]", "{p: {type: object}}")
        module = compile_workflow(workflow(arazzo, version="1.1.0"), openapi)
        assert sent(module).sent[0].url == "https://api.example/things"

    def test_a_path_parameter_without_items_is_not_sent(self) -> None:
        openapi = api(
            path="/things/{p}",
            operation="parameters: [{name: p, in: path, required: true, schema: {}}]",
        )
        module = compile_workflow(
            call("[{name: p, in: path, value: $inputs.p}]", "{p: {type: array}}", "[p]"), openapi
        )
        error, script = module.fail(p=[])
        assert script.sent == []
        assert str(error) == "step call: $inputs.p has no value, so nothing was sent"
        error, script = module.fail(p=[None])
        assert script.sent == []
        assert str(error) == "step call: a path segment needs a value, so nothing was sent"
        assert errors(compile_text(call("[{name: p, in: path, value: []}]"), openapi)) == ["AZ311"]

    @pytest.mark.parametrize("location", ["query", "header", "path", "cookie"])
    def test_a_form_within_a_parameter_is_one_text(self, location: str) -> None:
        form = "application/x-www-form-urlencoded"
        path = "/c/{p}" if location == "path" else "/c"
        required = "required: true, " if location == "path" else ""
        openapi = api(
            path=path,
            operation=f"parameters: [{{name: p, in: {location}, {required}content: {{{form}: {{}}}}}}]",
        )
        value = "{a: $inputs.x, b: 'c d'}"
        module = compile_workflow(
            call(
                f"[{{name: p, in: {location}, value: {value}}}]", inputs="{x: {}}", required="[x]"
            ),
            openapi,
        )
        request = sent(module, x=1).sent[0]
        assert {
            "query": request.query == [("p", "a=1&b=c+d")],
            "header": request.headers.get("p") == "a=1&b=c+d",
            "path": request.path == "/c/a%3D1%26b%3Dc%2Bd",
            "cookie": request.headers.get("Cookie") == "p=a=1&b=c+d",
        }[location]


class TestBodies:
    def body(self, content: str, payload: str, *, type_: str = "", **inputs: object) -> Script:
        openapi = api(method="post", operation=f"requestBody: {{content: {content}}}")
        stated = f"contentType: {type_}, " if type_ else ""
        arazzo = call(
            inputs="{x: {}}",
            required="[x]",
            body=f"{{{stated}payload: {payload}}}",
        )
        return sent(compile_workflow(arazzo, openapi), **{"x": 1, **inputs})

    def test_the_operation_s_only_content_type_is_taken(self) -> None:
        script = self.body("{application/merge-patch+json: {schema: {}}}", "{a: $inputs.x}")
        assert script.sent[0].headers == {"Content-Type": "application/merge-patch+json"}
        assert script.sent[0].json == {"a": 1}

    @pytest.mark.parametrize(
        ("described", "said"),
        [
            ("application/json; odata=verbose", "application/json; odata=verbose"),
            ("Application/JSON;charset=UTF-8", "application/json; charset=UTF-8"),
            ('application/json; profile="a b"', 'application/json; profile="a b"'),
            ("application/json; charset=iso-8859-1; v=2", "application/json; v=2"),
            ("application/json;", "application/json"),
            ("application/json; v", "application/json"),
        ],
    )
    def test_the_operation_s_content_type_is_sent_with_its_parameters(
        self, described: str, said: str
    ) -> None:
        script = self.body(f"{{'{described}': {{schema: {{}}}}}}", "{a: $inputs.x}")
        assert script.sent[0].headers == {"Content-Type": said}

    def test_else_its_json_one(self) -> None:
        content = "{text/plain: {schema: {}}, application/vnd.x+json: {schema: {}}}"
        script = self.body(content, "{a: $inputs.x}")
        assert script.sent[0].headers == {"Content-Type": "application/vnd.x+json"}

    def test_the_step_s_content_type_goes_before_all(self) -> None:
        content = "{application/json: {schema: {}}, text/plain: {schema: {}}}"
        script = self.body(content, "'<{$inputs.x}>'", type_="text/plain; charset=utf-8")
        assert script.sent[0].headers == {"Content-Type": "text/plain; charset=utf-8"}
        assert script.sent[0].body == b"<1>"

    def test_json_keeps_types_and_characters(self) -> None:
        payload = "{n: null, t: true, f: 1.0, i: 12, s: 'é\"', l: [$inputs.x], o: {}}"
        script = self.body("{application/json: {schema: {}}}", payload, x=[None, False])
        assert script.sent[0].body == (
            '{"n":null,"t":true,"f":1.0,"i":12,"s":"é\\"","l":[[null,false]],"o":{}}'.encode()
        )

    def test_forms_are_url_encoded(self) -> None:
        content = "{application/x-www-form-urlencoded: {schema: {}}}"
        script = self.body(content, "{a: $inputs.x, b: [1, 'c d'], t: true}", x="é&")
        assert script.sent[0].headers == {"Content-Type": "application/x-www-form-urlencoded"}
        assert script.sent[0].body is not None
        assert parse_qs(script.sent[0].body.decode()) == {
            "a": ["é&"],
            "b": ["1", "c d"],
            "t": ["true"],
        }

    def test_xml_and_text_are_text(self) -> None:
        script = self.body("{application/xml: {schema: {}}}", "'<a>{$inputs.x}</a>'", x="é")
        assert script.sent[0].body == "<a>é</a>".encode()

    def test_a_content_type_that_a_parameter_states_is_sent_once(self) -> None:
        openapi = api(
            method="post", operation="requestBody: {content: {application/json: {schema: {}}}}"
        )
        arazzo = call(
            "[{name: content-type, in: header, value: application/json; v=2}]",
            body="{payload: {a: 1}}",
        )
        script = sent(compile_workflow(arazzo, openapi))
        assert script.sent[0].headers == {"content-type": "application/json; v=2"}

    def test_a_missing_required_body_is_an_error(self) -> None:
        openapi = api(
            method="post",
            operation="requestBody: {required: true, content: {application/json: {schema: {}}}}",
        )
        assert errors(compile_text(call(), openapi)) == ["AZ320"]

    def test_a_content_type_that_the_operation_does_not_take_is_told(self) -> None:
        openapi = api(
            method="post", operation="requestBody: {content: {application/json: {schema: {}}}}"
        )
        result = compile_text(call(body="{contentType: text/plain, payload: x}"), openapi)
        assert told(result) == [
            "AZ321 operation `call` does not take `text/plain` => it takes `application/json`"
        ]


class TestSecurity:
    def module(self, scheme: str, parameters: str = "") -> Compiled:
        components = f"{{securitySchemes: {{auth: {scheme}}}}}"
        return compile_workflow(
            call(parameters), api(components=components, operation="security: [{auth: []}]")
        )

    @pytest.mark.parametrize(
        "scheme",
        [
            "{type: http, scheme: bearer}",
            "{type: oauth2, flows: {clientCredentials: {tokenUrl: https://t.example, scopes: {}}}}",
            "{type: openIdConnect, openIdConnectUrl: https://t.example}",
        ],
    )
    def test_tokens_are_bearer_tokens(self, scheme: str) -> None:
        script = sent(self.module(scheme), **TOKEN)
        assert script.sent[0].headers == {"Authorization": "Bearer t"}

    def test_basic_credentials_are_a_user_name_and_a_password(self) -> None:
        script = sent(self.module("{type: http, scheme: basic}"), username="me", password="s:cret")
        assert script.sent[0].headers == {"Authorization": "Basic bWU6czpjcmV0"}

    def test_an_api_key_goes_where_the_scheme_says(self) -> None:
        script = sent(self.module("{type: apiKey, in: header, name: X-Key}"), api_key="k y")
        assert script.sent[0].headers == {"X-Key": "k y"}
        script = sent(self.module("{type: apiKey, in: query, name: key}"), api_key="k y")
        assert script.sent[0].url == "https://api.example/things?key=k%20y"
        script = sent(self.module("{type: apiKey, in: cookie, name: key}"), api_key="k;y")
        assert script.sent[0].headers == {"Cookie": "key=k%3By"}

    def test_credentials_are_required(self) -> None:
        with pytest.raises(TypeError, match="bearer_token"):
            self.module("{type: http, scheme: bearer}").run()

    def test_a_scheme_that_a_parameter_fills_asks_for_nothing(self) -> None:
        module = self.module(
            "{type: http, scheme: bearer}", "[{name: Authorization, in: header, value: mine}]"
        )
        assert sent(module).sent[0].headers == {"Authorization": "mine"}
        module = self.module(
            "{type: apiKey, in: query, name: key}", "[{name: key, in: query, value: mine}]"
        )
        assert sent(module).sent[0].query == [("key", "mine")]

    def test_a_header_with_all_cookies_fills_those_that_are_keys(self) -> None:
        module = self.module(
            "{type: apiKey, in: cookie, name: sid}",
            "[{name: Cookie, in: header, value: sid=mine; lang=eo}]",
        )
        assert sent(module).sent[0].headers == {"Cookie": "sid=mine; lang=eo"}

    def test_schemes_that_are_asked_for_together_all_become_keywords(self) -> None:
        key = "{type: apiKey, in: header, name: X-Key}"
        components = f"{{securitySchemes: {{a: {{type: http, scheme: bearer}}, b: {key}}}}}"
        module = compile_workflow(
            call(), api(components=components, operation="security: [{a: [], b: []}]")
        )
        script = sent(module, **TOKEN, api_key="k")
        assert script.sent[0].headers == {"Authorization": "Bearer t", "X-Key": "k"}

    @pytest.mark.parametrize(
        ("schemes", "given", "headers"),
        [
            (
                "a: {type: apiKey, in: header, name: X-Key},"
                " b: {type: apiKey, in: header, name: X-Application}",
                {"x_key": "k", "x_application": "a"},
                {"X-Key": "k", "X-Application": "a"},
            ),
            (
                "userKey: {type: apiKey, in: header, name: Authorization},"
                " b: {type: apiKey, in: header, name: X-Application}",
                {"user_key": "k", "x_application": "a"},
                {"Authorization": "k", "X-Application": "a"},
            ),
        ],
    )
    def test_schemes_of_one_kind_have_keywords_that_tell_them_apart(
        self, schemes: str, given: dict[str, str], headers: dict[str, str]
    ) -> None:
        components = f"{{securitySchemes: {{{schemes}}}}}"
        asked = [part.split(":")[0].strip() for part in schemes.split("},")]
        security = f"security: [{{{', '.join(f'{name}: []' for name in asked)}}}]"
        module = compile_workflow(call(), api(components=components, operation=security))
        assert sent(module, **given).sent[0].headers == headers

    def test_tokens_of_several_schemes_are_named_after_these(self) -> None:
        components = (
            "{securitySchemes: {user: {type: http, scheme: bearer}, appToken: {type: oauth2,"
            " flows: {implicit: {authorizationUrl: https://t.example, scopes: {}}}}}}"
        )
        operation = "security: [{user: []}]"
        openapi = api(components=components, operation=operation).replace(
            "paths:",
            "paths:\n  /app: {get: {operationId: app, security: [{appToken: []}],"
            " responses: {'200': {description: Good.}}}}",
        )
        text = f"{call()}\n  - {{stepId: app, operationId: app}}"
        _, script = compile_workflow(text, openapi).run(
            Answer(200), Answer(200), user_token="u", app_token="a"
        )
        assert [each.headers for each in script.sent] == [
            {"Authorization": "Bearer u"},
            {"Authorization": "Bearer a"},
        ]

    def test_schemes_that_go_into_one_place_are_one_keyword(self) -> None:
        flows = "flows: {implicit: {authorizationUrl: https://t.example, scopes: {}}}"
        oauth = f"{{type: oauth2, {flows}}}"
        module = compile_workflow(
            call(),
            api(
                components=f"{{securitySchemes: {{a: {oauth}, b: {oauth}}}}}",
                operation="security: [{a: [], b: []}]",
            ),
        )
        assert sent(module, **TOKEN).sent[0].headers == {"Authorization": "Bearer t"}

    def test_optional_security_asks_for_nothing(self) -> None:
        components = "{securitySchemes: {auth: {type: http, scheme: bearer}}}"
        module = compile_workflow(
            call(), api(components=components, operation="security: [{auth: []}, {}]")
        )
        assert sent(module).sent[0].headers == {}

    def test_an_operation_can_turn_the_document_s_security_off(self) -> None:
        components = "{securitySchemes: {auth: {type: http, scheme: bearer}}}"
        document = "security: [{auth: []}]"
        module = compile_workflow(
            call(), api(components=components, more=document, operation="security: []")
        )
        assert sent(module).sent[0].headers == {}
        module = compile_workflow(call(), api(components=components, more=document))
        assert sent(module, **TOKEN).sent[0].headers == {"Authorization": "Bearer t"}


def test_sources_that_both_ask_for_credentials_have_keywords_of_their_own(tmp_path: Path) -> None:
    components = "{securitySchemes: {auth: {type: http, scheme: bearer}}}"
    for name in ("one", "two"):
        text = api(components=components, operation="security: [{auth: []}]").replace(
            "example", name
        )
        (tmp_path / f"{name}.yaml").write_text(text)
    (tmp_path / "both.arazzo.yaml").write_text("""
arazzo: 1.0.1
info: {title: T, version: '1'}
sourceDescriptions: [{name: one, url: one.yaml}, {name: two, url: two.yaml}]
workflows:
  - workflowId: flow
    steps:
      - {stepId: a, operationId: $sourceDescriptions.one.call}
      - {stepId: b, operationId: $sourceDescriptions.two.call}
      - {stepId: c, operationId: $sourceDescriptions.one.call}
""")
    (module,) = compile_documents([tmp_path / "both.arazzo.yaml"]).modules
    _, script = Compiled(module.source).run(
        Answer(200), Answer(200), Answer(200), one_bearer_token="1", two_bearer_token="2"
    )
    assert [(each.url, each.headers["Authorization"]) for each in script.sent] == [
        ("https://api.one/things", "Bearer 1"),
        ("https://api.two/things", "Bearer 2"),
        ("https://api.one/things", "Bearer 1"),
    ]


class TestSecrets:
    """A secret is never in a log line, an error's text or a `repr`."""

    HIDDEN = "hunter2"

    def shown(self, error: BaseException) -> str:
        """All that users see of an error, and of what it carries."""
        parts = [str(error), repr(error), str(error.args)]
        parts += [repr(value) for value in vars(error).values()]
        return "\n".join(parts)

    def test_credentials_are_in_no_error(self) -> None:
        components = "{securitySchemes: {auth: {type: http, scheme: bearer}}}"
        module = compile_workflow(
            call(), api(components=components, operation="security: [{auth: []}]")
        )
        error, script = module.fail(Answer(401), bearer_token=self.HIDDEN)
        assert script.sent[0].headers == {"Authorization": f"Bearer {self.HIDDEN}"}
        assert self.HIDDEN not in self.shown(error)

    def test_a_key_in_the_query_is_in_no_error(self) -> None:
        components = "{securitySchemes: {auth: {type: apiKey, in: query, name: key}}}"
        module = compile_workflow(
            call(), api(components=components, operation="security: [{auth: []}]")
        )
        error, script = module.fail(Answer(401), api_key=self.HIDDEN)
        assert self.HIDDEN in script.sent[0].url
        assert self.HIDDEN not in self.shown(error)

    @pytest.mark.parametrize(
        "inputs", ["{code: {type: string, format: password}}", "{accessToken: {type: string}}"]
    )
    def test_secret_inputs_are_no_operands(self, inputs: str) -> None:
        name = inputs[1:].partition(":")[0]
        module = compile_workflow(f"""
            inputs: {{type: object, required: [{name}], properties: {inputs}}}
            steps:
              - stepId: list
                operationId: list
                successCriteria: [{{condition: $response.body#/a == $inputs.{name}}}]
            """)
        keyword = {"accessToken": "access_token"}.get(name, name)
        error, _ = module.fail(Answer(200, {"a": 1}), **{keyword: self.HIDDEN})
        assert self.HIDDEN not in self.shown(error)
        assert error.operands == {"$response.body#/a": 1}

    @pytest.mark.parametrize("pointer", ["access_token", "clientSecret", "apiKey", "password"])
    def test_secret_members_of_a_response_are_no_operands(self, pointer: str) -> None:
        module = compile_workflow(f"""
            steps:
              - stepId: list
                operationId: list
                successCriteria: [{{condition: $response.body#/{pointer} == 'x'}}]
            """)
        error, _ = module.fail(Answer(200, {pointer: self.HIDDEN}))
        assert self.HIDDEN not in self.shown(error)

    def test_secret_headers_are_no_operands(self) -> None:
        module = compile_workflow("""
            steps:
              - stepId: list
                operationId: list
                successCriteria: [{condition: $response.header.Set-Cookie == 'x'}]
            """)
        error, _ = module.fail(Answer(200, {}, {"Set-Cookie": self.HIDDEN}))
        assert self.HIDDEN not in self.shown(error)

    def test_secret_outputs_are_in_no_repr_and_in_no_error(self) -> None:
        module = compile_workflow("""
            steps:
              - {stepId: login, operationId: list, outputs: {token: $response.body#/t}}
              - {stepId: list, operationId: list}
            outputs: {token: $steps.login.outputs.token}
            """)
        result, _ = module.run(Answer(200, {"t": self.HIDDEN}), Answer(200, []))
        assert result.token == self.HIDDEN
        assert self.HIDDEN not in repr(result)
        error, _ = module.fail(Answer(200, {"t": self.HIDDEN}), Answer(500))
        assert self.HIDDEN not in self.shown(error)

    def test_a_secret_under_another_name_stays_one(self) -> None:
        module = compile_workflow("""
            inputs: {type: object, required: [password], properties: {password: {type: string}}}
            steps:
              - {stepId: login, operationId: list, outputs: {plain: $inputs.password}}
              - stepId: list
                operationId: list
                successCriteria: [{condition: $response.body#/a == $steps.login.outputs.plain}]
            outputs: {plain: $steps.login.outputs.plain}
            """)
        result, _ = module.run(Answer(200), Answer(200, {"a": self.HIDDEN}), password=self.HIDDEN)
        assert self.HIDDEN not in repr(result)
        error, _ = module.fail(Answer(200), Answer(200, {"a": 1}), password=self.HIDDEN)
        assert self.HIDDEN not in self.shown(error)

    def test_bodies_and_headers_are_in_no_repr(self) -> None:
        module = compile_workflow(
            call(
                "[{name: X-Api-Key, in: header, value: $inputs.k}]",
                "{k: {type: string}}",
                "[k]",
                "{payload: {password: $inputs.k}}",
            ),
            api(
                method="post",
                operation="requestBody: {content: {application/json: {schema: {}}}}\n"
                "parameters: [{name: X-Api-Key, in: header, schema: {type: string}}]",
            ),
        )
        error, script = module.fail(Answer(500, {"echo": self.HIDDEN}), k=self.HIDDEN)
        assert script.sent[0].json == {"password": self.HIDDEN}
        assert self.HIDDEN not in self.shown(error)

    def test_an_object_that_holds_a_token_is_in_no_repr(self) -> None:
        openapi = """
            openapi: 3.1.0
            info: {title: T, version: 1.0.0}
            servers: [{url: https://api.example}]
            paths:
              /login:
                post:
                  operationId: login
                  responses:
                    '200':
                      description: Done.
                      content:
                        application/json:
                          schema:
                            type: object
                            required: [session]
                            properties:
                              session:
                                type: object
                                properties: {accessToken: {type: string}, user: {type: string}}
            """
        module = compile_workflow(
            """
            steps:
              - stepId: login
                operationId: login
                outputs: {all: $response.body, session: $response.body#/session}
            outputs: {all: $steps.login.outputs.all, session: $steps.login.outputs.session}
            """,
            openapi,
        )
        outputs, _ = module.run(Answer(200, {"session": {"accessToken": self.HIDDEN}}))
        assert outputs.session["accessToken"] == self.HIDDEN
        assert self.HIDDEN not in repr(outputs)

    def test_nothing_is_logged(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)
        module = compile_workflow("steps: [{stepId: list, operationId: list}]")
        module.fail(Answer(500))
        assert caplog.records == []
        assert "logging" not in sys.modules.get(module.module.__name__, module).__dict__
