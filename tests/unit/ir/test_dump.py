"""A graph as text: all that decides what is generated can be read there."""

from __future__ import annotations

from inline_snapshot import snapshot

from arazzoc.ir.dump import dump
from tests.unit.ir.making import graph


def test_a_workflow_step_by_step() -> None:
    assert dump(graph()) == snapshot("""\
workflow submit-and-wait: submit_and_wait() -> SubmitAndWaitOutputs
  # Submit and wait.
  parameter token: str (credential token, secret)
  parameter tags?: list[str] = null (input tags, array)
  server jobs: jobs_url, JOBS_URL = https://jobs.example/api

step submit
  # Submit the job.
  POST /jobs at jobs_url
  header Authorization = text("Bearer ", token)
  body json application/json = {"tags": tags?, "name": "a \\"name\\""}
  succeeds if status == 201  <- $statusCode == 201
  output jobId -> job_id = body#/id: str (promised)
  on success go to wait
  on failure fail

step wait
  after submit, wait?
  GET /jobs/{submit.jobId} at jobs_url
  query fields = tags? as form list
  succeeds if status == 200  <- $statusCode == 200
  succeeds if body#/a~1b? == "Done" or body#/a~1b? == "Failed" [jsonpath]  <- $response.body#/a~1b == 'Done'
  on success end
  on failure running: retry, at most 60 times, after 5 s, counted by retries
    if status == 200  <- $statusCode == 200
  on failure again: go to submit
    if status == 404  <- $statusCode == 404
  on failure fail

outputs
  jobId -> job_id = submit.jobId: str (optional, skippable, from submit)
""")


def test_an_identifier_with_line_breaks_stays_on_its_line() -> None:
    assert dump(graph("a\nstep b")).splitlines()[0] == (
        "workflow a step b: submit_and_wait() -> SubmitAndWaitOutputs"
    )
