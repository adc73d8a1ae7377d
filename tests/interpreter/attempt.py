"""One try of a step, and what expressions read of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.interpreter.ends import Answer, FailureError, Request

__all__ = ["Attempt", "exchanged"]


@dataclass
class Attempt:
    """One try of a step: what was given to its request, what was sent, what came back or what failed."""

    step: Mapping[str, Any]
    request: Request | None = None
    given: dict[str, Any] = field(default_factory=dict[str, Any])
    answer: Answer | None = None
    outputs: dict[str, Any] | None = None
    failure: FailureError | None = None
    succeeded: bool = False
    criterion: str | None = None


def exchanged(attempt: Attempt, expression: str) -> Any:
    """What a step has sent, or what came back."""
    request, answer = attempt.request, attempt.answer
    match expression.split("."):
        case ["$request", *asked]:
            name = ".".join(asked)
            return attempt.given.get(name.lower() if asked[0] == "header" else name)
        case ["$response", "body"]:
            return None if answer is None else _body(answer)
        case ["$response", "header", name]:
            return None if answer is None else answer.headers.get(name.lower())
        case ["$statusCode"]:
            return None if answer is None else answer.status
        case ["$url"]:
            return None if request is None else request.url
        case ["$method"]:
            return None if request is None else request.method
        case _:
            raise ValueError(expression)


def _body(answer: Answer) -> Any:
    if not answer.body:
        return None
    if answer.headers.get("content-type", "application/json") == "application/json":
        try:
            return json.loads(answer.body)
        except ValueError:
            return None
    return answer.body.decode()
