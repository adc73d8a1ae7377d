"""From what the user wrote as PATHS to the documents that are meant."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import click

from arazzoc.source.regular import read_regular
from arazzoc.suggestion import closest

__all__ = ["find_document", "find_documents", "is_arazzo"]

_SUFFIXES: Final = (".yaml", ".yml", ".json")
_NAMED_SO: Final = tuple(f".arazzo{suffix}" for suffix in _SUFFIXES)
_MAGIC: Final = re.compile(r"[*?\[]")
_SKIPPED: Final = frozenset({"__pycache__", "node_modules"})
_SNIFFED: Final = 64 * 1024
_YAML_KEY: Final = re.compile(r"""^(?:["']arazzo["']|arazzo)\s*:(?:\s|$)""", re.MULTILINE)
_JSON_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]')
_COLON: Final = re.compile(r"\s*:")


def find_documents(arguments: Sequence[str]) -> tuple[Path, ...]:
    """The documents that `arguments` name, each once; those of the current folder where there are none.

    A file is taken as it is. In folders (with those below them, but not hidden ones) and for globs (`**`
    goes through folders), documents are files named `*.arazzo.yaml`, `.yml` or `.json`, and other YAML
    and JSON files that have `arazzo` at the top level.

    Raises:
        click.UsageError: A path does not exist, or nothing was found.
    """
    found: dict[Path, Path] = {}
    for argument in arguments or (".",):
        for path in _expanded(argument):
            found.setdefault(path.resolve(), path)
    if not found:
        raise click.UsageError(f"No Arazzo document in {_listed(arguments or ('.',))}.")
    return tuple(found.values())


def find_document(argument: str) -> Path:
    """The one document that `argument` names.

    Raises:
        click.UsageError: It does not exist, or is a folder or glob with several documents.
    """
    found = find_documents([argument])
    first, *others = found
    if others:
        names = "".join(f"\n  {path}" for path in found)
        raise click.UsageError(f"'{argument}' holds {len(found)} documents, choose one:{names}")
    return first


def is_arazzo(path: Path) -> bool:
    """Whether the file looks like an Arazzo document, judged by its name and first 64 KiB."""
    if path.name.endswith(_NAMED_SO):
        return True
    if not path.name.endswith(_SUFFIXES):
        return False
    try:
        head = read_regular(path, _SNIFFED).decode("utf-8-sig", errors="replace")
    except OSError:
        return False
    if head.lstrip().startswith("{"):
        return _has_top_level_member(head, '"arazzo"')
    return _YAML_KEY.search(head) is not None


def _has_top_level_member(json: str, key: str) -> bool:
    """Whether the JSON object has the member; the text may break off anywhere."""
    depth = 0
    for found in _JSON_TOKEN.finditer(json):
        piece = found.group()
        if piece in "{[":
            depth += 1
        elif piece in "}]":
            depth -= 1
        elif depth == 1 and piece == key and _COLON.match(json, found.end()):
            return True
    return False


def _expanded(argument: str) -> list[Path]:
    path = Path(argument)
    if path.is_dir():
        return list(_below(path))
    if path.exists():
        return [path]
    if _MAGIC.search(argument):
        return list(_matching(path, argument))
    raise click.UsageError(f"There is no file or folder '{argument}'.{_near(path)}")


def _matching(pattern: Path, argument: str) -> Iterator[Path]:
    """The documents that a glob stands for, without hidden and skipped folders."""
    fixed = next(index for index, part in enumerate(pattern.parts) if _MAGIC.search(part))
    folder, parts = Path(*pattern.parts[:fixed]), [*pattern.parts[fixed:]]
    if parts[-1] == "**":
        parts.append("*")
    try:
        found = sorted(folder.glob("/".join(parts)))
    except ValueError as error:
        raise click.UsageError(f"'{argument}' is not a glob: {error}.") from error
    matches = [
        match
        for match in found
        if not any(_is_skipped(part) for part in match.relative_to(folder).parts)
    ]
    if not matches:
        raise click.UsageError(f"Nothing matches '{argument}'.")
    for match in matches:
        if match.is_file() and is_arazzo(match):
            yield match


def _is_skipped(name: str) -> bool:
    return name.startswith(".") or name in _SKIPPED


def _below(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _is_skipped(name))
        for name in sorted(files):
            path = Path(parent, name)
            if not name.startswith(".") and is_arazzo(path):
                yield path


def _near(path: Path) -> str:
    """What was probably meant, found in the nearest folder that exists."""
    parent, missing = path.parent, path.name
    while not parent.is_dir() and parent != parent.parent:
        parent, missing = parent.parent, parent.name
    try:
        meant = closest(missing, (each.name for each in parent.iterdir()))
    except OSError:
        meant = None
    return f" Did you mean '{(parent / meant).as_posix()}'?" if meant else ""


def _listed(arguments: Iterable[str]) -> str:
    return ", ".join("the current folder" if each == "." else f"'{each}'" for each in arguments)
