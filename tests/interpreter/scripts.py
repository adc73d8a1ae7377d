"""What servers answer, drawn at random: mostly what they promise, at times nonsense or silence."""

from __future__ import annotations

import json
from email.utils import formatdate
from random import Random
from typing import Any

from tests.interpreter.chance import once_in
from tests.interpreter.ends import Answer

__all__ = ["NOW", "STATUSES", "drawn_inputs", "drawn_script"]

NOW = 1_800_000_000
"""The time at which all runs take place, in seconds since 1970."""
STATUSES = (200, 201, 202, 204, 400, 401, 404, 429, 500, 503)
_PROMISED = {
    "id": ("a", "x/y", "7", "é", "."),
    "status": ("Queued", "done", "5"),
}
_POSSIBLE: dict[str, tuple[Any, ...]] = {
    "count": (0, 5, 200),
    "note": ("", "done", "it's"),
    "result": (None, True, False, 0, 1.5, "x", {"a": "b"}, ["x", 1], {}, {"a": None}),
    "owner": ({"name": "me"}, {"name": "you", "age": 3.5}),
    "tags": ([], ["x"], ["x", "done"]),
}
_ODD: tuple[Any, ...] = (
    {},
    [],
    {"id": 5},
    {"id": "a", "status": 7},
    {"id": "a", "status": None},
    {"id": None, "status": "x"},
    {"id": "b", "status": "x", "owner": "me"},
    {"id": "b", "status": "x", "owner": {}},
    {"id": ["x"], "status": {"a": 1}, "count": "many", "note": 3, "tags": "x"},
    "text",
    [{"id": "a"}],
    3,
)
"""What no schema promises. A body of null is left out: only a schema without a type lets it be a value."""
_WAITS = (
    "3",
    "0",
    "007",
    "soon",
    "1.5",
    "-2",
    formatdate(NOW + 90, usegmt=True),
    formatdate(NOW - 5),
)
_INPUTS: dict[str, tuple[Any, ...]] = {
    "key": ("k", "done", "a b/c", "7"),
    "n": (0, 5, -3),
    "flag": (True, False),
    "level": (1, 5),
    "deep": ({}, {"a": "x"}, {"a": "", "b": [1]}),
}


def drawn_inputs(random: Random, declared: Any, required: Any) -> dict[str, Any]:
    """Values for the inputs that a workflow requires, and for some of the others."""
    return {
        name: random.choice(_INPUTS[name])
        for name in declared
        if name in required or random.choice((True, False))
    }


def drawn_script(random: Random) -> list[Answer | None]:
    """Answers in turn; None is silence."""
    return [_answer(random) for _ in range(random.randint(1, 12))]


def _answer(random: Random) -> Answer | None:
    if once_in(random, 12):
        return None
    headers: dict[str, str] = {}
    if once_in(random, 6):
        headers["retry-after"] = random.choice(_WAITS)
    if once_in(random, 5):
        headers["location"] = random.choice(("/jobs/1", "5", "Done"))
    status = random.choice((200, 200, 201, 202, 202, 204, *STATUSES))
    delay = random.choice((0.5, 2.0, 7.0)) if once_in(random, 5) else 0.0
    if once_in(random, 13):
        return Answer(status, headers, b"", delay)
    headers["content-type"] = "application/json"
    return Answer(status, headers, json.dumps(_body(random)).encode(), delay)


def _body(random: Random) -> Any:
    if once_in(random, 10):
        return random.choice(_ODD)
    promised = {name: random.choice(values) for name, values in _PROMISED.items()}
    possible = {
        name: random.choice(values)
        for name, values in _POSSIBLE.items()
        if random.choice((True, False))
    }
    return {**promised, **possible}
