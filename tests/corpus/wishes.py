"""What the criteria of a workflow look at: which values in a response make a difference to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import rstr

from tests.corpus.documents import Workflows, declared, is_object
from tests.corpus.sampling import Sampler

__all__ = ["ABSENT", "INPUT", "KEPT", "STATUS", "Fit", "Mark", "Wish", "wishes_of"]


class Mark:
    """A value that is no value."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __repr__(self) -> str:
        return self._name


@dataclass(frozen=True, slots=True)
class Fit:
    """What a request takes: in the place of what a sample holds, where that is of the same type."""

    value: Any


KEPT: Final = Mark("KEPT")
"""What the sample holds, or something where it holds nothing."""
ABSENT: Final = Mark("ABSENT")
"""Nothing."""
STATUS: Final = "status"
INPUT: Final = "input"

_LITERAL: Final = r"""'(?:[^']|'')*'|"[^"]*"|-?\d+(?:\.\d+)?|true|false|null"""
_OPERAND: Final = r"\$[A-Za-z][^\s()!=<>|&]*"
_COMPARED: Final = re.compile(rf"({_OPERAND})\s*(==|!=|<=|>=|<|>)\s*({_LITERAL}|{_OPERAND})")
_BARE: Final = re.compile(_OPERAND)
_IN_QUERY: Final = re.compile(
    rf"(?P<size>length\(|count\()?(?P<path>[@$][\w.\[\]'*\"-]*)\)?(?:\s*(?P<op>==|!=|<=|>=|<|>)\s*(?P<literal>{_LITERAL}|{_OPERAND}))?"
)
_PART: Final = re.compile(r"\.([\w-]+)|\[['\"]([^'\"]+)['\"]\]|\[(\d+|\*)\]")


@dataclass(frozen=True, slots=True)
class Wish:
    """Values that a criterion tells apart.

    Attributes:
        step: The step in whose response the value is; None for an input.
        kind: `status`, `header`, `body` or `input`.
        way: The way to the value: tokens in a body, else one name.
        values: Such as the criterion asks for first, then others.
    """

    step: str | None
    kind: str
    way: tuple[str, ...]
    values: tuple[Any, ...]


def wishes_of(workflows: Workflows, workflow: Mapping[str, Any]) -> Iterator[Wish]:
    """What the criteria, outputs and requests of a workflow want of responses and inputs."""
    for step in workflow.get("steps", ()):
        for criterion in step.get("successCriteria", ()):
            yield from _of_criterion(workflows, workflow, step, criterion)
        actions = [
            *step.get("onSuccess", ()),
            *step.get("onFailure", ()),
            *workflow.get("successActions", ()),
            *workflow.get("failureActions", ()),
        ]
        for action in map(workflows.component, actions):
            for criterion in action.get("criteria", ()):
                yield from _of_criterion(workflows, workflow, step, criterion)
        for output in step.get("outputs", {}).values():
            if isinstance(output, str):
                yield from _at(workflow, step, output, (KEPT, ABSENT))
        yield from _of_parameters(workflows, workflow, step)


def _of_parameters(
    workflows: Workflows, workflow: Mapping[str, Any], step: Mapping[str, Any]
) -> Iterator[Wish]:
    """What the parameters of a step want of what earlier ones leave."""
    operation = workflows.called(step)
    if operation is None:
        return
    description = workflows.descriptions[operation.source]
    for each in map(workflows.component, step.get("parameters", ())):
        value = each.get("value")
        schema = declared(description, operation, each) if isinstance(value, str) else None
        if schema is not None and str(value).startswith("$steps."):
            fit = Fit(Sampler(description.follow).sample(schema, "request"))
            yield from _at(workflow, step, str(value), (fit, KEPT, ABSENT))


def _of_criterion(
    workflows: Workflows, workflow: Mapping[str, Any], step: Mapping[str, Any], criterion: Any
) -> Iterator[Wish]:
    condition = str(criterion.get("condition", ""))
    kind = criterion.get("type", "simple")
    kind = kind.get("type") if is_object(kind) else kind
    context = str(criterion.get("context", ""))
    if kind == "simple":
        yield from _of_simple(workflow, step, condition.strip("{}"))
    elif kind == "regex":
        text = _text_of(condition)
        wanted = int(text) if context == "$statusCode" and text.isdecimal() else text
        yield from _at(workflow, step, context, (wanted, KEPT))
    elif kind == "jsonpath":
        yield from _of_query(workflow, step, context, condition)


def _of_simple(
    workflow: Mapping[str, Any], step: Mapping[str, Any], condition: str
) -> Iterator[Wish]:
    compared = set[str]()
    for found in _COMPARED.finditer(condition):
        compared.add(found[1])
        yield from _at(workflow, step, found[1], _values(found[2], _literal(found[3])))
    for found in _BARE.finditer(condition):
        if found[0] not in compared:
            yield from _at(workflow, step, found[0], (KEPT, True, False, ABSENT))


def _of_query(
    workflow: Mapping[str, Any], step: Mapping[str, Any], context: str, query: str
) -> Iterator[Wish]:
    """What a JSONPath, or a bare condition in its place, looks at."""
    base = [*_parts(query.partition("[?")[0])] if "[?" in query else []
    for found in _IN_QUERY.finditer(query):
        own = [*_parts(found["path"])]
        # An `@` in a filter stands for an item; in a bare condition it stands for the context.
        items = ["*"] if "[?" in query else []
        within = [*base, *items, *own] if found["path"][0] == "@" else own
        op, literal = found["op"], found["literal"]
        if within and within[-1] == "length":
            within, sized = within[:-1], True
        else:
            sized = found["size"] is not None
        if sized:
            values: tuple[Any, ...] = (KEPT, [], {}, "")
        elif op is None:
            values = (KEPT, ABSENT)
        else:
            values = _values(op, _literal(literal))
        yield from _at(workflow, step, context, values, tuple(within))


def _parts(path: str) -> Iterator[str]:
    for found in _PART.finditer(path):
        yield found[1] or found[2] or found[3]


def _values(op: str, literal: Any) -> tuple[Any, ...]:
    other: Any = KEPT
    if literal is KEPT:
        return (KEPT, 0, 1, 2)
    if isinstance(literal, bool):
        other = not literal
    elif isinstance(literal, (int, float)):
        numbers = {"<": (-1, 0, 1), ">": (1, 0, -1), "<=": (0, 1), ">=": (0, -1)}.get(op, (0, 1))
        wanted = tuple(literal + number for number in numbers)
        return wanted if op != "!=" else wanted[::-1]
    elif literal is None:
        return (ABSENT, KEPT) if op == "==" else (KEPT, ABSENT)
    else:
        other = f"{literal}-not"
    return (literal, KEPT, other) if op == "==" else (KEPT, other, literal)


def _literal(text: str) -> Any:
    if text[0] == "$":
        return KEPT
    if text[0] in "'\"":
        return text[1:-1].replace("''", "'")
    if text in ("true", "false", "null"):
        return {"true": True, "false": False, "null": None}[text]
    return float(text) if "." in text else int(text)


def _text_of(pattern: str) -> str:
    try:
        return rstr.xeger(pattern)
    except (re.error, ValueError, KeyError):
        return "text"


def _at(
    workflow: Mapping[str, Any],
    step: Mapping[str, Any],
    expression: str,
    values: Iterable[Any],
    further: tuple[str, ...] = (),
) -> Iterator[Wish]:
    """What an expression wants, where it leads to a response or an input."""
    root, _, pointer = expression.partition("#")
    tokens = tuple(each.replace("~1", "/").replace("~0", "~") for each in pointer.split("/")[1:])
    name, _, rest = root.partition(".")
    way = (*tokens, *further)
    if name == "$statusCode":
        yield Wish(step["stepId"], STATUS, (), tuple(values))
    elif name == "$response" and rest.startswith("body"):
        members = tuple(_parts(rest.removeprefix("body")))
        if members or way or KEPT not in values:
            yield Wish(step["stepId"], "body", (*members, *way), tuple(values))
    elif name == "$response" and rest.startswith("header"):
        header = rest.partition(".")[2].lower()
        yield Wish(step["stepId"], "header", (header,), tuple(values))
    elif name == "$inputs":
        yield Wish(None, INPUT, tuple(rest.split(".")) + way, tuple(values))
    elif name == "$steps":
        step_id, _, output = rest.partition(".outputs.")
        for other in workflow.get("steps", ()):
            stated = other.get("outputs") if other.get("stepId") == step_id else None
            known = stated if is_object(stated) else {}
            first = max((each for each in known if _starts(output, each)), key=len, default=None)
            source = None if first is None else known[first]
            if first is not None and isinstance(source, str):
                members = tuple(_parts(output[len(first) :]))
                yield from _at(workflow, other, source, values, (*members, *way))


def _starts(text: str, name: str) -> bool:
    """Whether text is a name, or a name with a way into its value."""
    return text == name or text.startswith((f"{name}.", f"{name}["))
