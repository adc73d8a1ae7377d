"""What `arazzoc explain` says of a rule."""

from __future__ import annotations

from dataclasses import replace
from textwrap import dedent

from arazzoc.diagnostics.model import Severity
from arazzoc.diagnostics.writers.explain import explain, listing
from tests.unit.diagnostics.findings import RULE


def test_a_rule_is_explained_with_an_example_and_its_mend() -> None:
    assert explain(RULE) == dedent("""
            AZ101 some-rule (error)

            Title

            Explanation.

            Example:

                a: 1

            Mended:

                a: 2

            Its page: docs/rules/az101-some-rule.md
            """).lstrip()


def test_long_paragraphs_are_filled_and_lists_are_left_alone() -> None:
    rule = replace(RULE, explanation="word " * 40 + "\n\n- one\n- two\n", example="", mended="")
    lines = explain(rule).splitlines()
    assert max(map(len, lines)) <= 88
    assert lines[-4:-2] == ["- one", "- two"]


def test_a_tolerated_form_says_what_strict_makes_of_it() -> None:
    rule = replace(RULE, tolerated=True, severity=Severity.WARNING)
    assert explain(rule).startswith("AZ101 some-rule (warning, an error with `--strict`)\n")


def test_the_listing_has_a_line_a_rule() -> None:
    warning = replace(RULE, code="AZ502", severity=Severity.WARNING)
    assert listing([RULE, warning]) == "AZ101  error    Title\nAZ502  warning  Title\n"
