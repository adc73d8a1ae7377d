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
        "AZ014": Figures(1, 1, 1, "an empty description"),
        "AZ026": Figures(0, 0, 0, "nothing"),
        "AZ112": Figures(55, 23, 23, "names such as `users[].id`"),
        "AZ124": Figures(0, 0, 0, "nothing"),
        "AZ125": Figures(0, 0, 0, "nothing"),
        "AZ126": Figures(0, 0, 0, "nothing"),
        "AZ201": Figures(
            9, 5, 5, "`[*]` and filters, which stand for many values, where one belongs"
        ),
        "AZ208": Figures(0, 0, 0, "nothing"),
        "AZ212": Figures(5, 5, 5, "outputs that no step states"),
        "AZ218": Figures(233, 85, 85, "members that the response's schema does not require"),
        "AZ219": Figures(1433, 1383, 1383, "inputs that no `required` names, in paths and bodies"),
        "AZ221": Figures(468, 394, 394, "names of variables or of schemas in the place of members"),
        "AZ222": Figures(67, 23, 23, "members of closed objects, and of text"),
        "AZ224": Figures(0, 0, 0, "nothing: few descriptions state headers"),
        "AZ230": Figures(0, 0, 0, "nothing"),
        "AZ231": Figures(0, 0, 0, "nothing"),
        "AZ232": Figures(0, 0, 0, "nothing"),
        "AZ301": Figures(26, 26, 26, "operations of other descriptions, or of none"),
        "AZ305": Figures(1, 1, 1, "a call of OpenAI's assistants"),
        "AZ310": Figures(21, 21, 21, "`OpenAI-Beta`, which descriptions do not mention any more"),
        "AZ311": Figures(14, 12, 12, "values of paths that no parameter gives"),
        "AZ312": Figures(183, 176, 176, "a whole response where an id belongs"),
        "AZ313": Figures(0, 0, 0, "nothing: literals in parameters are right"),
        "AZ314": Figures(0, 0, 0, "nothing: inputs are text, which passes for numbers in a URL"),
        "AZ320": Figures(38, 31, 31, "bodies that the description requires"),
        "AZ321": Figures(1, 1, 1, "a description whose only media type is empty"),
        "AZ323": Figures(2, 2, 2, "a description that forgot the body"),
        "AZ324": Figures(42, 30, 30, "members that the workflow never passes"),
        "AZ325": Figures(24, 14, 14, "values of the path, passed in the body too"),
        "AZ326": Figures(6, 4, 4, "names in another case"),
        "AZ327": Figures(16, 10, 10, "an object in the place of a list or of a number"),
        "AZ328": Figures(320, 285, 285, "inputs declared as text for numbers, lists and objects"),
        "AZ329": Figures(3, 3, 3, "identifiers that the path has already"),
        "AZ330": Figures(0, 0, 0, "nothing"),
        "AZ331": Figures(0, 0, 0, "nothing"),
        "AZ332": Figures(14, 14, 14, "one input as the key of two requests"),
        "AZ333": Figures(0, 0, 0, "nothing"),
        "AZ340": Figures(17, 10, 10, "objects for bodies of bytes"),
        "AZ402": Figures(7, 7, 7, "actions that go on with the step that follows anyway"),
        "AZ404": Figures(0, 0, 0, "nothing"),
        "AZ405": Figures(0, 0, 0, "nothing"),
        "AZ406": Figures(0, 0, 0, "nothing"),
        "AZ407": Figures(0, 0, 0, "nothing: all of 339 retries state a limit"),
        "AZ408": Figures(0, 0, 0, "nothing"),
        "AZ409": Figures(0, 0, 0, "nothing"),
        "AZ420": Figures(0, 0, 0, "nothing"),
        "AZ421": Figures(0, 0, 0, "nothing"),
        "AZ422": Figures(
            317, 317, 317, "success said to be 200 where the operation answers 201, 202 or 204"
        ),
        "AZ423": Figures(0, 0, 0, "nothing"),
        "AZ425": Figures(1, 1, 1, "a poll that goes on when the job has failed"),
        "AZ426": Figures(0, 0, 0, "nothing"),
        "AZ430": Figures(345, 213, 213, "inputs copied from operations and never passed on"),
        "AZ431": Figures(570, 557, 557, "values of responses that nobody asked for"),
        "AZ432": Figures(336, 336, 336, "actions that a program put into every document"),
        "AZ433": Figures(1, 1, 1, "a description that is named and not called"),
        "AZ501": Figures(110, 49, 49, "`Bearer $inputs.token`"),
        "AZ502": Figures(594, 233, 233, "`$steps.find.outputs.items[0].id`"),
        "AZ504": Figures(35, 5, 5, "`$response.headers.Location`"),
        "AZ506": Figures(129, 59, 59, "`$.status == 'done'` as a JSONPath"),
        "AZ508": Figures(85, 82, 82, "an id alone beside several descriptions"),
        "AZ509": Figures(509, 42, 42, "`openapi_source#/paths/...`"),
        "AZ512": Figures(4, 2, 2, "`$inputs` as the context of a JSONPath"),
        "AZ513": Figures(39, 37, 37, "a token that the description has as a required header"),
        "AZ514": Figures(1, 1, 1, "a query parameter in the path"),
        "AZ515": Figures(6, 6, 6, "`anthropic-beta`, which has one value"),
        "AZ516": Figures(11, 1, 1, "`application/*+json`"),
        "AZ602": Figures(
            65, 7, 7, "paths and parameters of other names, fields that may not stand there"
        ),
        "AZ604": Figures(125, 39, 39, "files and components that are not there"),
        "AZ605": Figures(3, 3, 3, "styles that a header or a query cannot have"),
        "AZ606": Figures(33, 12, 12, "schemes that no `securitySchemes` defines"),
        "AZ607": Figures(1, 1, 1, "a server whose variable has no default"),
        "AZ608": Figures(2, 2, 2, "`/combined_submissions?v=2`"),
        "AZ711": Figures(0, 0, 0, "nothing"),
        "AZ712": Figures(
            233, 11, 11, "tokens of Google's and Slack's APIs, which take them in a header"
        ),
        "AZ713": Figures(1, 1, 1, "a server that is stated with `http://` alone"),
        "AZ714": Figures(174, 174, 174, "documents that leave credentials to whoever runs them"),
        "AZ715": Figures(2, 2, 2, "the first of two steps, where the description asks both"),
        "AZ716": Figures(0, 0, 0, "nothing"),
    }
)
"""By code, in the order of the codes; rules of which nothing was counted are missing."""
