"""Another implementation of RFC 9535 accepts the same texts."""

from __future__ import annotations

from hypothesis import given
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
    return True


@given(
    _disturbed()
    | st.lists(st.sampled_from(PIECES), max_size=8).map(lambda each: "$" + "".join(each))
)
def test_both_accept_or_both_refuse(text: str) -> None:
    ours = not isinstance(parse_query(text), SyntaxProblem)
    assert ours == _accepted(text)
