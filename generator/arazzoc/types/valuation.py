"""Values of a document with expressions in them, at any depth, as typed values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeAlias

from arazzoc.diagnostics.model import Fix
from arazzoc.diagnostics.registry import expression as rules
from arazzoc.diagnostics.registry import wild
from arazzoc.expr.ast import Expression, ExpressionText, Slice
from arazzoc.expr.embedded import parse_text
from arazzoc.expr.problem import SyntaxProblem
from arazzoc.frozen import dataclass
from arazzoc.source.edits import in_place
from arazzoc.source.node import JsonValue, Node, Path
from arazzoc.text import Span
from arazzoc.types.facts import Viewpoint
from arazzoc.types.meant import doubled, loosely_braced, misspelt_roots, undollared
from arazzoc.types.model import STR
from arazzoc.types.resolve import Problem, Resolved, resolve
from arazzoc.types.selection import is_selector, selection_of
from arazzoc.types.template import TemplateJson
from arazzoc.types.value import Constant, Embedded, ListValue, ObjectValue, Value

__all__ = ["Located", "Valued", "is_unquoted", "located", "template_value", "value_of"]


_WORD: Final = re.compile(r"(?:[\w-]+[ =])?")
_EXPRESSION: Final = re.compile(r"\$(?:(?:url|method|statusCode|self)|\w+[.#].*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Located:
    """A problem, where it stands in the document, and how it is mended there."""

    problem: Problem
    span: Span
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Valued:
    """A value, and what is wrong with how it is written.

    Attributes:
        value: None where a problem that is not tolerated leaves it without meaning.
    """

    value: Value | None
    problems: tuple[Located, ...] = ()


def value_of(node: Node, view: Viewpoint) -> Valued:
    """The value of a parameter, payload, output or input (Arazzo 1.1.0, "Runtime Expressions")."""
    if isinstance(node.value, str):
        return _text(node, node.value, view)
    if isinstance(node.value, dict):
        return _object(node, view)
    if isinstance(node.value, list):
        return _list(node, view)
    return Valued(Constant(node.value))


def template_value(node: Node, template: TemplateJson, view: Viewpoint) -> Valued:
    """The value of JSON that the text of `node` states.

    A string that is one expression keeps the value's type there, in braces or not: the specification's
    example passes numbers so (Arazzo 1.1.0, "RequestBody Object Examples").
    """
    return _templated(_Within(node, template, template.value), view)


def _templated(within: _Within, view: Viewpoint) -> Valued:
    content = within.content
    if isinstance(content, str):
        return _text(within, content, view, whole_in_braces=True)
    if isinstance(content, dict):
        named = [(key, _templated(within.at(key, each), view)) for key, each in content.items()]
        problems = tuple(problem for _, valued in named for problem in valued.problems)
        misnamed = _misnamed((key, within.at(key, each).key_span) for key, each in content.items())
        if misnamed:
            return Valued(None, (*problems, *misnamed))
        members = [(key, valued.value) for key, valued in named if valued.value is not None]
        if len(members) < len(named):
            return Valued(None, problems)
        if all(isinstance(member, Constant) for _, member in members):
            return Valued(Constant(content), problems)
        return Valued(ObjectValue(tuple(members)), problems)
    if isinstance(content, list):
        items = [within.at(index, item) for index, item in enumerate(content)]
        return _listed([_templated(item, view) for item in items], content)
    return Valued(Constant(content))


@dataclass(frozen=True, slots=True)
class _Within:
    """A value inside of the JSON that a node's text is."""

    node: Node
    template: TemplateJson
    content: JsonValue
    path: Path = ()

    def at(self, token: str | int, content: JsonValue) -> _Within:
        """A member or an item."""
        return _Within(self.node, self.template, content, (*self.path, token))

    @property
    def key_span(self) -> Span:
        """Where a member's name stands."""
        try:
            first, last = self.template.key(self.path)
        except KeyError:
            return self.node.span
        return self.node.part(first, last)

    def part(self, start: int, end: int) -> Span:
        """Where characters `start` to `end` of a string stand."""
        try:
            first, last = self.template.part(self.path, start, end)
        except KeyError:
            return self.node.span
        return self.node.part(first, last)

    def fix(self, start: int, end: int, text: str) -> Fix | None:
        """What writes `text` in their place; None where JSON has to escape it, or states the name twice."""
        try:
            first, last = self.template.part(self.path, start, end)
        except KeyError:
            return None
        meant = str(self.content)[start:end]
        plain = (self.node.text or "")[first:last] == meant and json.dumps(text) == f'"{text}"'
        return in_place(self.node, first, last, text) if plain else None


_Place: TypeAlias = "Node | _Within"
"""Text whose pieces stand somewhere in a document."""


def is_unquoted(node: Node) -> bool:
    """Whether the value is `{$expression}` without quotes, which YAML reads as a mapping."""
    if not isinstance(node.value, dict) or len(node.value) != 1:
        return False
    ((key, value),) = node.value.items()
    return value is None and _EXPRESSION.fullmatch(key) is not None


def _unquoted(node: Node) -> Valued:
    expression = "".join(key for key, _ in node.members())
    message = f"`{{{expression}}}` without quotes is a mapping in YAML"
    hint = f"put quotes around it, or write `{expression}`"
    problem = Problem(rules.INVALID_EXPRESSION, message, hint, Slice(0, 0))
    return Valued(None, (Located(problem, node.span),))


def _misnamed(keys: Iterable[tuple[str, Span]]) -> tuple[Located, ...]:
    """The names of members that hold expressions: they would be sent as they stand."""
    return tuple(
        Located(
            Problem(
                rules.INVALID_EXPRESSION,
                f"the name `{key}` of a member holds an expression, and only values have those",
                "write the member's name out, or pass the whole object as an input",
                Slice(0, 0),
            ),
            span,
        )
        for key, span in keys
        if _holds_expression(key)
    )


def _holds_expression(key: str) -> bool:
    """Whether a member's name has an expression in braces or is one; `$url` alone is a name like others."""
    if "$" not in key:
        return False
    parsed = parse_text(key)
    return (
        isinstance(parsed, ExpressionText)
        and any(not isinstance(part, str) for part in parsed.parts)
        and (not parsed.whole or "." in key)
    )


def _selected(node: Node, view: Viewpoint) -> Valued:
    selection = selection_of(node, view, lambda expression: resolve(expression, view))
    problems = tuple(located(stated, problem) for stated, problem in selection.problems)
    return Valued(selection.value, problems)


def _object(node: Node, view: Viewpoint) -> Valued:
    if is_selector(node, view):
        return _selected(node, view)
    if is_unquoted(node):
        return _unquoted(node)
    found = [(key, value_of(member, view)) for key, member in node.members()]
    problems = tuple(problem for _, valued in found for problem in valued.problems)
    misnamed = _misnamed((key, member.key_span) for key, member in node.members())
    if misnamed:
        return Valued(None, (*problems, *misnamed))
    members = [(key, valued.value) for key, valued in found if valued.value is not None]
    if len(members) < len(found):
        return Valued(None, problems)
    if all(isinstance(member, Constant) for _, member in members):
        return Valued(Constant(node.value), problems)
    return Valued(ObjectValue(tuple(members)), problems)


def _list(node: Node, view: Viewpoint) -> Valued:
    return _listed([value_of(item, view) for item in node.items()], node.value)


def _listed(found: Sequence[Valued], stated: JsonValue) -> Valued:
    problems = tuple(problem for valued in found for problem in valued.problems)
    items = [valued.value for valued in found if valued.value is not None]
    if len(items) < len(found):
        return Valued(None, problems)
    if all(isinstance(item, Constant) for item in items):
        return Valued(Constant(stated), problems)
    return Valued(ListValue(tuple(items)), problems)


def _text(node: _Place, text: str, view: Viewpoint, *, whole_in_braces: bool = False) -> Valued:
    parsed = parse_text(text)
    if isinstance(parsed, SyntaxProblem):
        problem = Problem(
            rules.INVALID_EXPRESSION,
            parsed.message,
            parsed.hint,
            Slice(parsed.start, parsed.end),
            parsed.instead,
        )
        return Valued(None, (located(node, problem),))
    if parsed.whole or (whole_in_braces and parsed.braced_whole):
        (expression,) = parsed.parts
        assert not isinstance(expression, str)
        return _reference(node, expression, view)
    return _mixed(node, text, parsed, view)


def _reference(node: _Place, expression: Expression, view: Viewpoint) -> Valued:
    resolved = resolve(expression, view)
    if isinstance(resolved, Problem):
        return Valued(None, (located(node, resolved),))
    return Valued(resolved.value, tuple(located(node, note) for note in resolved.notes))


def _mixed(node: _Place, text: str, parsed: ExpressionText, view: Viewpoint) -> Valued:
    problems: list[Located] = []
    parts: list[str | Value] = []
    failed = False
    if parsed.braced_whole:
        problems.append(located(node, _braced_whole(parsed)))
    for part in _parts(text, parsed, view, node, problems):
        if isinstance(part, str):
            parts.append(part)
            continue
        resolved = resolve(part, view)
        if isinstance(resolved, Resolved):
            parts.append(resolved.value)
            problems.extend(located(node, note) for note in resolved.notes)
        else:
            problems.append(located(node, resolved))
            failed = True
    told = [each.problem.where for each in problems]
    slips = (slip for slip in _slips(text, view) if slip.where not in told)
    problems.extend(located(node, slip) for slip in slips)
    if failed:
        return Valued(None, tuple(problems))
    if all(isinstance(part, str) for part in parts):
        return Valued(Constant("".join(map(str, parts)), STR), tuple(problems))
    absent = any(not isinstance(part, str) and part.absent for part in parts)
    return Valued(Embedded(tuple(parts), STR, absent), tuple(problems))


def _slips(text: str, view: Viewpoint) -> Iterator[Problem]:
    """Expressions without `$` that would have a value here, and expressions in two pairs of braces."""
    yield from doubled(text)
    for expression, problem in (*undollared(text), *misspelt_roots(text)):
        if isinstance(resolve(expression, view), Resolved):
            yield problem


def _parts(
    text: str, parsed: ExpressionText, view: Viewpoint, node: _Place, problems: list[Located]
) -> Iterator[str | Expression]:
    """The parts, with expressions without braces split out where they can be resolved."""
    loose: list[Expression] = []
    for found in parsed.braceless:
        resolved = resolve(found, view)
        if isinstance(resolved, Resolved):
            loose.append(found)
        elif resolved.instead is not None or _stands_alone(node, text, found):
            # What has a slip, or stands alone in a parameter, is sent as it is by no one.
            problems.append(located(node, resolved))
    if not loose:
        yield from parsed.parts
        return
    position = 0
    for part in parsed.parts:
        if not isinstance(part, str):
            yield part
            position = part.where.end + 1
            continue
        end = position + len(part)
        for found in loose:
            if position <= found.where.start < end:
                yield text[position : found.where.start]
                yield found
                problems.append(located(node, _braceless(found, text, node)))
                position = found.where.end
        yield text[position:end]
        position = end + 1


def _stands_alone(node: _Place, text: str, found: Expression) -> bool:
    """Whether an expression is a parameter's value but for a word before it, as in `Bearer $inputs.token`."""
    where = found.where
    before = _WORD.fullmatch(text, 0, where.start)
    return where.end == len(text) and before is not None and _in_parameter(node)


def _braceless(expression: Expression, text: str, node: _Place) -> Problem:
    own = expression.where
    where = loosely_braced(text, own, single=_in_parameter(node))
    message = f"`{expression}` is embedded in text without braces"
    if where != own:
        message += f": those of `{text[where.start : where.end]}` are text"
    written = text[own.start : own.end]
    instead = written if where == Slice(0, len(text)) else f"{{{written}}}"
    shown = f"{expression}" if instead == written else f"{{{expression}}}"
    return Problem(wild.BRACELESS_EXPRESSION, message, f"write `{shown}`", where, instead)


def _in_parameter(node: _Place) -> bool:
    """Whether a text is the value of a parameter, where braces of its own make no sense."""
    return (
        isinstance(node, Node) and node.path[-1:] == ("value",) and "parameters" in node.path[-3:]
    )


def _braced_whole(parsed: ExpressionText) -> Problem:
    (expression,) = (part for part in parsed.parts if not isinstance(part, str))
    return Problem(
        rules.BRACED_WHOLE,
        f"`{{{expression}}}` makes text of the value",
        f"write `{expression}` to keep its type",
        expression.where,
    )


def located(node: Node | _Within, problem: Problem) -> Located:
    """Where a problem of the text at `node` stands, and how it is mended there."""
    start, end = problem.where.start, problem.where.end
    fix = None
    if problem.instead is not None and isinstance(node, _Within):
        fix = node.fix(start, end, problem.instead)
    elif problem.instead is not None and isinstance(node, Node):
        fix = in_place(node, start, end, problem.instead)
    return Located(problem, node.part(start, end), fix)
