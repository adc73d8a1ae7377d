"""Queries that a run puts together: JSONPaths, JSON Pointers and XPaths whose text only a run knows."""

from __future__ import annotations

import sys
from inspect import signature
from typing import Any
from unittest.mock import patch

import pytest

from arazzoc.edition import Edition
from tests.compiling import Answer, Compiled, compile_text, compile_workflow, errors, told, workflow

JOBS = {"jobs": [{"id": "a", "n": 1}, {"id": "b'", "n": 2}], "a/b": {"x~y": 5}, "token": "s3cr3t"}
INPUTS = """
inputs:
  type: object
  required: [x]
  properties:
    x: {type: string}
    y: {type: string}
    n: {type: integer}
    payload: {}
    hidden: {type: string, format: password}
"""
COMPOSED = ("AZ207",)


def criterion(
    condition: str, kind: str = "jsonpath", *, warns: tuple[str, ...] = COMPOSED, context: str = ""
) -> Compiled:
    """A workflow whose only step has one criterion about what comes back."""
    return compile_workflow(
        f"""{INPUTS}
steps:
  - stepId: list
    operationId: list
    successCriteria:
      - context: $response.body{context}
        type: {kind}
        condition: >-
          {condition}
""",
        warns=warns,
    )


def selecting(
    selector: str, kind: str = "jsonpath", *, warns: tuple[str, ...] = COMPOSED
) -> Compiled:
    """A workflow whose output is what a Selector Object selects."""
    text = f"""{INPUTS}
steps:
  - stepId: list
    operationId: list
    outputs:
      it:
        context: $response.body
        type: {kind}
        selector: >-
          {selector}
outputs: {{it: $steps.list.outputs.it}}
"""
    return compile_workflow(workflow(text, version="1.1.0"), warns=warns)


def replacing(
    target: str, kind: str = "jsonpath", *, warns: tuple[str, ...] = COMPOSED
) -> Compiled:
    """A workflow that sends its input `payload` with 9 in another place."""
    text = f"""{INPUTS}
steps:
  - stepId: submit
    operationId: submit
    requestBody:
      payload: $inputs.payload
      replacements:
        - targetSelectorType: {kind}
          value: 9
          target: >-
            {target}
"""
    return compile_workflow(workflow(text, version="1.1.0"), warns=warns)


def sent(module: Compiled, payload: object, **inputs: object) -> Any:
    return module.run(Answer(201), payload=payload, **inputs)[1].sent[0].json


def holds(module: Compiled, body: object = JOBS, **inputs: object) -> bool:
    """Whether the criterion holds for a response."""
    try:
        module.run(Answer(200, body), **inputs)
    except module.module.StepFailed:
        return False
    return True


class TestCriteria:
    @pytest.mark.parametrize(
        ("path", "expected"),
        [
            ("$.jobs[?@.n > 1]", True),
            ("$.jobs[?@.n > 2]", False),
            (" $.jobs ", True),
            ("$..id", True),
            ("$.nothing", False),
            ("$", True),
        ],
    )
    def test_a_whole_query_is_asked_in_the_run(self, path: str, expected: bool) -> None:
        assert holds(criterion("{$inputs.x}"), x=path) is expected

    def test_operators_and_other_pieces_are_put_in(self) -> None:
        module = criterion("$.jobs[?@.n {$inputs.x} {$inputs.n}]")
        assert holds(module, x=">", n=1)
        assert not holds(module, x=">", n=2)
        assert holds(module, x="== 5 || @.n <", n=2)

    def test_a_filter_may_mean_an_object_as_a_whole(self) -> None:
        module = criterion("{$inputs.x}")
        for path in ("$[?@.s == 'Done']", " $ [?@.s==$.t].s", "$[?@.s == $['t'] && !$['$']]"):
            assert holds(module, {"s": "Done", "t": "Done"}, x=path)
            assert not holds(module, {"s": "Queued", "t": "Done"}, x=path)
        assert not holds(module, {"s": "Queued"}, x="$[?@.s == 'Done']")
        assert not holds(module, {"s": "Done"}, x="$[?@.s == 'x', 0]")
        assert not holds(module, [[{"s": "x"}]], x="$[?@.s == 'x']")

    def test_what_stands_in_a_string_literal_stays_in_it(self) -> None:
        module = criterion("$.jobs[?@.id == '{$inputs.y}' && @.n {$inputs.x} 2]")
        assert holds(module, x="==", y="b'")
        assert not holds(module, x="==", y="' || 1 == 1 || '")
        assert not holds(module, x="==", y="\\' || 1 == 1 || '")
        double = criterion('$.jobs[?@.id == "{$inputs.y}" && @.n {$inputs.x} 2]')
        assert holds(double, x="==", y="b'")
        assert holds(double, {"jobs": [{"id": 'é"\\', "n": 2}]}, x="==", y='é"\\')

    @pytest.mark.parametrize(
        "path", ["", "jobs", "$.jobs[", "$.a == 1", "$[?@.a =~ 'x']", "$[" * 5000]
    )
    def test_what_is_no_query_fails_and_is_logged_without_secrets(
        self, path: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        assert not holds(criterion("{$inputs.hidden}"), x="", hidden=path)
        (record,) = caplog.records
        assert "a criterion fails: its JSONPath cannot be evaluated" in record.getMessage()
        assert not path or path not in record.getMessage()

    def test_a_query_that_lacks_a_value_fails(self) -> None:
        assert not holds(criterion("{$inputs.y}"), x="")
        assert not holds(criterion("$.jobs[?@.id == '{$inputs.y}' {$inputs.x}]"), x="|| 1 == 1")

    def test_null_has_nothing_to_find(self) -> None:
        assert not holds(criterion("{$inputs.x}"), None, x="$")

    @pytest.mark.parametrize(
        ("condition", "message"),
        [
            ("$.status {$inputs.x} 'Done'", "with any value this is a logical expression"),
            ("@.n {$inputs.x} 5", "a query starts with `$`"),
            ("$.jobs[?@.n {$inputs.x} 5", "no value is likely to make this a query"),
            ("$.jobs[?@.id == '{$inputs.x}' &&]", ""),
        ],
    )
    def test_what_no_value_makes_a_query_is_an_error(self, condition: str, message: str) -> None:
        text = f"""{INPUTS}
steps:
  - stepId: list
    operationId: list
    successCriteria:
      - {{type: jsonpath, context: $response.body, condition: "{condition}"}}
"""
        result = compile_text(text)
        assert errors(result) == ["AZ203"], told(result)
        assert message in told(result)[0]

    def test_the_older_dialect_is_read_by_rfc_9535_where_that_means_the_same(self) -> None:
        older = "{type: jsonpath, version: draft-goessner-dispatch-jsonpath-00}"
        module = criterion("{$inputs.x}", older)
        assert holds(module, x="$.jobs[?(@.n > 1)]")
        body = {"jobs": [{"tags": {"length": 2}}], "length": 1}
        assert holds(module, body, x="$.length")
        assert not holds(module, body, x="$.jobs[?(@.tags.length > 1)]")
        assert holds(criterion("{$inputs.x}"), body, x="$.jobs[?(@.tags.length > 1)]")
        assert not holds(module, x="$.jobs[(@.length-1)]")
        assert holds(criterion("$.jobs[?(@.id == '{$inputs.x}')]", older, warns=()), x="a")
        assert holds(criterion("$.jobs[{$inputs.n}]", older, warns=()), x="", n=1)


class TestSteps:
    @pytest.mark.parametrize(
        ("step", "expected"), [(1, [1, 2, 3]), (2, [1, 3]), (-1, [3, 2, 1]), (0, [])]
    )
    def test_the_step_of_a_slice_is_a_value(self, step: int, expected: list[int]) -> None:
        module = selecting("$.a[::{$inputs.n}]", warns=())
        assert module.run(Answer(200, {"a": [1, 2, 3]}), x="", n=step)[0].it == expected
        assert "jsonpath_rfc9535" not in module.source

    def test_a_step_that_is_no_number_finds_nothing(self) -> None:
        module = selecting("$.a[0:{$inputs.n}:{$inputs.x}]", warns=())
        assert module.run(Answer(200, {"a": [1, 2, 3]}), x="2", n=3)[0].it == [1, 3]
        assert module.run(Answer(200, {"a": [1, 2, 3]}), x="::", n=3)[0].it is None


class TestSelectors:
    @pytest.mark.parametrize(
        ("path", "expected"),
        [
            ("$.jobs[0].id", "a"),
            ("$.jobs[-1]['n']", 2),
            ("$['a/b'][\"x~y\"]", 5),
            ("$.jobs[9].id", None),
            ("$", JOBS),
            ("$.jobs[*].n", [1, 2]),
            ("$.jobs[?@.n > 1].n", [2]),
            ("$.none[*]", []),
        ],
    )
    def test_a_query_gives_what_it_would_if_it_were_stated(self, path: str, expected: Any) -> None:
        assert selecting("{$inputs.x}").run(Answer(200, JOBS), x=path)[0].it == expected

    @pytest.mark.parametrize("name", ["it's", 'q"q', "a\\b", "é\u2028", "\n\t", "$", "[0]"])
    def test_any_name_can_be_asked_for(self, name: str) -> None:
        module = selecting("$['{$inputs.y}']{$inputs.x}")
        assert module.run(Answer(200, {name: [7]}), x="[0]", y=name)[0].it == 7

    def test_what_is_no_query_is_an_error_that_names_the_step(self) -> None:
        module = selecting("{$inputs.x}")
        error, _ = module.fail(Answer(200, JOBS), x="s3cr3t")
        assert type(error).__name__ == "InvalidQuery"
        assert str(error) == (
            "step list: the query {$inputs.x} cannot be asked: it is no JSONPath (JSONPathSyntaxError)"
        )
        assert (error.place, error.stated) == ("step list", "{$inputs.x}")
        assert "InvalidQuery: A query that was put together is none." in module.module.flow.__doc__

    def test_an_output_of_the_workflow_names_the_workflow(self) -> None:
        text = f"""{INPUTS}
steps: [{{stepId: list, operationId: list, outputs: {{all: $response.body}}}}]
outputs: {{it: {{context: $steps.list.outputs.all, selector: "{{$inputs.x}}", type: jsonpath}}}}
"""
        module = compile_workflow(workflow(text, version="1.1.0"), warns=COMPOSED)
        assert module.run(Answer(200, JOBS), x="$.jobs[1].n")[0].it == 2
        error, _ = module.fail(Answer(200, JOBS), x="")
        assert str(error).startswith("workflow flow: the query {$inputs.x}")

    def test_nothing_is_sent_where_a_query_finds_nothing_that_is_needed(self) -> None:
        text = f"""{INPUTS}
steps:
  - stepId: read
    operationId: read
    parameters:
      - {{name: id, in: path, value: {{context: $inputs.payload, selector: "{{$inputs.x}}", type: jsonpath}}}}
"""
        module = compile_workflow(workflow(text, version="1.1.0"), warns=("AZ207", "AZ218"))
        answer = Answer(200, {"id": "", "status": ""})
        assert module.run(answer, x="$.a", payload={"a": "7"})[1].calls == ["GET /jobs/7"]
        error, _ = module.fail(x="$.b", payload={"a": "7"})
        assert type(error).__name__ == "MissingValue"
        error, _ = module.fail(x="b", payload={"a": "7"})
        assert type(error).__name__ == "InvalidQuery"


class TestPointers:
    @pytest.mark.parametrize(
        ("pointer", "value", "expected"),
        [
            ("/jobs/{$inputs.x}/id", "1", "b'"),
            ("/jobs/{$inputs.x}/id", "1/id", None),
            ("/a~1b/x{$inputs.x}", "~y", 5),
            ("/{$inputs.x}/x~0y", "a/b", 5),
            ("{$inputs.x}", "/jobs/0/n", 1),
            ("{$inputs.x}", "", JOBS),
            ("{$inputs.x}/0/id", "/jobs", "a"),
        ],
    )
    def test_an_expression_is_a_token_and_at_the_start_a_pointer(
        self, pointer: str, value: str, expected: Any
    ) -> None:
        module = selecting(pointer, "jsonpointer", warns=())
        assert module.run(Answer(200, JOBS), x=value)[0].it == expected

    @pytest.mark.parametrize("pointer", ["jobs", "#/jobs", "/a~2", "/a~"])
    def test_what_is_no_pointer_is_an_error_that_names_the_step(self, pointer: str) -> None:
        error, _ = selecting("{$inputs.x}", "jsonpointer", warns=()).fail(
            Answer(200, JOBS), x=pointer
        )
        assert str(error).endswith("the query {$inputs.x} cannot be asked: it is no JSON Pointer")

    def test_a_pointer_leads_to_the_place_of_a_replacement(self) -> None:
        module = replacing("/a/{$inputs.x}", "jsonpointer", warns=("AZ219",))
        assert sent(module, {"a": {"b": 1}}, x="b") == {"a": {"b": 9}}
        assert sent(module, {"a": {"b": 1}}, x="c/d") == {"a": {"b": 1, "c/d": 9}}
        assert sent(module, {"a": [1, 2]}, x="1") == {"a": [1, 9]}
        for payload in ({}, {"a": [1]}, {"a": 5}):
            error, script = module.fail(payload=payload, x="5")
            assert str(error) == (
                "step submit: a JSON Pointer that is put together leads nowhere, so nothing was sent"
            )
            assert not script.sent

    def test_a_target_that_is_no_pointer_is_an_error(self) -> None:
        text = f"""{INPUTS}
steps:
  - stepId: submit
    operationId: submit
    requestBody: {{payload: {{a: 1}}, replacements: [{{target: "a/{{$inputs.x}}", value: 1}}]}}
"""
        assert errors(compile_text(text)) == ["AZ322"]


class TestTargets:
    def test_what_a_query_finds_is_replaced(self) -> None:
        module = replacing("{$inputs.x}", warns=("AZ207", "AZ219"))
        assert sent(module, {"a": [1, {"b": 2}]}, x="$.a[?@.b].b") == {"a": [1, {"b": 9}]}
        assert sent(module, {"a": [1, {"b": 2}]}, x="$..a") == {"a": 9}
        assert sent(module, {"a": [1, 2]}, x="$.a[-1]") == {"a": [1, 9]}
        assert sent(module, {"a": {}}, x="$.a.new") == {"a": {"new": 9}}
        assert sent(module, {"a": {}}, x="$") == 9

    def test_nothing_is_sent_where_a_query_is_none_or_finds_nothing(self) -> None:
        module = replacing("{$inputs.x}", warns=("AZ207", "AZ219"))
        for path in ("$.b[*]", "$.b.c", "s3cr3t", "$["):
            error, script = module.fail(payload={"a": 1}, x=path)
            assert type(error).__name__ == "InvalidValue"
            assert str(error).startswith("step submit: ")
            assert "s3cr3t" not in str(error)
            assert not script.sent

    @pytest.mark.parametrize(
        ("target", "inputs", "expected"),
        [
            ("$.a[{$inputs.n}:]", {"n": 1}, [1, 9, 9]),
            ("$.a[{$inputs.x}]", {"x": "-1"}, [1, 2, 9]),
            ("$.a[::{$inputs.n}]", {"n": 2}, [9, 2, 9]),
        ],
    )
    def test_indexes_bounds_and_steps_are_values(
        self, target: str, inputs: dict[str, Any], expected: list[int]
    ) -> None:
        module = replacing(target, warns=("AZ219",))
        assert sent(module, {"a": [1, 2, 3]}, **{"x": "", **inputs}) == {"a": expected}

    def test_nothing_is_sent_where_a_value_cannot_stand_in_a_target(self) -> None:
        module = replacing("$.a[{$inputs.x}]", warns=("AZ219",))
        error, script = module.fail(payload={"a": [1]}, x="*")
        assert type(error).__name__ == "InvalidValue"
        assert not script.sent


class TestXPath:
    XML = b"<jobs><job id='1'><n>5</n></job></jobs>"

    @pytest.mark.parametrize(
        ("condition", "inputs", "expected"),
        [
            ("{$inputs.x}", {"x": "//n > 4"}, True),
            ("{$inputs.x}", {"x": "//n > 5"}, False),
            ("//n {$inputs.x} 5", {"x": ">="}, True),
            ("//job{$inputs.x}", {"x": "[@id = '2']"}, False),
            ("//job[@id = '{$inputs.y}'] {$inputs.x} //n", {"x": "and", "y": "1"}, True),
            ("//job[@id = '{$inputs.y}'] {$inputs.x} //n", {"x": "and", "y": "' or '1'='1"}, False),
        ],
    )
    def test_a_query_is_asked_in_the_run(
        self, condition: str, inputs: dict[str, Any], expected: bool
    ) -> None:
        module = criterion(condition, "xpath")
        try:
            module.run(Answer(200, self.XML, {"content-type": "application/xml"}), **inputs)
        except module.module.StepFailed:
            assert not expected
        else:
            assert expected

    @pytest.mark.parametrize(
        "path",
        [
            "",
            "//n >",
            "1) or (true()",
            "unparsed-text('file:///etc/passwd') != ''",
            "function-lookup(xs:QName('fn:unparsed-text'), 1)('file:///etc/passwd') != ''",
            "json-doc#1('/etc/passwd')",
            "$secret",
        ],
    )
    def test_what_is_no_query_or_looks_outside_fails_and_is_logged(
        self, path: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        module = criterion("{$inputs.hidden}", "xpath")
        answer = Answer(200, self.XML, {"content-type": "application/xml"})
        module.fail(answer, x="", hidden=path)
        assert "a criterion fails" in caplog.text
        assert not path or path not in caplog.text

    def test_a_selector_gives_the_first_thing_or_an_error_that_names_the_step(self) -> None:
        module = selecting("{$inputs.x}", "xpath")
        assert module.run(Answer(200, JOBS), x="?jobs?2?n")[0].it == 2
        assert module.run(Answer(200, JOBS), x="?none")[0].it is None
        error, _ = module.fail(Answer(200, JOBS), x="?jobs[")
        assert str(error) == (
            "step list: the query {$inputs.x} cannot be asked: it is no XPath 3.1 (ElementPathSyntaxError)"
        )

    def test_what_a_query_selects_is_replaced(self) -> None:
        text = f"""{INPUTS}
steps:
  - stepId: submit
    operationId: submit
    requestBody:
      contentType: application/xml
      payload: "<a><b>1</b><c>2</c></a>"
      replacements: [{{target: "{{$inputs.x}}", targetSelectorType: xpath, value: 9}}]
"""
        module = compile_workflow(workflow(text, version="1.1.0"), warns=("AZ207", "AZ321"))
        _, script = module.run(Answer(201), x="//b")
        assert script.sent[0].body == b"<a><b>9</b><c>2</c></a>"
        for path in ("//s3cr3t", "//b["):
            error, script = module.fail(x=path)
            assert type(error).__name__ == "InvalidValue"
            assert "s3cr3t" not in str(error)
            assert not script.sent


def test_inputs_may_have_the_names_of_what_asks() -> None:
    names = (
        "path_holds",
        "path_value",
        "in_literal",
        "pointed",
        "in_token",
        "with_path",
        "stepped",
    )
    stated = ", ".join(f"{name}: {{type: string}}" for name in names)
    text = f"""
inputs: {{type: object, required: [{", ".join(names)}], properties: {{{stated}}}}}
steps:
  - stepId: list
    operationId: list
    successCriteria:
      - {{type: jsonpath, context: $response.body, condition: "$[?@.id == '{{$inputs.path_value}}' {{$inputs.path_holds}}]"}}
      - {{type: jsonpath, context: $response.body, condition: "$.jobs[::{{$inputs.stepped}}]"}}
    outputs:
      it: {{context: $response.body, selector: "/jobs/{{$inputs.pointed}}/id", type: jsonpointer}}
outputs: {{it: $steps.list.outputs.it}}
"""
    document = workflow(text, version="1.1.0")
    warns = ("AZ207", "AZ430") if "AZ430" in " ".join(told(compile_text(document))) else COMPOSED
    module = compile_workflow(document, warns=warns)
    arguments = [name for name in signature(module.module.flow).parameters if name != "transport"]
    given = {
        name: "|| 1 == 1" if name.startswith("path_holds") else "1"
        for name in arguments
        if name.rstrip("_") in names
    }
    assert len(given) == len(names)
    assert module.run(Answer(200, JOBS), **given)[0].it == "b'"


@pytest.mark.parametrize(
    "edition", [Edition(), Edition(is_async=True), Edition(http="httpx2")], ids=str
)
def test_a_module_says_what_it_needs_and_others_need_nothing(edition: Edition) -> None:
    text = f"""{INPUTS}
steps:
  - stepId: list
    operationId: list
    successCriteria: [{{type: jsonpath, context: $response.body, condition: "{{$inputs.x}}"}}]
"""
    (module,) = compile_text(text, edition=edition).modules
    assert "`jsonpath-rfc9535`" in module.source.split('"""')[1]
    (module,) = compile_text(text.replace("{$inputs.x}", "$.a"), edition=edition).modules
    assert "jsonpath_rfc9535" not in module.source
    with patch.dict(sys.modules, {"jsonpath_rfc9535": None}):
        Compiled(module.source)
