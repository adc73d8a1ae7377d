"""Faults of criteria: their notation, and what can never hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.mutations.called import called
from tests.mutations.mutant import Mutant, fault, kind
from tests.mutations.subject import Edit, Place, Subject, misspelt

_CONDITIONS = ("**/successCriteria/*/condition", "**/criteria/*/condition")


def conditions(subject: Subject, wanted: str = "simple") -> Iterator[Place]:
    """The conditions of a type."""
    for place in subject.places(*_CONDITIONS):
        owner = place.parent
        assert owner is not None
        stated = owner.value_of("type") or owner.value_of("type", "type") or "simple"
        if stated == wanted:
            yield place


@kind("`=` for `==`", "AZ202")
def one_equals(subject: Subject) -> Iterator[Mutant]:
    for place in conditions(subject):
        for token in place.tokens(r"(==) "):
            yield fault((token.replaced("="),), token.line)


@kind("`===` for `==`", "AZ202")
def three_equals(subject: Subject) -> Iterator[Mutant]:
    for place in conditions(subject):
        for token in place.tokens(r"(==) "):
            yield fault((token.replaced("==="),), token.line)


@kind("`and` and `or` for `&&` and `||`", "AZ202")
def words(subject: Subject) -> Iterator[Mutant]:
    for place in conditions(subject):
        for token in place.tokens(r"&&|\|\|"):
            yield fault((token.replaced({"&&": "and"}.get(token.text, "or")),), token.line)


@kind("an operator missing between two comparisons", "AZ202")
def no_operator(subject: Subject) -> Iterator[Mutant]:
    for place in conditions(subject):
        for token in place.tokens(r"&&|\|\|"):
            yield fault((token.replaced(""),), token.line)


@kind("a text in a condition that is not closed", "AZ202")
def open_text(subject: Subject) -> Iterator[Mutant]:
    for place in conditions(subject):
        for token in place.tokens(r"'\w+(')"):
            yield fault((token.replaced(""),), token.line)


@kind("a text in a condition without quotes", "AZ202", "AZ420")
def bare_text(subject: Subject) -> Iterator[Mutant]:
    for place in conditions(subject):
        for token in place.tokens(r"'[A-Za-z]\w*'"):
            yield fault((token.replaced(token.text.strip("'")),), token.line)


@kind("a text in a condition in double quotes", "AZ505")
def double_quotes(subject: Subject) -> Iterator[Mutant]:
    for place in conditions(subject):
        for token in place.tokens(r"'\w+'"):
            yield fault((token.replaced(token.text.replace("'", '"')),), token.line)


@kind("a parenthesis that is not closed", "AZ202")
def open_parenthesis(subject: Subject) -> Iterator[Mutant]:
    for place in conditions(subject):
        if place.raw[0] not in "\"'>|":
            yield fault((Edit(place.start, place.start, "("),), place.line)


@kind("a condition cut short", "AZ202")
def cut_short(subject: Subject) -> Iterator[Mutant]:
    for place in conditions(subject):
        for token in place.tokens(r"== ('?\w+'?)\s*$"):
            yield fault((token.replaced(""),), token.line)


@kind("braces around a condition", "AZ507")
def braces(subject: Subject) -> Iterator[Mutant]:
    for place in conditions(subject):
        for token in place.tokens(r"(\$statusCode) [=<>]"):
            text = f"'{{{place.scalar}}}'"
            if token.start == place.start and "'" not in place.raw:
                yield fault((place.replaced(text),), token.line)


@kind("a regular expression that does not compile", "AZ204")
def bad_regex(subject: Subject) -> Iterator[Mutant]:
    for place in conditions(subject, "regex"):
        for wrong in ("^(shipped", "shipped)", "^[a-$", "*paid"):
            yield fault((place.replaced(f"'{wrong}'"),), place.line)


@kind("a JSONPath that is none", "AZ203", "AZ506")
def bad_jsonpath(subject: Subject) -> Iterator[Mutant]:
    for place in conditions(subject, "jsonpath"):
        if "?" in place.raw or "[" in place.raw:
            for wrong in (
                "$.items[?(@.x = 1)]",
                "$.items[?@.x == 'a']]",
                "$items",
                "$.items[",
                "items",
            ):
                yield fault((place.replaced(f'"{wrong}"'),), place.line)


@kind("an XPath that is none", "AZ206")
def bad_xpath(subject: Subject) -> Iterator[Mutant]:
    for place in conditions(subject, "xpath"):
        for wrong in ("//invoice[@paid = 'true'", "//invoice[", "//@", "/invoice/"):
            yield fault((place.replaced(f'"{wrong}"'),), place.line)


@kind("a literal in a condition that its enum does not have", "AZ420")
def misspelt_literal(subject: Subject) -> Iterator[Mutant]:
    for place in conditions(subject):
        for token in place.tokens(r"(?:status|state) [!=]= '(\w+)'"):
            yield fault((token.replaced(misspelt(token.text)),), token.line)


@kind("a literal in a JSONPath that its enum does not have", "AZ420")
def misspelt_jsonpath_literal(subject: Subject) -> Iterator[Mutant]:
    for place in conditions(subject, "jsonpath"):
        for token in place.tokens(r"(?:status|state) [!=]= [\"'](\w+)[\"']"):
            yield fault((token.replaced(misspelt(token.text)),), token.line)


@kind("a member misspelt in a JSONPath", "AZ221", "AZ222")
def misspelt_jsonpath_member(subject: Subject) -> Iterator[Mutant]:
    for place in conditions(subject, "jsonpath"):
        for token in place.tokens(r"[$@]\.(\w+)"):
            yield fault((token.replaced(misspelt(token.text)),), token.line)


@kind("a member misspelt in a selector", "AZ221", "AZ222")
def misspelt_selector(subject: Subject) -> Iterator[Mutant]:
    for token in subject.tokens(r"[./](\w+)", "**/selector"):
        yield fault((token.replaced(misspelt(token.text)),), token.line)


@kind("a status compared with text", "AZ420")
def text_for_status(subject: Subject) -> Iterator[Mutant]:
    for place in conditions(subject):
        for token in place.tokens(r"\$statusCode == (\d+)"):
            yield fault((token.replaced("'OK'"),), token.line)


@kind("a truth value in quotes", "AZ420")
def truth_in_quotes(subject: Subject) -> Iterator[Mutant]:
    for place in conditions(subject):
        for token in place.tokens(r"(true|false)$"):
            yield fault((token.replaced(f"'{token.text}'"),), token.line)


@kind("two statuses at once", "AZ420")
def two_statuses(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("**/successCriteria/*"):
        condition = place.get("condition")
        if condition is not None and condition.scalar.startswith("$statusCode == "):
            at = condition.end
            yield fault((Edit(at, at, " && $statusCode == 418"),), condition.line)


@kind("two statuses in two criteria", "AZ420")
def contradiction(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("**/successCriteria/*"):
        condition = place.get("condition")
        if condition is not None and condition.scalar.startswith("$statusCode == "):
            start = subject.text.rindex("\n", 0, place.start) + 1
            head = subject.text[start : place.start]
            other = f"\n{head}condition: $statusCode == 206"
            assert place.parent is not None
            lines = range(place.parent.line, place.parent.last_line + 2)
            yield fault((Edit(place.end, place.end, other),), *lines)


@kind("a status out of range", "AZ420")
def no_status(subject: Subject) -> Iterator[Mutant]:
    for place in conditions(subject):
        for token in place.tokens(r"\$statusCode == (\d+)"):
            yield fault((token.replaced("2000"),), token.line)


@kind("a success that the operation does not answer", "AZ422")
def undocumented(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("workflows/*/steps/*/successCriteria/*/condition"):
        step = subject.step(place)
        assert step is not None
        operation = called(subject, step)
        match = re.fullmatch(r"\$statusCode == (\d+)", place.scalar)
        for other in ("200", "201", "202", "204") if operation and match else ():
            assert operation is not None
            if other not in operation.responses and "default" not in operation.responses:
                yield fault((place.replaced(f"$statusCode == {other}"),), place.line)


@kind("an action for a success that the operation does not answer", "AZ420", "AZ422")
def undocumented_in_action(subject: Subject) -> Iterator[Mutant]:
    for place in conditions(subject):
        step = subject.step(place)
        if step is None or place.route[4] not in ("onFailure", "onSuccess"):
            continue
        operation = called(subject, step)
        answers = set(operation.responses) if operation is not None else {"default"}
        for other in ("200", "201", "202", "204"):
            if not answers & {other, "default"}:
                yield fault((place.replaced(f"$statusCode == {other}"),), place.line)


@kind("a criterion stated twice", "AZ421")
def criterion_twice(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("**/successCriteria/*"):
        yield fault((place.repeated(),), place.last_line + 1, place.last_line + 2)
