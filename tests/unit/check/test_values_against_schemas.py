"""What users see of values that the schemas of a description do not take, and of those that they may."""

from __future__ import annotations

import pytest

from tests.compiling import compile_text, told

API = """
openapi: OPENAPI
info: {title: T, version: '1'}
servers: [{url: https://api.example}]
paths:
  /things:
    get:
      operationId: list
      parameters:
        - {name: it, in: query, schema: SCHEMA}
      responses: {'200': {description: Fine., content: {application/json: {schema: {type: object}}}}}
    post:
      operationId: make
      requestBody: {content: {TYPE: {schema: SCHEMA}}}
      responses: {'200': {description: Fine.}}
"""
INPUTS = """
inputs:
  type: object
  required: [text, count, flag, size, many, level]
  properties:
    text: {type: string}
    count: {type: integer}
    flag: {type: boolean}
    size: {type: number}
    many: {type: array, items: {type: string}}
    level: {enum: [low, mid]}
"""


def query(schema: str, value: str) -> list[str]:
    """The findings for a query parameter of that schema and value."""
    step = "{stepId: list, operationId: list, parameters: [{name: it, in: query, value: %s}]}"
    return _found(step % value, schema, "application/json")


def payload(schema: str, value: str, *, media: str = "application/json") -> list[str]:
    """The findings for a payload of that schema."""
    body = f"{{contentType: {media}, payload: {value}}}"
    return _found(f"{{stepId: make, operationId: make, requestBody: {body}}}", schema, media)


def _found(step: str, schema: str, media: str, version: str = "3.1.0") -> list[str]:
    api = API.replace("OPENAPI", version).replace("SCHEMA", schema).replace("TYPE", media)
    return told(compile_text(f"{INPUTS}\nsteps: [{step}]", api))


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ("{type: integer}", "'10'"),
        ("{type: string}", "10"),
        ("{type: boolean}", "'true'"),
        ("{type: boolean}", "$inputs.text"),
        ("{type: integer}", "$inputs.text"),
        ("{type: integer}", "$inputs.size"),
        ("{type: string}", "$inputs.flag"),
        ("{type: [integer, 'null']}", "5"),
        ("{type: array, items: {type: string}}", "'a,b'"),
        ("{type: array, items: {type: string}}", "[a, b]"),
        ("{enum: ['1', '2']}", "1"),
        ("{enum: [mid, high]}", "$inputs.level"),
        ("{type: string, format: date}", "'2026-02-28'"),
        ("{type: string, format: date-time}", "'2026-02-28T10:00:60.5+01:00'"),
        ("{type: string, format: of-my-own}", "x"),
        ("{type: string, pattern: '^a+$'}", "aaa"),
        ("{type: string, pattern: '(('}", "aaa"),
        ("{type: string, pattern: '^(a+)+\\1c$'}", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"),
        ("{type: number, multipleOf: 0.1}", "0.3"),
        ("{oneOf: [{type: integer}, {type: boolean}]}", "x"),
        ("{type: nonsense}", "x"),
        ("{}", "x"),
    ],
)
def test_a_parameter_that_may_be_right_raises_nothing(schema: str, value: str) -> None:
    assert query(schema, value) == []


@pytest.mark.parametrize(
    ("schema", "value", "expected"),
    [
        ("{type: integer}", "many", 'AZ313 query parameter `it` takes an integer, not `"many"`'),
        ("{type: integer}", "1.5", "AZ313 query parameter `it` takes an integer, not `1.5`"),
        (
            "{anyOf: [{type: integer}, {type: 'null'}]}",
            "many",
            'AZ313 query parameter `it` takes an integer, not `"many"`',
        ),
        (
            "{allOf: [{type: integer, maximum: 9}]}",
            "10",
            "AZ313 query parameter `it` takes 9 or less, not `10`",
        ),
        (
            "{type: integer, minimum: 0, exclusiveMinimum: true}",
            "0",
            "AZ313 query parameter `it` takes more than 0, not `0`",
        ),
        (
            "{type: integer, format: int32}",
            "3000000000",
            "AZ313 query parameter `it` takes a number from -2147483648 to 2147483647, not `3000000000`",
        ),
        (
            "{type: string, format: date}",
            "'2026-02-30'",
            'AZ313 query parameter `it` takes a date such as `2026-01-31`, not `"2026-02-30"`',
        ),
        ("{type: string, format: uuid}", "x", 'AZ313 query parameter `it` takes a UUID, not `"x"`'),
        (
            "{type: string, pattern: '^a+$'}",
            "ab",
            'AZ313 query parameter `it` takes text that matches `^a+$`, not `"ab"`',
        ),
        (
            "{type: string, maxLength: 1}",
            "ab",
            'AZ313 query parameter `it` takes at most 1 character, not `"ab"`',
        ),
        (
            "{type: array, items: {enum: [a, b]}, minItems: 2}",
            "[a]",
            "AZ313 query parameter `it` takes at least 2 items, not a list of 1",
        ),
        (
            "{type: array, items: {enum: [a, b]}}",
            "[a, c]",
            'AZ313 an item of query parameter `it` takes one of `"a"`, `"b"`, not `"c"`',
        ),
        (
            "{type: integer}",
            "$inputs.flag",
            "AZ314 query parameter `it` takes an integer, not `$inputs.flag`, which is `true` or `false`",
        ),
        (
            "{enum: [high, top]}",
            "$inputs.level",
            'AZ314 query parameter `it` takes one of `"high"`, `"top"`, not `$inputs.level`, '
            'which is one of `"low"`, `"mid"`',
        ),
    ],
)
def test_a_parameter_that_its_schema_does_not_take(schema: str, value: str, expected: str) -> None:
    (message,) = query(schema, value)
    assert message.partition(" => ")[0] == expected


def test_what_a_secret_is_written_as_is_not_repeated() -> None:
    (message,) = payload("{properties: {password: {minLength: 9}}}", "{password: hunter2}")
    assert "hunter2" not in message


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ("{required: [a], properties: {a: {type: string, readOnly: true}}}", "{}"),
        ("{required: [a], properties: {a: {type: string, default: x}}}", "{}"),
        ("{required: [a], properties: {a: {type: string}}}", "{a: $inputs.text}"),
        ("{properties: {name: {}}}", "{other: 1}"),
        ("{properties: {name: {}}, additionalProperties: {type: string}}", "{nama: x}"),
        ("{properties: {name: {}}, patternProperties: {'^n': {}}}", "{nama: x}"),
        ("{properties: {name: {}}, anyOf: [{properties: {nama: {}}}, {}]}", "{nama: x}"),
        ("{allOf: [{additionalProperties: false, properties: {a: {}}}]}", "{b: 1}"),
        ("{properties: {a: {type: number}}}", "{a: $inputs.count}"),
        ("{properties: {a: {type: integer}}}", "{a: 2.0}"),
        ("{properties: {a: {enum: [x], nullable: true}}}", "{a: null}"),
        ("{type: object}", "'{\"a\": 1}'"),
    ],
)
def test_a_payload_that_may_be_right_raises_nothing(schema: str, value: str) -> None:
    assert payload(schema, value) == []


@pytest.mark.parametrize(
    ("schema", "value", "expected"),
    [
        (
            "{required: [a, b]}",
            "{a: 1}",
            "AZ324 the payload lacks `b`, which the description requires => add `b`",
        ),
        (
            "{required: [name], properties: {name: {}}}",
            "{nama: x}",
            "AZ324 the payload lacks `name`, which the description requires"
            " => `nama` was passed; did you mean `name`?",
        ),
        (
            "{allOf: [{required: [a]}, {properties: {a: {}}}]}",
            "{}",
            "AZ324 the payload lacks `a`, which the description requires => add `a`",
        ),
        (
            "{properties: {job: {required: [id]}}}",
            "{job: {}}",
            "AZ324 `job` lacks `id`, which the description requires => add `id`",
        ),
        (
            "{required: [a]}",
            "'{\"b\": {$inputs.count}}'",
            "AZ324 the payload lacks `a`, which the description requires => add `a`",
        ),
        (
            "{additionalProperties: false, properties: {name: {}}}",
            "{id: 1}",
            "AZ325 the payload must not have a member `id` => it takes `name`",
        ),
        (
            "{properties: {name: {}}}",
            "{nama: 1}",
            "AZ326 the description of the payload names no member `nama` => did you mean `name`?",
        ),
        (
            "{properties: {n: {type: integer}}}",
            "{n: '5'}",
            'AZ327 `n` takes an integer, not `"5"` => take the quotes away',
        ),
        (
            "{properties: {n: {type: string}}}",
            "{n: 5}",
            "AZ327 `n` takes text, not `5` => put quotes around it",
        ),
        (
            "{properties: {n: {type: array, items: {type: object, properties: {m: {type: boolean}}}}}}",
            "{n: [{m: 1}]}",
            "AZ327 `m` takes `true` or `false`, not `1` => write `true` or `false`",
        ),
        (
            "{type: array}",
            "{a: 1}",
            "AZ327 the payload takes a list, not an object => write a list",
        ),
        (
            "{additionalProperties: {type: integer}}",
            "{n: x}",
            'AZ327 `n` takes an integer, not `"x"` => write an integer',
        ),
        (
            "{properties: {n: {type: integer}}}",
            "{n: $inputs.text}",
            "AZ328 `n` takes an integer, not `$inputs.text`, which is text"
            " => make the input an integer, or pass another value",
        ),
        (
            "{properties: {n: {type: string}}}",
            "{n: $inputs.many}",
            "AZ328 `n` takes text, not `$inputs.many`, which is a list"
            " => make the input text, or pass another value",
        ),
        (
            "{properties: {id: {type: string, readOnly: true}}}",
            "{id: x}",
            "AZ329 `id` is read-only: only responses have it => leave it out",
        ),
    ],
)
def test_a_payload_that_its_schema_does_not_take(schema: str, value: str, expected: str) -> None:
    assert payload(schema, value) == [expected]


@pytest.mark.parametrize("media", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_the_members_of_forms_are_text(media: str) -> None:
    schema = "{required: [n, m], properties: {n: {type: integer}, m: {enum: [a, b]}}}"
    assert payload(schema, "{n: '5', m: a}", media=media) == []
    assert [line[:5] for line in payload(schema, "{n: x, m: c}", media=media)] == ["AZ327", "AZ327"]


def test_a_part_of_a_resource_lacks_nothing() -> None:
    schema = "{required: [a, b], properties: {a: {type: integer}}}"
    (message,) = payload(schema, "{a: x}", media="application/merge-patch+json")
    assert message.startswith("AZ327 `a` takes an integer")


def test_a_payload_whose_content_type_is_not_stated_may_be_any_of_them() -> None:
    schema = "{properties: {n: {type: object}}}"
    media = "multipart/form-data: {schema: {properties: {n: {type: string}}}}, application/json"
    step = "{stepId: make, operationId: make, requestBody: {payload: {n: $inputs.text}}}"
    assert _found(step, schema, media) == []
    (message,) = _found(
        step.replace("{payload", "{contentType: application/json, payload"), schema, media
    )
    assert message.startswith("AZ328 `n` takes an object")


def test_the_value_of_a_replacement_is_judged_where_it_stands() -> None:
    body = "{payload: {n: 1}, replacements: [{target: /n, value: many}]}"
    step = f"{{stepId: make, operationId: make, requestBody: {body}}}"
    schema = "{properties: {n: {type: integer}}}"
    assert _found(step, schema, "application/json") == [
        'AZ327 `n` takes an integer, not `"many"` => write an integer'
    ]


def test_a_body_that_no_operation_declares() -> None:
    step = "{stepId: list, operationId: list, requestBody: {payload: {a: 1}}}"
    assert _found(step, "{}", "application/json") == [
        "AZ323 operation `list` declares no request body"
        " => leave `requestBody` out: GET requests have none"
    ]


def test_an_empty_path_parameter_leads_elsewhere() -> None:
    result = compile_text("""
        steps:
          - stepId: read
            operationId: read
            parameters: [{name: id, in: path, value: ''}]
        """)
    assert told(result) == [
        "AZ311 path parameter `id` is given nothing => give it a value: a path cannot do without"
    ]


CALLED = """
arazzo: 1.0.1
info: {title: T, version: '1'}
sourceDescriptions: [{name: api, url: api.yaml, type: openapi}]
workflows:
  - workflowId: outer
    inputs: {type: object, required: [shots], properties: {shots: {type: string}}}
    steps:
      - {stepId: run, workflowId: inner, parameters: [{name: shots, value: VALUE}]}
  - workflowId: inner
    inputs: {type: object, required: [shots], properties: {shots: {type: integer, maximum: 9}}}
    steps:
      - stepId: make
        operationId: make
        requestBody: {payload: {shots: $inputs.shots}}
"""


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("9", []),
        ("10", ["AZ330 input `shots` of workflow `inner` takes 9 or less, not `10`"]),
        (
            "$inputs.shots",
            [
                "AZ330 input `shots` of workflow `inner` takes an integer, not `$inputs.shots`,"
                " which is text"
            ],
        ),
    ],
)
def test_workflows_are_passed_what_their_inputs_take(value: str, expected: list[str]) -> None:
    api = (
        API.replace("OPENAPI", "3.0.3").replace("SCHEMA", "{}").replace("TYPE", "application/json")
    )
    found = told(compile_text(CALLED.replace("VALUE", value), api))
    assert [line.partition(" => ")[0] for line in found] == expected


@pytest.mark.parametrize(
    ("schema", "codes"),
    [
        ("{type: integer, default: 5}", []),
        ("{type: integer, default: '5'}", ["AZ331"]),
        ("{type: array, items: {type: integer}, default: [1, x]}", ["AZ331"]),
        ("{enum: [a, b], default: c}", ["AZ331"]),
        ("{type: integer, default: null}", []),
    ],
)
def test_defaults_are_what_their_inputs_take(schema: str, codes: list[str]) -> None:
    found = told(compile_text(f"""
            inputs: {{type: object, properties: {{n: {schema}}}}}
            steps: [{{stepId: list, operationId: list}}]
        """))
    assert [line[:5] for line in found if "AZ219" not in line] == codes


def test_schemas_that_are_parts_of_themselves_say_it_once() -> None:
    """Read part by part, two such parts would double the work at every level."""
    itself = "{$ref: '#/paths/~1things/get/parameters/0/schema'}"
    schema = f"{{allOf: [{itself}, {itself}], type: object, properties: {{id: {{type: string}}}}}}"
    (line,) = payload(schema, "{id: 1}")
    assert "`id`" in line
    text = f"{{allOf: [{itself}, {itself}], type: integer}}"
    (line,) = payload(text, "much")
    assert "much" in line


FORMATS = """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: https://api.example}]
paths:
  /things:
    post:
      operationId: make
      requestBody: {content: {application/json: {schema: {type: object, properties: {it: SCHEMA}}}}}
      responses:
        '200':
          description: Fine.
          content:
            application/json:
              schema:
                type: object
                required: [id, number, made, day, link, name]
                properties:
                  id: {type: string, format: uuid}
                  number: {type: integer}
                  made: {type: string, format: date-time}
                  day: {type: string, format: date}
                  link: {type: string, format: uri}
                  name: {type: string}
  /things/{it}:
    get:
      operationId: read
      parameters: [{name: it, in: path, required: true, schema: SCHEMA}]
      responses: {'200': {description: Fine.}}
"""


def passed_on(schema: str, member: str) -> list[str]:
    """The findings for a path parameter, and a member of a body, that an earlier response gives."""
    steps = f"""
    steps:
      - {{stepId: first, operationId: make, outputs: {{it: $response.body#/{member}}}}}
      - stepId: read
        operationId: read
        parameters: [{{name: it, in: path, value: $steps.first.outputs.it}}]
      - stepId: second
        operationId: make
        requestBody: {{payload: {{it: $steps.first.outputs.it}}}}
    """
    return told(compile_text(steps, FORMATS.replace("SCHEMA", schema)))


@pytest.mark.parametrize(
    ("schema", "member", "words"),
    [
        ("{type: integer}", "id", "an integer, not `$steps.first.outputs.it`, which is a UUID"),
        ("{type: string, format: uuid}", "number", "a UUID, not `$steps.first.outputs.it`, which"),
        ("{type: string, format: uuid}", "link", "a UUID, not `$steps.first.outputs.it`, which"),
        ("{type: string, format: date}", "made", "a date such as `2026-01-31`, not"),
        ("{type: string, format: date-time}", "day", "a date and time such as"),
        ("{type: integer}", "made", "an integer, not `$steps.first.outputs.it`, which is a date"),
    ],
)
def test_a_value_of_another_format_is_told(schema: str, member: str, words: str) -> None:
    codes = ["AZ314", "AZ328"]
    lines = passed_on(schema, member)
    assert [line[:5] for line in lines] == codes
    assert lines[0].startswith(f"AZ314 path parameter `it` takes {words}")


@pytest.mark.parametrize(
    ("schema", "member"),
    [
        ("{type: string}", "id"),
        ("{type: string, format: uuid}", "id"),
        ("{type: string, format: uuid}", "name"),
        ("{type: string, format: password}", "made"),
        ("{type: string, format: uri}", "id"),
        ("{oneOf: [{type: integer}, {type: string, format: uuid}]}", "made"),
        ("{}", "made"),
    ],
)
def test_a_value_that_may_be_of_the_format_is_let_pass(schema: str, member: str) -> None:
    assert passed_on(schema, member) == []


def test_an_input_of_another_format_is_told() -> None:
    text = """
    inputs: {type: object, required: [day], properties: {day: {type: string, format: date}}}
    steps: [{stepId: a, operationId: make, requestBody: {payload: {it: $inputs.day}}}]
    """
    (line,) = told(
        compile_text(text, FORMATS.replace("SCHEMA", "{type: string, format: date-time}"))
    )
    assert line == (
        "AZ328 `it` takes a date and time such as `2026-01-31T12:00:00Z`, not `$inputs.day`, which is a date"
        " => make the input a date and time such as `2026-01-31T12:00:00Z`, or pass another value"
    )
