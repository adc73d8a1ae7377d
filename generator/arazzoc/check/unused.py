"""What a document states and nothing takes up.

There are many ways to read a value, some of which only other tools know. So a name counts as used wherever a
text mentions it in the way that expressions do, prose included.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from typing import Final

from arazzoc.check.context import Context, Whole, found
from arazzoc.diagnostics.model import Diagnostic
from arazzoc.diagnostics.registry import unused as rules
from arazzoc.model.arazzo import SourceDescription
from arazzoc.model.calls import references
from arazzoc.source.document import Document
from arazzoc.source.node import JsonValue
from arazzoc.types.calling import calls_of
from arazzoc.types.facts import StepFacts, WorkflowFacts
from arazzoc.types.meant import outputs_by_name, templated

__all__ = [
    "check_unused_components",
    "check_unused_inputs",
    "check_unused_outputs",
    "check_unused_sources",
]

_KINDS: Final = {
    "parameters": "parameter",
    "successActions": "success action",
    "failureActions": "failure action",
    "inputs": "schema of inputs",
}
_WAY: Final = r"((?:[\w.\-]+|\[['\"])*)"
_INPUT: Final = re.compile(rf"inputs{_WAY}")
_STEP: Final = re.compile(rf"steps\.{_WAY}")
_OUTPUT: Final = re.compile(rf"\$outputs\.{_WAY}")
_COMPONENT: Final = re.compile(r"components[./]([\w.\-]+(?:/[\w.\-]+)?)")
_ENDS: Final = re.compile(r"[.\[]")
_SEGMENT: Final = re.compile(r"[\w\-]+")
_BETWEEN_DOTS: Final = re.compile(r"\.([\w\-]+)(?=\.)")
_PLAIN: Final = re.compile(r"[\w\-]+(?:\.[\w\-]+)*")


def check_unused_inputs(context: Context) -> Iterator[Diagnostic]:
    """Every input is read by some expression, or passed on."""
    facts = context.facts
    if facts.origin is not None or len(facts.callees) < len(
        {node.text for node in references(facts.workflow)}
    ):
        return
    calls = tuple(calls_of(facts))
    passed = {name for each in calls if each.by_name for name in each.callee.accepted}
    passed.update(parameter.name for each in calls for parameter in each.implied)
    passed.update(each.removeprefix("$inputs.") for each in _templated(context))
    own = facts.workflow.node
    ways = [way.lstrip(".['\"") for way in _ways(_INPUT, _texts_for(facts, "inputs"))]
    if "" in ways:
        return
    reached = _reached(ways, facts.inputs)
    for name, fact in facts.inputs.items():
        inside = fact.node.path[: len(own.path)] == own.path
        stated_here = inside and fact.node.document is own.document
        if name in passed or not stated_here or _PLAIN.fullmatch(name) is None:
            continue
        is_declared = fact.node.text is None
        if is_declared and name not in reached:
            message = f"no expression reads input `{name}`"
            hint = f"use it as `$inputs.{name}`, or remove it"
            yield found(rules.UNUSED_INPUT, fact.node.key_span, message, hint)


def _templated(context: Context) -> Iterator[str]:
    """The expressions that parameters write as other languages do, which is told of there (AZ230)."""
    outputs = outputs_by_name(context.facts)
    for step in context.steps():
        for parameter in step.parameters:
            for expression, _ in templated(parameter.value.text or "", outputs):
                yield f"{expression}"


def check_unused_outputs(context: Context) -> Iterator[Diagnostic]:
    """Every output of a step is read in its workflow."""
    facts = context.facts
    if facts.origin is not None or not any(step.step.outputs for step in context.steps()):
        return
    texts = [*_texts_for(facts, "outputs"), *_templated(context)]
    ways = [*_ways(_STEP, texts)]
    outputs = [(step, name) for step in context.steps() for name in step.step.outputs]
    named = _reached(ways, (f"{step.step.step_id}.outputs.{name}" for step, name in outputs))
    bare = _reached([*_ways(_OUTPUT, texts)], (name for _, name in outputs))
    whole = {way.rstrip(".['\"") for way in ways}
    for step in context.steps():
        if whole.isdisjoint((step.step.step_id, f"{step.step.step_id}.outputs")):
            yield from _unread(step, named, bare)


def _unread(step: StepFacts, named: Set[str], bare: Set[str]) -> Iterator[Diagnostic]:
    """The outputs of a step that neither expressions with its id read nor those without."""
    step_id = step.step.step_id
    if _PLAIN.fullmatch(step_id) is None:
        return
    for name, node in step.step.outputs.items():
        way = f"{step_id}.outputs.{name}"
        if way in named or name in bare or _PLAIN.fullmatch(name) is None:
            continue
        message = f"nothing reads output `{name}` of step `{step_id}`"
        hint = f"read it as `$steps.{way}`, such as in the workflow's `outputs`, or remove it"
        yield found(rules.UNUSED_OUTPUT, node.key_span, message, hint)


def check_unused_components(whole: Whole) -> Iterator[Diagnostic]:
    """Every component of a document is referred to."""
    components = whole.arazzo.node.get("components")
    if components is None:
        return
    mentions = {
        mention.rstrip("./").replace("/", ".")
        for text in _texts(whole.arazzo.node.value)
        for mention in _COMPONENT.findall(text)
    }
    for kind, called in _KINDS.items():
        stated = components.get(kind)
        for name, node in stated.members() if stated is not None else ():
            if f"{kind}.{name}" not in mentions and _PLAIN.fullmatch(name):
                message = f"nothing refers to the {called} `{name}`"
                hint = "refer to it, or remove it"
                yield found(rules.UNUSED_COMPONENT, node.key_span, message, hint)


def check_unused_sources(whole: Whole) -> Iterator[Diagnostic]:
    """Every source description has something that a step calls."""
    sources = whole.arazzo.source_descriptions
    steps = [step for facts in whole.workflows for step in facts.steps.values()]
    unclear = any(step.operation is None and step.step.workflow_id is None for step in steps)
    if len(sources) == 1 or unclear:
        return  # a document has one at least; and it may be the one whose operation was not found
    called = {step.operation.source for step in steps if step.operation is not None}
    texts = [
        text
        for key, part in whole.arazzo.node.members()
        if key != "sourceDescriptions"
        for text in _texts(part.value)
    ]
    for source in sources:
        if source.name not in called | whole.unread and not _is_mentioned(source, texts):
            message = f"no step calls anything of source description `{source.name}`"
            node = source.node.get("name") or source.node
            yield found(rules.UNUSED_SOURCE, node.span, message, "remove it, or call what it has")


def _is_mentioned(source: SourceDescription, texts: Iterable[str]) -> bool:
    name = re.escape(source.name)
    mention = re.compile(rf"sourceDescriptions\.{name}(?![\w\-])|\A\{{?{name}[.#]")
    return any(mention.search(text) for text in texts)


def _reached(ways: Sequence[str], names: Iterable[str]) -> Set[str]:
    """All that dotted ways go to or through, up to the length of the longest of `names`."""
    longest = max(map(len, names), default=0)
    found = {way for way in ways if len(way) <= longest}
    for way in ways:
        found.update(way[: end.start()] for end in _ENDS.finditer(way, 0, longest + 1))
    return found


def _ways(pattern: re.Pattern[str], texts: Iterable[str]) -> Iterator[str]:
    """Where the mentions in texts lead, such as `login.outputs.token`."""
    for text in texts:
        yield from pattern.findall(text)


def _texts_for(facts: WorkflowFacts, word: str) -> Iterator[str]:
    """The texts with a word in which a workflow's names can mean something.

    Those are its own, those of the components, and those elsewhere that name the workflow.
    """
    document, own = facts.arazzo.node.document, facts.workflow.node
    yield from _texts_of_components(document, word)
    for key, member in own.members():
        if key != "inputs":
            yield from (text for text in _texts(member.value) if word in text)
    workflow_id = facts.workflow.workflow_id
    mentions = _mentions(document)
    if _SEGMENT.fullmatch(workflow_id):
        mentioning = mentions.get(workflow_id, ())
    else:
        named = f".{workflow_id}."
        mentioning = [text for text in _texts(document.root) if named in text]
    yield from (text for text in mentioning if word in text)


@lru_cache(maxsize=8)
def _texts_of_components(document: Document, word: str) -> Sequence[str]:
    """The texts of a document's components that hold a word."""
    components = document.node.get("components")
    texts = _texts(None if components is None else components.value)
    return [text for text in texts if word in text]


@lru_cache(maxsize=4)
def _mentions(document: Document) -> Mapping[str, Sequence[str]]:
    """The texts of a document, by the names that stand between dots in them: found once for all workflows."""
    mentions: dict[str, list[str]] = {}
    for text in _texts(document.root):
        for name in dict.fromkeys(_BETWEEN_DOTS.findall(text)):
            mentions.setdefault(name, []).append(text)
    return mentions


def _texts(value: JsonValue) -> Iterator[str]:
    """All texts in a value."""
    waiting: list[JsonValue] = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict):
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
