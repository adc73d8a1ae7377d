"""From what the user wrote to the keyword arguments of a generated function.

Every problem is collected, so that the user mends all of them at once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from arazzoc.cli.choice import unknown
from arazzoc.frozen import dataclass

if TYPE_CHECKING:
    from arazzoc.result import CompiledWorkflow, InputArgument
    from arazzoc.types.facts import Kind

__all__ = ["Arguments", "environment_name", "gather"]


@dataclass(frozen=True, slots=True)
class Arguments:
    """What a function is called with.

    Attributes:
        keywords: By the function's keyword.
        secrets: Texts that must not be shown.
        problems: What is wrong with what the user wrote, a sentence each; the call waits for none.
    """

    keywords: Mapping[str, object]
    secrets: tuple[str, ...]
    problems: tuple[str, ...]


def environment_name(argument: InputArgument) -> str | None:
    """The environment variable that a secret may come from: `ARAZZOC_BEARER_TOKEN` for `bearer_token`."""
    if argument.secret or argument.origin == "credential":
        return f"ARAZZOC_{argument.keyword.upper()}"
    return None


def gather(
    workflow: CompiledWorkflow,
    values: Mapping[str, object],
    assignments: Sequence[str],
    servers: Sequence[str],
    environment: Mapping[str, str],
) -> Arguments:
    """The keyword arguments for `workflow`.

    Args:
        workflow: What will be called.
        values: Inputs as JSON values, by name in the document or keyword.
        assignments: Inputs as `NAME=VALUE`; these overrule `values`.
        servers: Servers as `NAME=URL`, by the source description's name or keyword.
        environment: Where secrets are looked for last, see `environment_name`.
    """
    gathering = _Gathering(workflow, environment)
    for name, value in values.items():
        gathering.take_value(name, value)
    for assignment in assignments:
        gathering.take_assignment(assignment)
    for server in servers:
        gathering.take_server(server)
    gathering.fill_in()
    return Arguments(gathering.keywords, tuple(gathering.secrets), tuple(gathering.problems))


@dataclass(slots=True)
class _Gathering:
    workflow: CompiledWorkflow
    environment: Mapping[str, str]
    keywords: dict[str, object] = field(default_factory=dict[str, object])
    secrets: list[str] = field(default_factory=list[str])
    problems: list[str] = field(default_factory=list[str])
    _mistaken: set[str] = field(default_factory=set[str])

    def take_value(self, name: str, value: object) -> None:
        argument = self._argument(name)
        if argument is None:
            return
        if not _fits(value, argument):
            self._mistaken.add(argument.keyword)
            self.problems.append(
                f"input '{name}' must be {_NOUNS[argument.kind]}, not {_noun_of(value)}"
            )
            return
        self._keep(argument, value)

    def take_assignment(self, assignment: str) -> None:
        name, equals, text = assignment.partition("=")
        if not equals:
            self.problems.append(f"--input takes NAME=VALUE, not '{name}'")
            return
        argument = self._argument(name)
        if argument is not None:
            self._read(argument, text, f"input '{name}'")

    def take_server(self, server: str) -> None:
        name, equals, url = server.partition("=")
        if not equals:
            self.problems.append(f"--server takes NAME=URL, not '{name}'")
            return
        by_name = {keyword: keyword for keyword in self.workflow.servers.values()}
        by_name.update(self.workflow.servers)
        if name not in by_name:
            self.problems.append(unknown(name, self.workflow.servers, "server"))
        elif not url.startswith(("http://", "https://")):
            self.problems.append(f"server '{name}' must start with http:// or https://")
        else:
            self.keywords[by_name[name]] = url.rstrip("/")

    def fill_in(self) -> None:
        """Takes secrets from the environment, and names the inputs that are still missing."""
        for argument in self.workflow.inputs:
            if argument.keyword in self.keywords or argument.keyword in self._mistaken:
                continue
            variable = environment_name(argument)
            if variable is not None and variable in self.environment:
                self._read(argument, self.environment[variable], f"${variable}")
            elif argument.required:
                self.problems.append(_missing(argument, variable))

    def _argument(self, name: str) -> InputArgument | None:
        inputs = self.workflow.inputs
        by_name = {argument.keyword: argument for argument in inputs}
        by_name.update({argument.name: argument for argument in inputs})
        if name not in by_name:
            self.problems.append(unknown(name, [each.name for each in inputs], "input"))
        return by_name.get(name)

    def _read(self, argument: InputArgument, text: str, place: str) -> None:
        """Keeps what `text` says for an input of that kind; its text is not repeated where it is secret."""
        try:
            value = _READERS[argument.kind](text)
        except ValueError:
            self._mistaken.add(argument.keyword)
            shown = "" if environment_name(argument) else f", not '{text}'"
            self.problems.append(f"{place} must be {_NOUNS[argument.kind]}{shown}")
            return
        self._keep(argument, value)

    def _keep(self, argument: InputArgument, value: object) -> None:
        if argument.kind == "file" and isinstance(value, str):
            value = Path(value)
            if not value.is_file():
                self._mistaken.add(argument.keyword)
                self.problems.append(f"input '{argument.name}': there is no file '{value}'")
                return
        self._mistaken.discard(argument.keyword)
        self.keywords[argument.keyword] = value
        if environment_name(argument) is not None and isinstance(value, str) and value:
            self.secrets.append(value)


def _missing(argument: InputArgument, variable: str | None) -> str:
    noun = "credential" if argument.origin == "credential" else "input"
    parts = [f"missing {noun} '{argument.name}'"]
    if argument.description:
        parts.append(f": {' '.join(argument.description.split())}")
    if variable is not None:
        parts.append(f" (--input {argument.name}=... or ${variable})")
    return "".join(parts)


def _fits(value: object, argument: InputArgument) -> bool:
    """Whether a JSON value is of the kind; null is left to the schema, which `kind` does not tell whole."""
    return value is None or argument.kind == "any" or argument.kind in _kinds_of(value)


def _kinds_of(value: object) -> tuple[str, ...]:
    match value:
        case bool():
            return ("boolean",)
        case int():
            return ("integer", "number")
        case float():
            return ("number", "integer") if value.is_integer() else ("number",)
        case str():
            return ("string", "file")
        case list():
            return ("array",)
        case dict():
            return ("object",)
        case _:
            return ()


def _noun_of(value: object) -> str:
    return next((_NOUNS[kind] for kind in _NOUNS if kind in _kinds_of(value)), "null")


def _boolean(text: str) -> bool:
    if text.lower() not in _BOOLEANS:
        raise ValueError(text)
    return _BOOLEANS[text.lower()]


def _number(text: str) -> object:
    return _json(text, (int, float))


def _json(text: str, types: tuple[type, ...]) -> object:
    value: object = json.loads(text)
    if not isinstance(value, types) or isinstance(value, bool):
        raise ValueError(text)
    return value


def _anything(text: str) -> object:
    """JSON where the text is JSON, else the text itself."""
    try:
        value: object = json.loads(text)
    except ValueError:
        return text
    return value


_BOOLEANS: Final = {"true": True, "false": False}
_NOUNS: Final[Mapping[Kind, str]] = {
    "string": "text",
    "integer": "an integer",
    "number": "a number",
    "boolean": "true or false",
    "array": "a JSON array",
    "object": "a JSON object",
    "file": "the path of a file",
    "any": "a value",
}
_READERS: Final[Mapping[Kind, Callable[[str], object]]] = {
    "string": str,
    "integer": lambda text: _json(text, (int,)),
    "number": _number,
    "boolean": _boolean,
    "array": lambda text: _json(text, (list,)),
    "object": lambda text: _json(text, (dict,)),
    "file": str,
    "any": _anything,
}
