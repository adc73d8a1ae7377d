"""Findings on their way: known before it is known where a user is to be shown them."""

from __future__ import annotations

from arazzoc.diagnostics.model import Diagnostic, Related, Rule
from arazzoc.frozen import dataclass
from arazzoc.text import LineIndex, Span

__all__ = ["Fault", "Problem"]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a text that is being read.

    Attributes:
        rule: What kind of finding it is.
        start: The offset where it starts, in code points.
        end: The offset where it ends, exclusive.
        message: As in `Diagnostic`.
        hint: As in `Diagnostic`.
        first: Start and end of an earlier place that belongs to it, such as the first of two duplicates.
        first_message: What that place is.
    """

    rule: Rule
    start: int
    end: int
    message: str
    hint: str | None = None
    first: tuple[int, int] | None = None
    first_message: str = ""

    def diagnostic(self, file: str, lines: LineIndex) -> Diagnostic:
        """The finding as one about the file that is shown as `file`."""

        def span(start: int, end: int) -> Span:
            return Span(file, lines.position(start), lines.position(max(start, end)))

        related = () if self.first is None else (Related(span(*self.first), self.first_message),)
        place = span(self.start, self.end)
        return Diagnostic(self.rule, self.rule.severity, place, self.message, self.hint, related)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a document, address or reference cannot be used; whoever asked for it knows the place.

    Attributes:
        rule: What kind of finding it is.
        message: As in `Diagnostic`.
        hint: As in `Diagnostic`.
        related: As in `Diagnostic`.
    """

    rule: Rule
    message: str
    hint: str | None = None
    related: tuple[Related, ...] = ()

    def at(self, span: Span) -> Diagnostic:
        """The finding, at the place that asked."""
        return Diagnostic(
            self.rule, self.rule.severity, span, self.message, self.hint, self.related
        )
