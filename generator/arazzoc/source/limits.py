"""How much of a stranger's document is read before the compiler says no."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from arazzoc.frozen import dataclass
from arazzoc.source.node import JsonValue

__all__ = ["DEFAULT_LIMITS", "Limits", "exceeds_depth", "expanded_size"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one document; each ends in a diagnostic, never in a hang or a traceback.

    Attributes:
        file_size: Bytes of a file.
        depth: Mappings and sequences inside each other, the outermost included.
        alias_nodes: Values that YAML aliases stand for, counted as if each were written out.
    """

    file_size: int = 64 * 1024 * 1024
    depth: int = 150
    alias_nodes: int = 5_000_000


DEFAULT_LIMITS: Final = Limits()


def exceeds_depth(value: JsonValue, depth: int) -> bool:
    """Whether `value` nests more than `depth` mappings and sequences; for trees, not for shared values."""
    level = [value] if isinstance(value, dict | list) else []
    while level and depth:
        depth -= 1
        level = [
            child
            for container in level
            for child in (container.values() if isinstance(container, dict) else container)
            if isinstance(child, dict | list)
        ]
    return bool(level)


def expanded_size(value: JsonValue, known: Mapping[int, int]) -> int:
    """How many values `value` holds, itself included, with every alias written out.

    Args:
        value: What an anchor stands for.
        known: The sizes found before, by `id`: those values are not entered again, which keeps the count
            linear in the text however far it expands.
    """
    size = 0
    waiting = [value]
    while waiting:
        current = waiting.pop()
        if id(current) in known:
            size += known[id(current)]
            continue
        size += 1
        if isinstance(current, dict):
            waiting.extend(current.values())
        elif isinstance(current, list):
            waiting.extend(current)
    return size
