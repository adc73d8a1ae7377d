"""What may stand where the cursor is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from arazzoc.analysis import Analysis
from arazzoc.frozen import dataclass
from arazzoc.lsp.candidates import expression_candidates
from arazzoc.lsp.cursor import leaf_at
from arazzoc.lsp.mentions import place_of
from arazzoc.lsp.proposal import Proposal
from arazzoc.lsp.spelled_type import spelled_type
from arazzoc.lsp.viewing import view_of
from arazzoc.model.library import Volume
from arazzoc.source.node import Node, Path
from arazzoc.types.facts import StepFacts, WorkflowFacts

__all__ = ["Completion", "complete"]

_ENDING: Final = re.compile(r"[^\s\"'`<>{}|&=,;\\]*")
_TAIL: Final = re.compile(rf"\${_ENDING.pattern}\Z")
_CRITERION: Final = ("simple", "regex", "jsonpath", "xpath")
_WORDS: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("parameters", "in"): ("path", "query", "header", "cookie"),
    ("onSuccess", "type"): ("end", "goto"),
    ("onFailure", "type"): ("end", "goto", "retry"),
    ("successCriteria", "type"): _CRITERION,
    ("criteria", "type"): _CRITERION,
}
"""The words that a field can hold, by the list that its object stands in."""


@dataclass(frozen=True, slots=True)
class Completion:
    """Proposals, and the offset from which they replace what has been typed."""

    start: int
    proposals: tuple[Proposal, ...]


def complete(analysis: Analysis, cursor: int) -> Completion | None:
    """What may stand at the offset `cursor` in place of what is typed there; None where nothing is known."""
    leaf = leaf_at(analysis.document, cursor)
    if leaf is None or not leaf.path:
        return None
    lines = analysis.document.lines
    start = lines.offset(leaf.span.start)
    typed = lines.text[start:cursor]
    if typed[:1] in ("'", '"'):
        start, typed = start + 1, typed[1:]
    # From behind: a search would start at each `$` of a line anew.
    ending = _ENDING.match(typed[::-1])
    tail = _TAIL.search(typed, len(typed) - (ending.end() if ending is not None else 0))
    fields = tuple(_of_field(leaf, analysis))
    if tail is None:
        return Completion(start, fields) if fields else None
    if leaf.path[-1] in ("operationId", "workflowId", "reference") and fields:
        return Completion(start, fields)
    view = view_of(leaf, analysis)
    length, found = expression_candidates(tail[0], analysis, view)
    at = start + tail.start() + length
    return Completion(at, tuple(found))


def _of_field(leaf: Node, analysis: Analysis) -> Iterator[Proposal]:
    """What the field can hold that the text stands in."""
    path, volume = leaf.path, analysis.volume
    if volume is None or path in _defined(analysis):
        return
    facts, step = place_of(leaf, analysis)
    field, list_ = path[-1], path[-3] if len(path) > 3 else ""
    if len(path) > 1 and path[-2] == "dependsOn":
        field = "workflowId" if len(path) == 4 else "stepId"
    yield from (Proposal(each, "value") for each in _WORDS.get((str(list_), str(field)), ()))
    match field:
        case "operationId":
            yield from _operations(volume)
        case "workflowId":
            yield from _workflows(volume, analysis)
        case "stepId" if facts is not None:
            yield from _steps(facts, step)
        case "reference":
            yield from _components(analysis, path)
        case "name" if list_ == "parameters" and step is not None:
            yield from _parameters(leaf, step, analysis)
        case _:
            return


def _defined(analysis: Analysis) -> Iterator[Path]:
    """Where workflows and steps state their own ids."""
    for facts in analysis.workflows:
        yield (*facts.workflow.node.path, "workflowId")
        yield from ((*step.node.path, "stepId") for step in facts.workflow.steps)


def _operations(volume: Volume) -> Iterator[Proposal]:
    several = len(volume.apis) > 1
    for source, api in volume.apis.items():
        if api is None:
            continue
        for name, sites in api.operation_ids.items():
            summary = sites[0].node.get("summary")
            yield Proposal(
                name,
                "operation",
                f"{sites[0].method} {sites[0].path}",
                summary.text if summary is not None else None,
                text=f"$sourceDescriptions.{source}.{name}" if several else None,
            )


def _workflows(volume: Volume, analysis: Analysis) -> Iterator[Proposal]:
    for facts in analysis.workflows:
        yield Proposal(facts.workflow.workflow_id, "workflow", None, facts.workflow.summary)
    for source, document in volume.documents.items():
        listed = document.node.get("workflows") if document is not None else None
        for each in listed.items() if listed is not None else ():
            name = each.get("workflowId")
            if name is not None and name.text:
                text = f"$sourceDescriptions.{source}.{name.text}"
                yield Proposal(name.text, "workflow", source, None, text=text)


def _steps(facts: WorkflowFacts, own: StepFacts | None) -> Iterator[Proposal]:
    for step_id, step in facts.steps.items():
        if step is not own:
            yield Proposal(step_id, "step", None, step.step.description)


def _components(analysis: Analysis, path: tuple[str | int, ...]) -> Iterator[Proposal]:
    kinds = {"onSuccess": "successActions", "onFailure": "failureActions"}
    kind = str(path[-3]) if len(path) > 2 else ""
    kind = kinds.get(kind, kind)
    members = analysis.document.node.at(("components", kind))
    for name, _ in members.members() if members is not None else ():
        yield Proposal(f"$components.{kind}.{name}", "component")


def _parameters(leaf: Node, step: StepFacts, analysis: Analysis) -> Iterator[Proposal]:
    """The parameters that the step does not give yet, with their `in` where that is not stated."""
    holder = leaf.document.node.at([*map(str, leaf.path[:-1])])
    located = holder.get("in") if holder is not None else None
    given = {
        (each.name, each.location) for each in step.parameters if each.node.path != leaf.path[:-1]
    }
    if step.callee is not None:
        for fact in step.callee.inputs.values():
            if (fact.name, None) not in given:
                shown = spelled_type(fact.argument.type, analysis.types)
                yield Proposal(fact.name, "input", shown, fact.description)
        return
    for each in step.operation.parameters if step.operation is not None else ():
        if (each.name, each.location) in given:
            continue
        if located is not None and located.text not in (each.location, "_"):
            continue
        type_ = spelled_type(analysis.types.of(each.schema, each.name), analysis.types)
        detail = f"in {each.location}: {type_}{', required' if each.required else ''}"
        description = each.node.get("description")
        yield Proposal(
            each.name,
            "parameter",
            detail,
            description.text if description is not None else None,
            below=f"in: {each.location}" if located is None else None,
            first=each.required,
        )
