"""Blank lines between the statements of a module."""

from __future__ import annotations

from typing import Literal, TypeAlias

from arazzoc.layout.unsure import UnsureError

__all__ = ["BlankLines", "Form"]

Form: TypeAlias = Literal[
    "class", "comment", "decorator", "docstring", "function", "import", "other"
]
"""What blank lines depend on."""

_DEFINING: frozenset[Form] = frozenset(("class", "decorator", "function"))


class BlankLines:
    """How many blank lines stand before each statement; statements are told in their order."""

    def __init__(self) -> None:
        self._form: Form = "other"
        self._level = -1
        self._definitions: list[int] = []
        self._due = 0
        self._starts_module = False
        self._only_comments = False

    def before(self, form: Form, level: int, written: int, *, clause: bool = False) -> int:
        """Blank lines before the next statement.

        Args:
            form: What it is.
            level: How deep it stands.
            written: How many there are now.
            clause: It goes on with a statement before it, such as `else`.

        Raises:
            UnsureError: It is not known for sure how many black leaves.
        """
        leaves = self._leaves(level)
        if form in ("class", "function"):
            self._definitions.append(level)
        if self._level < 0 or (form == "docstring" and level):
            count = 0
        else:
            count = self._count(form, level, min(written, 1 if level else 2), leaves)
            if leaves and clause:
                raise UnsureError
        count = max(count, self._due)
        if self._starts_module and form not in ("class", "function"):
            count = 1
        self._due = 1 if form == "docstring" and self._form == "class" else 0
        self._starts_module = form == "docstring" and not level
        self._only_comments = form == "comment" and self.at_start
        self._form, self._level = form, level
        return count

    @property
    def at_start(self) -> bool:
        """Whether nothing but comments has been told."""
        return self._level < 0 or self._only_comments

    def pass_over(self) -> None:
        """Goes on behind what stands in the last statement."""
        self._form, self._level = "other", self._level + 1

    def _leaves(self, level: int) -> bool:
        """Whether the statement follows a class or a function that has ended."""
        left = False
        while self._definitions and self._definitions[-1] >= level:
            self._definitions.pop()
            left = True
        return left

    def _count(self, form: Form, level: int, written: int, leaves: bool) -> int:
        count = (1 if level else 2) if leaves else written
        if form in _DEFINING:
            if self._form == "decorator":
                return 0
            if self._level < level and self._form in ("class", "function"):
                return 1 if written else 0
            if self._form == "comment" and self._level == level and not count:
                raise UnsureError
            return 1 if level else 2
        if self._form == "import" and form != "import" and level == self._level:
            return (count or 1) if level else 1
        return count
