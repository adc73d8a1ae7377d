"""Reads an Arazzo document into the model (Arazzo 1.0.1 and 1.1.0), and reports what does not fit."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from arazzoc.diagnostics.model import Findings, Related, Severity
from arazzoc.diagnostics.registry import document as rules
from arazzoc.model.arazzo import Arazzo, Info, SourceDescription, SourceType, Workflow
from arazzoc.model.field_names import field_of
from arazzoc.model.parts import Parts
from arazzoc.model.read_scalar import Choice, identifier, text, text_node
from arazzoc.model.read_workflow import WorkflowReader
from arazzoc.model.shape import Reading, found, listed, open_object
from arazzoc.source.document import Document
from arazzoc.source.node import Node

__all__ = ["read_arazzo"]

_VERSION: Final = re.compile(r"(?P<major>\d+)\.(?P<minor>\d+)(\.\d+(-.+)?)?")
_KNOWN_MINOR: Final = 1
_OTHER_DOCUMENTS: Final = {
    "openapi": "an OpenAPI description",
    "swagger": "an OpenAPI 2.0 description",
    "asyncapi": "an AsyncAPI description",
    "overlay": "an Overlay",
}
_SOURCE_TYPE: Final[Choice[SourceType]] = Choice(
    ("openapi", "arazzo"),
    later=("asyncapi",),
    hints={"swagger": "use `openapi` for Swagger 2.0 too"},
)


def read_arazzo(document: Document, findings: Findings) -> Arazzo | None:
    """Reads `document` as an Arazzo document.

    A fault never stops the reading of the rest: what does not fit is reported and left out, and the
    workflow that holds it is not sound.

    Returns:
        The model; None where the document is not an Arazzo document of a known major version.
    """
    root = document.node
    minor = _read_version(root, findings)
    if minor is None:
        return None
    reading = Reading(findings, minor)
    fields = open_object(root, "Arazzo document", reading)
    if fields is None:
        return None
    parts = Parts(root)
    workflows = listed(WorkflowReader(parts), empty="add a workflow")
    # The version was judged before, since the other fields' meaning depends on it.
    version = fields.optional("arazzo", _any_version)
    arazzo = Arazzo(
        root,
        version or f"1.{minor}.0",
        fields.required("info", _info) or Info(root, "", ""),
        _sources(fields.required("sourceDescriptions", _SOURCES), reading),
        _workflows(fields.required("workflows", workflows), reading),
        fields.optional("$self", _self_uri, since=1),
    )
    fields.optional("components", parts.check_components)
    fields.finish()
    return arazzo


def _read_version(root: Node, findings: Findings) -> int | None:
    """The minor version to read by; None where nothing should be read."""
    version = root.get("arazzo")
    if version is None:
        return _version_of_nothing(root, findings)
    written = str(version.value)
    parts = _VERSION.fullmatch(written)
    if parts is None or parts["major"] != "1":
        findings.report(
            rules.UNSUPPORTED_VERSION,
            version.span,
            f"Arazzo version `{written}` is not known",
            hint="the known versions are 1.0.x and 1.1.x",
        )
        return None
    if version.text is None:
        findings.report(
            rules.WRONG_TYPE,
            version.span,
            f"`arazzo` must be text, not {found(version.value)}",
            hint="write the whole version in three parts, such as `arazzo: 1.0.1`",
        )
        return _KNOWN_MINOR  # 1.1 has all fields of 1.0: none is told because of the version
    if parts[3] is None:
        findings.report(
            rules.WRONG_VALUE,
            version.span,
            f"`arazzo` must be a version in three parts, not `{written}`",
            hint=f"write `arazzo: {written}.0`",
        )
    minor = int(parts["minor"])
    if minor > _KNOWN_MINOR:
        findings.report(
            rules.UNSUPPORTED_VERSION,
            version.span,
            f"Arazzo version `{written}` is newer than this compiler knows",
            hint="it is read as version 1.1",
            severity=Severity.WARNING,
        )
    return min(minor, _KNOWN_MINOR)


def _version_of_nothing(root: Node, findings: Findings) -> int | None:
    """What to do where there is no `arazzo` field: go on only if the rest looks like Arazzo."""
    misspelt = root.get("workflows") is not None
    if misspelt and not any(root.get(key) for key in _OTHER_DOCUMENTS):
        findings.report(
            rules.MISSING_FIELD,
            root.span,
            "the Arazzo document has no `arazzo`, which is required",
            hint="add the version of the specification, such as `arazzo: 1.0.1`",
        )
        return _KNOWN_MINOR
    other = next((name for key, name in _OTHER_DOCUMENTS.items() if root.get(key)), None)
    what = other or (found(root.value) if not isinstance(root.value, dict) else None)
    findings.report(
        rules.NOT_ARAZZO,
        root.span,
        "this is not an Arazzo document"
        + (f" but {what}" if what else ": it has no `arazzo` field"),
        hint=(
            "name Arazzo documents, whose `sourceDescriptions` name the descriptions"
            if other
            else "an Arazzo document starts with its version, such as `arazzo: 1.0.1`"
        ),
    )
    return None


def _any_version(node: Node, reading: Reading) -> str | None:
    del reading
    return node.text


def _info(node: Node, reading: Reading) -> Info | None:
    fields = open_object(node, "info object", reading)
    if fields is None:
        return None
    info = Info(
        node,
        fields.required("title", text) or "",
        fields.required("version", text) or "",
        fields.optional("summary", text),
        fields.optional("description", text),
    )
    fields.finish()
    return info


def _source(node: Node, reading: Reading) -> SourceDescription | None:
    fields = open_object(node, "source description", reading)
    if fields is None:
        return None
    name = fields.required("name", identifier)
    url = fields.required("url", text_node)
    kind: SourceType | None = fields.optional("type", _SOURCE_TYPE)
    fields.finish()
    if name is None or url is None:
        return None
    reading.source_types.setdefault(name, kind)
    return SourceDescription(node, name, url, kind)


_SOURCES: Final = listed(_source, empty="add the description whose operations the workflows call")


def _self_uri(node: Node, reading: Reading) -> str | None:
    uri = text(node, reading)
    if uri is not None and "#" in uri:
        reading.report(
            rules.WRONG_VALUE,
            node.span,
            "`$self` must not have a fragment",
            hint=f"remove `#{uri.partition('#')[2]}`",
        )
        return None
    return uri


def _sources(
    sources: tuple[SourceDescription, ...] | None, reading: Reading
) -> tuple[SourceDescription, ...]:
    """The sources without later ones of the same name, which it reports."""
    first: dict[str, SourceDescription] = {}
    for source in sources or ():
        other = first.setdefault(source.name, source)
        if other is not source:
            _report_twice(
                "source descriptions",
                source.name,
                _named(source.node, "name"),
                _named(other.node, "name"),
                reading,
            )
    return tuple(first.values())


def _workflows(workflows: tuple[Workflow, ...] | None, reading: Reading) -> tuple[Workflow, ...]:
    """All workflows; of two with the same id the second is reported, and not sound."""
    first: dict[str, Workflow] = {}
    checked: list[Workflow] = []
    for workflow in workflows or ():
        other = first.setdefault(workflow.workflow_id, workflow)
        twice = other is not workflow and workflow.workflow_id != ""
        if twice:
            _report_twice(
                "workflows",
                workflow.workflow_id,
                _named(workflow.node, "workflowId"),
                _named(other.node, "workflowId"),
                reading,
            )
        checked.append(replace(workflow, sound=False) if twice else workflow)
    return tuple(checked)


def _report_twice(what: str, name: str, node: Node, other: Node, reading: Reading) -> None:
    reading.report(
        rules.DUPLICATE_ID,
        node.span,
        f"there are two {what} `{name}`",
        hint="rename one of the two, and the expressions that mean it",
        related=(Related(other.span, "the first one is here"),),
    )


def _named(node: Node, key: str) -> Node:
    return field_of(node, key) or node
