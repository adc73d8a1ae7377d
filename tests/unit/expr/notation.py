"""Fixture pairs of parsers: a line of input, and a line that says what it is or what is wrong with it.

    $inputs.limit
    => InputReference('limit', None)

    $input.limit
    ^^^^^^ there is no runtime expression `$input`; did you mean `$inputs`?

Carets stand under the fault. Input that a line cannot hold is written as JSON text after `json:`, and its
faults as `=> @START-END message`. Lines that start with `##` are comments. Cases stand between empty lines.
`UPDATE_FIXTURES=1` writes the second lines anew.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import MISSING, dataclass, fields, is_dataclass
from pathlib import Path
from typing import cast

from arazzoc.expr.problem import SyntaxProblem

FIXTURES = Path(__file__).parents[2] / "fixtures"
UPDATE = os.environ.get("UPDATE_FIXTURES") == "1"
_JSON = "json: "


@dataclass(frozen=True)
class Case:
    """A pair of a fixture file."""

    path: Path
    line: int
    written: str
    expected: str

    @property
    def name(self) -> str:
        return f"{self.path.stem}:{self.line}"

    @property
    def text(self) -> str:
        if self.written.startswith(_JSON):
            return str(json.loads(self.written.removeprefix(_JSON)))
        return self.written

    def told(self, parsed: object) -> str:
        """The second line for what a parser made of the text."""
        if parsed is None:
            return "=> fine"
        if not isinstance(parsed, SyntaxProblem):
            return f"=> {drawn(parsed)}"
        message = parsed.message if parsed.hint is None else f"{parsed.message}; {parsed.hint}"
        if self.written.startswith(_JSON):
            return f"=> @{parsed.start}-{parsed.end} {message}"
        return " " * parsed.start + "^" * max(1, parsed.end - parsed.start) + " " + message


def cases(folder: str) -> list[Case]:
    """The pairs of all files of a folder."""
    return [case for path in sorted((FIXTURES / folder).glob("*.txt")) for case in _read(path)]


def _read(path: Path) -> Iterator[Case]:
    written: str | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("##") or (not line and written is None):
            continue
        if written is None:
            written = line
            continue
        yield Case(path, number - 1, written, line)
        written = None


def rewrite(folder: str, parse: Callable[[str], object]) -> None:
    """Writes the second lines of a folder anew; a missing one is added."""
    for path in sorted((FIXTURES / folder).glob("*.txt")):
        blocks = path.read_text(encoding="utf-8").strip("\n").split("\n\n")
        path.write_text("\n\n".join(_told(path, each, parse) for each in blocks) + "\n", "utf-8")


def _told(path: Path, block: str, parse: Callable[[str], object]) -> str:
    lines = block.splitlines()
    comments = [line for line in lines if line.startswith("##")]
    rest = lines[len(comments) :]
    if not rest:
        return block
    case = Case(path, 0, rest[0], "")
    return "\n".join([*comments, rest[0], case.told(parse(case.text))])


def drawn(node: object) -> str:
    """A tree without places and without what is as by default."""
    if isinstance(node, tuple):
        items = cast("tuple[object, ...]", node)
        return f"[{', '.join(drawn(item) for item in items)}]"
    if not is_dataclass(node) or isinstance(node, type):
        return str(node) if hasattr(node, "value") else repr(node)
    parts: list[str] = []
    for field in fields(node):
        value: object = getattr(node, field.name)
        if field.name == "where":
            continue
        if field.default is MISSING:
            parts.append(drawn(value))
        elif value != field.default:
            parts.append(f"{field.name}={drawn(value)}")
    return f"{type(node).__name__}({', '.join(parts)})"
