"""Another name for a workflow, step, input, output, source description or component, wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from arazzoc.analysis import Analysis
from arazzoc.diagnostics.model import Edit
from arazzoc.expr.ast import InputReference, StepReference
from arazzoc.lsp.cursor import mention_at, mentions_of
from arazzoc.lsp.mentions import Mention, Target, expressions_in, leaves
from arazzoc.source.edits import renamed, respelled

__all__ = ["RenamingError", "nameable", "renaming"]

_NAME: Final = re.compile(r"[A-Za-z0-9_-]+")
_RENAMED: Final = ("workflow", "step", "input", "output", "source", "component")


class RenamingError(Exception):
    """Says why something cannot be renamed, in a sentence for the user."""


def nameable(analysis: Analysis, cursor: int) -> Mention | None:
    """The name at an offset, where it is one that this document gives."""
    mention = mention_at(analysis, cursor)
    if mention is None or mention.target.kind not in _RENAMED:
        return None
    return mention if mention.target.node.document is analysis.document else None


def renaming(
    analysis: Analysis, cursor: int, name: str, others: Iterable[Analysis] = ()
) -> tuple[Edit, ...]:
    """The edits that give the thing whose name stands at the offset `cursor` the name `name`.

    Args:
        analysis: The document that gives the name.
        cursor: Where the name stands in it.
        name: The new one.
        others: Documents that may use it too.

    Raises:
        RenamingError: There is none, or it cannot be renamed everywhere.
    """
    mention = nameable(analysis, cursor)
    if mention is None:
        raise RenamingError("this is no name that the document gives")
    if not _NAME.fullmatch(name):
        raise RenamingError("a name has letters, digits, `_` and `-` alone")
    target = mention.target
    if name == target.name:
        return ()
    _refuse_components(analysis, mention)
    _refuse_taken(analysis, mention, name)
    _refuse_passed_on(analysis, mention)
    edits: list[Edit] = []
    for each in (each for one in (analysis, *others) for each in mentions_of(one)):
        if each.target.identity != target.identity:
            continue
        edit = (
            renamed(each.node, name)
            if each.is_key
            else respelled(each.node, each.start, each.end, name)
        )
        if edit is None:
            line = each.span.start.line
            raise RenamingError(f"the name on line {line} cannot be changed as it is written")
        edits.append(edit)
    if target.kind == "input":
        edits += _required(analysis, mention, name)
    return tuple(dict.fromkeys(edits))


def _required(analysis: Analysis, mention: Mention, name: str) -> list[Edit]:
    """What renames an input in its schema's `required`."""
    path = [str(token) for token in mention.target.node.path[:-2]]
    schema = analysis.document.node.at(path)
    listed = schema.get("required") if schema is not None else None
    found = [each for each in listed.items() if each.text == mention.target.name] if listed else []
    edits = [respelled(each, 0, len(mention.target.name), name) for each in found]
    return [edit for edit in edits if edit is not None]


def _refuse_components(analysis: Analysis, mention: Mention) -> None:
    """Components stand in no workflow: what `$inputs.x` means there depends on who uses them."""
    if mention.target.kind not in ("input", "step"):
        return
    components = analysis.document.node.get("components")
    for leaf in leaves(components) if components is not None else ():
        for each in expressions_in(leaf.text or ""):
            named = (
                each.name
                if isinstance(each, InputReference)
                else each.step_id if isinstance(each, StepReference) else None
            )
            if named == mention.target.name:
                line = leaf.span.start.line
                raise RenamingError(
                    f"a component reads `{named}` on line {line}, and several workflows may use it"
                )


def _refuse_taken(analysis: Analysis, mention: Mention, name: str) -> None:
    """Two things of one kind in one place have names of their own."""
    target = mention.target
    place = _place(target)
    for each in mentions_of(analysis):
        if (
            each.target.name == name
            and each.target.kind == target.kind
            and _place(each.target) == place
        ):
            line = each.target.span.start.line
            raise RenamingError(f"there is another {target.kind} `{name}`, on line {line}")


def _place(target: Target) -> tuple[object, ...]:
    """Where names of a kind have to differ: a list of objects with ids, or a mapping."""
    path = target.node.path[:-1] if target.by_key else target.node.path[:-2]
    return (target.node.document.path, path)


def _refuse_passed_on(analysis: Analysis, mention: Mention) -> None:
    """A workflow that goes on in another's place without parameters gets its inputs by their names."""
    name, node = mention.target.name, mention.target.node
    if mention.target.kind != "input":
        return
    for facts in analysis.workflows:
        for action in (action for step in facts.steps.values() for action in step.actions):
            target = action.workflow_id
            callee = facts.callees.get(target.text or "") if target is not None else None
            if callee is None or action.parameters:
                continue
            given, taken = facts.inputs.get(name), callee.inputs.get(name)
            if given is not None and taken is not None and node in (given.node, taken.node):
                ids = facts.workflow.workflow_id, callee.workflow.workflow_id
                raise RenamingError(
                    f"workflow `{ids[0]}` passes `{name}` on to `{ids[1]}` by its name"
                )
