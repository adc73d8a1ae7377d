"""Bodies that are not what they claim to be, or not what the workflow reads: the step says so."""

from __future__ import annotations

import gzip
import zlib

import pytest

from tests.compiling import Answer, Compiled, compile_workflow
from tests.unit.runtime.loopback import reply, serving

JSON = {"Content-Type": "application/json"}
PAGE = b"<!doctype html><title>Maintenance</title>"
CLAIMS = "step list: GET /jobs answered 200 with a body that is not the JSON that it claims to be"


@pytest.fixture(scope="module")
def reader() -> Compiled:
    """A step that reads a part of a body of which the description promises nothing."""
    return compile_workflow("""
        steps:
          - stepId: list
            operationId: list
            outputs: {total: $response.body#/total}
        outputs: {total: $steps.list.outputs.total}
        """)


@pytest.mark.parametrize("body", [PAGE, b'{"total": 1', b'{"total": NaN}', b"\xff\xfe{", b"{}}"])
def test_a_garbled_body_fails_the_step_that_reads_it(reader: Compiled, body: bytes) -> None:
    error, _ = reader.fail(Answer(200, body, JSON))
    assert str(error) == f"{CLAIMS}, and the body is JSON does not hold"
    assert "Maintenance" not in str(error)


@pytest.mark.parametrize("output", ["$response.body", "$response.body#/total"])
def test_a_criterion_that_reads_a_garbled_body_is_not_judged(output: str) -> None:
    module = compile_workflow(f"""
        steps:
          - stepId: list
            operationId: list
            successCriteria: [{{condition: {output} == null}}]
        """)
    assert str(module.fail(Answer(200, PAGE, JSON))[0]).startswith(CLAIMS)
    module.run(Answer(200, {"total": None}) if "#" in output else Answer(200, b"null", JSON))


def test_a_body_of_another_type_fails_the_step_that_reads_a_part_of_it(reader: Compiled) -> None:
    error, _ = reader.fail(Answer(200, PAGE, {"Content-Type": "text/html; charset=utf-8"}))
    assert str(error) == (
        "step list: GET /jobs answered 200 with a body of text/html, not JSON,"
        " and the body is JSON does not hold"
    )
    assert reader.run(Answer(200, b'{"total": 2}'))[0].total == 2  # of no type: it is what it is


def test_a_step_that_does_not_read_the_body_does_not_mind() -> None:
    module = compile_workflow("steps: [{stepId: list, operationId: list}]")
    module.run(Answer(200, PAGE, JSON))


def test_failure_actions_are_tried_where_the_body_is_garbled() -> None:
    module = compile_workflow("""
        steps:
          - stepId: list
            operationId: list
            outputs: {total: $response.body#/total}
            onFailure: [{name: again, type: retry, retryAfter: 0}]
        outputs: {total: $steps.list.outputs.total}
        """)
    outputs, _ = module.run(Answer(200, PAGE, JSON), Answer(200, {"total": 3}))
    assert outputs.total == 3
    error, _ = module.fail(Answer(200, PAGE, JSON), Answer(200, PAGE, JSON))
    assert str(error).startswith(CLAIMS)


def test_what_is_promised_says_why_it_is_not_there() -> None:
    module = compile_workflow("""
        steps:
          - stepId: read
            operationId: read
            parameters: [{name: id, in: path, value: a}]
            outputs: {status: $response.body#/status}
        outputs: {status: $steps.read.outputs.status}
        """)
    error, _ = module.fail(Answer(200, PAGE, JSON))
    assert str(error) == (
        "step read: no value for output status: the response (status 200 with a body"
        " that is not the JSON that it claims to be) has nothing at /status"
    )
    assert "with a body of text/html" in str(
        module.fail(Answer(200, PAGE, {"Content-Type": "text/html"}))[0]
    )


def test_an_empty_body_is_no_fault(reader: Compiled) -> None:
    assert reader.run(Answer(204, None, JSON))[0].total is None


def test_the_status_is_told_before_the_body(reader: Compiled) -> None:
    error, _ = reader.fail(Answer(503, PAGE, {"Content-Type": "text/html"}))
    assert str(error) == ("step list: GET /jobs answered 503, and the status is 2xx does not hold")


def test_json_in_another_charset_is_read_or_refused(reader: Compiled) -> None:
    latin = {"Content-Type": "application/json; charset=iso-8859-1"}
    body = '{"total": "é"}'
    assert reader.run(Answer(200, body.encode("latin-1"), latin))[0].total == "é"
    for charset in ("us-ascii", "utf-8", "unheard-of"):
        stated = {"Content-Type": f"application/json; charset={charset}"}
        error, _ = reader.fail(Answer(200, body.encode("latin-1"), stated))
        assert str(error).startswith(CLAIMS)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (reply(PAGE, headers=("Content-Type: application/json",)), "not the JSON that it claims"),
        (reply(PAGE, headers=("Content-Type: text/html",)), "a body of text/html, not JSON"),
        (reply(b'{"total"', length=20), "IncompleteRead"),
        (reply(b"no gzip", headers=("Content-Encoding: gzip",)), "gzip"),
        (
            reply(gzip.compress(b"{}", mtime=0)[:-4], headers=("Content-Encoding: gzip",)),
            "ended before",
        ),
        (reply(zlib.compress(b"{}")[:-4], headers=("Content-Encoding: deflate",)), "cut off"),
    ],
)
def test_over_the_wire_each_fault_says_what_it_is(
    reader: Compiled, said: bytes, reason: str
) -> None:
    with (
        serving(lambda _: said, hang_up=True) as server,
        pytest.raises(reader.module.StepFailed) as raised,
    ):
        reader.module.flow(api_url=server.url)
    assert reason in f"{raised.value} {raised.value.__cause__}"
