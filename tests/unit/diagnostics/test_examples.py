"""Every rule's example raises it, and its mended form does not."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from arazzoc.compiler import compile_documents, lint
from arazzoc.diagnostics.model import Rule
from arazzoc.diagnostics.registry import GROUPS, RULES
from tests.unit.diagnostics.frame import put

SHOWN_IN_PART: Final = frozenset({"AZ005", "AZ010", "AZ011", "AZ013", "AZ024", "AZ025"})
"""Rules about sizes and bytes, whose examples say in a comment what they leave out."""

BESIDE: Final = frozenset({"AZ103", "AZ301", "AZ311", "AZ320", "AZ324", "AZ414"})
"""What an example may leave out, or show although it is not compiled yet: it is about something else."""

UNUSED: Final = frozenset(code for code, rule in RULES.items() if rule.unused)
"""Examples are put into a frame, and none needs all that it has."""

DESCRIBED: Final = (*GROUPS["openapi"], RULES["AZ713"])
"""Rules whose examples are descriptions."""

EXAMPLES = [found for found in RULES.values() if found.example and found.code not in SHOWN_IN_PART]
each_example = pytest.mark.parametrize("rule", EXAMPLES, ids=lambda rule: rule.code)


def codes(rule: Rule, text: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    monkeypatch.setenv("ARAZZOC_CACHE", str(folder / "cache"))
    path = put(text, folder, description=rule in DESCRIBED)
    told = compile_documents if rule.follows else lint
    return {found.rule.code for found in told([path]).diagnostics}


@each_example
def test_the_example_raises_its_rule(
    rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert rule.code in codes(rule, rule.example, tmp_path, monkeypatch)


@each_example
def test_nothing_is_wrong_with_what_is_mended(
    rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (
        codes(rule, rule.mended, tmp_path, monkeypatch) - ((BESIDE | UNUSED) - {rule.code}) == set()
    )


def test_a_rule_without_an_example_says_so_by_both_being_empty() -> None:
    assert {found.code for found in RULES.values() if not found.example} == {
        found.code for found in RULES.values() if not found.mended
    }
