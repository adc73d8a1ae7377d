"""What users see where operations ask for credentials that steps do not pass."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path
from textwrap import indent

import pytest

from arazzoc.compiler import lint
from tests.compiling import compile_text, compile_workflow, told, workflow

_API = """
openapi: 3.1.0
info: {title: Jobs, version: 1.0.0}
servers: [{url: https://api.example}]
security: SECURITY
paths:
  /jobs:
    get: {operationId: list, responses: {'200': {description: The jobs.}}}
    delete: {operationId: clear, responses: {'204': {description: Gone.}}}
  /login:
    post: {operationId: login, security: [{basic: []}], responses: {'200': {description: Welcome.}}}
  /health:
    get: {operationId: ask, security: [], responses: {'200': {description: Well.}}}
components:
  securitySchemes:
    basic: {type: http, scheme: basic}
    bearer: {type: http, scheme: bearer}
    digest: {type: http, scheme: digest}
    key: {type: apiKey, in: header, name: X-Key}
    query: {type: apiKey, in: query, name: code}
    cookie: {type: apiKey, in: cookie, name: sid}
    id: {type: openIdConnect, openIdConnectUrl: 'https://login.example'}
    client:
      type: oauth2
      flows: {clientCredentials: {tokenUrl: 'https://login.example/token', scopes: {}}}
    machine: {type: mutualTLS}
"""
_INPUTS = "inputs: {type: object, required: [t], properties: {t: {type: string}}}\n"
_TOKEN = "{name: Authorization, in: header, value: 'Bearer {$inputs.t}'}"

_MAKES = ", outputs: {t: $response.header.X-Token}"


def step(operation: str, *parameters: str, fields: str = "") -> str:
    passed = f", parameters: [{', '.join(parameters)}]" if parameters else ""
    return f"  - {{stepId: {operation}, operationId: {operation}{passed}{fields}}}\n"


def found(*steps: str, security: str = "[{bearer: []}]", fields: str = "") -> list[str]:
    api = _API.replace("SECURITY", security)
    text = f"{_INPUTS}{fields}steps:\n{''.join(steps)}"
    lines = told(compile_text(text, api, unused=True))
    return [line for line in lines if not line.startswith("AZ430")]


@pytest.mark.parametrize(
    ("scheme", "arguments", "parameter"),
    [
        (
            "bearer",
            "`bearer_token`",
            "{name: Authorization, in: header, value: 'Bearer {$inputs.token}'}",
        ),
        (
            "basic",
            "`username` and `password`",
            "{name: Authorization, in: header, value: 'Basic {$inputs.credentials}'}",
        ),
        (
            "digest",
            "`digest_token`",
            "{name: Authorization, in: header, value: 'Digest {$inputs.token}'}",
        ),
        (
            "client",
            "`bearer_token`",
            "{name: Authorization, in: header, value: 'Bearer {$inputs.token}'}",
        ),
        (
            "id",
            "`bearer_token`",
            "{name: Authorization, in: header, value: 'Bearer {$inputs.token}'}",
        ),
        ("key", "`api_key`", "{name: X-Key, in: header, value: $inputs.apiKey}"),
        ("query", "`api_key`", "{name: code, in: query, value: $inputs.apiKey}"),
        ("cookie", "`api_key`", "{name: sid, in: cookie, value: $inputs.apiKey}"),
    ],
)
def test_callers_bring_what_no_parameter_gives(scheme: str, arguments: str, parameter: str) -> None:
    assert found(step("list"), security=f"[{{{scheme}: []}}]") == [
        f"AZ714 no parameter gives the credentials of security scheme `{scheme}` that operation `list`"
        f" asks for => callers bring {arguments}; or pass `{parameter}`"
    ]


@pytest.mark.parametrize(
    ("scheme", "parameter"),
    [
        ("bearer", _TOKEN),
        ("bearer", "{name: authorization, in: header, value: $inputs.t}"),
        ("basic", "{name: Authorization, in: header, value: 'Basic {$inputs.t}'}"),
        ("client", _TOKEN),
        ("id", _TOKEN),
        ("key", "{name: x-key, in: header, value: $inputs.t}"),
        ("query", "{name: code, in: query, value: $inputs.t}"),
        ("cookie", "{name: sid, in: cookie, value: $inputs.t}"),
    ],
)
def test_a_parameter_gives_what_is_asked_for(scheme: str, parameter: str) -> None:
    assert "AZ714" not in str(found(step("list", parameter), security=f"[{{{scheme}: []}}]"))


def test_all_cookies_at_once_are_the_credentials_too() -> None:
    cookies = "{name: Cookie, in: header, value: 'sid={$inputs.t}'}"
    lines = found(step("list", cookies), security="[{cookie: []}]")
    assert "AZ714" not in str(lines)


def test_the_whole_workflow_can_give_them() -> None:
    assert found(step("list"), step("clear"), fields=f"parameters: [{_TOKEN}]\n") == []


@pytest.mark.parametrize(
    "security",
    [
        "[]",
        "[{}, {bearer: []}]",
        "[{bearer: []}, {}]",
        "[{machine: []}]",
        "[{machine: []}, {bearer: []}]",
    ],
)
def test_nothing_is_said_where_a_request_can_do_without(security: str) -> None:
    assert found(step("list"), security=security) == []


def test_one_alternative_that_is_given_is_enough() -> None:
    key = "{name: X-Key, in: header, value: $inputs.t}"
    assert found(step("list", key), security="[{bearer: []}, {key: []}]") == []


def test_what_is_asked_for_together_is_told_one_by_one() -> None:
    lines = found(step("list"), security="[{bearer: [], key: []}]")
    assert [line.partition("callers bring ")[2].partition(";")[0] for line in lines] == [
        "`bearer_token`",
        "`api_key`",
    ]
    (line,) = found(step("list", _TOKEN), security="[{bearer: [], key: []}]")
    assert "scheme `key`" in line


def test_one_finding_tells_of_all_steps_of_a_document() -> None:
    (line,) = found(step("list"), step("clear"))
    assert (
        "operation `list` asks for => callers bring `bearer_token`, for 1 more step too; or" in line
    )


def test_one_finding_tells_of_all_workflows_of_a_document() -> None:
    flow = workflow(f"steps:\n{step('list')}{step('clear')}")
    other = f"workflowId: other\nsteps:\n{step('list')}"
    text = flow + "  -\n" + indent(other, "    ")
    (line,) = told(compile_text(text, _API.replace("SECURITY", "[{bearer: []}]"), unused=True))
    assert "=> callers bring `bearer_token`, for 2 more steps in 2 workflows too; or" in line


@pytest.mark.parametrize(
    "fields",
    [
        ", successCriteria: [{condition: $statusCode == 401}]",
        ", successCriteria: [{condition: '$statusCode == 200 || $statusCode == 403'}]",
        ", successCriteria: [{condition: '$statusCode >= 400'}]",
        ", x-security: [{schemeName: bearer, values: {token: $inputs.t}}]",
    ],
)
def test_steps_that_expect_to_be_refused_or_have_credentials_of_their_own(fields: str) -> None:
    lines = found(step("list", _TOKEN), step("clear", fields=fields))
    assert [line for line in lines if line.startswith("AZ71")] == []


class TestForgotten:
    def test_a_step_forgets_what_another_one_passes(self) -> None:
        assert found(step("list", _TOKEN), step("clear")) == [
            "AZ715 step `list` passes credentials for security scheme `bearer`, and this one does not,"
            " though operation `clear` asks for them too => pass `Authorization` with `in: header` here too,"
            " or once in the `parameters` of the workflow"
        ]

    def test_the_one_that_passes_may_come_later(self) -> None:
        (line,) = found(step("list"), step("clear", _TOKEN))
        assert line.startswith("AZ715 step `clear` passes credentials for security scheme `bearer`")

    def test_the_alternative_that_others_pass_is_the_one_that_is_forgotten(self) -> None:
        key = "{name: X-Key, in: header, value: $inputs.t}"
        (line,) = found(step("list", key), step("clear"), security="[{bearer: []}, {key: []}]")
        assert line.startswith("AZ715 step `list` passes credentials for security scheme `key`")

    def test_what_is_asked_for_besides_is_left_to_callers(self) -> None:
        lines = found(step("list", _TOKEN), step("clear"), security="[{bearer: [], key: []}]")
        assert [line[:5] for line in lines] == ["AZ714", "AZ715"]
        assert "scheme `key`" in lines[0]
        assert "scheme `bearer`" in lines[1]

    def test_what_goes_into_one_place_is_forgotten_once(self) -> None:
        (line,) = found(step("list", _TOKEN), step("clear"), security="[{bearer: [], id: []}]")
        assert line.startswith("AZ715")

    def test_a_login_is_another_matter(self) -> None:
        basic = "{name: Authorization, in: header, value: 'Basic {$inputs.t}'}"
        lines = found(step("login", basic), step("list"))
        assert [line[:5] for line in lines] == ["AZ714"]

    def test_a_login_cannot_pass_the_token_that_it_makes(self) -> None:
        token = "{name: Authorization, in: header, value: 'Bearer {$steps.list.outputs.t}'}"
        lines = found(step("list", fields=_MAKES), step("clear", token))
        assert [line[:5] for line in lines] == ["AZ714"]
        assert "operation `list`" in lines[0]

    def test_what_a_step_makes_is_no_parameter_of_the_whole_workflow(self) -> None:
        token = "{name: Authorization, in: header, value: 'Bearer {$steps.login.outputs.t}'}"
        basic = "{name: Authorization, in: header, value: 'Basic {$inputs.t}'}"
        lines = found(step("login", basic, fields=_MAKES), step("list", token), step("clear"))
        (line,) = [line for line in lines if line.startswith("AZ715")]
        assert line.endswith("=> pass `Authorization` with `in: header` here too")

    def test_a_user_name_is_no_token_where_either_will_do(self) -> None:
        basic = "{name: Authorization, in: header, value: 'Basic {$inputs.t}'}"
        either, api = "[{basic: []}, {bearer: []}]", _API.replace("SECURITY", "[{bearer: []}]")
        api = api.replace("login, security: [{basic: []}]", f"login, security: {either}")
        lines = told(
            compile_text(f"{_INPUTS}steps:\n{step('login', basic)}{step('list')}", api, unused=True)
        )
        assert [line[:5] for line in lines] == ["AZ714"]

    def test_steps_whose_operations_ask_for_nothing_forget_nothing(self) -> None:
        assert found(step("ask"), step("list", _TOKEN)) == []


class TestOneFinding:
    @pytest.mark.parametrize(
        ("parameter", "hint"),
        [
            (
                "{name: Authorizaton, in: header, value: 'Bearer {$inputs.t}'}",
                "did you mean `Authorization`?",
            ),
            (
                "{name: Authorization, in: query, value: 'Bearer {$inputs.t}'}",
                "it is declared `in: header`",
            ),
        ],
    )
    def test_credentials_with_a_slip_are_told_of_by_the_slip(
        self, parameter: str, hint: str
    ) -> None:
        lines = [line for line in found(step("list", parameter)) if "AZ712" not in line]
        assert [line[:5] for line in lines] == ["AZ310"]
        assert lines[0].endswith(hint)

    @pytest.mark.parametrize("name", ["access_token", "key"])
    def test_credentials_in_a_query_are_told_of_by_their_place(self, name: str) -> None:
        token = f"{{name: {name}, in: query, value: $inputs.t}}"
        assert "AZ714" not in str(found(step("list", token)))


@pytest.mark.parametrize(
    ("inputs", "security"),
    [
        ("{t: {type: string}}", "[{bearer: []}]"),
        ("{bearer_token: {type: string}}", "[{bearer: []}]"),
        ("{apiKey: {type: string}, username: {type: string}}", "[{key: [], basic: [], query: []}]"),
    ],
)
def test_arguments_are_called_what_the_function_calls_them(inputs: str, security: str) -> None:
    text = f"inputs: {{type: object, properties: {inputs}}}\nsteps:\n{step('list')}"
    api = _API.replace("SECURITY", security)
    lines = [line for line in told(compile_text(text, api, unused=True)) if "AZ714" in line]
    named = [
        name.strip("`")
        for line in lines
        for name in line.partition("callers bring ")[2].partition(";")[0].split(" and ")
    ]
    assert named
    assert _arguments(text, api) - _arguments(text, _API.replace("SECURITY", "[]")) == set(named)


def test_workflows_that_many_steps_run_are_looked_at_once() -> None:
    depth = 40
    runs = [
        f"  - workflowId: w{level}\n    steps:\n"
        f"      - {{stepId: a, workflowId: w{level + 1}}}\n"
        f"      - {{stepId: b, workflowId: w{level + 1}}}\n"
        for level in range(1, depth)
    ]
    last = f"  - workflowId: w{depth}\n    steps:\n      - {{stepId: last, operationId: clear}}\n"
    steps = f"steps:\n{step('list')}  - {{stepId: run, workflowId: w1}}\n"
    api = _API.replace("SECURITY", "[{bearer: []}]")
    document = workflow(steps) + "".join([*runs, last])
    lines = told(compile_text(document, api, unused=True))
    (line,) = [line for line in lines if "callers bring" in line]
    assert "callers bring `bearer_token`, for 1 more step in 2 workflows too" in line


def _arguments(text: str, api: str) -> set[str]:
    return {*inspect.signature(compile_workflow(text, api).module.flow).parameters}


def test_workflows_may_run_one_another_more_deeply_than_python_calls_functions(
    tmp_path: Path,
) -> None:
    deepest = sys.getrecursionlimit() + 100
    steps = "steps: [{{stepId: s, operationId: list}}, {{stepId: t, workflowId: w{}}}]"
    others = "".join(
        f"  - workflowId: w{number}\n    {steps.format(number + 1)}\n"
        for number in range(1, deepest)
    )
    last = f"  - workflowId: w{deepest}\n    steps: [{{stepId: s, operationId: list}}]\n"
    document = tmp_path / "flow.arazzo.yaml"
    document.write_text(f"{workflow(steps.format(1))}{others}{last}", "utf-8")
    api = _API.replace("SECURITY", "[{bearer: []}]")
    (tmp_path / "api.yaml").write_text(api, "utf-8")
    (line,) = told(lint([document]))
    assert f"for {deepest} more steps in {deepest + 1} workflows too" in line
