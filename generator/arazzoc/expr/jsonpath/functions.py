"""The function extensions of RFC 9535, 2.4, and their types."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final

from arazzoc.frozen import dataclass

__all__ = ["FUNCTIONS", "FunctionType", "Signature"]


class FunctionType(Enum):
    """A type of RFC 9535, 2.4.1."""

    VALUE = "ValueType"
    """A JSON value, or Nothing."""
    LOGICAL = "LogicalType"
    """True or false, apart from JSON's."""
    NODES = "NodesType"
    """A list of nodes."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What a function takes and gives."""

    parameters: tuple[FunctionType, ...]
    result: FunctionType


_VALUE, _LOGICAL, _NODES = FunctionType.VALUE, FunctionType.LOGICAL, FunctionType.NODES

FUNCTIONS: Final[Mapping[str, Signature]] = MappingProxyType(
    {
        "count": Signature((_NODES,), _VALUE),
        "length": Signature((_VALUE,), _VALUE),
        "match": Signature((_VALUE, _VALUE), _LOGICAL),
        "search": Signature((_VALUE, _VALUE), _LOGICAL),
        "value": Signature((_NODES,), _VALUE),
    }
)
"""The functions that the RFC registers, by name."""
