"""Whole documents around the examples of rules, which show no more than what they are about."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import indent
from typing import Final

__all__ = ["DESCRIPTION", "put"]

DESCRIPTION: Final = """\
openapi: 3.1.0
info: {title: Jobs, version: 1.0.0}
servers: [{url: https://jobs.example.com}]
paths:
  /jobs:
    get:
      operationId: list_jobs
      parameters:
        - {name: limit, in: query, schema: {type: integer}}
        - {name: pageSize, in: query, schema: {type: integer}}
        - {name: cursor, in: query, schema: {type: string}}
        - PARAMETER
      responses: {'200': {description: The jobs., content: {application/json: {schema: {}}}}}
    post:
      operationId: create_job
      parameters: [{name: Idempotency-Key, in: header, schema: {type: string}}]
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [backend]
              properties:
                backend: {type: string}
                shots: {type: integer}
                createdAt: {type: string, readOnly: true}
      responses: {'201': {$ref: '#/components/responses/Job'}}
  /jobs/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      operationId: get_job
      responses: {'200': {$ref: '#/components/responses/Job'}}
    delete:
      operationId: delete_job
      responses: {'204': {description: Gone.}}
  /jobs/{id}/label:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    put:
      operationId: label_job
      requestBody:
        content:
          application/json:
            schema:
              type: object
              additionalProperties: false
              properties: {name: {type: string}, color: {type: string}}
          text/csv: {}
      responses: {'204': {description: Labelled.}}
  /jobs/latest:
    get:
      operationId: get_latest_job
      deprecated: true
      responses: {'200': {$ref: '#/components/responses/Job'}}
  /pets:
    get:
      operationId: list
      parameters: [{name: limit, in: query, schema: {type: integer}}]
      responses: {'200': {description: The pets.}}
  /pets/count:
    get: {operationId: count, responses: {'200': {description: How many.}}}
  /usage:
    get: {operationId: get_usage, responses: {'200': {description: How much.}}}
  /queues:
    get:
      operationId: list_queues
      parameters: [{name: token, in: header, required: true, schema: {type: string}}]
      responses: {'200': {description: The queues.}}
  /reports:
    get: {operationId: list_reports, security: [{token: []}], responses: {'200': {description: All.}}}
    delete: {operationId: delete_reports, security: [{token: []}], responses: {'204': {description: Gone.}}}
  /versions:
    get:
      operationId: list_versions
      parameters: [{name: api-version, in: query, required: true, schema: {enum: ['2026-01-01']}}]
      responses: {'200': {description: The versions.}}
components:
  securitySchemes: {token: {type: http, scheme: bearer}}
  responses:
    Job:
      description: A job.
      headers: {X-Job-Time: {schema: {type: integer}}}
      content:
        application/json:
          schema:
            type: object
            required: [id, status]
            properties:
              id: {type: string}
              status: {type: string}
              state: {type: string, enum: [queued, running, done, failed]}
              hint: {type: string}
              job: {}
"""
"""What the steps of examples call. An example of an OpenAPI parameter stands in the place of PARAMETER."""

_SESSIONS: Final = """\
openapi: 3.1.0
info: {title: Sessions, version: 1.0.0}
servers: [{url: https://sessions.example.com}]
paths:
  /session:
    delete: {operationId: close_session, responses: {'204': {description: Closed.}}}
  /usage:
    get: {operationId: get_usage, responses: {'200': {description: How much.}}}
"""
_INPUTS: Final = """\
inputs:
  type: object
  required: [jobId, token, backend, limit, text, file]
  properties:
    jobId: {type: string}
    token: {type: string}
    backend: {type: string}
    limit: {type: integer}
    text: {type: string}
    file: {type: string}
"""
_DOCUMENT_FIELDS: Final = ("components", "sourceDescriptions", "workflows")
_WORKFLOW_FIELDS: Final = ("workflowId", "inputs", "steps")
_STEP_FIELDS: Final = (
    "stepId",
    "operationId",
    "operationPath",
    "parameters",
    "requestBody",
    "outputs",
)
_KEY: Final = re.compile(r"^([A-Za-z]+):", re.MULTILINE)


def put(example: str, folder: Path, *, description: bool = False) -> Path:
    """Writes the document that an example is, or is a part of, with all that it names.

    Args:
        example: Its text.
        folder: An empty folder.
        description: Whether the example is an OpenAPI description, of which `list` is called.
    """
    api = DESCRIPTION.replace("- PARAMETER", "")
    text = _document(example)
    if description:
        api, text = example, _document("stepId: list\noperationId: list\n")
    elif example.startswith("name:"):
        api = DESCRIPTION.replace("PARAMETER", "{" + ", ".join(example.splitlines()) + "}")
        text = _document(
            "stepId: list\noperationId: list_jobs\n"
            "parameters:\n  - {name: filter, in: query, value: new}\n"
        )
    (folder / "pyproject.toml").touch()
    flows = folder / "flows"
    for place in ("flows", "flows/openapi", "openapi"):
        (folder / place).mkdir()
        for name in ("jobs.openapi", "pets.openapi", "shop.openapi", "shop", "openapi"):
            (folder / place / f"{name}.yaml").write_text(api, "utf-8")
    (flows / "sessions.openapi.yaml").write_text(_SESSIONS, "utf-8")
    path = flows / ("flow.arazzo.json" if example.startswith("{") else "flow.arazzo.yaml")
    path.write_text(text, "utf-8")
    return path


def _document(example: str) -> str:
    """The document that an example is a part of; where that is anywhere at all, in an extension."""
    keys = _KEY.findall(example)
    first = keys[0] if keys else ""
    if first in ("arazzo", "openapi") or not keys:
        return example
    if first in _DOCUMENT_FIELDS:
        return _whole(example, keys)
    if first in _WORKFLOW_FIELDS:
        return _whole(_workflow(example, keys), ["workflows"])
    if first in _STEP_FIELDS:
        return _whole(_workflow(_step(example, keys), ["steps"]), ["workflows"])
    if "condition" in keys:
        step = "successCriteria:\n  -\n" + indent(example, "    ")
        return _document("stepId: read\noperationId: get_job\n" + step)
    return _whole("x-example:\n" + indent(example, "  "), [])


def _whole(text: str, keys: list[str]) -> str:
    head = "arazzo: 1.1.0\ninfo: {title: Example, version: 1.0.0}\n"
    if "sourceDescriptions" not in keys:
        head += "sourceDescriptions: [{name: jobs, url: jobs.openapi.yaml, type: openapi}]\n"
    if "workflows" not in keys:
        step = "{stepId: count, operationId: count}"
        head += f"workflows: [{{workflowId: other, steps: [{step}]}}]\n"
    return head + text


def _workflow(text: str, keys: list[str]) -> str:
    head = "" if "workflowId" in keys else "workflowId: flow\n"
    if "inputs" not in keys:
        head += _INPUTS
    other = "  - {workflowId: collect, steps: [{stepId: count, operationId: count}]}\n"
    return "workflows:\n" + other + "  -\n" + indent(head + text, "    ")


def _step(text: str, keys: list[str]) -> str:
    head = "" if "stepId" in keys else "stepId: step\n"
    if not {"operationId", "operationPath", "workflowId", "channelPath"} & set(keys) and head:
        head += "operationId: create_job\n" if "requestBody" in keys else "operationId: list_jobs\n"
    return "steps:\n  -\n" + indent(head + text, "    ")
