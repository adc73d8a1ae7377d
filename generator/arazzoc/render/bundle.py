"""The parts of the runtime that a module carries, as text."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import field
from functools import cache
from itertools import starmap
from typing import Final

from arazzoc.edition import Edition, Http
from arazzoc.frozen import dataclass
from arazzoc.render.definitions import Definition, defined_in, definitions_of, imported_by
from arazzoc.render.imports import Import

__all__ = ["Bundle", "bundle", "exported", "modules_of", "public_names"]

_EXPORTED: Final = (
    *("Request", "Response", "Transport", "AsyncTransport", "Upload"),
    *("WorkflowError", "StepFailed", "CallFailed", "InvalidValue", "MissingValue", "OutputMissing"),
    "InvalidQuery",
    *("TransportError", "HttpTransport", "AsyncHttpTransport"),
    *("TokenFailed", "ClientCredentials", "AsyncClientCredentials"),
)
"""What callers name: what they catch, and what they give."""


def modules_of(edition: Edition) -> tuple[str, ...]:
    """The runtime's modules whose definitions an edition may call.

    They are in the order in which a reader of a generated module meets them: the plumbing comes last.
    """
    colour = "aio." if edition.is_async else ""
    return (
        "messages",
        f"{colour}transport",
        "errors",
        "operands",
        f"{colour}sending",
        "pointers",
        "embedding",
        "urls",
        "styles",
        "members",
        "bodies",
        "files",
        "multipart",
        "credentials",
        f"{colour}tokens",
        "comparison",
        "nodes",
        "jsonpath",
        "patterns",
        "markup",
        "xpath",
        "retries",
        "shapes",
        "wire",
        *_SENDERS[edition.is_async, edition.http],
    )


_SENDERS: Final[Mapping[tuple[bool, Http], tuple[str, ...]]] = {
    (False, "stdlib"): ("http_transport", "answers"),
    (True, "stdlib"): ("http_transport", "answers", "aio.http_transport"),
    (False, "httpx2"): ("httpx2_transport",),
    (True, "httpx2"): ("aio.httpx2_transport",),
}
_EDITIONS: Final = tuple(starmap(Edition, _SENDERS))


@dataclass(frozen=True, slots=True)
class Bundle:
    """Definitions of the runtime.

    Attributes:
        imports: What they need of the standard library, sorted.
        source: Their text, as it stands in the runtime.
        homes: The module of the runtime that each of them is in, by name.
    """

    imports: tuple[Import, ...]
    source: str
    homes: Mapping[str, str] = field(hash=False)

    @property
    def exported(self) -> frozenset[str]:
        """Those that the callers of a module name."""
        return frozenset(_exported(self.homes))


def bundle(names: Iterable[str], edition: Edition = _EDITIONS[0]) -> Bundle:
    """The definitions of `names` and of all that they mention, in a fixed order.

    Raises:
        LookupError: The edition's runtime has no public definition of that name.
    """
    return _bundle(frozenset(names), modules_of(edition))


@cache
def public_names() -> frozenset[str]:
    """Every name that a bundle of any edition may bind in its module: definitions and imports."""
    modules = {module for edition in _EDITIONS for module in modules_of(edition)}
    return frozenset(
        name for module in modules for name in (*defined_in(module), *imported_by(module))
    )


def exported(edition: Edition) -> Mapping[str, str]:
    """The names of the edition's runtime that callers name, with the modules that they are in."""
    homes = _homes(modules_of(edition))
    return {name: homes[name] for name in _exported(homes)}


def _exported(names: Container[str]) -> Iterator[str]:
    """Those of `names` that callers name; what a transport for tasks is made of is its own business."""
    hidden = "HttpTransport" if "AsyncHttpTransport" in names else ""
    return (name for name in _EXPORTED if name in names and name != hidden)


@cache
def _homes(modules: tuple[str, ...]) -> Mapping[str, str]:
    """The module of each definition, in the order of `modules` and then as written."""
    return {name: module for module in modules for name in defined_in(module)}


@cache
def _bundle(names: frozenset[str], modules: tuple[str, ...]) -> Bundle:
    homes = _homes(modules)
    unknown = sorted(name for name in names if name not in homes or name.startswith("_"))
    if unknown:
        raise LookupError(f"the runtime defines no {', '.join(unknown)}")
    chosen: dict[str, Definition] = {}
    waiting = set(names)
    while waiting:
        name = waiting.pop()
        chosen[name] = definitions_of(homes[name])[name]
        waiting |= (chosen[name].mentioned & homes.keys()) - chosen.keys()
    definitions = [chosen[name] for name in homes if name in chosen]
    imports = {wanted for definition in definitions for wanted in definition.imports}
    absent = homes.keys() - chosen.keys()
    ordered = sorted(imports, key=lambda wanted: (wanted.module, wanted.name or ""))
    kept = {definition.name: homes[definition.name] for definition in definitions}
    return Bundle(tuple(ordered), _without(absent, _text(definitions)), kept)


def _text(definitions: Iterable[Definition]) -> str:
    parts: list[str] = []
    after_constant = False
    for definition in definitions:
        close = after_constant and definition.is_constant
        parts.extend((("\n" if close else "\n\n\n") if parts else "", definition.text))
        after_constant = definition.is_constant
    return "".join(parts) + "\n" if parts else ""


def _without(absent: Iterable[str], text: str) -> str:
    """`text` without the documentation's lines about definitions that are not in it."""
    names = "|".join(map(re.escape, sorted(absent)))
    return re.sub(rf"^ +(?:{names}): .*\n", "", text, flags=re.MULTILINE) if names else text
