"""OpenAPI descriptions, drawn at random: what operations need and promise varies."""

from __future__ import annotations

from random import Random
from typing import Any

__all__ = ["POINTERS", "drawn_description"]

_JOB: Any = {
    "type": "object",
    "required": ["id", "status"],
    "properties": {
        "id": {"type": "string"},
        "status": {"type": "string"},
        "count": {"type": "integer"},
        "note": {"type": "string"},
        "result": {},
        "owner": {
            "type": "object",
            "required": ["name"],
            "properties": {"name": {"type": "string"}, "age": {"type": "number"}},
        },
        "tags": {"type": "array", "items": {"type": "string"}},
    },
}
POINTERS = (
    "#/id",
    "#/status",
    "#/count",
    "#/note",
    "#/result",
    "#/owner/name",
    "#/owner/age",
    "#/tags/0",
    "#/result/a",
)
"""To single values in a job."""
_ID = {"type": "object", "properties": {"id": {"type": "string"}}}


def drawn_description(random: Random) -> Any:
    """An API of jobs: `list`, `submit` and `read`."""
    needs_limit = random.choice((True, False))
    listed = [
        _parameter("limit", "query", {"type": "string"}, required=needs_limit),
        _parameter("tag", "query", {"type": "string"}),
        _parameter("X-Trace", "header", {"type": "string"}),
        _parameter("session", "cookie", {"type": "string"}),
    ]
    read = [
        _parameter("id", "path", {"type": "string"}, required=True),
        _parameter("part", "path", {"type": "string"}, required=True),
        _parameter("X-Trace", "header", {"type": "string"}),
    ]
    return {
        "openapi": "3.1.0",
        "info": {"title": "Jobs", "version": "1.0.0"},
        "servers": [{"url": "https://api.example/v1"}],
        "paths": {
            "/jobs": {
                "get": {
                    "operationId": "list",
                    "parameters": listed,
                    "responses": _responses(random),
                },
                "post": {
                    "operationId": "submit",
                    "requestBody": {"content": _json({})},
                    "responses": _responses(random),
                },
            },
            "/jobs/{id}/parts/{part}": {
                "get": {
                    "operationId": "read",
                    "parameters": read,
                    "responses": _responses(random),
                }
            },
        },
        "components": {"schemas": {"Job": _JOB}},
    }


def _parameter(name: str, place: str, schema: Any, *, required: bool = False) -> Any:
    return {"name": name, "in": place, "required": required, "schema": schema}


def _responses(random: Random) -> Any:
    job = {"description": "A job.", "content": _json({"$ref": "#/components/schemas/Job"})}
    perhaps = {"description": "Perhaps with an id.", "content": _json(_ID)}
    anything = {"description": "Anything.", "content": _json({})}
    empty = {"description": "Nothing."}
    return random.choice(
        (
            {"200": job},
            {"200": job, "404": perhaps},
            {"201": job, "202": job, "default": anything},
            {"200": anything},
            {"200": job, "202": perhaps},
            {"204": empty},
        )
    )


def _json(schema: Any) -> Any:
    return {"application/json": {"schema": schema}}
