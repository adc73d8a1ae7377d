"""Documents of any size, made up: descriptions with many operations, and workflows that use some of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Literal, TypeAlias

import yaml

__all__ = ["SERVER", "Syntax", "write_chain", "write_description", "write_workflows"]

Syntax: TypeAlias = Literal["yaml", "json"]
_Value: TypeAlias = "str | float | bool | Sequence[_Value] | Mapping[str, _Value]"

SERVER: Final = "https://warehouse.example/v1"
"""Where the operations are."""

_PROSE: Final = (
    "Orders, parcels and their places in the warehouse, as the people at the gate see them: what has "
    "been booked, what has left, and what is still on its way back. "
)
_FIELDS: Final = 9
"""Members of each schema."""
_PARAMETERS: Final = 6
"""Parameters of each operation, besides the one in its path."""
_STEPS: Final = 3
"""Steps of each workflow."""


def write_description(folder: Path, operations: int, syntax: Syntax) -> Path:
    """Writes an OpenAPI description in which every operation has a schema of its own.

    An operation with its schema takes about 6 KB, so 500 make 3 MB.

    Args:
        folder: Where it is written.
        operations: How many operations, and how many schemas.
        syntax: How it is spelled; what it says is the same.
    """
    paths: dict[str, _Value] = {}
    schemas: dict[str, _Value] = {}
    for number in range(operations):
        paths[f"/resources-{number}/{{resourceId}}"] = {"get": _operation(number)}
        schemas[f"Resource{number}"] = _schema(number)
    document: _Value = {
        "openapi": "3.1.0",
        "info": {"title": "Warehouse", "version": "1.0.0", "description": _PROSE},
        "servers": [{"url": SERVER}],
        "paths": paths,
        "components": {"schemas": schemas},
    }
    return _write(folder / f"large-{operations}.openapi.{syntax}", document, syntax)


def write_workflows(folder: Path, workflows: int, description: Path, operations: int) -> Path:
    """Writes an Arazzo document whose workflows each call three operations of a description.

    Args:
        folder: Where it is written.
        workflows: How many workflows.
        description: The description, in the same folder.
        operations: How many of its operations are called, by the workflows in turn.
    """
    document = _document(
        description, [_workflow(number, operations) for number in range(workflows)]
    )
    name = f"rounds-{workflows}-{description.stem.split('.')[0]}.arazzo.yaml"
    return _write(folder / name, document, "yaml")


def write_chain(folder: Path, steps: int, description: Path) -> Path:
    """Writes an Arazzo document of one workflow, whose steps each read an output of the step before.

    Args:
        folder: Where it is written.
        steps: How many steps.
        description: The description whose first operation they call, in the same folder.
    """
    first: _Value = "$inputs.resourceId"
    chain: _Value = [
        {
            "stepId": f"read{number}",
            "operationId": "getResource0",
            "parameters": [
                {
                    "name": "resourceId",
                    "in": "path",
                    "value": f"$steps.read{number - 1}.outputs.id" if number else first,
                }
            ],
            "outputs": {"id": "$response.body#/id"},
        }
        for number in range(steps)
    ]
    workflow: _Value = {
        "workflowId": "chain",
        "inputs": {
            "type": "object",
            "required": ["resourceId"],
            "properties": {"resourceId": {"type": "string"}},
        },
        "steps": chain,
        "outputs": {"id": f"$steps.read{steps - 1}.outputs.id"},
    }
    return _write(folder / f"chain-{steps}.arazzo.yaml", _document(description, [workflow]), "yaml")


def _document(description: Path, workflows: Sequence[_Value]) -> _Value:
    return {
        "arazzo": "1.0.1",
        "info": {"title": "Rounds", "version": "1.0.0"},
        "sourceDescriptions": [
            {"name": "warehouse", "url": f"./{description.name}", "type": "openapi"}
        ],
        "workflows": workflows,
    }


def _write(path: Path, document: _Value, syntax: Syntax) -> Path:
    text = (
        json.dumps(document, indent=2)
        if syntax == "json"
        else yaml.dump(document, Dumper=yaml.CSafeDumper, sort_keys=False, width=100)
    )
    path.write_text(text, "utf-8")
    return path


def _operation(number: int) -> _Value:
    path: _Value = {
        "name": "resourceId",
        "in": "path",
        "required": True,
        "description": "Which one is meant.",
        "schema": {"type": "string"},
    }
    return {
        "operationId": f"getResource{number}",
        "summary": f"Read resource {number}",
        "description": _PROSE * 3,
        "tags": [f"resource-{number % 20}"],
        "parameters": [path, *(_parameter(each) for each in range(_PARAMETERS))],
        "responses": {
            "200": {"description": "It is there.", "content": _content(number)},
            "404": {"description": "There is none of that number.", "content": _content(number)},
        },
    }


def _parameter(number: int) -> _Value:
    return {
        "name": f"filter{number}",
        "in": "query",
        "required": False,
        "description": _PROSE,
        "schema": {"type": "string", "enum": ["booked", "sent", "returned"]},
        "example": "booked",
    }


def _content(number: int) -> _Value:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/Resource{number}"}}}


def _schema(number: int) -> _Value:
    properties: dict[str, _Value] = {
        "id": {"type": "string", "description": "Its number."},
        "state": {"type": "string", "enum": ["booked", "sent", "returned"]},
    }
    for field in range(_FIELDS):
        properties[f"field{field}"] = {
            "type": ("string", "integer", "boolean", "number")[field % 4],
            "description": _PROSE,
            "example": ("a", 1, True, 1.5)[field % 4],
        }
    return {
        "type": "object",
        "title": f"Resource {number}",
        "description": _PROSE * 2,
        "required": ["id", "state"],
        "properties": properties,
    }


def _workflow(number: int, operations: int) -> _Value:
    steps = [_step(index, (number * _STEPS + index) % operations) for index in range(_STEPS)]
    return {
        "workflowId": f"round{number}",
        "summary": f"Round {number} through the warehouse",
        "inputs": {
            "type": "object",
            "required": ["resourceId"],
            "properties": {"resourceId": {"type": "string"}},
        },
        "steps": steps,
        "outputs": {
            f"state{index}": f"$steps.step{index}.outputs.state" for index in range(_STEPS)
        },
    }


def _step(index: int, operation: int) -> _Value:
    before = f"$steps.step{index - 1}.outputs.id" if index else "$inputs.resourceId"
    outputs = {"state": "$response.body#/state"}
    if index < _STEPS - 1:
        outputs["id"] = "$response.body#/id"
    return {
        "stepId": f"step{index}",
        "operationId": f"getResource{operation}",
        "parameters": [{"name": "resourceId", "in": "path", "value": before}],
        "successCriteria": [{"condition": "$statusCode == 200"}],
        "outputs": outputs,
    }
