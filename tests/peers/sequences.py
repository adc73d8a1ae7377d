"""Sequences: a workflow, what a server answers, and what has to be sent by the specification."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

import yaml

from tests.corpus.documents import is_object, read
from tests.standins.base import Received, Reply, StandIn

__all__ = ["Case", "Scripted", "cases", "differences"]

FOLDER: Final = Path(__file__).parent
_LINE: Final = re.compile(r"([A-Z]+) (\S+)")


@dataclass(frozen=True, slots=True)
class Case:
    """One sequence.

    Attributes:
        name: What it is about.
        decides: The place of the specification that decides, in words of our own.
        document: The Arazzo document; its workflow is `flow`, its source `api`.
        inputs: What the workflow is run with.
        answers: What the server gives, in turn.
        sends: The requests that have to arrive.
        waits: Seconds before the second request, the third, and so on, as far as they are decided.
    """

    name: str
    decides: str
    document: Mapping[str, Any]
    inputs: Mapping[str, Any]
    answers: Sequence[Mapping[str, Any]]
    sends: Sequence[Mapping[str, Any]]
    waits: Sequence[float]

    def write(self, folder: Path, server: str) -> Path:
        """Writes the document and its description, and gives the document's path."""
        description = {**read(FOLDER / "api.openapi.yaml"), "servers": [{"url": server}]}
        (folder / "api.openapi.yaml").write_text(yaml.safe_dump(description), "utf-8")
        path = folder / "sequence.arazzo.yaml"
        path.write_text(yaml.safe_dump(self.document, sort_keys=False), "utf-8")
        return path


def cases() -> Iterator[Case]:
    """All sequences."""
    for path in sorted((FOLDER / "sequences").glob("*.yaml")):
        yield from map(_case, read(path))


def _case(stated: Mapping[str, Any]) -> Case:
    document = {
        "arazzo": "1.0.1",
        "info": {"title": stated["name"], "version": "1.0.0"},
        "sourceDescriptions": [{"name": "api", "url": "api.openapi.yaml", "type": "openapi"}],
        "workflows": [{"workflowId": "flow", **stated["flow"]}, *stated.get("others", ())],
    }
    if "components" in stated:
        document["components"] = stated["components"]
    sends = [each if is_object(each) else {"request": each} for each in stated["sends"]]
    inputs, answers = stated.get("inputs", {}), stated["answers"]
    waits = stated.get("waits", ())
    return Case(stated["name"], stated["decides"], document, inputs, answers, sends, waits)


class Scripted(StandIn):
    """Gives the answers of a sequence in turn, and 410 once they are spent."""

    def __init__(self, case: Case) -> None:
        super().__init__()
        self._answers = list(case.answers)

    def answer(self, request: Received) -> Reply:
        """The next answer."""
        with self._lock:
            self.requests.append(request)
            if len(self.requests) > len(self._answers):
                return Reply(410, {"message": "nothing more was expected"})
            answer = self._answers[len(self.requests) - 1]
            body = answer.get("body", {})
            return Reply(answer.get("status", 200), body, answer.get("headers", {}))


def differences(case: Case, arrived: Sequence[Received]) -> list[str]:
    """Where what arrived is not what has to; empty where it is."""
    found = [
        problem
        for number, (expected, request) in enumerate(zip(case.sends, arrived, strict=False), 1)
        for problem in _difference(number, expected, request)
    ]
    if len(arrived) != len(case.sends):
        sent = ", ".join(f"{each.method} {each.target}" for each in arrived) or "nothing"
        found.append(f"{len(arrived)} requests, not {len(case.sends)}: {sent}")
    return found


def _difference(number: int, expected: Mapping[str, Any], request: Received) -> Iterator[str]:
    stated = _LINE.fullmatch(expected["request"])
    assert stated is not None, expected
    if (stated[1], *_target(stated[2])) != (request.method, *_target(request.target)):
        yield f"request {number} is {request.method} {request.target}"
    for name, value in expected.get("headers", {}).items():
        if request.headers.get(name) != value:
            yield f"request {number} has the header {name}: {request.headers.get(name)}"
    if "body" in expected and _json(request.body) != expected["body"]:
        yield f"request {number} has the body {request.body.decode(errors='replace')}"
    if "form" in expected:
        pairs = [list(pair) for pair in parse_qsl(request.body.decode(), keep_blank_values=True)]
        if sorted(pairs) != sorted(expected["form"]):
            yield f"request {number} has the form {request.body.decode(errors='replace')}"


def _target(target: str) -> tuple[Sequence[str], Sequence[tuple[str, str]]]:
    """The segments of a path, and the pairs of a query in an order of their own, decoded."""
    parts = urlsplit(target)
    pairs = sorted(parse_qsl(parts.query, keep_blank_values=True))
    return [unquote(each) for each in parts.path.split("/")], pairs


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return body
