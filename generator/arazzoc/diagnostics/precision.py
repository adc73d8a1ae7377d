"""How often findings were right where they were counted: in documents of others."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from arazzoc.frozen import dataclass

__all__ = ["DOCUMENTS", "FIGURES", "Figures"]

DOCUMENTS: Final = 316
"""Arazzo documents: 147 of eight providers, 169 made by programs from OpenAPI descriptions."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was counted of one rule.

    Attributes:
        found: Findings.
        looked_at: Those that were looked up in the documents and their descriptions; the same message in the
            same document counts once.
        true: Those of which the description says what the finding says.
        what: What is found there, in a few words.
    """

    found: int
    looked_at: int
    true: int
    what: str


FIGURES: Final[Mapping[str, Figures]] = MappingProxyType(
    {
        "AZ026": Figures(0, 0, 0, "nothing"),
        "AZ124": Figures(0, 0, 0, "nothing"),
        "AZ125": Figures(0, 0, 0, "nothing"),
        "AZ126": Figures(0, 0, 0, "nothing"),
        "AZ208": Figures(0, 0, 0, "nothing"),
        "AZ221": Figures(468, 394, 394, "names of variables or of schemas in the place of members"),
        "AZ222": Figures(
            205, 130, 130, "names where a list wants an index; members of closed objects"
        ),
        "AZ224": Figures(0, 0, 0, "nothing: few descriptions state headers"),
        "AZ230": Figures(0, 0, 0, "nothing"),
        "AZ231": Figures(0, 0, 0, "nothing"),
        "AZ305": Figures(1, 1, 1, "a call of OpenAI's assistants"),
        "AZ313": Figures(0, 0, 0, "nothing: literals in parameters are right"),
        "AZ314": Figures(0, 0, 0, "nothing: inputs are text, which passes for numbers in a URL"),
        "AZ323": Figures(2, 2, 2, "a description that forgot the body"),
        "AZ324": Figures(42, 30, 30, "members that the workflow never passes"),
        "AZ325": Figures(24, 14, 14, "values of the path, passed in the body too"),
        "AZ326": Figures(6, 4, 4, "names in another case"),
        "AZ327": Figures(16, 10, 10, "an object in the place of a list or of a number"),
        "AZ328": Figures(308, 280, 280, "inputs declared as text for numbers, lists and objects"),
        "AZ329": Figures(3, 3, 3, "identifiers that the path has already"),
        "AZ330": Figures(0, 0, 0, "nothing"),
        "AZ331": Figures(0, 0, 0, "nothing"),
        "AZ404": Figures(0, 0, 0, "nothing"),
        "AZ405": Figures(0, 0, 0, "nothing"),
        "AZ406": Figures(0, 0, 0, "nothing"),
        "AZ420": Figures(0, 0, 0, "nothing"),
        "AZ421": Figures(0, 0, 0, "nothing"),
        "AZ422": Figures(
            317, 317, 317, "success said to be 200 where the operation answers 201, 202 or 204"
        ),
        "AZ423": Figures(0, 0, 0, "nothing"),
        "AZ430": Figures(345, 213, 213, "inputs copied from operations and never passed on"),
        "AZ431": Figures(570, 557, 557, "values of responses that nobody asked for"),
        "AZ432": Figures(336, 336, 336, "actions that a program put into every document"),
        "AZ433": Figures(1, 1, 1, "a description that is named and not called"),
        "AZ711": Figures(0, 0, 0, "nothing"),
        "AZ712": Figures(
            233, 11, 11, "tokens of Google's and Slack's APIs, which take them in a header"
        ),
        "AZ713": Figures(1, 1, 1, "a server that is stated with `http://` alone"),
    }
)
"""By code, in the order of the codes; rules of which nothing was counted are missing."""
