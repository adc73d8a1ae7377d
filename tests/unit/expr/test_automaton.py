"""Which patterns can take exponential time, and what an automaton finds in a text."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from arazzoc.expr.automaton import finds, takes_exponential_time


@pytest.mark.parametrize(
    "pattern",
    [
        *("(a+)+$", "(a*)*b", "^(a|aa)+$", "^(a|b|ab)*c", "(x+x+)+y", "(a+b?)+c", "((a|b)*c?)*d"),
        *(r"(\w+\s?)*:", r"(\s*\w+\s*)*!", r"^(\d{1,3},?)*x", "^(?=(a+)+b)a", "(?i)^(ab?|A)+$"),
        *(
            "^([a-z]+_?)*[a-z]$",
            "^(([a-z])+.)+[A-Z]([a-z])+$",
            "^(?:[a-z0-9]+(?:[-.][a-z0-9]+)*)+$",
        ),
        *("(a+)+?b", "((a{2,})+)x", "(?:a|b|[^c])*c", "(.|a)+x"),
    ],
)
def test_loops_that_take_a_text_in_two_ways_are_slow(pattern: str) -> None:
    assert takes_exponential_time(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        *("^[a-z0-9]+(-[a-z0-9]+)*$", "^([^,]+,)*$", "(a|b)*$", r"^(\w+\s)*\w+$", r"(\d+\.)+\d+"),
        *("(a|a)*b", ".*.*x", "^a*a*b$", "^(a|b|ab)c$", "(ab|cd)+!", r"(\b\w+)+$", "^(a|b)+$"),
        *(r"^(https?://)?([\w-]+\.)+[a-z]{2,}$", r"^(?:[^\"\\]|\\.)*$", r"^(\+?\d{1,3}[ -])?\d+$"),
        *("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", "", "^", "(?:)*", "(a?)b"),
        "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
        r"(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\.){3}(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])",
    ],
)
def test_loops_that_take_a_text_in_one_way_are_not(pattern: str) -> None:
    assert not takes_exponential_time(pattern)


def test_where_nothing_has_to_follow_nothing_is_tried_again() -> None:
    assert not takes_exponential_time("(a+)+")
    assert takes_exponential_time("(a+)+", whole=True)


@pytest.mark.parametrize(
    "pattern",
    [r"(a+)+\1b", "(?>a+)+b", "(?:a++)+b", "(a+)+(?(1)b|c)", "(", "(a{400}b?)+x", "a{99999}"],
)
def test_what_is_not_known_is_not_told(pattern: str) -> None:
    assert not takes_exponential_time(pattern)


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("^(a|aa)+$", "a" * 60 + "!", False),
        ("^(a|aa)+$", "a" * 60, True),
        ("(a+)+$", "a" * 1000 + "b", False),
        ("^(a?){50}a{50}$", "a" * 49, False),
        ("^(a?){50}a{50}$", "a" * 75, True),
        ("a$", "a\n", True),
        ("a$", "a\n\n", False),
        ("^$", "\n", True),
        ("^$", "", True),
        ("", "abc", True),
        (".", "\n", False),
        ("(?s).", "\n", True),
        ("(?i)É", "é", True),
        (r"^(?=.*\d)(?!.*[A-Z])[a-z0-9]+$", "abc1", True),
        (r"^(?=.*\d)(?!.*[A-Z])[a-z0-9]+$", "abc", False),
        (r"^(?=.*\d)(?!.*[A-Z])[A-z0-9]+$", "Abc1", False),
        ("^a$|^b$", "b", True),
        ("^a$|^b$", "ab", False),
    ],
)
def test_what_is_found(pattern: str, text: str, expected: bool) -> None:
    assert finds(pattern, text) is expected


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        *((r"\bword", "word"), ("(?<=a)b", "ab"), (r"(a)\1", "aa"), ("(?m)^a", "a"), ("(", "a")),
        *(("(?a)é", "é"), ("a(?=b)", "ab"), ("a{500}", "a"), ("[ab]{1,90}c?" * 4, "a" * 50_000)),
    ],
)
def test_what_takes_too_long_or_has_no_automaton_is_not_judged(pattern: str, text: str) -> None:
    assert finds(pattern, text) is None


_ATOMS = st.sampled_from(
    [*("a", "b", "-", ".", r"\d", r"\w", r"\s", r"\D", "[ab]", "[^a]", "[a-c-]", "[^-b]", "1")]
)
_TIMES = st.sampled_from(["", "", "*", "+", "?", "{2}", "{1,3}", "{0,2}", "{2,}", "*?"])


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, min_size=1, max_size=3)
    return (
        several.map("".join)
        | several.map(lambda parts: f"(?:{'|'.join(parts)})")
        | st.tuples(inner, _TIMES).map(lambda pair: f"({pair[0]}){pair[1]}")
    )


_PATTERNS = st.recursive(st.tuples(_ATOMS, _TIMES).map("".join), _grown, max_leaves=5)
_ANCHORED = st.tuples(st.sampled_from(["", "^"]), _PATTERNS, st.sampled_from(["", "$"])).map(
    "".join
)
_TEXTS = st.text(alphabet="abc1-_ \n", max_size=9)


@given(_ANCHORED, _TEXTS)
@example("(a?)*", "b")
@example("^(a*)*$", "aa\n")
def test_an_automaton_finds_what_python_finds(pattern: str, text: str) -> None:
    found = finds(pattern, text)
    assert found is None or found is (re.search(pattern, text) is not None)
