"""Criteria that are JSONPath queries, as workflows run them; `tests/fixtures/queries` has the queries alone."""

from __future__ import annotations

import json
from typing import Any

import pytest
from mypy import api as mypy

from tests.compiling import Answer, Silence, compile_text, compile_workflow, errors, told

INPUTS = "inputs: {type: object, properties: {item: {type: string}, secret: {type: string}}}\n"


def listing(query: str, kind: str = "jsonpath", context: str = "$response.body") -> str:
    """A workflow that lists jobs, and succeeds where the query finds something."""
    criterion = f"{{context: {context}, type: {kind}, condition: {json.dumps(query)}}}"
    return f"{INPUTS}steps: [{{stepId: list, operationId: list, successCriteria: [{criterion}]}}]"


PETS: list[tuple[Any, bool]] = [
    ({"pets": [{"id": 1}]}, True),
    ([{"pets": []}], True),
    ({"shop": {"pets": []}}, True),
    ({"cats": []}, False),
    ([{"cats": []}], False),
    ([[{"pets": []}]], False),
    ("pets", False),
]


@pytest.mark.parametrize(("body", "holds"), PETS)
def test_the_specification_s_example(body: Any, holds: bool) -> None:
    module = compile_workflow(listing("$[?count(@.pets) > 0]"))
    (module.run if holds else module.fail)(Answer(200, body))


def test_a_filter_of_a_known_list_is_no_filter_of_objects() -> None:
    openapi = """
        openapi: 3.0.3
        info: {title: Jobs, version: '1'}
        servers: [{url: 'https://jobs.test'}]
        paths:
          /jobs:
            get:
              operationId: list
              responses:
                '200':
                  description: Jobs
                  content:
                    application/json:
                      schema: {type: array, items: {type: object}}
        """
    module = compile_workflow(listing("$[?@.status == 'open']"), openapi)
    assert (
        'any(at(item, "status") == "open" for item in children_of(response.data))' in module.source
    )
    module.run(Answer(200, [{"status": "open"}]))
    module.fail(Answer(200, {"status": "open"}))


def test_the_filter_of_a_map_of_records_means_the_members() -> None:
    openapi = """
        openapi: 3.0.3
        info: {title: Jobs, version: '1'}
        servers: [{url: 'https://jobs.test'}]
        paths:
          /jobs:
            get:
              operationId: list
              responses:
                '200':
                  description: Jobs by id
                  content:
                    application/json:
                      schema: {type: object, additionalProperties: {type: object, properties: {n: {}}}}
        """
    module = compile_workflow(listing("$[?@.n > 1]"), openapi)
    module.run(Answer(200, {"first": {"n": 2}}))
    module.fail(Answer(200, {"first": {"n": 1}}))


def test_an_input_is_compared_as_text_at_any_depth_of_a_query() -> None:
    query = "$.jobs[?@.id == '{$inputs.item}' && @.tags[?@ == '{$inputs.item}']]"
    module = compile_workflow(listing(query))
    job = {"id": "x", "tags": ["x"]}
    module.run(Answer(200, {"jobs": [job]}), item="x")
    module.fail(Answer(200, {"jobs": [job]}), item="y")
    module.fail(Answer(200, {"jobs": [job]}), item="' || true || '")


def test_an_input_may_be_called_like_what_a_query_selects() -> None:
    module = compile_workflow(listing("$[?@.a[?@ == '{$inputs.item}']]"))
    assert "for item_2 in" in module.source
    module.run(Answer(200, [{"a": ["x"]}]), item="x")


def test_outputs_of_steps_are_queried_too() -> None:
    module = compile_workflow("""
        steps:
          - stepId: list
            operationId: list
            outputs: {jobs: $response.body#/jobs}
          - stepId: again
            operationId: list
            successCriteria:
              - {context: $steps.list.outputs.jobs, type: jsonpath, condition: "$[-1].tags[?@ == 'x']"}
        """)
    jobs: list[dict[str, list[str]]] = [{"tags": []}, {"tags": ["x"]}]
    module.run(Answer(200, {"jobs": jobs}), Answer(200, {}))
    module.fail(Answer(200, {"jobs": jobs[::-1]}), Answer(200, {}))
    module.fail(Answer(200, {}), Answer(200, {}))


def test_where_no_response_came_queries_find_nothing() -> None:
    module = compile_workflow("""
        steps:
          - stepId: list
            operationId: list
            onFailure:
              - name: gone
                type: retry
                retryLimit: 1
                criteria: [{context: $response.body, type: jsonpath, condition: "!$..id && count($.*) == 0"}]
        """, warns=("AZ506",))  # fmt: skip
    module.run(Silence(), Answer(200))
    module.fail(Answer(500, {"id": 1}))


def test_members_that_must_not_be_shown_are_not_shown() -> None:
    query = "$.session[0].access_token == 'x' && $.jobs[0].id == 'y'"
    module = compile_workflow(listing(query), warns=("AZ506",))
    error, _ = module.fail(Answer(200, {"session": [{"access_token": "hidden"}], "jobs": []}))
    assert error.operands == {"$.jobs[0].id": None}
    assert "hidden" not in str(error)


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        (r"\\d+", r"AZ204 this is no I-Regexp => write `[0-9]` for `\d`"),
        ("(?i)a", "AZ204 this is no I-Regexp => groups are written `(...)`, without a `?`"),
        ("a{2,1}", "AZ204 min repeat greater than max repeat"),
        ("(a", "AZ204 a parenthesis is not closed"),
    ],
)
def test_patterns_of_other_dialects_are_errors(pattern: str, problem: str) -> None:
    assert told(compile_text(listing(f"$[?match(@.id, '{pattern}')]"))) == [problem]


OLDER = "{type: jsonpath, version: draft-goessner-dispatch-jsonpath-00}"


def test_the_older_dialect_is_taken_where_it_means_the_same() -> None:
    module = compile_workflow(listing("$.jobs[?(@.status == 'open')]", OLDER))
    module.run(Answer(200, {"jobs": [{"status": "open"}]}))
    module.fail(Answer(200, {"jobs": []}))


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("$.jobs[(@.length-1)]", "scripts have no equal in RFC 9535"),
        (" $.jobs[?(@.tags.length > 1)]", "`.length` is a member by RFC 9535, not a size"),
    ],
)
def test_the_older_dialect_is_refused_where_it_means_something_else(
    query: str, problem: str
) -> None:
    result = compile_text(listing(query, OLDER))
    assert errors(result) == ["AZ203"]
    assert problem in told(result)[0]


QUERIES = (
    "$",
    "$.jobs[-1].id",
    "$['a', 'b']",
    "$..id",
    "$.jobs[::2]",
    "$.jobs[?@.a, 0].x",
    "$[?@.status == 'open' || @.status == 'new']",
    "$[?count(@..*) > 3 && !@.jobs[?@.n >= 2]]",
    "$[?length(@.name) == value(@..n)]",
    "$[?match(@.name, 'a.*') || search(@.name, $.pattern) || match(@.name, '\\\\p{L}+')]",
    "$[?@.id == '{$inputs.item}']",
    "$[?@.a <= null || @.b == @.c]",
)


def test_modules_with_queries_are_typed_strictly(tmp_path: Any) -> None:
    criteria = ", ".join(
        f"{{context: $response.body, type: jsonpath, condition: {json.dumps(query)}}}"
        for query in QUERIES
    )
    steps = f"steps: [{{stepId: list, operationId: list, successCriteria: [{criteria}]}}]"
    path = tmp_path / "module.py"
    path.write_text(compile_workflow(INPUTS + steps).source, "utf-8")
    options = ["--strict", "--no-error-summary", "--config-file", "", "--python-version", "3.11"]
    out, problems, status = mypy.run([*options, "--cache-dir", str(tmp_path / "cache"), str(path)])
    assert (out, problems, status) == ("", "", 0)


@pytest.mark.parametrize(
    ("condition", "holds", "fails"),
    [
        ("$[?$.status == 'Done']", {"status": "Done"}, {"inner": {"status": "Done"}}),
        ("$[?$.a == 1 || $.b]", {"b": None}, {"a": 2}),
        ("$[?$.n > 1 && !$.error]", {"n": 2}, {"n": 2, "error": 0}),
        ("$[?$[0].x == 1]", [{"x": 1}], {"x": 1}),
    ],
)
def test_a_filter_may_look_at_the_whole_context_alone(
    condition: str, holds: object, fails: object
) -> None:
    module = compile_workflow(listing(condition))
    module.run(Answer(200, holds))
    module.fail(Answer(200, fails))
