"""Another name for a workflow, step, input, output, source description or component, wherever it stands."""

from __future__ import annotations

import re
from typing import Final

from arazzoc.analysis import Analysis
from arazzoc.diagnostics.model import Edit
from arazzoc.expr.ast import InputReference, StepReference
from arazzoc.lsp.cursor import mention_at, mentions_of
from arazzoc.lsp.mentions import Mention, expressions_in, leaves
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


def renaming(analysis: Analysis, cursor: int, name: str) -> tuple[Edit, ...]:
    """The edits that give the thing whose name stands at the offset `cursor` the name `name`.

    Raises:
        RenamingError: There is none, or it cannot be renamed everywhere.
    """
    mention = nameable(analysis, cursor)
    if mention is None:
        raise RenamingError("this is no name that the document gives")
    if not _NAME.fullmatch(name):
        raise RenamingError("a name has letters, digits, `_` and `-` alone")
    target = mention.target
    _refuse_components(analysis, mention)
    edits: list[Edit] = []
    for each in mentions_of(analysis):
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
