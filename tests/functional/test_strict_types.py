"""Modules of awkward documents pass strict type checking."""

from __future__ import annotations

from pathlib import Path

import pytest
from mypy import api as mypy

from tests.compiling import JOBS, compile_workflow

HIDING = ("list", "str", "dict", "int", "field", "type", "class", "Job", "a-b")
DOCUMENTS = {
    "names": """
        inputs:
          type: object
          required: [list, text, id]
          properties:
            list: {type: array, items: {type: string}}
            text: {type: string, nullable: true}
            query: {type: integer}
            id: {type: string}
        steps:
          - stepId: list
            operationId: list
            parameters:
              - {name: tag, in: query, value: $inputs.list}
              - {name: X-Trace, in: header, value: '{$inputs.query}-{$inputs.id}'}
              - {name: session, in: cookie, value: $inputs.query}
            outputs: {list: $response.body#/list, str: $response.body#/str, field: $response.header.X-Token}
          - stepId: read
            operationId: read
            parameters: [{name: id, in: path, value: $inputs.id}]
            outputs: {job: $response.body, note: $response.body#/note}
        outputs:
          str: $steps.list.outputs.str
          list: $steps.list.outputs.list
          token: $steps.list.outputs.field
          dict: $steps.read.outputs.job
          note: $steps.read.outputs.note
        """,
    "branches": """
        inputs:
          type: object
          required: [id]
          properties: {id: {type: string}, n: {type: integer, default: 5}, kind: {enum: [a, b]}}
        steps:
          - stepId: read
            operationId: read
            parameters: [{name: id, in: path, value: $inputs.id}]
            successCriteria: [{condition: $statusCode == 200 && $response.body#/status != 'Failed'}]
            outputs: {status: $response.body#/status, note: $response.body#/note}
            onSuccess:
              - name: done
                type: end
                criteria: [{condition: $response.body#/status == 'Done' || $response.body#/result}]
            onFailure:
              - {name: silent, type: retry, retryLimit: 2, criteria: [{condition: $statusCode == null}]}
              - {name: busy, type: retry, retryAfter: 1, criteria: [{condition: $statusCode >= 500}]}
              - {name: gone, type: goto, stepId: submit, criteria: [{condition: $statusCode == 404}]}
          - stepId: submit
            operationId: submit
            requestBody:
              payload: {id: $inputs.id, kind: $inputs.kind, note: $steps.read.outputs.note, n: $inputs.n}
            outputs: {id: $response.body#/id, text: 'job {$response.body#/id}'}
            onSuccess:
              - name: again
                type: goto
                stepId: read
                criteria: [{condition: $response.body#/status < $inputs.n}]
        outputs:
          id: $steps.submit.outputs.id
          text: $steps.submit.outputs.text
          status: $steps.read.outputs.status
          both: '{$steps.read.outputs.note}/{$steps.submit.outputs.id}'
        """,
    "bodies": """
        inputs:
          type: object
          required: [file, n]
          properties:
            file: {type: string, format: binary}
            files: {type: array, items: {type: string, format: binary}}
            extra: {type: string, format: binary, nullable: true}
            n: {type: integer}
            s: {type: string}
            any: {}
            map: {type: object}
            tags: {type: array, items: {type: string}}
        steps:
          - stepId: up
            operationId: submit
            parameters:
              - {name: one, in: query, value: $inputs.map}
              - {name: two, in: query, value: {a: $inputs.s, b: [$inputs.n]}}
              - {name: X-Three, in: header, value: $inputs.tags}
              - {name: X-Four, in: header, value: $inputs.any}
              - {name: five, in: cookie, value: $inputs.tags}
            requestBody:
              contentType: multipart/form-data
              payload: {file: $inputs.file, files: $inputs.files, extra: $inputs.extra, n: $inputs.n, m: {s: $inputs.s}}
          - stepId: text
            operationId: submit
            requestBody:
              payload: |
                {"n": "{$inputs.n}", "s": ["{$inputs.s}"], "t": "{$inputs.n} of {$inputs.n}"}
              replacements: [{target: /new, value: $inputs.any}]
          - stepId: whole
            operationId: submit
            requestBody: {payload: $inputs.map, replacements: [{target: /a/b, value: $inputs.s}]}
          - stepId: raw
            operationId: submit
            requestBody: {contentType: application/octet-stream, payload: $inputs.extra}
          - stepId: other
            operationId: submit
            requestBody: {contentType: image/png, payload: $inputs.any}
        """,
    "simple": "steps: [{stepId: list, operationId: list}]",
}


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("modules")
    members = ", ".join(f"{name}: {{type: array, items: {{type: string}}}}" for name in HIDING)
    nested = JOBS.replace(
        "        result: {}\n",
        "        result: {type: object, nullable: true, required: [list], properties: {"
        + members
        + "}}\n",
    )
    for name, document in DOCUMENTS.items():
        for number, openapi in enumerate((JOBS, nested)):
            warns = ("AZ219", "AZ310", "AZ321") if name == "bodies" else ()
            source = compile_workflow(document, openapi, warns=warns).source
            (folder / f"{name}_{number}.py").write_text(source, "utf-8")
    return folder


def test_mypy_finds_nothing(modules: Path, tmp_path: Path) -> None:
    options = ["--strict", "--no-error-summary", "--config-file", "", "--python-version", "3.11"]
    paths = map(str, sorted(modules.glob("*.py")))
    out, errors, status = mypy.run([*options, "--cache-dir", str(tmp_path), *paths])
    assert (out, errors, status) == ("", "", 0)
