"""What users are told about parameters, criteria, actions and components, and what is read of them."""

from __future__ import annotations

from .reading import step, step_faults, workflow

COMPONENTS = """\
components:
  parameters:
    limit: {name: limit, in: query, value: 1}
    token: {name: token, value: 1}
    bad: {name: bad, in: query}
  successActions:
    done: {name: done, type: end}
  failureActions:
    stop: {name: stop, type: end}
"""


def test_places_of_parameters() -> None:
    assert (
        step_faults("""\
        stepId: a
        operationId: list
        parameters:
          - {name: p, value: 1}
          - {name: q, in: body, value: 1}
          - {name: r, in: Query, value: 1}
          - {name: s, in: querystring, value: 1}
          - {name: t, in: channel, value: 1}
          - text
        """)
        == [
            "4:5 AZ116 parameter `p` does not say where it goes => add `in`, such as `in: query`",
            (
                "5:19 AZ106 `in` must be one of `path`, `query`, `header` or `cookie`, not `body`"
                " => pass a body in the step's `requestBody`"
            ),
            "6:19 warning AZ519 `in` must be `query`, not `Query` => write `query`",
            (
                "7:19 AZ106 `in` must be one of `path`, `query`, `header` or `cookie`, not `querystring`"
                " => `querystring` came with Arazzo 1.1: set `arazzo: 1.1.0`"
            ),
            (
                "8:19 AZ106 `in` must be one of `path`, `query`, `header` or `cookie`, not `channel`"
                " => use one of `path`, `query`, `header` or `cookie`"
            ),
            "9:5 AZ105 an item of `parameters` must be a mapping (the parameter), not text",
        ]
    )


def test_parameters_of_a_step_that_calls_a_workflow_are_its_inputs() -> None:
    read, found = step("""\
        stepId: a
        workflowId: b
        parameters:
          - {name: p, value: 1}
          - {name: q, in: query, value: 1}
          - {name: q, value: 2}
        """)
    assert found == [
        (
            "5:15 warning AZ115 `in` has no effect on parameter `q` of a step that calls a workflow"
            " => remove `in`: the parameter becomes an input of the workflow"
        ),
        "6:5 AZ109 parameter `q` is given twice => remove one of the two",
    ]
    assert [(each.name, each.location) for each in read.parameters] == [("p", None), ("q", None)]


def test_the_same_parameter_twice() -> None:
    assert step_faults("""\
        stepId: a
        operationId: b
        parameters:
          - {name: X-A, in: header, value: 1}
          - {name: x-a, in: header, value: 2}
          - {name: A, in: query, value: 1}
          - {name: a, in: query, value: 1}
          - {name: a, in: cookie, value: 1}
        """) == ["5:5 AZ109 parameter `x-a` in `header` is given twice => remove one of the two"]


def test_a_workflows_parameter_needs_a_place_once_a_step_calls_an_operation() -> None:
    text = """\
        workflowId: w
        parameters: [{name: p, value: 1}]
        steps:
          - {stepId: s, TARGET: o}
        """
    assert workflow(text.replace("TARGET", "workflowId"))[1] == []
    assert workflow(text.replace("TARGET", "operationId"))[1] == [
        "2:14 AZ116 parameter `p` does not say where it goes => add `in`, such as `in: query`"
    ]


def test_criteria() -> None:
    read, found = step("""\
        stepId: a
        operationId: b
        successCriteria:
          - {condition: $.a == 1, context: $response.body}
          - {condition: x, type: regex}
          - {condition: x, type: simple}
          - {condition: 200, type: jsonPath, context: $response.body}
          - {context: $response.body, condition: a, type: {type: jsonpath, version: rfc9535}}
          - {context: $response.body, condition: a, type: {type: xpath, version: xpath-40}}
          - {context: $response.body, condition: a, type: {type: xpath}}
          - {context: $response.body, type: regex}
        """)
    assert found == [
        (
            "4:27 warning AZ115 `context` has no effect on a criterion without `type`"
            " => add `type: jsonpath`"
        ),
        (
            "5:5 AZ117 the criterion of type `regex` has no `context`"
            " => say what the condition is applied to, such as `context: $response.body`"
        ),
        (
            "6:20 warning AZ121 `type: simple` asks for a `context`,"
            " which a simple condition does not need => remove `type: simple`"
        ),
        "7:17 AZ105 `condition` must be text, not a number => put quotes around it",
        "7:28 warning AZ519 `type` must be `jsonpath`, not `jsonPath` => write `jsonpath`",
        (
            "8:77 warning AZ106 `rfc9535` can be named only from Arazzo 1.1 on"
            " => write `type: jsonpath`: this version is the default"
        ),
        (
            "9:74 AZ106 `xpath-40` is not a version of `xpath`"
            " => use `xpath-30` or `xpath-20` or `xpath-10`"
        ),
        "10:51 AZ103 the expression type has no `version`, which is required => add `version`",
        "11:5 AZ103 the criterion has no `condition`, which is required => add `condition`",
    ]
    assert [each.type for each in read.success_criteria][:3] == ["simple", "regex", "simple"]


def test_a_criterion_cannot_be_a_pointer() -> None:
    assert step_faults(
        "stepId: a\noperationId: b\nsuccessCriteria:\n"
        "  - {context: $a, condition: /a, type: {type: jsonpointer, version: rfc6901}}\n",
        "1.1.0",
    ) == [
        (
            "4:40 AZ106 a criterion's `type` must be `jsonpath` or `xpath` where it gives a version"
            " => put the pointer into a simple condition, such as `$response.body#/id == 1`"
        )
    ]


def test_success_actions() -> None:
    assert (
        step_faults("""\
        stepId: a
        operationId: b
        onSuccess:
          - {name: a, type: goto}
          - {name: b, type: goto, stepId: x, workflowId: y}
          - {name: c, type: end, stepId: x}
          - {name: d, type: retry, retryLimit: 3}
          - {type: end}
          - {name: c, type: end, criteria: []}
          - {name: e, type: goto, stepId: x, parameters: []}
        """)
        == [
            (
                "4:5 AZ114 the action goes nowhere: it has neither `stepId` nor `workflowId`"
                " => add `stepId`, or use `type: end`"
            ),
            (
                "5:38 AZ113 an action cannot have both `stepId` and `workflowId`"
                " => keep the one that is meant"
            ),
            (
                "6:26 warning AZ115 `stepId` has no effect on an action of type `end`"
                " => remove it, or mend the action's `type`"
            ),
            (
                "7:21 AZ106 `type` must be one of `end` or `goto`, not `retry`"
                " => only a failure action can retry: see `onFailure`"
            ),
            (
                "7:28 AZ104 `retryLimit` is not a field of a success action"
                " => remove it, or call it `x-retryLimit` if it is an extension"
            ),
            "8:5 AZ103 the success action has no `name`, which is required => add `name`",
            "9:5 AZ110 there are two actions `c` in this list => rename one of the two",
            (
                "9:36 warning AZ107 `criteria` has no entry"
                " => remove it: an action without `criteria` always applies"
            ),
            (
                "10:38 AZ104 `parameters` is a field of a success action only from Arazzo 1.1 on"
                " => set `arazzo: 1.1.0`, or remove `parameters`"
            ),
        ]
    )


def test_failure_actions() -> None:
    read, found = step("""\
        stepId: a
        operationId: b
        onFailure:
          - {name: a, type: goto, stepId: x, retryAfter: 1}
          - {name: b, type: retry, retryLimit: -1, retryAfter: .inf}
          - {name: c, type: retry, retryLimit: '3', retryAfter: 1.5}
          - {name: d, type: retry, retryLimit: 1.5, retryAfter: true}
          - {name: e, type: Retry}
          - {name: f, type: retry, retryLimit: 3.0, stepId: x}
        """)
    assert found == [
        (
            "4:38 warning AZ115 `retryAfter` has no effect on an action of type `goto`"
            " => remove it, or mend the action's `type`"
        ),
        "5:40 AZ106 `retryLimit` must not be negative => use 0 or more",
        "5:56 AZ105 `retryAfter` must be a number, not infinity or no number",
        "6:40 warning AZ120 `retryLimit` must be a whole number, not text => remove the quotes: `3`",
        "7:40 AZ105 `retryLimit` must be a whole number, not a fraction",
        "7:57 AZ105 `retryAfter` must be a number, not a truth value",
        "8:21 warning AZ519 `type` must be `retry`, not `Retry` => write `retry`",
    ]
    limits = {each.name: (each.retry_after, each.retry_limit) for each in read.on_failure}
    assert limits == {
        "a": (1, None),
        "b": (None, None),
        "c": (1.5, 3),
        "d": (None, None),
        "e": (None, None),
        "f": (None, 3),
    }


def test_parameters_of_actions() -> None:
    assert (
        step_faults(
            """\
        stepId: a
        operationId: b
        onFailure:
          - {name: a, type: goto, stepId: x, parameters: [{name: p, value: 1}]}
          - {name: b, type: goto, workflowId: x, parameters: [{name: p, in: query, value: 1}]}
          - {name: c, type: end, parameters: [{name: p, value: 1}]}
        """,
            "1.1.0",
        )
        == [
            (
                "4:38 warning AZ115 `parameters` have no effect on an action without `workflowId`"
                " => parameters are passed to a workflow only"
            ),
            (
                "5:65 warning AZ115 `in` has no effect on parameter `p` of an action"
                " => remove `in`: the parameter becomes an input of the workflow"
            ),
            (
                "6:26 warning AZ115 `parameters` has no effect on an action of type `end`"
                " => remove it, or mend the action's `type`"
            ),
        ]
    )


def test_references_to_components() -> None:
    read, found = step(
        """\
        stepId: a
        operationId: b
        parameters:
          - {reference: $components.parameters.limit, value: $inputs.limit}
        onSuccess:
          - reference: $components.successActions.done
        onFailure:
          - reference: $components.failureActions.stop
        """,
        rest=COMPONENTS.replace("    bad: {name: bad, in: query}\n", ""),
    )
    assert not found
    limit = read.parameters[0]
    assert (limit.name, limit.location, limit.value.value) == ("limit", "query", "$inputs.limit")
    assert limit.node.span.start.line > limit.value.span.start.line - 1
    assert [each.name for each in read.on_success] == ["done"]
    assert [each.name for each in read.on_failure] == ["stop"]


def test_faults_of_references() -> None:
    mended = COMPONENTS.replace("in: query}\n  success", "in: query, value: 1}\n  success")
    assert (
        step_faults(
            """\
        stepId: a
        operationId: b
        parameters:
          - reference: $components.parameters.limt
          - {reference: $components.parameters.limit, value: 2, other: 1, x-a: 1}
          - reference: $components.failureActions.stop
          - reference: '#/components/parameters/limit'
          - reference: $components.parameters.token
          - {$ref: '#/components/parameters/bad'}
          - {$ref: x}
        onFailure:
          - {reference: $components.failureActions.stop, value: 1}
          - reference: $components.successActions.done
        """,
            rest=mended,
        )
        == [
            (
                "-10:4 AZ116 parameter `token` does not say where it goes"
                " => add `in`, such as `in: query`"
            ),
            (
                "4:16 AZ118 there is no parameter `limt` in `components.parameters`"
                " => did you mean `limit`?"
            ),
            "5:57 warning AZ115 `other` has no effect in a reusable object => remove it",
            (
                "6:16 AZ119 `$components.failureActions.stop` does not refer to a parameter"
                " => only `$components.parameters.NAME` may stand here"
            ),
            (
                "7:16 AZ119 `#/components/parameters/limit` is not a reference to a component"
                " => write `$components.parameters.limit`"
            ),
            (
                "9:6 warning AZ122 a parameter is referred to with `$ref`"
                " => write `reference: $components.parameters.bad`"
            ),
            (
                "10:12 AZ119 `$ref` does not lead to a parameter"
                " => write `reference: $components.parameters.NAME`"
            ),
            (
                "12:50 warning AZ115 `value` has no effect on a failure action"
                " => remove it: only a parameter's value can be overridden"
            ),
            (
                "13:16 AZ119 `$components.successActions.done` does not refer to a failure action"
                " => only `$components.failureActions.NAME` may stand here"
            ),
        ]
    )


def test_a_components_fault_is_told_once_and_taints_every_user() -> None:
    text = """\
        workflowId: w
        steps:
          - stepId: a
            operationId: b
            parameters: [{reference: $components.parameters.bad}]
          - stepId: c
            operationId: b
            parameters: [{reference: $components.parameters.bad}]
        """
    read, found = workflow(text, rest=COMPONENTS)
    assert [line.partition(" ")[2] for line in found] == [
        "AZ103 the parameter has no `value`, which is required => add `value`"
    ]
    assert not read.sound


def test_a_components_fault_does_not_taint_who_does_not_use_it() -> None:
    text = "workflowId: w\nsteps:\n  - {stepId: a, operationId: b}\n"
    read, found = workflow(text, rest=COMPONENTS)
    assert len(found) == 1
    assert read.sound
