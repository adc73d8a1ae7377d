"""What criteria mean to a run; `tests/fixtures/conditions` has their truth, response by response."""

from __future__ import annotations

import json
from textwrap import dedent

import pytest

from tests.compiling import Answer, Silence, compile_text, compile_workflow, errors

JOB = {"id": "1", "status": "Queued"}


def listing(criteria: str) -> str:
    return f"""
        steps:
          - stepId: list
            operationId: list
            successCriteria: {criteria}
        """


@pytest.mark.parametrize("status", [200, 204, 299])
def test_without_criteria_a_2xx_status_is_success(status: int) -> None:
    compile_workflow("steps: [{stepId: list, operationId: list}]").run(Answer(status))


@pytest.mark.parametrize("status", [199, 300, 304, 404, 500])
def test_without_criteria_any_other_status_is_failure(status: int) -> None:
    error, _ = compile_workflow("steps: [{stepId: list, operationId: list}]").fail(Answer(status))
    assert error.step_id == "list"
    assert error.response.status == status


def test_every_criterion_has_to_hold() -> None:
    module = compile_workflow(
        listing("[{condition: $statusCode == 200}, {condition: $response.body#/ok}]")
    )
    module.run(Answer(200, {"ok": True}))
    error, _ = module.fail(Answer(200, {"ok": False}))
    assert error.criterion == "$response.body#/ok"
    error, _ = module.fail(Answer(500, {"ok": True}))
    assert error.criterion == "$statusCode == 200"


def test_double_quoted_literals_are_tolerated() -> None:
    module = compile_workflow(
        listing("""[{condition: '$response.body#/a == "x"'}]"""), warns=("AZ505",)
    )
    module.run(Answer(200, {"a": "X"}))


@pytest.mark.parametrize("literal", ["{$inputs.a}", "$inputs.a", "a-{$inputs.a}"])
def test_an_expression_in_quotes_is_a_literal(literal: str) -> None:
    module = compile_workflow(
        "inputs: {type: object, required: [a], properties: {a: {type: string}}}"
        + dedent(listing(f"""[{{condition: "$response.body#/a == '{literal}'"}}]""")),
        warns=("AZ209",),
    )
    module.run(Answer(200, {"a": literal}), a="x")
    put_in = literal.replace("{$inputs.a}", "x").replace("$inputs.a", "x")
    module.fail(Answer(200, {"a": put_in}), a="x")


@pytest.mark.parametrize("literal", ["$5", "{a}", "$set", "US$"])
def test_other_text_in_quotes_is_not_told(literal: str) -> None:
    compile_workflow(listing(f"""[{{condition: "$response.body#/a == '{literal}'"}}]"""))


def test_a_condition_in_braces_is_tolerated() -> None:
    module = compile_workflow(
        listing("[{condition: '{$response.body#/a == 1}'}]"), warns=("AZ507",)
    )
    module.run(Answer(200, {"a": 1}))


def test_a_bare_predicate_is_tolerated() -> None:
    criterion = "{type: jsonpath, context: $response.body, condition: '$.a == 1 || $.b == 2'}"
    module = compile_workflow(listing(f"[{criterion}]"), warns=("AZ506",))
    module.run(Answer(200, {"b": 2}))
    module.fail(Answer(200, {"b": "2"}))


@pytest.mark.parametrize(
    ("query", "holds", "fails"),
    [
        ("$.a", {"a": None}, {}),
        ("$[0]", [0], {"0": 0}),
        ("$[-1]", [0], []),
        ("$.items[*]", {"items": [None]}, {"items": []}),
        ("$..id", {"a": [{"id": 1}]}, {"a": [{"ID": 1}]}),
        ("$.items[?@.done == true]", {"items": [{"done": True}]}, {"items": [{"done": "true"}]}),
        ("$.items[?@.n > 1 && !@.old]", {"items": [{"n": 2}]}, {"items": [{"n": 2, "old": 0}]}),
        ("$.items[?length(@.name) > 2]", {"items": [{"name": "abc"}]}, {"items": [{"name": "ab"}]}),
        ("$.items[?count(@.*) == 2]", {"items": [{"a": 1, "b": 2}]}, {"items": [{"a": 1}]}),
        ("$.items[?match(@, 'a.')]", {"items": ["ab"]}, {"items": ["abc"]}),
        ("$.items[1:3]", {"items": [0, 1]}, {"items": [0]}),
    ],
)
def test_a_query_holds_where_it_finds_something(query: str, holds: object, fails: object) -> None:
    criterion = f"{{type: jsonpath, context: $response.body, condition: {json.dumps(query)}}}"
    module = compile_workflow(listing(f"[{criterion}]"))
    module.run(Answer(200, holds))
    module.fail(Answer(200, fails))


def test_a_filter_of_an_object_is_tried_on_the_object_itself() -> None:
    criterion = "{type: jsonpath, context: $response.body, condition: '$[?@.status == \"Done\"]'}"
    module = compile_workflow(listing(f"[{criterion}]"))
    module.run(Answer(200, {"status": "Done"}))
    module.run(Answer(200, [{"status": "Done"}]))
    module.run(Answer(200, {"inner": {"status": "Done"}}))
    module.fail(Answer(200, {"status": "done"}))
    module.fail(Answer(200, {}))


def test_a_filter_of_what_is_known_to_be_an_object_is_tolerated() -> None:
    module = compile_workflow(
        """
        steps:
          - stepId: read
            operationId: read
            parameters: [{name: id, in: path, value: x}]
            successCriteria:
              - {type: jsonpath, context: $response.body, condition: "$[?@.status == 'Done']"}
        """,
        warns=("AZ510",),
    )
    module.run(Answer(200, {"id": "1", "status": "Done"}))
    module.fail(Answer(200, {"id": "1", "status": "done"}))


def test_a_pattern_that_does_not_compile_is_an_error() -> None:
    result = compile_text(listing("[{type: regex, context: $response.body, condition: '(a'}]"))
    assert errors(result) == ["AZ204"]


def test_a_query_that_does_not_parse_is_an_error() -> None:
    result = compile_text(listing("[{type: jsonpath, context: $response.body, condition: '$.a['}]"))
    assert errors(result) == ["AZ203"]


def test_data_never_changes_a_query() -> None:
    criterion = (
        "{type: jsonpath, context: $response.body, condition: '$.status == \"{$inputs.x}\"'}"
    )
    module = compile_workflow(
        f"""
        inputs: {{type: object, required: [x], properties: {{x: {{type: string}}}}}}
        steps: [{{stepId: list, operationId: list, successCriteria: [{criterion}]}}]
        """,
        warns=("AZ506",),
    )
    module.run(Answer(200, {"status": '" || true || "'}), x='" || true || "')
    module.fail(Answer(200, {"status": "Queued"}), x='" || true || "')


def test_a_pattern_is_put_together_from_values() -> None:
    module = compile_workflow("""
        inputs:
          type: object
          required: [start, n]
          properties: {start: {type: string}, n: {type: integer}, end: {type: string}}
        steps:
          - stepId: list
            operationId: list
            successCriteria:
              - {type: regex, context: $response.body#/id, condition: '^{$inputs.start}-{$inputs.n}{$inputs.end}'}
        """)
    module.run(Answer(200, {"id": "ab-17"}), start="[a-c]+", n=1, end="7$")
    module.fail(Answer(200, {"id": "ab-17"}), start="[a-c]+", n=1, end="$")


def test_a_pattern_that_is_none_or_lacks_a_value_matches_nothing() -> None:
    module = compile_workflow("""
        inputs: {type: object, properties: {start: {type: string}}}
        steps:
          - stepId: list
            operationId: list
            successCriteria:
              - {type: regex, context: $response.body#/id, condition: '^{$inputs.start}'}
        """)
    module.run(Answer(200, {"id": "(a"}), start="")
    error, _ = module.fail(Answer(200, {"id": "(a"}), start="(")
    assert error.criterion == "^{$inputs.start}"
    assert error.operands == {"$response.body#/id": "(a", "$inputs.start": "("}
    module.fail(Answer(200, {"id": "a"}), start="a{1,99999999999}")
    module.fail(Answer(200, {"id": "None"}))


def test_a_pattern_that_no_value_makes_one_is_an_error() -> None:
    result = compile_text(
        "inputs: {type: object, properties: {x: {type: string}}}\n"
        "steps: [{stepId: list, operationId: list, successCriteria: "
        "[{type: regex, context: $response.body, condition: '[a{$inputs.x}'}]}]"
    )
    assert errors(result) == ["AZ204"]


def test_values_stand_for_literals_names_and_indexes_of_a_query() -> None:
    module = compile_workflow("""
        inputs:
          type: object
          required: [group, index, least]
          properties: {group: {type: string}, index: {type: integer}, least: {type: number}}
        steps:
          - stepId: list
            operationId: list
            successCriteria:
              - type: jsonpath
                context: $response.body
                condition: $['{$inputs.group}'][{$inputs.index}].sizes[?@ >= {$inputs.least}]
        """)
    assert "literal_of" not in module.source
    body = {"jobs.new": [{}, {"sizes": [1, 2.5]}]}
    module.run(Answer(200, body), group="jobs.new", index=1, least=2.5)
    module.run(Answer(200, body), group="jobs.new", index=-1, least=0)
    module.fail(Answer(200, body), group="jobs.new", index=0, least=0)
    module.fail(Answer(200, body), group="jobs", index=1, least=0)
    module.fail(Answer(200, body), group="jobs.new", index=1, least=3)


def test_a_value_that_cannot_stand_in_a_query_fails_the_criterion() -> None:
    module = compile_workflow("""
        inputs: {type: object, properties: {least: {type: string}, index: {type: string}}}
        steps:
          - stepId: list
            operationId: list
            successCriteria:
              - {type: jsonpath, context: $response.body, condition: '$.jobs[?@.n != {$inputs.least}]'}
              - {type: jsonpath, context: $response.body, condition: '$.jobs[{$inputs.index}]'}
        """)
    body = {"jobs": [{"n": 1}]}
    module.run(Answer(200, body), least="2", index="0")
    module.run(Answer(200, body), index="0")
    module.fail(Answer(200, body), least="1", index="0")
    module.fail(Answer(200, body), least="@.m", index="0")
    module.fail(Answer(200, body), least="2", index="*")
    module.fail(Answer(200, body), least="2")


def test_the_outcome_of_a_comparison_is_compared() -> None:
    module = compile_workflow(
        listing("[{condition: '($response.body#/a == 1) == ($response.body#/b > 1)'}]")
    )
    module.run(Answer(200, {"a": 1, "b": 2}))
    module.run(Answer(200, {"a": 2, "b": 1}))
    module.fail(Answer(200, {"a": 1, "b": 1}))


def test_a_criterion_compares_with_inputs_and_outputs() -> None:
    module = compile_workflow("""
        inputs: {type: object, required: [n], properties: {n: {type: integer}}}
        steps:
          - {stepId: list, operationId: list, outputs: {a: $response.body#/a}}
          - stepId: again
            operationId: list
            successCriteria:
              - condition: $response.body#/a == $steps.list.outputs.a && $response.body#/n >= $inputs.n
        """)
    module.run(Answer(200, {"a": "X"}), Answer(200, {"a": "x", "n": "5"}), n=5)
    module.fail(Answer(200, {"a": "X"}), Answer(200, {"a": "y", "n": "5"}), n=5)
    module.fail(Answer(200, {"a": "X"}), Answer(200, {"a": "x", "n": 4}), n=5)


def test_headers_are_judged_without_regard_to_case() -> None:
    module = compile_workflow(listing("[{condition: $response.header.X-State == 'done'}]"))
    module.run(Answer(200, [], {"x-state": "DONE"}))
    module.fail(Answer(200, []))


class TestSilence:
    """Where no response came, conditions see null."""

    def action(self, condition: str) -> str:
        return f"""
            steps:
              - stepId: list
                operationId: list
                onFailure:
                  - name: silent
                    type: goto
                    stepId: cancel
                    criteria: [{{condition: {json.dumps(condition)}}}]
              - {{stepId: skipped, operationId: submit}}
              - {{stepId: cancel, operationId: cancel, parameters: [{{name: id, in: path, value: x}}]}}
            """

    @pytest.mark.parametrize(
        "condition",
        [
            "$statusCode == null",
            "$statusCode != 200",
            "!$statusCode",
            "!($statusCode < 500)",
            "$response.body == null",
            "$response.header.Retry-After == null",
            "$response.body#/error != 'fatal'",
            "null == $statusCode || $statusCode >= 500",
        ],
    )
    def test_an_action_can_match_silence(self, condition: str) -> None:
        _, script = compile_workflow(self.action(condition)).run(Silence(), Answer(204))
        assert script.calls == ["GET /jobs", "DELETE /jobs/x"]

    @pytest.mark.parametrize(
        "condition",
        [
            "$statusCode < 500",
            "$statusCode <= 500",
            "$statusCode >= 500",
            "$statusCode",
            "$statusCode != null",
            "$statusCode == '500'",
            "$statusCode < '500'",
            "$response.body",
            "$response.body#/error == 'fatal'",
            "$response.header.Retry-After < 5",
        ],
    )
    def test_an_action_that_looks_for_an_answer_does_not(self, condition: str) -> None:
        error, script = compile_workflow(self.action(condition)).fail(Silence())
        assert script.calls == ["GET /jobs"]
        assert error.step_id == "list"
        assert error.response is None
        assert isinstance(error.__cause__, ConnectionRefusedError)


def test_a_criterion_that_cannot_be_evaluated_fails_and_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    module = compile_workflow("""
        inputs: {type: object, required: [pattern], properties: {pattern: {type: string}}}
        steps:
          - stepId: list
            operationId: list
            successCriteria:
              - {context: $response.body, type: regex, condition: '^{$inputs.pattern}$'}
        """)
    module.run(Answer(200, "abc"), pattern="a.c")
    assert caplog.records == []
    error, _ = module.fail(Answer(200, "abc"), pattern="(s3cret")
    assert error.criterion == "^{$inputs.pattern}$"
    (record,) = caplog.records
    assert record.levelname == "WARNING"
    assert record.name == module.module.__name__
    assert record.getMessage() == (
        "a criterion fails: the pattern that was put together for it is none (error at character 1)"
        "; $inputs.pattern is '(s3cret'"
    )


def test_what_is_logged_is_cut_and_has_no_secrets(caplog: pytest.LogCaptureFixture) -> None:
    module = compile_workflow("""
        inputs: {type: object, required: [word, apiKey], properties: {word: {type: string}, apiKey: {type: string}}}
        steps:
          - stepId: list
            operationId: list
            successCriteria:
              - {context: $inputs.word, type: regex, condition: '{$inputs.apiKey}'}
        """)
    module.fail(Answer(200, "abc"), word="a" * 200, api_key="(s3cret")
    (record,) = caplog.records
    assert "s3cret" not in caplog.text
    assert record.getMessage().endswith(f"; $inputs.word is '{'a' * 76}...")


def test_text_that_may_lack_a_value_is_one_operand() -> None:
    module = compile_workflow("""
        inputs: {type: object, properties: {a: {type: string}}}
        steps:
          - stepId: list
            operationId: list
            parameters: [{name: X-Trace, in: header, value: 'a-{$inputs.a}'}]
            onSuccess:
              - name: both
                type: end
                criteria: [{condition: $response.body == 1 && $request.header.X-Trace != null}]
              - name: one
                type: end
                criteria: [{context: $response.body, type: jsonpath, condition: "$[?@ == 2 && '{$request.header.X-Trace}' == 'a-x']"}]
          - {stepId: submit, operationId: submit}
        """)
    assert len(module.run(Answer(200, 1), a="x")[1].calls) == 1
    assert len(module.run(Answer(200, 2), Answer(201), a="x")[1].calls) == 2
    assert len(module.run(Answer(200, [2]), a="x")[1].calls) == 1
    assert len(module.run(Answer(200, 1), Answer(201))[1].calls) == 2
    assert len(module.run(Answer(200, [2]), Answer(201))[1].calls) == 2
