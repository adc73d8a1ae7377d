"""What XPath means to a run; `tests/fixtures/conditions/xpath.txt` has the truth of criteria, response by response."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from unittest.mock import patch

import pytest

from tests.compiling import Answer, compile_text, compile_workflow, errors, told, workflow
from tests.standins import Received, Reply, Route, StandIn, serving
from tests.standins.base import Json

XML = {"Content-Type": "application/xml; charset=utf-8"}
JOB = '<job xmlns="urn:jobs" id="1"><status>Done</status><price>9.5</price></job>'


def xml(text: str, status: int = 200) -> Answer:
    return Answer(status, text.encode(), XML)


def criterion(condition: str, *, kind: str = "xpath", context: str = "$response.body") -> str:
    return f"""
        inputs:
          type: object
          required: [x]
          properties: {{x: {{type: string}}, n: {{type: number}}}}
        steps:
          - stepId: list
            operationId: list
            successCriteria:
              - {{type: {kind}, context: {context}, condition: {json.dumps(condition)}}}
        """


def test_a_query_over_xml_decides_what_happens_next() -> None:
    module = compile_workflow("""
        steps:
          - stepId: list
            operationId: list
            successCriteria:
              - {type: xpath, context: $response.body, condition: /job}
            onSuccess:
              - name: done
                type: end
                criteria: [{type: xpath, context: $response.body, condition: /job/status = 'Done'}]
              - name: again
                type: goto
                stepId: list
        """)
    module.run(xml("<job><status>Queued</status></job>"), xml(JOB))
    error, _ = module.fail(xml("<error/>"))
    assert error.criterion == "/job"


def test_the_version_can_be_stated() -> None:
    kind = "{type: xpath, version: xpath-10}"
    module = compile_workflow(criterion("/job/price > '5'", kind=kind))
    module.run(xml("<job><price>10</price></job>"), x="")
    module.fail(xml(JOB), x="")


def test_values_are_embedded_as_variables() -> None:
    module = compile_workflow(criterion("//status = '{$inputs.x}'"))
    module.run(xml(JOB), x="Done")
    module.fail(xml(JOB), x="' or '1' = '1")
    error, _ = module.fail(xml(JOB), x="Queued")
    assert error.criterion == "//status = '{$inputs.x}'"
    assert error.operands == {"$inputs.x": "Queued"}


def test_numbers_are_embedded_as_operands() -> None:
    module = compile_workflow(criterion("//price > {$inputs.n}"))
    module.run(xml(JOB), x="", n=9)
    module.fail(xml(JOB), x="", n=9.5)
    module.fail(xml(JOB), x="")


def test_text_as_an_operand_has_to_state_a_number() -> None:
    module = compile_workflow(criterion("//price > {$inputs.x}"))
    module.run(xml(JOB), x="9")
    module.fail(xml(JOB), x="0 or true()")


@pytest.mark.parametrize("condition", ["{$inputs.x}", "//price {$inputs.x} 5", "//job{$inputs.x}"])
def test_a_query_that_only_a_run_knows_is_not_compiled(condition: str) -> None:
    assert errors(compile_text(criterion(condition))) == ["AZ804"]


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ("/job[status", "`[` is not closed => write `]`"),
        ("/job == 'a'", "unexpected `=` operator => equality is written with one `=`"),
        ("/job = 'a", "the `'` that ends the text is missing"),
        ("contain(/job, 'a')", "unknown function `contain`"),
        (
            "/job = $status",
            "there is no variable `$status`"
            " => a value of the workflow is embedded in braces, such as `{$inputs.id}`",
        ),
        (
            "doc('other.xml')//job",
            "`doc()` reads what is outside of the context"
            " => a query can look at its context and at values that are embedded, nothing else",
        ),
        ("", "an XPath cannot be empty"),
    ],
)
def test_a_query_that_is_not_legal_is_an_error(condition: str, message: str) -> None:
    assert told(compile_text(criterion(condition))) == [f"AZ206 {message}"]


def test_what_a_version_does_not_have_is_an_error() -> None:
    kind = "{type: xpath, version: xpath-10}"
    assert errors(compile_text(criterion("matches(/job, 'a')", kind=kind))) == ["AZ206"]
    assert errors(compile_text(criterion("?status = 'Done'", kind=kind))) == ["AZ206"]
    assert not errors(compile_text(criterion("matches(/job, 'a')")))


def test_a_place_in_a_query_is_told_by_line_and_column() -> None:
    (finding,) = compile_text(criterion("/job = '{$inputs.x}' and contain(/job)")).diagnostics
    start = finding.span.start
    line = workflow(criterion("/job = '{$inputs.x}' and contain(/job)")).splitlines()[
        start.line - 1
    ]
    assert line[start.column - 1 :].startswith("contain(/job)")


def test_constants_are_not_computed_while_a_document_is_checked() -> None:
    assert not errors(compile_text(criterion("count(1 to 100000000000) > 1")))


def test_without_elementpath_only_quotes_brackets_and_names_are_checked() -> None:
    with patch.dict(sys.modules, {"elementpath": None}):
        assert not errors(compile_text(criterion("/job == 'a'")))
        assert errors(compile_text(criterion("/job[status"))) == ["AZ206"]
        assert errors(compile_text(criterion("/job = $status"))) == ["AZ206"]
        assert errors(compile_text(criterion("//job{$inputs.x}"))) == ["AZ804"]


def test_a_document_type_fails_before_its_entities_are_read() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 20))
    laughs = f'<!DOCTYPE job [<!ENTITY e0 "ha">{entities}]><job>&e19;</job>'
    module = compile_workflow(criterion("true()"))
    module.fail(xml(laughs), x="")


@pytest.mark.parametrize("body", ["", "<job>", "no XML", "<a/><b/>", "<job>" * 100_000])
def test_what_is_no_xml_fails(body: str) -> None:
    compile_workflow(criterion("true()")).fail(xml(body), x="")


def test_deep_xml_is_no_failure_of_the_function() -> None:
    module = compile_workflow(criterion("count(//job) = 20000"))
    module.run(xml("<job>" * 20_000 + "</job>" * 20_000), x="")


@pytest.mark.parametrize(
    "condition", ["name(/) = 1 div 0", "error()", "('a', 'b')", "//price + 'a'"]
)
def test_what_cannot_be_evaluated_fails(condition: str) -> None:
    compile_workflow(criterion(condition)).fail(xml(JOB), x="")


def test_an_xpath_that_cannot_be_evaluated_fails_and_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    module = compile_workflow(criterion("/job"))
    module.fail(Answer(200, b"<s3cret", {"content-type": "application/xml"}), x="")
    (record,) = caplog.records
    assert record.levelname == "WARNING"
    assert record.getMessage().startswith("a criterion fails: its XPath cannot be evaluated (")
    assert "s3cret" not in caplog.text


def test_a_module_says_what_it_needs_and_others_need_nothing() -> None:
    module = compile_workflow(criterion("/job"))
    assert "Install `elementpath` to import it." in module.module.__doc__
    plain = compile_workflow("steps: [{stepId: list, operationId: list}]")
    assert "elementpath" not in plain.source


class XmlJobs(StandIn):
    """Jobs in XML: one that is queued when it is first asked for, and done afterwards."""

    def routes(self) -> Sequence[Route]:
        return (Route("GET", "/jobs", self._job),)

    def failure(self, status: int, message: str) -> Json:
        return {"status": status, "message": message}

    def _job(self, request: Received, parameters: Mapping[str, str]) -> Reply:
        assert (request.path, parameters) == ("/jobs", {})
        status = "Queued" if len(self.requests) == 1 else "Done"
        body = f'<?xml version="1.0"?><j:job xmlns:j="urn:j"><j:status>{status}</j:status></j:job>'
        return Reply(200, body.encode(), media="text/xml")


def test_xml_is_waited_for_over_http() -> None:
    module = compile_workflow("""
        steps:
          - stepId: wait
            operationId: list
            parameters: [{name: Authorization, in: header, value: Bearer example-token}]
            successCriteria:
              - type: xpath
                context: $response.body
                condition: /j:job/j:status = 'Done'
            onFailure:
              - {name: again, type: retry, retryAfter: 0.01, retryLimit: 3}
        """)
    api = XmlJobs()
    with serving(api) as here:
        module.module.flow(api_url=here)
    assert len(api.requests) == 2
