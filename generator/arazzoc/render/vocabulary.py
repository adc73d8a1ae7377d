"""The names of the runtime and the standard library that a module's code mentions."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

from arazzoc.edition import Edition
from arazzoc.render.bundle import public_names
from arazzoc.render.imports import Imports

__all__ = ["Vocabulary", "mentioned"]


class Vocabulary:
    """Collects what a module's code calls, so that it carries that and nothing else."""

    def __init__(self, imports: Imports, edition: Edition) -> None:
        self.imports = imports
        self.edition = edition
        self._runtime: set[str] = set()

    def runtime(self, name: str) -> str:
        """A public name of `arazzoc.runtime`; gives it back."""
        self._runtime.add(name)
        return name

    def transport(self) -> str:
        """The protocol of what sends the requests."""
        return self.runtime("AsyncTransport" if self.edition.is_async else "Transport")

    def client_credentials(self) -> str:
        """The class of what fetches a token."""
        prefix = "Async" if self.edition.is_async else ""
        return self.runtime(f"{prefix}ClientCredentials")

    def sleep(self) -> str:
        """The function that waits for seconds."""
        module = "asyncio" if self.edition.is_async else "time"
        self.imports.add(module)
        return f"{module}.sleep"

    def colour(self) -> Mapping[str, str]:
        """What stands before definitions, blocks and calls: `async ` and `await `, or nothing."""
        words = ("async ", "await ") if self.edition.is_async else ("", "")
        return dict(zip(("async", "await"), words, strict=True))

    def wanted(self) -> tuple[str, ...]:
        """The runtime's names that were mentioned, sorted."""
        return tuple(sorted(self._runtime))


def mentioned(functions: Sequence[str]) -> frozenset[str]:
    """The names that functions mention: what was asked for may have become a variable since."""
    try:
        tree = ast.parse("\n".join(functions))
    except SyntaxError:
        return public_names()  # what is wrong is told where the module is formatted
    return frozenset(node.id for node in ast.walk(tree) if isinstance(node, ast.Name))
