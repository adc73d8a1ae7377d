"""The templates are found wherever the package stands."""

from __future__ import annotations

from arazzoc.render.template_root import template_root


def test_a_checkout_has_templates() -> None:
    assert template_root().name == "templates"
    assert any(template_root().iterdir())
