"""Puts `templates/` into the wheel as `arazzoc/templates`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class TemplatesHook(BuildHookInterface[BuilderConfig]):
    """Ships the templates that stand beside the package in a checkout.

    An editable install finds them in the checkout: only standard wheels carry a copy.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Adds the templates to a standard wheel; `version` is the kind of wheel."""
        if version == "standard":
            build_data["force_include"][str(Path(self.root) / "templates")] = "arazzoc/templates"
