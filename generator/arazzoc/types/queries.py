"""JSONPath queries and filters as values and tests (RFC 9535)."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from arazzoc.diagnostics.registry import expression as rules
from arazzoc.diagnostics.registry import wild
from arazzoc.expr.ast import Expression, Slice
from arazzoc.expr.jsonpath import query as syntax
from arazzoc.expr.regex import check_i_regexp
from arazzoc.types.condition import (
    AllOf,
    AnyOf,
    Compare,
    Exists,
    Finds,
    FitsPattern,
    Language,
    Not,
    Operator,
    Test,
)
from arazzoc.types.model import (
    ANY,
    BOOL,
    FLOAT,
    INT,
    NONE,
    Choice,
    ListType,
    MapType,
    Primitive,
    Record,
    Type,
    Union,
)
from arazzoc.types.nodes import (
    CHILDREN,
    Branch,
    Candidates,
    Descendants,
    Elements,
    Kept,
    Nodes,
    Origin,
    Selector,
    Step,
)
from arazzoc.types.reaching import Problem, Resolved, member_in
from arazzoc.types.schema import SchemaTypes, without_none
from arazzoc.types.value import (
    Argument,
    ArrayIndex,
    Constant,
    Count,
    Embedded,
    Item,
    JsonLiteral,
    Length,
    Member,
    Picked,
    ResponseStatus,
    Size,
    Sole,
    Value,
)
from arazzoc.types.wholly import test_of_an_item, test_of_the_whole

__all__ = ["QueryReader"]

_MIRRORED: Final[Mapping[Operator, Operator]] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_SOME: Final[frozenset[tuple[Operator, float | None]]] = frozenset({(">", 0), (">=", 1), ("!=", 0)})
_NONE: Final[frozenset[tuple[Operator, float | None]]] = frozenset({("==", 0), ("<=", 0), ("<", 1)})
"""Comparisons of a count that say whether there is anything."""


class QueryReader:
    """Lowers queries and logical expressions over one context.

    Attributes:
        problems: What is wrong with them.
        failed: Whether a problem leaves them without meaning.
        operands: What they look at outside of filters, by the text of the query or expression.
        whole: Whether a filter of items is taken as one of the context, which has none that could pass.
        guards: What has to hold for the values of expressions to be able to stand where they do.
    """

    def __init__(
        self,
        context: Value,
        types: SchemaTypes,
        resolved: Callable[[Expression], Resolved | Problem],
    ) -> None:
        """A reader.

        Args:
            context: What `$` means, and `@` outside of filters.
            types: The types of the module, for the members of the context.
            resolved: What an expression inside a query means.
        """
        self._context = context
        self._types = types
        self._resolved = resolved
        self._here = context
        self._numbers = itertools.count(1)
        self.problems: list[Problem] = []
        self.failed = False
        self.whole = False
        self.operands: dict[str, Value] = {}
        self.guards: list[Test] = []

    def guarded(self, test: Test) -> Test:
        """The test, which fails where an expression in it has no value that can stand there.

        A query with such a value in it would not be one: it cannot be evaluated then, and a criterion that
        cannot be evaluated fails (Arazzo 1.1.0, "Evaluation Errors").
        """
        return AllOf((*dict.fromkeys(self.guards), test)) if self.guards else test

    def criterion(self, query: syntax.Query) -> Test:
        """Whether a query finds something; a filter on the context may mean an object as a whole."""
        test = test_of_the_whole(query, filled=self.filled)
        if test is not None:
            return self.test(test)
        type_ = self._types.content(self._context.type)
        if not _filters_first(query) or isinstance(type_, ListType):
            return self.existing(query)
        if self._is_item(type_):
            self.problems.append(_object_filter(query.where))
            item = test_of_an_item(query)
            if item is not None and self._has_no_item(type_, item[1]):
                self.whole = True
                return self.test(item[0])
        return _found(self.nodes(query, among=Candidates()))

    @property
    def filled(self) -> bool:
        """Whether the context has a child for sure: its schema requires one."""
        type_ = self._types.content(self._context.type)
        required = isinstance(type_, Record) and any(each.required for each in type_.fields)
        return required and not self._context.absent

    def existing(self, query: syntax.Query) -> Test:
        """Whether a query finds something, to the letter of RFC 9535."""
        tests = [_found(self.nodes(each)) for each in _alternatives(query)]
        return tests[0] if len(tests) == 1 else AnyOf(tuple(tests))

    def nodes(self, query: syntax.Query, among: Origin = CHILDREN) -> Nodes:
        """What a query finds.

        Args:
            query: The query.
            among: What a filter that stands first selects among.
        """
        value = self._context if query.root == "$" else self._here
        branches: list[Branch] = []
        for segment in query.segments:
            if isinstance(segment, syntax.Descendant):
                branches.append(Branch(value, (Descendants(),), self._item()))
                value = branches[-1].item
            only = segment.selectors[0] if len(segment.selectors) == 1 else None
            if isinstance(only, syntax.Name | syntax.Index):
                value = self._child(value, self._step(only))
            else:
                selectors = tuple(self._selector(each, among) for each in segment.selectors)
                kept = selectors[0] if only is not None else None
                item = kept.item if isinstance(kept, Kept) else self._item()
                branches.append(Branch(value, selectors, item))
                value = item
            among = CHILDREN
        if query.segments and query.path is not None:
            self._note(query, value)
        return Nodes(tuple(branches), value)

    def holders(self, query: syntax.Query) -> tuple[Nodes, tuple[Selector, ...]]:
        """What holds the nodes that a query, which has segments, finds, and how they are selected there."""
        *before, last = query.segments
        holders = self.nodes(replace(query, segments=tuple(before)))
        if isinstance(last, syntax.Descendant):
            below = Branch(holders.result, (Descendants(),), self._item())
            holders = Nodes((*holders.branches, below), below.item)
        return holders, tuple(self._selector(each, CHILDREN) for each in last.selectors)

    def test(self, node: syntax.Test) -> Test:
        """A logical expression."""
        match node:
            case syntax.Comparison(left, operator, right):
                return _compared(self._operand(left), operator, self._operand(right))
            case syntax.Existence(query):
                return self.existing(query)
            case syntax.Not(inner):
                return Not(self.test(inner))
            case syntax.And(tests):
                return AllOf(tuple(map(self.test, tests)))
            case syntax.Or(tests):
                return AnyOf(tuple(map(self.test, tests)))
            case syntax.FunctionTest(call):
                return self._fits(call)

    def _is_item(self, type_: Type) -> bool:
        """Whether values of the type are objects whose members are no items that a filter could mean."""
        content = self._types.content(type_)
        if isinstance(content, Union):
            return all(self._is_item(member) for member in content.members if member != NONE)
        return isinstance(content, Record) or content == MapType(ANY)

    def _has_no_item(self, type_: Type, names: frozenset[str]) -> bool:
        """Whether no member of an object can be an object that has one of some members."""
        content = self._types.content(without_none(type_))
        return isinstance(content, Record) and not any(
            self._may_have(field.type, names) for field in content.fields
        )

    def _may_have(self, type_: Type, names: frozenset[str]) -> bool:
        match self._types.content(type_):
            case Record() as record:
                return any(record.field(name) is not None for name in names)
            case Union(members):
                return any(self._may_have(member, names) for member in members)
            case Primitive() | Choice() | ListType():
                return False
            case _:
                return True

    def _selector(self, selector: syntax.Selector, among: Origin) -> Selector:
        match selector:
            case syntax.Name() | syntax.Index():
                return Step(self._step(selector))
            case syntax.Wildcard():
                return CHILDREN
            case syntax.SliceSelector(start, end, step):
                bounds = self._bound(start), self._bound(end)
                return Elements(0, 0, None) if step == 0 else Elements(*bounds, self._bound(step))
            case syntax.Filter(test):
                item, outer = self._item(), self._here
                self._here = item
                kept = self.test(test)
                self._here = outer
                return CHILDREN if kept == AllOf(()) else Kept(item, kept, among)

    def _step(self, selector: syntax.Name | syntax.Index) -> str | int | Value:
        step = selector.name if isinstance(selector, syntax.Name) else selector.index
        match step:
            case syntax.Substitution():
                text = self._embedded(step)
                self.guards.extend(_is_there(part) for part in text.parts if not _is_known(part))
                return replace(text, absent=False)
            case syntax.Variable(expression):
                return self._index(expression)
            case _:
                return step

    def _bound(self, bound: int | syntax.Variable | None) -> int | Value | None:
        return self._index(bound.expression) if isinstance(bound, syntax.Variable) else bound

    def _index(self, expression: Expression) -> Value:
        value = self._reference(expression)
        if _is_of(value, INT):
            return value
        index = ArrayIndex(value)
        self.guards.append(Exists(index))
        return index

    def _literal(self, expression: Expression) -> Value:
        value = self._reference(expression)
        if _is_of(value, INT, FLOAT, BOOL):
            return value
        literal = JsonLiteral(value)
        self.guards.append(Exists(literal))
        return literal

    def _embedded(self, text: syntax.Substitution) -> Embedded:
        parts = tuple(
            part if isinstance(part, str) else self._reference(part) for part in text.parts
        )
        return Embedded(parts, absent=any(not _is_known(part) for part in parts))

    def _child(self, base: Value, step: str | int | Value) -> Value:
        """The child of that name or index: by a JSON Pointer where that means the same."""
        if isinstance(base, Picked):
            return Picked(base.base, (*base.steps, step))
        if isinstance(step, str) and not step.isdecimal():
            return member_in(base, (step,), self._types)
        if isinstance(base, Member) and not any(token.isdecimal() for token in base.tokens):
            return Picked(base.base, (*base.tokens, step))
        return Picked(base, (step,))

    def _operand(self, node: syntax.Comparable) -> Value:
        match node:
            case syntax.StringLiteral(value):
                return Constant(value)
            case syntax.NumberLiteral(value) | syntax.BooleanLiteral(value):
                return Constant(value)
            case syntax.NullLiteral():
                return Constant(None)
            case syntax.Query():
                return self.nodes(node).result
            case syntax.Length():
                size = Size(self.nodes(node.of).result)
                self.operands[str(node)] = size
                return size
            case syntax.RuntimeOperand(expression):
                return self._reference(expression)
            case syntax.Substitution():
                return self._embedded(node)
            case syntax.Variable(expression):
                return self._literal(expression)
            case syntax.FunctionCall():
                return self._called(node)

    def _called(self, call: syntax.FunctionCall) -> Value:
        """What `length()`, `count()` or `value()` gives (RFC 9535, 2.4.4, 2.4.5 and 2.4.8)."""
        (argument,) = call.arguments
        if call.name == "length":
            return Length(self._operand(argument))
        assert isinstance(argument, syntax.Query)
        nodes = self.nodes(argument)
        if call.name == "count":
            return Count(nodes)
        return Sole(nodes) if nodes.branches else nodes.result

    def _fits(self, call: syntax.FunctionCall) -> Test:
        """What `match()` or `search()` tests (RFC 9535, 2.4.6 and 2.4.7)."""
        value, pattern = map(self._operand, call.arguments)
        if isinstance(pattern, Constant):
            if not isinstance(pattern.value, str):
                return AnyOf(())
            problem = check_i_regexp(pattern.value)
            if problem is not None:
                self._illegal(problem.message, problem.hint, call.arguments[1].where)
        return FitsPattern(value, pattern, whole=call.name == "match")

    def _illegal(self, message: str, hint: str | None, where: Slice) -> None:
        self.failed = True
        self.problems.append(Problem(rules.INVALID_REGEX, message, hint, where))

    def _reference(self, expression: Expression) -> Value:
        resolved = self._resolved(expression)
        if isinstance(resolved, Resolved):
            self.problems.extend(resolved.notes)
            self.operands[str(expression)] = resolved.value
            return resolved.value
        self.failed = True
        self.problems.append(resolved)
        return Constant(None)

    def _note(self, query: syntax.Query, value: Value) -> None:
        """Keeps what a query leads to for messages, where it does not depend on what a filter looks at."""
        if query.root == "$" or self._here is self._context:
            self.operands[str(query)] = value

    def _item(self) -> Item:
        return Item(next(self._numbers))


def _filters_first(query: syntax.Query) -> bool:
    """Whether it is `$[?...]`, whatever comes then."""
    first = query.segments[0] if query.segments else None
    return (
        isinstance(first, syntax.Child)
        and len(first.selectors) == 1
        and isinstance(first.selectors[0], syntax.Filter)
    )


def _alternatives(query: syntax.Query) -> Iterator[syntax.Query]:
    """Queries of which one finds something where `query` does: `$.a` and `$.b` for `$['a', 'b']`."""
    several = [
        number for number, segment in enumerate(query.segments) if len(segment.selectors) > 1
    ]
    if len(several) != 1:
        yield query
        return
    before, (segment, *after) = query.segments[: several[0]], query.segments[several[0] :]
    for selector in dict.fromkeys(segment.selectors):
        yield replace(query, segments=(*before, type(segment)((selector,)), *after))


def _object_filter(where: Slice) -> Problem:
    return Problem(
        wild.OBJECT_FILTER,
        "the filter is applied to an object as if it were an item",
        "write it as a `simple` condition, such as `$response.body#/status == 'Queued'`",
        where,
    )


def _found(nodes: Nodes) -> Test:
    """That there is any node; `@` alone is always there."""
    if nodes.branches:
        return Finds(nodes)
    return AllOf(()) if isinstance(nodes.result, Item) else Exists(nodes.result)


def _compared(left: Value, operator: Operator, right: Value) -> Test:
    """A comparison; a count that is compared with none or one may ask whether there is anything."""
    count, bound, asked = left, right, operator
    if isinstance(right, Count):
        count, bound, asked = right, left, _MIRRORED.get(operator, operator)
    if isinstance(count, Count):
        question = (asked, _number(bound))
        if question in _SOME:
            return _found(count.nodes)
        if question in _NONE:
            return Not(_found(count.nodes))
    return Compare(left, operator, right, Language.JSONPATH)


def _number(value: Value) -> int | float | None:
    """The number that a literal states."""
    stated = value.value if isinstance(value, Constant) else None
    return None if isinstance(stated, bool) or not isinstance(stated, int | float) else stated


def _is_known(part: str | Value) -> bool:
    """Whether a part of text is there in every run."""
    return isinstance(part, str) or not part.absent


def _is_there(part: str | Value) -> Test:
    assert not isinstance(part, str)
    return Not(Compare(part, "==", Constant(None)))


def _is_of(value: Value, *types: Type) -> bool:
    """Whether the value is there and of one of the types, because callers and transports are held to them."""
    sure = isinstance(value, Argument | ResponseStatus)
    return sure and not value.absent and value.type in types
