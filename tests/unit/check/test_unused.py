"""What users see of inputs, outputs, components and sources that nothing takes up."""

from __future__ import annotations

import pytest

from tests.compiling import compile_text, told

_STEP = "stepId: read, operationId: read, parameters: [{name: id, in: path, value: $inputs.id}]"
_INPUTS = "inputs: {type: object, required: [id], properties: {id: {type: string}, spare: {}}}"


def unused(text: str, *, beside: dict[str, str] | None = None) -> list[str]:
    """The beginnings of what is told of unused things; nothing else may be told."""
    lines = told(compile_text(text, unused=True, beside=beside))
    return [line.partition(" => ")[0] for line in lines]


def flow(fields: str = "", *, inputs: str = _INPUTS) -> str:
    return f"{inputs}\nsteps:\n  - {{{_STEP}{fields}}}\n"


def test_an_input_that_nothing_reads() -> None:
    assert unused(flow()) == ["AZ430 no expression reads input `spare`"]


@pytest.mark.parametrize(
    "use",
    [
        "$inputs.spare",
        "'a {$inputs.spare} b'",
        "$inputs.spare#/deep/inside",
    ],
)
def test_an_input_that_an_output_reads(use: str) -> None:
    assert unused(flow() + f"outputs: {{given: {use}}}") == []


def test_an_input_with_a_longer_name_is_another_one() -> None:
    inputs = _INPUTS.replace("spare", "idle")
    assert unused(flow(inputs=inputs) + "outputs: {given: $inputs.id}") == [
        "AZ430 no expression reads input `idle`"
    ]


def test_an_input_that_a_comment_in_prose_mentions_is_left_in_peace() -> None:
    assert unused(flow(", description: 'Reads $inputs.spare one day.'")) == []


def test_an_input_that_another_workflow_is_passed_by_its_name() -> None:
    text = (
        "arazzo: 1.0.1\ninfo: {title: Test, version: 1.0.0}\n"
        "sourceDescriptions: [{name: api, url: api.yaml, type: openapi}]\nworkflows:\n"
        "  - workflowId: first\n    " + _INPUTS.replace("spare: {}", "key: {type: string}") + "\n"
        f"    steps: [{{{_STEP}, onSuccess: [{{name: on, type: goto, workflowId: next}}]}}]\n"
        "  - workflowId: next\n"
        "    inputs: {type: object, required: [id], properties: {id: {type: string}, key: {type: string}}}\n"
        f"    steps: [{{{_STEP}}}]\n    outputs: {{key: $inputs.key}}\n"
    )
    assert unused(text) == []


def test_nothing_is_said_of_inputs_while_a_workflow_has_errors() -> None:
    assert unused(flow(", outputs: {a: $response.body#/id, b: $steps.nowhere.outputs.x}")) == [
        "AZ211 workflow `flow` has no step `nowhere`"
    ]


def test_outputs_that_nothing_reads() -> None:
    text = flow(", outputs: {id: $response.body#/id, ident: $response.body#/id}")
    assert unused(text + "outputs: {out: $steps.read.outputs.ident, in: $inputs.spare}") == [
        "AZ431 nothing reads output `id` of step `read`"
    ]


@pytest.mark.parametrize(
    "use",
    ["$steps.read.outputs.job#/id", "'{$steps.read.outputs.job}!'", "$steps.read.outputs.job.id"],
)
def test_an_output_that_is_read_in_part_or_in_text(use: str) -> None:
    text = flow(", outputs: {job: $response.body}") + f"outputs: {{out: {use}, in: $inputs.spare}}"
    assert [line for line in unused(text) if line.startswith("AZ43")] == []


def test_components_are_told_apart_by_kind_and_name() -> None:
    text = (
        "arazzo: 1.0.1\ninfo: {title: Test, version: 1.0.0}\n"
        "sourceDescriptions: [{name: api, url: api.yaml, type: openapi}]\nworkflows:\n"
        "  - workflowId: flow\n    steps:\n      - stepId: read\n        operationId: read\n"
        "        parameters: [{reference: $components.parameters.id}]\n"
        "        onFailure: [{reference: $components.failureActions.stop}]\n"
        "components:\n  parameters:\n    id: {name: id, in: path, value: a}\n"
        "    id2: {name: id, in: path, value: b}\n"
        "  successActions: {stop: {name: stop, type: end}}\n"
        "  failureActions: {stop: {name: stop, type: end}}\n"
    )
    assert unused(text) == [
        "AZ432 nothing refers to the parameter `id2`",
        "AZ432 nothing refers to the success action `stop`",
    ]
