"""docs/conformance.md speaks of every field of every object of Arazzo 1.0 and 1.1."""

from __future__ import annotations

import re
from typing import Final

import pytest

from arazzoc.diagnostics.registry import RULES
from tests.markdown import ROOT

FIELDS: Final = {
    "Arazzo Specification Object": "arazzo info sourceDescriptions workflows components + $self",
    "Info Object": "title summary description version",
    "Source Description Object": "name url type",
    "Workflow Object": (
        "workflowId summary description inputs dependsOn steps successActions failureActions outputs parameters"
    ),
    "Step Object": (
        "stepId description operationId operationPath workflowId parameters requestBody successCriteria onSuccess"
        " onFailure outputs + timeout dependsOn channelPath correlationId action"
    ),
    "Parameter Object": "name in value",
    "Success Action Object": "name type workflowId stepId criteria + parameters",
    "Failure Action Object": (
        "name type workflowId stepId retryAfter retryLimit criteria + parameters"
    ),
    "Components Object": "inputs parameters successActions failureActions",
    "Reusable Object": "reference value",
    "Criterion Object": "context condition type",
    "Expression Type Object": "type version",
    "Selector Object": "+ context selector type",
    "Request Body Object": "contentType payload replacements",
    "Payload Replacement Object": "target value + targetSelectorType",
}
"""The fields by object: those of 1.0, and behind the plus those that came with 1.1."""

ROW: Final = re.compile(r"^\| `([^`]+)` \| (1\.[01]) \| ([^|]+) \| ([^|]+) \|$", re.M)


def _sections() -> dict[str, list[tuple[str, str, str, str]]]:
    text = (ROOT / "docs/conformance.md").read_text("utf-8")
    titled = re.split(r"^## (.+)$", text, flags=re.M)[1:]
    return {title: ROW.findall(body) for title, body in zip(titled[::2], titled[1::2], strict=True)}


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_has_a_row(name: str) -> None:
    first, _, added = FIELDS[name].partition("+")
    expected = {**dict.fromkeys(first.split(), "1.0"), **dict.fromkeys(added.split(), "1.1")}
    assert {field: since for field, since, _, _ in _sections()[name]} == expected


def test_no_object_is_described_that_the_specification_does_not_have() -> None:
    assert {name for name in _sections() if name.endswith("Object")} == set(FIELDS)


def test_what_is_not_compiled_names_its_code_and_what_is_names_its_test() -> None:
    for name in FIELDS:
        for field, _, compiled, held in _sections()[name]:
            codes = re.findall(r"AZ8\d\d", compiled)
            assert all(code in RULES for code in codes)
            assert codes or not compiled.startswith("no"), f"{name}: {field}"
            assert "](" in held or "][" in held, f"{name}: {field}"
