"""Whole modules: laid out as by black, and by black itself where that is not known for sure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from arazzoc.layout.blank_lines import BlankLines, Form
from arazzoc.layout.statements import laid_out, laid_out_docstring
from arazzoc.layout.unsure import UnsureError
from arazzoc.layout.words import Statement, statements

__all__ = ["black", "lay_out"]

_FORMS: Final[dict[str, Form]] = {
    "@": "decorator",
    "class": "class",
    "def": "function",
    "import": "import",
    "from": "import",
}
_CLAUSES: Final = frozenset(("elif", "else", "except", "finally"))


def lay_out(text: str) -> str:
    """A module as black lays it out in 88 columns.

    Args:
        text: The module; Python takes it.
    """
    try:
        return "".join(_Module(text).lines())
    except UnsureError:
        return black(text)


def black(text: str) -> str:
    """Statements as black itself lays them out."""
    # Importing black takes as long as a small compilation without it.
    from black import format_str
    from black.mode import Mode, TargetVersion

    return format_str(text, mode=Mode(target_versions={TargetVersion.PY311}))


class _Module:
    """One pass over a module, from statement to statement at its outermost level."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._blank = BlankLines()

    def lines(self) -> Iterator[str]:
        """The lines of each statement, with their breaks.

        Raises:
            UnsureError: It takes black to lay out the whole.
        """
        for group in _groups(self._text):
            first, last = group[0], group[-1]
            form = _form(first, "docstring" if self._blank.at_start else "other")
            if (
                first.column
                or first.words[0].text in _CLAUSES
                or (last.column and _is_comment(last))
            ):
                raise UnsureError
            yield "\n" * self._blank.before(form, 0, first.blank)
            if form == "docstring":
                yield laid_out_docstring(first) + "\n"
                continue
            try:
                yield "".join(_nested(group))
            except UnsureError:
                yield black(self._text[first.start : last.end])
            if len(group) > 1:
                self._blank.pass_over()


def _groups(text: str) -> Iterator[Sequence[Statement]]:
    """Statements at the outermost level, each with those in it and its decorators."""
    group: list[Statement] = []
    for statement in statements(text):
        if group and not statement.column and group[-1].words[0].text != "@":
            yield group
            group = []
        group.append(statement)
    if group:
        yield group


def _nested(group: Sequence[Statement]) -> Iterator[str]:
    """The lines of a statement and of those in it."""
    blank = BlankLines()
    opener = previous = None
    for index, statement in enumerate(group):
        column = statement.column
        form = _form(statement, "other")
        if form == "comment":
            if index + 1 < len(group) and group[index + 1].column != column:
                raise UnsureError
        elif opener is not None and column > opener.column:
            if column != opener.column + 4:
                raise UnsureError
            if statement.words[0].kind == "string":
                if previous is not opener or _form(opener, "other") not in ("class", "function"):
                    raise UnsureError
                form = "docstring"
        lines = laid_out_docstring(statement) if form == "docstring" else laid_out(statement)
        clause = statement.words[0].text in _CLAUSES
        yield "\n" * blank.before(form, column // 4, statement.blank, clause=clause)
        yield lines + "\n"
        previous = statement
        opener = opener if form == "comment" else statement


def _form(statement: Statement, string: Form) -> Form:
    """What blank lines depend on; a string is taken for what the caller says."""
    kind, text = statement.words[0]
    if kind == "comment":
        return "comment"
    if kind == "string":
        return string
    if text == "async" and statement.words[1].text == "def":
        return "function"
    return _FORMS.get(text, "other")


def _is_comment(statement: Statement) -> bool:
    return statement.words[0].kind == "comment"
