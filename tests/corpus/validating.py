"""Judges requests by openapi-core, which lives in an environment of its own.

Reads requests, a JSON object a line, from the file that is named, and prints what is wrong with each: a JSON
list a line, empty where nothing is.
"""

from __future__ import annotations

import base64
import importlib
import json
import re
import sys
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.corpus.documents import METHODS, Workflows, is_object

# The package is not installed where this repository is type-checked: it asks for other versions of what
# it shares with the compiler.
CORE: Final[Any] = importlib.import_module("openapi_core")
DATATYPES: Final[Any] = importlib.import_module("openapi_core.datatypes")
STRUCTURES: Final[Any] = importlib.import_module("werkzeug.datastructures")

HOST: Final = "http://127.0.0.1"


class Arrived:
    """A request as openapi-core wants to see it."""

    def __init__(self, request: Mapping[str, Any]) -> None:
        parts = urlsplit(str(request["target"]))
        headers = request["headers"]
        self.host_url = HOST
        self.path = parts.path
        self.method = request["method"].lower()
        self.body = base64.b64decode(request["body"]) or None
        self.content_type = headers.get("content-type", "")
        cookies = (each.partition("=") for each in headers.get("cookie", "").split("; ") if each)
        self.parameters = DATATYPES.RequestParameters(
            query=STRUCTURES.ImmutableMultiDict(parse_qsl(parts.query, keep_blank_values=True)),
            header=STRUCTURES.Headers(headers),
            cookie=STRUCTURES.ImmutableMultiDict(
                (name, unquote(value)) for name, _, value in cookies
            ),
        )


@lru_cache(maxsize=4)
def _workflows(path: str) -> Workflows:
    return Workflows(Path(path))


@lru_cache(maxsize=32)
def _description(path: str, source: str, template: str) -> Any:
    """The description with that path alone, at the server that requests were sent to."""
    root = _workflows(path).descriptions[source].root
    item = root["paths"][template]
    types = set[str]()
    if is_object(item):
        item = {key: _without_servers(item[key], key) for key in item if key != "servers"}
        types = {media for key in item for media in _media_types(item[key])}
    # Neither `{+name}` nor a query in a path is known to the judge, and schemes have one case there.
    path = re.split("[?#]", template.replace("{+", "{"))[0]
    alone = {**root, "paths": {path: item}, "servers": [{"url": f"{HOST}/{source}"}]}
    if alone.pop("swagger", None) is not None:
        alone["openapi"] = "3.0.3"  # bodies and responses have been made so
    components = root.get("components")
    if is_object(components) and is_object(components.get("securitySchemes")):
        schemes = components["securitySchemes"]
        alone["components"] = {
            **components,
            "securitySchemes": {name: _in_lower_case(each) for name, each in schemes.items()},
        }
    json_like = {media: json.loads for media in types if media.endswith("+json")}
    config = CORE.Config(spec_validator_cls=None, extra_media_type_deserializers=json_like)
    return CORE.OpenAPI.from_dict(alone, config=config)


def _media_types(operation: Any) -> Iterator[str]:
    body = operation.get("requestBody") if is_object(operation) else None
    content = body.get("content") if is_object(body) else None
    yield from content if is_object(content) else ()


def _in_lower_case(scheme: Any) -> Any:
    if not is_object(scheme) or not isinstance(scheme.get("scheme"), str):
        return scheme
    return {**scheme, "scheme": scheme["scheme"].lower()}


def _without_servers(value: Any, key: str) -> Any:
    if key not in METHODS or not is_object(value):
        return value
    return {name: value[name] for name in value if name not in ("servers", "callbacks")}


def _faults(request: Mapping[str, Any]) -> Iterator[str]:
    if request["template"] is None:
        yield "nothing answers it"
        return
    try:
        description = _description(request["path"], request["source"], request["template"])
        description.validate_request(Arrived(request))
    except Exception as error:  # noqa: BLE001 -- whatever the judge says is what is reported
        yield from _told(error)


def _told(error: BaseException | None) -> Iterator[str]:
    while error is not None:
        causes = getattr(error, "schema_errors", None)
        text = "; ".join(str(each.message) for each in causes) if causes else str(error)
        yield f"{type(error).__name__}: {text[:200]}"
        error = error.__cause__


def main() -> None:
    """Judges all requests of a file."""
    with Path(sys.argv[1]).open(encoding="utf-8") as lines:
        for line in lines:
            sys.stdout.write(json.dumps([*_faults(json.loads(line))]) + "\n")


if __name__ == "__main__":
    main()
