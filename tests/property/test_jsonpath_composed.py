"""A JSONPath that only a run knows means what it would if the document stated it."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, reject, settings
from jsonpath_rfc9535 import JSONPathEnvironment
from jsonpath_rfc9535.exceptions import JSONPathError

from arazzoc.expr.jsonpath.parser import parse_query
from arazzoc.expr.jsonpath.query import Query
from arazzoc.runtime.errors import InvalidQuery
from arazzoc.runtime.jsonpath import in_literal, path_holds, path_value
from tests.property.test_jsonpath_found import documents, names, queries
from tests.queries import compile_query


def _stated(text: str) -> Query:
    """The query; the library refuses a few legal ones, which cannot be asked in a run."""
    query = parse_query(text)
    assert isinstance(query, Query), query
    try:
        JSONPathEnvironment().compile(text)
    except JSONPathError:
        reject()
    return query


@settings(max_examples=300, deadline=None)
@given(queries, documents)
def test_a_criterion_holds_for_the_same_values(text: str, document: Any) -> None:
    compiled = compile_query(_stated(text))
    expected = document is not None and compiled.function(compiled.holds)(document)
    assert path_holds(text, document) is expected, compiled.holds


@settings(max_examples=300, deadline=None)
@given(queries, documents)
def test_a_selector_gives_the_same_values(text: str, document: Any) -> None:
    query = _stated(text)
    found = compile_query(query).run(document)
    expected = found if not query.singular else found[0] if found else None
    assert json.dumps(path_value(text, document, "step a", "")) == json.dumps(expected)


@settings(max_examples=200, deadline=None)
@given(queries)
def test_what_is_cut_off_is_no_query_or_another_one(text: str) -> None:
    for end in range(len(text)):
        try:
            path_value(text[:end], {}, "step a", "")
        except InvalidQuery:
            assert not path_holds(text[:end], {})


@given(names, names)
def test_text_in_a_literal_is_that_text(name: str, other: str) -> None:
    document = {name + "'\"\\" + other: 1}
    for quote in "'\"":
        path = f"$[{quote}{in_literal(name + chr(39) + chr(34) + chr(92) + other)}{quote}]"
        assert path_value(path, document, "step a", "") == 1
