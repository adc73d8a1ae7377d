"""Predicates in the words of simple conditions."""

from __future__ import annotations

import pytest

from arazzoc.expr.jsonpath.predicate import parse_criterion
from arazzoc.expr.jsonpath.query import Predicate
from arazzoc.types.plainly import plainly


def said(predicate: str, context: str = "$response.body") -> str | None:
    parsed = parse_criterion(predicate)
    assert isinstance(parsed, Predicate)
    return plainly(parsed.test, context)


@pytest.mark.parametrize(
    ("predicate", "plain"),
    [
        (
            '$.status == "Queued" || $.status == "Running"',
            "$response.body#/status == 'Queued' || $response.body#/status == 'Running'",
        ),
        (
            "$.a == 1 && ($.b == true || $.b == null)",
            "$response.body#/a == 1 && ($response.body#/b == true || $response.body#/b == null)",
        ),
        ("$.items[0]['a/b'] == 'it\\'s'", "$response.body#/items/0/a~1b == 'it''s'"),
        ("$.items.length > 0", None),
        ("!($.a == 1)", None),
        (" || ".join(f"$.a == {number}" for number in range(20)), None),
    ],
)
def test_a_predicate_is_said_plainly_where_it_can_be(predicate: str, plain: str | None) -> None:
    assert said(predicate) == plain


def test_a_context_with_a_pointer_is_continued() -> None:
    assert said("$.a == 1", "$response.body#/job") == "$response.body#/job/a == 1"
