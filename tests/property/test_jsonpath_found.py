"""Compiled queries find what another implementation of RFC 9535 finds."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, reject, settings
from hypothesis import strategies as st
from jsonpath_rfc9535 import JSONPathEnvironment
from jsonpath_rfc9535.exceptions import JSONPathError

from arazzoc.expr.jsonpath.parser import parse_query
from arazzoc.expr.jsonpath.query import Query
from tests.queries import compile_query

ORACLE = JSONPathEnvironment()
NAMES = ("a", "b", "0", "")
TEXTS = ("a", "b", "ab", "A", "", "a\nb")
PATTERNS = ("a", "a.*", "[ab]+", "^a", "b$", "(a|b){2}", ".", "\\p{Lu}", "[^a]", "(", "a**", "a|")

names = st.sampled_from(NAMES)
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from((0, 1, 2, -1, 1.0, 1.5, 2**60)),
    st.sampled_from(TEXTS),
)
documents = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=3),
    max_leaves=12,
)
literals = scalars.map(lambda value: json.dumps(value, ensure_ascii=False))
bounds = st.integers(-3, 3).map(str) | st.just("")
steps = st.one_of(
    names.map(lambda name: f"['{name}']"),
    st.sampled_from((".a", ".b")),
    st.integers(-2, 2).map(lambda index: f"[{index}]"),
)
roots = st.sampled_from("@@@$")
plain_selectors = st.one_of(
    names.map(lambda name: f"'{name}'"),
    st.integers(-2, 2).map(str),
    st.just("*"),
    st.tuples(bounds, bounds, bounds).map(":".join),
)


@st.composite
def singular(draw: st.DrawFn) -> str:
    """A query to one node at most."""
    return draw(roots) + "".join(draw(st.lists(steps, max_size=2)))


@st.composite
def path(draw: st.DrawFn, depth: int) -> str:
    """One or two segments, with filters nested to a depth."""
    text = ""
    for _ in range(draw(st.integers(1, 2))):
        if draw(st.booleans()):
            text += draw(steps)
            continue
        selectors = (
            plain_selectors | logical(depth - 1).map("?{}".format) if depth else plain_selectors
        )
        several = draw(st.lists(selectors, min_size=1, max_size=2))
        text += draw(st.sampled_from(("", "", ".."))) + f"[{','.join(several)}]"
    return text


@st.composite
def operand(draw: st.DrawFn, depth: int) -> str:
    """What can be compared."""
    kind = draw(st.sampled_from(("literal", "query", "length", "count", "value")))
    if kind == "literal":
        return draw(literals)
    if kind == "query":
        return draw(singular())
    return f"{kind}({draw(singular()) if kind == 'length' else draw(roots) + draw(path(depth))})"


@st.composite
def logical(draw: st.DrawFn, depth: int) -> str:
    """What a filter tests."""
    tests: list[str] = []
    for _ in range(draw(st.integers(1, 2))):
        kind = draw(st.sampled_from(("compare", "compare", "exist", "match", "search")))
        if kind == "compare":
            operator = draw(st.sampled_from(("==", "!=", "<", "<=", ">", ">=")))
            test = f"{draw(operand(depth))} {operator} {draw(operand(depth))}"
        elif kind == "exist":
            test = draw(roots) + draw(path(depth))
        else:
            pattern = draw(st.sampled_from(PATTERNS).map(json.dumps) | singular())
            test = f"{kind}({draw(singular())}, {pattern})"
        tests.append(f"!({test})" if draw(st.booleans()) else test)
    return draw(st.sampled_from((" && ", " || "))).join(tests)


queries = path(2).map("${}".format)


def _expected(text: str, document: Any) -> list[Any]:
    """What the other implementation finds; it refuses a few legal queries, which tell nothing."""
    try:
        oracle = ORACLE.compile(text)
    except JSONPathError:
        reject()
    return list(oracle.find(document).values())


@settings(max_examples=300, deadline=None)
@given(queries, documents)
def test_both_find_the_same(text: str, document: Any) -> None:
    query = parse_query(text)
    assert isinstance(query, Query), query
    compiled = compile_query(query)
    expected = _expected(text, document)
    shown = f"{compiled.nodes} and {compiled.finds}"
    assert json.dumps(compiled.run(document)) == json.dumps(expected), shown
    assert compiled.found(document) is bool(expected), shown
