"""Reads text in which runtime expressions are embedded (Arazzo 1.1.0, "Runtime Expressions")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from arazzoc.expr.ast import AllInputs, Expression, ExpressionText, Slice
from arazzoc.expr.expression import ROOTS, parse_expression
from arazzoc.expr.problem import SyntaxProblem, UnparsableError
from arazzoc.expr.scanner import excerpt
from arazzoc.suggestion import closest

__all__ = ["parse_text", "split_text"]

_WORD_START: Final = re.compile(r"(?<![\w$\\])\$([A-Za-z_]\w*)")
_EXTENT: Final = re.compile(r"""[^\s"'`<>{}|&=,;\\]{0,500}""")
_TRAILING: Final = ".,;:!?)]'\"-#"
_OPENING: Final = {")": "(", "]": "["}
_DOTTED_ROOT: Final = re.compile(r"\$[A-Za-z_]\w*\.[\w$]")
_FULL_STOP: Final = re.compile(rf"\$({'|'.join(ROOTS)})\.")
_REACH: Final = rf"((?:{'|'.join(ROOTS)})\.[^{{}}\s]+)"
_FOREIGN: Final = re.compile(
    rf"\{{\{{\s*{_REACH}\s*\}}\}}|\$\{{\s*{_REACH}\s*\}}|(?<![\w}}])\{{{_REACH}\}}"
)
"""`{{inputs.id}}`, `${inputs.id}` and `{inputs.id}`."""
_COMPUTED: Final = re.compile(
    rf"\$(?:{'|'.join(ROOTS)})\.[^\s{{}}]+\s+(?P<operator>\|\||\?\?|\?|\+)\s+\S.*", re.DOTALL
)
"""`$inputs.limit || 10`, which other languages calculate."""
_INSTEAD: Final[Mapping[str, str]] = {
    "+": "to join texts, write them one behind the other: `{$inputs.a}{$inputs.b}`",
    "?": "let the criteria of an action choose between two steps",
}
_VARIABLE: Final = re.compile(
    r"\$(?:guid|isoTimestamp|timestamp|uuid|random[A-Z]\w*|(?:env|faker|secrets?|vars?)\.\w[\w.]*)"
    r"(?:\(\))?"
)
"""`$randomUUID` and `$env.TOKEN`, which other tools fill in."""
_STEMS: Final = frozenset(root.casefold().rstrip("s") for root in ROOTS)


def parse_text(text: str) -> ExpressionText | SyntaxProblem:
    """The literal text and the expressions that a string of a document holds.

    - One whole expression without braces keeps its type. A string that ends in a full stop is a sentence,
      never a whole expression.
    - `{$` opens an embedded expression, which ends at the next `}`. All other braces are literal, so that
      JSON templates work.
    - A `$` in literal text may open an expression without braces, unless a letter, a digit, `_`, `$` or a
      backslash stands before it. The expression ends before white space, quotes, braces and `<>|&=,;`. It
      is the longest legal one that does not end in `-`, in punctuation, or in a closing bracket that it
      does not open.
    - Text that starts like an expression (`$inputs.`, `$step.`) but is none is a problem, since it would be
      sent as it stands. `$5.00` and `$set` are literal.
    - Other templates' ways to put in a value (`{{inputs.id}}`, `${inputs.id}`) are a problem as well. So are
      calculations (`$inputs.limit || 10`) and the variables of other tools (`$randomUUID`).
    """
    foreign = _FOREIGN.search(text) if "{" in text else None
    if foreign is not None:
        return _not_ours(text, foreign)
    if "$" not in text:
        return ExpressionText((text,))
    computed = _computed(text)
    if computed is not None:
        return computed
    if text.startswith("$") and (not text.endswith(".") or _FULL_STOP.fullmatch(text)):
        whole = parse_expression(text)
        if not isinstance(whole, SyntaxProblem):
            return ExpressionText((whole,), whole=True)
        if _meant(text):
            return whole
    try:
        parts = split_text(text)
        braceless = tuple(_braceless(text, parts))
    except UnparsableError as stopped:
        return stopped.problem
    braced_whole = len(parts) == 1 and not isinstance(parts[0], str)
    return ExpressionText(parts, braceless, braced_whole=braced_whole)


def split_text(text: str) -> tuple[str | Expression, ...]:
    """Literal text and the expressions in braces, in turn; no literal part is empty but in empty text.

    Raises:
        UnparsableError: An expression in braces is wrong, or its closing brace is missing.
    """
    parts: list[str | Expression] = []
    position = 0
    while (opening := text.find("{$", position)) >= 0:
        closing = text.find("}", opening)
        if closing < 0:
            raise UnparsableError(
                SyntaxProblem(
                    f"the `}}` is missing that ends `{excerpt(text[opening:])}`",
                    "write `{$...}`; a brace before `$` always opens an expression",
                    opening,
                    len(text),
                )
            )
        expression = parse_expression(text, opening + 1, closing)
        if isinstance(expression, SyntaxProblem):
            raise UnparsableError(expression)
        if opening > position:
            parts.append(text[position:opening])
        parts.append(expression)
        position = closing + 1
    if position < len(text) or not parts:
        parts.append(text[position:])
    return tuple(parts)


def _computed(text: str) -> SyntaxProblem | None:
    """That a text is to be calculated, or filled in, by something that Arazzo does not have."""
    found = _COMPUTED.fullmatch(text)
    if found is not None:
        operator = found["operator"]
        return SyntaxProblem(
            f"`{operator}` calculates nothing in a value",
            _INSTEAD.get(operator, "state a `default` in the schema of the input"),
            found.start("operator"),
            found.end("operator"),
        )
    if _VARIABLE.fullmatch(text) is not None:
        message = f"`{excerpt(text)}` is a variable of another tool"
        return SyntaxProblem(message, "declare an input, and pass the value", 0, len(text))
    return None


def _not_ours(text: str, found: re.Match[str]) -> SyntaxProblem:
    name = next(group for group in found.groups() if group is not None)
    written = f"${name}" if found[0] == text else f"{{${name}}}"
    return SyntaxProblem(
        f"`{excerpt(found[0])}` is another language's way to put in a value",
        f"write `{written}`",
        found.start(),
        found.end(),
        written,
    )


def _meant(text: str) -> bool:
    """Whether the whole of `text` is an attempt at one expression rather than text with a dollar sign."""
    found = _WORD_START.match(text)
    if found is None or any(character.isspace() for character in text):
        return False
    if found[1] in ROOTS:
        return _longest(text, 0, _extent(text, 0, len(text))) is None
    return text[found.end() :].startswith(".") and closest(found[1], ROOTS) is not None


def _braceless(text: str, parts: tuple[str | Expression, ...]) -> Iterator[Expression]:
    position = 0
    for part in parts:
        if isinstance(part, str):
            yield from _in_literal(text, position, position + len(part))
            position += len(part)
        else:
            position = part.where.end + 1


def _in_literal(text: str, start: int, end: int) -> Iterator[Expression]:
    at = start
    while found := _WORD_START.search(text, at, end):
        at = found.end()
        stop = _extent(text, found.start(), end)
        expression = _longest(text, found.start(), stop) if found[1] in ROOTS else None
        if expression is None:
            if _slipped(text, found, stop):
                _stop_at(text, found.start(), stop)
            continue
        at = expression.where.end
        if at == end < len(text):
            raise UnparsableError(_nested(expression.where))
        if text.startswith(("#", "["), at, end):
            _stop_at(text, found.start(), stop)
        yield expression


def _extent(text: str, start: int, end: int) -> int:
    found = _EXTENT.match(text, start, end)
    return found.end() if found else start


def _longest(text: str, start: int, end: int) -> Expression | None:
    """The longest expression that starts at `start`, ends before `end` and leaves punctuation out."""
    while end > start + 1:
        while end > start + 1 and _is_punctuation(text, start, end):
            end -= 1
        expression = parse_expression(text, start, end)
        if isinstance(expression, AllInputs):
            return None  # in a text, `$inputs` is a word
        if not isinstance(expression, SyntaxProblem):
            return expression
        end = min(end - 1, expression.start)
    return None


def _is_punctuation(text: str, start: int, end: int) -> bool:
    last = text[end - 1]
    if last not in _TRAILING:
        return False
    opening = _OPENING.get(last)
    return opening is None or text.count(last, start, end) > text.count(opening, start, end)


def _slipped(text: str, root: re.Match[str], stop: int) -> bool:
    """Whether the word starts with a root, give or take a capital or the plural, and a dot."""
    dotted = _DOTTED_ROOT.match(text, root.start(), stop) is not None
    return dotted and root[1].casefold().rstrip("s") in _STEMS


def _stop_at(text: str, start: int, end: int) -> None:
    problem = parse_expression(text, start, end)
    if isinstance(problem, SyntaxProblem):
        raise UnparsableError(problem)


def _nested(where: Slice) -> SyntaxProblem:
    return SyntaxProblem(
        "an expression cannot stand inside another",
        "put braces around each expression that stands in text",
        where.start,
        where.end,
    )
