"""What cannot be sent as it is: the step fails before anything is sent, with an error that names it."""

from __future__ import annotations

import math
from functools import cache

import pytest

from tests.compiling import Answer, Compiled, compile_text, compile_workflow, errors, told, workflow

READ = """
    inputs: {type: object, required: [id], properties: {id: %s}}
    steps:
      - {stepId: read, operationId: read, parameters: [{name: id, in: path, value: %s}]}
      - {stepId: again, operationId: read, parameters: [{name: id, in: path, value: %s}]}
    """
JOB = {"id": "1", "status": "Queued"}
SUBMIT = """
    inputs: {type: object, required: [x], properties: {x: %s}}
    steps:
      - stepId: submit
        operationId: submit
        requestBody: {payload: {x: $inputs.x}}
    """
FORM = """
openapi: 3.1.0
info: {title: T, version: 1.0.0}
servers: [{url: https://api.example}]
paths:
  /x:
    post:
      operationId: submit
      requestBody: {content: {%s: {schema: {type: object, properties: {x: {type: string}}}}}}
      responses: {'200': {description: Done.}}
"""


@cache
def everywhere() -> Compiled:
    """A value in a path of two parameters, a query, a cookie and a body."""
    openapi = """
        openapi: 3.1.0
        info: {title: T, version: 1.0.0}
        servers: [{url: https://api.example}]
        paths:
          /jobs/{id}/{part}:
            post:
              operationId: call
              parameters:
                - {name: id, in: path, required: true, schema: {type: string}}
                - {name: part, in: path, required: true, schema: {type: string}}
                - {name: tag, in: query, schema: {type: string}}
                - {name: session, in: cookie, schema: {type: string}}
              requestBody: {content: {application/json: {schema: {type: object}}}}
              responses: {'200': {description: Done.}}
        """
    return compile_workflow(
        """
        inputs:
          type: object
          required: [id, part, tag, session, x]
          properties:
            id: {type: string}
            part: {type: string}
            tag: {type: string}
            session: {type: string}
            x: {type: string}
        steps:
          - stepId: call
            operationId: call
            parameters:
              - {name: id, in: path, value: $inputs.id}
              - {name: part, in: path, value: $inputs.part}
              - {name: tag, in: query, value: $inputs.tag}
              - {name: session, in: cookie, value: $inputs.session}
            requestBody: {payload: {x: $inputs.x}}
        """,
        openapi,
    )


class TestEmptyPaths:
    @pytest.mark.parametrize("schema", ["{type: string}", "{}", "{type: [string, 'null']}"])
    @pytest.mark.parametrize("value", ["$inputs.id", "'{$inputs.id}'"])
    def test_an_empty_text_is_no_value_in_a_path(self, schema: str, value: str) -> None:
        warns = ("AZ205",) if "{" in value else ()
        module = compile_workflow(READ % (schema, value, value), warns=warns)
        error, script = module.fail(id="")
        assert script.sent == []
        assert type(error).__name__ == "MissingValue"
        assert str(error) == "step read: $inputs.id has no value, so nothing was sent"

    def test_zero_is_a_value_in_a_path(self) -> None:
        module = compile_workflow(READ % ("{}", "$inputs.id", "$inputs.id"))
        _, script = module.run(Answer(200, JOB), Answer(200, JOB), id=0)
        assert script.calls == ["GET /jobs/0"] * 2

    def test_what_is_tested_once_is_not_tested_again(self) -> None:
        module = compile_workflow(READ % ("{type: string}", "$inputs.id", "$inputs.id"))
        assert module.source.count("raise MissingValue(") == 1

    def test_an_empty_text_that_the_document_states_is_an_error(self) -> None:
        result = compile_text(READ % ("{type: string}", "$inputs.id", "''"))
        assert errors(result) == ["AZ311"]
        assert told(result)[0].startswith("AZ311 path parameter `id` is given nothing")


class TestNone:
    """Callers who pass None for what is required, without a type checker."""

    def test_none_is_never_a_part_of_a_path_or_of_text(self) -> None:
        module = compile_workflow(
            """
            inputs:
              type: object
              required: [id, token, part]
              properties: {id: {type: integer}, token: {type: string}, part: {type: integer}}
            steps:
              - stepId: read
                operationId: read
                parameters:
                  - {name: id, in: path, value: $inputs.id}
                  - {name: Authorization, in: header, value: 'Bearer {$inputs.token}'}
                  - {name: X-Part, in: header, value: 'part {$inputs.part}'}
            """,
            warns=("AZ310",),
        )
        sound = {"id": 1, "token": "t", "part": 5}
        _, script = module.run(Answer(200, JOB), **sound)
        (sent,) = script.sent
        assert sent.headers == {"Authorization": "Bearer t", "X-Part": "part 5"}
        for name in sound:
            with pytest.raises((TypeError, ValueError)):
                module.run(**{**sound, name: None})

    def test_a_header_without_a_value_is_not_sent(self) -> None:
        module = compile_workflow("""
            inputs: {type: object, required: [trace], properties: {trace: {type: string}}}
            steps:
              - stepId: list
                operationId: list
                parameters: [{name: X-Trace, in: header, value: $inputs.trace}]
            """)
        with pytest.raises(module.module.StepFailed) as raised:
            module.module.flow(trace=None)
        assert str(raised.value.__cause__).endswith("/jobs: a header has no value")


class TestInvalidValues:
    @pytest.mark.parametrize(
        ("schema", "value"),
        [
            ("{type: number}", math.nan),
            ("{type: number}", math.inf),
            ("{}", {"deep": [math.nan]}),
            ("{}", b"bytes"),
            ("{}", object()),
            ("{type: array, items: {type: number}}", [math.nan]),
        ],
    )
    def test_what_json_cannot_state_is_an_error_that_names_the_step(
        self, schema: str, value: object
    ) -> None:
        error, script = compile_workflow(SUBMIT % schema).fail(x=value)
        assert script.sent == []
        assert type(error).__name__ == "InvalidValue"
        assert str(error).startswith("step submit: ")
        assert str(error).endswith(", so nothing was sent")

    @pytest.mark.parametrize("name", ["id", "part", "tag", "session", "x"])
    def test_half_of_a_character_is_an_error_that_names_the_parameter(self, name: str) -> None:
        given = {"id": "1", "part": "2", "tag": "3", "session": "4", "x": "5"}
        with pytest.raises(ValueError, match="encoded") as raised:
            everywhere().run(**{**given, name: "sEcReT\ud800"})
        assert str(raised.value) == f"'{name}': a text cannot be encoded"
        assert "sEcReT" not in repr(raised.value)

    @pytest.mark.parametrize("media", ["application/x-www-form-urlencoded", "multipart/form-data"])
    def test_half_of_a_character_in_a_form_is_an_error_that_names_the_member(
        self, media: str
    ) -> None:
        with pytest.raises(ValueError, match=r"^'x': a text cannot be encoded$"):
            compile_workflow(SUBMIT % "{type: string}", FORM % media).run(x="\udfff")

    def test_a_list_that_a_server_answers_is_no_segment_of_a_path(self) -> None:
        module = compile_workflow("""
            inputs: {type: object, properties: {id: {type: string}}, required: [id]}
            steps:
              - stepId: read
                operationId: read
                parameters: [{name: id, in: path, value: $inputs.id}]
                outputs: {id: $response.body#/id}
              - stepId: cancel
                operationId: cancel
                parameters: [{name: id, in: path, value: $steps.read.outputs.id}]
            """)
        with pytest.raises(ValueError, match=r"^a path segment takes a single value$"):
            module.run(Answer(200, {"id": ["a"], "status": "Queued"}), id="1")

    def test_what_nests_without_end_is_an_error_that_names_the_step(self) -> None:
        deep: object = 1
        for _ in range(100_000):
            deep = [deep]
        error, script = compile_workflow(SUBMIT % "{}").fail(x=deep)
        assert script.sent == []
        assert str(error) == "step submit: 'x': a value nests too deeply, so nothing was sent"

    def test_requests_whose_values_always_fit_are_written_plainly(self) -> None:
        module = compile_workflow(SUBMIT % "{type: array, items: {type: string}}")
        assert "preparing" not in module.source

    def test_a_user_name_that_basic_cannot_state_is_an_error_that_names_the_step(self) -> None:
        openapi = """
            openapi: 3.1.0
            info: {title: T, version: 1.0.0}
            servers: [{url: https://api.example}]
            components: {securitySchemes: {b: {type: http, scheme: basic}}}
            security: [{b: []}]
            paths: {/x: {get: {operationId: call, responses: {'200': {description: Done.}}}}}
            """
        module = compile_workflow("steps: [{stepId: call, operationId: call}]", openapi)
        error, script = module.fail(username="a:b", password="s3cret")
        assert script.sent == []
        assert str(error).startswith("step call: a username of scheme Basic")
        assert "s3cret" not in f"{error}{error!r}"


class TestServers:
    def test_a_server_may_end_in_a_slash(self) -> None:
        module = compile_workflow("steps: [{stepId: list, operationId: list}]")
        _, script = module.run(Answer(), api_url="https://other.example/base//")
        assert [sent.url for sent in script.sent] == ["https://other.example/base/jobs"]

    def test_one_of_several_servers_may_end_in_a_slash(self) -> None:
        openapi = """
            openapi: 3.1.0
            info: {title: T, version: 1.0.0}
            servers: [{url: https://api.example/}]
            paths:
              /a: {get: {operationId: a, responses: {'200': {description: Done.}}}}
              /b:
                servers: [{url: https://b.example}]
                get: {operationId: b, responses: {'200': {description: Done.}}}
            """
        text = workflow("steps: [{stepId: a, operationId: a}, {stepId: b, operationId: b}]")
        module = compile_workflow(text, openapi)
        _, script = module.run(Answer(), Answer())
        assert [sent.url for sent in script.sent] == [
            "https://api.example/a",
            "https://b.example/b",
        ]
        _, script = module.run(Answer(), Answer(), api_url="https://c.example/")
        assert [sent.url for sent in script.sent] == [
            "https://c.example/a",
            "https://c.example/b",
        ]


class TestSeveralSegments:
    """`{+name}` in a path (RFC 6570, 3.2.3), as descriptions of Google's APIs have it."""

    OPENAPI = """
        openapi: 3.0.3
        info: {title: T, version: 1.0.0}
        servers: [{url: https://api.example}]
        paths:
          '/v2/{+name}/rows':
            get:
              operationId: call
              parameters: [{name: name, in: path, required: true, schema: {type: string}}]
              responses: {'200': {description: Done.}}
        """
    FLOW = """
        inputs: {type: object, required: [name], properties: {name: {type: string}}}
        steps:
          - {stepId: call, operationId: call, parameters: [{name: name, in: path, value: %s}]}
        """

    def test_its_slashes_part_segments_and_nothing_else_gets_through(self) -> None:
        module = compile_workflow(self.FLOW % "$inputs.name", self.OPENAPI, warns=("AZ602",))
        _, script = module.run(Answer(), name="accounts/1/tables/a b?x#y%20é")
        (sent,) = script.sent
        assert sent.url == "https://api.example/v2/accounts/1/tables/a%20b%3Fx%23y%20%C3%A9/rows"

    @pytest.mark.parametrize("name", ["", "..", "a/../b", "a/%2e%2E", "./a"])
    def test_no_segment_leads_out_of_the_path(self, name: str) -> None:
        module = compile_workflow(self.FLOW % "$inputs.name", self.OPENAPI, warns=("AZ602",))
        error, script = module.fail(name=name)
        assert script.sent == []
        assert str(error).startswith("step call: ")

    def test_the_document_s_own_is_written_at_once(self) -> None:
        module = compile_workflow(self.FLOW % "accounts/1", self.OPENAPI, warns=("AZ602",))
        assert "/v2/accounts/1/rows" in module.source
        assert told(compile_text(self.FLOW % "a/..", self.OPENAPI))[-1] == (
            "AZ311 path parameter `name` leads out of the path => remove the segments `.` and `..`"
        )
