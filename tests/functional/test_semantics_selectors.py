"""What Selector Objects of Arazzo 1.1 select, and where they may stand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.compiling import Answer, Compiled, compile_text, compile_workflow, errors, told, workflow

JOBS = {"jobs": [{"id": "a", "n": 1}, {"id": "b", "n": 2}, {"n": 3}], "k~/": None}


def compiled(text: str, *, warns: tuple[str, ...] = ()) -> Compiled:
    """The module of a workflow of version 1.1."""
    return compile_workflow(workflow(text, version="1.1.0"), warns=warns)


def selecting(selector: str, *, kind: str = "jsonpath", operation: str = "list") -> str:
    """A workflow whose output is what a Selector Object selects of a response."""
    return f"""
        steps:
          - stepId: ask
            operationId: {operation}
            {"parameters: [{name: id, in: path, value: x}]" if operation == "read" else ""}
            outputs: {{it: {{context: $response.body, selector: "{selector}", type: {kind}}}}}
        outputs: {{it: $steps.ask.outputs.it}}
        """


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ("$.jobs[0].id", "a"),
        ("$.jobs[-1].n", 3),
        ("$.jobs[2].id", None),
        ("$['k~/']", None),
        ("$", JOBS),
        ("  $.jobs[1].n ", 2),
    ],
)
def test_a_query_to_one_node_gives_its_value(selector: str, expected: Any) -> None:
    result, _ = compiled(selecting(selector)).run(Answer(200, JOBS))
    assert result.it == expected


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ("$.jobs[*].id", ["a", "b"]),
        ("$.jobs[?@.n > 1].n", [2, 3]),
        ("$.jobs[?@.n > 5]", []),
        ("$.jobs[:2]", JOBS["jobs"][:2]),  # type: ignore[index]
        ("$..id", ["a", "b"]),
        ("$.jobs[0]['id', 'n']", ["a", 1]),
        ("$.nothing[*]", []),
    ],
)
def test_a_query_to_several_nodes_gives_the_list_of_them(selector: str, expected: Any) -> None:
    result, _ = compiled(selecting(selector)).run(Answer(200, JOBS))
    assert result.it == expected


@pytest.mark.parametrize(
    ("selector", "expected"),
    [("/jobs/0/id", "a"), ("/jobs/7", None), ("", JOBS), ("/k~0~1", None), ("/jobs/-1", None)],
)
def test_a_json_pointer_leads_to_a_value(selector: str, expected: Any) -> None:
    result, _ = compiled(selecting(selector, kind="jsonpointer")).run(Answer(200, JOBS))
    assert result.it == expected


@pytest.mark.parametrize(
    "kind",
    [
        "{type: jsonpath, version: rfc9535}",
        "{type: jsonpath, version: draft-goessner-dispatch-jsonpath-00}",
    ],
)
def test_a_version_may_be_stated(kind: str) -> None:
    result, _ = compiled(selecting("$.jobs[0].id", kind=kind)).run(Answer(200, JOBS))
    assert result.it == "a"


@pytest.mark.parametrize(
    ("selector", "kind", "annotation"),
    [
        ("$.status", "jsonpath", "it: str\n"),
        ("/owner/name", "jsonpointer", "it: str | None\n"),
        ("$.owner['name']", "jsonpath", "it: str | None\n"),
        ("$.result[*]", "jsonpath", "it: list[Any]\n"),
    ],
)
def test_types_come_from_the_schema(selector: str, kind: str, annotation: str) -> None:
    assert annotation in compiled(selecting(selector, kind=kind, operation="read")).source


def test_what_the_schema_promises_is_required_of_the_response() -> None:
    module = compiled(selecting("$.status", operation="read"))
    error, _ = module.fail(Answer(200, {"id": "1"}))
    assert type(error).__name__ == "OutputMissing"


def test_selectors_stand_for_parameters_payloads_and_replacements() -> None:
    module = compiled(
        """
        steps:
          - stepId: list
            operationId: list
            outputs: {all: $response.body#/jobs}
          - stepId: read
            operationId: read
            parameters:
              - {name: id, in: path, value: {context: $steps.list.outputs.all, selector: "$[0].id", type: jsonpath}}
          - stepId: submit
            operationId: submit
            requestBody:
              payload:
                ids: {context: $steps.list.outputs.all, selector: "$[*].id", type: jsonpath}
                rest: [{context: $steps.list.outputs.all, selector: /1/n, type: jsonpointer}]
              replacements:
                - {target: /last, value: {context: $steps.list.outputs.all, selector: "$[-1].n", type: jsonpath}}
                - {target: /none, value: {context: $steps.list.outputs.all, selector: "$[9].n", type: jsonpath}}
        outputs:
          last: {context: $steps.list.outputs.all, selector: "$[-1]", type: jsonpath}
        """,
        warns=("AZ218",),
    )
    result, script = module.run(
        Answer(200, JOBS), Answer(200, {"id": "a", "status": "x"}), Answer(201)
    )
    assert script.sent[1].path == "/jobs/a"
    assert script.sent[2].json == {"ids": ["a", "b"], "rest": [2], "last": 3}
    assert result.last == {"n": 3}


def test_nothing_is_sent_where_a_selector_finds_nothing_that_is_needed() -> None:
    module = compiled(
        """
        steps:
          - {stepId: list, operationId: list, outputs: {all: $response.body#/jobs}}
          - stepId: read
            operationId: read
            parameters:
              - {name: id, in: path, value: {context: $steps.list.outputs.all, selector: "$[2].id", type: jsonpath}}
        """,
        warns=("AZ218",),
    )
    error, _ = module.fail(Answer(200, JOBS))
    assert type(error).__name__ == "MissingValue"
    assert "$steps.list.outputs.all[2]['id']" in str(error)


def test_values_are_variables_of_a_selector_s_query() -> None:
    module = compiled("""
        inputs: {type: object, required: [i, id], properties: {i: {type: string}, id: {type: string}}}
        steps:
          - stepId: list
            operationId: list
            outputs:
              one: {context: $response.body, selector: "$.jobs[{$inputs.i}].n", type: jsonpath}
              some: {context: $response.body, selector: "$.jobs[?@.id == '{$inputs.id}'].n", type: jsonpath}
        outputs: {one: $steps.list.outputs.one, some: $steps.list.outputs.some}
        """)
    result, _ = module.run(Answer(200, JOBS), i="1", id="a")
    assert (result.one, result.some) == (2, [1])
    result, _ = module.run(Answer(200, JOBS), i="*", id="' || true || '")
    assert (result.one, result.some) == (None, [])


def test_secrets_stay_secret_when_they_are_selected() -> None:
    module = compiled(selecting("$.access_token"))
    result, _ = module.run(Answer(200, {"access_token": "s3cr3t"}))
    assert result.it == "s3cr3t"
    assert "s3cr3t" not in repr(result)


def test_such_an_object_is_a_literal_in_arazzo_1_0() -> None:
    text = """
        steps:
          - stepId: submit
            operationId: submit
            requestBody: {payload: {context: a, selector: b, type: jsonpath}}
        """
    _, script = compile_workflow(workflow(text)).run(Answer(201))
    assert script.sent[0].json == {"context": "a", "selector": "b", "type": "jsonpath"}


@pytest.mark.parametrize(
    ("selector", "kind", "code"),
    [
        ("$.a[", "jsonpath", "AZ203"),
        ("$.status == 'x'", "jsonpath", "AZ203"),
        ("status", "jsonpath", "AZ203"),
        ("jobs/0", "jsonpointer", "AZ201"),
        ("//a[", "xpath", "AZ206"),
        ("$.a[{$statusCode} 1", "jsonpath", "AZ203"),
        ("a/{$statusCode}", "jsonpointer", "AZ201"),
    ],
)
def test_selectors_that_cannot_be_compiled_are_errors(selector: str, kind: str, code: str) -> None:
    result = compile_text(workflow(selecting(selector, kind=kind), version="1.1.0"))
    assert errors(result) == [code], told(result)


def test_the_context_is_an_expression_that_has_a_value_there() -> None:
    text = selecting("$.a").replace("$response.body", "$steps.none.outputs.x")
    assert errors(compile_text(workflow(text, version="1.1.0"))) == ["AZ211"]
