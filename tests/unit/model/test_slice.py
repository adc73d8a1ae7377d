"""What of a description is judged, and what users are told of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from arazzoc.diagnostics.model import Findings
from arazzoc.model import validate_slice as validating
from arazzoc.model.openapi_document import OpenApi
from arazzoc.model.read_operation import read_operation
from arazzoc.model.slice import Slice, slice_of
from arazzoc.model.validate_slice import validate_slice
from arazzoc.model.verdict_cache import Verdict, VerdictCache, cache_folder

from .reading import description, told

PETS = """\
    openapi: 3.1.0
    info: {}
    x-note: 1
    security: [{key: []}]
    paths:
      /pets/{id}:
        parameters: [{$ref: '#/components/parameters/Id'}]
        get:
          operationId: read
          tags: [a]
          responses:
            '200':
              description: ok
              content:
                application/json:
                  schema: {$ref: '#/components/schemas/Pet'}
                  example: {$ref: no}
        delete: {operationId: remove, responses: 7}
      /other:
        get: {operationId: other}
    components:
      securitySchemes:
        key: {type: apiKey, in: header, name: X-Key}
        unused: {type: wrong}
      parameters:
        Id: {name: id, in: path, required: true, schema: {type: string}}
      schemas:
        Pet:
          type: object
          properties:
            example: {$ref: '#/components/schemas/Tag'}
            parent: {$ref: '#/components/schemas/Pet'}
            shop: {$ref: 'shop.yaml#/Shop'}
            color: {default: {$ref: no}, enum: [{$ref: no}]}
        Tag: {type: string}
        Unused: {type: wrong}
"""
SHOP = """\
    Shop: {properties: {pets: {type: array, items: {$ref: 'api.yaml#/components/schemas/Pet'}},
      next: {$ref: '#/Shop'}}}
"""


def sliced(folder: Path, text: str, name: str, **others: str) -> tuple[Slice, OpenApi, Findings]:
    api, findings = description(folder, text, **others)
    site = api.find(name)
    assert site is not None
    read = read_operation(api, site, "pets", findings)
    assert read is not None
    return slice_of(api, [read], findings), api, findings


def test_a_slice_holds_what_the_operation_reaches_and_nothing_else(tmp_path: Path) -> None:
    used, _, findings = sliced(tmp_path, PETS, "read", shop=SHOP)
    assert not findings.sorted()
    pet = "#/components/schemas/Pet"
    assert used.document == {
        "openapi": "3.1.0",
        "info": {"title": "slice", "version": "1"},
        "paths": {
            "/pets/{id}": {
                "parameters": [{"$ref": "#/components/parameters/Id"}],
                "get": {
                    "operationId": "read",
                    "responses": {
                        "200": {
                            "description": "ok",
                            "content": {"application/json": {"schema": {"$ref": pet}}},
                        }
                    },
                },
            }
        },
        "components": {
            "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
            "parameters": {
                "Id": {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
            },
            "schemas": {
                "Pet": {
                    "type": "object",
                    "properties": {
                        "example": {"$ref": "#/components/schemas/Tag"},
                        "parent": {"$ref": pet},
                        "shop": {"$ref": "#/x-elsewhere/3"},
                        "color": {"enum": [{"$ref": "no"}]},
                    },
                },
                "Tag": {"type": "string"},
            },
        },
        "x-elsewhere": {
            "3": {
                "properties": {
                    "pets": {"type": "array", "items": {"$ref": pet}},
                    "next": {"$ref": "#/x-elsewhere/3"},
                }
            }
        },
    }


def test_every_place_of_a_slice_is_known_in_the_description(tmp_path: Path) -> None:
    used, _, _ = sliced(tmp_path, PETS, "read", shop=SHOP)
    shop = used.origin(("x-elsewhere", "3", "properties", "pets", "type"))
    assert shop is not None
    assert (shop.span.file, shop.value) == ("shop.yaml", "array")
    status = used.origin(("paths", "/pets/{id}", "get", "responses", "200", "no", "such"))
    assert status is not None
    assert status.pointer == "/paths/~1pets~1{id}/get/responses/200"


def judged(folder: Path, text: str, name: str, **others: str) -> list[str]:
    used, api, findings = sliced(folder, text, name, **others)
    validate_slice(used, api.dialect, findings, VerdictCache(folder / "cache"))
    return [told(found) for found in findings.sorted()]


def test_faults_outside_of_the_slice_are_not_told(tmp_path: Path) -> None:
    assert judged(tmp_path, PETS, "read", shop=SHOP) == []


FAULTY = """\
    openapi: 3.0.3
    info: {title: T, version: '1'}
    paths:
      /pets/{id}:
        get:
          operationId: read
          responses:
            '200':
              content:
                application/json:
                  schema: {$ref: '#/components/schemas/Pet'}
    components:
      schemas:
        Pet: {type: object, properties: {a: {type: string, position: 3}, b: {$ref: '#/c'}}}
"""


def test_faults_are_told_where_they_stand(tmp_path: Path) -> None:
    assert judged(tmp_path, FAULTY, "read") == [
        "5:5 warning AZ602 `{id}` of the path `/pets/{id}` is not declared as a parameter",
        "8:9 warning AZ602 `description` is a required property",
        "14:66 warning AZ602 `position` may not stand here",
        "14:80 warning AZ604 the reference `#/c` leads nowhere: the document has no `c`",
    ]


def test_one_fault_in_many_places_is_told_at_the_first(tmp_path: Path) -> None:
    names = [f"p{number:02}" for number in range(9)]
    stated = [f"{{name: {name}, in: query, position: 3, schema: {{}}}}" for name in names]
    text = FAULTY.replace(
        "operationId: read", f"parameters: [{', '.join(stated)}]\n          operationId: read"
    )
    used, api, findings = sliced(tmp_path, text, "read")
    validate_slice(used, api.dialect, findings, VerdictCache(tmp_path / "cache"))
    (found,) = [each for each in findings.sorted() if "position" in each.message]
    assert found.span.start.line == 6
    assert len(found.related) == 5
    assert found.hint == "the same is so in 9 more places"


@pytest.mark.parametrize("version", ["swagger: '2.0'", "openapi: 3.0.0", "openapi: 3.2.0"])
def test_every_version_is_judged(tmp_path: Path, version: str) -> None:
    text = f"{version}\npaths: {{/a: {{get: {{operationId: a, responses: {{'200': {{}}}}}}}}}}\n"
    found = judged(tmp_path, text, "a")
    assert len(found) == 1 or version.endswith("3.2.0")
    assert all("AZ602" in line for line in found)


def test_a_second_run_does_not_ask_the_validator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = judged(tmp_path, FAULTY, "read")

    def never(*_: object) -> Verdict:
        raise AssertionError("the verdict was kept")

    monkeypatch.setattr(validating, "_judge", never)
    assert judged(tmp_path, FAULTY, "read") == first


def test_the_validator_is_not_imported_before_it_is_needed() -> None:
    program = (
        "import sys, arazzoc.model.validate_slice, arazzoc.model.read_arazzo;"
        "sys.exit('openapi_spec_validator' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env={"PYTHONPATH": ":".join(sys.path)}, check=False
    )
    assert done.returncode == 0


def test_a_crash_of_the_validator_is_a_hint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> object:
        raise RecursionError("too deep")

    monkeypatch.setattr(validating, "_errors", crash)
    assert judged(tmp_path, FAULTY.replace("$ref: '#/c'", ""), "read") == [
        (
            "1:1 hint AZ603 the OpenAPI validator gave up on this description:"
            " RecursionError: too deep => the workflows are compiled all the same"
        )
    ]


VERDICT = Verdict(((("paths", "/a", 0), "wrong"),), "gave up")


def test_verdicts_are_kept(tmp_path: Path) -> None:
    cache = VerdictCache(tmp_path / "new" / "folder")
    assert cache.get("d1") is None
    cache.keep("d1", VERDICT)
    assert cache.get("d1") == VERDICT
    assert cache.get("d2") is None


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"faults": 3, "gave_up": null}', '{"faults": [[1, ""]]}']
)
def test_a_corrupt_cache_is_an_empty_one(tmp_path: Path, text: str) -> None:
    cache = VerdictCache(tmp_path)
    cache.keep("d1", VERDICT)
    (kept,) = (tmp_path / "openapi").iterdir()
    kept.write_text(text, "utf-8")
    assert cache.get("d1") is None


def test_a_folder_that_cannot_be_written_is_no_cache(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    cache = VerdictCache(tmp_path / "file")
    cache.keep("d1", VERDICT)
    assert cache.get("d1") is None


def test_where_the_cache_is() -> None:
    assert cache_folder({"ARAZZOC_CACHE": "/a", "XDG_CACHE_HOME": "/b"}) == Path("/a")
    assert cache_folder({"XDG_CACHE_HOME": "/b"}) == Path("/b/arazzoc")
    assert cache_folder({}) == Path.home() / ".cache" / "arazzoc"
