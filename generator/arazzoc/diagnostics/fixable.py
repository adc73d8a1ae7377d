"""The rules that `--fix` mends, where one right way is known."""

from __future__ import annotations

from typing import Final

__all__ = ["ALWAYS", "OFTEN"]

ALWAYS: Final = frozenset(
    {
        "AZ026",
        "AZ120",
        "AZ121",
        "AZ122",
        "AZ230",
        "AZ231",
        "AZ232",
        "AZ501",
        "AZ502",
        "AZ503",
        "AZ504",
        "AZ505",
        "AZ506",
        "AZ507",
        "AZ508",
        "AZ509",
        "AZ510",
        "AZ511",
        "AZ514",
        "AZ516",
        "AZ517",
        "AZ518",
        "AZ519",
        "AZ520",
        "AZ521",
        "AZ701",
        "AZ702",
    }
)
"""Codes of forms that have one right mend, but where it cannot be written in place."""

OFTEN: Final = frozenset(
    {
        "AZ104",
        "AZ106",
        "AZ118",
        "AZ124",
        "AZ126",
        "AZ201",
        "AZ202",
        "AZ210",
        "AZ211",
        "AZ212",
        "AZ213",
        "AZ221",
        "AZ222",
        "AZ301",
        "AZ310",
        "AZ311",
        "AZ313",
        "AZ327",
        "AZ410",
        "AZ412",
    }
)
"""Codes of names and values of which one is sometimes meant beyond doubt."""
