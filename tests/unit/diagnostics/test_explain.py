"""What `arazzoc explain` says of a rule."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from textwrap import dedent

from arazzoc.diagnostics.model import Severity
from arazzoc.diagnostics.registry import RULES
from arazzoc.diagnostics.writers.explain import explain, listing, reference
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
            """).lstrip()


def test_long_paragraphs_are_filled_and_lists_are_left_alone() -> None:
    rule = replace(RULE, explanation="word " * 40 + "\n\n- one\n- two\n", example="", mended="")
    lines = explain(rule).splitlines()
    assert max(map(len, lines)) <= 88
    assert lines[-2:] == ["- one", "- two"]


def test_a_tolerated_form_says_what_strict_makes_of_it() -> None:
    rule = replace(RULE, tolerated=True, severity=Severity.WARNING)
    assert explain(rule).startswith("AZ101 some-rule (warning, an error with `--strict`)\n")


def test_the_listing_has_a_line_a_rule() -> None:
    warning = replace(RULE, code="AZ502", severity=Severity.WARNING)
    assert listing([RULE, warning]) == "AZ101  error    Title\nAZ502  warning  Title\n"


def test_the_reference_has_a_heading_that_links_point_to() -> None:
    page = reference([RULE])
    assert page.startswith("# Diagnostics\n")
    assert "\n\n## AZ101 some-rule\n\n*Error.* Title.\n\nExplanation.\n" in page


def test_the_page_in_the_documentation_is_up_to_date() -> None:
    page = Path(__file__).parents[3] / "docs" / "diagnostics.md"
    assert page.read_text("utf-8") == reference(RULES.values()), "run `make docs`"
