"""Expected texts in files: compared, or written anew with `--update-golden`."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

__all__ = ["FOLDER", "Goldens"]

FOLDER: Final = Path(__file__).parent
"""Where the expected texts are."""


@dataclass(frozen=True, slots=True)
class Goldens:
    """The expected texts.

    Attributes:
        update: Whether what is found is taken for what is expected.
        folder: Where the expected texts are.
    """

    update: bool
    folder: Path = FOLDER

    def compare(self, name: str, text: str) -> None:
        """Compares a text with the one expected.

        Args:
            name: The file below the folder.
            text: What was found.

        Raises:
            AssertionError: They differ; the message shows how.
        """
        path = self.folder / name
        expected = path.read_text("utf-8") if path.is_file() else None
        if text == expected:
            return
        if self.update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            return
        difference = difflib.unified_diff(
            (expected or "").splitlines(), text.splitlines(), "expected", "found", lineterm=""
        )
        raise AssertionError(
            "\n".join(
                [f"tests/golden/{name} differs (--update-golden takes it over):", *difference]
            )
        )

    def complete(self, pattern: str, names: Iterable[str]) -> None:
        """Sees that no file is left over from a test that is no more.

        Args:
            pattern: Which files, as a glob below the folder.
            names: Those that belong to tests.

        Raises:
            AssertionError: There are others.
        """
        left = sorted(
            {path.relative_to(self.folder).as_posix() for path in self.folder.glob(pattern)}
            - set(names)
        )
        if self.update:
            for name in left:
                (self.folder / name).unlink()
            return
        assert not left, f"no test compares {', '.join(left)} (--update-golden takes them away)"
