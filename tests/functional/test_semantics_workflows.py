"""Workflows that run others: as steps, to go on with, before a retry, before all steps."""

from __future__ import annotations

from textwrap import dedent, indent

import pytest

from tests.compiling import (
    JOBS,
    Answer,
    Compiled,
    Script,
    Silence,
    compile_text,
    compile_workflow,
    errors,
    told,
)

SECURED = JOBS.replace(
    "components:\n",
    "security: [{bearer: []}]\ncomponents:\n"
    "  securitySchemes: {bearer: {type: http, scheme: bearer}}\n",
)
JOB = {"id": "1", "status": "Queued"}

LOGIN = """
workflowId: get-token
inputs:
  type: object
  required: [user]
  properties: {user: {type: string, description: Who it is.}, level: {type: integer, default: 5}}
steps:
  - stepId: submit
    operationId: submit
    requestBody: {payload: {user: $inputs.user, level: $inputs.level}}
    outputs: {id: $response.body#/id, note: $response.body#/note}
outputs: {token: $steps.submit.outputs.id, note: $steps.submit.outputs.note}
"""
LIST = """
workflowId: list-all
steps:
  - {stepId: list, operationId: list, outputs: {n: $response.body#/n}}
outputs: {n: $steps.list.outputs.n}
"""


def document(*workflows: str) -> str:
    """A document with these workflows, the first of which is `flow`."""
    head = (
        "arazzo: 1.1.0\ninfo: {title: Test, version: 1.0.0}\n"
        "sourceDescriptions: [{name: api, url: api.yaml, type: openapi}]\nworkflows:\n"
    )
    first = f"workflowId: flow\n{dedent(workflows[0]).strip()}"
    texts = [first, *(dedent(text).strip() for text in workflows[1:])]
    return head + "".join("  - " + indent(text, "    ").lstrip() + "\n" for text in texts)


def compiled(*workflows: str, openapi: str = JOBS, warns: tuple[str, ...] = ()) -> Compiled:
    return compile_workflow(document(*workflows), openapi, warns=warns)


def found(*workflows: str) -> list[str]:
    return errors(compile_text(document(*workflows)))


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that functions slept, without sleeping."""
    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)
    return slept


class TestStep:
    CALL = """
        inputs: {type: object, required: [name], properties: {name: {type: string}}}
        steps:
          - stepId: login
            workflowId: get-token
            parameters: [{name: user, value: $inputs.name}]
            outputs: {mine: $outputs.token}
          - stepId: read
            operationId: read
            parameters: [{name: id, in: path, value: $steps.login.outputs.mine}]
        outputs: {token: $steps.login.outputs.token}
        """

    @pytest.mark.parametrize("name", ["api_url", "transport", "error", "cast", "isinstance"])
    def test_a_workflow_may_be_called_what_its_callers_call_something_else(self, name: str) -> None:
        callee = f"""
            workflowId: {name}
            inputs: {{type: object, properties: {{{name}: {{type: string}}}}}}
            steps:
              - stepId: list
                operationId: list
                parameters: [{{name: X-Trace, in: header, value: $inputs.{name}}}]
            """
        module = compiled(
            f"""
            steps:
              - stepId: call
                workflowId: {name}
                parameters: [{{name: {name}, value: 'on'}}]
            """,
            callee,
        )
        _, script = module.run(Answer(200, []))
        assert script.sent[0].headers == {"X-Trace": "on"}

    def test_a_step_calls_the_function_of_its_workflow(self) -> None:
        module = compiled(self.CALL, LOGIN)
        result, script = module.run(Answer(201, JOB), Answer(200, JOB), name="me")
        assert script.calls == ["POST /jobs", "GET /jobs/1"]
        assert script.sent[0].json == {"user": "me", "level": 5}
        assert result.token == "1"

    def test_outputs_of_the_workflow_are_outputs_of_the_step(self) -> None:
        module = compiled(
            """
            steps:
              - {stepId: list, workflowId: list-all}
              - stepId: again
                workflowId: list-all
                successCriteria: [{condition: $workflows.list-all.outputs.n == 2}]
            outputs:
              one: $steps.list.outputs.n
              two: $steps.again.outputs.n
              first: $workflows.list-all.outputs.n
            """,
            LIST,
        )
        result, _ = module.run(Answer(200, {"n": 1}), Answer(200, {"n": 2}))
        assert (result.one, result.two, result.first) == (1, 2, 1)

    def test_its_failure_fails_the_step(self) -> None:
        error, _ = compiled(self.CALL, LOGIN).fail(Answer(500), name="me")
        assert type(error).__name__ == "CallFailed"
        assert (error.step_id, error.workflow_id) == ("login", "get-token")
        assert error.__cause__.step_id == "submit"
        assert error.__cause__.response.status == 500
        assert str(error).startswith(
            "step login: workflow get-token failed; step submit: POST /jobs"
        )

    def test_failure_actions_are_tried(self, naps: list[float]) -> None:
        module = compiled(
            """
            steps:
              - stepId: list
                workflowId: list-all
                onFailure:
                  - {name: again, type: retry, retryAfter: 2, retryLimit: 2}
                  - {name: give up, type: end}
            """,
            LIST,
        )
        _, script = module.run(Silence(), Answer(500), Answer(200, {}))
        assert script.calls == ["GET /jobs"] * 3
        assert naps == [2, 2]
        error, _ = module.fail(Answer(500), Answer(500), Answer(503))
        assert error.action == "give up"
        assert error.__cause__.response.status == 503

    def test_criteria_look_at_the_outputs(self) -> None:
        fields = """
            steps:
              - stepId: list
                workflowId: list-all
                successCriteria: [{condition: $outputs.n > 5}, {condition: $outputs.n < 9}]
                ACTIONS
            """
        module = compiled(fields.replace("ACTIONS", ""), LIST)
        module.run(Answer(200, {"n": 6}))
        error, _ = module.fail(Answer(200, {"n": 10}))
        assert error.criterion == "$outputs.n < 9"
        assert error.operands == {"$outputs.n": 10}
        assert str(error) == (
            "step list: workflow list-all ended well, but $outputs.n < 9 does not hold; $outputs.n is 10"
        )
        action = "onFailure: [{name: low, type: retry}, {name: stop, type: end}]"
        module = compiled(fields.replace("ACTIONS", action), LIST)
        module.run(Answer(200, {"n": 1}), Answer(200, {"n": 6}))
        error, _ = module.fail(Answer(200, {"n": 1}), Answer(200, {"n": 2}))
        assert (error.criterion, error.action) == ("$outputs.n > 5", "stop")

    def test_there_is_no_response_to_look_at(self) -> None:
        for condition in ("$statusCode < 500", "$response.body#/n == 1"):
            fields = f"""
                steps:
                  - stepId: list
                    workflowId: list-all
                    successCriteria: [{{condition: {condition}}}]
                """
            assert found(fields, LIST) == ["AZ215"]

    def test_actions_of_the_caller_that_look_at_a_response_do_not_match(self) -> None:
        fields = """
            failureActions:
              - name: slow
                type: retry
                criteria: [{condition: $statusCode == 429 || $response.body#/n > 1}]
              - {name: silent, type: retry, criteria: [{condition: $statusCode == null}]}
            steps:
              - {stepId: list, workflowId: list-all}
              - {stepId: again, operationId: list}
            """
        module = compiled(fields, LIST)
        answers = (Answer(429), Answer(200, {"n": 3}), Answer(429), Answer(200, {}))
        _, script = module.run(*answers)
        assert len(script.sent) == len(answers)
        assert "slow" not in module.source.partition("# list\n")[2].partition("# again\n")[0]
        own = fields.replace("workflowId: list-all", "workflowId: list-all, onFailure: [{reach}]")
        reach = "name: slow, type: end, criteria: [{condition: $statusCode == 429}]"
        assert found(own.replace("reach", reach), LIST) == ["AZ215"]

    def test_a_status_of_success_is_tolerated(self) -> None:
        fields = """
            steps:
              - stepId: list
                workflowId: list-all
                successCriteria: [{condition: $statusCode == 200}]
            outputs: {n: $steps.list.outputs.n}
            """
        module = compiled(fields, LIST, warns=("AZ511",))
        assert module.run(Answer(202, {"n": 1}))[0].n == 1
        assert type(module.fail(Answer(500))[0]).__name__ == "CallFailed"

    def test_a_failed_call_leaves_no_outputs(self) -> None:
        module = compiled(
            """
            steps:
              - stepId: list
                workflowId: list-all
                onFailure: [{name: on, type: goto, stepId: submit}]
              - {stepId: submit, operationId: submit}
            outputs: {n: $steps.list.outputs.n}
            """,
            LIST,
        )
        assert module.run(Answer(500), Answer(201, JOB))[0].n is None
        assert module.run(Answer(200, {"n": 3}), Answer(201, JOB))[0].n == 3

    def test_credentials_and_servers_are_passed_on(self) -> None:
        module = compiled("steps: [{stepId: list, workflowId: list-all}]", LIST, openapi=SECURED)
        _, script = module.run(Answer(200, {}), bearer_token="t", api_url="https://other.example")
        assert script.sent[0].url == "https://other.example/jobs"
        assert script.sent[0].headers["Authorization"] == "Bearer t"

    def test_what_a_server_sent_is_written_as_text_though_the_input_is_one(self) -> None:
        module = compiled(
            """
            steps:
              - stepId: list
                operationId: list
                outputs: {n: $response.body#/n}
              - stepId: go
                workflowId: middle
                parameters: [{name: who, value: $steps.list.outputs.n}]
            """,
            """
            workflowId: middle
            inputs: {type: object, required: [who], properties: {who: {type: string}}}
            steps:
              - stepId: on
                workflowId: last
                parameters: [{name: who, value: $inputs.who}, {name: more, value: {a: [1]}}]
            """,
            """
            workflowId: last
            inputs:
              type: object
              required: [who]
              properties: {who: {type: string}, more: {type: object}}
            steps:
              - stepId: read
                operationId: read
                parameters:
                  - {name: id, in: path, value: $inputs.who}
                  - {name: X-Who, in: header, value: $inputs.who}
                  - {name: X-Also, in: header, value: "also {$inputs.who}"}
            """,
            warns=("AZ218", "AZ310"),
        )
        _, script = module.run(Answer(200, {"n": True}), Answer(200, JOB))
        assert script.calls == ["GET /jobs", "GET /jobs/true"]
        assert script.sent[1].headers == {"X-Who": "true", "X-Also": "also true"}

    def test_an_input_that_is_not_there_is_left_to_its_default(self) -> None:
        module = compiled(
            """
            inputs: {type: object, properties: {level: {type: integer}}}
            steps:
              - stepId: login
                workflowId: get-token
                parameters: [{name: user, value: me}, {name: level, value: $inputs.level}]
            """,
            LOGIN,
        )
        assert module.run(Answer(201, JOB))[1].sent[0].json["level"] == 5
        assert module.run(Answer(201, JOB), level=7)[1].sent[0].json["level"] == 7

    def test_text_around_what_is_not_there_is_left_to_the_input_s_default(self) -> None:
        module = compiled(
            """
            inputs: {type: object, properties: {a: {type: string}, b: {type: integer}}}
            steps:
              - stepId: login
                workflowId: get-token
                parameters:
                  - {name: user, value: me}
                  - {name: level, value: '{$inputs.a}-{$inputs.b}'}
            """,
            LOGIN,
            warns=("AZ330",),
        )
        assert module.run(Answer(201, JOB), a="x")[1].sent[0].json["level"] == 5
        assert module.run(Answer(201, JOB), a="x", b=7)[1].sent[0].json["level"] == "x-7"

    def test_nothing_is_run_without_a_value_that_it_requires(self) -> None:
        module = compiled(
            """
            inputs: {type: object, properties: {name: {type: string}}}
            steps:
              - stepId: login
                workflowId: get-token
                parameters: [{name: user, value: $inputs.name}]
            """,
            LOGIN,
        )
        error, script = module.fail()
        assert type(error).__name__ == "MissingValue"
        assert script.calls == []

    def test_an_unknown_input_is_an_error(self) -> None:
        fields = """
            steps:
              - stepId: login
                workflowId: get-token
                parameters: [{name: usr, value: me}]
            """
        result = compile_text(document(fields, LOGIN))
        assert told(result) == [
            "AZ412 workflow `get-token` has no input `usr` => did you mean `user`?",
        ]

    def test_parameters_of_the_workflow_count_where_there_is_such_an_input(self) -> None:
        module = compiled(
            """
            parameters: [{name: user, value: all}, {name: other, value: x}]
            steps: [{stepId: login, workflowId: get-token}]
            """,
            LOGIN,
        )
        assert module.run(Answer(201, JOB))[1].sent[0].json["user"] == "all"

    def test_an_unknown_workflow_is_an_error(self) -> None:
        assert found("steps: [{stepId: list, workflowId: listall}]", LIST) == ["AZ410"]

    def test_a_workflow_that_runs_itself_is_an_error(self) -> None:
        back = """
            workflowId: back
            steps: [{stepId: flow, workflowId: flow}]
            """
        result = compile_text(document("steps: [{stepId: back, workflowId: back}]", back))
        assert errors(result) == ["AZ414", "AZ411"]
        assert result.modules == ()

    def test_a_workflow_with_errors_cannot_be_run(self) -> None:
        broken = LIST.replace("operationId: list", "operationId: lits")
        assert sorted(found("steps: [{stepId: list, workflowId: list-all}]", broken)) == [
            "AZ301",
            "AZ414",
        ]


class TestPromises:
    """What a schema promises of an output that is passed on as a whole."""

    INNER = """
        workflowId: inner
        steps: [{stepId: s, operationId: submit, outputs: {job: $response.body}}]
        outputs: {job: $steps.s.outputs.job}
        """

    @pytest.mark.parametrize(
        ("step", "output", "told"),
        [
            ("", "$steps.run.outputs.job#/id", ("run", "job", "/id")),
            ("", "'{$steps.run.outputs.job#/id}!'", ("run", "job", "/id")),
            (", outputs: {x: $outputs.job#/id}", "$steps.run.outputs.x", ("run", "x", "/id")),
        ],
    )
    def test_a_member_that_is_not_there_is_an_error_of_the_step_that_ran_it(
        self, step: str, output: str, told: tuple[str, str, str]
    ) -> None:
        flow = f"steps: [{{stepId: run, workflowId: inner{step}}}]\noutputs: {{it: {output}}}"
        module = compiled(flow, self.INNER)
        assert "    it: str\n" in module.source
        assert module.run(Answer(201, JOB))[0].it in ("1", "1!")
        error, _ = module.fail(Answer(201, {"status": "Queued"}))
        assert type(error).__name__ == "OutputMissing"
        assert (error.step_id, error.output, error.pointer) == told
        assert "what it was made of has nothing at /id" in str(error)

    def test_nothing_is_called_where_an_optional_input_lacks_it(self) -> None:
        flow = """
            steps:
              - {stepId: submit, operationId: submit, outputs: {job: $response.body}}
              - {stepId: run, workflowId: find, parameters: [{name: tag, value: $steps.submit.outputs.job#/id}]}
            """
        find = """
            workflowId: find
            inputs: {type: object, properties: {tag: {type: string, default: all}}}
            steps: [{stepId: s, operationId: submit, requestBody: {payload: {tag: $inputs.tag}}}]
            """
        error, script = compiled(flow, find).fail(Answer(201, {"status": "x"}))
        assert type(error).__name__ == "MissingValue"
        assert script.calls == ["POST /jobs"]

    def test_of_a_workflow_that_runs_before_it_is_optional(self) -> None:
        flow = """
            dependsOn: [inner]
            steps: [{stepId: list, operationId: list}]
            outputs: {it: $workflows.inner.outputs.job#/id}
            """
        module = compiled(flow, self.INNER)
        assert "    it: str | None\n" in module.source
        assert module.run(Answer(201, {"status": "x"}), Answer(200, []))[0].it is None

    def test_other_steps_outputs_are_made_of_what_is_surely_there(self) -> None:
        flow = """
            steps:
              - {stepId: submit, operationId: submit, outputs: {job: $response.body}}
              - {stepId: list, operationId: list, outputs: {id: $steps.submit.outputs.job#/id}}
              - {stepId: last, operationId: list, parameters: [{name: X-Trace, in: header, value: $steps.list.outputs.id}]}
            """
        error, script = compiled(flow).fail(Answer(201, {"status": "x"}))
        assert (error.step_id, error.output, error.pointer) == ("submit", "job", "/id")
        assert script.calls == ["POST /jobs"]


class TestGoTo:
    def test_the_other_workflow_goes_on_and_its_outputs_are_returned(self) -> None:
        module = compiled(
            """
            inputs: {type: object, required: [user], properties: {user: {type: string}}}
            steps:
              - stepId: list
                operationId: list
                outputs: {n: $response.body#/n}
                onSuccess:
                  - name: log in
                    type: goto
                    workflowId: get-token
                    criteria: [{condition: $response.body#/n == 1}]
                onFailure: [{name: fall back, type: goto, workflowId: list-all}]
            outputs: {n: $steps.list.outputs.n}
            """,
            LOGIN,
            LIST,
        )
        result, script = module.run(Answer(200, {"n": 1}), Answer(201, JOB), user="me")
        assert type(result).__name__ == "GetTokenOutputs"
        assert script.sent[1].json == {"user": "me", "level": 5}
        result, _ = module.run(Answer(200, {"n": 2}), user="me")
        assert type(result).__name__ == "FlowOutputs"
        result, _ = module.run(Answer(500), Answer(200, {"n": 3}), user="me")
        assert type(result).__name__ == "ListAllOutputs"
        assert result.n == 3

    def test_parameters_of_the_action_become_inputs(self) -> None:
        module = compiled(
            """
            steps:
              - stepId: list
                operationId: list
                outputs: {name: $response.body#/name}
                onSuccess:
                  - name: on
                    type: goto
                    workflowId: get-token
                    parameters: [{name: user, value: "x{$response.body#/name}"}]
            """,
            LOGIN,
            warns=("AZ218",),
        )
        _, script = module.run(Answer(200, {"name": "y"}), Answer(201, JOB))
        assert script.sent[1].json["user"] == "xy"

    def test_its_failure_is_raised_as_it_is(self) -> None:
        module = compiled(
            """
            steps:
              - stepId: submit
                operationId: submit
                outputs: {id: $response.body#/id}
                onSuccess:
                  - {name: on, type: goto, workflowId: list-all, criteria: [{condition: $statusCode == 201}]}
            outputs: {id: $steps.submit.outputs.id}
            """,
            LIST,
        )
        error, _ = module.fail(Answer(201, JOB), Answer(500))
        assert (type(error).__name__, error.step_id) == ("StepFailed", "list")

    def test_an_input_that_both_do_not_have_is_missing(self) -> None:
        fields = """
            steps:
              - stepId: list
                operationId: list
                onSuccess: [{name: on, type: goto, workflowId: get-token}]
            """
        assert found(fields, LOGIN) == ["AZ413"]

    def test_a_workflow_that_always_goes_on_has_no_outputs_of_its_own(self) -> None:
        module = compiled(
            """
            steps:
              - stepId: submit
                operationId: submit
                outputs: {id: $response.body#/id}
                onSuccess: [{name: on, type: goto, workflowId: list-all}]
            outputs: {id: $steps.submit.outputs.id}
            """,
            LIST,
        )
        assert not hasattr(module.module, "FlowOutputs")
        assert module.run(Answer(201, JOB), Answer(200, {"n": 1}))[0].n == 1

    def test_outputs_that_every_end_has_can_be_read_by_others(self) -> None:
        either = """
            workflowId: either
            steps:
              - stepId: submit
                operationId: submit
                outputs: {id: $response.body#/id}
                onFailure: [{name: other, type: goto, workflowId: list-all}]
            outputs: {n: $steps.submit.outputs.id, id: $steps.submit.outputs.id}
            """
        run = "steps: [{stepId: run, workflowId: either}]\noutputs: {x: $steps.run.outputs.NAME}"
        module = compiled(run.replace("NAME", "n"), either, LIST)
        assert module.run(Answer(201, JOB))[0].x == "1"
        assert module.run(Answer(500), Answer(200, {"n": 7}))[0].x == 7
        assert found(run.replace("NAME", "id"), either, LIST) == ["AZ212"]


class TestRetry:
    def test_a_workflow_runs_before_the_step_runs_again(self, naps: list[float]) -> None:
        module = compiled(
            """
            inputs: {type: object, required: [user], properties: {user: {type: string}}}
            steps:
              - stepId: list
                operationId: list
                onFailure:
                  - {name: renew, type: retry, workflowId: get-token, retryAfter: 1, retryLimit: 2}
            """,
            LOGIN,
        )
        token = Answer(201, JOB)
        _, script = module.run(Answer(401), token, Answer(401), token, Answer(200, []), user="me")
        assert script.calls == ["GET /jobs", "POST /jobs"] * 2 + ["GET /jobs"]
        assert naps == [1, 1]
        error, _ = module.fail(Answer(401), Answer(500), user="me")
        assert (error.step_id, error.workflow_id, error.action) == ("list", "get-token", "renew")

    def test_a_step_runs_before_the_step_runs_again(self, naps: list[float]) -> None:
        module = compiled("""
            steps:
              - stepId: login
                operationId: submit
                outputs: {id: $response.body#/id}
              - stepId: read
                operationId: read
                parameters: [{name: id, in: path, value: $steps.login.outputs.id}]
                onFailure:
                  - {name: renew, type: retry, stepId: login, criteria: [{condition: $statusCode == 401}]}
            outputs: {id: $steps.login.outputs.id}
            """)
        second = Answer(201, {**JOB, "id": "2"})
        result, script = module.run(Answer(201, JOB), Answer(401), second, Answer(200, JOB))
        assert script.calls == ["POST /jobs", "GET /jobs/1", "POST /jobs", "GET /jobs/2"]
        assert result.id == "2"
        assert naps == [0]

    def test_the_failure_of_that_step_ends_the_workflow(self, naps: list[float]) -> None:
        module = compiled("""
            steps:
              - stepId: login
                operationId: submit
                onFailure: [{name: wait, type: retry, retryAfter: 3}]
              - stepId: list
                operationId: list
                onFailure: [{name: renew, type: retry, stepId: login, retryLimit: 5}]
            """)
        error, script = module.fail(Answer(201, JOB), Answer(401), Answer(500))
        assert script.calls == ["POST /jobs", "GET /jobs", "POST /jobs"]
        assert error.step_id == "login"
        assert naps == [0]

    def test_a_step_that_runs_a_workflow_may_be_that_step(self, naps: list[float]) -> None:
        module = compiled(
            """
            steps:
              - stepId: login
                workflowId: get-token
                parameters: [{name: user, value: me}]
                onFailure: [{name: wait, type: retry, retryAfter: 3}]
              - stepId: read
                operationId: read
                parameters: [{name: id, in: path, value: $steps.login.outputs.token}]
                onFailure: [{name: renew, type: retry, stepId: login}]
            """,
            LOGIN,
        )
        second = Answer(201, {**JOB, "id": "2"})
        _, script = module.run(Answer(500), Answer(201, JOB), Answer(401), second, Answer(200, JOB))
        assert script.calls[-1] == "GET /jobs/2"
        assert naps == [3, 0]


class TestDependsOn:
    def test_the_others_run_first_and_their_inputs_join(self) -> None:
        module = compiled(
            """
            dependsOn: [list-all, get-token]
            inputs: {type: object, properties: {level: {type: integer}}}
            steps:
              - stepId: read
                operationId: read
                parameters: [{name: id, in: path, value: $workflows.get-token.outputs.token}]
            outputs:
              n: $workflows.list-all.outputs.n
              user: $workflows.get-token.inputs.user
            """,
            LIST,
            LOGIN,
        )
        result, script = module.run(
            Answer(200, {"n": 4}), Answer(201, JOB), Answer(200, JOB), user="me"
        )
        assert script.calls == ["GET /jobs", "POST /jobs", "GET /jobs/1"]
        assert script.sent[1].json == {"user": "me", "level": 5}
        assert (result.n, result.user) == (4, "me")

    def test_one_that_another_one_runs_first_runs_once(self) -> None:
        middle = """
            workflowId: middle
            dependsOn: [list-all]
            steps: [{stepId: submit, operationId: submit}]
            """
        module = compiled(
            "dependsOn: [list-all, middle]\nsteps: [{stepId: list, operationId: list}]",
            middle,
            LIST,
        )
        _, script = module.run(Answer(200, {}), Answer(201, JOB), Answer(200, {}))
        assert script.calls == ["GET /jobs", "POST /jobs", "GET /jobs"]

    def test_one_that_several_depend_on_runs_once(self) -> None:
        both = [f"""
            workflowId: {name}
            dependsOn: [get-token]
            steps:
              - stepId: read
                operationId: read
                parameters: [{{name: id, in: path, value: "{name}-{{$workflows.get-token.outputs.token}}"}}]
            """ for name in ("one", "two")]
        fields = "dependsOn: [one, two]\nsteps: [{stepId: list, operationId: list}]"
        module = compiled(fields, *both, LOGIN)
        _, script = module.run(
            Answer(201, JOB), Answer(200, JOB), Answer(200, JOB), Answer(200, []), user="me"
        )
        assert script.calls == ["POST /jobs", "GET /jobs/one-1", "GET /jobs/two-1", "GET /jobs"]

    def test_each_of_them_runs_it_where_it_is_called_alone(self) -> None:
        one = "workflowId: one\ndependsOn: [list-all]\nsteps: [{stepId: s, operationId: submit}]"
        two = "workflowId: two\ndependsOn: [list-all]\nsteps: [{stepId: s, operationId: submit}]"
        module = compiled(
            "dependsOn: [one, two]\nsteps: [{stepId: list, operationId: list}]", one, two, LIST
        )
        script = Script(module.module, (Answer(200, {}), Answer(201, JOB)))
        module.module.two(transport=script)
        assert script.calls == ["GET /jobs", "POST /jobs"]

    def test_it_runs_once_at_any_depth_also_if_it_gives_nothing_back(self) -> None:
        nothing = "workflowId: warm\nsteps: [{stepId: s, operationId: cancel, parameters: [{name: id, in: path, value: w}]}]"
        lead = "workflowId: {0}\ndependsOn: [{1}]\nsteps: [{{stepId: s, operationId: read, parameters: [{{name: id, in: path, value: {0}}}]}}]"
        module = compiled(
            "dependsOn: [a, b, c]\nsteps: [{stepId: list, operationId: list}]",
            lead.format("a", "deep"),
            lead.format("deep", "warm"),
            lead.format("b", "deep, warm"),
            lead.format("c", "warm"),
            nothing,
        )
        answers = [Answer(204), *[Answer(200, JOB)] * 4, Answer(200, [])]
        _, script = module.run(*answers)
        assert script.calls == [
            "DELETE /jobs/w",
            *(f"GET /jobs/{each}" for each in ("deep", "a", "b", "c")),
            "GET /jobs",
        ]

    def test_what_another_one_runs_first_can_be_read(self) -> None:
        middle = """
            workflowId: middle
            dependsOn: [list-all]
            steps: [{stepId: submit, operationId: submit}]
            """
        module = compiled(
            """
            dependsOn: [middle, list-all]
            steps: [{stepId: list, operationId: list}]
            outputs: {n: $workflows.list-all.outputs.n}
            """,
            middle,
            LIST,
        )
        result, script = module.run(Answer(200, {"n": 4}), Answer(201, JOB), Answer(200, {}))
        assert script.calls == ["GET /jobs", "POST /jobs", "GET /jobs"]
        assert result.n == 4

    def test_a_step_s_call_runs_anew_what_the_other_workflow_depends_on(self) -> None:
        module = compiled(
            """
            dependsOn: [list-all]
            steps: [{stepId: run, workflowId: middle}, {stepId: again, workflowId: middle}]
            """,
            "workflowId: middle\ndependsOn: [list-all]\nsteps: [{stepId: s, operationId: submit}]",
            LIST,
        )
        both = [Answer(200, {}), Answer(201, JOB)]
        _, script = module.run(Answer(200, {}), *both, *both)
        assert script.calls == ["GET /jobs", *["GET /jobs", "POST /jobs"] * 2]

    def test_an_input_that_they_require_is_required(self) -> None:
        module = compiled(
            """
            dependsOn: [get-token]
            inputs: {type: object, properties: {user: {type: string}}}
            steps: [{stepId: list, operationId: list}]
            """,
            LOGIN,
        )
        with pytest.raises(TypeError, match="user"):
            module.run()

    def test_a_cycle_is_an_error(self) -> None:
        fields = "dependsOn: [flow]\nsteps: [{stepId: list, operationId: list}]"
        assert found(fields) == ["AZ411"]

    def test_a_failure_keeps_the_workflow_from_starting(self) -> None:
        module = compiled(
            "dependsOn: [list-all]\nsteps: [{stepId: submit, operationId: submit}]", LIST
        )
        error, script = module.fail(Answer(500))
        assert (error.step_id, script.calls) == ("list", ["GET /jobs"])


def test_a_call_that_gives_nothing_back_has_failed_where_it_left_an_error() -> None:
    module = compile_workflow("""
        arazzo: 1.0.1
        info: {title: T, version: '1'}
        sourceDescriptions: [{name: api, url: api.yaml, type: openapi}]
        workflows:
          - workflowId: flow
            steps:
              - stepId: look
                workflowId: look
                onFailure: [{name: on, type: goto, stepId: list}]
                onSuccess: [{name: enough, type: end}]
              - {stepId: list, operationId: list}
          - workflowId: look
            steps: [{stepId: list, operationId: list}]
        """)
    assert "isinstance(" not in module.source.partition("# --- runtime")[0]
    assert len(module.run(Answer(200, []))[1].sent) == 1
    assert len(module.run(Answer(500), Answer(200, []))[1].sent) == 2
