"""What values mean: absence, pointers, bodies, embedding, and the order in which steps run."""

from __future__ import annotations

from textwrap import dedent, indent
from typing import Any

import pytest

from tests.compiling import (
    JOBS,
    Answer,
    Silence,
    compile_text,
    compile_workflow,
    errors,
    told,
    workflow,
)

JOB = {"id": "1", "status": "Queued"}
READ = """
inputs: {type: object, required: [id], properties: {id: {type: string}, note: {type: string}}}
steps:
  - stepId: read
    operationId: read
    parameters: [{name: id, in: path, value: $inputs.id}]
"""


def read(outputs: str) -> str:
    """A workflow that reads a job and gives these outputs of it."""
    names = [line.partition(":")[0].strip() for line in outputs.strip().splitlines()]
    own = "".join(f"      {line.strip()}\n" for line in outputs.strip().splitlines())
    given = "".join(f"  {name}: $steps.read.outputs.{name}\n" for name in names)
    return f"{READ}    outputs:\n{own}outputs:\n{given}"


def value_of(expression: str, answer: Answer, *, warns: tuple[str, ...] = ()) -> Any:
    """What an output of that expression is."""
    result, _ = compile_workflow(read(f"value: {expression}"), warns=warns).run(answer, id="1")
    return result.value


class TestAbsent:
    def test_an_absent_pointer_is_none_in_an_output(self) -> None:
        assert value_of("$response.body#/note", Answer(200, JOB)) is None

    def test_an_absent_value_equals_null_in_a_condition(self) -> None:
        module = compile_workflow(
            READ + "    successCriteria: [{condition: $response.body#/note == null}]\n"
        )
        module.run(Answer(200, JOB), id="1")
        module.run(Answer(200, {**JOB, "note": None}), id="1")
        module.fail(Answer(200, {**JOB, "note": "x"}), id="1")

    def test_an_absent_payload_member_is_left_out(self) -> None:
        module = compile_workflow("""
            inputs: {type: object, properties: {note: {type: string}, tag: {type: string}}}
            steps:
              - stepId: submit
                operationId: submit
                requestBody:
                  payload:
                    fixed: 1
                    note: $inputs.note
                    deep: {tag: $inputs.tag, kept: null}
            """)
        _, script = module.run(Answer(201, JOB))
        assert script.sent[0].json == {"fixed": 1, "deep": {"kept": None}}
        _, script = module.run(Answer(201, JOB), note="n", tag="t")
        assert script.sent[0].json == {"fixed": 1, "note": "n", "deep": {"tag": "t", "kept": None}}

    def test_an_absent_member_of_a_list_s_item_is_left_out(self) -> None:
        module = compile_workflow("""
            inputs: {type: object, properties: {note: {type: string}}}
            steps:
              - stepId: submit
                operationId: submit
                requestBody: {payload: {items: [{a: 1, note: $inputs.note}]}}
            """)
        _, script = module.run(Answer(201, JOB))
        assert script.sent[0].json == {"items": [{"a": 1}]}

    def test_an_absent_query_header_or_cookie_parameter_is_left_out(self) -> None:
        module = compile_workflow("""
            inputs:
              type: object
              properties: {n: {type: integer}, trace: {type: string}, session: {type: string}}
            steps:
              - stepId: list
                operationId: list
                parameters:
                  - {name: limit, in: query, value: $inputs.n}
                  - {name: X-Trace, in: header, value: $inputs.trace}
                  - {name: session, in: cookie, value: $inputs.session}
            """)
        _, script = module.run(Answer(200, []))
        assert script.sent[0].url == "https://api.example/jobs"
        assert script.sent[0].headers == {}
        _, script = module.run(Answer(200, []), n=0, trace="t", session="s")
        assert script.sent[0].query == [("limit", "0")]
        assert script.sent[0].headers == {"X-Trace": "t", "Cookie": "session=s"}

    def test_an_optional_parameter_that_embeds_an_absent_value_is_left_out(self) -> None:
        module = compile_workflow("""
            inputs: {type: object, properties: {trace: {type: string}, n: {type: integer}}}
            steps:
              - stepId: list
                operationId: list
                parameters:
                  - {name: X-Trace, in: header, value: 'trace {$inputs.trace}'}
                  - {name: session, in: cookie, value: 'a{$inputs.n}b'}
                  - {name: tag, in: query, value: 'tag-{$inputs.n}'}
            """)
        _, script = module.run(Answer(200, []))
        assert script.sent[0].url == "https://api.example/jobs"
        assert script.sent[0].headers == {}
        _, script = module.run(Answer(200, []), trace="t", n=3)
        assert script.sent[0].query == [("tag", "tag-3")]
        assert script.sent[0].headers == {"X-Trace": "trace t", "Cookie": "session=a3b"}

    def test_nothing_is_sent_where_a_path_parameter_has_no_value(self) -> None:
        module = compile_workflow(
            """
            inputs: {type: object, properties: {id: {type: string}}}
            steps:
              - stepId: read
                operationId: read
                parameters: [{name: id, in: path, value: $inputs.id}]
            """,
            warns=("AZ219",),
        )
        error, script = module.fail()
        assert script.calls == []
        assert type(error).__name__ == "MissingValue"
        assert error.step_id == "read"
        assert "$inputs.id" in str(error)

    def test_nothing_is_sent_where_embedded_text_has_no_value(self) -> None:
        module = compile_workflow(
            """
            inputs: {type: object, properties: {id: {type: string}}}
            steps:
              - stepId: submit
                operationId: submit
                requestBody: {payload: {note: 'job {$inputs.id}'}}
            """,
            warns=("AZ219",),
        )
        error, script = module.fail()
        assert script.calls == []
        assert "$inputs.id" in str(error)

    def test_nothing_is_sent_where_an_earlier_response_lacked_the_value(self) -> None:
        module = compile_workflow(
            """
            inputs: {type: object, required: [id], properties: {id: {type: string}}}
            steps:
              - stepId: read
                operationId: read
                parameters: [{name: id, in: path, value: $inputs.id}]
                outputs: {next: $response.body#/note}
              - stepId: again
                operationId: read
                parameters: [{name: id, in: path, value: $steps.read.outputs.next}]
            """,
            warns=("AZ218",),
        )
        error, script = module.fail(Answer(200, JOB), id="1")
        assert script.calls == ["GET /jobs/1"]
        assert error.step_id == "again"
        _, script = module.run(Answer(200, {**JOB, "note": "2"}), Answer(200, JOB), id="1")
        assert script.calls == ["GET /jobs/1", "GET /jobs/2"]


class TestPointers:
    def test_what_the_schema_promises_is_not_optional(self) -> None:
        module = compile_workflow(read("status: $response.body#/status"))
        assert "    status: str\n" in module.source

    def test_a_response_without_what_its_schema_promises_raises(self) -> None:
        module = compile_workflow(read("status: $response.body#/status"))
        error, _ = module.fail(Answer(200, {"id": "1"}), id="1")
        assert type(error).__name__ == "OutputMissing"
        assert (error.step_id, error.output, error.pointer) == ("read", "status", "/status")

    def test_a_member_that_the_schema_promises_of_what_is_passed_on_is_not_sent_as_null(
        self,
    ) -> None:
        module = compile_workflow("""
            steps:
              - {stepId: submit, operationId: submit, outputs: {job: $response.body}}
              - stepId: again
                operationId: submit
                requestBody: {payload: {of: [{id: "$steps.submit.outputs.job#/id"}]}}
            """)
        _, script = module.run(Answer(201, {"id": "1"}), Answer(201, JOB))
        assert script.sent[-1].json == {"of": [{"id": "1"}]}
        error, script = module.fail(Answer(201, {"status": "Queued"}))
        assert type(error).__name__ == "MissingValue"
        assert (error.step_id, error.expression) == ("again", "$steps.submit.outputs.job#/id")
        assert script.calls == ["POST /jobs"]

    @pytest.mark.parametrize("id_", [["1"], {"a": 1}, []])
    def test_nor_does_a_list_or_an_object_stand_for_it_in_a_path(self, id_: object) -> None:
        module = compile_workflow("""
            steps:
              - {stepId: submit, operationId: submit, outputs: {job: $response.body}}
              - stepId: read
                operationId: read
                parameters: [{name: id, in: path, value: "$steps.submit.outputs.job#/id"}]
            """)
        error, script = module.fail(Answer(201, {**JOB, "id": id_}))
        assert type(error).__name__ in ("InvalidValue", "MissingValue")
        assert script.calls == ["POST /jobs"]
        assert (
            module.run(Answer(201, {**JOB, "id": 7}), Answer(200, JOB))[1].calls[1] == "GET /jobs/7"
        )

    def test_nor_is_it_left_out_of_optional_parameters(self) -> None:
        module = compile_workflow("""
            steps:
              - {stepId: submit, operationId: submit, outputs: {job: $response.body}}
              - stepId: list
                operationId: list
                parameters:
                  - {name: X-Trace, in: header, value: "t-{$steps.submit.outputs.job#/id}"}
            """)
        error, script = module.fail(Answer(201, {"status": "Queued"}))
        assert type(error).__name__ == "MissingValue"
        assert script.calls == ["POST /jobs"]

    def test_an_output_that_is_such_a_member_is_required_of_the_response(self) -> None:
        module = compile_workflow("""
            steps: [{stepId: submit, operationId: submit, outputs: {job: $response.body}}]
            outputs: {id: "$steps.submit.outputs.job#/id"}
            """)
        assert "    id: str\n" in module.source
        error, _ = module.fail(Answer(201, {"status": "Queued"}))
        assert (error.step_id, error.output, error.pointer) == ("submit", "job", "/id")

    def test_what_the_schema_does_not_promise_is_optional(self) -> None:
        module = compile_workflow(read("note: $response.body#/note"))
        assert "    note: str | None\n" in module.source

    def test_a_pointer_through_an_optional_member_is_optional(self) -> None:
        module = compile_workflow(read("name: $response.body#/owner/name"))
        assert "    name: str | None\n" in module.source
        result, _ = module.run(Answer(200, {**JOB, "owner": {"name": "me"}}), id="1")
        assert result.name == "me"

    def test_escapes_of_json_pointer_are_understood(self) -> None:
        assert (
            value_of(
                "$response.body#/result/a~1b/~01/0",
                Answer(200, {**JOB, "result": {"a/b": {"~1": ["x"]}}}),
            )
            == "x"
        )

    def test_an_index_counts_from_zero_and_never_from_the_end(self) -> None:
        answer = Answer(200, {**JOB, "result": ["a", "b"]})
        assert value_of("$response.body#/result/1", answer) == "b"
        assert value_of("$response.body#/result/-1", answer) is None
        assert value_of("$response.body#/result/01", answer) is None


class TestResponses:
    @pytest.mark.parametrize(
        "media", ["application/json", "application/problem+json; charset=utf-8"]
    )
    def test_json_is_parsed(self, media: str) -> None:
        answer = Answer(200, b'{"id": "1", "status": "x"}', {"Content-Type": media})
        assert value_of("$response.body", answer) == {"id": "1", "status": "x"}

    @pytest.mark.parametrize("media", ["text/plain", "application/xml", "image/svg+xml"])
    def test_text_and_xml_are_str(self, media: str) -> None:
        answer = Answer(200, "<é/>".encode(), {"Content-Type": media})
        assert value_of("$response.body", answer) == "<é/>"

    def test_everything_else_is_bytes(self) -> None:
        answer = Answer(200, b"\xff", {"Content-Type": "image/png"})
        assert value_of("$response.body", answer) == b"\xff"

    def test_an_empty_body_is_none(self) -> None:
        module = compile_workflow("""
            inputs: {type: object, required: [id], properties: {id: {type: string}}}
            steps:
              - stepId: cancel
                operationId: cancel
                parameters: [{name: id, in: path, value: $inputs.id}]
                successCriteria: [{condition: $response.body == null}]
                outputs: {body: $response.body}
            outputs: {body: $steps.cancel.outputs.body}
            """)
        result, _ = module.run(Answer(204), id="1")
        assert result.body is None

    def test_headers_are_read_without_regard_to_case(self) -> None:
        answer = Answer(200, JOB, {"LOCATION": "/jobs/1"})
        assert value_of("$response.header.Location", answer) == "/jobs/1"

    def test_headers_in_the_plural_are_tolerated(self) -> None:
        answer = Answer(200, JOB, {"Location": "/jobs/1"})
        assert value_of("$response.headers.location", answer, warns=("AZ504",)) == "/jobs/1"

    def test_status_url_and_method_are_those_of_the_request_as_sent(self) -> None:
        module = compile_workflow("""
            inputs: {type: object, required: [n], properties: {n: {type: integer}}}
            steps:
              - stepId: list
                operationId: list
                parameters: [{name: limit, in: query, value: $inputs.n}]
                outputs: {status: $statusCode, url: $url, method: $method}
            outputs:
              status: $steps.list.outputs.status
              url: $steps.list.outputs.url
              method: $steps.list.outputs.method
            """)
        result, _ = module.run(Answer(200, []), n=2)
        assert (result.status, result.method) == (200, "GET")
        assert result.url == "https://api.example/jobs?limit=2"


class TestForms:
    def test_a_dotted_input_is_a_literal_key_first(self) -> None:
        module = compile_workflow("""
            inputs:
              type: object
              required: [a.b, a]
              properties: {a.b: {type: string}, a: {type: object}}
            steps:
              - stepId: read
                operationId: read
                parameters: [{name: id, in: path, value: $inputs.a.b}]
            """)
        _, script = module.run(Answer(200, JOB), a_b="key", a={"b": "member"})
        assert script.calls == ["GET /jobs/key"]

    def test_a_literal_key_may_hold_brackets(self) -> None:
        module = compile_workflow(
            """
            steps:
              - stepId: list
                operationId: list
                outputs: {'jobs[0].id': '$response.body#/0/id'}
              - stepId: read
                operationId: read
                parameters: [{name: id, in: path, value: '$steps.list.outputs.jobs[0].id'}]
            """,
            warns=("AZ112", "AZ218"),
        )
        _, script = module.run(Answer(200, [JOB]), Answer(200, JOB))
        assert script.calls == ["GET /jobs", "GET /jobs/1"]

    def test_else_a_dotted_input_is_a_member_and_tolerated(self) -> None:
        module = compile_workflow(
            """
            inputs:
              type: object
              required: [a]
              properties:
                a: {type: object, required: [b], properties: {b: {type: string}}}
            steps:
              - stepId: read
                operationId: read
                parameters: [{name: id, in: path, value: $inputs.a.b}]
            """,
            warns=("AZ502",),
        )
        _, script = module.run(Answer(200, JOB), a={"b": "member"})
        assert script.calls == ["GET /jobs/member"]

    def test_a_dotted_path_into_an_output_is_tolerated(self) -> None:
        module = compile_workflow(
            """
            steps:
              - stepId: list
                operationId: list
                outputs: {o: $response.body}
            outputs: {x: '$steps.list.outputs.o.a[0].b'}
            """,
            warns=("AZ502",),
        )
        result, _ = module.run(Answer(200, {"a": [{"b": 5}]}))
        assert result.x == 5

    def test_a_dotted_path_into_the_body_is_tolerated(self) -> None:
        assert (
            value_of(
                "$response.body.owner.name",
                Answer(200, {**JOB, "owner": {"name": "me"}}),
                warns=("AZ502",),
            )
            == "me"
        )

    def test_a_pointer_without_its_slash_is_tolerated(self) -> None:
        assert value_of("$response.body#status", Answer(200, JOB), warns=("AZ503",)) == "Queued"

    def test_strict_makes_tolerated_forms_errors(self) -> None:
        result = compile_text(read("status: $response.body#status"), strict=True)
        assert errors(result) == ["AZ503"]
        assert result.modules == ()


class TestEmbedding:
    def embedded(self, text: str, value: object, *, warns: tuple[str, ...] = ()) -> Any:
        module = compile_workflow(
            f"""
            inputs: {{type: object, required: [x], properties: {{x: {{}}}}}}
            steps:
              - stepId: submit
                operationId: submit
                requestBody: {{payload: {{value: {text}}}}}
            """,
            warns=warns,
        )
        _, script = module.run(Answer(201, JOB), x=value)
        return script.sent[0].json["value"]

    @pytest.mark.parametrize(
        ("value", "text"),
        [
            ("a b", "<a b>"),
            (True, "<true>"),
            (None, "<null>"),
            (1.5, "<1.5>"),
            (12, "<12>"),
            ({"a": [1, "é"]}, '<{"a":[1,"é"]}>'),
            ([1, None], "<[1,null]>"),
        ],
    )
    def test_values_are_embedded_as_json_text_without_quotes(
        self, value: object, text: str
    ) -> None:
        assert self.embedded("'<{$inputs.x}>'", value) == text

    def test_quotes_braces_and_backslashes_around_a_value_stay_what_they_are(self) -> None:
        assert (
            self.embedded(r"""'"{{$inputs.x}}" \n %s'""", "v", warns=("AZ231",)) == r'"{v}" \n %s'
        )

    def test_a_whole_expression_keeps_its_type(self) -> None:
        assert self.embedded("$inputs.x", {"a": [1.5, True]}) == {"a": [1.5, True]}

    def test_a_whole_expression_keeps_its_type_at_any_depth(self) -> None:
        assert self.embedded("[{a: [$inputs.x]}]", 5) == [{"a": [5]}]

    def test_a_whole_expression_in_braces_is_text_with_a_hint(self) -> None:
        assert self.embedded("'{$inputs.x}'", 5, warns=("AZ205",)) == "5"

    def test_an_expression_without_braces_is_tolerated_where_it_starts_a_word(self) -> None:
        assert self.embedded("Bearer $inputs.x", "t", warns=("AZ501",)) == "Bearer t"

    def test_other_dollars_are_literal_text(self) -> None:
        assert self.embedded("'costs $5, US$inputs.x, $inputs.y, $nothing'", "t") == (
            "costs $5, US$inputs.x, $inputs.y, $nothing"
        )

    @pytest.mark.parametrize(
        ("value", "code"),
        [
            ("Bearer $inputs.tokne", "AZ210"),
            ("Bearer $inptus.token", "AZ201"),
            ("Bearer $inputs.password", "AZ210"),
            ("key=$steps.gone.outputs.key", "AZ211"),
        ],
    )
    def test_a_slip_in_an_expression_without_braces_is_an_error(
        self, value: str, code: str
    ) -> None:
        result = compile_text(f"""
            inputs: {{type: object, required: [token], properties: {{token: {{type: string}}}}}}
            steps:
              - stepId: first
                operationId: read
                parameters: [{{name: id, in: path, value: {value}}}]
            """)
        assert errors(result) == [code]


class TestSteps:
    def test_an_output_of_a_later_step_is_an_error(self) -> None:
        result = compile_text("""
            steps:
              - stepId: first
                operationId: read
                parameters: [{name: id, in: path, value: $steps.second.outputs.id}]
              - stepId: second
                operationId: list
                outputs: {id: $response.body#/0/id}
            """)
        assert errors(result) == ["AZ214"]

    def test_an_output_of_a_step_that_may_not_have_run_is_optional_with_a_warning(self) -> None:
        module = compile_workflow(
            """
            inputs: {type: object, required: [id], properties: {id: {type: string}}}
            steps:
              - stepId: read
                operationId: read
                parameters: [{name: id, in: path, value: $inputs.id}]
                onSuccess:
                  - name: skip
                    type: goto
                    stepId: last
                    criteria: [{condition: $response.body#/status == 'Done'}]
              - stepId: submit
                operationId: submit
                outputs: {id: $response.body#/id}
              - stepId: last
                operationId: cancel
                parameters: [{name: id, in: path, value: $steps.submit.outputs.id}]
            outputs: {id: $steps.submit.outputs.id}
            """,
            warns=("AZ218",),
        )
        assert "    id: str | None\n" in module.source
        error, script = module.fail(Answer(200, {"id": "1", "status": "Done"}), id="1")
        assert type(error).__name__ == "MissingValue"
        assert script.calls == ["GET /jobs/1"]
        result, script = module.run(
            Answer(200, JOB), Answer(201, {"id": "2", "status": "x"}), Answer(204), id="1"
        )
        assert script.calls == ["GET /jobs/1", "POST /jobs", "DELETE /jobs/2"]
        assert result.id == "2"

    def test_unknown_names_are_errors_with_a_suggestion(self) -> None:
        found = compile_text(READ + "    outputs: {a: $steps.raed.outputs.x, b: $inputs.idd}\n")
        assert told(found) == [
            "AZ211 workflow `flow` has no step `raed` => did you mean `read`?",
            "AZ210 workflow `flow` has no input `idd` => did you mean `id`?",
        ]


def test_outputs_can_be_inputs_constants_and_text() -> None:
    module = compile_workflow("""
        inputs: {type: object, required: [id], properties: {id: {type: string}, n: {type: integer}}}
        steps: [{stepId: list, operationId: list, outputs: {all: $response.body, x: '<{$response.body#/x}>'}}]
        outputs:
          id: $inputs.id
          n: $inputs.n
          text: 'id {$inputs.id}'
          maybe: 'n {$inputs.n}'
          first: $steps.list.outputs.all#/0
          x: $steps.list.outputs.x
        """)
    result, _ = module.run(Answer(200, [5]), id="1")
    assert (result.id, result.n, result.text, result.maybe) == ("1", None, "id 1", None)
    assert (result.first, result.x) == (5, None)
    result, _ = module.run(Answer(200, {"x": 1.5}), id="1", n=2)
    assert (result.maybe, result.x) == ("n 2", "<1.5>")


def test_an_input_s_default_is_the_argument_s_default() -> None:
    module = compile_workflow("""
        inputs: {type: object, properties: {n: {type: integer, default: 10}}}
        steps:
          - {stepId: list, operationId: list, parameters: [{name: limit, in: query, value: $inputs.n}]}
        """)
    _, script = module.run(Answer(200, []))
    assert script.sent[0].query == [("limit", "10")]


class TestRequest:
    """`$request`: what the step gave to its request."""

    def listed(self, outputs: str, *, warns: tuple[str, ...] = ()) -> Any:
        names = [each.partition(":")[0].strip(" {") for each in outputs.split(", ")]
        given = ", ".join(f"{name}: $steps.list.outputs.{name}" for name in names)
        return compile_workflow(
            f"""
            inputs:
              type: object
              required: [limit]
              properties: {{limit: {{type: integer}}, trace: {{type: string}}}}
            steps:
              - stepId: list
                operationId: list
                parameters:
                  - {{name: limit, in: query, value: $inputs.limit}}
                  - {{name: x-trace, in: header, value: 'a {{$inputs.trace}}'}}
                outputs: {{{outputs}}}
            outputs: {{{given}}}
            """,
            warns=warns,
        )

    def test_parameters_are_read_by_name_and_keep_their_type(self) -> None:
        module = self.listed("limit: $request.query.limit, trace: $request.header.X-TRACE")
        assert "limit: int\n" in module.source
        result, _ = module.run(Answer(200, []), limit=5, trace="b")
        assert (result.limit, result.trace) == (5, "a b")
        result, _ = module.run(Answer(200, []), limit=5)
        assert result.trace is None

    def test_what_the_step_leaves_out_is_null(self) -> None:
        result, _ = self.listed("tag: $request.query.tag").run(Answer(200, []), limit=5)
        assert result.tag is None

    def test_path_parameters_are_read_in_criteria(self) -> None:
        module = compile_workflow(
            READ + "    successCriteria:\n"
            "      - condition: $request.path.id == $response.body#/id\n"
        )
        module.run(Answer(200, JOB), id="1")
        error, _ = module.fail(Answer(200, JOB), id="2")
        assert error.operands["$request.path.id"] == "2"

    def test_bodies_and_their_members_are_read_as_they_were_given(self) -> None:
        module = compile_workflow("""
            inputs: {type: object, required: [job], properties: {job: {type: object}, note: {type: string}}}
            steps:
              - stepId: submit
                operationId: submit
                requestBody:
                  payload: {job: $inputs.job, tags: [a, b], note: $inputs.note}
                  replacements: [{target: /n, value: 3}]
                outputs:
                  all: $request.body
                  second: $request.body#/tags/1
                  name: $request.body#/job/name
                  none: $request.body#/tags/9
                  n: $request.body#/n
                  kind: $request.header.Content-Type
            outputs:
              all: $steps.submit.outputs.all
              second: $steps.submit.outputs.second
              name: $steps.submit.outputs.name
              none: $steps.submit.outputs.none
              n: $steps.submit.outputs.n
              kind: $steps.submit.outputs.kind
            """)
        result, script = module.run(Answer(201), job={"name": "x"})
        assert (
            result.all == script.sent[0].json == {"job": {"name": "x"}, "tags": ["a", "b"], "n": 3}
        )
        assert (result.second, result.name, result.none, result.n) == ("b", "x", None, 3)
        assert result.kind == "application/json"

    def test_the_request_is_there_where_no_response_came(self) -> None:
        module = compile_workflow(
            """
            steps:
              - stepId: list
                operationId: list
                parameters: [{name: limit, in: query, value: 5}]
                onFailure:
                  - {name: over, type: goto, stepId: cancel, criteria: [{condition: $request.query.limit == 5}]}
              - {stepId: other, operationId: list}
              - {stepId: cancel, operationId: cancel, parameters: [{name: id, in: path, value: x}]}
            """,
            warns=("AZ423",),
        )
        _, script = module.run(Silence(), Answer(204))
        assert script.calls == ["GET /jobs", "DELETE /jobs/x"]

    def test_credentials_are_read_from_the_request_and_stay_secret(self) -> None:
        secured = JOBS.replace(
            "components:",
            "security: [{token: []}]\ncomponents:\n  securitySchemes: {token: {type: http, scheme: bearer}}",
        )
        module = compile_workflow(
            """
            steps:
              - {stepId: list, operationId: list, outputs: {it: $request.header.authorization}}
            outputs: {it: $steps.list.outputs.it}
            """,
            secured,
        )
        result, _ = module.run(Answer(200, []), bearer_token="s3cr3t")
        assert result.it == "Bearer s3cr3t"
        assert "s3cr3t" not in repr(result)

    @pytest.mark.parametrize(
        ("expression", "code"),
        [
            ("$request.header.X-Other", "AZ220"),
            ("$request.query.other", "AZ220"),
            ("$request.path.id", "AZ220"),
            ("$request.body", "AZ220"),
            ("$request.payload", "AZ220"),
        ],
    )
    def test_what_the_request_does_not_have_is_an_error(self, expression: str, code: str) -> None:
        text = f"steps: [{{stepId: list, operationId: list, outputs: {{it: {expression}}}}}]"
        assert errors(compile_text(text)) == [code]

    def test_before_the_request_there_is_none(self) -> None:
        text = "steps: [{stepId: list, operationId: list, parameters: [{name: limit, in: query, value: $request.query.tag}]}]"
        assert errors(compile_text(text)) == ["AZ215"]

    def paged(self, text: str, *, also: str = "") -> Any:
        """A workflow that asks for a page after the other, with what the last one gave as `next`."""
        return compile_workflow(f"""
            steps:
              - stepId: list
                operationId: list
                parameters:
                  - {{name: limit, in: query, value: $steps.list.outputs.next}}
                  - {{name: X-Trace, in: header, value: 'from {{$steps.list.outputs.next}}'}}
                  {also}
                {indent(dedent(text), " " * 16).strip()}
            outputs: {{asked: $steps.list.outputs.asked}}
            """)

    @pytest.mark.parametrize(
        ("expression", "expected"),
        [
            ("$request.query.limit", [None, 3, 7]),
            ("$request.header.x-trace", [None, "from 3", "from 7"]),
        ],
    )
    def test_outputs_of_the_same_step_are_read_as_they_were_sent(
        self, expression: str, expected: list[object]
    ) -> None:
        module = self.paged(f"""
            outputs: {{next: $response.body#/next, asked: {expression}}}
            onSuccess: [{{name: more, type: goto, stepId: list, criteria: [{{condition: $response.body#/next}}]}}]
            """)
        pages = [Answer(200, {"next": 3}), Answer(200, {"next": 7})]
        for rounds, last in enumerate(expected):
            result, _ = module.run(*pages[:rounds], Answer(200, {}))
            assert result.asked == last

    def test_criteria_and_actions_read_what_was_sent(self) -> None:
        module = self.paged("""
            successCriteria: [{condition: $statusCode == 200}, {condition: $request.query.limit != 13}]
            outputs: {next: $response.body#/next, asked: $request.query.limit}
            onSuccess:
              - {name: enough, type: end, criteria: [{condition: $request.query.limit == 7}]}
              - {name: more, type: goto, stepId: list}
            onFailure:
              - {name: again, type: retry, retryLimit: 1, criteria: [{condition: $request.query.limit == 3}]}
            """)
        first, second, third = (Answer(200, {"next": each}) for each in (3, 7, 9))
        result, script = module.run(first, Answer(500), second, third)
        assert result.asked == 7
        assert [dict(sent.query).get("limit") for sent in script.sent] == [None, "3", "3", "7"]
        error, script = module.fail(Answer(200, {"next": 13}), first)
        assert error.operands == {"$request.query.limit": 13}
        assert error.criterion == "$request.query.limit != 13"

    def test_a_body_that_is_made_of_own_outputs_is_read_as_it_was_sent(self) -> None:
        names = ("whole", "id", "tag", "first", "found")
        given = ", ".join(f"{name}: $steps.submit.outputs.{name}" for name in names)
        module = compile_workflow(
            workflow(
                f"""
                inputs: {{type: object, required: [tag], properties: {{tag: {{type: string}}}}}}
                steps:
                  - stepId: submit
                    operationId: submit
                    requestBody:
                      payload:
                        of: {{id: $steps.submit.outputs.last, tags: [$inputs.tag, x]}}
                        job: $steps.submit.outputs.job
                    outputs:
                      last: $response.body#/id
                      job: $response.body
                      whole: $request.body
                      id: $request.body#/of/id
                      tag: $request.body#/of/tags/0
                      first: $request.body#/job/status
                      found: {{context: $request.body, selector: $.job.id, type: jsonpath}}
                    onSuccess:
                      - name: more
                        type: goto
                        stepId: submit
                        criteria: [{{condition: $request.body#/of/id != 'b'}}]
                outputs: {{{given}}}
                """,
                version="1.1.0",
            )
        )
        answers = (Answer(201, {"id": each, "status": each.upper()}) for each in "abc")
        result, script = module.run(*answers, tag="t")
        assert [sent.json["of"] for sent in script.sent] == [
            {"tags": ["t", "x"]},
            {"id": "a", "tags": ["t", "x"]},
            {"id": "b", "tags": ["t", "x"]},
        ]
        assert result.whole == script.sent[2].json
        assert (result.id, result.tag, result.first, result.found) == ("b", "t", "B", "b")

    def test_a_step_that_runs_before_a_retry_keeps_what_it_sent(self) -> None:
        module = compile_workflow("""
            steps:
              - stepId: list
                operationId: list
                parameters: [{name: limit, in: query, value: $steps.list.outputs.next}]
                outputs: {next: $response.body#/next, asked: $request.query.limit}
              - stepId: submit
                operationId: submit
                requestBody: {payload: {asked: $steps.list.outputs.asked}}
                onFailure: [{name: again, type: retry, stepId: list, retryLimit: 2}]
            """)
        pages = [Answer(200, {"next": each}) for each in (3, 7, 9)]
        _, script = module.run(pages[0], Answer(500), pages[1], Answer(500), pages[2], Answer(201))
        assert [sent.json for sent in script.sent[1::2]] == [{}, {"asked": 3}, {"asked": 7}]

    def test_an_output_that_is_sent_again_and_again_stays_what_it_was(self) -> None:
        module = self.paged(
            """
            outputs: {next: $response.body#/next, asked: $request.query.limit, same: $request.query.tag}
            onSuccess: [{name: more, type: goto, stepId: list, criteria: [{condition: $response.body#/next}]}]
            """,
            also="- {name: tag, in: query, value: $steps.list.outputs.same}",
        )
        result, script = module.run(Answer(200, {"next": 3}), Answer(200, {}))
        assert result.asked == 3
        assert script.calls == ["GET /jobs", "GET /jobs"]

    def test_steps_that_send_each_other_what_they_sent_are_compiled(self) -> None:
        module = compile_workflow(
            """
            steps:
              - stepId: list
                operationId: list
                parameters: [{name: limit, in: query, value: $steps.again.outputs.asked}]
                outputs: {asked: $request.query.limit}
              - stepId: again
                operationId: list
                parameters: [{name: limit, in: query, value: $steps.list.outputs.asked}]
                outputs: {asked: $request.query.limit}
                onSuccess: [{name: more, type: goto, stepId: list, criteria: [{condition: $statusCode == 201}]}]
            outputs: {asked: $steps.again.outputs.asked}
            """,
            warns=("AZ422",),
        )
        result, _ = module.run(Answer(200), Answer(201), Answer(200), Answer(200))
        assert result.asked is None


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("$sourceDescriptions.api.url", "api.yaml"),
        ("$sourceDescriptions.api.name", "api"),
        ("$sourceDescriptions.api.type", "openapi"),
    ],
)
def test_fields_of_source_descriptions_are_values(expression: str, expected: str) -> None:
    assert value_of(expression, Answer(200, JOB)) == expected


@pytest.mark.parametrize(
    "expression",
    ["$sourceDescriptions.api.read", "$components.parameters.page", "$message.payload"],
)
def test_operations_components_and_messages_are_no_values(expression: str) -> None:
    assert errors(compile_text(read(f"value: {expression}"))) == ["AZ223"]


class TestAllInputs:
    INPUTS = """
        inputs:
          type: object
          required: [name]
          properties: {name: {type: string}, when: {type: string}, apiKey: {type: string}, n: {type: integer, default: 5}}
        """

    def test_all_inputs_are_an_object_without_those_that_are_not_given(self) -> None:
        module = compile_workflow(
            self.INPUTS + """
        steps: [{stepId: submit, operationId: submit, requestBody: {payload: {all: $inputs}}, outputs: {it: $inputs}}]
        outputs: {it: $steps.submit.outputs.it, name: $steps.submit.outputs.it#/name}
            """,
            warns=("AZ512",),
        )
        result, script = module.run(Answer(201, JOB), name="a", api_key="s3cr3t")
        expected = {"name": "a", "apiKey": "s3cr3t", "n": 5}
        assert script.sent[0].json == {"all": expected}
        assert (result.it, result.name) == (expected, "a")
        assert "s3cr3t" not in repr(result)

    def test_a_query_over_all_inputs_reads_them_one_by_one(self) -> None:
        module = compile_workflow(
            self.INPUTS + """
        steps:
          - stepId: list
            operationId: list
            onSuccess:
              - {name: later, type: end, criteria: [{context: $inputs, type: jsonpath, condition: $.when != null}]}
          - {stepId: submit, operationId: submit}
            """,
            warns=("AZ506", "AZ512"),
        )
        assert module.run(Answer(200, []), name="a", when="noon")[1].calls == ["GET /jobs"]
        assert len(module.run(Answer(200, []), Answer(201, JOB), name="a")[1].calls) == 2

    def test_in_a_longer_text_it_is_a_word(self) -> None:
        module = compile_workflow(
            self.INPUTS + """
        steps: [{stepId: submit, operationId: submit, requestBody: {payload: {a: "all $inputs", b: "{$inputs}"}}}]
            """,
            warns=("AZ205", "AZ512"),
        )
        _, script = module.run(Answer(201, JOB), name="a")
        assert script.sent[0].json == {"a": "all $inputs", "b": '{"name":"a","n":5}'}

    def test_without_inputs_it_is_an_error(self) -> None:
        assert errors(
            compile_text(
                "steps: [{stepId: submit, operationId: submit, requestBody: {payload: $inputs}}]"
            )
        ) == ["AZ210"]


def test_an_output_of_the_workflow_can_be_made_of_another_one() -> None:
    module = compile_workflow("""
        steps: [{stepId: submit, operationId: submit, outputs: {id: $response.body#/id}}]
        outputs: {long: "job {$outputs.id}", id: $steps.submit.outputs.id}
        """)
    result, _ = module.run(Answer(201, JOB))
    assert (result.long, result.id) == (f"job {JOB['id']}", JOB["id"])


def test_text_is_put_into_text() -> None:
    module = compile_workflow("""
        inputs: {type: object, properties: {a: {type: string}, b: {type: integer}}}
        steps:
          - stepId: list
            operationId: list
            parameters: [{name: X-Trace, in: header, value: '{$inputs.a}-{$inputs.b}'}]
            outputs: {it: '<{$request.header.X-Trace}>'}
        outputs: {it: '{$steps.list.outputs.it}!', long: '{$outputs.it}?'}
        """)
    result, _ = module.run(Answer(200, []), a="x", b=1)
    assert (result.it, result.long) == ("<x-1>!", "<x-1>!?")
    result, _ = module.run(Answer(200, []), a="x")
    assert (result.it, result.long) == (None, None)


@pytest.mark.parametrize(
    ("outputs", "code"),
    [("{a: $outputs.b, b: $outputs.a}", "AZ223"), ("{a: $outputs.bb, b: x}", "AZ212")],
)
def test_an_output_that_is_made_of_itself_or_of_none_is_an_error(outputs: str, code: str) -> None:
    text = f"steps: [{{stepId: list, operationId: list}}]\noutputs: {outputs}"
    assert set(errors(compile_text(text))) == {code}


@pytest.mark.parametrize("expression", ["$outputs.it", "$workflows.flow.outputs.it"])
def test_a_workflow_has_no_outputs_before_its_end(expression: str) -> None:
    text = f"""
        steps: [{{stepId: list, operationId: list, outputs: {{it: $response.body, x: {expression}}}}}]
        outputs: {{it: $steps.list.outputs.it}}
        """
    assert errors(compile_text(text)) == ["AZ223"]
