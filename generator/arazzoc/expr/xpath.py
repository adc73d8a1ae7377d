"""XPath conditions and targets: values that are embedded become variables, and the rest is checked.

XPath 1.0, 2.0, 3.0 and 3.1. The grammar is judged by elementpath where that is installed; without it, only
quotes, comments and brackets are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal, NoReturn, TypeAlias

from arazzoc.expr.ast import Expression
from arazzoc.expr.expression import ROOTS, parse_expression
from arazzoc.expr.problem import SyntaxProblem, UnparsableError
from arazzoc.expr.scanner import excerpt
from arazzoc.expr.substituted import Substituted
from arazzoc.frozen import dataclass

__all__ = ["VERSIONS", "Place", "Variable", "XPathQuery", "XPathVersion", "parse_xpath"]

XPathVersion: TypeAlias = Literal["1.0", "2.0", "3.0", "3.1"]

VERSIONS: Final[Mapping[str | None, XPathVersion]] = {
    None: "3.1",
    "xpath-31": "3.1",
    "xpath-30": "3.0",
    "xpath-20": "2.0",
    "xpath-10": "1.0",
}
"""The versions of XPath by the words of the Expression Type Object; 3.1 where none is stated."""

Place: TypeAlias = Literal["text", "operand", "name"]
"""Where an expression stands: in a string literal, as an operand, or as the name in a step of a path."""

_PIECE: Final = re.compile(
    rf"""
    (?P<quoted> "(?:[^"]|"")*" | '(?:[^']|'')*' )
    | (?P<comment> \(: )
    | (?P<embedded> \{{(?=\$(?:{'|'.join(ROOTS)})\b) )
    | (?P<bracket> [(\[{{)\]}}] )
    | (?P<unclosed> ["'] )
    """,
    re.VERBOSE,
)
_EMBEDDED: Final = re.compile(rf"\{{(?=\$(?:{'|'.join(ROOTS)})\b)")
_BOUND: Final = re.compile(r"\$([^\W\d][\w.-]*)\s*(?:in\b|:=)")
_PARAMETERS: Final = re.compile(r"\bfunction\s*\(([^)]*)\)")
_VARIABLE: Final = re.compile(r"\$([^\W\d][\w.-]*)")
_LAST_WORD: Final = re.compile(r"([A-Za-z_]\w*)\W*\Z")
_COMMENT: Final = re.compile(r"\(:|:\)")
_BESIDE: Final = re.compile(r"[\w$.\"')\]}-]\Z")
_BEHIND: Final = re.compile(r"[\w:({$.-]")
_ENDED: Final = re.compile(r"(?:[\w.-]+|[\"')\]}])\Z")
_LONGER_THAN_WORDS: Final = 32
"""Characters: a name that fills them is none of `_WORDS`, and looking no further back takes no time."""
_BEGUN: Final = re.compile(r"[0-9\"'$]")
_WORDS: Final = frozenset(
    (
        *(
            "and",
            "or",
            "div",
            "mod",
            "idiv",
            "eq",
            "ne",
            "lt",
            "le",
            "gt",
            "ge",
            "is",
            "to",
            "union",
        ),
        *("intersect", "except", "return", "satisfies", "in", "then", "else"),
    )
)
"""What may stand before an operand as a name would."""
_STEP: Final = re.compile(r"(?:/|::|@)\s*\Z")
_PREFIX: Final = re.compile(r"(?<![\w.:$-])([^\W\d][\w.-]*):(?![:=])(?=[^\W\d]|\*)")
_OUTSIDE: Final = re.compile(
    r"(?<![\w.$-])(?:fn:)?(doc(?:-available)?|(?:uri-)?collection|json-doc|load-xquery-module|transform"
    r"|unparsed-text(?:-lines|-available)?|environment-variable|available-environment-variables)\s*[(#]"
)
_CLOSING: Final = {"(": ")", "[": "]", "{": "}"}
_HINTS: Final = (
    ("unexpected `=` operator", "equality is written with one `=`"),
    ("unexpected end of source", "something is missing at the end"),
    ("unknown symbol `&`", "write `and`"),
    ("unexpected `|`", "write `or`"),
    ("`!`", "write `not(...)`"),
    ("is not declared", "a function's prefix is `fn`, `xs`, `math`, `map` or `array`"),
)


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable that stands for what an expression gives.

    Attributes:
        name: Without the dollar sign.
        parts: Its text; a single expression where it is an operand.
        place: Where it stands.
    """

    name: str
    parts: tuple[str | Expression, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class XPathQuery:
    """An XPath: what a run puts in are variables, but for what would be no value in it.

    Attributes:
        text: The XPath, with variables where the document embeds expressions. Where one is an operator or
            another piece of the query, only a run knows the text.
    """

    text: str | Substituted
    version: XPathVersion
    variables: tuple[Variable, ...] = ()


def parse_xpath(text: str, version: XPathVersion) -> XPathQuery | SyntaxProblem:
    """The query that `text` is, or why it is none.

    Where an expression stands neither for a string literal or a part of one, nor for an operand, nor for a
    name of a path, the query is put together in a run. Those in string literals are variables there too.

    Args:
        text: The XPath, with runtime expressions in braces.
        version: The version of XPath whose grammar it follows.
    """
    try:
        return _Reader(text, version).read() or _Reader(text, version, composed=True).composed()
    except UnparsableError as stopped:
        return stopped.problem


@dataclass(frozen=True, slots=True)
class _Written:
    """Where a variable stands in the query, and what it stands for in the document's text."""

    start: int
    end: int
    stated: int
    stated_end: int
    place: Place


class _Reader:
    """Takes a query apart into string literals, comments, brackets and expressions."""

    def __init__(self, text: str, version: XPathVersion, *, composed: bool = False) -> None:
        self._text = text
        self._composed = composed
        """Whether expressions that are in no string literal are put in as text."""
        self._parts: list[str | Expression] = []
        """What stands before the current piece of a query that only a run knows."""
        self._version: XPathVersion = version
        self._query = ""
        self._bare = ""
        """The text with spaces for what string literals, comments and expressions hold."""
        self._variables: list[Variable] = []
        self._places: list[_Written] = []
        self._open: list[tuple[str, int]] = []
        self._taken = set(re.findall(rf"(?<!{{){_VARIABLE.pattern}", text))

    def read(self) -> XPathQuery | None:
        """The query; None where an expression stands where it cannot be compiled.

        Raises:
            UnparsableError: The query is wrong.
        """
        if not self._text.strip():
            _stop("an XPath cannot be empty", None, 0, len(self._text))
        if not self._pieces():
            return None
        if self._open:
            bracket, place = self._open[-1]
            _stop(f"`{bracket}` is not closed", f"write `{_CLOSING[bracket]}`", place, place + 1)
        self._check_names()
        query = XPathQuery(self._query, self._version, tuple(self._variables))
        fault = _fault(self._query, self._version)
        if fault is not None and self._is_of_expression(fault):
            return None
        if fault is not None:
            hint = next((hint for part, hint in _HINTS if part in fault.message), None)
            _stop(fault.message, hint, self._stated(fault.start), self._stated(fault.end))
        return query

    def composed(self) -> XPathQuery:
        """The query as what a run puts it together from.

        Raises:
            UnparsableError: A string literal or a comment has no end, or a function reads what is outside.
        """
        self._pieces()
        self._check_outside()
        parts = (*self._parts, self._query)
        text = Substituted(tuple(part for part in parts if part != ""))
        return XPathQuery(text, self._version, tuple(self._variables))

    def _pieces(self) -> bool:
        """Reads all of the text; whether every expression could be compiled."""
        at = 0
        while found := _PIECE.search(self._text, at):
            self._take(at, found.start())
            end = self._piece(found)
            if end is None:
                return False
            at = end
        self._take(at, len(self._text))
        return True

    def _take(self, start: int, end: int) -> None:
        self._query += self._text[start:end]
        self._bare += self._text[start:end]

    def _hide(self, start: int, end: int, written: str) -> None:
        self._query += written
        self._bare += " " * (end - start)

    def _piece(self, found: re.Match[str]) -> int | None:
        """Reads a piece and gives its end; None for an expression that cannot stand there."""
        start, end = found.span()
        match found.lastgroup:
            case "quoted":
                self._quoted(start, end)
            case "comment":
                end = self._comment(start)
            case "embedded":
                return self._embedded(start)
            case "unclosed":
                _stop(
                    f"the `{found[0]}` that ends the text is missing", None, start, len(self._text)
                )
            case _:
                self._bracket(found[0], start)
        return end

    def _bracket(self, bracket: str, start: int) -> None:
        if self._composed:
            pass
        elif bracket in _CLOSING:
            self._open.append((bracket, start))
        elif not self._open or _CLOSING[self._open.pop()[0]] != bracket:
            hint = "remove it, or write what it closes"
            _stop(f"`{bracket}` closes nothing", hint, start, start + 1)
        self._take(start, start + 1)

    def _quoted(self, start: int, end: int) -> None:
        quote = self._text[start]
        parts: list[str | Expression] = []
        at = start + 1
        while opening := _EMBEDDED.search(self._text, at, end):
            parts.append(self._text[at : opening.start()].replace(quote * 2, quote))
            expression, at = self._expression(opening.start(), end - 1)
            parts.append(expression)
        if not parts:
            self._hide(start, end, self._text[start:end])
            return
        parts.append(self._text[at : end - 1].replace(quote * 2, quote))
        self._variable(tuple(part for part in parts if part != ""), "text", start, end)

    def _comment(self, start: int) -> int:
        depth, end = 1, start + 2
        while depth:
            mark = _COMMENT.search(self._text, end)
            if mark is None:
                _stop("the `:)` that ends the comment is missing", None, start, start + 2)
            depth += 1 if mark[0] == "(:" else -1
            end = mark.end()
        self._hide(start, end, self._text[start:end])
        return end

    def _embedded(self, start: int) -> int | None:
        expression, end = self._expression(start, len(self._text))
        before, after = self._text[:start], self._text[end:]
        if self._composed:
            self._parts += [self._query, expression]
            self._query = ""
            return end
        if _is_piece(before, after):
            return None
        self._variable((expression,), "name" if _STEP.search(before) else "operand", start, end)
        return end

    def _expression(self, start: int, stop: int) -> tuple[Expression, int]:
        """The expression whose brace is at `start`, and the end of its other brace."""
        closing = self._text.find("}", start, stop)
        if closing < 0:
            what = excerpt(self._text[start:stop])
            _stop(f"the `}}` is missing that ends `{what}`", "write `{$...}`", start, stop)
        expression = parse_expression(self._text, start + 1, closing)
        if isinstance(expression, SyntaxProblem):
            raise UnparsableError(expression)
        return expression, closing + 1

    def _variable(
        self, parts: tuple[str | Expression, ...], place: Place, start: int, end: int
    ) -> None:
        variable = next((each for each in self._variables if _same(each, parts, place)), None)
        if variable is None:
            variable = Variable(self._free(parts), parts, place)
            self._variables.append(variable)
        code = f"*[local-name() = ${variable.name}]" if place == "name" else f"${variable.name}"
        at = len(self._query)
        self._places.append(_Written(at, at + len(code), start, end, place))
        self._hide(start, end, code)

    def _free(self, parts: tuple[str | Expression, ...]) -> str:
        """A name after the last word of the expression, which no other variable has."""
        expression = next(part for part in parts if not isinstance(part, str))
        found = _LAST_WORD.search(str(expression))
        word = found[1] if found else "value"
        names = (word if number == 1 else f"{word}_{number}" for number in range(1, 10_000))
        name = next(name for name in names if name not in self._taken)
        self._taken.add(name)
        return name

    def _check_names(self) -> None:
        """No variable is without a value, and no function reads what is outside of the context.

        Raises:
            UnparsableError: There is one.
        """
        self._check_outside()
        bound = {*_BOUND.findall(self._bare)}
        for parameters in _PARAMETERS.findall(self._bare):
            bound |= {*_VARIABLE.findall(parameters)}
        for used in _VARIABLE.finditer(self._bare):
            if used[1] not in bound:
                hint = "a value of the workflow is embedded in braces, such as `{$inputs.id}`"
                _stop(f"there is no variable `{used[0]}`", hint, *used.span())

    def _check_outside(self) -> None:
        outside = _OUTSIDE.search(self._bare)
        if outside is not None:
            hint = "a query can look at its context and at values that are embedded, nothing else"
            _stop(f"`{outside[1]}()` reads what is outside of the context", hint, *outside.span(1))

    def _is_of_expression(self, fault: SyntaxProblem) -> bool:
        """Whether the fault is at an expression that is no string literal, or right behind it."""
        return any(
            place.place != "text"
            and fault.end > place.start
            and not self._query[place.end : max(place.end, fault.start)].strip()
            for place in self._places
        )

    def _stated(self, offset: int) -> int:
        """The offset in the document's text of one in the query."""
        moved = offset
        for place in self._places:
            if offset >= place.end:
                moved = offset + place.stated_end - place.end
            elif offset > place.start:
                return place.stated
        return moved


def _same(variable: Variable, parts: tuple[str | Expression, ...], place: Place) -> bool:
    return variable.place == place and [*map(str, variable.parts)] == [*map(str, parts)]


def _stop(message: str, hint: str | None, start: int, end: int) -> NoReturn:
    raise UnparsableError(SyntaxProblem(message, hint, start, end))


def _is_piece(before: str, after: str) -> bool:
    """Whether an expression is a piece of a query rather than an operand or a name, as far as words tell.

    It is one where it touches a word, where it is all there is, and between two operands.
    """
    if _BESIDE.search(before) or _BEHIND.match(after) or not (before + after).strip():
        return True
    ended = _ENDED.search(before.rstrip()[-_LONGER_THAN_WORDS:])
    return (ended is not None and ended[0] not in _WORDS) or bool(_BEGUN.match(after.lstrip()))


def _fault(text: str, version: XPathVersion) -> SyntaxProblem | None:
    """Why the query is not legal by its version, with the place in its text.

    None where it is legal, or where elementpath, which is an extra, is not installed.
    """
    try:
        # The import takes longer than linting a document.
        from elementpath import ElementPathError, XPath1Parser, XPath2Parser, XPathToken
        from elementpath.tdop import Parser
        from elementpath.xpath3 import XPath30Parser, XPath31Parser
    except ImportError:
        return None
    parsers: dict[XPathVersion, type[XPath1Parser]] = {
        "1.0": XPath1Parser,
        "2.0": XPath2Parser,
        "3.0": XPath30Parser,
        "3.1": XPath31Parser,
    }
    kind = parsers[version]
    prefixes = dict.fromkeys(_PREFIX.findall(text), "urn:any")
    parser = kind(namespaces={**prefixes, **kind.DEFAULT_NAMESPACES})
    try:
        if parser.tokenizer is None:
            parser.tokenizer = parser.create_tokenizer(parser.symbol_table)
        # The parser's own `parse` evaluates what is constant as well, which a document may make endless.
        Parser[XPathToken].parse(parser, text)
    except ElementPathError as error:
        token = error.token
        start, end = (0, len(text)) if token is None else token.span
        message = error.message[:1].lower() + error.message[1:]
        return SyntaxProblem(re.sub("'([^']+)'", r"`\1`", message), None, start, end)
    except RecursionError:
        return SyntaxProblem("this is nested too deeply", None, 0, len(text))
    return None
