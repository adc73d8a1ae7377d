"""What users are told about steps and workflows, and what is read of them."""

from __future__ import annotations

from arazzoc.source.node import Node

from .reading import step, step_faults, workflow


def test_a_step_with_every_field() -> None:
    read, found = step(
        """\
        stepId: order
        description: Orders.
        operationId: $sourceDescriptions.pets.order
        timeout: 500
        dependsOn: [$workflows.other.steps.first]
        parameters:
          - {name: q, in: querystring, value: a=1}
        requestBody:
          contentType: application/json
          payload: {a: 1}
          replacements:
            - {target: $.a, targetSelectorType: jsonpath, value: 2}
            - target: /a
              targetSelectorType: {type: xpath, version: xpath-10}
              value: {context: $response.body, selector: $.a, type: jsonpath}
        successCriteria:
          - {context: $response.body, condition: /a, type: {type: xpath, version: xpath-31}}
        onSuccess:
          - {name: done, type: goto, workflowId: other, parameters: [{name: a, value: 1}]}
        outputs:
          a.b-c_d: $response.body#/a
          second: {context: $response.body, selector: /a, type: jsonpointer}
        x-note: anything
        """,
        "1.1.0",
    )
    assert not found
    assert (read.step_id, read.description, read.timeout) == ("order", "Orders.", 500)
    assert [node.value for node in read.depends_on] == ["$workflows.other.steps.first"]
    assert [(each.name, each.location) for each in read.parameters] == [("q", "querystring")]
    assert read.request_body is not None
    assert read.request_body.content_type == "application/json"
    assert [(each.selector, each.version) for each in read.request_body.replacements] == [
        ("jsonpath", None),
        ("xpath", "xpath-10"),
    ]
    criterion = read.success_criteria[0]
    assert (criterion.type, criterion.version) == ("xpath", "xpath-31")
    assert [each.name for each in read.on_success[0].parameters] == ["a"]
    assert list(read.outputs) == ["a.b-c_d", "second"]


def test_a_payload_of_null_is_a_payload() -> None:
    read, found = step("stepId: a\noperationId: b\nrequestBody: {payload: null}\n")
    assert not found
    assert read.request_body is not None
    assert isinstance(read.request_body.payload, Node)
    assert step("stepId: a\noperationId: b\nrequestBody: {}\n")[0].request_body is not None


def test_unknown_fields() -> None:
    assert (
        step_faults("""\
        stepId: a
        operationID: list
        timeout: 5
        channelPath: x
        extra: 1
        x-extra: 1
        """)
        == [
            "2:1 AZ104 `operationID` is not a field of a step => did you mean `operationId`?",
            (
                "3:1 AZ104 `timeout` is a field of a step only from Arazzo 1.1 on"
                " => set `arazzo: 1.1.0`, or remove `timeout`"
            ),
            (
                "4:1 AZ104 `channelPath` is a field of a step only from Arazzo 1.1 on"
                " => set `arazzo: 1.1.0`, or remove `channelPath`"
            ),
            (
                "5:1 AZ104 `extra` is not a field of a step"
                " => remove it, or call it `x-extra` if it is an extension"
            ),
        ]
    )


def test_what_a_step_calls() -> None:
    assert step_faults("stepId: a\noperationId: b\nworkflowId: c\noperationPath: d\n") == [
        "3:1 AZ113 `workflowId` and `operationId` exclude each other => keep the one that is meant",
        (
            "4:1 AZ113 `operationPath` and `operationId` exclude each other"
            " => keep the one that is meant"
        ),
    ]
    assert step_faults("stepId: a\n") == [
        (
            "1:1 AZ114 step `a` calls nothing"
            " => add one of `operationId`, `operationPath` and `workflowId`"
        )
    ]
    assert step_faults("stepId: a\nworkflowId: b\nrequestBody: {payload: 1}\n") == [
        (
            "3:1 warning AZ115 `requestBody` has no effect on a step that calls a workflow"
            " => pass the workflow's inputs as `parameters`"
        )
    ]


def test_scalars_of_the_wrong_type() -> None:
    read, found = step(
        "stepId: 012\noperationId: 13\nsuccessCriteria: {condition: a}\nonFailure:\noutputs: [a]\n"
    )
    assert found == [
        "2:14 AZ105 `operationId` must be text, not a number => put quotes around it",
        (
            "3:18 AZ105 `successCriteria` must be a list, not a mapping"
            " => write it as a list: in YAML each item starts with `- `"
        ),
        "4:1 warning AZ517 `onFailure` is written without a value => give it one, or remove the field",
        (
            "5:10 AZ105 `outputs` must be a mapping from names to outputs, not a list"
            " => write it as a mapping: in YAML each member is `name: value`, without `- `"
        ),
    ]
    assert read.step_id == "012"
    assert step_faults("stepId: 12\noperationId: a\n") == [
        "1:9 warning AZ120 `stepId` must be text, not a number => put quotes around it: `'12'`"
    ]


def test_outputs() -> None:
    assert (
        step_faults("""\
        stepId: a
        operationId: b
        outputs:
          a: 1
          b c: $response.body
          d: {context: $response.body, selector: $.a, type: jsonpath}
        """)
        == [
            "4:6 AZ105 `a` must be text (an expression), not a number",
            (
                "5:3 warning AZ112 the output name `b c` holds a character that is not allowed"
                " => use letters, digits, `.`, `_` and `-` only"
            ),
            (
                "6:6 AZ105 `d` must be text (an expression), not a mapping"
                " => Selector Objects came with Arazzo 1.1: set `arazzo: 1.1.0`"
            ),
        ]
    )


def test_selectors() -> None:
    assert (
        step_faults(
            """\
        stepId: a
        operationId: b
        parameters:
          - {name: p, in: query, value: {context: $a, selector: /a}}
          - {name: q, in: query, value: {selector: this is a literal}}
        outputs:
          d: {context: $response.body, selector: $.a, type: {type: xpath, version: xpath-1}}
          e: {context: $a, selectr: /a, type: jsonpth}
        """,
            "1.1.0",
        )
        == [
            "4:33 AZ103 the selector has no `type`, which is required => add `type`",
            (
                "7:76 AZ106 `xpath-1` is not a version of `xpath`"
                " => use `xpath-30` or `xpath-20` or `xpath-10` or `xpath-31`"
            ),
            "8:20 AZ104 `selectr` is not a field of a selector => did you mean `selector`?",
            (
                "8:39 AZ106 `type` must be one of `jsonpointer`, `jsonpath` or `xpath`, not `jsonpth`"
                " => did you mean `jsonpath`?"
            ),
        ]
    )


EVENTS = "  - {name: events, url: events.yaml, type: asyncapi}\n"
LEFT_OUT = "which is not supported yet => the workflow is left out; the document's other workflows are generated"


def test_asyncapi_steps_are_told_once_each() -> None:
    text = "stepId: a\nchannelPath: c\naction: receive\ncorrelationId: 1\n"
    assert step_faults(text, "1.1.0", EVENTS) == [
        f"2:1 AZ801 step `a` sends or receives AsyncAPI messages, {LEFT_OUT}"
    ]


def test_only_a_step_that_receives_has_a_correlation_id() -> None:
    text = "stepId: a\nchannelPath: c\naction: send\ncorrelationId: 1\n"
    assert step_faults(text, "1.1.0", EVENTS)[1:] == [
        (
            "4:1 AZ113 `correlationId` and `action: send` exclude each other"
            " => remove it: only a step that receives waits for a message with an id"
        )
    ]
    assert step_faults("stepId: a\noperationId: o\ncorrelationId: 1\n", "1.1.0", EVENTS)[0] == (
        "3:1 AZ103 step `a` has no `action`, which is required with `correlationId`"
        " => add `action: receive`"
    )


def test_a_channel_needs_an_action_and_an_asyncapi_source() -> None:
    assert step_faults("stepId: a\nchannelPath: c\n", "1.1.0") == [
        (
            "2:1 AZ103 step `a` has no `action`, which is required with `channelPath`"
            " => add `action: send` or `action: receive`"
        ),
        f"2:1 AZ801 step `a` sends or receives AsyncAPI messages, {LEFT_OUT}",
        (
            "2:14 AZ106 `c` cannot be a channel: no source description is of type `asyncapi`"
            " => name an operation of OpenAPI by `operationId` or `operationPath`"
        ),
    ]


def test_a_step_that_runs_a_workflow_sends_no_message() -> None:
    assert step_faults("stepId: a\nworkflowId: w\naction: send\n", "1.1.0", EVENTS) == [
        "3:1 AZ113 `action` and `workflowId` exclude each other => keep the one that is meant"
    ]


def test_an_operation_of_an_asyncapi_source_needs_no_action_to_be_seen() -> None:
    text = "stepId: a\noperationId: $sourceDescriptions.{}.o\n"
    assert len(step_faults(text.replace("{}", "events"), "1.1.0", EVENTS)) == 1
    assert step_faults(text.replace("{}", "pets"), "1.1.0", EVENTS) == []


def test_steps_of_a_workflow() -> None:
    read, found = workflow(
        """\
        workflowId: w
        dependsOn: [a, a, 1]
        steps:
          - {stepId: s, operationId: o, dependsOn: []}
          - {stepId: s, operationId: o, timeout: -5, dependsOn: [s, $steps.a]}
          - {stepId: S, operationId: o}
        """,
        "1.1.0",
    )
    assert found == [
        "2:16 AZ108 `a` is listed twice => remove one of the two",
        "2:19 AZ105 an item of `dependsOn` must be text, not a number => put quotes around it",
        "4:44 AZ107 `dependsOn` has no entry => remove the field",
        (
            "5:14 AZ108 there are two steps `s` in this workflow"
            " => rename one of the two, and the expressions that mean it"
        ),
        "5:42 AZ106 `timeout` must not be negative => use 0 or more",
        (
            "5:61 AZ106 `$steps.a` does not name a step"
            " => write the `stepId`, or `$workflows.WORKFLOW.steps.STEP`"
        ),
    ]
    assert not read.sound
    assert [node.value for node in read.depends_on] == ["a"]


def test_request_bodies() -> None:
    assert (
        step_faults("""\
        stepId: a
        operationId: b
        requestBody:
          content-type: a
          replacements:
            - {target: /a}
            - {target: /a, value: 1, targetSelectorType: jsonpath}
        """)
        == [
            "4:3 AZ104 `content-type` is not a field of a request body => did you mean `contentType`?",
            "6:7 AZ103 the payload replacement has no `value`, which is required => add `value`",
            (
                "7:30 AZ104 `targetSelectorType` is a field of a payload replacement only from Arazzo 1.1 on"
                " => set `arazzo: 1.1.0`, or remove `targetSelectorType`"
            ),
        ]
    )
    assert step_faults(
        "stepId: a\noperationId: b\n"
        "requestBody: {replacements: [{target: a, value: 1, targetSelectorType: jmespath}]}\n",
        "1.1.0",
    ) == [
        (
            "3:72 AZ106 `targetSelectorType` must be one of `jsonpointer`, `jsonpath` or `xpath`,"
            " not `jmespath` => use one of `jsonpointer`, `jsonpath` or `xpath`"
        )
    ]


def test_a_field_without_a_value_is_told_once_whatever_its_name() -> None:
    _, found = step("stepId: a\noperationId: b\nsucessCriteria:\nwords:\n")
    assert found == [
        "3:1 warning AZ517 `sucessCriteria` is written without a value"
        " => give it one, or remove the field",
        "4:1 warning AZ517 `words` is written without a value => remove it",
    ]
