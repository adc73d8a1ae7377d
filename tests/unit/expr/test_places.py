"""Where things stand in the text that was read, so that carets point at them."""

from __future__ import annotations

import pytest

from arazzoc.expr.ast import Slice
from arazzoc.expr.condition import And, Comparison, Condition, Not, Reference, StringLiteral
from arazzoc.expr.condition_parser import parse_condition
from arazzoc.expr.embedded import parse_text
from arazzoc.expr.expression import parse_expression
from arazzoc.expr.jsonpath.parser import parse_query
from arazzoc.expr.jsonpath.predicate import parse_criterion
from arazzoc.expr.jsonpath.query import Comparison as QueryComparison
from arazzoc.expr.jsonpath.query import Length, Predicate, Query, RuntimeOperand
from arazzoc.expr.problem import SyntaxProblem
from arazzoc.expr.substituted import Substituted, parse_substituted


def _at(text: str, where: Slice) -> str:
    return text[where.start : where.end]


def test_an_expression_covers_its_text_inside_a_longer_one() -> None:
    text = "x $url y"
    parsed = parse_expression(text, 2, 6)
    assert not isinstance(parsed, SyntaxProblem)
    assert _at(text, parsed.where) == "$url"


def test_a_fault_is_placed_in_the_whole_text() -> None:
    text = "https://{$inputs.host}/{$input.path}"
    problem = parse_text(text)
    assert isinstance(problem, SyntaxProblem)
    assert text[problem.start : problem.end] == "$input"


def test_expressions_without_braces_tell_their_place() -> None:
    text = "Bearer $inputs.token, or $inputs.other."
    parsed = parse_text(text)
    assert not isinstance(parsed, SyntaxProblem)
    assert [_at(text, found.where) for found in parsed.braceless] == [
        "$inputs.token",
        "$inputs.other",
    ]


def test_parts_of_a_condition() -> None:
    text = "  $statusCode == 200 && !( $inputs.a == 'x' ) "
    parsed = parse_condition(text)
    assert isinstance(parsed, Condition)
    assert isinstance(parsed.root, And)
    first, second = parsed.root.operands
    assert isinstance(first, Comparison)
    assert isinstance(second, Not)
    assert isinstance(second.operand, Comparison)
    assert isinstance(second.operand.left, Reference)
    assert isinstance(second.operand.right, StringLiteral)
    assert _at(text, parsed.root.where) == text.strip()
    assert _at(text, first.where) == "$statusCode == 200"
    assert _at(text, second.where) == "!( $inputs.a == 'x' )"
    assert _at(text, second.operand.left.where) == "$inputs.a"
    assert _at(text, second.operand.right.where) == "'x'"


def test_parts_of_a_predicate() -> None:
    text = "\n $.items.length > $inputs.least\n"
    parsed = parse_criterion(text)
    assert isinstance(parsed, Predicate)
    assert isinstance(parsed.test, QueryComparison)
    left, right = parsed.test.left, parsed.test.right
    assert isinstance(left, Length)
    assert isinstance(right, RuntimeOperand)
    assert _at(text, left.where) == "$.items.length"
    assert str(left.of) == "$.items"
    assert _at(text, right.where) == "$inputs.least"


def test_a_singular_query_is_a_path() -> None:
    singular = parse_query("$.a['b c'][0]")
    several = parse_query("$.a[*]")
    assert isinstance(singular, Query)
    assert isinstance(several, Query)
    assert singular.path == ("a", "b c", 0)
    assert several.path is None


def test_embedded_expressions_tell_their_place() -> None:
    text = "^({$inputs.pattern})$"
    parsed = parse_substituted(text)
    assert isinstance(parsed, Substituted)
    assert [_at(text, found.where) for found in parsed.expressions] == ["$inputs.pattern"]
    assert str(parsed) == text
    assert parse_substituted("^2..$") is None


@pytest.mark.parametrize(
    "text",
    ["(" * 60 + "1" + ")" * 60, "!" * 60 + "1", "(" * 100_000, "{" * 100_000, "!" * 100_000],
)
def test_deep_conditions_are_refused(text: str) -> None:
    assert isinstance(parse_condition(text), SyntaxProblem)


@pytest.mark.parametrize(
    "text",
    [
        "$" + "[?@" * 60 + "]" * 60,
        "$[?" + "(" * 100_000,
        "$[?" + "length(" * 100_000,
        "!(" * 100_000,
    ],
)
def test_deep_queries_are_refused(text: str) -> None:
    assert isinstance(parse_query(text), SyntaxProblem)
    assert isinstance(parse_criterion(text), SyntaxProblem)


def test_a_long_text_takes_no_long_time() -> None:
    for text in ("$inputs." * 20_000, "$inputs.a)" + ")" * 100_000, "{$inputs.a}" * 20_000):
        parse_text(text)
