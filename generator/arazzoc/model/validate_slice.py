"""Has openapi-spec-validator judge the used part of a description, and remembers its verdicts."""

from __future__ import annotations

import hashlib
import json
import os
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Final, Protocol

from arazzoc.diagnostics.model import Findings, Related
from arazzoc.diagnostics.registry.openapi import INVALID_OPENAPI, NOT_VALIDATED
from arazzoc.model.openapi_document import Dialect
from arazzoc.model.slice import Slice
from arazzoc.model.surely_valid import surely_valid
from arazzoc.model.verdict_cache import Verdict, VerdictCache, cache_folder
from arazzoc.source.node import JsonValue, Path
from arazzoc.text import Span
from arazzoc.version import __version__

__all__ = ["validate_slice"]

_MOST_FAULTS: Final = 20
_MOST_JUDGED: Final = 2000
"""How many faults are looked at for the first by place: a validator tells them in any order."""
_MOST_RELATED: Final = 5
_MOST_LETTERS: Final = 160

_EXTENSIONS_ONLY: Final = "match any of the regexes: '^x-'"
_NO_FORM: Final = "is not valid under any of the given schemas"
_NO_REFERENCE: Final = "'$ref' is a required property"
_UNDECLARED: Final = re.compile(
    r"Path parameter '(.+)' for '(.+)' operation in '(.+)' was not resolved"
)
_QUOTED: Final = re.compile(r"'([^'\s]{1,60})'")

_VALIDATORS: Final[dict[Dialect, str]] = {
    "2.0": "OpenAPIV2SpecValidator",
    "3.0": "OpenAPIV30SpecValidator",
    "3.1": "OpenAPIV31SpecValidator",
    "3.2": "OpenAPIV32SpecValidator",
}


class _Error(Protocol):
    """What is used of jsonschema's ValidationError."""

    @property
    def message(self) -> str: ...
    @property
    def absolute_path(self) -> Sequence[str | int]: ...
    @property
    def schema_path(self) -> Sequence[str | int]: ...
    @property
    def instance(self) -> object: ...
    @property
    def context(self) -> Sequence[_Error]: ...


def validate_slice(
    used: Slice, dialect: Dialect, findings: Findings, cache: VerdictCache | None = None
) -> None:
    """Reports what breaks the OpenAPI specification in `used`, where it stands in the description.

    Faults are warnings: without what a request needs, reading the operation has failed already. The
    validator is not even imported for what is surely valid, or where a verdict on the same slice is in
    the cache.

    Args:
        used: The part to judge.
        dialect: The version of OpenAPI to judge by.
        findings: Where findings go.
        cache: Where verdicts are kept; by default the folder that `cache_folder` names.
    """
    if surely_valid(used.document, dialect):
        return
    if cache is None:
        folder = cache_folder(os.environ)
        cache = None if folder is None else VerdictCache(folder)
    digest = _digest(used.document)
    verdict = cache.get(digest) if cache else None
    if verdict is None:
        verdict = _judge(used.document, dialect)
        if cache:
            cache.keep(digest, verdict)
    _report(used, verdict, findings)


def _report(used: Slice, verdict: Verdict, findings: Findings) -> None:
    told = {found.span for found in findings.sorted()}
    places: dict[tuple[str, str], list[Span]] = {}
    for path, message in verdict.faults:
        origin = used.origin(path)
        if origin is None or origin.span in told or _stands_for_broken(used, path):
            continue
        whole = isinstance(origin.value, (dict, list))
        span = origin.key_span if whole else origin.span
        places.setdefault((span.file, message), []).append(span)
    for (_, message), spans in places.items():
        first, *others = sorted(set(spans), key=lambda span: span.sort_key)
        related = tuple(Related(span, "the same here") for span in others[:_MOST_RELATED])
        hint = f"the same is so in {len(others)} more places" if len(others) > 1 else None
        findings.report(INVALID_OPENAPI, first, message, hint=hint, related=related)
    # Where something is known to be wrong, that is what the validator stumbled over.
    if verdict.gave_up is not None and not _knows_fault(used, findings):
        root = used.origin(())
        if root is not None:
            findings.report(
                NOT_VALIDATED,
                root.span,
                f"the OpenAPI validator gave up on this description: {verdict.gave_up}",
                hint="the workflows are compiled all the same",
            )


def _knows_fault(used: Slice, findings: Findings) -> bool:
    root = used.origin(())
    name = None if root is None else root.document.name
    return any(found.span.file == name for found in findings.sorted())


def _stands_for_broken(used: Slice, path: Path) -> bool:
    """Whether a fault comes of a broken reference: it is what stands there, or the list around it."""
    return any(path[: len(broken)] == broken or path == broken[:-1] for broken in used.broken)


def _digest(document: dict[str, JsonValue]) -> str:
    try:
        validator = version("openapi-spec-validator")
    except PackageNotFoundError:
        validator = "unknown"
    text = json.dumps([document, validator, __version__], ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _judge(document: dict[str, JsonValue], dialect: Dialect) -> Verdict:
    """Runs the validator; whatever it raises becomes part of the verdict."""
    faults: dict[tuple[Path, str], None] = {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for error in _errors(document, dialect):
                path, message = _fault(error)
                # Of an error inside a schema's own keywords it is not told where the schema stands.
                if path[0] in document if path else error.instance == document:
                    faults[path, message] = None
                if len(faults) >= _MOST_JUDGED:
                    break
    except Exception as error:  # noqa: BLE001 -- a foreign validator may raise anything at all
        return Verdict(_first(faults), _short(f"{type(error).__name__}: {error}"))
    return Verdict(_first(faults))


def _first(faults: Iterable[tuple[Path, str]]) -> tuple[tuple[Path, str], ...]:
    """The faults that come first by their place."""
    ordered = sorted(faults, key=lambda fault: ([*map(_rank, fault[0])], fault[1]))
    return tuple(ordered[:_MOST_FAULTS])


def _rank(token: str | int) -> tuple[int, str]:
    """Sorts items by their number, and names by the alphabet."""
    return (token, "") if isinstance(token, int) else (-1, token)


def _errors(document: dict[str, JsonValue], dialect: Dialect) -> Iterator[_Error]:
    # Importing these takes longer than most compilations.
    import openapi_spec_validator
    from jsonschema_path import SchemaPath

    # Without handlers nothing is ever read or fetched.
    schema = SchemaPath.from_dict(document, handlers={})
    validator = getattr(openapi_spec_validator, _VALIDATORS[dialect])(schema)
    yield from validator.iter_errors()


def _fault(error: _Error) -> tuple[Path, str]:
    """The place and message of the most telling error among those that `error` sums up."""
    parameter = _UNDECLARED.fullmatch(error.message)
    if parameter is not None:
        name, method, path = parameter.groups()
        stated = f"{{{name}}}" in path
        return ("paths", path, method), (
            f"`{{{name}}}` of the path `{path}` is not declared as a parameter"
            if stated
            else f"the path `{path}` has no `{{{name}}}`, which the operation declares"
        )
    while (inner := _telling(error)) is not None:
        error = inner
    path = tuple(error.absolute_path)
    if error.message.endswith(_EXTENSIONS_ONLY):
        names: list[str] = _QUOTED.findall(error.message.partition(" do")[0])
        if len(names) == 1:
            path = (*path, names[0])
    return path, _readable(error)


def _telling(error: _Error) -> _Error | None:
    """The error inside `error` that says more than it does: of the one alternative that was meant."""
    branches: dict[str | int, list[_Error]] = {}
    for inner in error.context:
        branches.setdefault(inner.schema_path[0], []).append(inner)
    # An object without `$ref` was not meant as a reference.
    meant = [
        inner
        for inner in branches.values()
        if not any(each.message == _NO_REFERENCE for each in inner)
    ]
    if len(meant) != 1:
        return None
    return min(meant[0], key=_depth_and_place)


def _depth_and_place(error: _Error) -> tuple[int, list[str], str]:
    """Orders errors: the deepest first, and none by chance."""
    path = [*map(str, error.absolute_path)]
    return -len(path), path, error.message


def _readable(error: _Error) -> str:
    """The message without the documents that it quotes in full, and with names in backticks."""
    message = error.message
    if message.endswith(_EXTENSIONS_ONLY):
        names = _QUOTED.sub(r"`\1`", message.partition(" do")[0])
        return _short(f"{names} may not stand here")
    if message.endswith(_NO_FORM):
        return "this fits none of the forms that the specification allows"
    quoted = repr(error.instance)
    if isinstance(error.instance, (dict, list)) and message.startswith(quoted):
        message = f"this {message[len(quoted) :].lstrip()}"
    return _short(_QUOTED.sub(r"`\1`", message))


def _short(message: str) -> str:
    line = " ".join(message.split()).rstrip(".")
    if len(line) <= _MOST_LETTERS:
        return line
    half = _MOST_LETTERS // 2
    return f"{line[:half].rstrip()} ... {line[-half:].lstrip()}"
