"""Lists of nodes: what JSONPath queries that can find several things are once lowered (RFC 9535)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    # Filters hold tests, and tests look at values, which may be counted out of lists of nodes.
    from arazzoc.types.condition import Test
    from arazzoc.types.value import Item, Value

from arazzoc.frozen import dataclass

__all__ = [
    "CHILDREN",
    "Branch",
    "Candidates",
    "Children",
    "Descendants",
    "Elements",
    "Kept",
    "Nodes",
    "Origin",
    "Selector",
    "Step",
]


@dataclass(frozen=True, slots=True)
class Step:
    """A name or an index: one child at most. A name or an index that only a run knows is a value."""

    step: str | int | Value


@dataclass(frozen=True, slots=True)
class Children:
    """All members of an object, or all elements of an array."""


@dataclass(frozen=True, slots=True)
class Elements:
    """Elements of an array, counted as Python's slices do; a `step` that is stated is not 0."""

    start: int | Value | None
    end: int | Value | None
    step: int | Value | None


@dataclass(frozen=True, slots=True)
class Descendants:
    """The value itself and all below it."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """All children, and then the value itself where it is an object.

    What a filter on the context tests: it is tolerated that it means an object as a whole.
    """


Origin: TypeAlias = Children | Candidates

CHILDREN: Final = Children()


@dataclass(frozen=True, slots=True)
class Kept:
    """Those of `among` for which the test, which looks at `item`, holds."""

    item: Item
    test: Test
    among: Origin = CHILDREN


Selector: TypeAlias = Step | Children | Elements | Descendants | Candidates | Kept


@dataclass(frozen=True, slots=True)
class Branch:
    """A way from one value to several.

    Attributes:
        origin: What the selectors are applied to; it may lead nowhere.
        selectors: Each selects in turn.
        item: What is selected, one after the other. A single `Kept` has the same one.
    """

    origin: Value
    selectors: tuple[Selector, ...]
    item: Item


@dataclass(frozen=True, slots=True)
class Nodes:
    """A list of nodes: for every item of every branch what `result` is then, if it is anything.

    Attributes:
        branches: Each goes from the items of those before it, the first from the start; none where one node
            is found at most.
        result: What an item of the last branch leads to.
    """

    branches: tuple[Branch, ...]
    result: Value
