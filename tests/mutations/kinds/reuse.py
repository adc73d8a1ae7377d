"""Faults of what is referred to: components, schemas, sources."""

from __future__ import annotations

from collections.abc import Iterator

from tests.mutations.mutant import Mutant, fault, kind
from tests.mutations.subject import Subject, misspelt


@kind("a component misspelt where it is used", "AZ118")
def misspelt_component(subject: Subject) -> Iterator[Mutant]:
    for token in subject.tokens(r"\$components\.\w+\.(\w+)", "**/reference"):
        yield fault((token.replaced(misspelt(token.text)),), token.line)


@kind("a component renamed where it is defined", "AZ118", "AZ008", also=("AZ210",))
def renamed_component(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("components/*/*"):
        users = [
            *subject.tokens(rf"\$components\.\w+\.({place.name})$", "**/reference"),
            *subject.tokens(rf"#/components/inputs/({place.name})(?='|\")", "**/$ref"),
        ]
        if users:
            yield fault((place.renamed(f"{place.name}2"),), *(each.line for each in users))


@kind("a component of another kind", "AZ119", "AZ118")
def other_kind(subject: Subject) -> Iterator[Mutant]:
    for token in subject.tokens(r"\$components\.(\w+)\.", "**/reference"):
        yield fault((token.replaced("successActions"),), token.line)


@kind("a kind of component that does not exist", "AZ118", "AZ119", "AZ201")
def no_such_kind(subject: Subject) -> Iterator[Mutant]:
    for token in subject.tokens(r"\$components\.(\w+)\.", "**/reference"):
        yield fault((token.replaced(token.text[:-1]),), token.line)


@kind("`$ref` for `reference`", "AZ122")
def ref_for_reference(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("**/*/reference"):
        if not place.scalar.startswith("$components."):
            continue
        kind_of, name = place.scalar.split(".")[1:3]
        edits = (place.renamed("$ref"), place.replaced(f"'#/components/{kind_of}/{name}'"))
        yield fault(edits, place.line)


@kind("a schema referred to that is not there", "AZ008")
def dangling(subject: Subject) -> Iterator[Mutant]:
    for token in subject.tokens(r"#/components/inputs/(\w+)", "**/$ref"):
        yield fault((token.replaced(misspelt(token.text)),), token.line)


@kind("a schema referred to without `#`", "AZ001", "AZ007", "AZ008", "AZ022")
def no_fragment(subject: Subject) -> Iterator[Mutant]:
    for token in subject.tokens(r"(#)/components/inputs/\w+", "**/$ref"):
        yield fault((token.replaced(""),), token.line)


@kind("the file of a source misspelt", "AZ001", also=("AZ304",))
def misspelt_file(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("sourceDescriptions/*/url"):
        stem, dot, suffix = place.scalar.rpartition(".openapi.")
        if not dot:
            stem, dot, suffix = place.scalar.rpartition(".")
        yield fault((place.replaced(misspelt(stem) + dot + suffix),), place.line)


@kind("the network address of a source", "AZ006", also=("AZ304",))
def network(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("sourceDescriptions/*/url"):
        yield fault((place.replaced("https://example.com/openapi.yaml"),), place.line)


@kind("a source of the other type", "AZ601", "AZ101", "AZ602", also=("AZ304",))
def other_type(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("sourceDescriptions/*/type"):
        other = {"openapi": "arazzo"}.get(place.scalar, "openapi")
        yield fault((place.replaced(other),), place.line)


@kind("a source renamed, and not what names it", "AZ213")
def renamed_source(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("sourceDescriptions/*/name"):
        users = list(subject.tokens(rf"\$sourceDescriptions\.({place.scalar})\b"))
        if users:
            yield fault((place.replaced(f"{place.scalar}2"),), *(each.line for each in users))
