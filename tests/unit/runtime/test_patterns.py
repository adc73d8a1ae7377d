from __future__ import annotations

import re
from typing import Any

import pytest

from arazzoc.runtime.patterns import has_match, is_match, python_pattern, translated

NO_LINE_BREAK = r"[^\n\r]"


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("", ""),
        ("job-[0-9]+", "job-[0-9]+"),
        ("a.c", f"a{NO_LINE_BREAK}c"),
        ("(a|b){2,3}", "(?:a|b){2,3}"),
        (r"a\.b\-c", r"a\.b\-c"),
        ("[a.b]", "[a.b]"),
        ("[-a]", r"[\-a]"),
        ("[^a-z]", "[^a-z]"),
        ("[a&&b~~^]", r"[a\&\&b\~\~\^]"),
        ("a$", r"a\Z"),
        ("^a", "^a"),
        ("()", "(?:)"),
    ],
)
def test_patterns_stay_as_they_are_where_python_means_the_same(pattern: str, expected: str) -> None:
    assert translated(pattern) == expected


@pytest.mark.parametrize(
    "pattern",
    [
        r"\d",
        r"\w+",
        r"\bword",
        r"\$",
        "(?i)a",
        "(?=a)",
        "a**",
        "a+?",
        "*a",
        "(a",
        "a)",
        "[a",
        "[]",
        "a]",
        "a{",
        "a{,2}",
        "a{2,1}",
        "[z-a]",
        "[[:alpha:]]",
        r"\p{Lx}",
        r"\p{Greek}",
        "\ud800",
        "a{1000}",
        "a" * 1001,
        "(" * 500 + ")" * 500,
    ],
)
def test_other_dialects_and_absurd_patterns_are_none(pattern: str) -> None:
    with pytest.raises(re.error):
        translated(pattern)
    assert python_pattern(pattern) == "(?!)"
    assert not has_match(python_pattern(pattern), "a" * 10)


@pytest.mark.parametrize(
    ("pattern", "value", "whole", "part"),
    [
        ("a.", "ab", True, True),
        ("a.", "xab", False, True),
        ("a.", "a\n", False, False),
        ("a.", "a\r", False, False),
        ("a.", "a\u2028", True, True),
        ("a$", "a\n", False, False),
        ("[^b]", "\n", True, True),
        (r"\p{Lu}", "\u0416", True, True),
        (r"\p{Lu}", "\u0436", False, False),
        (r"\P{Lu}", "\u0436", True, True),
        (r"[\p{Nd}_]+", "4\u0664_", True, True),
        (r"[^\P{L}]", "x", True, True),
        (r"[^\P{L}]", "1", False, False),
        (r"\p{So}", "\U0001f600", True, True),
        ("a", 5, False, False),
        ("a", None, False, False),
        ("a", ["a"], False, False),
        ("", "", True, True),
    ],
)
def test_strings_that_fit(pattern: str, value: Any, whole: bool, part: bool) -> None:
    assert is_match(python_pattern(pattern), value) is whole
    assert has_match(python_pattern(pattern), value) is part


@pytest.mark.parametrize("pattern", [None, 1, True, ["a"], object()])
def test_nothing_fits_what_is_no_text(pattern: Any) -> None:
    assert not has_match(python_pattern(pattern), "")
