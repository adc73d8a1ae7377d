"""Every rule is complete, and found by its code and by its name."""

from __future__ import annotations

import re

import pytest

from arazzoc.diagnostics.model import Rule, Severity
from arazzoc.diagnostics.registry import GROUPS, RULES, rule

EVERY_RULE = [found for group in GROUPS.values() for found in group]
PREFIXES = {
    "source": "AZ0",
    "document": "AZ1",
    "expression": "AZ2",
    "reference": "AZ2",
    "operation": "AZ3",
    "flow": "AZ4",
    "wild": "AZ5",
    "openapi": "AZ6",
    "ignoring": "AZ70",
    "security": "AZ71",
    "unsupported": "AZ8",
    "internal": "AZ9",
}


def test_no_two_rules_share_a_code_or_a_name() -> None:
    codes = [found.code for found in EVERY_RULE]
    names = [found.name for found in EVERY_RULE]
    assert len(set(codes)) == len(codes)
    assert len(set(names)) == len(names)


def test_rules_are_listed_in_the_order_of_their_codes() -> None:
    assert list(RULES) == sorted(found.code for found in EVERY_RULE)


@pytest.mark.parametrize("group", GROUPS)
def test_codes_tell_the_group(group: str) -> None:
    codes = [found.code for found in GROUPS[group]]
    assert [code for code in codes if not re.fullmatch(PREFIXES[group] + r"\d+", code)] == []


@pytest.mark.parametrize("found", EVERY_RULE, ids=lambda found: found.code)
def test_a_rule_says_what_it_means(found: Rule) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", found.name)
    assert found.title
    assert not found.title.endswith(".")
    assert found.explanation.strip()


def test_tolerated_forms_are_warnings() -> None:
    tolerated = [found for found in EVERY_RULE if found.tolerated]
    assert {found.severity for found in tolerated} <= {Severity.WARNING}
    assert {found.code for found in GROUPS["wild"]} <= {found.code for found in tolerated}


def test_a_rule_is_found_by_code_or_name_in_any_case() -> None:
    expected = EVERY_RULE[0]
    assert rule(expected.code) is expected
    assert rule(f" {expected.code.lower()}") is expected
    assert rule(expected.name) is expected
    assert rule(expected.name.upper()) is expected
    assert rule("AZ000") is None
