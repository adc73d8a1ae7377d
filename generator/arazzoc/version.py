"""The compiler's version, written into every module it generates."""

from typing import Final

__all__ = ["__version__"]

__version__: Final = "0.1.0"
