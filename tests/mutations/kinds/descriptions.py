"""Faults of the OpenAPI descriptions, in what the workflows use of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tests.mutations.mutant import Mutant, fault, kind
from tests.mutations.subject import Place, Subject, misspelt

_METHODS: Final = ("get", "post", "put", "patch", "delete")


def _used(subject: Subject) -> Iterator[tuple[str, Subject]]:
    """The descriptions that the document calls operations of."""
    for place in subject.places("sourceDescriptions/*/url"):
        file = place.scalar.removeprefix("./")
        if file in subject.descriptions:
            yield file, subject.descriptions[file]


def _operations(subject: Subject, description: Subject) -> Iterator[tuple[str, str]]:
    """The addresses and methods of the operations that the document calls."""
    ids = {each.scalar.rpartition(".")[2] for each in subject.places("**/operationId")}
    for place in description.places("paths/*/*/operationId"):
        if place.scalar in ids:
            yield str(place.route[1]), str(place.route[2])


@kind("a reference in a description that leads nowhere", "AZ604")
def dangling(subject: Subject) -> Iterator[Mutant]:
    for file, description in _used(subject):
        used = set(_operations(subject, description))
        for place in description.places("**/$ref"):
            if place.route[0] == "paths" and (place.route[1], place.route[2]) in used:
                before, slash, name = place.scalar.rpartition("/")
                edit = place.replaced(f"'{before}{slash}{misspelt(name)}'")
                yield fault((edit,), place.line, source=file)


@kind("a parameter of a description without `in`", "AZ602", "AZ605")
def no_location(subject: Subject) -> Iterator[Mutant]:
    for file, description in _used(subject):
        used = set(_operations(subject, description))
        for place in description.places("paths/*/*/parameters/*/in"):
            if (place.route[1], place.route[2]) in used:
                assert place.parent is not None
                yield fault((place.removed(),), place.parent.line, source=file)


@kind("a security scheme that is not defined", "AZ606")
def unknown_scheme(subject: Subject) -> Iterator[Mutant]:
    for file, description in _used(subject):
        for place in description.places("security/*/*"):
            edit = place.renamed(misspelt(place.name))
            yield fault((edit,), place.key_line, source=file)


@kind("a parameter of the path that the operation does not declare", "AZ602", also=("AZ311",))
def undeclared_in_path(subject: Subject) -> Iterator[Mutant]:
    for file, description in _used(subject):
        used = dict(_operations(subject, description))
        for place in description.places("paths/*"):
            assert place.key is not None
            if place.name in used and "{" not in place.name and not place.flow:
                edit = place.renamed(f"{place.name}/{{part}}")
                lines = range(place.key_line, place.last_line + 1)
                yield fault((edit,), *lines, source=file)


@kind("a plain `http` server that gets credentials", "AZ713")
def plain_http(subject: Subject) -> Iterator[Mutant]:
    for file, description in _used(subject):
        place = description.root.get("servers", 0, "url")
        if place is None or not list(description.places("components/securitySchemes/*")):
            continue
        edit = place.replaced(place.scalar.replace("https:", "http:"))
        steps = (each for each in subject.places("workflows/*/steps/*"))
        yield fault((edit,), *(line for each in steps for line in _lines(each)), source=file)


def _lines(place: Place) -> Iterator[int]:
    yield from range(place.line, place.last_line + 1)
