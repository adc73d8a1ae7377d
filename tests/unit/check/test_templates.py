"""What users see where a text has another language's way to put in a value."""

from __future__ import annotations

import json

import pytest

from tests.compiling import compile_text, told

_INPUTS = (
    "inputs: {type: object, required: [t, n], properties: {t: {type: string}, n: {type: string}}}\n"
)


def parameter(value: str, *, place: str = "X-Trace, in: header") -> list[str]:
    text = f"{{name: {place}, value: {json.dumps(value)}}}"
    steps = f"steps: [{{stepId: s, operationId: list, parameters: [{text}]}}]\n"
    lines = told(compile_text(_INPUTS + steps, unused=True))
    return [line for line in lines if "input `n`" not in line]


def payload(value: str) -> list[str]:
    steps = f"steps: [{{stepId: s, operationId: submit, requestBody: {{payload: {{a: {json.dumps(value)}}}}}}}]\n"
    return told(compile_text(_INPUTS + steps))


@pytest.mark.parametrize(
    ("before", "found"),
    [("", "${$inputs.t}"), ("Bearer ", "${$inputs.t}"), ("a=1; b=", "${$inputs.t}")],
)
def test_a_dollar_before_braces_is_sent(before: str, found: str) -> None:
    instead = "{$inputs.t}" if before else "$inputs.t"
    assert parameter(before + found) == [
        f"AZ232 the `$` before `{{$inputs.t}}` is sent with the value => write `{instead}`"
    ]


def test_a_sum_of_money_is_none() -> None:
    assert payload("It costs ${$inputs.t}") == []


@pytest.mark.parametrize(
    "form",
    ["{{t}}", "{{ t }}", "${t}", "{t}", "<t>", "$t", "$inputs['t']", '{inputs["t"]}'],
)
@pytest.mark.parametrize("before", ["", "Bearer "])
def test_the_name_of_an_input_is_text(before: str, form: str) -> None:
    if form.startswith("$inputs") and not before:
        (line,) = parameter(form)
        assert line.startswith("AZ201 a `.` is missing after `$inputs`")
        return
    instead = "{$inputs.t}" if before else "$inputs.t"
    assert parameter(before + form) == [
        f"AZ230 `{form}` is text: the input is `$inputs.t` => write `{instead}`"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "{{other}}",
        "${other}",
        "query { users {t} }",
        "filter=$t eq 1",
        "a <t> b",
        "x{t}",
        "C:{t}",
        "$$t",
        "#{$inputs.t}",
    ],
)
def test_what_belongs_to_others_is_left_alone(text: str) -> None:
    assert [line for line in parameter(text) if "AZ430" not in line] == []


def test_templates_in_bodies_are_for_those_who_read_them() -> None:
    assert payload("Dear {{t}}, ${t}, {t}, $t") == []


@pytest.mark.parametrize("form", ["{{ $inputs.t }}", "{{ $inputs.t}}", "{ $inputs.t }"])
@pytest.mark.parametrize("before", ["", "Bearer "])
def test_blanks_in_braces_make_text_of_these(before: str, form: str) -> None:
    instead = "{$inputs.t}" if before else "$inputs.t"
    assert parameter(before + form) == [
        f"AZ501 `$inputs.t` is embedded in text without braces: those of `{form}` are text"
        f" => write `{instead}`"
    ]


def test_braces_of_a_text_with_blanks_are_its_own_in_a_body() -> None:
    assert payload("query { $inputs.t }") == [
        "AZ501 `$inputs.t` is embedded in text without braces => write `{$inputs.t}`"
    ]
    assert payload("Dear {{ $inputs.t }}") == [
        "AZ501 `$inputs.t` is embedded in text without braces: those of `{{ $inputs.t }}` are text"
        " => write `{$inputs.t}`"
    ]


@pytest.mark.parametrize(
    ("text", "instead"),
    [("Bearer $(inputs.t)", "{$inputs.t}"), ("$ inputs.t", "$inputs.t")],
)
def test_a_dollar_that_stands_off_is_mended_with_the_rest(text: str, instead: str) -> None:
    assert parameter(text) == [
        f"AZ230 `inputs.t` is text: an expression starts with `$` => write `{instead}`"
    ]


class TestNothingOfThatName:
    @pytest.mark.parametrize(
        ("value", "message"),
        [
            ("Bearer $inputs.nope", "AZ210 workflow `flow` has no input `nope`"),
            ("Bearer $steps.s.outputs.nope", "AZ212 step `s` has no output `nope`"),
            ("key=$steps.gone.outputs.x", "AZ211 workflow `flow` has no step `gone`"),
        ],
    )
    def test_an_expression_that_is_the_parameter_is_not_sent_as_text(
        self, value: str, message: str
    ) -> None:
        (line,) = (line for line in parameter(value) if "AZ430" not in line)
        assert line.startswith(message)

    def test_prose_is(self) -> None:
        assert payload("Read $inputs.nope") == []
        assert [line for line in parameter("see $inputs.nope now") if "AZ430" not in line] == []


class TestCallees:
    _DOCUMENT = """
        arazzo: 1.0.1
        info: {title: Jobs, version: 1.0.0}
        sourceDescriptions: [{name: api, url: api.yaml, type: openapi}]
        workflows:
          - workflowId: flow
            steps: [{stepId: s, workflowId: inner}]
            outputs: {id: $steps.s.outputs.NAME}
          - workflowId: inner
            steps:
              - stepId: make
                operationId: submit
                outputs: {id: $response.body#/id, status: $response.body#/status}
                onSuccess: [{name: other, type: goto, workflowId: third}]
            outputs: OUTPUTS
          - workflowId: third
            steps: [{stepId: list, operationId: list}]
            outputs: {id: done}
    """

    @pytest.mark.parametrize(
        ("name", "outputs", "expected"),
        [
            (
                "nope",
                "{id: $steps.make.outputs.id}",
                "AZ212 step `s` has no output `nope` => there is `id`",
            ),
            (
                "id",
                "{}",
                "AZ212 step `s` has no output `id` => declare it in the `outputs` of workflow `inner`",
            ),
            (
                "status",
                "{status: $steps.make.outputs.status}",
                "AZ212 workflow `inner` does not always have the output `status` => an action lets workflow"
                " `third` go on in its place: give that the output too",
            ),
        ],
    )
    def test_a_step_has_the_outputs_of_the_workflow_that_it_runs(
        self, name: str, outputs: str, expected: str
    ) -> None:
        text = self._DOCUMENT.replace("NAME", name).replace("OUTPUTS", outputs)
        text = (
            text if name == "status" else text.replace("type: goto, workflowId: third", "type: end")
        )
        assert [line for line in told(compile_text(text)) if line.startswith("AZ21")] == [expected]


def test_a_name_that_only_an_output_has_is_that_output() -> None:
    steps = """
    steps:
      - {stepId: login, operationId: list, outputs: {token: $response.body#/token}}
      - stepId: read
        operationId: list
        parameters: [{name: X-Trace, in: header, value: 'Bearer {{token}}'}]
    """
    lines = [line for line in told(compile_text(steps, unused=True)) if "X-Trace" not in line]
    assert lines == [
        "AZ230 `{{token}}` is text: the output is `$steps.login.outputs.token`"
        " => write `{$steps.login.outputs.token}`"
    ]
