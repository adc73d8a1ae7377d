"""The imports of a generated module."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from arazzoc.frozen import dataclass

__all__ = ["Import", "Imports"]


@dataclass(frozen=True, slots=True, order=True)
class Import:
    """`import module`, or `from module import name`."""

    module: str
    name: str | None = None


class Imports:
    """Collects imports and writes them sorted, one line a module."""

    def __init__(self) -> None:
        self._wanted: set[Import] = set()

    def add(self, module: str, name: str | None = None) -> None:
        """Asks for a module, or for a name of it."""
        self._wanted.add(Import(module, name))

    def update(self, imports: Iterable[Import]) -> None:
        """Asks for all of `imports`."""
        self._wanted.update(imports)

    def names(self) -> frozenset[str]:
        """The names that the imports bind."""
        return frozenset(found.name or found.module.split(".")[0] for found in self._wanted)

    def lines(self) -> tuple[str, ...]:
        """The statements in the order of isort: plain imports first, then `from`, each by module.

        Those of packages that have to be installed come last, after an empty line.
        """
        others = [found for found in self._wanted if _is_installed(found)]
        own = [found for found in self._wanted if not _is_installed(found)]
        return (*_statements(own), *(("", *_statements(others)) if others else ()))

    def requirements(self) -> tuple[str, ...]:
        """The packages that have to be installed, sorted: those that are no part of Python.

        They are called as package indexes call them, which have no underscores.
        """
        modules = {found.module.split(".")[0] for found in self._wanted if _is_installed(found)}
        return tuple(sorted(module.replace("_", "-") for module in modules))


def _is_installed(found: Import) -> bool:
    """Whether the module is of a package that has to be installed."""
    return found.module.split(".")[0] not in sys.stdlib_module_names


def _statements(wanted: Iterable[Import]) -> tuple[str, ...]:
    plain = sorted(found.module for found in wanted if found.name is None)
    chosen: dict[str, list[str]] = {}
    for found in sorted(found for found in wanted if found.name is not None):
        chosen.setdefault(found.module, []).append(found.name or "")
    return (
        *(f"import {module}" for module in plain),
        *(
            f"from {module} import {', '.join(sorted(names, key=_isort_key))}"
            for module, names in chosen.items()
        ),
    )


def _isort_key(name: str) -> tuple[int, str, str]:
    """Constants, then classes, then the rest, each without regard to case, as ruff's isort orders them."""
    kind = 0 if name.isupper() else 1 if name[0].isupper() else 2
    return (kind, name.lower(), name)
