"""Why a piece of text is not what it should be, as a value."""

from __future__ import annotations

from arazzoc.frozen import dataclass

__all__ = ["SyntaxProblem", "UnparsableError"]


@dataclass(frozen=True, slots=True)
class SyntaxProblem:
    """A fault in an expression, condition, query or pattern: `text[start:end]` is what is wrong.

    Attributes:
        message: What is wrong, in one sentence without a full stop.
        hint: What to do about it, where that is known.
        start: An offset into the text that was parsed, in code points.
        end: The offset after the fault; equal to `start` where something is missing.
        instead: What should stand in its place, where that is beyond doubt.
    """

    message: str
    hint: str | None
    start: int
    end: int
    instead: str | None = None


class UnparsableError(Exception):
    """Carries a problem out of a parser's depths to its door; it never leaves this package."""

    def __init__(self, problem: SyntaxProblem) -> None:
        super().__init__(problem.message)
        self.problem = problem
