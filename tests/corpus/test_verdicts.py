"""What is said of a collection of documents."""

from __future__ import annotations

import base64
import json
import shutil
from pathlib import Path

from tests.corpus.verdicts import arazzo_documents, judge
from tests.markdown import ROOT

SPECS = ROOT / "specs"


def test_arazzo_documents_are_found_among_others(tmp_path: Path) -> None:
    shutil.copytree(SPECS / "ibm-quantum", tmp_path / "ibm")
    (tmp_path / "notes.yaml").write_text("- arazzo\n", "utf-8")
    (tmp_path / "broken.json").write_text('{"arazzo": ', "utf-8")
    found = [path.name for path in arazzo_documents(tmp_path)]
    assert found == sorted(path.name for path in (SPECS / "ibm-quantum").glob("*.arazzo.yaml"))


def test_a_sound_document_is_run_and_its_requests_are_kept(tmp_path: Path) -> None:
    document = SPECS / "ibm-quantum/session-run-and-close.arazzo.yaml"
    verdict = judge(document, "ibm/session.yaml", tmp_path / "session.py")
    assert (verdict.workflows, verdict.refused, verdict.module) == (1, {}, "session.py")
    (ran,) = verdict.ran
    assert ran.returned
    assert (ran.missed, ran.crashes) == ((), ())
    first = verdict.requests[0]
    assert (first["method"], first["template"], first["as_promised"]) == (
        "POST",
        "/v1/sessions",
        True,
    )
    assert json.loads(base64.b64decode(first["body"])).keys() == {"backend", "mode"}


def test_a_refused_document_is_counted_by_its_codes(tmp_path: Path) -> None:
    verdict = judge(SPECS / "invalid/az301-unknown-operation.arazzo.yaml", "x", tmp_path / "x.py")
    assert verdict.refused == {"AZ301": 1}
    assert (verdict.module, verdict.ran) == (None, [])


def test_inputs_are_what_the_requests_take(tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text(
        """
        openapi: 3.1.0
        info: {title: Pets, version: 1.0.0}
        servers: [{url: https://pets.example}]
        paths:
          /pets:
            get:
              operationId: pets
              parameters:
                - {name: limit, in: query, schema: {type: integer, minimum: 5}}
                - {name: kind, in: query, schema: {type: string, enum: [cat, dog]}}
              responses: {'200': {description: Pets.}}
        """,
        "utf-8",
    )
    document = tmp_path / "flow.arazzo.yaml"
    document.write_text(
        """
        arazzo: 1.0.1
        info: {title: Pets, version: 1.0.0}
        sourceDescriptions: [{name: api, url: api.yaml, type: openapi}]
        workflows:
          - workflowId: flow
            inputs: {type: object, properties: {limit: {type: string}, kind: {type: string}}}
            steps:
              - stepId: one
                operationId: pets
                parameters:
                  - {name: limit, in: query, value: $inputs.limit}
                  - {name: kind, in: query, value: $inputs.kind}
        """,
        "utf-8",
    )
    verdict = judge(document, "flow", tmp_path / "flow.py")
    assert verdict.requests[0]["target"] == "/api/pets?limit=5&kind=cat"


def test_descriptions_of_openapi_2_0_are_answered_for(tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text(
        """
        swagger: '2.0'
        info: {title: Pets, version: 1.0.0}
        host: pets.example
        schemes: [https]
        produces: [application/json]
        parameters: {Id: {name: id, in: path, required: true, type: integer}}
        paths:
          /pets:
            post:
              operationId: add
              parameters: [{name: pet, in: body, schema: {$ref: '#/definitions/Pet'}}]
              responses: {201: {description: Made., schema: {$ref: '#/definitions/Pet'}}}
          /pets/{id}:
            parameters: [{$ref: '#/parameters/Id'}]
            get:
              operationId: read
              responses: {200: {description: One., schema: {$ref: '#/definitions/Pet'}}}
        definitions:
          Pet: {type: object, required: [id], properties: {id: {type: integer}, name: {type: string}}}
        """,
        "utf-8",
    )
    (tmp_path / "pets.arazzo.yaml").write_text(
        """
        arazzo: 1.0.1
        info: {title: Pets, version: 1.0.0}
        sourceDescriptions: [{name: pets, url: api.yaml, type: openapi}]
        workflows:
          - workflowId: add
            inputs: {type: object, required: [name], properties: {name: {type: string}}}
            steps:
              - stepId: add
                operationId: add
                requestBody: {payload: {name: $inputs.name}}
                outputs: {id: $response.body#/id}
              - stepId: read
                operationId: read
                parameters: [{name: id, in: path, value: $steps.add.outputs.id}]
        """,
        "utf-8",
    )
    verdict = judge(tmp_path / "pets.arazzo.yaml", "pets.arazzo.yaml", tmp_path / "pets.py")
    (ran,) = verdict.ran
    assert ran.returned
    assert {each["template"] for each in verdict.requests} == {"/pets", "/pets/{id}"}
