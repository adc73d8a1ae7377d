"""The names of the runtime and the standard library that a module's code mentions."""

from __future__ import annotations

from arazzoc.render.imports import Imports

__all__ = ["Vocabulary"]


class Vocabulary:
    """Collects what a module's code calls, so that it carries that and nothing else."""

    def __init__(self, imports: Imports) -> None:
        self.imports = imports
        self._runtime: set[str] = set()

    def runtime(self, name: str) -> str:
        """A public name of `arazzoc.runtime`; gives it back."""
        self._runtime.add(name)
        return name

    def wanted(self) -> tuple[str, ...]:
        """The runtime's names that were mentioned, sorted."""
        return tuple(sorted(self._runtime))
