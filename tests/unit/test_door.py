"""The public door: every name is there, imported when it is used."""

from __future__ import annotations

import pytest

import arazzoc


@pytest.mark.parametrize("name", arazzoc.__all__)
def test_every_public_name_is_there(name: str) -> None:
    value = getattr(arazzoc, name)
    assert name == getattr(value, "__name__", "__version__")


def test_other_names_are_not() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
        getattr(arazzoc, "".join(["non", "sense"]))


def test_the_names_are_listed() -> None:
    assert dir(arazzoc) == sorted(arazzoc.__all__)
