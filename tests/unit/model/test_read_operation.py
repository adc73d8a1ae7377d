"""What is read of an operation, and what users are told of its faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from arazzoc.model.openapi import ApiKey, HttpScheme, Server, TokenScheme
from arazzoc.model.read_operation import read_operation

from .reading import description, operation, told


def test_parameters_of_path_and_operation(tmp_path: Path) -> None:
    read, found = operation(
        tmp_path,
        """\
        openapi: 3.0.3
        paths:
          /pets/{id}:
            parameters:
              - {name: id, in: path, required: true, schema: {type: string}}
              - {name: limit, in: query, schema: {type: integer}}
            get:
              parameters:
                - {name: limit, in: query, required: true, schema: {type: string}}
                - $ref: '#/components/parameters/Tags'
                - {name: Authorization, in: header, required: true, schema: {}}
                - {name: c, in: cookie, schema: {}}
                - {name: f, in: query, content: {application/json: {schema: {type: object}}}}
        components:
          parameters:
            Tags: {name: tags, in: query, explode: false, style: pipeDelimited, allowReserved: true}
        """,
    )
    assert not found
    assert [
        (each.name, each.location, each.required, each.style, each.explode)
        for each in read.parameters
    ] == [
        ("id", "path", True, "simple", False),
        ("limit", "query", True, "form", True),
        ("tags", "query", False, "pipeDelimited", False),
        ("Authorization", "header", False, "simple", False),
        ("c", "cookie", False, "form", True),
        ("f", "query", False, "form", True),
    ]
    limit = read.parameter("limit", "query")
    assert limit is not None
    assert limit.schema is not None
    assert limit.schema.value == {"type": "string"}
    assert read.parameters[2].allow_reserved
    content = read.parameters[5].content
    assert content is not None
    assert content.name == "application/json"


def test_faults_of_parameters(tmp_path: Path) -> None:
    read, found = operation(
        tmp_path,
        """\
        openapi: 3.0.3
        paths:
          /pets:
            get:
              parameters:
                - $ref: '#/components/parameters/Limt'
                - {in: query}
                - {name: q}
                - {name: b, in: body}
                - {name: m, in: query, style: matrix}
              responses: []
        components:
          parameters:
            Limit: {name: limit, in: query}
        """,
    )
    assert found == [
        (
            "6:17 warning AZ604 the reference `#/components/parameters/Limt` leads nowhere:"
            " `/components/parameters` has no `Limt` => did you mean `Limit`?"
        ),
        "7:11 warning AZ605 the parameter has no `name` => it is left out",
        "8:11 warning AZ605 the parameter has no `in` => it is left out",
        (
            "9:25 warning AZ605 parameter `b` is in `body`, which is no place for a parameter"
            " => it is left out"
        ),
        (
            "10:39 warning AZ605 parameter `m` in `query` cannot have the style `matrix`"
            " => it is sent in the style `form`"
        ),
        "11:18 warning AZ605 `responses` must be a mapping",
    ]
    assert [each.name for each in read.parameters] == ["m"]


def test_bodies_and_responses(tmp_path: Path) -> None:
    read, found = operation(
        tmp_path,
        """\
        openapi: 3.1.0
        paths:
          /pets:
            post:
              operationId: create
              summary: Creates.
              deprecated: true
              requestBody: {$ref: 'parts.yaml#/body'}
              responses:
                201: {$ref: '#/components/responses/Made'}
                4xx: {description: Bad, content: {}}
                default: {$ref: '#/components/responses/Gone'}
                x-note: 1
        components:
          responses:
            Made:
              description: Made
              headers:
                Location: {required: true, schema: {type: string}}
                content-type: {schema: {type: string}}
              content:
                application/json; charset=utf-8: {schema: {$ref: '#/components/schemas/Pet'}}
                Application/JSON: {}
        """,
        parts="body: {required: true, content: {text/csv: {}, application/xml: {schema: {}}}}\n",
    )
    assert found == [
        (
            "12:25 warning AZ604 the reference `#/components/responses/Gone` leads nowhere:"
            " `/components/responses` has no `Gone`"
        )
    ]
    assert (read.operation_id, read.method, read.path) == ("create", "POST", "/pets")
    assert (read.summary, read.deprecated, read.version) == ("Creates.", True, "3.1.0")
    assert read.body is not None
    assert read.body.required
    assert [each.name for each in read.body.content] == ["text/csv", "application/xml"]
    assert [each.status for each in read.responses] == ["201", "4XX"]
    made = read.response(201)
    assert made is not None
    assert [each.name for each in made.content] == ["application/json"]
    assert [(each.name, each.required) for each in made.headers] == [("Location", True)]
    bad = read.response(404)
    assert bad is not None
    assert bad.status == "4XX"
    assert read.response(302) is None


def test_a_body_that_is_not_there_makes_the_request_impossible(tmp_path: Path) -> None:
    api, findings = description(
        tmp_path,
        "openapi: 3.1.0\npaths: {/a: {post: {requestBody: {$ref: '#/components/x'}}}}\n",
    )
    assert read_operation(api, api.sites[0], "pets", findings) is None
    assert [told(found) for found in findings.sorted()] == [
        (
            "2:41 AZ604 the reference `#/components/x` leads nowhere:"
            " the document has no `components`"
        )
    ]


OPERATION = "paths: {/a: {get: {responses: {}}}}\n"


@pytest.mark.parametrize(
    ("servers", "expected"),
    [
        ("", [Server("", relative=True)]),
        ("servers: []\n", [Server("", relative=True)]),
        ("servers: [{url: 'https://a.example/v1/'}]\n", [Server("https://a.example/v1")]),
        ("servers: [{url: /v1}]\n", [Server("/v1", relative=True)]),
        ("servers: [{url: //a.example}]\n", [Server("https://a.example")]),
        (
            "servers: [{url: '{s}://a.example:{p}', variables: {s: {default: http}, p: {default: 80}}}]\n",
            [Server("http://a.example:80")],
        ),
    ],
)
def test_servers(tmp_path: Path, servers: str, expected: list[Server]) -> None:
    read, found = operation(tmp_path, f"openapi: 3.1.0\n{servers}{OPERATION}")
    assert not found
    assert list(read.servers) == expected


def test_the_nearest_servers_win(tmp_path: Path) -> None:
    read, _ = operation(
        tmp_path,
        """\
        openapi: 3.1.0
        servers: [{url: https://document.example}]
        paths:
          /a:
            servers: [{url: https://path.example}]
            get: {servers: [{url: https://operation.example}, {url: https://other.example}]}
        """,
    )
    assert [each.url for each in read.servers] == [
        "https://operation.example",
        "https://other.example",
    ]


def test_a_server_that_cannot_be_completed(tmp_path: Path) -> None:
    read, found = operation(
        tmp_path, f"openapi: 3.1.0\nservers: [{{url: 'https://{{tenant}}.example'}}]\n{OPERATION}"
    )
    assert found == [
        (
            "2:17 warning AZ607 variable `tenant` of the server's URL has no default"
            " => give it a `default`, or pass the server's URL when calling the workflow"
        )
    ]
    assert read.servers == ()


SCHEMES = """\
components:
  securitySchemes:
    basic: {type: http, scheme: Basic}
    key: {type: apiKey, in: header, name: X-Key}
    token: {type: oauth2, flows: {clientCredentials: {tokenUrl: /token, scopes: {}}}}
    open: {type: openIdConnect, openIdConnectUrl: https://a.example}
    tls: {type: mutualTLS}
    odd: {type: apiKey, in: body, name: x}
"""


@pytest.mark.parametrize(
    ("security", "expected"),
    [
        ("[]", []),
        ("[{basic: []}]", [(HttpScheme("basic", "basic"),)]),
        ("[{key: []}, {}]", [(ApiKey("key", "header", "X-Key"),), ()]),
        (
            "[{token: [a], key: []}]",
            [
                (
                    TokenScheme("token", "oauth2", token_url="/token"),
                    ApiKey("key", "header", "X-Key"),
                )
            ],
        ),
        ("[{open: []}, {tls: []}]", [(TokenScheme("open", "openIdConnect"),), ()]),
    ],
)
def test_security(tmp_path: Path, security: str, expected: list[object]) -> None:
    head = "openapi: 3.1.0\nsecurity: [{basic: []}]\n"
    own, found = operation(
        tmp_path, f"{head}paths: {{/a: {{get: {{security: {security}}}}}}}\n{SCHEMES}"
    )
    assert not found
    assert list(own.security) == expected


def test_the_documents_security_is_the_default(tmp_path: Path) -> None:
    read, _ = operation(
        tmp_path, f"openapi: 3.1.0\nsecurity: [{{basic: []}}]\n{OPERATION}{SCHEMES}"
    )
    assert read.security == ((HttpScheme("basic", "basic"),),)


def test_faults_of_security(tmp_path: Path) -> None:
    read, found = operation(
        tmp_path,
        "openapi: 3.1.0\npaths: {/a: {get: {security: [{kee: []}, {nothing: []}, {odd: []}, x]}}}\n"
        + SCHEMES,
    )
    assert found == [
        "2:32 warning AZ606 security scheme `kee` is not defined => did you mean `key`?",
        (
            "2:43 warning AZ606 security scheme `nothing` is not defined"
            " => the alternative that asks for it is left out"
        ),
        "2:68 warning AZ605 a security requirement must be a mapping",
        (
            "10:10 warning AZ605 security scheme `odd` is incomplete or of an unknown type"
            " => the alternative that asks for it is left out"
        ),
    ]
    assert read.security == ()


def test_swagger_in_the_same_shape(tmp_path: Path) -> None:
    read, found = operation(
        tmp_path,
        """\
        swagger: '2.0'
        host: a.example
        basePath: /v1/
        schemes: [http, https]
        consumes: [application/json]
        produces: [application/json, text/csv]
        security: [{basic: []}]
        securityDefinitions:
          basic: {type: basic}
        paths:
          /pets/{id}:
            post:
              parameters:
                - {name: id, in: path, type: string}
                - {name: a, in: query, type: array, collectionFormat: multi, items: {type: string}}
                - {name: b, in: query, type: array, items: {type: string}}
                - {name: c, in: query, type: array, collectionFormat: pipes, items: {type: string}}
                - {name: d, in: header, type: array, items: {type: string}}
                - {name: e, in: query, type: array, collectionFormat: odd}
                - {name: pet, in: body, required: true, schema: {type: object}}
              responses:
                200: {description: ok, schema: {type: string}, headers: {X-A: {type: integer}}}
                204: {description: none}
        """,
    )
    assert found == [
        (
            "19:63 warning AZ605 `collectionFormat` of parameter `e` cannot be `odd`"
            " => it is sent as `csv`"
        )
    ]
    assert [(each.name, each.style, each.explode, each.required) for each in read.parameters] == [
        ("id", "simple", False, True),
        ("a", "form", True, False),
        ("b", "form", False, False),
        ("c", "pipeDelimited", False, False),
        ("d", "simple", False, False),
        ("e", "form", False, False),
    ]
    assert [each.url for each in read.servers] == ["https://a.example/v1", "http://a.example/v1"]
    assert read.security == ((HttpScheme("basic", "basic"),),)
    assert read.body is not None
    assert [each.name for each in read.body.content] == ["application/json"]
    assert read.body.content[0].schema is not None
    ok = read.response(200)
    assert ok is not None
    assert [each.name for each in ok.content] == ["application/json", "text/csv"]
    assert ok.headers[0].schema is not None
    none = read.response(204)
    assert none is not None
    assert none.content == ()


@pytest.mark.parametrize(
    ("consumes", "kind", "expected"),
    [
        ("", "string", ["application/x-www-form-urlencoded"]),
        ("", "file", ["multipart/form-data"]),
        ("consumes: [multipart/form-data, text/csv], ", "string", ["multipart/form-data"]),
    ],
)
def test_forms_of_swagger(tmp_path: Path, consumes: str, kind: str, expected: list[str]) -> None:
    field = f"{{name: f, in: formData, required: true, type: {kind}}}"
    read, found = operation(
        tmp_path,
        f"swagger: '2.0'\npaths: {{/a: {{post: {{{consumes}parameters: [{field}]}}}}}}\n",
    )
    assert not found
    assert read.parameters == ()
    assert read.body is not None
    assert read.body.required
    assert [each.name for each in read.body.content] == expected
    assert [each.url for each in read.servers] == [""]


def test_a_whole_query_string_as_one_parameter(tmp_path: Path) -> None:
    read, found = operation(
        tmp_path,
        "openapi: 3.2.0\npaths: {/a: {get: {parameters: [{name: q, in: querystring, "
        "content: {application/x-www-form-urlencoded: {schema: {type: object}}}}]}}}\n",
    )
    assert not found
    assert [(each.name, each.location) for each in read.parameters] == [("q", "querystring")]
