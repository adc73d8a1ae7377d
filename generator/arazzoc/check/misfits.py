"""Misfits of values as findings: their words, their rules and their places."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from arazzoc.check.context import found
from arazzoc.diagnostics.model import Diagnostic, Rule
from arazzoc.frozen import dataclass
from arazzoc.source.edits import replaced
from arazzoc.source.node import Node
from arazzoc.text import Span
from arazzoc.types.misfits import Fault, Misfit, Steps
from arazzoc.types.secrets import is_secret_name

__all__ = ["Place", "is_whole_input", "misfit_found", "written_at"]

_WHOLE_INPUT: Final = re.compile(r"\$inputs\.[\w-]+")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part of a value stands.

    Attributes:
        span: Of the value.
        key_span: Of its key, or of the value where it has none.
        node: The value, where the document has it as such and not inside of a text.
    """

    span: Span
    key_span: Span
    node: Node | None = None


def written_at(node: Node, path: Steps) -> Place:
    """Where the part of the value at `node` stands to which `path` leads; the nearest that is known else.

    In JSON that is written as text, it is the first place where the member's name stands in quotes.
    """
    found_at = node.at(tuple(map(str, path))) if node.text is None or not path else None
    if found_at is not None:
        return Place(found_at.span, found_at.key_span, found_at)
    names = [step for step in path if isinstance(step, str)]
    quoted = f'"{names[-1]}"' if names else ""
    start = (node.text or "").find(quoted) if quoted else -1
    span = node.part(start, start + len(quoted)) if start >= 0 else node.span
    return Place(span, span if start >= 0 else node.key_span)


def misfit_found(
    misfit: Misfit, rules: Mapping[Fault, Rule], whole: str, place: Place
) -> Diagnostic | None:
    """A misfit as a finding; None where no rule speaks of its kind.

    Args:
        misfit: What does not fit.
        rules: The rule for each kind of fault.
        whole: What the whole value is called: ``query parameter `limit` ``.
        place: Where the part stands that does not fit.
    """
    rule = rules.get(misfit.fault)
    if rule is None:
        return None
    name = _named(misfit.path, whole)
    node = place.node
    match misfit.fault:
        case "literal":
            given = "what is written" if _is_secret(misfit.path, whole) else misfit.given
            message = f"{name} takes {misfit.wanted}, not {given}"
            hint = misfit.hint or f"write {misfit.wanted}"
            fix = replaced(node, misfit.instead) if node is not None and misfit.instead else None
            return found(rule, place.span, message, hint, fix=fix)
        case "type":
            expression = f"`{node.text}`" if node is not None and node.text else "this value"
            message = f"{name} takes {misfit.wanted}, not {expression}, {misfit.given}"
            hint = "pass another value, or mend the schema that is wrong"
            if node is not None and is_whole_input(node.text or ""):
                hint = f"make the input {misfit.wanted}, or pass another value"
            return found(rule, place.span, message, hint)
        case "missing":
            message = f"{name} lacks {misfit.wanted}, which the description requires"
            written = node.get(misfit.near) if node is not None and misfit.near else None
            span = place.key_span if written is None else written.key_span
            return found(rule, span, message, misfit.hint or f"add {misfit.wanted}")
        case "unknown":
            owner = _named(misfit.path[:-1], whole)
            message = f"{owner} must not have a member `{misfit.given}`"
            return found(rule, place.key_span, message, misfit.hint)
        case "misspelt":
            owner = _named(misfit.path[:-1], whole)
            message = f"the description of {owner} names no member `{misfit.given}`"
            return found(rule, place.key_span, message, misfit.hint)
        case "read-only":
            message = f"`{misfit.given}` is read-only: only responses have it"
            return found(rule, place.key_span, message, "leave it out")


def is_whole_input(text: str) -> bool:
    """Whether a text is an expression that reads an input, and no part of it."""
    return _WHOLE_INPUT.fullmatch(text) is not None


def _named(path: Steps, whole: str) -> str:
    """What a part is called: by the last name that leads to it."""
    names = [step for step in path if isinstance(step, str)]
    if not path:
        return whole
    if not names:
        return f"an item of {whole}"
    return f"`{names[-1]}`" if isinstance(path[-1], str) else f"an item of `{names[-1]}`"


def _is_secret(path: Steps, whole: str) -> bool:
    """Whether one of the names that lead to a part is a secret's; the first in `whole` is its own."""
    own = whole.split("`")[1:2]
    return any(is_secret_name(str(step)) for step in (*own, *path))
