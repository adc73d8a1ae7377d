"""What the descriptions beside a document say of the operations that its steps call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

import yaml

from tests.interpreter.values import is_array
from tests.mutations.subject import Place, Subject

__all__ = ["Called", "called"]

_METHODS: Final = ("get", "put", "post", "delete", "patch", "head", "options")


@dataclass(frozen=True, slots=True)
class Called:
    """An operation.

    Attributes:
        source: The name of its source description.
        parameters: By name and location, with `required` and `schema`.
        required_body: Whether it must have a body.
        body: The schema of its body; None where it has none.
        responses: By status.
    """

    source: str
    parameters: Mapping[tuple[str, str], Mapping[str, Any]]
    required_body: bool
    body: Mapping[str, Any] | None
    responses: Mapping[str, Mapping[str, Any]]

    def response(self) -> Mapping[str, Any] | None:
        """The schema of its success, where it is described."""
        for status, response in self.responses.items():
            if status.startswith("2"):
                content = cast("dict[str, Any]", response.get("content") or {})
                media = next(iter(content.values()), response)
                return cast("Mapping[str, Any] | None", media.get("schema"))
        return None


def called(subject: Subject, step: Place) -> Called | None:
    """What a step calls; None where it runs a workflow."""
    operation = step.value_of("operationId").rpartition(".")[2]
    path = step.value_of("operationPath")
    for source, description in _descriptions(subject):
        for address, item in cast("dict[str, Any]", description["paths"]).items():
            for method in _METHODS:
                found = item.get(method)
                escaped = address.replace("~", "~0").replace("/", "~1")
                if found and (
                    (operation and found.get("operationId") == operation)
                    or (path.endswith(f"#/paths/{escaped}/{method}") and f".{source}." in path)
                ):
                    return _read(source, description, item, found)
    return None


def _descriptions(subject: Subject) -> Iterator[tuple[str, dict[str, Any]]]:
    for place in subject.places("sourceDescriptions/*"):
        file = place.value_of("url").removeprefix("./")
        if file in subject.descriptions:
            yield place.value_of("name"), _loaded(subject.descriptions[file].text)


_TEXTS: Final[dict[str, dict[str, Any]]] = {}


def _loaded(text: str) -> dict[str, Any]:
    if text not in _TEXTS:
        loaded = cast("dict[str, Any]", yaml.load(text, Loader=yaml.CSafeLoader))
        _TEXTS[text] = cast("dict[str, Any]", _resolved(loaded, loaded, 0))
    return _TEXTS[text]


def _resolved(value: Any, root: dict[str, Any], depth: int) -> Any:
    """The value with what its references mean in their place; below twelve of them they stay."""
    if is_array(value):
        return [_resolved(each, root, depth) for each in value]
    if not isinstance(value, dict):
        return value
    held = cast("dict[str, Any]", value)
    reference = held.get("$ref")
    if isinstance(reference, str) and depth < 12:
        target: Any = root
        for token in reference.removeprefix("#/").split("/"):
            target = target[token.replace("~1", "/").replace("~0", "~")]
        return _resolved(target, root, depth + 1)
    return {key: _resolved(each, root, depth) for key, each in held.items()}


def _read(
    source: str, description: dict[str, Any], item: dict[str, Any], found: dict[str, Any]
) -> Called:
    del description
    stated = [*item.get("parameters", ()), *found.get("parameters", ())]
    body = found.get("requestBody", {})
    schema = next((each.get("schema") for each in body.get("content", {}).values()), None)
    required = bool(body.get("required"))
    fields = [each for each in stated if each["in"] == "formData"]
    for each in stated:
        if each["in"] == "body":
            schema, required = each["schema"], bool(each.get("required"))
    if fields:
        names = [each["name"] for each in fields if each.get("required")]
        schema = {"required": names, "properties": {each["name"]: each for each in fields}}
        required = bool(names)
    parameters = {
        (each["name"], each["in"]): {**each, "schema": each.get("schema", each)}
        for each in stated
        if each["in"] not in ("body", "formData")
    }
    responses = {str(status): each for status, each in found["responses"].items()}
    return Called(source, parameters, required, schema, responses)
