"""What is of no use, and what should be in no document."""

from __future__ import annotations

from collections.abc import Iterator

from tests.mutations.kinds.values import literals
from tests.mutations.mutant import Mutant, fault, kind
from tests.mutations.subject import Edit, Subject


@kind("an input that nothing reads", "AZ430")
def unused_input(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("workflows/*/inputs/properties/*"):
        line = place.last_line + (not place.flow)
        yield fault((place.followed("colourOfCover: {type: string}"),), line)


@kind("an output of a step that nothing reads", "AZ431")
def unused_output(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("workflows/*/steps/*/outputs/*"):
        step = subject.step(place)
        if step is not None and step.get("workflowId") is None:
            yield fault((place.followed("answer: $response.body"),), place.last_line + 1)


@kind("a component that nothing uses", "AZ432")
def unused_component(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("components/inputs/*"):
        yield fault((place.followed("leftOver: {type: object}"),), place.last_line + 1)
    for place in subject.places("components/parameters/*"):
        text = "leftOver: {name: X-Left, in: header, value: a}"
        yield fault((place.followed(text),), place.last_line + 1)
    for place in subject.places("components/failureActions/*"):
        yield fault((place.followed("leftOver: {name: leftOver, type: end}"),), place.last_line + 1)


@kind("a source description that nothing uses", "AZ433", also=("AZ508",))
def unused_source(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("sourceDescriptions/*"):
        if (
            place.value_of("type") == "openapi"
            and (subject.path.parent / "spare.openapi.yaml").exists()
        ):
            item = "\n- name: leftOver\n  url: spare.openapi.yaml\n  type: openapi"
            yield fault((Edit(place.end, place.end, item),), place.last_line + 1)


@kind("a secret in a parameter", "AZ711")
def secret_parameter(subject: Subject) -> Iterator[Mutant]:
    token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhcmF6em8ifQ.dBjftJeZ4CVP-mBQlFkxk1aa2hyz0JhPzD6A3S8Q"
    for place in subject.places("workflows/*/steps/*/parameters/*"):
        value = place.get("value")
        if (
            place.value_of("name") != "IBM-API-Version"
            and place.value_of("in") == "header"
            and value is not None
            and not place.flow
        ):
            text = f"Bearer {token}" if place.value_of("name") == "Authorization" else token
            yield fault((value.replaced(f"'{text}'"),), value.line)


@kind("a password as the default of an input", "AZ711")
def secret_default(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("workflows/*/inputs/properties/accessToken"):
        kind_of = place.get("type")
        assert kind_of is not None
        yield fault(
            (kind_of.followed("default: 8f14e45fceea167a5a36dedd4bea2543"),), kind_of.line + 1
        )


@kind("a password in a URL", "AZ711")
def secret_address(subject: Subject) -> Iterator[Mutant]:
    for member, schema in literals(subject):
        if schema.get("type") == "string" and "enum" not in schema:
            text = "https://admin:h4Nt3rQx92@example.com/docs"
            yield fault((member.replaced(text),), member.line)


@kind("a secret in a query", "AZ712", also=("AZ310",))
def secret_in_query(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("workflows/*/steps/*/parameters/*/value"):
        if place.scalar.endswith("$inputs.accessToken") and place.parent is not None:
            location, name = place.parent.get("in"), place.parent.get("name")
            assert location is not None
            assert name is not None
            edits = (name.replaced("access_token"), location.replaced("query"))
            yield fault(edits, place.line)
