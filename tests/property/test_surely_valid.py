"""What is accepted without the OpenAPI validator is what the validator finds nothing in."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema_path import SchemaPath
from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator

from arazzoc.diagnostics.model import Findings
from arazzoc.model.openapi_document import Dialect, OpenApi
from arazzoc.model.read_operation import read_operation
from arazzoc.model.slice import Slice, slice_of
from arazzoc.model.surely_valid import surely_valid
from arazzoc.source.node import JsonValue
from arazzoc.source.workspace import Workspace

_SPECS: Final = Path(__file__).parents[2] / "specs"
_VALIDATORS: Final = {"3.0": OpenAPIV30SpecValidator, "3.1": OpenAPIV31SpecValidator}
_DESCRIPTIONS: Final = sorted(
    path
    for path in _SPECS.glob("*/*.openapi.yaml")
    if path.parent.name not in ("invalid", "near-misses")
)
_STRANGE: Final[tuple[JsonValue, ...]] = (
    None, True, False, 0, -1, 1.5, "", "text", "/path/{id}", "query", "path", "array", "(", [], {},
    ["a", "a"], [{}], {"type": "string"}, {"$ref": "#/components/schemas/Nowhere"},
    {"type": "object", "allOf": [{}], "required": ["a"]}, {"name": "id", "in": "path"},
)  # fmt: skip
_KEYS: Final = (
    "allowReserved", "content", "description", "enum", "example", "exclusiveMaximum", "in", "items",
    "name", "nullable", "parameters", "pattern", "required", "schema", "style", "type", "x-more",
)  # fmt: skip


@cache
def _slices() -> tuple[tuple[Slice, Dialect], ...]:
    return tuple(found for path in _DESCRIPTIONS for found in _slices_of(path))


def _slices_of(path: Path) -> Iterator[tuple[Slice, Dialect]]:
    findings = Findings()
    workspace = Workspace(findings)
    document = workspace.load(path)
    api = OpenApi.of(document, workspace, findings) if document is not None else None
    if api is None or api.dialect not in _VALIDATORS:
        return
    for site in api.sites:
        operation = read_operation(api, site, "api", findings)
        if operation is not None:
            yield slice_of(api, [operation], findings), api.dialect


def _has_faults(document: dict[str, JsonValue], dialect: Dialect) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        schema = SchemaPath.from_dict(document, handlers={})
        return any(True for _ in _VALIDATORS[dialect](schema).iter_errors())


def _places(value: JsonValue) -> Iterator[tuple[dict[str, JsonValue] | list[JsonValue], str | int]]:
    """Everything in a document that can be replaced, with what holds it."""
    if isinstance(value, dict):
        for key, member in value.items():
            yield value, key
            yield from _places(member)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield value, index
            yield from _places(item)


def _damage(document: dict[str, JsonValue], chance: Random) -> None:
    places = list(_places(document))
    holder, key = chance.choice(places)
    other, other_key = chance.choice(places)
    kind = chance.choice(("replace", "drop", "add", "swap"))
    if kind == "drop":
        del holder[key]  # type: ignore[arg-type]
    elif kind == "add" and isinstance(holder, dict):
        holder[chance.choice(_KEYS)] = copy.deepcopy(chance.choice(_STRANGE))
    elif kind == "add" and isinstance(holder, list):
        holder.append(copy.deepcopy(holder[0]))
    elif kind == "swap":
        holder[key] = copy.deepcopy(other[other_key])  # type: ignore[index]
    else:
        holder[key] = copy.deepcopy(chance.choice(_STRANGE))  # type: ignore[index]


def test_what_real_descriptions_state_is_accepted() -> None:
    slices = _slices()
    refused = [used for used, dialect in slices if not surely_valid(used.document, dialect)]
    assert len(slices) > 10
    assert not refused


@settings(max_examples=200)
@given(seed=st.integers(0, 2**32))
def test_what_is_accepted_has_no_fault(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 -- no secret is made
    used, dialect = chance.choice(_slices())
    document = copy.deepcopy(used.document)
    for _ in range(chance.randint(1, 2)):
        _damage(document, chance)
    if surely_valid(document, dialect):
        assert not _has_faults(document, dialect)


@pytest.mark.parametrize("dialect", ["2.0"])
def test_other_versions_are_left_to_the_validator(dialect: Dialect) -> None:
    assert not surely_valid({"swagger": "2.0"}, dialect)
