"""Checks regular expressions of criteria: do they compile, and do they mean what they look like?"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from arazzoc.expr.problem import SyntaxProblem
from arazzoc.expr.substituted import Substituted
from arazzoc.runtime.patterns import translated

__all__ = ["check_frame", "check_i_regexp", "check_regex"]

_LONGEST: Final = 10_000
_STAND_INS: Final = ("x", "1", "", "1}", ")", "(")
_SLASHES: Final = re.compile(r"/(?P<inside>.*[^\\])/(?P<flags>[a-z]*)", re.DOTALL)
_FLAGS: Final = re.compile(r"[dgimsuvy]*[gi][dgimsuvy]*")
_POSIX_CLASS: Final = re.compile(r"\[\[:\^?[a-z]+:\]")
_FOREIGN: Final = (
    (
        r"\\[pP](?:\{[^}]*\}|[A-Z])",
        "write `[^\\W\\d_]` for letters; other classes have to be spelt out",
    ),
    (r"\(\?<[A-Za-z_]\w*>", "write a named group as `(?P<name>...)`"),
    (r"\\k<\w+>", "write `(?P=name)`"),
    (r"\\u\{[0-9A-Fa-f]+\}", "write `\\uXXXX`, or the character itself"),
    (r"\\c[A-Za-z]", "write `\\xXX` for a control character"),
    (r"\\z", "write `\\Z` for the end of the text"),
    (r"\\[GRXhK]", "this escape is another language's"),
)
_MESSAGES: Final = (
    ("global flags not at the start", "write flags such as `(?i)` first"),
    ("look-behind requires fixed-width", "a look-behind has to match text of one length"),
    ("unterminated subpattern", "write the `)` that is missing, or `\\(` for a parenthesis"),
    ("unbalanced parenthesis", "remove the `)`, or write `\\)` for a parenthesis"),
    ("unterminated character set", "write the `]` that is missing, or `\\[` for a bracket"),
    ("nothing to repeat", "write something before it, or a backslash for the character itself"),
    ("multiple repeat", "one repetition cannot follow another; write `(?:...)` around the first"),
    ("bad escape", "write `\\\\` for a backslash"),
)
_I_REGEXP_HINTS: Final = (
    (r"\\d", "write `[0-9]` for `\\d`"),
    (r"\\D", "write `[^0-9]` for `\\D`"),
    (r"\\w", "write `[A-Za-z0-9_]` for `\\w`"),
    (r"\\W", "write `[^A-Za-z0-9_]` for `\\W`"),
    (r"\\s", "write `[ \\t\\n\\r]` for `\\s`"),
    (r"\\S", "write `[^ \\t\\n\\r]` for `\\S`"),
    (r"\\[bBAZz]", "there are no word boundaries; `^` and `$` are the start and the end"),
    (r"\\\$", "write `[$]` for a dollar sign"),
    (r"\\[A-Za-z/'\"]", "only `\\n`, `\\r`, `\\t`, `\\p{...}` and signs of patterns are escaped"),
    (r"\(\?", "groups are written `(...)`, without a `?`"),
    (r"[*+?}][*+?]", "one repetition cannot follow another"),
    (r"\[\[:", "write `[A-Za-z]`, `[0-9]` or `\\p{L}`"),
)


def check_regex(text: str) -> SyntaxProblem | None:
    """Why `text` is no pattern for Python's `re`, or surely not the one that was meant; None where it is.

    Patterns in slashes compile but match slashes, and `[[:alpha:]]` compiles to another set than it looks
    like, so both are problems. Text with embedded expressions cannot be judged before they have values.
    """
    if len(text) > _LONGEST:
        return SyntaxProblem(
            f"the pattern is longer than {_LONGEST} characters", None, 0, len(text)
        )
    for check in _CHECKS:
        problem = check(text)
        if problem is not None:
            return problem
    return None


def check_frame(pattern: Substituted) -> SyntaxProblem | None:
    """Why a pattern with embedded expressions compiles with no value that they are likely to have.

    A value may be any piece of a pattern, so only what is wrong with several of them is wrong for sure.
    """
    texts = [
        "".join(part if isinstance(part, str) else stand_in for part in pattern.parts)
        for stand_in in _STAND_INS
    ]
    problems = [check_regex(text) for text in texts]
    first = problems[0]
    return (
        None
        if first is None or None in problems
        else replace(first, start=0, end=len(str(pattern)))
    )


def check_i_regexp(text: str) -> SyntaxProblem | None:
    """Why `text` is no I-Regexp (RFC 9485), as `match()` and `search()` take it; None where it is."""
    try:
        translated(text)
    except re.error as error:
        at = min(error.pos or 0, len(text))
        hints = (hint for pattern, hint in _I_REGEXP_HINTS if re.search(pattern, text))
        return SyntaxProblem(str(error.msg), next(hints, None), at, len(text))
    return None


def _slashes(text: str) -> SyntaxProblem | None:
    found = _SLASHES.fullmatch(text)
    if found is None:
        return None
    inside, flags = found["inside"], found["flags"]
    anchored = inside.startswith("^") or (inside.endswith("$") and not inside.endswith("\\$"))
    if not _FLAGS.fullmatch(flags) and not (anchored and not flags):
        return None
    hint = f"write `(?i){inside}`" if "i" in flags else f"write `{inside}`"
    return SyntaxProblem("slashes around a pattern are part of it", hint, 0, len(text))


def _posix_class(text: str) -> SyntaxProblem | None:
    found = _POSIX_CLASS.search(text)
    if found is None:
        return None
    return SyntaxProblem(
        f"`{found[0][1:]}` is a set of single characters, not a class",
        "write `[a-zA-Z]`, `[0-9]`, `\\s` or `\\w`",
        *found.span(),
    )


def _compiles(text: str) -> SyntaxProblem | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(text)
    except re.error as error:
        at = min(error.pos or 0, len(text))
        return _translated(text, str(error.msg), at)
    except (OverflowError, RecursionError):
        return SyntaxProblem("the pattern is too large or too deep", None, 0, len(text))
    return None


def _translated(text: str, message: str, at: int) -> SyntaxProblem:
    for pattern, hint in _FOREIGN:
        for found in re.finditer(pattern, text):
            if found.start() <= at <= found.end():
                unknown = f"`{found[0]}` is unknown to Python's `re`"
                return SyntaxProblem(unknown, hint, *found.span())
    hint = next((hint for piece, hint in _MESSAGES if piece in message), "")
    return SyntaxProblem(
        f"the pattern does not compile: {message}", hint or None, at, min(at + 1, len(text))
    )


_CHECKS: Final[tuple[Callable[[str], SyntaxProblem | None], ...]] = (
    _slashes,
    _compiles,
    _posix_class,
)
