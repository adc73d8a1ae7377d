"""The documents of the Arazzo schema's own tests: those that pass are accepted, those that fail refused.

None of them brings the descriptions that it names. "Accepted" therefore means that nothing is said of the
Arazzo document but what follows from that, and what is not compiled. The schema cannot see everything that
the specification says: `BEYOND_THE_SCHEMA` lists what is found all the same, and why.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from arazzoc import lint
from arazzoc.diagnostics.model import Severity
from tests.conformance.suites import suite

SUITE: Final = "https://github.com/OAI/Arazzo-Specification/tree/main/tests/schema"
PASS: Final = 35
FAIL: Final = 27

NOT_THERE: Final = {"AZ001", "AZ006", "AZ304", "AZ414"}
"""A description that is not there or on the network, and what cannot be looked up because of it."""

BEYOND_THE_SCHEMA: Final = {
    # `$workflows.ID.steps.ID.outputs.NAME` is not in the grammar of runtime expressions.
    "async-depends-on-cross-workflow": {"AZ201 32"},
    # A step reads outputs that no step declares.
    "bnpl-example": {"AZ212 242", "AZ212 253", "AZ212 264", "AZ342 185"},
    # The text says what an `operationPath` has to look like; to the schema it is any text.
    "characterization-openapi-invalid-operationPath-string": {"AZ303 15"},
    # A source description, or an input, that the document does not have.
    "openapi-success-criteria": {"AZ213 13"},
    "parameter-with-selector": {"AZ210 18"},
    "workflow-success-criteria": {"AZ213 19"},
    # A replacement in a body that has no payload.
    "payload-replacement-using-selector": {"AZ322 17"},
}
"""What is wrong with documents that the schema passes: code and line, by the document's name."""

REASONS: Final = {
    "async-both-operationId-and-channelPath": "AZ113 14",
    "async-channelPath-without-action": "AZ103 13",
    "async-depends-on-duplicate-values": "AZ108 20",
    "async-depends-on-empty": "AZ107 18",
    "async-depends-on-invalid-reference": "AZ106 22",
    "channel-path-is-invalid-for-openapi": "AZ106 13",
    "invalid-arazzo-version": "AZ102 1",
    "invalid-async": "AZ106 14",
    "invalid-async-correlation-id-non-receive-action": "AZ113 15",
    "invalid-async-parameter-without-in": "AZ116 16",
    "invalid-expression-type-object": "AZ106 20",
    "invalid-openapi-parameter-without-in": "AZ116 15",
    "invalid-openapi-success-criteria": "AZ107 14",
    "invalid-querystring-without-value": "AZ103 15",
    "invalid-selector-object": "AZ103 16",
    "invalid-self-fragment": "AZ106 2",
    "invalid-targetSelectorType": "AZ106 18",
    "invalid-workflow-step-with-operationId": "AZ113 14",
    "invalid-workflow-success-criteria": "AZ107 14",
    "not-an-object": "AZ101 1",
    "openapi-both-operationId-and-operationPath": "AZ113 14",
    "openapi-duplicate-parameters": "AZ109 18",
    "openapi-missing-operation-target": "AZ114 12",
    "workflow-duplicate-parameters": "AZ109 17",
    "workflow-missing-workflowId": "AZ114 12",
    "workflow-step-with-action": "AZ113 14",
    "workflow-step-with-channelPath": "AZ113 14",
}
"""Why each document fails: the code and the line of what its name speaks of."""


def _documents(folder: str) -> dict[str, Path]:
    paths = sorted((suite("arazzo-schema", SUITE) / folder).iterdir())
    return {path.name.split(".")[0]: path for path in paths}


def _errors(path: Path) -> Iterator[str]:
    """`AZ106 13` for each error."""
    for found in lint([path]).diagnostics:
        if found.severity is Severity.ERROR:
            yield f"{found.rule.code} {found.span.start.line}"


def _is_of_the_document(error: str) -> bool:
    code, _, _ = error.partition(" ")
    return code not in NOT_THERE and not code.startswith("AZ8")


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARAZZOC_CACHE", str(tmp_path))


def test_documents_that_pass_are_accepted() -> None:
    documents = _documents("pass")
    assert len(documents) == PASS
    found = {name: set(filter(_is_of_the_document, _errors(documents[name]))) for name in documents}
    assert {name: errors for name, errors in found.items() if errors} == BEYOND_THE_SCHEMA


def test_documents_that_fail_are_refused_for_their_reason_and_at_its_place() -> None:
    documents = _documents("fail")
    assert len(documents) == FAIL
    assert sorted(documents) == sorted(REASONS)
    missed = {
        name: REASONS[name] for name in documents if REASONS[name] not in _errors(documents[name])
    }
    assert missed == {}


def test_asyncapi_steps_are_left_out_with_one_finding_a_step() -> None:
    documents = {
        name: path
        for name, path in _documents("pass").items()
        if "async" in name and name not in BEYOND_THE_SCHEMA and "openapi" not in name
    }
    assert len(documents) == 11
    codes = {name: {error[:5] for error in _errors(path)} for name, path in documents.items()}
    found = {name: errors - NOT_THERE for name, errors in codes.items()}
    assert found == {name: {"AZ801"} for name in documents}
