"""A server that is made of OpenAPI descriptions, and gives the answers that workflows look for.

For each operation there is a list of answers that the workflows tell apart, the one that lets them go on
first. A `Player` gives them as a plan says, so that every way through a workflow can be taken.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from itertools import product
from typing import Any, Final, TypeAlias

from tests.corpus.documents import Description, Operation, Workflows, is_list, is_object
from tests.corpus.sampling import Sampler
from tests.corpus.wishes import ABSENT, KEPT, STATUS, Fit, Mark, Wish, wishes_of
from tests.standins.base import Fault, Received, Reply, Silence, StandIn

__all__ = ["LONGEST", "Answers", "Played", "Player"]

LONGEST: Final = 60
"""How many requests a player answers in one run."""

_ODD: Final = (b"null", b"{}", b"[]", b"")
"""Bodies that no schema promises."""

_MOST: Final = 48
"""How many answers an operation has at most."""


_Choice: TypeAlias = dict[tuple[str, tuple[str, ...]], Any]
"""A value for each place: of a kind, such as `body`, and a way in it."""


class Answers:
    """The answers that operations have for the workflows of one document.

    Args:
        workflows: The document.
    """

    def __init__(self, workflows: Workflows) -> None:
        self._workflows = workflows
        self._known: dict[str, Sequence[Reply | Silence]] = {}
        self._wishes: dict[str, list[Wish]] = {}
        for document in workflows.documents:
            for workflow in document.workflows.values():
                self._read(document, workflow)

    def _read(self, document: Workflows, workflow: Mapping[str, Any]) -> None:
        by_step = {step["stepId"]: step for step in workflow.get("steps", ())}
        for wish in wishes_of(document, workflow):
            operation = document.called(by_step[wish.step]) if wish.step else None
            if operation is not None:
                self._wishes.setdefault(operation.key, []).append(wish)

    def of(self, operation: Operation) -> Sequence[Reply | Silence]:
        """The answers of an operation."""
        if operation.key not in self._known:
            self._known[operation.key] = tuple(self._made(operation))[:_MOST]
        return self._known[operation.key]

    def _made(self, operation: Operation) -> Iterator[Reply | Silence]:
        wishes = self._wishes.get(operation.key, [])
        description = self._workflows.descriptions[operation.source]
        good, bad = _statuses(operation, wishes)
        choices = [*_choices(wishes)]
        replies = _unlike(_reply(description, operation, *each) for each in product(good, choices))
        few = [_Choice(), *choices[:2]]
        others = _unlike(_reply(description, operation, *each) for each in product(bad, few))
        left = _MOST - len(_ODD) - 1
        yield from replies[: max(left - len(others), left // 2)]
        yield from others[: left // 2]
        yield from (Reply(good[0], body, {}, "application/json") for body in _ODD)
        yield Fault.DROP


def _unlike(replies: Iterable[Reply]) -> list[Reply]:
    """The replies, each once."""
    seen: list[Reply] = []
    for reply in replies:
        if reply not in seen:
            seen.append(reply)
    return seen


def _statuses(operation: Operation, wishes: Sequence[Wish]) -> tuple[list[int], list[int]]:
    """The statuses with which workflows go on, and the others that they tell apart."""
    asked = [value for wish in wishes if wish.kind == STATUS for value in wish.values]
    numbers = [value for value in asked if isinstance(value, int) and 200 <= value <= 599]
    stated = [int(each) for each in operation.members.get("responses", {}) if each.isdecimal()]
    every = list(dict.fromkeys([*numbers, *stated]))
    good = [each for each in every if each < 300] or [200]
    return good, [each for each in (*every, 404, 500) if each >= 300]


def _choices(wishes: Sequence[Wish]) -> Iterator[_Choice]:
    """Which value each place has: all as first wished for, then one of them otherwise."""
    values: dict[tuple[str, tuple[str, ...]], list[Any]] = {}
    for wish in wishes:
        if wish.kind != STATUS:
            known = values.setdefault((wish.kind, wish.way), [])
            known.extend(each for each in wish.values if not any(each is old for old in known))
    # A value that is asked for goes before one that is merely to be there.
    for known in values.values():
        known.sort(key=lambda each: (isinstance(each, Mark), isinstance(each, Fit)))
    every = [place for place in values if place[1]]
    first = {place: values[place][0] for place in every}
    yield first
    yield dict.fromkeys(every, KEPT)
    for place in every:
        for value in values[place][1:]:
            yield {**first, place: value}
            yield {**dict.fromkeys(every, KEPT), place: value}


def _reply(
    description: Description,
    operation: Operation,
    status: int,
    choice: _Choice,
) -> Reply:
    stated = _response(description, operation, status)
    sampler = Sampler(description.follow)
    headers = {"X-Sample": "1"}
    described: dict[str, Any] = stated.get("headers") or {}
    for name, header in described.items():
        schema = description.follow(header).get("schema", {})
        headers[name] = _text(sampler.sample(schema, "response"))
    media, body = _body(sampler, stated)
    for (kind, way), value in choice.items():
        if kind == "header":
            others = {name: headers[name] for name in headers if name.lower() != way[0]}
            known = next((headers[name] for name in headers if name.lower() == way[0]), "1")
            given = value.value if isinstance(value, Fit) else value
            kept = {} if value is ABSENT else {way[0]: known if value is KEPT else _text(given)}
            headers = {**others, **kept}
        elif kind == "body" and status not in (204, 304):
            body = changed(body if media and "json" in media else None, way, value)
            media = "application/json"
    headers = {name: headers[name] for name in headers if _is_sendable(name, headers[name])}
    if status in (204, 304) or media is None:
        return Reply(status, None, headers)
    if "json" in media:
        content = json.dumps(body).encode()
    else:
        content = body.encode() if isinstance(body, str) else json.dumps(body).encode()
    return Reply(status, content, headers, media)


def _is_sendable(name: str, value: str) -> bool:
    framing = ("content-length", "content-type", "transfer-encoding", "connection")
    return name.lower() not in framing and value.isascii() and value.isprintable()


def _response(description: Description, operation: Operation, status: int) -> Mapping[str, Any]:
    responses = operation.members.get("responses", {})
    for key in (str(status), f"{status // 100}XX", "default"):
        if key in responses:
            found = description.follow(responses[key])
            return found if is_object(found) else {}
    return {}


def _body(sampler: Sampler, response: Mapping[str, Any]) -> tuple[str | None, Any]:
    """The media type and the body of a response that is described so."""
    content: dict[str, Any] = response.get("content") or {}
    media = next((name for name in content if "json" in name), next(iter(content), None))
    if media is None:
        return None, None
    stated: dict[str, Any] = content[media] if is_object(content[media]) else {}
    schema = stated.get("schema")
    body = stated.get("example", sampler.sample(schema, "response") if schema else None)
    return ("application/json" if "*" in media else media), body


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def changed(body: Any, way: Sequence[str], value: Any) -> Any:
    """A body that has `value` at the end of `way`; `*` is an item of a list, or the object itself."""
    if not way:
        if value is KEPT or value is ABSENT:
            return body if body is not None else {}
        return _fitted(body, value) if isinstance(value, Fit) else value
    token, *rest = way
    if token == "*" and (is_object(body) or body is None):
        return changed(body or {}, rest, value)
    if token == "*" or (token.isdecimal() and not is_object(body)):
        return _changed_item(body, 0 if token == "*" else int(token), rest, value)
    loose = value is KEPT or isinstance(value, Fit)
    if loose and not is_object(body) and body is not None:
        return body  # what the schema says goes before what a workflow would like
    return _changed_member(body, token, rest, value)


def _fitted(known: Any, fit: Fit) -> Any:
    """What fits, unless something of another type is known."""
    return fit.value if known is None or type(known) is type(fit.value) else known


def _changed_item(body: Any, place: int, rest: Sequence[str], value: Any) -> list[Any]:
    items = list(body) if is_list(body) else []
    if value is ABSENT and not rest:
        return items[:place]
    while len(items) <= place:
        items.append(deepcopy(items[-1]) if items else ({} if rest else "text"))
    items[place] = changed(items[place], rest, value)
    return items


def _changed_member(body: Any, name: str, rest: Sequence[str], value: Any) -> dict[str, Any]:
    members = dict(body) if is_object(body) else {}
    if rest:
        members[name] = changed(members.get(name), rest, value)
    elif value is ABSENT:
        members.pop(name, None)
    elif value is KEPT:
        members.setdefault(name, "text")
    elif isinstance(value, Fit):
        members[name] = _fitted(members.get(name), value)
    else:
        members[name] = value
    return members


class Played:
    """A request that a player answered.

    Attributes:
        operation: What it was for; None where nothing answers it.
        request: As it arrived.
        choice: Which of the answers it got.
        choices: How many there were.
    """

    __slots__ = ("choice", "choices", "operation", "request")

    def __init__(
        self, operation: Operation | None, request: Received, choice: int, choices: int
    ) -> None:
        self.operation = operation
        self.request = request
        self.choice = choice
        self.choices = choices


class Player(StandIn):
    """Answers as a plan says.

    The server of the source `jobs` is at `/jobs`. Where the plan has come to its end, a request gets the first
    answer of its operation, the next one of the same operation the second, and so on.

    Args:
        workflows: The document.
        answers: What there is to choose from.
    """

    def __init__(self, workflows: Workflows, answers: Answers) -> None:
        super().__init__()
        self._descriptions = workflows.descriptions
        self._answers = answers
        self._plan: Sequence[int] = ()
        self.played: list[Played] = []

    def follow(self, plan: Sequence[int]) -> None:
        """Begins anew, with that plan: which answer each request gets."""
        self._plan = plan
        self.played = []

    def answer(self, request: Received) -> Reply | Silence:
        """The answer that the plan says."""
        with self._lock:
            _, source, path = (
                request.path.split("/", 2) if request.path.count("/") > 1 else ("",) * 3
            )
            description = self._descriptions.get(source)
            operation = description.answering(request.method, f"/{path}") if description else None
            if operation is None:
                self.played.append(Played(None, request, 0, 1))
                return Reply(404, {"message": "nothing answers this"})
            answers = self._answers.of(operation)
            turn = len(self.played)
            before = sum(each.operation is operation for each in self.played)
            choice = self._plan[turn] if turn < len(self._plan) else before
            choice %= len(answers)
            self.played.append(Played(operation, request, choice, len(answers)))
            return answers[choice]
