"""Slips of YAML: blanks, quotes, colons and dashes."""

from __future__ import annotations

from collections.abc import Iterator

from tests.mutations.mutant import Mutant, fault, kind
from tests.mutations.subject import Edit, Place, Subject


def _fields(subject: Subject) -> Iterator[tuple[Place, int]]:
    """The fields of steps that have a line of their own, with the offset of the line."""
    for place in subject.places("workflows/*/steps/*/*"):
        assert place.key is not None
        begin = place.key.start_mark.index - place.key.start_mark.column
        if not place.text[begin : place.key.start_mark.index].strip():
            yield place, begin


@kind("a tab in the indentation", "AZ002")
def tab(subject: Subject) -> Iterator[Mutant]:
    for place, begin in _fields(subject):
        assert place.key is not None
        yield fault((Edit(begin, place.key.start_mark.index, "\t\t"),), place.key_line)


@kind("a field one blank too far right", "AZ002")
def too_far_right(subject: Subject) -> Iterator[Mutant]:
    for place, begin in _fields(subject):
        yield fault((Edit(begin, begin, " "),), place.key_line)


@kind("a field one blank too far left", "AZ002")
def too_far_left(subject: Subject) -> Iterator[Mutant]:
    for place, begin in _fields(subject):
        yield fault((Edit(begin, begin + 1, ""),), place.key_line)


@kind("no blank behind a colon", "AZ002", "AZ105")
def no_blank(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("workflows/*/steps/*/*"):
        if place.scalar and place.key is not None and not place.flow:
            behind = place.key.end_mark.index
            yield fault((Edit(behind + 1, behind + 2, ""),), place.key_line)


@kind("a quote that is not closed", "AZ002")
def open_quote(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("workflows/*/steps/*/*", "**/parameters/*/value", "**/condition"):
        if place.scalar and place.raw[0] not in "\"'>|":
            yield fault((Edit(place.start, place.start, '"'),), place.line)


@kind("a colon in a text without quotes", "AZ002")
def colon_in_text(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("**/description", "**/summary"):
        blank = place.raw.find(" ")
        if place.raw[0] not in "\"'>|" and blank > 0 and not place.flow:
            at = place.start + blank
            yield fault((Edit(at, at, ":"),), place.line)


@kind("an expression in braces without quotes", "AZ201", "AZ105", "AZ002")
def bare_braces(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("**/parameters/*/value", "**/outputs/*"):
        if place.scalar.startswith("$") and not place.flow:
            yield fault((place.replaced(f"{{{place.raw}}}"),), place.line)


@kind("no blank behind a dash", "AZ002", "AZ104", "AZ105")
def no_blank_behind_dash(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places(
        "workflows/*/steps/*", "**/parameters/*", "**/successCriteria/*", "sourceDescriptions/*"
    ):
        if place.text[place.start - 2 : place.start] == "- ":
            yield fault((Edit(place.start - 1, place.start, ""),), place.line)


@kind("a dash left out", "AZ003", "AZ002", "AZ105", "AZ115", also=("AZ311",))
def no_dash(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places(
        "workflows/*/steps/*", "**/parameters/*", "**/successCriteria/*", "sourceDescriptions/*"
    ):
        if place.text[place.start - 2 : place.start] == "- ":
            yield fault((Edit(place.start - 2, place.start, "  "),), place.line)


@kind("a line pasted twice", "AZ003")
def line_twice(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places(
        "workflows/*/*", "workflows/*/steps/*/*", "**/parameters/*/*", "**/outputs/*"
    ):
        if place.scalar and place.raw[0] not in ">|" and not place.flow:
            yield fault((place.repeated(),), place.last_line + 1)


@kind("a version without quotes that is a number", "AZ102", "AZ120", "AZ105")
def number_for_version(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("arazzo", "info/version"):
        yield fault((place.replaced("1.0"),), place.line)


@kind(
    "a blank before the pointer, which makes it a comment",
    "AZ026",
    also=("AZ312", "AZ328", "AZ330"),
)
def pointer_in_comment(subject: Subject) -> Iterator[Mutant]:
    for token in subject.tokens(r"\$response\.body(?=#/)"):
        if token.place.raw[0] not in "\"'>|" and not token.place.flow:
            yield fault((Edit(token.end, token.end, " "),), token.line)
