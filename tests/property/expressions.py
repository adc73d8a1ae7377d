"""Any runtime expression, condition or JSONPath query, for properties."""

from __future__ import annotations

from hypothesis import strategies as st

from arazzoc.expr import ast, condition
from arazzoc.expr.ast import Slice
from arazzoc.expr.jsonpath import query
from arazzoc.expr.jsonpath.functions import FUNCTIONS, FunctionType
from arazzoc.expr.spelling import Member

NOWHERE = Slice(0, 0)

_ids = st.from_regex(r"[A-Za-z0-9_-]{1,6}", fullmatch=True)
_names = st.from_regex(
    r"\$?[A-Za-z0-9_-]{1,5}(\.[A-Za-z0-9_-]{1,4}|\[[a-z]*\]){0,2}", fullmatch=True
)
_headers = st.from_regex(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,8}", fullmatch=True)
_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
_braceless = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="{}"), max_size=6)
_pointers = st.none() | st.lists(_braceless, max_size=3).map(tuple)
_members: st.SearchStrategy[Member] = st.integers(0, 10**6) | _braceless
_indexed = st.tuples(st.integers(0, 99), st.lists(_members, max_size=2)).map(
    lambda pair: (pair[0], *pair[1])
)
_paths = st.just(()) | _indexed
_bodies = st.builds(ast.Body, pointer=_pointers) | st.builds(
    ast.Body, members=st.lists(_members, min_size=1, max_size=3).map(tuple)
)
_sources = (
    st.builds(ast.Header, _headers)
    | st.builds(ast.QueryParameter, _text.filter(bool))
    | st.builds(ast.PathParameter, _text.filter(bool))
    | _bodies
    | st.builds(ast.Payload, pointer=_pointers)
)
_nowhere = st.just(NOWHERE)
_component_kinds = st.sampled_from(("parameters", "successActions", "failureActions"))

expressions: st.SearchStrategy[ast.Expression] = st.one_of(
    st.sampled_from(
        (
            ast.Url(NOWHERE),
            ast.Method(NOWHERE),
            ast.StatusCode(NOWHERE),
            ast.SelfUri(NOWHERE),
            ast.AllInputs(NOWHERE),
        )
    ),
    st.builds(ast.RequestReference, _sources, _nowhere),
    st.builds(ast.ResponseReference, _sources, _nowhere),
    st.builds(ast.MessageReference, _sources, _nowhere),
    st.builds(ast.InputReference, _names, _pointers, _nowhere, _paths),
    st.builds(ast.OutputReference, _names, _pointers, _nowhere, _paths),
    st.builds(ast.StepReference, _ids, _names, _pointers, _nowhere, _paths),
    st.builds(
        ast.WorkflowReference,
        _ids,
        st.sampled_from(("inputs", "outputs")),
        _names,
        _pointers,
        _nowhere,
        _paths,
    ),
    st.builds(ast.SourceDescriptionReference, _ids, _text.filter(bool), _nowhere),
    st.builds(ast.ComponentReference, _component_kinds, _names, _nowhere),
)

_integers = st.integers(-(10**20), 10**20)
_numbers = _integers | st.floats(allow_nan=False, allow_infinity=False)
_operators = st.sampled_from(("==", "!=", "<", "<=", ">", ">="))


def _calm(expression: ast.Expression) -> bool:
    """Whether the expression in braces cannot be taken for a condition: no operators in its pointer."""
    return not any(mark in str(expression) for mark in "=<>!&|")


_condition_leaves: st.SearchStrategy[condition.ConditionNode] = st.one_of(
    st.builds(condition.StringLiteral, _text, _nowhere),
    st.builds(condition.NumberLiteral, _numbers, _nowhere),
    st.builds(condition.BooleanLiteral, st.booleans(), _nowhere),
    st.just(condition.NullLiteral(NOWHERE)),
    st.builds(condition.Reference, expressions.filter(_calm), _nowhere),
)


def _condition_branches(
    inner: st.SearchStrategy[condition.ConditionNode],
) -> st.SearchStrategy[condition.ConditionNode]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(condition.Not, inner, _nowhere),
        st.builds(condition.Comparison, inner, _operators, inner, _nowhere),
        st.builds(condition.And, several, _nowhere),
        st.builds(condition.Or, several, _nowhere),
        st.builds(condition.Access, inner, _indexed, _nowhere),
    )


conditions = st.recursive(_condition_leaves, _condition_branches, max_leaves=8)

_bounds = st.integers(-(2**53) + 1, 2**53 - 1)
_optional = st.none() | _bounds
_plain_selectors = st.one_of(
    st.builds(query.Name, _text),
    st.builds(query.Index, _bounds),
    st.just(query.Wildcard()),
    st.builds(query.SliceSelector, _optional, _optional, _optional),
)
_singular_segments = (st.builds(query.Name, _text) | st.builds(query.Index, _bounds)).map(
    lambda selector: query.Child((selector,))
)
_roots = st.sampled_from(("$", "@"))
_singular = st.builds(
    query.Query, _roots, st.lists(_singular_segments, max_size=2).map(tuple), _nowhere
)


def _segments(
    selectors: st.SearchStrategy[query.Selector],
) -> st.SearchStrategy[tuple[query.Segment, ...]]:
    several = st.lists(selectors, min_size=1, max_size=2).map(tuple)
    one = st.builds(query.Child, several) | st.builds(query.Descendant, several)
    return st.lists(one, max_size=3).map(tuple)


_any_query = st.builds(query.Query, _roots, _segments(_plain_selectors), _nowhere)
_values: st.SearchStrategy[query.FunctionArgument] = st.one_of(
    st.builds(query.StringLiteral, _text, _nowhere),
    st.builds(query.NumberLiteral, _numbers, _nowhere),
    st.builds(query.BooleanLiteral, st.booleans(), _nowhere),
    st.just(query.NullLiteral(NOWHERE)),
    _singular,
)


def _calls(result: FunctionType) -> st.SearchStrategy[query.FunctionCall]:
    names = [name for name, signature in FUNCTIONS.items() if signature.result is result]
    return st.sampled_from(names).flatmap(_call)


def _call(name: str) -> st.SearchStrategy[query.FunctionCall]:
    signature = FUNCTIONS[name]
    kinds = [_any_query if each is FunctionType.NODES else _values for each in signature.parameters]
    return st.builds(
        query.FunctionCall,
        st.just(name),
        st.tuples(*kinds),
        st.just(signature.parameters),
        st.just(signature.result),
        _nowhere,
    )


_comparables = _values | _calls(FunctionType.VALUE)
_test_leaves: st.SearchStrategy[query.Test] = st.one_of(
    st.builds(query.Comparison, _comparables, _operators, _comparables),
    st.builds(query.Existence, _any_query),
    st.builds(query.FunctionTest, _calls(FunctionType.LOGICAL)),
)


def _test_branches(inner: st.SearchStrategy[query.Test]) -> st.SearchStrategy[query.Test]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(query.Not, inner), st.builds(query.And, several), st.builds(query.Or, several)
    )


tests = st.recursive(_test_leaves, _test_branches, max_leaves=5)
_filters = _plain_selectors | st.builds(query.Filter, tests)
queries = st.builds(query.Query, st.just("$"), _segments(_filters), _nowhere)
