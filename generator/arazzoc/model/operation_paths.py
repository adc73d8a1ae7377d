"""What the text of an `operationPath` leads to (Arazzo 1.0.1, Step Object), written to the letter or not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import unquote

from arazzoc.frozen import dataclass
from arazzoc.model.arazzo import SourceDescription
from arazzoc.model.openapi_document import OpenApi, OperationSite
from arazzoc.source.node import pointer_of, tokens_of

__all__ = ["OperationPath", "PathMatch", "canonical", "matches", "operation_path", "route"]

_PATH: Final = re.compile(r"(?P<source>[^#]*?)#?(?P<pointer>(?<=#)/.*|(?<!#)/paths/.*)", re.DOTALL)
_NAMED: Final = re.compile(
    r"(?P<brace>\{)?(?P<root>\$sourceDescriptions\.)?(?P<name>[A-Za-z0-9_\-]+)(?P<url>\.url)?(?(brace)\})"
)
_ROUTE: Final = re.compile(r"(?P<method>[A-Za-z]+)[ :]+(?P<path>/.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class OperationPath:
    """The two halves of an `operationPath`.

    Attributes:
        source: What names the source description, as written.
        name: The source that it names; None where it does so by its URL, or not at all.
        pointer: The JSON Pointer behind `#`.
        exact: It is `{$sourceDescriptions.NAME.url}#POINTER`, as the specification has it.
    """

    source: str
    name: str | None
    pointer: str
    exact: bool


@dataclass(frozen=True, slots=True)
class PathMatch:
    """An operation that an `operationPath` may mean.

    Attributes:
        source: The name of its source description.
        exact: The pointer leads there to the letter; else it is written in another way.
    """

    source: str
    site: OperationSite
    exact: bool


def operation_path(text: str, described: Sequence[SourceDescription]) -> OperationPath | None:
    """The halves of an `operationPath`; None where it has no pointer, or names its source in no known way."""
    split = _PATH.fullmatch(text)
    if split is None:
        return None
    source, pointer = split["source"], split["pointer"]
    named = _NAMED.fullmatch(source)
    by_url = [each.name for each in described if source and _plain(each.url.text) == _plain(source)]
    if named is not None and named["name"] in [each.name for each in described]:
        exact = bool(named["brace"] and named["root"] and named["url"])
        return OperationPath(source, named["name"], pointer, exact and f"{source}#" in text)
    if len(by_url) == 1:
        return OperationPath(source, by_url[0], pointer, exact=False)
    if named is not None:
        return OperationPath(source, named["name"], pointer, exact=False)
    return None if source else OperationPath(source, None, pointer, exact=False)


def matches(
    pointer: str, name: str | None, sources: Mapping[str, OpenApi | None]
) -> Iterator[PathMatch]:
    """The operations that a pointer into one source, or into any of them, may mean; at most one in each."""
    for source, api in sources.items():
        if api is None or name not in (None, source):
            continue
        exact = api.operation_at(tokens_of(pointer)) or api.operation_at(
            tokens_of(unquote(pointer))
        )
        site = exact or _unescaped(pointer, api)
        if site is not None:
            yield PathMatch(source, site, exact is not None and not _is_shouted(pointer, site))


def _is_shouted(pointer: str, site: OperationSite) -> bool:
    """Whether a pointer has the method in another case than the description has it."""
    last = tokens_of(pointer)[-1]
    return last != site.method.lower() and "additionalOperations" not in pointer


def route(text: str, sources: Mapping[str, OpenApi | None]) -> Iterator[PathMatch]:
    """The operations that `GET /jobs` means, or `/jobs` where it has one method alone."""
    stated = _ROUTE.fullmatch(text)
    method, path = (stated["method"].upper(), stated["path"]) if stated else ("", text)
    for source, api in sources.items():
        sites = [site for site in (api.sites if api else ()) if site.path == path]
        for site in sites if method else sites[:1]:
            if method in ("", site.method):
                yield PathMatch(source, site, exact=False)


def canonical(match: PathMatch) -> str:
    """The `operationPath` of an operation as the specification has it."""
    pointer = pointer_of(("paths", match.site.path, match.site.method.lower()))
    return f"{{$sourceDescriptions.{match.source}.url}}#{pointer}"


def _unescaped(pointer: str, api: OpenApi) -> OperationSite | None:
    """The operation that a pointer means in which the slashes of the path are not escaped."""
    for text in (pointer, unquote(pointer)):
        tokens = tokens_of(text.rstrip("/").replace("~1", "/"))
        if len(tokens) > 2 and tokens[0] == "paths":
            for path in ("/".join(("", *tokens[1:-1])), "/".join(tokens[1:-1])):
                site = api.operation(path, tokens[-1])
                if site is not None:
                    return site
    return None


def _plain(url: str | None) -> str | None:
    return None if url is None else url.removeprefix("./")
