"""The graph as text, for people and for tests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from arazzoc.ir.graph import (
    BinaryBody,
    Body,
    Call,
    Edge,
    End,
    FormBody,
    GoTo,
    Graph,
    JsonBody,
    MultipartBody,
    Output,
    Parameter,
    PathItem,
    RawBody,
    Retry,
    Server,
    StepNode,
    Stop,
    Target,
    Transfer,
    WorkflowCall,
    WorkflowOutput,
)
from arazzoc.ir.notation import Notation
from arazzoc.ir.wording import criterion_words, test_words, type_words, value_words
from arazzoc.types.condition import Criterion
from arazzoc.types.value import Value

__all__ = ["dump", "request_line"]


def dump(graph: Graph) -> str:
    """A workflow: its signature, then a paragraph a step, then its outputs; ends with a line break.

    The text depends on the graph alone. `?` marks what may be absent.
    """
    paragraphs = [_signature(graph), *(_step(step, graph) for step in graph.steps)]
    if graph.outputs:
        paragraphs.append(_outputs(graph.outputs))
    return "\n".join("".join(line + "\n" for line in lines) for lines in paragraphs)


def request_line(call: Call | WorkflowCall) -> str:
    """A request's method and path, with the values in it in braces; the workflow that is run."""
    if isinstance(call, WorkflowCall):
        return f"workflow {_line(call.workflow_id)}"
    path = "".join(
        part if isinstance(part, str) else f"{{{_path_item(part)}}}" for part in call.path
    )
    return f"{call.method} {path}"


def _signature(graph: Graph) -> Iterator[str]:
    result = graph.result or "None"
    yield f"workflow {_line(graph.workflow_id)}: {graph.function}() -> {result}"
    for text in (graph.summary, graph.description):
        yield from _comment(text)
    for parameter in graph.parameters:
        yield _parameter(parameter)
    for server in graph.servers:
        yield _server(server)
    for call in graph.before:
        is_given = any(each.name == call.result for each in graph.given)
        yield f"  first {_workflow_call(call)}{' unless it has run' if is_given else ''}"


def _parameter(parameter: Parameter) -> str:
    argument = parameter.argument
    words = f"  parameter {value_words(argument)}: {type_words(argument.type)}"
    if parameter.default is not None:
        words += f" = {value_words(parameter.default)}"
    kind = "" if parameter.kind == "any" else f", {parameter.kind}"
    secret = ", secret" if argument.secret else ""
    return f"{words} ({parameter.origin} {_line(parameter.json_name)}{kind}{secret})"


def _server(server: Server) -> str:
    default = "required" if server.url is None else f"{server.constant} = {server.url}"
    several = "" if server.only else " (one of several)"
    return f"  server {_line(server.source)}: {server.keyword}, {default}{several}"


def _step(step: StepNode, graph: Graph) -> Iterator[str]:
    yield f"step {_line(step.step_id)}"
    yield from _comment(step.description)
    available = graph.available.get(step.step_id)
    if available is not None and available.possibly:
        steps = (
            name if name in available.surely else f"{name}?" for name in sorted(available.possibly)
        )
        yield f"  after {', '.join(steps)}"
    yield from _call(step.call)
    for criterion in step.criteria:
        yield f"  succeeds if {_criterion(criterion)}"
    for output in step.outputs:
        yield _output(output)
    yield from _edges("success", step.on_success)
    yield from _edges("failure", step.on_failure)


def _call(call: Call | WorkflowCall) -> Iterator[str]:
    if isinstance(call, WorkflowCall):
        yield f"  run {_workflow_call(call)}"
    else:
        yield from _request(call)
    if call.timeout is not None:
        yield f"  within {call.timeout:g} s"
    for need in call.needs:
        yield f"  needs {value_words(need.value)}: {_line(need.text)}"


def _request(call: Call) -> Iterator[str]:
    yield f"  {request_line(call)} at {call.server.keyword}"
    if call.shown_path is not None:
        yield f"  shown as {call.shown_path}"
    for item in call.query:
        place = "whole query" if item.whole else "query"
        yield f"  {place} {item.name} = {value_words(item.value)}{_style(item.notation)}"
    for header in call.headers:
        yield f"  header {header.name} = {value_words(header.value)}{_style(header.notation)}"
    for cookie in call.cookies:
        yield f"  cookie {cookie.name} = {value_words(cookie.value)}{_style(cookie.notation)}"
    if call.body is not None:
        yield f"  body {_body(call.body)}"
        yield from _members(call.body)


def _workflow_call(call: WorkflowCall) -> str:
    """The workflow and what it is passed; `!` after a value whose type may be another one."""
    arguments = ", ".join(
        f"{argument.keyword}={value_words(argument.value)}{'' if argument.fits else '!'}"
        for argument in call.arguments
    )
    handed = ", ".join(f"{each.keyword}={each.variable or 'true'}" for each in call.handed)
    told = f" handed {handed}" if handed else ""
    return f"{_line(call.workflow_id)}: {call.function}({arguments}) -> {call.result}{told}"


def _path_item(item: PathItem) -> str:
    several = " as segments" if item.several else ""
    return value_words(item.value) + _style(item.notation) + several


def _style(notation: Notation) -> str:
    """How a value is written, where its shape or style is not the plain one."""
    if notation.media is not None:
        return f" as {notation.media}"
    reserved = " with reserved characters" if notation.reserved else ""
    if notation.shape == "scalar" and notation.style not in ("label", "matrix"):
        return reserved
    exploded = ", exploded" if notation.explode else ""
    return f" as {notation.style} {notation.shape}{exploded}{reserved}"


def _body(body: Body) -> str:
    match body:
        case JsonBody():
            kind = "json"
        case FormBody():
            kind = "form"
        case MultipartBody():
            kind = "multipart"
        case RawBody():
            kind = "raw"
        case BinaryBody():
            kind = "binary"
        case _:
            assert_never(body)
    return f"{kind} {body.content_type} = {value_words(body.value)}"


def _members(body: Body) -> Iterator[str]:
    """The members of a form, where they are not written alike."""
    if isinstance(body, FormBody):
        for item in body.fields:
            yield f"    field {item.name} = {value_words(item.value)}{_style(item.notation)}"
    elif isinstance(body, MultipartBody):
        for part in body.parts:
            notes = (" as a file" if part.is_file else "") + (
                "" if part.separator is None else " joined"
            )
            notes += "" if part.spread is None else " by member"
            notes += "".join(f" with {name}: {value}" for name, value in part.headers)
            kind = f" of type {part.content_type}" if part.content_type else ""
            yield f"    part {part.name} = {value_words(part.value)}{kind}{notes}"


def _output(output: Output) -> str:
    notes = [
        *(["promised"] if output.promised else []),
        *([] if output.read else ["not read"]),
    ]
    words = _assigned(output.variable.output, output.variable.name, output.value)
    kind = type_words(output.variable.type)
    return f"  output {words}: {kind}{' (' + ', '.join(notes) + ')' if notes else ''}"


def _assigned(name: str, variable: str, value: Value) -> str:
    return f"{_line(name)} -> {variable} = {value_words(value)}"


def _edges(side: str, edges: Sequence[Edge]) -> Iterator[str]:
    for edge in edges:
        name = f"{_line(edge.action)}: " if edge.action is not None else ""
        yield f"  on {side} {name}{_target(edge.target)}"
        for criterion in edge.criteria:
            yield f"    if {_criterion(criterion)}"


def _target(target: Target) -> str:
    match target:
        case GoTo(step_id):
            return f"go to {_line(step_id)}"
        case End():
            return "end"
        case Stop():
            return "fail"
        case Transfer(call):
            return f"go on with {_workflow_call(call)}"
        case Retry(counter, limit, delay, first):
            words = f"retry, at most {limit} times, after {delay:g} s, counted by {counter}"
            if first is None:
                return words
            way = _workflow_call(first) if isinstance(first, WorkflowCall) else _line(first)
            return f"{words}, by way of {way}"
        case _:
            assert_never(target)


def _criterion(criterion: Criterion) -> str:
    """The lowered test, then the text that it comes from."""
    return f"{test_words(criterion.test)}  <- {criterion_words(criterion)}"


def _outputs(outputs: Sequence[WorkflowOutput]) -> Iterator[str]:
    yield "outputs"
    for output in outputs:
        notes = [
            *(["optional"] if output.optional else []),
            *(["skippable"] if output.skippable else []),
            *(["secret"] if output.secret else []),
            *([f"from {', '.join(sorted(output.steps))}"] if output.steps else []),
        ]
        words = _assigned(output.name, output.attribute, output.value)
        kind = type_words(output.type)
        yield f"  {words}: {kind}{' (' + ', '.join(notes) + ')' if notes else ''}"


def _comment(text: str | None) -> Iterator[str]:
    if text and text.strip():
        yield f"  # {_line(text)}"


def _line(text: str) -> str:
    """Text on one line."""
    return " ".join(text.split())
