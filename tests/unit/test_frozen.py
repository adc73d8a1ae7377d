from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, field, fields, replace
from typing import Any

import pytest

from arazzoc.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Sample:
    first: int
    second: list[int] = field(default_factory=list[int], compare=False)
    third: str = field(default="x", repr=False)
    fourth: bool = field(default=False, kw_only=True)


@dataclasses.dataclass(frozen=True, slots=True)
class Standard:
    first: int
    second: list[int] = field(default_factory=list[int], compare=False)
    third: str = field(default="x", repr=False)
    fourth: bool = field(default=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Inner(Sample):
    fifth: Sample | None = None


@dataclass(frozen=True, slots=True)
class Other(Sample):
    pass


BOTH = pytest.mark.parametrize("kind", [Sample, Standard])


def _pickled(value: object) -> object:
    return pickle.loads(pickle.dumps(value))  # noqa: S301


SHOWN: list[tuple[Callable[[Any], object], str]] = [
    (lambda kind: kind(1), "(first=1, second=[], fourth=False)"),
    (lambda kind: kind(1, [2], "y", fourth=True), "(first=1, second=[2], fourth=True)"),
    (lambda kind: kind(second=[3], first=0), "(first=0, second=[3], fourth=False)"),
    (lambda kind: replace(kind(1), first=9), "(first=9, second=[], fourth=False)"),
    (lambda kind: copy.deepcopy(kind(1, [2])), "(first=1, second=[2], fourth=False)"),
    (lambda kind: _pickled(kind(1, [2])), "(first=1, second=[2], fourth=False)"),
]
WRONG: list[Callable[[Any], object]] = [
    lambda kind: kind(),
    lambda kind: kind(1, no=2),
    lambda kind: kind(1, [], "x", True),
]


@BOTH
@pytest.mark.parametrize(("make", "shown"), SHOWN)
def test_a_value_is_made_and_shown_as_the_standard_library_does_it(
    kind: Any, make: Callable[[Any], object], shown: str
) -> None:
    assert repr(make(kind)) == f"{kind.__name__}{shown}"


@BOTH
def test_values_are_equal_by_the_fields_that_are_compared(kind: Any) -> None:
    assert kind(1, [2]) == kind(1, [3])
    assert hash(kind(1, [2])) == hash(kind(1, [3]))
    assert kind(1) != kind(2)
    assert kind(1) != kind(1, third="y")
    assert kind(1) != Other(1)
    assert {kind(1): "one"}[kind(1)] == "one"


@BOTH
def test_lists_are_not_shared(kind: Any) -> None:
    one, other = kind(1), kind(1)
    one.second.append(1)
    assert other.second == []


@BOTH
def test_nothing_can_be_changed(kind: Any) -> None:
    value = kind(1)
    with pytest.raises(FrozenInstanceError):
        value.first = 2
    with pytest.raises(FrozenInstanceError):
        del value.first
    assert not hasattr(value, "__dict__")


@BOTH
@pytest.mark.parametrize("make", WRONG)
def test_wrong_arguments_are_refused(kind: Any, make: Callable[[Any], object]) -> None:
    with pytest.raises(TypeError):
        make(kind)


def test_matching_goes_by_place() -> None:
    match Sample(7, [8]):
        case Sample(first, second):
            assert (first, second) == (7, [8])


def test_fields_are_the_standard_librarys() -> None:
    names = [each.name for each in fields(Sample)]
    assert names == [each.name for each in fields(Standard)]
    assert dataclasses.asdict(Sample(1, [2])) == dataclasses.asdict(Standard(1, [2]))


def test_a_class_has_the_fields_of_its_base() -> None:
    value = Inner(1, fifth=Sample(2))
    assert repr(value).endswith("fifth=Sample(first=2, second=[], fourth=False))")
    assert value == Inner(1, fifth=Sample(2)) != Inner(1)
    assert replace(value, first=3).fifth == Sample(2)


def test_what_a_class_states_itself_stays() -> None:
    @dataclass(frozen=True, slots=True)
    class Own:
        name: str

        def __repr__(self) -> str:
            return "own"

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Own)

        def __hash__(self) -> int:
            return 7

    assert (repr(Own("a")), Own("a"), hash(Own("b"))) == ("own", Own("b"), 7)


def test_without_eq_a_value_equals_itself_alone() -> None:
    @dataclass(frozen=True, slots=True, eq=False)
    class Alone:
        name: str

    value = Alone("a")
    assert value == value  # noqa: PLR0124
    assert value != Alone("a")
    assert len({value, Alone("a")}) == 2


def test_classes_that_change_or_have_an_order_are_made_by_the_standard_library() -> None:
    @dataclass(frozen=True, slots=True, order=True)
    class Ordered:
        place: int

    @dataclass(slots=True)
    class Changing:
        place: int

    assert Ordered(1) < Ordered(2)
    changing = Changing(1)
    changing.place = 2
    assert changing == Changing(2)
