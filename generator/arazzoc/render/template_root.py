"""Where the templates are: in the installed package, or in the checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Final

__all__ = ["template_root"]

_PACKAGE: Final = Path(__file__).resolve().parents[1]


def template_root() -> Path:
    """The folder that holds the templates.

    Raises:
        FileNotFoundError: There is none: the installation is not whole.
    """
    packaged = _PACKAGE / "templates"
    checkout = _PACKAGE.parents[1] / "templates"
    for folder in (packaged, checkout):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(
        f"no templates at {packaged} or {checkout}: arazzoc is not installed whole"
    )
