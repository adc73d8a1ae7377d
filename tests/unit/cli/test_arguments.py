"""What users write on the command line becomes keyword arguments, or a list of what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import pytest

from arazzoc.cli.arguments import Arguments, gather
from arazzoc.result import CompiledWorkflow, InputArgument
from arazzoc.types.facts import Kind


def argument(
    name: str,
    kind: Kind = "string",
    *,
    keyword: str | None = None,
    required: bool = False,
    description: str | None = None,
    secret: bool = False,
    origin: Literal["input", "credential"] = "input",
) -> InputArgument:
    return InputArgument(name, keyword or name, required, description, kind, secret, origin)


def gathered(
    *inputs: InputArgument,
    values: Mapping[str, object] | None = None,
    assignments: Sequence[str] = (),
    servers: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
) -> Arguments:
    workflow = CompiledWorkflow("flow", "flow", 1, inputs, {"jobsApi": "jobs_api_url"}, {})
    return gather(workflow, values or {}, assignments, servers, environment or {})


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("string", "12", "12"),
        ("string", "a=b", "a=b"),
        ("string", "", ""),
        ("integer", "12", 12),
        ("integer", "-3", -3),
        ("number", "1.5", 1.5),
        ("number", "2", 2),
        ("boolean", "true", True),
        ("boolean", "False", False),
        ("array", '["a", 1]', ["a", 1]),
        ("object", '{"a": null}', {"a": None}),
        ("any", "12", 12),
        ("any", "plain text", "plain text"),
    ],
)
def test_a_value_is_read_as_the_input_s_kind(kind: Kind, text: str, value: object) -> None:
    found = gathered(argument("x", kind), assignments=[f"x={text}"])
    assert found.problems == ()
    assert found.keywords == {"x": value}
    assert type(found.keywords["x"]) is type(value)


@pytest.mark.parametrize(
    ("kind", "text", "noun"),
    [
        ("integer", "1.5", "an integer"),
        ("integer", "true", "an integer"),
        ("integer", "NaN", "an integer"),
        ("number", "many", "a number"),
        ("boolean", "yes", "true or false"),
        ("array", "a,b", "a JSON array"),
        ("array", "{}", "a JSON array"),
        ("object", "[]", "a JSON object"),
    ],
)
def test_a_value_of_another_kind_is_a_problem(kind: Kind, text: str, noun: str) -> None:
    found = gathered(argument("x", kind, required=True), assignments=[f"x={text}"])
    assert found.problems == (f"input 'x' must be {noun}, not '{text}'",)


def test_a_secret_s_value_is_not_repeated() -> None:
    found = gathered(argument("pin", "integer", secret=True), assignments=["pin=s3cret"])
    assert found.problems == ("input 'pin' must be an integer",)


def test_json_values_are_taken_as_they_are_and_checked() -> None:
    found = gathered(
        argument("jobId", keyword="job_id"),
        argument("limit", "integer"),
        argument("ratio", "number"),
        values={"jobId": 7, "limit": None, "ratio": 1},
    )
    assert found.keywords == {"limit": None, "ratio": 1}
    assert found.problems == ("input 'jobId' must be text, not an integer",)


def test_an_input_goes_by_its_name_in_the_document_or_by_its_keyword() -> None:
    job = argument("jobId", keyword="job_id")
    assert gathered(job, assignments=["jobId=1"]).keywords == {"job_id": "1"}
    assert gathered(job, assignments=["job_id=1"]).keywords == {"job_id": "1"}


def test_a_single_input_overrules_the_json() -> None:
    found = gathered(argument("x"), values={"x": "json"}, assignments=["x=single"])
    assert found.keywords == {"x": "single"}


def test_all_problems_are_told_at_once() -> None:
    found = gathered(
        argument("jobId", required=True, description="Identifier of\n  the job."),
        argument("limit", "integer"),
        argument("bearer_token", required=True, secret=True, origin="credential"),
        values={"jobID": "1"},
        assignments=["limit=many", "nonsense"],
        servers=["jobApi=http://localhost", "jobsApi=localhost"],
    )
    assert found.problems == (
        "there is no input 'jobID': did you mean 'jobId'?",
        "input 'limit' must be an integer, not 'many'",
        "--input takes NAME=VALUE, not 'nonsense'",
        "there is no server 'jobApi': did you mean 'jobsApi'?",
        "server 'jobsApi' must start with http:// or https://",
        "missing input 'jobId': Identifier of the job.",
        "missing credential 'bearer_token' (--input bearer_token=... or $ARAZZOC_BEARER_TOKEN)",
    )


def test_an_unknown_name_that_resembles_none_lists_them() -> None:
    found = gathered(argument("b"), argument("a"), assignments=["zzzzzz=1"])
    assert found.problems == ("there is no input 'zzzzzz': there are a, b",)


def test_secrets_may_come_from_the_environment() -> None:
    token = argument("bearer_token", required=True, origin="credential")
    pin = argument("pinCode", "integer", keyword="pin_code", secret=True)
    plain = argument("plain")
    environment = {
        "ARAZZOC_BEARER_TOKEN": "t0ken",
        "ARAZZOC_PIN_CODE": "12",
        "ARAZZOC_PLAIN": "not looked at",
    }
    found = gathered(token, pin, plain, environment=environment)
    assert found.keywords == {"bearer_token": "t0ken", "pin_code": 12}
    assert found.secrets == ("t0ken",)


def test_the_command_line_overrules_the_environment() -> None:
    token = argument("bearer_token", origin="credential")
    found = gathered(
        token, assignments=["bearer_token=line"], environment={"ARAZZOC_BEARER_TOKEN": "env"}
    )
    assert found.keywords == {"bearer_token": "line"}


def test_a_faulty_variable_is_named() -> None:
    pin = argument("pin", "integer", secret=True, required=True)
    found = gathered(pin, environment={"ARAZZOC_PIN": "x"})
    assert found.problems == ("$ARAZZOC_PIN must be an integer",)


@pytest.mark.parametrize("name", ["jobsApi", "jobs_api_url"])
def test_a_server_loses_its_trailing_slash(name: str) -> None:
    found = gathered(servers=[f"{name}=http://localhost:8080/base/"])
    assert found.keywords == {"jobs_api_url": "http://localhost:8080/base"}


def test_a_file_is_given_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.touch()
    for found in (
        gathered(argument("x", "file"), assignments=[f"x={path}"]),
        gathered(argument("x", "file"), values={"x": str(path)}),
    ):
        assert (found.keywords, found.problems) == ({"x": path}, ())


def test_a_file_has_to_be_there(tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    found = gathered(argument("x", "file", required=True), assignments=[f"x={missing}"])
    assert found.problems == (f"input 'x': there is no file '{missing}'",)
