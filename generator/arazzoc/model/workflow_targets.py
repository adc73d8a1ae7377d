"""Which workflow a reference means (Arazzo 1.1.0, `workflowId` and `dependsOn`)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from arazzoc.diagnostics.model import Diagnostic, Related, Rule
from arazzoc.diagnostics.registry import flow, operation, reference
from arazzoc.frozen import dataclass
from arazzoc.model.arazzo import Arazzo, Workflow
from arazzoc.model.library import Library, Volume
from arazzoc.source.document import Document
from arazzoc.source.edits import replaced
from arazzoc.source.node import Node
from arazzoc.suggestion import closest, surely

__all__ = ["WorkflowTarget", "find_workflow", "owner_of"]

_QUALIFIED: Final = re.compile(r"\{?\$sourceDescriptions\.([A-Za-z0-9_\-]+)\.(.+?)\}?", re.DOTALL)
_LAST_NAME: Final = re.compile(r"[A-Za-z0-9_\-]+\Z")
_MOST_LISTED: Final = 8


@dataclass(frozen=True, slots=True)
class WorkflowTarget:
    """The workflow that a reference means, or why it is not known.

    Attributes:
        workflow: None where the diagnostic says why.
        source: The name of the source description, where the reference has one.
    """

    workflow: Workflow | None
    source: str | None = None
    diagnostic: Diagnostic | None = None


def owner_of(text: str) -> str:
    """How expressions begin that read what the workflow has which `text` refers to.

    That is `$workflows.ID`, or `$sourceDescriptions.NAME.ID` for one of another document.
    """
    qualified = _QUALIFIED.fullmatch(text)
    if qualified is not None:
        return f"$sourceDescriptions.{qualified[1]}.{qualified[2]}"
    return f"$workflows.{text}"


def find_workflow(node: Node, volume: Volume, library: Library) -> WorkflowTarget:
    """What a `workflowId` or an entry of a workflow's `dependsOn` leads to.

    Args:
        node: The reference.
        volume: The document that has it.
        library: Where other documents are read.
    """
    text = node.text or ""
    qualified = _QUALIFIED.fullmatch(text)
    if qualified is not None:
        return _in_source(node, qualified[1], qualified[2], volume, library)
    found = _workflow(volume.arazzo, text)
    if found is not None:
        return WorkflowTarget(found)
    if volume.arazzo.has_unread("workflows"):
        return _not_read(node, f"workflow `{text}` could not be read", None)
    elsewhere, known = _elsewhere(text, volume, library), _ids(volume.arazzo)
    instead = surely(text, known) if elsewhere is None else None
    message = f"there is no workflow `{text}`"
    hint = elsewhere or _hint(text, known)
    return _refused(flow.UNKNOWN_WORKFLOW, node, message, hint, instead=instead)


def _in_source(
    node: Node, name: str, workflow_id: str, volume: Volume, library: Library
) -> WorkflowTarget:
    source = volume.arazzo.source(name)
    if source is None and volume.arazzo.has_unread("sourceDescriptions"):
        return _not_read(node, f"source description `{name}` could not be read", name)
    if source is None:
        known = [each.name for each in volume.arazzo.source_descriptions]
        message = f"there is no source description `{name}`"
        meant = surely(name, known)
        instead = None if meant is None else (node.text or "").replace(name, meant, 1)
        hint = _hint(name, known)
        return _refused(reference.UNKNOWN_SOURCE, node, message, hint, name, instead=instead)
    if volume.apis.get(name, volume) is None:
        return _not_read(node, f"source description `{name}` could not be read", name)
    if name not in volume.documents:
        noun = "AsyncAPI" if source.type == "asyncapi" else "OpenAPI"
        message = f"source description `{name}` is an {noun} description, which has no workflows"
        hint = "name an Arazzo document, or an operation by `operationId`"
        return _refused(flow.UNKNOWN_WORKFLOW, node, message, hint, name)
    document = volume.documents[name]
    other = library.volume(document, name) if document is not None else None
    if other is None:
        related = (Related(source.url.span, "it is named here"),)
        return _not_read(node, f"source description `{name}` could not be read", name, related)
    workflow = _workflow(other.arazzo, workflow_id)
    if workflow is not None:
        return WorkflowTarget(workflow, name)
    message = f"`{other.document.name}` has no workflow `{workflow_id}`"
    hint, meant = _hint(workflow_id, _ids(other.arazzo)), surely(workflow_id, _ids(other.arazzo))
    instead = None if meant is None else f"$sourceDescriptions.{name}.{meant}"
    return _refused(flow.UNKNOWN_WORKFLOW, node, message, hint, name, instead=instead)


def _not_read(
    node: Node, message: str, source: str | None, related: tuple[Related, ...] = ()
) -> WorkflowTarget:
    """That what a reference leads to could not be read, which another finding explains."""
    rule, hint = operation.SOURCE_NOT_READ, "another finding says what is wrong with it"
    found = Diagnostic(rule, rule.severity, node.span, message, hint, related)
    return WorkflowTarget(None, source, found)


def _elsewhere(text: str, volume: Volume, library: Library) -> str | None:
    """What to write where another document has the workflow."""
    for name, document in volume.documents.items():
        if document is None:
            continue
        for workflow_id in (text, text.removeprefix(f"{name}.")):
            if _of_another(workflow_id, document, name, library) is not None:
                return f"write `$sourceDescriptions.{name}.{workflow_id}`"
    return None


def _of_another(
    workflow_id: str, document: Document, name: str, library: Library
) -> Workflow | None:
    other = library.volume(document, name)
    return None if other is None else _workflow(other.arazzo, workflow_id)


def _workflow(arazzo: Arazzo, workflow_id: str) -> Workflow | None:
    return next((each for each in arazzo.workflows if each.workflow_id == workflow_id), None)


def _ids(arazzo: Arazzo) -> list[str]:
    return [workflow.workflow_id for workflow in arazzo.workflows]


def _hint(name: str, known: Iterable[str]) -> str:
    names = list(known)
    last = _LAST_NAME.search(name)
    near = closest(name, names) or (last[0] if last is not None and last[0] in names else None)
    if near is not None:
        return f"did you mean `{near}`?"
    listed = ", ".join(f"`{each}`" for each in names[:_MOST_LISTED])
    return f"there is {listed}" if names else "there is none"


def _refused(
    rule: Rule,
    node: Node,
    message: str,
    hint: str,
    source: str | None = None,
    *,
    instead: str | None = None,
) -> WorkflowTarget:
    fix = None if instead is None else replaced(node, instead)
    found = Diagnostic(rule, rule.severity, node.span, message, hint, fix=fix)
    return WorkflowTarget(None, source, found)
