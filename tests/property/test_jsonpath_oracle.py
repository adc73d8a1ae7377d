"""Another implementation of RFC 9535 accepts the same texts."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonpath_rfc9535 import JSONPathEnvironment
from jsonpath_rfc9535.exceptions import JSONPathError

from arazzoc.expr.jsonpath.parser import parse_query
from arazzoc.expr.problem import SyntaxProblem
from tests.property.expressions import queries

ORACLE = JSONPathEnvironment()
PIECES = (
    *"$@.*[],:?!()'\" -019ab_é\\",
    "..",
    "==",
    "<=",
    "&&",
    "||",
    "true",
    "null",
    "-0",
    "1.5",
    "1e3",
    "\\u00e9",
    "\\n",
    "count(",
    "length(",
    "match(",
    "@.a",
    "$.b",
    "[?@",
    "9007199254740992",
)


@st.composite
def _disturbed(draw: st.DrawFn) -> str:
    """A legal query with a few pieces put in, left out or put in another's place."""
    text = draw(queries.map(str))
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(text)))
        cut = draw(st.integers(0, 2))
        text = text[:at] + draw(st.sampled_from(("", *PIECES))) + text[at + cut :]
    return text


def _accepted(text: str) -> bool:
    try:
        ORACLE.compile(text)
    except JSONPathError:
        return False
    except OverflowError:  # it takes numbers such as `1e999` for integers once it has accepted them
        return True
    return True


REFUSED_BY_THE_ORACLE = re.compile("[\u1100-\udfff]")
"""Letters of names after a dot by RFC 9535; the other implementation takes them as a first letter only."""

ACCEPTED_BY_THE_ORACLE = (
    ("`!` before a literal, or before an operand of a comparison", re.compile(r"!")),
    ("comparisons in a chain", re.compile(r"(==|!=|<=?|>=?).*(==|!=|<=?|>=?)", re.DOTALL)),
    ("two numbers without a colon between them", re.compile(r":\s*-?[0-9]+\s*-?[0-9]")),
    ("literal numbers with leading zeros", re.compile(r"-?0[0-9]")),
)
"""What the other implementation accepts although the grammar of RFC 9535 has no such thing."""


def _known(text: str, ours: bool) -> bool:
    if ours:
        return REFUSED_BY_THE_ORACLE.search(text) is not None
    return any(pattern.search(text) for _, pattern in ACCEPTED_BY_THE_ORACLE)


@settings(max_examples=200)
@given(
    _disturbed()
    | st.lists(st.sampled_from(PIECES), max_size=8).map(lambda each: "$" + "".join(each))
)
def test_both_accept_or_both_refuse(text: str) -> None:
    ours = not isinstance(parse_query(text), SyntaxProblem)
    assert ours == _accepted(text) or _known(text, ours)
