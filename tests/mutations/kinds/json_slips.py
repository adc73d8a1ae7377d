"""Slips of JSON, in the same documents written as JSON."""

from __future__ import annotations

from collections.abc import Iterator

from tests.mutations.mutant import Mutant, fault, kind
from tests.mutations.subject import Edit, Place, Subject


def _members(subject: Subject) -> Iterator[Place]:
    yield from subject.places("*/*", "workflows/*/*", "workflows/*/steps/*/*")


def _lasts(subject: Subject) -> Iterator[Place]:
    for place in _members(subject):
        assert place.parent is not None
        if place.route == list(place.parent.children())[-1].route:
            yield place


@kind("JSON: a comma behind the last member", "AZ004", json=True)
def trailing_comma(subject: Subject) -> Iterator[Mutant]:
    for place in _lasts(subject):
        yield fault((Edit(place.end, place.end, ","),), place.last_line)


@kind("JSON: no comma between two members", "AZ004", json=True)
def no_comma(subject: Subject) -> Iterator[Mutant]:
    lasts = {place.route for place in _lasts(subject)}
    for place in _members(subject):
        if place.route not in lasts and place.key is not None:
            yield fault((Edit(place.end, place.end + 1, ""),), place.last_line)


@kind("JSON: single quotes", "AZ004", json=True)
def single_quotes(subject: Subject) -> Iterator[Mutant]:
    for place in _members(subject):
        if place.scalar and "'" not in place.raw:
            yield fault((place.replaced(f"'{place.scalar}'"),), place.line)


@kind("JSON: a comment", "AZ004", json=True)
def comment(subject: Subject) -> Iterator[Mutant]:
    for place in _members(subject):
        if place.key is not None:
            at = place.key.start_mark.index
            yield fault((Edit(at, at, "// note\n"),), place.key_line)
