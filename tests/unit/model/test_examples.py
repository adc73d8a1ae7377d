"""Every rule's example raises it, and its mended form does not."""

from __future__ import annotations

from pathlib import Path
from textwrap import indent

import pytest

from arazzoc.diagnostics.model import Findings, Rule
from arazzoc.diagnostics.registry import document, openapi, unsupported
from arazzoc.model.openapi_document import OpenApi
from arazzoc.model.read_arazzo import read_arazzo
from arazzoc.model.read_operation import read_operation
from arazzoc.model.slice import slice_of
from arazzoc.model.validate_slice import validate_slice
from arazzoc.model.verdict_cache import VerdictCache
from arazzoc.source.limits import Limits
from arazzoc.source.reading import read_document
from arazzoc.source.workspace import Workspace

from .reading import HEAD


def whole(example: str) -> str:
    """A document around a workflow or a step."""
    head = HEAD.format(version="1.1.0") + "workflows:\n"
    if example.startswith("workflowId"):
        return head + "  -\n" + indent(example, "    ")
    if example.startswith("stepId"):
        return head + "  - workflowId: w\n    steps:\n      -\n" + indent(example, "        ")
    return example


def codes_of_arazzo(example: str) -> set[str]:
    read, faults = read_document(whole(example).encode(), Path("/f/a.yaml"), "a.yaml", Limits())
    assert read is not None
    assert not faults
    findings = Findings()
    read_arazzo(read, findings)
    return {found.rule.code for found in findings.sorted()}


@pytest.mark.parametrize(
    "rule", [*document.RULES, unsupported.ASYNCAPI_STEP], ids=lambda rule: rule.code
)
def test_arazzo(rule: Rule) -> None:
    assert rule.code in codes_of_arazzo(rule.example)
    assert codes_of_arazzo(rule.mended) == set()


def codes_of_openapi(example: str, folder: Path) -> set[str]:
    (folder / "api.yaml").write_text(example, "utf-8")
    findings = Findings()
    workspace = Workspace(findings, bases=(folder,), working_folder=folder)
    read = workspace.load(folder / "api.yaml")
    assert read is not None
    api = OpenApi.of(read, workspace, findings)
    if api is not None:
        operations = [read_operation(api, site, "pets", findings) for site in api.sites]
        used = slice_of(api, [each for each in operations if each is not None], findings)
        validate_slice(used, api.dialect, findings, VerdictCache(folder / "cache"))
    return {found.rule.code for found in findings.sorted()}


@pytest.mark.parametrize(
    "rule", [rule for rule in openapi.RULES if rule.example], ids=lambda rule: rule.code
)
def test_openapi(rule: Rule, tmp_path: Path) -> None:
    assert rule.code in codes_of_openapi(rule.example, tmp_path)
    assert rule.code not in codes_of_openapi(rule.mended, tmp_path)
