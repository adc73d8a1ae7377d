"""What XPath means to a run; `tests/fixtures/conditions/xpath.txt` has the truth of criteria, response by response."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from unittest.mock import patch

import pytest

from tests.compiling import Answer, Compiled, compile_text, compile_workflow, errors, told, workflow
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
        for condition in ("//job{$inputs.x}", "//price {$inputs.x} 5", "{$inputs.x}"):
            assert told(compile_text(criterion(condition)))[0].startswith("AZ207 ")


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


ORDER = """<?xml version="1.0"?>
<!-- kept --><o:order xmlns:o="urn:o" a = '1'>
  <item id="1">one</item><item id="2"/>
</o:order>
"""
ORDERS = """
openapi: 3.1.0
info: {title: Orders, version: 1.0.0}
servers: [{url: https://api.example}]
paths:
  /orders:
    post:
      operationId: order
      requestBody: {content: {application/xml: {}}}
      responses: {'200': {description: Fine.}}
"""


def ordering(payload: str, *replacements: str) -> str:
    """A workflow that sends XML with replacements in it; both are YAML of flow style."""
    return f"""
        arazzo: 1.1.0
        info: {{title: Test, version: 1.0.0}}
        sourceDescriptions: [{{name: api, url: api.yaml, type: openapi}}]
        workflows:
          - workflowId: flow
            inputs:
              type: object
              required: [x]
              properties: {{x: {{type: string}}, n: {{type: integer}}, xml: {{type: string}}}}
            steps:
              - stepId: order
                operationId: order
                requestBody:
                  payload: {payload}
                  replacements: [{', '.join(replacements)}]
        """


def sent(module: Compiled, **inputs: object) -> str:
    (request,) = module.run(Answer(200), **inputs)[1].sent
    assert request.headers["Content-Type"] == "application/xml"
    return (request.body or b"").decode()


STATED, GIVEN = json.dumps(ORDER), "$inputs.xml"


class TestReplacements:
    @pytest.mark.parametrize("payload", [STATED, GIVEN])
    @pytest.mark.parametrize(
        ("target", "before", "after"),
        [
            ("/o:order/item[2]", '<item id="2"/>', '<item id="2">&lt;&amp;&gt;"</item>'),
            ("/o:order/item[1]", ">one<", '>&lt;&amp;&gt;"<'),
            ("/o:order/@a", "a = '1'", "a = '&lt;&amp;&gt;&quot;'"),
            ("/o:order/item[2]/@id", '"2"', '"&lt;&amp;&gt;&quot;"'),
            ("//item[@id = '1']", ">one<", '>&lt;&amp;&gt;"<'),
            ("//item[1]/text()", ">one<", '>&lt;&amp;&gt;"<'),
        ],
    )
    def test_what_an_xpath_selects_is_replaced_and_all_else_stays(
        self, payload: str, target: str, before: str, after: str
    ) -> None:
        replacement = f"{{target: {json.dumps(target)}, value: $inputs.x}}"
        warns = ("AZ219",) if payload == GIVEN else ()
        module = compile_workflow(ordering(payload, replacement), ORDERS, warns=warns)
        assert sent(module, x='<&>"', xml=ORDER) == ORDER.replace(before, after)

    def test_every_node_that_is_selected_is_replaced(self) -> None:
        module = compile_workflow(ordering(STATED, "{target: //item, value: $inputs.x}"), ORDERS)
        assert sent(module, x="new").count(">new</item>") == 2
        module = compile_workflow(ordering(STATED, "{target: /o:order/item, value: new}"), ORDERS)
        assert sent(module, x="").count(">new</item>") == 2

    def test_plain_paths_into_xml_that_is_stated_are_found_while_it_is_compiled(self) -> None:
        module = compile_workflow(
            ordering(
                STATED,
                "{target: '/o:order/item[1]/@id', value: $inputs.x}",
                "{target: '/o:order/item[2]', value: 5}",
                "{target: '/o:order/@a', value: 'a<{$inputs.x}'}",
            ),
            ORDERS,
        )
        assert "elementpath" not in module.source
        assert sent(module, x="'") == (
            ORDER.replace('"1"', '"&apos;"')
            .replace("/>", ">5</item>")
            .replace("'1'", "'a&lt;&apos;'")
        )

    def test_replacements_are_made_in_order(self) -> None:
        module = compile_workflow(
            ordering(
                "'<a><b>{$inputs.x}</b></a>'",
                "{target: /a/b, value: 5}",
                "{target: '/a/b[. = 5]', value: '{$inputs.x}!'}",
            ),
            ORDERS,
        )
        assert sent(module, x="1") == "<a><b>1!</b></a>"

    def test_markup_of_values_in_the_payload_counts(self) -> None:
        module = compile_workflow(
            ordering("'<a>{$inputs.x}</a>'", "{target: '/a/b[2]', value: new}"), ORDERS
        )
        assert sent(module, x="<b/><b/>") == "<a><b/><b>new</b></a>"
        with pytest.raises(module.module.InvalidValue, match="no place for"):
            module.run(x="<b/>")
        with pytest.raises(module.module.InvalidValue, match="no place for"):
            module.run(x="<b>")

    def test_expressions_in_a_target_are_variables(self) -> None:
        target = "{target: \"//item[@id = '{$inputs.x}']\", value: new}"
        module = compile_workflow(ordering(STATED, target), ORDERS)
        assert sent(module, x="1") == ORDER.replace("one", "new")
        with pytest.raises(module.module.InvalidValue, match="no place for"):
            module.run(x="' or '1' = '1")

    def test_nothing_is_sent_where_a_replacement_has_no_value(self) -> None:
        for target in ("/o:order/item[1]", "//item"):
            replacement = f"{{target: '{target}', value: $inputs.n}}"
            module = compile_workflow(ordering(STATED, replacement), ORDERS, warns=("AZ219",))
            assert ">5<" in sent(module, x="", n=5)
            with pytest.raises(module.module.MissingValue, match=r"\$inputs.n"):
                module.run(x="")

    def test_a_character_that_xml_cannot_hold_is_not_sent(self) -> None:
        module = compile_workflow(ordering("<a/>", "{target: /a, value: $inputs.x}"), ORDERS)
        with pytest.raises(ValueError, match="cannot"):
            module.run(x="\0")

    @pytest.mark.parametrize("target", ["/order/item", "/o:order/item[3]", "/o:order/@b"])
    def test_a_path_that_leads_nowhere_is_an_error(self, target: str) -> None:
        result = compile_text(ordering(STATED, f"{{target: '{target}', value: 1}}"), ORDERS)
        assert errors(result) == ["AZ322"]

    def test_a_payload_that_is_no_xml_is_an_error(self) -> None:
        (told_of,) = told(compile_text(ordering("<a>", "{target: /a, value: 1}"), ORDERS))
        assert told_of.startswith("AZ322 the payload is no XML: no element found")

    def test_a_target_that_is_no_xpath_is_an_error(self) -> None:
        result = compile_text(ordering(STATED, "{target: '/o:order[', value: 1}"), ORDERS)
        assert errors(result) == ["AZ206"]

    def test_the_version_of_a_target_can_be_stated(self) -> None:
        kind = "targetSelectorType: {type: xpath, version: xpath-10}"
        payload = """'<a xmlns="urn:a"><b/></a>'"""
        module = compile_workflow(ordering(payload, "{target: /a/b, value: 1}"), ORDERS)
        assert sent(module, x="") == '<a xmlns="urn:a"><b>1</b></a>'
        result = compile_text(ordering(payload, f"{{target: /a/b, value: 1, {kind}}}"), ORDERS)
        assert errors(result) == ["AZ322"]

    def test_an_xpath_leads_nowhere_in_json(self) -> None:
        target = "{target: /a, targetSelectorType: xpath, value: 1}"
        openapi = ORDERS.replace("application/xml", "application/json")
        assert errors(compile_text(ordering("{a: 1}", target), openapi)) == ["AZ322"]


def selecting(selector: str, context: str = "$response.body") -> str:
    """A workflow whose output is what an XPath selects."""
    return workflow(
        f"""
        inputs: {{type: object, required: [x], properties: {{x: {{type: string}}}}}}
        steps:
          - stepId: list
            operationId: list
            outputs:
              found: {{context: {context}, selector: {json.dumps(selector)}, type: xpath}}
        outputs: {{found: $steps.list.outputs.found}}
        """,
        version="1.1.0",
    )


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ("/job/status", "Done"),
        ("/job/@id", "1"),
        ("/job/*", "Done"),
        ("count(/job/*)", 2),
        ("number(/job/price)", 9.5),
        ("/job/status = 'Done'", True),
        ("array {/job/* ! string()}", ["Done", "9.5"]),
        ("map {'a': /job/@id, 'b': ()}", {"a": "1", "b": None}),
        ("xs:decimal('1.50')", 1.5),
        ("/job/none", None),
        ("error()", None),
    ],
)
def test_an_xpath_gives_the_first_thing_that_it_selects(selector: str, expected: object) -> None:
    result, _ = compile_workflow(selecting(selector)).run(xml(JOB), x="")
    assert result.found == expected
    assert type(result.found) is type(expected)


def test_an_xpath_leads_into_json() -> None:
    module = compile_workflow(selecting("?jobs?2?id"))
    assert module.run(Answer(200, {"jobs": [{}, {"id": 7}]}), x="")[0].found == 7
    assert module.run(Answer(200, {"jobs": []}), x="")[0].found is None


def test_values_are_variables_of_a_selector_s_xpath() -> None:
    module = compile_workflow(selecting("/job[@id = '{$inputs.x}']/status"))
    assert module.run(xml(JOB), x="1")[0].found == "Done"
    assert module.run(xml(JOB), x="' or '1' = '1")[0].found is None


def test_nothing_is_sent_where_an_xpath_selects_nothing() -> None:
    module = compile_workflow(
        workflow(
            """
            inputs: {type: object, required: [x], properties: {x: {type: string}}}
            steps:
              - stepId: read
                operationId: read
                parameters:
                  - name: id
                    in: path
                    value: {context: $inputs.x, selector: /job/@id, type: xpath}
            """,
            version="1.1.0",
        ),
        warns=("AZ218",),
    )
    assert module.run(Answer(200, {"id": "", "status": ""}), x=JOB)[1].calls == ["GET /jobs/1"]
    with pytest.raises(module.module.MissingValue, match=r"\$inputs.x /job/@id"):
        module.run(x="<job/>")


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
