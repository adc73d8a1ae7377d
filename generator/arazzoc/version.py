"""The compiler's version, written into every module it generates."""

from typing import Final

__version__: Final = "0.1.0"
