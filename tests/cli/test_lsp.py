"""`arazzoc lsp` where it cannot serve."""

from __future__ import annotations

import click.testing
import pytest

from arazzoc.cli.main import main


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def find(name: str) -> None:
        assert name == "pygls"

    monkeypatch.setattr("arazzoc.cli.lsp.find_spec", find)
    ran = click.testing.CliRunner().invoke(main, ["lsp"])
    assert ran.exit_code == 1
    assert "pip install 'arazzoc[lsp]'" in ran.output
