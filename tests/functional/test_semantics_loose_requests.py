"""What requests are taken for where a document or a description says them in a way of its own."""

from __future__ import annotations

import pytest

from tests.compiling import Answer, compile_text, compile_workflow, errors, told

THINGS = """
openapi: 3.1.0
info: {title: Things, version: 1.0.0}
servers: [{url: https://api.example}]
paths:
"""
CALL = "steps: [{stepId: call, operationId: call}]"
JOB = {"id": "1", "status": "Queued"}
FINE = "responses: {'200': {description: Fine.}}"


def described(path: str, operation: str = "", method: str = "get") -> str:
    """A description with one operation, `call`; `operation` is what it has beside, in flow style."""
    return f"{THINGS}  '{path}':\n    {method}: {{operationId: call, {operation} {FINE}}}\n"


class TestQueriesInPaths:
    def test_a_query_in_a_path_is_sent_as_it_is_written(self) -> None:
        limit = "parameters: [{name: limit, in: query, schema: {type: integer}}],"
        module = compile_workflow(
            "steps: [{stepId: call, operationId: call, "
            "parameters: [{name: limit, in: query, value: 2}]}]",
            described("/things?full=true&note=a%20b", limit),
            warns=("AZ608",),
        )
        _, script = module.run(Answer(200))
        assert script.sent[0].path == "/things"
        assert script.sent[0].query == [("full", "true"), ("note", "a b"), ("limit", "2")]

    def test_a_parameter_of_the_step_takes_its_place(self) -> None:
        full = "parameters: [{name: full, in: query, required: true, schema: {type: string}}],"
        module = compile_workflow(
            "steps: [{stepId: call, operationId: call, "
            "parameters: [{name: full, in: query, value: no}]}]",
            described("/things?full=yes", full),
            warns=("AZ608",),
        )
        _, script = module.run(Answer(200))
        assert script.sent[0].query == [("full", "no")]

    def test_a_required_parameter_that_the_path_states_is_not_missing(self) -> None:
        full = "parameters: [{name: full, in: query, required: true, schema: {type: string}}],"
        module = compile_workflow(CALL, described("/things?full=yes", full), warns=("AZ608",))
        _, script = module.run(Answer(200))
        assert script.sent[0].query == [("full", "yes")]

    def test_a_placeholder_of_a_declared_parameter_says_nothing_more(self) -> None:
        find = "parameters: [{name: q, in: query, schema: {type: string}}],"
        module = compile_workflow(CALL, described("/things?q={q}", find), warns=("AZ608",))
        _, script = module.run(Answer(200))
        assert script.sent[0].url == "https://api.example/things"

    def test_a_fragment_is_not_sent(self) -> None:
        module = compile_workflow(CALL, described("/#Action=List"), warns=("AZ608",))
        _, script = module.run(Answer(200))
        assert script.sent[0].url == "https://api.example/"

    @pytest.mark.parametrize("path", ["/things?q={q}", "/things{?q}", "things?q=1"])
    def test_a_query_that_cannot_be_understood_is_an_error(self, path: str) -> None:
        result = compile_text(CALL, described(path))
        assert sorted(errors(result)) == ["AZ304", "AZ605"]
        assert any("is no path" in line for line in told(result))


def parameter(stated: str) -> str:
    return f"parameters: [{stated}],"


class TestLeftOut:
    @pytest.mark.parametrize(
        ("schema", "sent"),
        [
            ("{const: v2}", "v2"),
            ("{enum: [v3]}", "v3"),
            ("{type: integer, default: 4}", "4"),
            ("{type: array, items: {type: string, enum: [v5]}}", "v5"),
        ],
    )
    def test_a_parameter_that_can_have_one_value_is_sent_with_that(
        self, schema: str, sent: str
    ) -> None:
        declared = parameter(f"{{name: api-version, in: query, required: true, schema: {schema}}}")
        module = compile_workflow(CALL, described("/things", declared), warns=("AZ515",))
        _, script = module.run(Answer(200))
        assert script.sent[0].query == [("api-version", sent)]

    def test_one_that_can_have_several_is_an_error(self) -> None:
        declared = parameter("{name: v, in: query, required: true, schema: {enum: [a, b]}}")
        assert errors(compile_text(CALL, described("/things", declared))) == ["AZ311"]

    def test_one_that_is_optional_stays_out(self) -> None:
        declared = parameter("{name: v, in: query, schema: {default: a}}")
        module = compile_workflow(CALL, described("/things", declared))
        _, script = module.run(Answer(200))
        assert script.sent[0].query == []


class TestLeftOutCredentials:
    @pytest.mark.parametrize("name", ["token", "X-Api-Key", "accessToken", "jwt"])
    def test_a_credential_that_is_declared_as_a_parameter_is_an_argument(self, name: str) -> None:
        declared = parameter(f"{{name: {name}, in: header, required: true, schema: {{}}}}")
        module = compile_workflow(CALL, described("/things", declared), warns=("AZ513",))
        keyword = {"X-Api-Key": "x_api_key", "accessToken": "access_token"}.get(name, name)
        _, script = module.run(Answer(200), **{keyword: "s3cret"})
        assert script.sent[0].headers[name] == "s3cret"

    def test_it_is_in_no_error(self) -> None:
        declared = parameter("{name: token, in: query, required: true, schema: {}}")
        module = compile_workflow(CALL, described("/things", declared), warns=("AZ513",))
        error, script = module.fail(Answer(401), token="s3cret")
        assert script.sent[0].query == [("token", "s3cret")]
        assert "s3cret" not in f"{error} {error!r}"

    def test_one_argument_serves_all_places(self) -> None:
        header = described(
            "/things", parameter("{name: token, in: header, required: true, schema: {}}")
        )
        query = parameter("{name: token, in: query, required: true, schema: {}}")
        module = compile_workflow(
            "steps: [{stepId: call, operationId: call}, {stepId: more, operationId: more}]",
            header + f"  /more:\n    get: {{operationId: more, {query} {FINE}}}\n",
            warns=("AZ513",),
        )
        _, script = module.run(Answer(200), Answer(200), token="s3cret")
        assert script.sent[0].headers["token"] == "s3cret"
        assert script.sent[1].query == [("token", "s3cret")]

    def test_a_security_scheme_that_sends_it_is_enough(self) -> None:
        key = "{name: X-Key, in: header, required: true, schema: {type: string}}"
        module = compile_workflow(
            CALL,
            described("/things", f"security: [{{key: []}}], {parameter(key)}")
            + "components: {securitySchemes: {key: {type: apiKey, in: header, name: x-key}}}\n",
        )
        _, script = module.run(Answer(200), api_key="s3cret")
        assert script.sent[0].headers["x-key"] == "s3cret"

    @pytest.mark.parametrize("name", ["page_token", "Idempotency-Key", "key", "tokenType"])
    def test_what_need_not_be_a_credential_is_missing(self, name: str) -> None:
        declared = parameter(f"{{name: {name}, in: query, required: true, schema: {{}}}}")
        assert errors(compile_text(CALL, described("/things", declared))) == ["AZ311"]


class TestMisplaced:
    PASSES = (
        "steps: [{{stepId: call, operationId: call, parameters: [{{name: q, in: {0}, value: 1}}]}}]"
    )

    def test_what_no_path_can_hold_goes_where_it_is_declared(self) -> None:
        declared = parameter("{name: q, in: query, schema: {type: integer}}")
        module = compile_workflow(
            self.PASSES.format("path"), described("/things", declared), warns=("AZ514",)
        )
        _, script = module.run(Answer(200))
        assert script.sent[0].url == "https://api.example/things?q=1"

    def test_what_a_path_needs_goes_there(self) -> None:
        declared = parameter("{name: q, in: path, required: true, schema: {type: integer}}")
        module = compile_workflow(
            self.PASSES.format("query"), described("/things/{q}", declared), warns=("AZ514",)
        )
        _, script = module.run(Answer(200))
        assert script.sent[0].url == "https://api.example/things/1"

    def test_the_case_of_a_header_that_stands_elsewhere_means_nothing(self) -> None:
        declared = parameter("{name: Q, in: header, required: true, schema: {type: integer}}")
        module = compile_workflow(
            self.PASSES.format("query"), described("/things", declared), warns=("AZ514",)
        )
        _, script = module.run(Answer(200))
        assert script.sent[0].url == "https://api.example/things"
        assert {name.lower(): value for name, value in script.sent[0].headers.items()}["q"] == "1"

    def test_two_of_one_name_go_nowhere_else(self) -> None:
        declared = parameter("{name: q, in: query, required: true, schema: {type: integer}}")
        result = compile_text(
            "steps: [{stepId: call, operationId: call, parameters: "
            "[{name: q, in: path, value: 1}, {name: q, in: header, value: 2}]}]",
            described("/things", declared),
        )
        assert "AZ514" not in {found.rule.code for found in result.diagnostics}
        assert "AZ311" in errors(result)

    def test_what_is_optional_elsewhere_is_sent_as_written(self) -> None:
        declared = parameter("{name: q, in: header, schema: {type: integer}}")
        module = compile_workflow(
            self.PASSES.format("query"), described("/things", declared), warns=("AZ310",)
        )
        _, script = module.run(Answer(200))
        assert script.sent[0].url == "https://api.example/things?q=1"


TWO = """
arazzo: 1.0.1
info: {title: Test, version: 1.0.0}
sourceDescriptions:
  - {name: api, url: api.yaml, type: openapi}
  - {name: other, url: other.yaml, type: openapi}
workflows:
  - workflowId: flow
    steps: [{stepId: call, operationId: call}]
"""


class TestSharedOperations:
    def test_an_operation_that_slices_of_one_api_share_is_one(self) -> None:
        beside = {"other.yaml": described("/things") + f"  /x: {{get: {{{FINE}}}}}\n"}
        module = compile_workflow(TWO, described("/things"), warns=("AZ508",), beside=beside)
        _, script = module.run(Answer(200))
        assert script.sent[0].url == "https://api.example/things"

    @pytest.mark.parametrize(
        "other",
        [
            described("/things").replace("api.example", "other.example"),
            described("/others"),
            described("/things", method="post"),
            described("/things")
            + "components: {securitySchemes: {key: {type: apiKey, in: header, name: K}}}\n"
            + "security: [{key: []}]\n",
        ],
    )
    def test_operations_of_one_name_at_different_servers_are_ambiguous(self, other: str) -> None:
        result = compile_text(TWO, described("/things"), beside={"other.yaml": other})
        assert errors(result) == ["AZ302"]
