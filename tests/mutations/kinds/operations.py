"""Steps against the operations that they call: which one, with which parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tests.mutations.called import Called, called
from tests.mutations.mutant import Mutant, fault, kind
from tests.mutations.subject import Place, Subject, misspelt

Schema = Mapping[str, Any]


def passed(subject: Subject) -> Iterator[tuple[Place, Called, Schema]]:
    """The parameters that steps state themselves, with what the operation declares of them."""
    for step in subject.places("workflows/*/steps/*"):
        operation = called(subject, step)
        for parameter in step.members("parameters") if operation else ():
            assert operation is not None
            key = parameter.value_of("name"), parameter.value_of("in")
            if key in operation.parameters:
                yield parameter, operation, operation.parameters[key]


@kind("an operation misspelt", "AZ301")
def misspelt_operation(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("**/operationId"):
        before, dot, name = place.scalar.rpartition(".")
        yield fault((place.replaced(before + dot + misspelt(name)),), place.line)


@kind("an operation renamed in the description", "AZ301")
def renamed_operation(subject: Subject) -> Iterator[Mutant]:
    for file, description in subject.descriptions.items():
        for place in description.places("paths/*/*/operationId"):
            users = [
                each
                for each in subject.places("**/operationId")
                if each.scalar.rpartition(".")[2] == place.scalar
            ]
            if users:
                yield fault(
                    (place.replaced(f"{place.scalar}2"),),
                    *(each.line for each in users),
                    source=file,
                )


@kind("an operation of another source", "AZ301")
def other_source(subject: Subject) -> Iterator[Mutant]:
    names = [
        place.value_of("name")
        for place in subject.places("sourceDescriptions/*")
        if place.value_of("type") == "openapi"
    ]
    for token in subject.tokens(r"\$sourceDescriptions\.(\w+)", "**/operationId"):
        for name in names:
            if name != token.text:
                yield fault((token.replaced(name),), token.line)


@kind("a path of an operation that does not exist", "AZ303")
def wrong_path(subject: Subject) -> Iterator[Mutant]:
    for token in subject.tokens(r"#/paths/~1(\w+)", "**/operationPath"):
        yield fault((token.replaced(misspelt(token.text)),), token.line)


@kind("a method that the path does not have", "AZ303")
def wrong_method(subject: Subject) -> Iterator[Mutant]:
    for token in subject.tokens(r"#/paths/.*/(\w+)'?$", "**/operationPath"):
        yield fault((token.replaced("patch"),), token.line)


@kind("a path whose slashes are not escaped", "AZ520")
def unescaped_path(subject: Subject) -> Iterator[Mutant]:
    for token in subject.tokens(r"#/paths/(~1.*)/\w+'?$", "**/operationPath"):
        yield fault((token.replaced(token.text.replace("~1", "/")),), token.line)


@kind("a required parameter left out", "AZ311")
def no_parameter(subject: Subject) -> Iterator[Mutant]:
    for parameter, _, declared in passed(subject):
        if declared.get("required"):
            step = subject.step(parameter)
            assert step is not None
            call = step.get("operationId") or step.get("operationPath")
            assert call is not None
            yield fault((parameter.removed(),), call.line)


@kind("a parameter misspelt", "AZ310", "AZ311")
def misspelt_parameter(subject: Subject) -> Iterator[Mutant]:
    for parameter, _, _ in passed(subject):
        name = parameter.get("name")
        assert name is not None
        yield fault((name.replaced(misspelt(name.scalar)),), name.line)


@kind("credentials left out in one of several steps", "AZ715")
def forgotten_credentials(subject: Subject) -> Iterator[Mutant]:
    for parameter, call, alone in credentials(subject):
        if not alone:
            yield fault((parameter.removed(),), call.line)


@kind("credentials left out in the only step that has them", "AZ714", also=("AZ430",))
def no_credentials(subject: Subject) -> Iterator[Mutant]:
    for parameter, call, alone in credentials(subject):
        if alone:
            yield fault((parameter.removed(),), call.line)


@kind("the name of credentials misspelt", "AZ310")
def misspelt_credentials(subject: Subject) -> Iterator[Mutant]:
    for parameter, _, _ in credentials(subject):
        name = parameter.get("name")
        assert name is not None
        yield fault((name.replaced(misspelt(name.scalar)),), name.line)


def credentials(subject: Subject) -> Iterator[tuple[Place, Place, bool]]:
    """The parameters with credentials, what their steps call, and whether no other step has them."""
    found = [
        (parameter, step)
        for step in subject.places("workflows/*/steps/*")
        for parameter in step.members("parameters")
        if parameter.value_of("name") == "Authorization"
    ]
    for parameter, step in found:
        call = step.get("operationId") or step.get("operationPath")
        source = called(subject, step)
        assert call is not None
        assert source is not None
        others = (called(subject, each) for _, each in found if each is not step)
        yield parameter, call, all(
            other is None or other.source != source.source for other in others
        )


@kind("a parameter at another place", "AZ514", "AZ310", "AZ311")
def moved_parameter(subject: Subject) -> Iterator[Mutant]:
    other = {"path": "query", "query": "header", "header": "query", "cookie": "header"}
    for parameter, _, _ in passed(subject):
        place = parameter.get("in")
        assert place is not None
        yield fault((place.replaced(other[place.scalar]),), place.line)


@kind("a number written out in a parameter", "AZ313")
def text_for_number(subject: Subject) -> Iterator[Mutant]:
    for parameter, _, declared in passed(subject):
        value = parameter.get("value")
        if value is not None and declared["schema"].get("type") in ("integer", "number"):
            yield fault((value.replaced("ten"),), value.line)


@kind("a number that the parameter's schema rules out", "AZ313")
def number_out_of_range(subject: Subject) -> Iterator[Mutant]:
    for parameter, _, declared in passed(subject):
        value = parameter.get("value")
        if value is not None and "maximum" in declared["schema"]:
            yield fault((value.replaced(str(declared["schema"]["maximum"] + 1)),), value.line)


@kind("a parameter's literal that its enum does not have", "AZ313")
def misspelt_literal(subject: Subject) -> Iterator[Mutant]:
    for parameter, _, declared in passed(subject):
        value = parameter.get("value")
        schema = declared["schema"]
        enum = schema.get("enum") or schema.get("items", {}).get("enum")
        for each in [value, *value.children()] if value is not None and enum else ():
            if each.scalar and not each.scalar.startswith("$"):
                yield fault((each.replaced(misspelt(each.scalar)),), each.line)


@kind("a list for a parameter that takes one value", "AZ312", "AZ313")
def list_for_one(subject: Subject) -> Iterator[Mutant]:
    for parameter, _, declared in passed(subject):
        value = parameter.get("value")
        scalar = declared["schema"].get("type") in ("string", "integer", "boolean")
        if value is not None and scalar and not value.flow:
            yield fault((value.replaced("[a, b]"),), value.line)


@kind(
    "an input of another type than the parameter that it fills",
    "AZ314",
    "AZ312",
    "AZ328",
    also=("AZ330",),
)
def other_type(subject: Subject) -> Iterator[Mutant]:
    for parameter, _, declared in passed(subject):
        yield from retyped(subject, parameter.get("value"), declared["schema"])


def retyped(subject: Subject, value: Place | None, schema: Schema) -> Iterator[Mutant]:
    """The input that `value` reads, declared as another type than `schema` has."""
    other = {"string": "array", "integer": "boolean", "boolean": "number", "array": "object"}
    kind_of = schema.get("type")
    workflow = subject.workflow(value) if value is not None else None
    if value is None or workflow is None or not value.scalar.startswith("$inputs."):
        return
    place = ("inputs", "properties", value.scalar.removeprefix("$inputs."))
    declared, default = workflow.get(*place, "type"), workflow.get(*place, "default")
    if declared is None or declared.scalar != kind_of or kind_of not in other:
        return
    edits = (declared.replaced(other[kind_of]),)
    if default is None:
        yield fault(edits, value.line)
    else:  # one of the two is wrong, and nobody but the author knows which
        yield fault(edits, default.line, codes=frozenset(("AZ331",)))


@kind("a request without its body", "AZ320")
def no_body(subject: Subject) -> Iterator[Mutant]:
    for step in subject.places("workflows/*/steps/*"):
        operation, body = called(subject, step), step.get("requestBody")
        if operation is not None and operation.required_body and body is not None:
            call = step.get("operationId") or step.get("operationPath")
            assert call is not None
            yield fault((body.removed(),), call.line)


@kind("a body for an operation without one", "AZ323")
def needless_body(subject: Subject) -> Iterator[Mutant]:
    for step in subject.places("workflows/*/steps/*"):
        operation, call = called(subject, step), step.get("operationId")
        if operation is not None and operation.body is None and call is not None:
            body = call.followed("requestBody: {payload: {reason: none}}")
            yield fault((body,), call.line + 1)


@kind("a media type that the operation does not take", "AZ321", also=("AZ340", "AZ806"))
def wrong_media_type(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("**/requestBody/contentType"):
        for other in ("application/xml", "text/plain"):
            yield fault((place.replaced(other),), place.line)
