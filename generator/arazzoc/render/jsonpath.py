"""JSONPath queries as Python: comprehensions over what their segments select (RFC 9535)."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from typing import Final, TypeAlias

from arazzoc.ir.walk import nodes_values, parts_of
from arazzoc.render.literals import pattern_literal
from arazzoc.render.values import Values
from arazzoc.render.vocabulary import Vocabulary
from arazzoc.runtime.patterns import python_pattern
from arazzoc.types.condition import Exists, FitsPattern, Test
from arazzoc.types.nodes import (
    Branch,
    Candidates,
    Children,
    Descendants,
    Elements,
    Kept,
    Nodes,
    Origin,
    Selector,
    Step,
)
from arazzoc.types.value import (
    ArrayIndex,
    Constant,
    Count,
    Item,
    JsonLiteral,
    Length,
    Member,
    NodesReplaced,
    Picked,
    Selected,
    Sole,
    Value,
)

__all__ = ["Queries"]

_Steps: TypeAlias = tuple[str | int | Value, ...]
_Path: TypeAlias = tuple[str, _Steps]
"""Code, and the names and indexes that lead on from it."""

_CATEGORY: Final = re.compile(r"\\[pP]\{")
_ORIGINS: Final[Mapping[type[Origin], str]] = {
    Children: "children_of",
    Candidates: "candidates_of",
}


class Queries:
    """Writes what queries find as expressions, each item under a name of its own."""

    def __init__(
        self, values: Values, vocabulary: Vocabulary, test: Callable[[Test, bool], str]
    ) -> None:
        """A writer.

        Args:
            values: Writes the values that queries start from.
            vocabulary: Collects the parts of the runtime that are called.
            test: Writes the tests of filters; False asks for the opposite.
        """
        self._values = values
        self._vocabulary = vocabulary
        self._test = test
        self._taken: frozenset[str] = frozenset()
        self._open: list[str] = []

    def strict(self, value: Value) -> str:
        """The value; `NOTHING`, not None, where a query leads nowhere."""
        match value:
            case Member(base, tokens):
                return self._call("find", self._values.expression(base), tokens)
            case Picked(base, steps):
                return self._call("pick", self._values.expression(base), steps)
            case Length(base):
                return self._call("length_of", self.strict(base))
            case JsonLiteral(base):
                return self._call("literal_of", self._values.expression(base))
            case ArrayIndex(base):
                return self._call("index_of", self._values.expression(base))
            case Count(nodes):
                return f"len({self.listed(nodes)})"
            case Selected(nodes):
                return self._as_list(nodes)
            case Sole(nodes):
                return self._call("sole_of", self.listed(nodes))
            case _:
                return self._values.expression(value)

    def loose(self, value: Value) -> str:
        """The value; `NOTHING` or None, whichever is written in fewer words, where a query leads nowhere."""
        return self._values.expression(value) if isinstance(value, Member) else self.strict(value)

    def replaced(self, value: NodesReplaced, met: str | None = None) -> str:
        """The base with another value in place of every node.

        Args:
            value: The replacement.
            met: What has to be true for there to be any nodes.
        """
        base, new = self._values.expression(value.base), self._values.replacement(value.value)
        children = Nodes((Branch(value.parent, value.selectors, value.parent),), value.parent)
        with self._scope(value.parents):
            document = self._values.items[value.document] = self._free("document")
            held = self.listed(value.parents)
            if met is not None:
                held = f"{held} if {met} else []"
        with self._scope(children):
            parent = self._values.items[value.parent] = self._free("parent")
            self._open.append(parent)
            keys = [self._keys(selector, parent) for selector in value.selectors]
        listed = keys[0] if len(keys) == 1 else f"[{', '.join(f'*{key}' for key in keys)}]"
        name = self._vocabulary.runtime("with_nodes")
        return f"{name}({base}, {new}, lambda {document}: {held}, lambda {parent}: {listed})"

    def _keys(self, selector: Selector, parent: str) -> str:
        """The names or indexes of what a selector selects in the variable `parent`."""
        match selector:
            case Step(step):
                return f"[{self._values.step(step)}]"
            case Elements(start, end, step):
                elements = f"{self._vocabulary.runtime('elements_of')}({parent})"
                return self._slice(f"range(len({elements}))", start, end, step)
            case Kept(item, test):
                entries = f"{self._vocabulary.runtime('entries_of')}({parent})"
                name = self._claim(item)
                key = self._free("key")
                code = f"[{key} for {key}, {name} in {entries} if {self._test(test, True)}]"
                self._open.remove(name)
                return code
            case _:
                return f"[key for key, _ in {self._vocabulary.runtime('entries_of')}({parent})]"

    def finds(self, nodes: Nodes, wanted: bool) -> str:
        """That there is any node, or, where that is not wanted, that there is none."""
        with self._scope(nodes):
            return self._finds(nodes, wanted)

    def listed(self, nodes: Nodes) -> str:
        """The nodes as a sequence."""
        with self._scope(nodes):
            return self._listed(nodes)

    def _as_list(self, nodes: Nodes) -> str:
        """The nodes as a list of its own."""
        code = self.listed(nodes)
        return code if code.startswith("[") else f"list({code})"

    def fits(self, test: FitsPattern) -> str:
        """A string that fits a pattern, which is Python's where the document states it."""
        name = self._vocabulary.runtime("is_match" if test.whole else "has_match")
        return f"{name}({self._pattern(test.pattern)}, {self.loose(test.value)})"

    def _pattern(self, pattern: Value) -> str:
        if isinstance(pattern, Constant) and not _CATEGORY.search(str(pattern.value)):
            return pattern_literal(python_pattern(pattern.value))
        return self._call("python_pattern", self.loose(pattern))

    def _finds(self, nodes: Nodes, wanted: bool) -> str:
        *outer, last = nodes.branches
        if nodes.result != last.item:
            clauses = self._clauses(nodes.branches)
            return _any(self._test(Exists(nodes.result), True), clauses, wanted)
        clauses = self._clauses(tuple(outer))
        (kept,) = last.selectors if len(last.selectors) == 1 else (None,)
        if isinstance(kept, Kept):
            source = self._origin(kept, last.origin)
            clauses.append(f"for {self._claim(kept.item)} in {source}")
            return _any(self._test(kept.test, True), clauses, wanted)
        source = self._source(last)
        if clauses or wanted:
            found = f"len({source}) > 0"
            return _any(found, clauses, wanted) if clauses else found
        return f"not {source}"

    def _listed(self, nodes: Nodes) -> str:
        if not nodes.branches:
            return self._node(nodes.result)
        *outer, last = nodes.branches
        if not outer and nodes.result == last.item and not _is_filter(last):
            return self._source(last)
        clauses = self._clauses(nodes.branches)
        result = self._values.expression(last.item)
        if nodes.result != last.item:
            result = self._free("found")
            clauses.append(f"for {result} in {self._node(nodes.result)}")
        return f"[{result} {' '.join(clauses)}]"

    def _node(self, value: Value) -> str:
        """A list of one node or none."""
        base, steps = self._path(value)
        if steps:
            return self._call("nodes_at", base, steps)
        if isinstance(value, Member):
            name = self._free("found")
            nothing = self._vocabulary.runtime("NOTHING")
            return f"[{name} for {name} in [{self.strict(value)}] if {name} is not {nothing}]"
        return f"[{base}]"

    def _clauses(self, branches: tuple[Branch, ...]) -> list[str]:
        """`for item in ...`, and `if ...` where the item is filtered."""
        clauses: list[str] = []
        for branch in branches:
            (kept,) = branch.selectors if len(branch.selectors) == 1 else (None,)
            if isinstance(kept, Kept):
                source = self._origin(kept, branch.origin)
                clauses.append(f"for {self._claim(kept.item)} in {source}")
                clauses.append(f"if {self._test(kept.test, True)}")
            else:
                source = self._source(branch)
                clauses.append(f"for {self._claim(branch.item)} in {source}")
        return clauses

    def _source(self, branch: Branch) -> str:
        """What the selectors of a branch select, in their order."""
        sources = [self._selected(selector, branch.origin) for selector in branch.selectors]
        if len(sources) == 1:
            return sources[0]
        return f"[{', '.join(f'*{source}' for source in sources)}]"

    def _selected(self, selector: Selector, origin: Value) -> str:
        match selector:
            case Step(step):
                base, steps = self._path(origin)
                return self._call("nodes_at", base, (*steps, step))
            case Children() | Candidates():
                return self._call(_ORIGINS[type(selector)], self.loose(origin))
            case Descendants():
                return self._call("descendants_of", self.loose(origin))
            case Elements(start, end, step):
                elements = self._call("elements_of", self.loose(origin))
                return self._slice(elements, start, end, step)
            case Kept(item, test):
                source = self._origin(selector, origin)
                name = self._claim(item)
                code = f"[{name} for {name} in {source} if {self._test(test, True)}]"
                self._open.remove(name)
                return code

    def _origin(self, kept: Kept, origin: Value) -> str:
        return self._call(_ORIGINS[type(kept.among)], self.loose(origin))

    def _path(self, value: Value) -> _Path:
        """A value as code and names and indexes, where it can be told so; else as code alone."""
        match value:
            case Member(base, tokens) if not any(token.isdecimal() for token in tokens):
                return self._values.expression(base), tokens
            case Picked(base, steps):
                return self._values.expression(base), steps
            case _:
                return self.loose(value), ()

    def _slice(self, elements: str, *bounds: int | Value | None) -> str:
        """Those of the elements that a slice selects; a step that only a run knows may be 0."""
        step = bounds[2]
        if step is not None and not isinstance(step, int):
            stated = ("None" if bound is None else self._values.step(bound) for bound in bounds)
            return f"{self._vocabulary.runtime('stepped')}({elements}, {', '.join(stated)})"
        shown = bounds[:2] if step is None else bounds
        code = ":".join("" if bound is None else self._values.step(bound) for bound in shown)
        return f"{elements}[{code}]"

    def _call(self, name: str, subject: str, steps: _Steps = ()) -> str:
        arguments = "".join(f", {self._values.step(step)}" for step in steps)
        return f"{self._vocabulary.runtime(name)}({subject}{arguments})"

    def _claim(self, item: Item) -> str:
        name = self._free("item")
        self._open.append(name)
        self._values.items[item] = name
        return name

    def _free(self, word: str) -> str:
        """`word`, or the first of `word_2` ... that nothing in the query is called."""
        names = (word if number == 1 else f"{word}_{number}" for number in range(1, 10_000))
        return next(name for name in names if name not in self._open and name not in self._taken)

    @contextmanager
    def _scope(self, nodes: Nodes) -> Generator[None, None, None]:
        """The extent of the names of the items of `nodes`."""
        taken, depth = self._taken, len(self._open)
        if not self._open:
            self._taken = frozenset(self._variables(nodes))
        yield
        self._taken = taken
        del self._open[depth:]

    def _variables(self, nodes: Nodes) -> Iterator[str]:
        """The variables of the function that a query looks at."""
        for value in nodes_values(nodes):
            for part in parts_of(value):
                name = self._values.name_of(part)
                if name is not None:
                    yield name


def _any(test: str, clauses: list[str], wanted: bool) -> str:
    return f"{'' if wanted else 'not '}any({test} {' '.join(clauses)})"


def _is_filter(branch: Branch) -> bool:
    return len(branch.selectors) == 1 and isinstance(branch.selectors[0], Kept)
