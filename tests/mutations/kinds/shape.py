"""Faults of shape: fields, types, ids and versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final

from tests.mutations.mutant import Mutant, fault, kind
from tests.mutations.subject import Edit, Place, Subject, misspelt

ACTIONS: Final = (
    "**/onSuccess/*",
    "**/onFailure/*",
    "**/successActions/*",
    "**/failureActions/*",
)
OBJECTS: Final = (
    "info",
    "sourceDescriptions/*",
    "workflows/*",
    "workflows/*/steps/*",
    "workflows/*/parameters/*",
    "workflows/*/steps/*/parameters/*",
    "**/requestBody",
    "**/replacements/*",
    "**/successCriteria/*",
    "**/criteria/*",
    *ACTIONS,
)
"""The objects whose fields the specification lists."""

_REQUIRED: Final[Mapping[str, tuple[str, ...]]] = {
    "info": ("title", "version"),
    "sourceDescriptions/*": ("name", "url"),
    "workflows/*": ("workflowId", "steps"),
    "workflows/*/steps/*": ("stepId",),
    "**/parameters/*": ("name", "value"),
    "**/successCriteria/*": ("condition",),
    "**/criteria/*": ("condition",),
    "**/onSuccess/*": ("name", "type"),
    "**/onFailure/*": ("name", "type"),
    "**/replacements/*": ("target", "value"),
}

_FOREIGN: Final = {
    "operationPath": "operationRef",
    "requestBody": "body",
    "successCriteria": "criteria",
    "outputs": "output",
    "onFailure": "onError",
    "parameters": "params",
    "payload": "body",
    "contentType": "content-type",
    "retryLimit": "maxRetries",
    "retryAfter": "delay",
    "stepId": "id",
}


def fields(subject: Subject) -> Iterator[Place]:
    """Every field of every kind of object that the specification describes, once."""
    seen: set[tuple[str, ...]] = set()
    for place in subject.places(*(f"{each}/*" for each in OBJECTS)):
        route = tuple("*" if isinstance(token, int) else token for token in place.route)
        if place.key is not None and route not in seen:
            seen.add(route)
            yield place


@kind("a field misspelt", "AZ104")
def misspelt_field(subject: Subject) -> Iterator[Mutant]:
    for place in fields(subject):
        yield fault((place.renamed(misspelt(place.name)),), place.key_line)


@kind("a field named as other formats name it", "AZ104")
def foreign_field(subject: Subject) -> Iterator[Mutant]:
    for place in fields(subject):
        if place.name in _FOREIGN and place.route[0] != "sourceDescriptions":
            yield fault((place.renamed(_FOREIGN[place.name]),), place.key_line)


@kind("a required field left out", "AZ103", "AZ104", also=("AZ211",))
def left_out(subject: Subject) -> Iterator[Mutant]:
    required = {id(place.node) for place in _required(subject)}
    for field in fields(subject):
        if id(field.node) in required:
            assert field.parent is not None
            lines = range(field.parent.key_line, field.last_line + 2)
            yield fault((field.removed(),), *lines)


def _required(subject: Subject) -> Iterator[Place]:
    for pattern, names in _REQUIRED.items():
        for owner in subject.places(pattern):
            found = (owner.get(name) for name in names if owner.get("reference") is None)
            yield from (each for each in found if each is not None)


@kind("a list of one written without its dash", "AZ105")
def list_without_dash(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places(
        "**/successCriteria", "**/criteria", "**/onFailure", "**/onSuccess", "**/parameters"
    ):
        items = list(place.children())
        if len(items) == 1 and items[0].key is None and not items[0].flow:
            at = items[0].start
            yield fault((Edit(at - 2, at, "  "),), place.line)


@kind("outputs written as a list", "AZ105", also=("AZ212",))
def outputs_as_list(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("**/outputs"):
        members = list(place.children())
        if members[0].key is not None and all(each.scalar for each in members):
            starts = [each.key.start_mark.index for each in members if each.key is not None]
            yield fault(tuple(Edit(at, at, "- ") for at in starts), place.line)


@kind("text where a number belongs", "AZ105")
def text_for_number(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("**/retryLimit", "**/retryAfter", "**/timeout"):
        yield fault((place.replaced("5s"),), place.line)


@kind("a number in quotes", "AZ120")
def number_as_text(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("**/retryLimit", "**/retryAfter", "**/timeout"):
        yield fault((place.replaced(f"'{place.raw}'"),), place.line)


@kind("a number below nought", "AZ106")
def negative(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("**/retryLimit", "**/retryAfter", "**/timeout"):
        yield fault((place.replaced("-1"),), place.line)


@kind("a location that does not exist", "AZ106")
def wrong_location(subject: Subject) -> Iterator[Mutant]:
    other = {"header": "headers", "query": "params", "path": "body", "cookie": "cookies"}
    for place in subject.places("**/parameters/*/in"):
        yield fault((place.replaced(other[place.scalar]),), place.line)


@kind("an action of a type that does not exist", "AZ106")
def wrong_action(subject: Subject) -> Iterator[Mutant]:
    other = {"goto": "jump", "end": "stop", "retry": "repeat"}
    for place in subject.places(*(f"{each}/type" for each in ACTIONS)):
        yield fault((place.replaced(other[place.scalar]),), place.line)


@kind("a criterion of a type that does not exist", "AZ106", "AZ519")
def wrong_criterion(subject: Subject) -> Iterator[Mutant]:
    other = {"jsonpath": "JSONPath", "regex": "regexp", "xpath": "XPath", "simple": "plain"}
    for place in subject.places("**/successCriteria/*/type", "**/criteria/*/type"):
        if place.scalar:
            yield fault((place.replaced(other[place.scalar]),), place.line)


@kind("a source of a type that does not exist", "AZ106", "AZ519")
def wrong_source_type(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("sourceDescriptions/*/type"):
        yield fault(
            (place.replaced({"openapi": "OpenAPI"}.get(place.scalar, "workflow")),), place.line
        )


@kind("an empty list", "AZ107", "AZ106", also=("AZ212", "AZ211", "AZ413"))
def empty(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places(
        "sourceDescriptions", "workflows/*/steps", "workflows/*/steps/*/dependsOn"
    ):
        yield fault((place.replaced("[]"),), place.key_line)


@kind("a step pasted and not renamed", "AZ108", also=("AZ501", "AZ506", "AZ508"))
def step_twice(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("workflows/*/steps/*"):
        yield fault((place.repeated(),), place.last_line + 1)


@kind("a workflow pasted and not renamed", "AZ108", also=("AZ501", "AZ506", "AZ508"))
def workflow_twice(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("workflows/*"):
        yield fault((place.repeated(),), place.last_line + 1)


@kind("a source description pasted and not renamed", "AZ108")
def source_twice(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("sourceDescriptions/*"):
        yield fault((place.repeated(),), place.last_line + 1)


@kind("a step given the id of the one before it", "AZ108")
def step_named_as_before(subject: Subject) -> Iterator[Mutant]:
    for workflow in subject.places("workflows/*"):
        for before, step in pairwise(workflow.members("steps")):
            name = step.get("stepId")
            assert name is not None
            yield fault((name.replaced(before.value_of("stepId")),), name.line)


@kind("a workflow given the id of the one before it", "AZ108")
def workflow_named_as_before(subject: Subject) -> Iterator[Mutant]:
    for before, workflow in pairwise(subject.places("workflows/*")):
        name = workflow.get("workflowId")
        assert name is not None
        yield fault((name.replaced(before.value_of("workflowId")),), name.line)


@kind("a source description given the name of the one before it", "AZ108")
def source_named_as_before(subject: Subject) -> Iterator[Mutant]:
    for before, source in pairwise(subject.places("sourceDescriptions/*")):
        name = source.get("name")
        assert name is not None
        yield fault((name.replaced(before.value_of("name")),), name.line)


@kind("a parameter pasted twice", "AZ109")
def parameter_twice(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("workflows/*/parameters/*", "workflows/*/steps/*/parameters/*"):
        yield fault((place.repeated(),), place.last_line + (not place.flow))


@kind("an action pasted twice", "AZ110")
def action_twice(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places(*ACTIONS):
        if place.key is None:
            yield fault((place.repeated(),), place.last_line + 1)


@kind("a version of the specification that does not exist", "AZ102")
def wrong_version(subject: Subject) -> Iterator[Mutant]:
    place = subject.root.get("arazzo")
    assert place is not None
    for version in ("2.0.0", "0.9.0", "v1.0.1", "3.1.0"):
        yield fault((place.replaced(version),), place.line)


@kind("the field of an OpenAPI description at the top", "AZ101")
def openapi_for_arazzo(subject: Subject) -> Iterator[Mutant]:
    place = subject.root.get("arazzo")
    assert place is not None
    yield fault((place.renamed("openapi"), place.replaced("3.1.0")), 1)


@kind("a step that calls two things", "AZ113")
def two_calls(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("**/operationId", "**/operationPath"):
        mine = subject.workflow(place)
        assert mine is not None
        for other in subject.places("workflows/*/workflowId"):
            if other.scalar != mine.value_of("workflowId"):
                yield fault((place.followed(f"workflowId: {other.scalar}"),), place.line + 1)


@kind("a step that calls nothing", "AZ114")
def no_call(subject: Subject) -> Iterator[Mutant]:
    for step in subject.places("workflows/*/steps/*"):
        call = step.get("operationId") or step.get("operationPath") or step.get("workflowId")
        if call is not None:
            yield fault((call.removed(),), step.line)


@kind("a goto that leads nowhere", "AZ114", also=("AZ401",))
def no_target(subject: Subject) -> Iterator[Mutant]:
    for action in subject.places(*ACTIONS):
        target = action.get("stepId") or action.get("workflowId")
        if action.value_of("type") == "goto" and target is not None:
            yield fault((target.removed(),), action.line)


@kind("an action's field that its type does not have", "AZ115")
def misplaced(subject: Subject) -> Iterator[Mutant]:
    for action in subject.places(*ACTIONS):
        kind_of = action.get("type")
        if kind_of is not None and kind_of.scalar != "retry":
            line = kind_of.line + 1
            yield fault(
                (kind_of.followed("retryLimit: 3"),), line, codes=frozenset({"AZ115", "AZ104"})
            )


@kind("a parameter without `in`", "AZ116")
def no_location(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("**/parameters/*/in"):
        assert place.parent is not None
        yield fault((place.removed(),), place.parent.line)


@kind("a parameter of a workflow with `in`", "AZ115")
def needless_location(subject: Subject) -> Iterator[Mutant]:
    for step in subject.places("workflows/*/steps/*"):
        for parameter in step.members("parameters") if step.get("workflowId") else ():
            name = parameter.get("name")
            assert name is not None
            yield fault((name.followed("in: query"),), name.line + 1)


@kind("a criterion with a type but no context", "AZ117")
def no_context(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("**/successCriteria/*/context", "**/criteria/*/context"):
        assert place.parent is not None
        yield fault((place.removed(),), place.parent.line)


@kind("a field of a later version of the specification", "AZ104")
def later_field(subject: Subject) -> Iterator[Mutant]:
    if subject.root.value_of("arazzo").startswith("1.0"):
        for place in subject.places("workflows/*/steps/*/stepId"):
            yield fault((place.followed("timeout: 5000"),), place.line + 1)


@kind("an id with a blank in it", "AZ111", also=("AZ211",))
def blank_in_id(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("workflows/*/steps/*/stepId", "workflows/*/workflowId"):
        name = place.scalar
        if len(subject.text.split(name)) == 2:  # nothing else names it
            yield fault((place.replaced(f"{name} now"),), place.line)


@kind("an output's name with a blank in it", "AZ112")
def blank_in_output(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("workflows/*/outputs/*"):
        if f"outputs.{place.name}" not in subject.text:
            yield fault((place.renamed(f"{place.name} now"),), place.key_line)
