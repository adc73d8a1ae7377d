"""What is printed is read again as it was, and no text makes a parser fall over."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from arazzoc.expr.ast import Expression, ExpressionText
from arazzoc.expr.condition import Condition, ConditionNode
from arazzoc.expr.condition_parser import parse_condition
from arazzoc.expr.embedded import parse_text
from arazzoc.expr.expression import parse_expression
from arazzoc.expr.jsonpath.goessner import goessner_problem
from arazzoc.expr.jsonpath.parser import parse_query
from arazzoc.expr.jsonpath.predicate import parse_criterion
from arazzoc.expr.jsonpath.query import Query
from arazzoc.expr.problem import SyntaxProblem
from arazzoc.expr.regex import check_regex
from tests.property.expressions import conditions, expressions, queries

PARSERS = (
    parse_expression,
    parse_text,
    parse_condition,
    parse_query,
    parse_criterion,
    goessner_problem,
    check_regex,
)
PIECES = (
    *"$@.#/~{}[]()'\"\\!=<>&|,:?* 0-",
    "$inputs.a",
    "$steps.s.outputs.",
    "$response.body",
    "{$",
    "==",
    "&&",
    "||",
    "true",
    "1e5",
    "length(",
    "a",
    "é",
)


@given(expressions)
def test_expressions(expression: Expression) -> None:
    assert parse_expression(str(expression)) == expression


@given(expressions)
def test_places_of_expressions(expression: Expression) -> None:
    text = f"before {{{expression}}}, after"
    parsed = parse_text(text)
    assert isinstance(parsed, ExpressionText)
    (found,) = [part for part in parsed.parts if not isinstance(part, str)]
    assert text[found.where.start : found.where.end] == str(expression)
    assert str(parsed) == text


@given(conditions)
def test_conditions(node: ConditionNode) -> None:
    assert parse_condition(str(node)) == Condition(node)


@given(queries)
def test_queries(query: Query) -> None:
    assert parse_query(str(query)) == query


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=20))
def test_any_text_has_an_answer(text: str) -> None:
    for parse in PARSERS:
        parsed = parse(text)
        if isinstance(parsed, SyntaxProblem):
            assert 0 <= parsed.start <= parsed.end <= len(text)


@given(st.lists(st.sampled_from(PIECES), max_size=10).map("".join))
def test_printing_what_was_read_changes_nothing(text: str) -> None:
    for parse in (parse_expression, parse_condition, parse_query):
        parsed = parse(text)
        if not isinstance(parsed, SyntaxProblem):
            assert parse(str(parsed)) == parsed
