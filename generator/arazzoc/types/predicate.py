"""JSONPath criteria as tests over typed values (RFC 9535, and the predicate dialect)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from arazzoc.diagnostics.registry import wild
from arazzoc.expr.ast import Slice
from arazzoc.expr.expression import parse_expression
from arazzoc.expr.jsonpath import query as syntax
from arazzoc.expr.jsonpath.frame import check_frame
from arazzoc.expr.jsonpath.goessner import OLDER, goessner_problem
from arazzoc.expr.jsonpath.predicate import parse_criterion
from arazzoc.expr.problem import SyntaxProblem
from arazzoc.expr.substituted import Substituted
from arazzoc.frozen import dataclass
from arazzoc.types.astray import origin_of
from arazzoc.types.astray_query import astray_in_query, never_in_filters
from arazzoc.types.composing import composed_path, decided_by_data
from arazzoc.types.condition import PathHolds, Test
from arazzoc.types.facts import Viewpoint
from arazzoc.types.plainly import plainly
from arazzoc.types.queries import QueryReader
from arazzoc.types.resolve import Problem, resolve
from arazzoc.types.value import Value
from arazzoc.types.wholly import as_query, of_the_whole, test_of_an_item
from arazzoc.types.xpath import References

__all__ = ["Predicated", "predicate_of"]


@dataclass(frozen=True, slots=True)
class Predicated:
    """What a JSONPath criterion tests.

    Attributes:
        test: None where a problem that is not tolerated leaves it without meaning.
        operands: What it looks at, by the text of the query.
    """

    test: Test | None
    problems: tuple[Problem, ...] = ()
    operands: tuple[tuple[str, Value], ...] = ()


def predicate_of(
    text: str, context: Value, stated: str, view: Viewpoint, version: str | None = None
) -> Predicated | SyntaxProblem:
    """The test that a JSONPath criterion is.

    A query holds where it finds something. A bare logical expression is tolerated: its truth over the
    context decides. A query of the older dialect is taken where it means the same by RFC 9535.

    Args:
        text: The condition.
        context: The value that it looks at.
        stated: The expression of that value, as the criterion states it.
        view: What expressions inside the condition can see.
        version: The version of JSONPath that the criterion states; None is RFC 9535.
    """
    parsed = parse_criterion(text)
    if version == OLDER and isinstance(parsed, syntax.Query | SyntaxProblem):
        problem = _unlike_the_older(text, parsed)
        if problem is not None:
            return problem
    if isinstance(parsed, SyntaxProblem):
        return parsed
    if isinstance(parsed, Substituted):
        return _composed(parsed, context, view, older=version == OLDER)
    reader = QueryReader(context, view.facts.types, partial(resolve, view=view))
    if isinstance(parsed, syntax.Query):
        test = reader.criterion(parsed)
        sure = reader.whole
        reader.problems = [_mended(each, text, parsed, stated, sure) for each in reader.problems]
    else:
        reader.problems.append(_bare(text, parsed.test, stated, filled=reader.filled))
        test = reader.test(parsed.test)
    expression = parse_expression(stated)
    if not isinstance(expression, SyntaxProblem):
        origin = origin_of(expression, view)
        reader.problems.extend(astray_in_query(parsed, origin, view.facts.types))
    reader.problems.extend(never_in_filters(parsed, context.type, view.facts.types))
    operands = tuple(reader.operands.items())
    test = reader.guarded(test)
    return Predicated(None if reader.failed else test, tuple(reader.problems), operands)


def _composed(
    frame: Substituted, context: Value, view: Viewpoint, *, older: bool
) -> Predicated | SyntaxProblem:
    """A query that only a run knows."""
    problem = check_frame(frame)
    if problem is not None:
        return problem
    reading = References(partial(resolve, view=view))
    query = composed_path(frame, reading.value, older=older)
    problems = (*reading.problems, *decided_by_data(frame))
    test = None if reading.failed else PathHolds(context, query)
    return Predicated(test, problems, tuple(reading.operands.items()))


def _unlike_the_older(text: str, parsed: syntax.Query | SyntaxProblem) -> SyntaxProblem | None:
    """Why a query of the older dialect does not mean the same by RFC 9535."""
    if isinstance(parsed, syntax.Query):
        return goessner_problem(text, parsed)
    blank = len(text) - len(text.lstrip())
    problem = goessner_problem(text.strip())
    if problem is None:
        return None
    return replace(problem, start=problem.start + blank, end=problem.end + blank)


def _mended(problem: Problem, text: str, query: syntax.Query, stated: str, sure: bool) -> Problem:
    """That a filter is applied to an object, with what to write instead; `sure` where that means the same."""
    item = test_of_an_item(query)
    if problem.rule is not wild.OBJECT_FILTER or item is None:
        return problem
    whole, plain = of_the_whole(text, query), plainly(item[0], stated)
    ways = [f"write `{whole}`"] if whole is not None else []
    if plain is not None:
        ways.append(f"{'or' if ways else 'write'} a `simple` condition, `{plain}`")
    where = Slice(0, len(text))
    return replace(
        problem, hint=", ".join(ways) or problem.hint, where=where, instead=whole if sure else None
    )


def _bare(text: str, test: syntax.Test, stated: str, *, filled: bool) -> Problem:
    plain = plainly(test, stated)
    said = f"`{plain}`" if plain else "such as `$response.body#/status == 'Queued'`"
    return Problem(
        wild.BARE_PREDICATE,
        "this JSONPath is a bare logical expression, not a query",
        f"write it as a `simple` condition, {said}",
        Slice(0, len(text)),
        as_query(text, test, filled=filled),
    )
