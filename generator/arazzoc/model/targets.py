"""Which operation a step means (Arazzo 1.0.1, Step Object: `operationId`, `operationPath`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from arazzoc.diagnostics.model import Diagnostic, Related, Rule
from arazzoc.diagnostics.registry import operation as rules
from arazzoc.diagnostics.registry import reference, wild
from arazzoc.frozen import dataclass
from arazzoc.model.arazzo import Arazzo, Step
from arazzoc.model.openapi_document import OpenApi, OperationSite
from arazzoc.model.operation_paths import PathMatch, canonical, matches, operation_path, route
from arazzoc.source.edits import replaced
from arazzoc.source.node import JsonValue, Node, tokens_of
from arazzoc.suggestion import closest, surely

__all__ = ["OperationTarget", "find_operation"]

_QUALIFIED: Final = re.compile(r"\{?\$sourceDescriptions\.([A-Za-z0-9_\-]+)\.(.+?)\}?", re.DOTALL)
_LOOSE: Final = re.compile(
    r"\{?\$?(?:sourceDescriptions\.)?([A-Za-z0-9_\-]+)\}?[.#/](?:operations[./])?(.+?)\}?",
    re.DOTALL,
)
"""Ways to name a source and an operation of it, such as `jobs#get_job`."""

_NONE: Final = "no source description could be read"
_NOT_ALL: Final = "not every source description could be read"


@dataclass(frozen=True, slots=True)
class OperationTarget:
    """The operation that a step means, or why it is not known.

    Attributes:
        source: The name of the source description.
        site: None where a diagnostic says why.
    """

    source: str
    site: OperationSite | None
    diagnostics: tuple[Diagnostic, ...] = ()


def find_operation(
    step: Step, arazzo: Arazzo, sources: Mapping[str, OpenApi | None]
) -> OperationTarget | None:
    """What the `operationId` or `operationPath` of `step` leads to; None where it has neither.

    Args:
        step: The step.
        arazzo: Its document.
        sources: The descriptions that could be read, by the name of their source description; None for one
            that could not.
    """
    if step.operation_id is not None and step.operation_id.text is not None:
        return _by_id(step.operation_id, step.operation_id.text, arazzo, sources)
    if step.operation_path is not None and step.operation_path.text is not None:
        return _by_path(step.operation_path, step.operation_path.text, arazzo, sources)
    return None


def _by_id(
    node: Node, text: str, arazzo: Arazzo, sources: Mapping[str, OpenApi | None]
) -> OperationTarget:
    qualified, loose = _QUALIFIED.fullmatch(text), _LOOSE.fullmatch(text)
    meant = _meant(loose, sources)
    if qualified is not None and (meant is None or meant[1] == qualified[2]):
        return _in_source(node, qualified[1], qualified[2], arazzo, sources)
    found = [
        (name, site)
        for name, api in sources.items()
        if api and (site := api.find(text)) is not None
    ]
    if not found and meant is not None:
        return _unwrapped(node, text, *meant)
    if not found and loose is not None and loose[1] in sources:
        return _in_source(node, loose[1], loose[2], arazzo, sources)
    if not found:
        return _unknown(node, text, arazzo, sources)
    if len(found) > 1 and not _is_one(found, sources):
        choices = " or ".join(f"`$sourceDescriptions.{name}.{text}`" for name, _ in found)
        message = f"operation `{text}` is in {len(found)} source descriptions"
        problem = _diagnostic(rules.AMBIGUOUS_OPERATION, node, message, f"write {choices}")
        return OperationTarget(found[0][0], None, (problem,))
    name, site = found[0]
    return OperationTarget(name, site, tuple(_unqualified(node, text, name, arazzo)))


def _meant(
    loose: re.Match[str] | None, sources: Mapping[str, OpenApi | None]
) -> tuple[str, str, OperationSite] | None:
    """The source, the id and the operation that a loosely written `operationId` names."""
    api = sources.get(loose[1]) if loose is not None else None
    site = api.find(loose[2]) if api is not None and loose is not None else None
    return None if loose is None or site is None else (loose[1], loose[2], site)


def _unwrapped(
    node: Node, text: str, name: str, operation_id: str, site: OperationSite
) -> OperationTarget:
    instead = f"$sourceDescriptions.{name}.{operation_id}"
    note = _diagnostic(
        wild.UNWRAPPED_SOURCE_REFERENCE,
        node,
        (
            f"`{text}` is no expression of an operation of source `{name}`"
            if "$" in text
            else f"`{text}` does not say that `{name}` is a source description"
        ),
        f"write `{instead}`",
        instead,
    )
    return OperationTarget(name, site, (note,))


def _is_one(
    found: Sequence[tuple[str, OperationSite]], sources: Mapping[str, OpenApi | None]
) -> bool:
    """Whether descriptions that share an operation mean the same one, sent and secured alike."""
    said = [
        (
            site.method,
            site.path,
            [_servers(holder) for holder in (api.root, *site.items, site.node)],
            _security(api.root, site.node),
        )
        for name, site in found
        if (api := sources[name]) is not None
    ]
    return all(each == said[0] for each in said)


def _servers(holder: Node) -> tuple[JsonValue, ...]:
    """The URLs of the servers that a description, path or operation states; 2.0's parts of them."""
    servers = holder.get("servers")
    stated = [holder.get(key) for key in ("schemes", "host", "basePath")]
    urls = [each.get("url") for each in servers.items()] if servers is not None else []
    return tuple(None if each is None else each.value for each in (*stated, *urls))


def _security(root: Node, operation: Node) -> tuple[JsonValue, ...]:
    """What an operation asks for, each scheme with what a request has of it: its kind, name and place."""
    asked = operation.get("security") or root.get("security")
    if asked is None:
        return (None,)
    defined = root.at(("components", "securitySchemes")) or root.get("securityDefinitions")
    names = sorted({name for each in asked.items() for name, _ in each.members()})
    fields = [
        defined.at((name, key)) if defined is not None else None
        for name in names
        for key in ("type", "scheme", "in", "name")
    ]
    return (asked.value, *(None if each is None else each.value for each in fields))


def _unqualified(node: Node, text: str, name: str, arazzo: Arazzo) -> Iterator[Diagnostic]:
    described = [source for source in arazzo.source_descriptions if source.type != "arazzo"]
    if len(described) > 1:
        yield _diagnostic(
            wild.UNQUALIFIED_OPERATION_ID,
            node,
            f"`{text}` does not say which of {len(described)} source descriptions it is in",
            f"write `$sourceDescriptions.{name}.{text}`",
            f"$sourceDescriptions.{name}.{text}",
        )


def _in_source(
    node: Node, name: str, operation_id: str, arazzo: Arazzo, sources: Mapping[str, OpenApi | None]
) -> OperationTarget:
    missing = _missing_source(node, name, arazzo, sources)
    if missing is not None:
        return OperationTarget(name, None, (missing,))
    api = sources[name]
    site = api.find(operation_id) if api else None
    if site is None:
        return _unknown(node, operation_id, arazzo, {name: api}, source=name)
    return OperationTarget(name, site)


def _missing_source(
    node: Node, name: str, arazzo: Arazzo, sources: Mapping[str, OpenApi | None]
) -> Diagnostic | None:
    if sources.get(name) is not None:
        return None
    if arazzo.source(name) is None and arazzo.has_unread("sourceDescriptions"):
        return _not_read(node, f"source description `{name}` could not be read", name, arazzo)
    if arazzo.source(name) is None:
        known = [source.name for source in arazzo.source_descriptions]
        near = closest(name, known)
        hint = f"did you mean `{near}`?" if near else f"there is {_listed(known)}"
        message = f"there is no source description `{name}`"
        sure, text = surely(name, known), node.text or ""
        _, _, tail = text.rpartition("sourceDescriptions.")
        prefix = text.removesuffix(tail)
        instead = prefix + tail.replace(name, sure, 1) if sure is not None else None
        return _diagnostic(reference.UNKNOWN_SOURCE, node, message, hint, instead)
    if name not in sources:
        message = f"source description `{name}` is no OpenAPI description, and has no operations"
        hint = "a workflow of an Arazzo document is named by `workflowId`"
        return _diagnostic(rules.UNKNOWN_OPERATION, node, message, hint)
    message = f"source description `{name}` could not be read"
    return _not_read(node, message, name, arazzo)


def _unknown(
    node: Node,
    text: str,
    arazzo: Arazzo,
    sources: Mapping[str, OpenApi | None],
    *,
    source: str | None = None,
) -> OperationTarget:
    unread = [name for name, api in sources.items() if api is None]
    if unread:
        message = (
            f"operation `{text}` cannot be looked up: source {_listed(unread)} could not be read"
        )
        return OperationTarget(unread[0], None, (_not_read(node, message, unread[0], arazzo),))
    if not sources or (source is None and arazzo.has_unread("sourceDescriptions")):
        message = f"operation `{text}` cannot be looked up: {_NOT_ALL if sources else _NONE}"
        return OperationTarget("", None, (_not_read(node, message, "", arazzo),))
    known = [name for api in sources.values() if api for name in api.operation_ids]
    near = closest(text, known)
    by_route = next(route(text, sources), None)
    if by_route is not None:
        hint = f"write `operationPath: '{canonical(by_route)}'`"
    elif near is not None:
        hint = f"did you mean `{near}`?"
    elif not known:
        hint = "its operations have no ids: refer to one by `operationPath`"
    else:
        hint = f"it has {_listed(known[:8])}" + (" ..." if len(known) > 8 else "")
    where = f"source `{source}`" if source else " or ".join(f"source `{name}`" for name in sources)
    message = f"{where} has no operation `{text}`"
    sure = surely(text, known) if by_route is None else None
    written = node.text or ""
    instead = sure.join(written.rsplit(text, 1)) if sure is not None else None
    problem = _diagnostic(rules.UNKNOWN_OPERATION, node, message, hint, instead)
    return OperationTarget(source or "", None, (problem,))


def _not_read(node: Node, message: str, name: str, arazzo: Arazzo) -> Diagnostic:
    """That a source could not be read, which another finding explains."""
    source = arazzo.source(name)
    related = () if source is None else (Related(source.url.span, "it is described here"),)
    hint = "another finding says what is wrong with it"
    severity = rules.SOURCE_NOT_READ.severity
    return Diagnostic(rules.SOURCE_NOT_READ, severity, node.span, message, hint, related)


def _by_path(
    node: Node, text: str, arazzo: Arazzo, sources: Mapping[str, OpenApi | None]
) -> OperationTarget:
    stated = operation_path(text, arazzo.source_descriptions)
    if stated is None:
        return _by_route(node, text, sources)
    name = stated.name
    missing = _missing_source(node, name, arazzo, sources) if name is not None else None
    if name is not None and missing is not None:
        return OperationTarget(name, None, (missing,))
    found = [*matches(stated.pointer, name, sources)]
    match = _only(found, sources)
    if match is None and (found or name is None):
        return OperationTarget("", None, (_no_path(node, text, found),))
    if match is None:
        api = sources[name] if name is not None else None
        return OperationTarget(
            name or "", None, (_no_such_path(node, name or "", stated.pointer, api),)
        )
    if match.exact and stated.exact:
        return OperationTarget(match.source, match.site)
    if not match.exact:
        return _loosely(node, f"`{stated.pointer}` is no JSON Pointer to an operation", match)
    instead = f"{{$sourceDescriptions.{match.source}.url}}#{stated.pointer}"
    if f"{stated.source}#" not in text:
        message = f"`#` is missing before `{stated.pointer}`"
    elif stated.source:
        message = f"`{stated.source}` is no expression of a source's URL"
    else:
        message = f"`{text}` does not say which source description it is in"
    rule = wild.UNWRAPPED_SOURCE_REFERENCE
    note = _diagnostic(rule, node, message, f"write `{instead}`", instead)
    return OperationTarget(match.source, match.site, (note,))


def _by_route(node: Node, text: str, sources: Mapping[str, OpenApi | None]) -> OperationTarget:
    """What `GET /jobs` means in the place of an `operationPath`."""
    found = [*route(text, sources)]
    match = _only(found, sources)
    if match is None or not text.upper().startswith(match.site.method):
        return OperationTarget("", None, (_no_path(node, text, found),))
    return _loosely(
        node, f"`{text}` is a method and a path, not a JSON Pointer to an operation", match
    )


def _loosely(node: Node, message: str, match: PathMatch) -> OperationTarget:
    instead = canonical(match)
    note = _diagnostic(wild.LOOSE_OPERATION_PATH, node, message, f"write `{instead}`", instead)
    return OperationTarget(match.source, match.site, (note,))


def _only(found: Sequence[PathMatch], sources: Mapping[str, OpenApi | None]) -> PathMatch | None:
    """The operation that is meant: the only one, or the first of several descriptions that share it."""
    one = len(found) == 1 or _is_one([(each.source, each.site) for each in found], sources)
    return found[0] if found and one else None


def _no_path(node: Node, text: str, found: Sequence[PathMatch]) -> Diagnostic:
    message = f"`{text}` is not a source's URL with a JSON Pointer behind `#`"
    meant = " or ".join(f"`{canonical(match)}`" for match in found[:3])
    hint = f"write {meant or '`{$sourceDescriptions.NAME.url}#/paths/~1jobs/get`'}"
    return _diagnostic(rules.INVALID_OPERATION_PATH, node, message, hint)


def _no_such_path(node: Node, name: str, pointer: str, api: OpenApi | None) -> Diagnostic:
    tokens = _tokens(pointer)
    sites = api.sites if api else ()
    paths = list(dict.fromkeys(site.path for site in sites))
    message = f"`#{pointer}` leads to no operation of source `{name}`"
    hint = "write `#/paths/PATH/METHOD`, with `/` in the path as `~1`"
    if len(tokens) == 3 and tokens[1] in paths:
        methods = [site.method.lower() for site in sites if site.path == tokens[1]]
        hint = f"path `{tokens[1]}` has {_listed(methods)}"
    elif len(tokens) == 2 and tokens[1] in paths:
        methods = [site.method.lower() for site in sites if site.path == tokens[1]]
        hint = f"add the method: `#{pointer}/{methods[0]}`"
    elif len(tokens) == 3 and (near := closest(tokens[1], paths)) is not None:
        hint = f"did you mean path `{near}`?"
    return _diagnostic(rules.INVALID_OPERATION_PATH, node, message, hint)


def _tokens(pointer: str) -> tuple[str, ...]:
    return tokens_of(pointer) if pointer.startswith("/") else ()


def _listed(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _diagnostic(
    rule: Rule, node: Node, message: str, hint: str, instead: str | None = None
) -> Diagnostic:
    """A finding about the text at `node`, in whose place `instead` should stand."""
    fix = replaced(node, instead) if instead is not None else None
    return Diagnostic(rule, rule.severity, node.span, message, hint, fix=fix)
