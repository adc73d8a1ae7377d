"""Reads runtime expressions (Arazzo 1.1.0, "Runtime Expressions"; 1.0.1 is a part of it)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final, Literal, NoReturn, TypeAlias, cast

from arazzoc.expr import ast
from arazzoc.expr.problem import SyntaxProblem, UnparsableError
from arazzoc.expr.scanner import Scanner, excerpt
from arazzoc.expr.sources import read_source
from arazzoc.expr.ways import read_characters, read_members, read_name, read_pointer
from arazzoc.suggestion import closest, surely

__all__ = ["ROOTS", "parse_expression"]

_ROOT: Final = re.compile(r"\$([A-Za-z_]\w*)")
_ID: Final = re.compile(r"[\w-]+")
_OWNER: Final = re.compile(r"([\w.-]+?)\.(outputs|inputs)(?![\w-])")
_SEGMENTS: Final = re.compile(r"([\w-]+)(?:\.([\w-]*))?")
_ComponentKind: TypeAlias = Literal["parameters", "successActions", "failureActions"]
_MADE: Final = re.compile(
    r"(?:current|iso|unix)?(?:date|time|datetime|timestamp|now|today|epoch)|(?:uu|gu|ul|nano)id(?:v?4)?|nonce"
    r"|rand(?:om)?\w*|env(?:ironment)?|vars?|variables?|secrets?|context|config|params?",
    re.IGNORECASE,
)
"""What other tools have values for: the time, chance, and what surrounds them."""
_WORKFLOW_FIELDS: Final = ("inputs", "outputs")
_COMPONENT_KINDS: Final[Mapping[str, _ComponentKind]] = {
    "parameters": "parameters",
    "successActions": "successActions",
    "failureActions": "failureActions",
}


@lru_cache(maxsize=1024)
def parse_expression(
    text: str, start: int = 0, end: int | None = None
) -> ast.Expression | SyntaxProblem:
    """The runtime expression that `text[start:end]` is, or why it is none.

    Besides the specification's grammar, forms are read whose meaning is clear, and marked as such in the
    tree: `$response.headers.X`, `$response.body.a[0]`, `$response.body#a`, `$inputs.list[0]`, and `$inputs`
    alone. Names are as liberal as version 1.0 had them; whether a name exists is for others to say. The name
    of a query or path parameter may not be empty, which the grammar would allow.
    """
    scanner = Scanner(text, start, end)
    try:
        expression = _expression(scanner)
        if not scanner.at_end():
            _trailing(scanner)
    except UnparsableError as stopped:
        return stopped.problem
    return expression


def _expression(scanner: Scanner) -> ast.Expression:
    root = scanner.match(_ROOT)
    if root is None:
        _no_root(scanner)
    name = root[1]
    plain = _PLAIN.get(name)
    if plain is not None:
        return plain(scanner.where)
    read = _DOTTED.get(name)
    if read is None:
        near = closest(name, ROOTS) or next((each for each in ROOTS if each.startswith(name)), None)
        hint = f"did you mean `${near}`?" if near else _without_root(name)
        sure = surely(name, ROOTS)
        raise scanner.fault(
            f"there is no runtime expression `${name}`",
            hint,
            scanner.start,
            root.end(),
            f"${sure}" if sure else None,
        )
    if name == "inputs" and scanner.at_end():
        return ast.AllInputs(scanner.where)
    if not scanner.take("."):
        _no_dot(scanner, name)
    return read(scanner)


def _without_root(name: str) -> str:
    """What to do about a name that is no root, and not nearly one."""
    if _MADE.fullmatch(name):
        return f"no expression makes a value: declare an input, and pass it as `$inputs.{name}`"
    return f"there is {_listed(ROOTS)}"


def _listed(roots: tuple[str, ...]) -> str:
    return ", ".join(f"`${root}`" for root in roots)


def _no_root(scanner: Scanner) -> NoReturn:
    if scanner.at_end():
        raise scanner.fault("a runtime expression is missing")
    if scanner.sees("$.") or scanner.sees("$[") or scanner.sees("@"):
        raise scanner.fault(
            "this is a JSONPath, not a runtime expression",
            "a runtime expression reaches into a value with `#/pointer`, as in `$response.body#/id`",
            end=scanner.end,
        )
    if scanner.next.isspace():
        raise scanner.fault("white space stands before the expression", "remove it")
    if scanner.next != "$":
        raise scanner.fault(
            f"a runtime expression starts with `$`, not with `{excerpt(scanner.next)}`",
            _without_dollar(scanner.rest),
            end=scanner.end,
        )
    raise scanner.fault("a name is missing after `$`", f"there is {_listed(ROOTS)}")


def _without_dollar(text: str) -> str | None:
    word = re.match(r"\w*", text)
    return f"write `${text}`" if word is not None and word[0] in ROOTS else None


def _no_dot(scanner: Scanner, name: str) -> NoReturn:
    if scanner.at_end():
        raise scanner.fault(
            f"`${name}` alone is no expression",
            f"write `{_FORMS[name]}`",
            scanner.start,
            scanner.at,
        )
    raise scanner.fault(
        f"a `.` is missing after `${name}`", f"write `{_FORMS[name]}`", end=scanner.end
    )


def _trailing(scanner: Scanner) -> NoReturn:
    read = excerpt(scanner.text[scanner.start : scanner.at])
    hint = None
    if scanner.sees("#"):
        hint = "only bodies, inputs and outputs have parts"
    elif scanner.next.isspace() and not scanner.rest.strip():
        hint = "remove the white space"
    elif scanner.next.isspace() or scanner.next in "=!<>&|":
        hint = "an expression in a longer text stands in braces, as in `Bearer {$inputs.token}`"
    raise scanner.fault(
        f"`{excerpt(scanner.rest)}` is too much after `{read}`", hint, end=scanner.end
    )


def _request(scanner: Scanner) -> ast.Expression:
    return ast.RequestReference(read_source(scanner, "request"), scanner.where)


def _response(scanner: Scanner) -> ast.Expression:
    return ast.ResponseReference(read_source(scanner, "response"), scanner.where)


def _message(scanner: Scanner) -> ast.Expression:
    return ast.MessageReference(read_source(scanner, "message"), scanner.where)


def _inputs(scanner: Scanner) -> ast.Expression:
    name = read_name(scanner, "$inputs.NAME")
    members = read_members(scanner)
    pointer = read_pointer(scanner)
    return ast.InputReference(name, pointer, scanner.where, members)


def _outputs(scanner: Scanner) -> ast.Expression:
    name = read_name(scanner, "$outputs.NAME")
    members = read_members(scanner)
    pointer = read_pointer(scanner)
    return ast.OutputReference(name, pointer, scanner.where, members)


def _steps(scanner: Scanner) -> ast.Expression:
    step_id, _ = _owner(scanner, "step", ("outputs",))
    name = read_name(scanner, f"$steps.{step_id}.outputs.NAME")
    members = read_members(scanner)
    pointer = read_pointer(scanner)
    return ast.StepReference(step_id, name, pointer, scanner.where, members)


def _workflows(scanner: Scanner) -> ast.Expression:
    workflow_id, kind = _owner(scanner, "workflow", _WORKFLOW_FIELDS)
    return _of_workflow(scanner, workflow_id, kind, None)


def _of_workflow(
    scanner: Scanner, workflow_id: str, kind: str, source: str | None
) -> ast.Expression:
    """Reads what follows `$workflows.ID.outputs.`, or the same of a workflow of another document."""
    name = read_name(scanner, f"$workflows.{workflow_id}.{kind}.NAME")
    members = read_members(scanner)
    pointer = read_pointer(scanner)
    field = cast("Literal['inputs', 'outputs']", kind)
    return ast.WorkflowReference(workflow_id, field, name, pointer, scanner.where, members, source)


def _owner(scanner: Scanner, noun: str, fields: tuple[str, ...]) -> tuple[str, str]:
    """Reads `ID.outputs.`. Ids should have no dots, says the specification, so they may."""
    found = scanner.look(_OWNER)
    if found is None or found[2] not in fields or ".steps." in f"{found[1]}.":
        raise _owner_fault(scanner, noun, fields)
    scanner.at = found.end()
    if not scanner.take("."):
        raise scanner.fault(
            f"the name of one of the {found[2]} is missing",
            f"write `${noun}s.{found[1]}.{found[2]}.NAME`",
        )
    return found[1], found[2]


def _owner_fault(scanner: Scanner, noun: str, fields: tuple[str, ...]) -> UnparsableError:
    start = scanner.at
    found = scanner.match(_SEGMENTS)
    if found is None:
        return scanner.fault(
            f"the {noun}'s id is missing after `${noun}s.`", f"write `{_FORMS[noun + 's']}`"
        )
    owner, field = found[1], found[2] or ""
    stem = f"${noun}s.{owner}"
    if not field:
        return scanner.fault(
            f"`{stem}` alone is no expression",
            f"write `{stem}.outputs.NAME`",
            scanner.start,
            scanner.at,
        )
    near = closest(field, fields)
    name = field if scanner.at_end() else "NAME"
    hint = f"write `{stem}.outputs.{name}`, and declare the output in the {noun}"
    return scanner.fault(
        f"`.outputs.` is missing after `{stem}`",
        f"did you mean `{near}`?" if near else hint,
        start + len(owner) + 1,
        scanner.at,
        surely(field, fields),
    )


def _source_descriptions(scanner: Scanner) -> ast.Expression:
    found = scanner.match(_ID)
    if found is None:
        raise scanner.fault(
            "the source's name is missing after `$sourceDescriptions.`",
            f"write `{_FORMS['sourceDescriptions']}`",
        )
    name = found[0]
    if scanner.sees("#"):
        wanted = f"{{$sourceDescriptions.{name}.url}}{scanner.rest}"
        raise scanner.fault(
            f"`.url` is missing after `$sourceDescriptions.{name}`",
            f"write `{wanted}`",
            end=scanner.end,
        )
    if not scanner.take("."):
        raise scanner.fault(
            f"a reference is missing after `$sourceDescriptions.{name}`",
            f"write `$sourceDescriptions.{name}.REFERENCE`",
            end=scanner.end,
        )
    start, workflow = scanner.at, scanner.look(_OWNER)
    if workflow is not None and workflow[2] in _WORKFLOW_FIELDS:
        scanner.at = workflow.end()
        if scanner.take("."):
            return _of_workflow(scanner, workflow[1], workflow[2], name)
        scanner.at = start
    reference = read_characters(scanner, f"$sourceDescriptions.{name}.REFERENCE")
    return ast.SourceDescriptionReference(name, reference, scanner.where)


def _components(scanner: Scanner) -> ast.Expression:
    start = scanner.at
    found = scanner.match(_ID)
    word = found[0] if found else ""
    kind = _COMPONENT_KINDS.get(word)
    if kind is None:
        raise scanner.fault(
            f"there are no components `{word}`",
            _component_hint(word),
            start,
            scanner.at,
            surely(word, _COMPONENT_KINDS),
        )
    reference = f"$components.{kind}.NAME"
    if not scanner.take("."):
        raise scanner.fault(
            "the component's name is missing", f"write `{reference}`", end=scanner.end
        )
    return ast.ComponentReference(kind, read_name(scanner, reference), scanner.where)


def _component_hint(word: str) -> str:
    if word == "inputs":
        return "refer to components of inputs with `$ref: '#/components/inputs/NAME'`"
    near = closest(word, _COMPONENT_KINDS)
    known = ", ".join(f"`{each}`" for each in _COMPONENT_KINDS)
    return f"did you mean `{near}`?" if near else f"there is {known}"


_PLAIN: Final[Mapping[str, Callable[[ast.Slice], ast.Expression]]] = {
    "url": ast.Url,
    "method": ast.Method,
    "statusCode": ast.StatusCode,
    "self": ast.SelfUri,
}
_DOTTED: Final[Mapping[str, Callable[[Scanner], ast.Expression]]] = {
    "request": _request,
    "response": _response,
    "message": _message,
    "inputs": _inputs,
    "outputs": _outputs,
    "steps": _steps,
    "workflows": _workflows,
    "sourceDescriptions": _source_descriptions,
    "components": _components,
}
_FORMS: Final[Mapping[str, str]] = {
    "request": "$request.body#/pointer",
    "response": "$response.body#/pointer",
    "message": "$message.payload#/pointer",
    "inputs": "$inputs.NAME",
    "outputs": "$outputs.NAME",
    "steps": "$steps.STEP.outputs.NAME",
    "workflows": "$workflows.WORKFLOW.outputs.NAME",
    "sourceDescriptions": "$sourceDescriptions.SOURCE.REFERENCE",
    "components": "$components.parameters.NAME",
}

ROOTS: Final = (*_PLAIN, *_DOTTED)
"""What may follow `$`."""
