"""JSONPath queries compiled on their own, as functions of a document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

from arazzoc.edition import Edition
from arazzoc.expr.ast import Expression
from arazzoc.expr.jsonpath.query import Query
from arazzoc.names import Identifier
from arazzoc.render.bundle import Bundle, bundle
from arazzoc.render.conditions import Conditions
from arazzoc.render.imports import Imports
from arazzoc.render.values import Values
from arazzoc.render.vocabulary import Vocabulary
from arazzoc.types.condition import Criterion
from arazzoc.types.model import ANY
from arazzoc.types.queries import QueryReader
from arazzoc.types.resolve import Problem, Resolved
from arazzoc.types.schema import SchemaTypes
from arazzoc.types.value import Argument

TYPES = SchemaTypes(lambda node: node)


@dataclass(frozen=True)
class CompiledQuery:
    """A query as Python.

    Attributes:
        nodes: The expression for the values that it finds in `document`.
        finds: The expression that is true where it finds any.
        holds: The expression that is true where a criterion with that query holds.
        carried: The parts of the runtime that the two call.
        problems: What is wrong with the query although its grammar is right.
    """

    nodes: str
    finds: str
    holds: str
    carried: Bundle
    problems: tuple[str, ...]

    def function(self, text: str) -> Callable[[Any], Any]:
        """One of the expressions as a function of the document, with nothing but its parts of the runtime."""
        module = ModuleType("compiled_query")
        exec(_source(self.carried), vars(module))
        made: Callable[[Any], Any] = eval(f"lambda document: {text}", vars(module))
        return made

    def run(self, document: Any) -> list[Any]:
        """The values that it finds."""
        return list(self.function(self.nodes)(document))

    def found(self, document: Any) -> Any:
        """Whether it finds any."""
        return self.function(self.finds)(document)


@cache
def _source(carried: Bundle) -> Any:
    imports = Imports()
    imports.update(carried.imports)
    lines = ["from __future__ import annotations", *imports.lines(), carried.source]
    return compile("\n".join(lines), "compiled_query", "exec", dont_inherit=True)


def compile_query(query: Query) -> CompiledQuery:
    """The query over a variable `document`, by the code that compiles criteria."""
    context = Argument(Identifier("document"), ANY)
    reader = QueryReader(context, TYPES, _unresolved)
    nodes = reader.nodes(query)
    vocabulary = Vocabulary(Imports(), Edition())
    conditions = Conditions(Values(TYPES, vocabulary), vocabulary)
    listed = conditions.queries.listed(nodes)
    finds = conditions.all([Criterion("", reader.existing(query))])
    holds = conditions.all([Criterion("", reader.criterion(query))])
    problems = tuple(problem.message for problem in reader.problems)
    return CompiledQuery(listed, finds, holds, bundle(vocabulary.wanted()), problems)


def _unresolved(expression: Expression) -> Resolved | Problem:
    raise AssertionError(f"nothing tells what {expression} is")
