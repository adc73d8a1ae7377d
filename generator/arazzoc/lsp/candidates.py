"""How a runtime expression that is being typed can go on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, TypeAlias

from arazzoc.analysis import Analysis
from arazzoc.expr.expression import ROOTS, parse_expression
from arazzoc.expr.problem import SyntaxProblem
from arazzoc.frozen import dataclass
from arazzoc.lsp.proposal import Proposal
from arazzoc.lsp.spelled_type import fields_of, spelled_type
from arazzoc.types.facts import Viewpoint, WorkflowFacts
from arazzoc.types.model import Type
from arazzoc.types.reaching import Problem
from arazzoc.types.resolve import resolve

__all__ = ["expression_candidates"]

_PLAIN: Final = ("url", "method", "statusCode", "self")
_COMPONENTS: Final = ("parameters", "successActions", "failureActions")


@dataclass(frozen=True, slots=True)
class _At:
    """Where an expression is being typed."""

    analysis: Analysis
    facts: WorkflowFacts | None
    view: Viewpoint | None


_Propose: TypeAlias = "Callable[[re.Match[str], _At], Iterator[Proposal]]"


def expression_candidates(
    typed: str, analysis: Analysis, view: Viewpoint | None
) -> tuple[int, Iterable[Proposal]]:
    """What may follow `typed`, which starts with `$`.

    Returns:
        How much of `typed` stays, and what may stand in place of the rest.
    """
    if "." not in typed and "#" not in typed:
        return 0, [
            *(Proposal(f"${root}.", "value") for root in ROOTS if root not in (*_PLAIN, "message")),
            *(Proposal(f"${root}", "value") for root in _PLAIN),
        ]
    head, hash_, pointer = typed.partition("#")
    if hash_ and pointer.startswith("/"):
        kept = len(head) + 1 + pointer.rfind("/") + 1
        return kept, _members(head, pointer[1:].split("/")[:-1], analysis, view)
    kept = typed.rfind(".") + 1
    return kept, _after(typed[:kept], analysis, view)


def _members(
    head: str, tokens: list[str], analysis: Analysis, view: Viewpoint | None
) -> Iterator[Proposal]:
    """The members of what `head` and the pointer so far lead to."""
    type_ = _body_of_request(head, analysis, view) or _type_of(head, view)
    if type_ is None:
        return
    plain = [token.replace("~1", "/").replace("~0", "~") for token in tokens]
    reached, _ = analysis.types.walk(type_, plain)
    for name, (member, required, description) in fields_of(reached, analysis.types).items():
        shown = spelled_type(member, analysis.types) + ("" if required else ", may be missing")
        escaped = name.replace("~", "~0").replace("/", "~1")
        yield Proposal(escaped, "member", shown, description)


def _type_of(head: str, view: Viewpoint | None) -> Type | None:
    expression = parse_expression(head)
    if isinstance(expression, SyntaxProblem) or view is None:
        return None
    found = resolve(expression, view)
    return None if isinstance(found, Problem) else found.value.type


def _body_of_request(head: str, analysis: Analysis, view: Viewpoint | None) -> Type | None:
    if head != "$request.body" or view is None or view.step is None or view.step.operation is None:
        return None
    body = view.step.operation.body
    schemas = [media.schema for media in body.content if media.schema] if body else []
    return analysis.types.of(schemas[0], "") if schemas else None


def _after(before: str, analysis: Analysis, view: Viewpoint | None) -> Iterator[Proposal]:
    """What may follow `before`, which ends with a dot."""
    facts = view.facts if view is not None else None
    for pattern, propose in _WAYS.items():
        found = re.fullmatch(pattern, before)
        if found is not None:
            yield from propose(found, _At(analysis, facts, view))
            return


def _inputs(found: re.Match[str], at: _At) -> Iterator[Proposal]:
    del found
    for fact in at.facts.inputs.values() if at.facts is not None else ():
        shown = spelled_type(fact.argument.type, at.analysis.types)
        yield Proposal(fact.name, "input", shown, fact.description)


def _own_outputs(found: re.Match[str], at: _At) -> Iterator[Proposal]:
    del found
    for name in at.facts.workflow.outputs if at.facts is not None else ():
        yield Proposal(name, "output")


def _steps(found: re.Match[str], at: _At) -> Iterator[Proposal]:
    del found
    for step_id, step in at.facts.steps.items() if at.facts is not None else ():
        if at.view is None or at.view.step is not step or at.view.answered:
            text = f"{step_id}.outputs."
            yield Proposal(step_id, "step", None, step.step.description, text=text)


def _step_outputs(found: re.Match[str], at: _At) -> Iterator[Proposal]:
    step = at.facts.steps.get(found[1]) if at.facts is not None else None
    for name in step.variables if step is not None else ():
        type_ = _type_of(f"$steps.{found[1]}.outputs.{name}", at.view)
        shown = None if type_ is None else spelled_type(type_, at.analysis.types)
        yield Proposal(name, "output", shown)


def _outputs_word(found: re.Match[str], at: _At) -> Iterator[Proposal]:
    del found, at
    yield Proposal("outputs.", "value")


def _workflows(found: re.Match[str], at: _At) -> Iterator[Proposal]:
    del found
    for each in at.analysis.workflows:
        yield Proposal(each.workflow.workflow_id, "workflow", None, each.workflow.summary)


def _of_workflow(found: re.Match[str], at: _At) -> Iterator[Proposal]:
    named = {each.workflow.workflow_id: each for each in at.analysis.workflows}
    workflow = named.get(found[1])
    if workflow is None:
        return
    if found[2] is None:
        yield from (Proposal(f"{each}.", "value") for each in ("outputs", "inputs"))
    elif found[2] == "inputs":
        yield from (Proposal(name, "input") for name in workflow.inputs)
    else:
        yield from (Proposal(name, "output") for name in workflow.workflow.outputs)


def _sources(found: re.Match[str], at: _At) -> Iterator[Proposal]:
    del found
    for source in at.analysis.arazzo.source_descriptions if at.analysis.arazzo is not None else ():
        yield Proposal(source.name, "source", source.url.text)


def _of_source(found: re.Match[str], at: _At) -> Iterator[Proposal]:
    yield Proposal("url", "value")
    api = at.analysis.volume.apis.get(found[1]) if at.analysis.volume is not None else None
    for name, sites in api.operation_ids.items() if api is not None else ():
        yield Proposal(name, "operation", f"{sites[0].method} {sites[0].path}")


def _exchange(found: re.Match[str], at: _At) -> Iterator[Proposal]:
    del at
    yield from (Proposal(each, "value") for each in ("body", "header."))
    if found[1] == "request":
        yield from (Proposal(each, "value") for each in ("path.", "query."))


def _headers(found: re.Match[str], at: _At) -> Iterator[Proposal]:
    del found
    step = at.view.step if at.view is not None else None
    operation = step.operation if step is not None else None
    names = [h.name for r in (operation.responses if operation else ()) for h in r.headers]
    yield from (Proposal(name, "member") for name in dict.fromkeys(names))


def _request_parameters(found: re.Match[str], at: _At) -> Iterator[Proposal]:
    step = at.view.step if at.view is not None else None
    for each in step.parameters if step is not None else ():
        if each.location == found[1]:
            yield Proposal(each.name, "parameter")


def _components(found: re.Match[str], at: _At) -> Iterator[Proposal]:
    if found[1] is None:
        yield from (Proposal(f"{each}.", "value") for each in _COMPONENTS)
        return
    members = at.analysis.document.node.at(("components", found[1]))
    for name, _ in members.members() if members is not None else ():
        yield Proposal(name, "component")


_WAYS: Final[Mapping[str, _Propose]] = {
    r"\$inputs\.": _inputs,
    r"\$outputs\.": _own_outputs,
    r"\$steps\.": _steps,
    r"\$steps\.([^.]+)\.": _outputs_word,
    r"\$steps\.([^.]+)\.outputs\.": _step_outputs,
    r"\$workflows\.": _workflows,
    r"\$workflows\.([^.]+)\.(?:(inputs|outputs)\.)?": _of_workflow,
    r"\$sourceDescriptions\.": _sources,
    r"\$sourceDescriptions\.([^.]+)\.": _of_source,
    r"\$(request|response)\.": _exchange,
    r"\$response\.headers?\.": _headers,
    r"\$request\.(header|path|query)\.": _request_parameters,
    r"\$components\.(?:([^.]+)\.)?": _components,
}
"""What may follow, by what stands before."""
