"""`arazzoc explain`."""

from __future__ import annotations

from arazzoc.diagnostics.registry import RULES
from tests.cli.conftest import Invoke


def test_a_code_or_a_name_is_explained(arazzoc_: Invoke) -> None:
    found = next(iter(RULES.values()))
    by_code, by_name = arazzoc_("explain", found.code.lower()), arazzoc_("explain", found.name)
    assert by_code.exit_code == 0
    assert by_code.stdout.startswith(f"{found.code} {found.name} ({found.severity.label}")
    assert by_name.stdout == by_code.stdout


def test_without_a_code_all_are_listed(arazzoc_: Invoke) -> None:
    lines = arazzoc_("explain").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(RULES)


def test_an_unknown_code_is_wrong_usage(arazzoc_: Invoke) -> None:
    found = next(iter(RULES.values()))
    result = arazzoc_("explain", found.name + "s")
    assert result.exit_code == 2
    assert f"Did you mean '{found.name}'?" in result.stderr
