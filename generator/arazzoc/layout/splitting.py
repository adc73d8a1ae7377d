"""Lines split until they fit, or cannot be split further: black's rules for what is longer than a line."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TypeAlias

from arazzoc.layout.breaks import COMMA, DOT
from arazzoc.layout.line import WIDTH, Line
from arazzoc.layout.omission import Trailers, can_be_split, can_do_without, prefers_without
from arazzoc.layout.parts import Parts, SplitError, left_parts, right_parts
from arazzoc.layout.tokens import CLOSING, Token

__all__ = ["split"]

_Way: TypeAlias = Callable[[Line, bool], Sequence[Line]]


def split(line: Line, *, forced: bool = False) -> Sequence[Line]:
    """The lines that `line` becomes.

    Args:
        line: A logical line, or a part of one.
        forced: Parentheses that need not be written are written.
    """
    if not line.explodes and not line.trailing and line.fits():
        return (line,)
    ways: tuple[_Way, ...] = (_at_right,)
    if line.is_definition:
        ways = (_at_parameters,)
    elif line.inside:
        ways = (_at_breaks, _at_right)
    for way in ways:
        try:
            return _split_by(way, line, forced)
        except SplitError:
            continue
    return (line,)


def _split_by(way: _Way, line: Line, forced: bool) -> Sequence[Line]:
    """The lines that one way of splitting leads to.

    Raises:
        SplitError: It cannot split this line.
    """
    text = str(line)
    outer = [bracket for bracket in line.unwritten if not bracket.depth]
    result: list[Line] = []
    for part in way(line, forced):
        if str(part) == text:
            raise SplitError
        result.extend(split(part, forced=forced))
    if (
        forced
        or way is not _at_right
        or not line.unwritten
        or any(bracket.text for bracket in outer)
        or result[0].fits()
    ):
        return result
    others = _split_by(way, line.copy(), True)
    return others if all(each.fits() for each in others) else result


def _at_parameters(line: Line, _: bool) -> Sequence[Line]:
    return tuple(left_parts(line).lines())


def _at_breaks(line: Line, _: bool) -> Sequence[Line]:
    """A line for each member of a list, operand of the weakest operator, and so on."""
    last = line.tokens[-1]
    weight = line.weight(but=last)
    if not weight or (weight == DOT and line.count(weight) == 1):
        raise SplitError
    lines = [Line(line.indent, inside=True)]
    for token in line.tokens:
        lines[-1].append(token)
        if line.breaks.get(id(token)) == weight:
            lines.append(Line(line.indent, inside=True))
    if not lines[-1].tokens:
        lines.pop()
    elif weight == COMMA and last.text != ",":
        lines[-1].append(Token(",", "sign", 0))
    for each in lines:
        each.tokens[0].space = 0
    return lines


def _at_right(line: Line, forced: bool) -> Sequence[Line]:
    """Split at the last pair of brackets, or at one before it if the first line fits only so."""
    columns: dict[int, int] = {}
    column = 4 * line.indent
    for token in line.tokens:
        columns[id(token)] = column
        column += token.space + len(token.text)
    first: Sequence[Line] | None = None
    for omitted in Trailers(line).sets():
        if omitted and _is_too_far(line, omitted, columns):
            continue
        lines = _at_last(line, forced, omitted)
        if first is None and not omitted:
            first = lines
        if lines[0].fits():
            return lines
    return first if first is not None else _at_last(line, forced, ())


def _is_too_far(line: Line, omitted: Collection[int], columns: dict[int, int]) -> bool:
    """Whether the line would be split at a bracket that is itself beyond the width."""
    for token in reversed(line.tokens):
        if token.bracket in CLOSING and id(token) not in omitted:
            opener = token.opener
            return opener is not None and bool(opener.text) and columns.get(id(opener), 0) > WIDTH
    return False


def _at_last(line: Line, forced: bool, omitted: Collection[int]) -> Sequence[Line]:
    return _without_parentheses(right_parts(line, omitted), line, forced, omitted)


def _without_parentheses(
    parts: Parts, line: Line, forced: bool, omitted: Collection[int]
) -> Sequence[Line]:
    """Split, and without writing parentheses where that is as good."""
    unwritten = not parts.opening.text and not parts.closing.text
    if unwritten and not forced and can_do_without(parts):
        omitted = {id(parts.closing), *omitted}
        try:
            without = right_parts(line, omitted)
            if prefers_without(without, parts):
                return _without_parentheses(without, line, forced, omitted)
        except SplitError:
            if not can_be_split(parts.body) and not parts.body.fits():
                raise
    parts.write_brackets()
    return tuple(parts.lines())
