"""The examples of the rules that one text alone can break."""

from __future__ import annotations

import pytest

from arazzoc.diagnostics.model import Rule
from arazzoc.diagnostics.registry import source as rules
from tests.unit.source.reading import attempt

BROKEN_BY_ONE_TEXT = [
    rules.INVALID_YAML,
    rules.DUPLICATE_KEY,
    rules.INVALID_JSON,
    rules.EMPTY_DOCUMENT,
    rules.COMPLEX_KEY,
    rules.UNDEFINED_ALIAS,
    rules.RECURSIVE_ALIAS,
    rules.SEVERAL_DOCUMENTS,
    rules.UNKNOWN_TAG,
    rules.MERGE_VALUE,
    rules.TAG_MISMATCH,
]


@pytest.mark.parametrize("rule", BROKEN_BY_ONE_TEXT, ids=lambda rule: rule.name)
def test_the_example_breaks_the_rule_and_its_mend_none(rule: Rule) -> None:
    name = "a.json" if rule is rules.INVALID_JSON else "a.yaml"
    assert [found.rule for found in attempt(rule.example, name)[1]] == [rule]
    assert attempt(rule.mended, name)[1] == ()


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.name)
def test_every_mend_can_be_read(rule: Rule) -> None:
    assert attempt(rule.mended)[1] == ()
