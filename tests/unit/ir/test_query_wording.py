"""JSONPath queries in few words, as dumps of a graph show them."""

from __future__ import annotations

import pytest

from arazzoc.expr.jsonpath.parser import parse_query
from arazzoc.expr.jsonpath.query import Query
from arazzoc.ir.wording import test_words as words_of_test
from arazzoc.types.queries import QueryReader
from arazzoc.types.resolve import Problem, Resolved
from arazzoc.types.schema import SchemaTypes
from arazzoc.types.value import ResponseBody


def _unresolved(expression: object) -> Resolved | Problem:
    raise AssertionError(expression)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("$.jobs", "exists body#/jobs?"),
        ("$.jobs[-1].id", 'exists body["jobs"][-1]["id"]?'),
        ("$.jobs[*]", "finds item 1 in children of body#/jobs, item 1"),
        ("$..id", "finds item 1 in descendants of body, item 1#/id?"),
        (
            "$[1:]['a', 0]",
            "finds item 1 in [1:] of body, item 1#/a? or finds item 2 in [1:] of body, item 2[0]?",
        ),
        (
            "$.jobs[?@.status == 'open'].id",
            'finds item 1 in children where (item 1#/status? == "open" [jsonpath]) of body#/jobs, item 1#/id?',
        ),
        (
            "$[?match(@.id, 'a') && count(@.*) > 2]",
            'finds item 1 in candidates where (item 1#/id? fits "a" and '
            "count of (item 2 in children of item 1, item 2) > 2 [jsonpath]) of body, item 1",
        ),
        (
            "$.jobs[?length(@.a) == value(@..b)]",
            "finds item 1 in children where (length of item 1#/a? == "
            "sole of (item 2 in descendants of item 1, item 2#/b?)? [jsonpath]) of body#/jobs, item 1",
        ),
    ],
)
def test_queries(text: str, words: str) -> None:
    query = parse_query(text)
    assert isinstance(query, Query)
    reader = QueryReader(ResponseBody(), SchemaTypes(lambda node: node), _unresolved)
    assert words_of_test(reader.criterion(query)) == words
