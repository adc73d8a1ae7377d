"""The pages of the rules, their index, and the figures that both show."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from arazzoc.diagnostics.fixable import ALWAYS, OFTEN
from arazzoc.diagnostics.model import Severity
from arazzoc.diagnostics.precision import FIGURES
from arazzoc.diagnostics.registry import GROUPS, RULES
from arazzoc.diagnostics.writers import pages
from arazzoc.diagnostics.writers.pages import figures_table, index, page, page_name
from tests.golden.goldens import Goldens
from tests.unit.diagnostics.findings import RULE

DOCS: Final = Path(__file__).parents[3] / "docs"
AGAIN: Final = "run `make docs`"


def test_a_page_says_what_a_rule_is_about() -> None:
    text = page(RULE)
    assert text.startswith("# AZ101 some-rule\n\nTitle.\n\n- Severity: error\n")
    assert "- `arazzoc lint --fix` leaves it to you\n\nExplanation.\n" in text
    assert (
        "## What raises it\n\n```yaml\na: 1\n```\n\n## What does not\n\n```yaml\na: 2\n```" in text
    )


def test_a_page_says_what_strict_and_fix_make_of_a_tolerated_form() -> None:
    text = page(replace(RULE, code="AZ501", tolerated=True, severity=Severity.WARNING))
    assert (
        "- Severity: warning, an error with `--strict`\n- `arazzoc lint --fix` mends it\n" in text
    )


def test_a_page_has_the_figures_of_its_rule() -> None:
    assert "was found 468 times; 394 findings were looked at, 394 were true" in page(RULES["AZ221"])
    assert "was found once; 1 finding was looked at, 1 was true" in page(RULES["AZ014"])
    assert "it was never found" in page(RULES["AZ404"])


def test_a_row_of_the_index_has_an_anchor_and_leads_to_the_page() -> None:
    text = index({"document": [RULE]})
    anchor = '<a id="az101-some-rule"></a>'
    assert f"| {anchor}[AZ101](rules/az101-some-rule.md) some-rule | error | Title |" in text


def test_the_index_in_the_documentation_is_up_to_date() -> None:
    assert (DOCS / "diagnostics.md").read_text("utf-8") == index(GROUPS), AGAIN


def test_the_pages_in_the_documentation_are_up_to_date() -> None:
    expected = {page_name(rule): page(rule) for rule in RULES.values()}
    found = {path.name: path.read_text("utf-8") for path in (DOCS / "rules").iterdir()}
    assert found == expected, AGAIN


def test_the_figures_in_the_documentation_are_up_to_date(goldens: Goldens) -> None:
    path = DOCS / "precision.md"
    before, _, rest = path.read_text("utf-8").partition("<!-- figures -->\n")
    found, _, after = rest.partition("<!-- end -->")
    expected = figures_table(RULES)
    if goldens.update:
        text = f"{before}<!-- figures -->\n{expected}<!-- end -->{after}"
        path.write_text(text, "utf-8")
    else:
        assert found == expected, f"{AGAIN}; the figures are in arazzoc.diagnostics.precision"


def test_figures_are_of_rules_and_add_up() -> None:
    assert list(FIGURES) == sorted(code for code in FIGURES if code in RULES)
    for counted in FIGURES.values():
        assert counted.true <= counted.looked_at <= counted.found


def test_what_is_mended_are_rules() -> None:
    assert set(RULES) >= ALWAYS | OFTEN
    assert not ALWAYS & OFTEN


@pytest.mark.parametrize("base", [None, "https://docs.example/arazzoc"])
def test_pages_have_an_address_once_the_documentation_has(
    base: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "_published", lambda: base)
    expected = f"{base}/rules/az101-some-rule.md" if base else None
    assert pages.address_of(RULE) == expected
