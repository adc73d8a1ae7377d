"""Options that a project states once: in `arazzoc.toml`, or in `[tool.arazzoc]` of its `pyproject.toml`."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, cast

import click

from arazzoc.frozen import dataclass
from arazzoc.suggestion import closest

__all__ = ["SETTINGS", "Settings", "SettledCommand", "find_settings"]

_OWN_FILE: Final = "arazzoc.toml"
"""A file that is the table `tool.arazzoc` itself; it wins over a `pyproject.toml` beside it."""
_SHARED_FILE: Final = "pyproject.toml"
_TABLE: Final = "tool.arazzoc"
_MENTION: Final = re.compile(r"tool\s*\.\s*[\"']?arazzoc|\[\s*tool\s*\]")


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a setting's value must be.

    Attributes:
        noun: For the message about any other value.
        fits: Whether a value is of the kind.
        is_path: It names files from the folder of the settings.
    """

    noun: str
    fits: Callable[[object], bool]
    is_path: bool = False


def _is_strings(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(each, str) for each in cast("list[object]", value)
    )


def _is_severity(value: object) -> bool:
    return value in ("error", "warning", "hint")


def _is_table(fits: Callable[[object], bool]) -> Callable[[object], bool]:
    def is_table(value: object) -> bool:
        return isinstance(value, dict) and all(
            fits(each) for each in cast("dict[str, object]", value).values()
        )

    return is_table


def _one_of(*names: str) -> _Kind:
    noun = f"{', '.join(map(repr, names[:-1]))} or {names[-1]!r}"
    return _Kind(noun, lambda value: isinstance(value, str) and value in names)


_FLAG: Final = _Kind("true or false", lambda value: isinstance(value, bool))

SETTINGS: Final[Mapping[str, Mapping[str, _Kind]]] = {
    _TABLE: {
        "paths": _Kind("an array of strings", _is_strings, is_path=True),
        "output": _Kind("a string", lambda value: isinstance(value, str), is_path=True),
        "strict": _FLAG,
        "async": _FLAG,
        "http": _one_of("stdlib", "httpx2"),
        "runtime": _one_of("inline", "shared"),
    },
    f"{_TABLE}.lint": {
        "select": _Kind("an array of strings", _is_strings),
        "ignore": _Kind("an array of strings", _is_strings),
        "per-file-ignores": _Kind("a table of arrays of strings", _is_table(_is_strings)),
        "severity": _Kind("a table of 'error', 'warning' or 'hint'", _is_table(_is_severity)),
        "baseline": _Kind("a string", lambda value: isinstance(value, str), is_path=True),
    },
}
"""The settings of each table, by the table's dotted name; a setting bears the name of its option."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a project's `arazzoc.toml` or `pyproject.toml` says.

    Attributes:
        path: The file.
        tables: The values of each table of `SETTINGS` that is there, checked, by the table's dotted name.
            Paths are from the current folder.
    """

    path: Path
    tables: Mapping[str, Mapping[str, object]]

    def table(self, *names: str) -> Mapping[str, object]:
        """The values of `[tool.arazzoc]`, or of a table below it; empty where there is none."""
        return self.tables.get(".".join((_TABLE, *names)), {})

    def header(self, *names: str) -> str:
        """What the file calls that table."""
        return _header(self.path, ".".join((_TABLE, *names)))


def find_settings(start: Path) -> Settings | None:
    """The settings of the nearest folder at or above `start` that has any.

    Those are what `arazzoc.toml` holds, or else `[tool.arazzoc]` in `pyproject.toml`.

    Raises:
        click.UsageError: That file cannot be read or is not TOML, a setting is unknown, or its value is of
            the wrong type. The message names file and line.
    """
    for folder in (start, *start.parents):
        for path in (folder / _OWN_FILE, folder / _SHARED_FILE):
            if path.is_file() and (found := _read(path)) is not None:
                return found
    return None


class SettledCommand(click.Command):
    """A command whose options have the project's settings as defaults; the command line wins."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does it, with the settings as defaults; help needs none."""
        if not {*args} & {*ctx.help_option_names}:
            settings = find_settings(Path.cwd())
            if settings is not None:
                ctx.default_map = self._defaults(settings)
        return super().parse_args(ctx, args)

    def _defaults(self, settings: Settings) -> dict[str, object]:
        """The values by the names of the command's parameters; those of a table of its own go first."""
        stated = {**settings.table(), **settings.table(self.name or "")}
        named = {
            option.removeprefix("--"): parameter.name
            for parameter in self.params
            for option in parameter.opts
        }
        return {
            name: value
            for setting, value in stated.items()
            if (name := named.get(setting)) is not None
        }


def _read(path: Path) -> Settings | None:
    """The file's settings; None where it has none."""
    shown = _from_here(path)
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise click.UsageError(f"cannot read '{shown}': {reason}") from error
    own = path.name == _OWN_FILE
    if not own and not _MENTION.search(text):
        return None
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise click.UsageError(f"{shown}: {error}") from error
    except RecursionError as error:
        raise click.UsageError(f"{shown}: it nests too deeply") from error
    tool = {"arazzoc": document} if own else document.get("tool")
    if not isinstance(tool, dict) or "arazzoc" not in tool:
        return None
    reader = _Reader(path, shown, text.splitlines())
    reader.read(_TABLE, cast("object", tool["arazzoc"]))
    return Settings(path, reader.tables)


class _Reader:
    """Checks the tables of one file."""

    def __init__(self, path: Path, shown: str, lines: Sequence[str]) -> None:
        self._folder = path.parent
        self._shown = shown
        self._lines = lines
        self._path = path
        self.tables: dict[str, Mapping[str, object]] = {}

    def read(self, table: str, stated: object) -> None:
        """Keeps the values of `table` and of the tables in it."""
        if not isinstance(stated, dict):
            parent, _, name = table.rpartition(".")
            raise self._mistake(parent, name, f"`{self._header(table)}` must be a table")
        kinds = SETTINGS[table]
        values: dict[str, object] = {}
        for name, value in cast("dict[str, object]", stated).items():
            if f"{table}.{name}" in SETTINGS:
                self.read(f"{table}.{name}", value)
                continue
            kind = kinds.get(name)
            if kind is None:
                raise self._unknown(table, name)
            if not kind.fits(value):
                raise self._mistake(table, name, f"`{name}` must be {kind.noun}")
            if kind.is_path:
                self._keep_inside(table, name, value)
            values[name] = self._placed(value) if kind.is_path else value
        self.tables[table] = values

    def _keep_inside(self, table: str, name: str, value: object) -> None:
        """Refuses files of others: settings are those of whoever wrote the repository."""
        stated = [value] if isinstance(value, str) else cast("list[str]", value)
        project = _project(self._folder)
        for each in stated:
            try:
                real = os.path.realpath(self._folder / each)
            except ValueError:  # a NUL
                real = ""
            if not Path(real).is_relative_to(project):
                raise self._mistake(
                    table, name, f"`{name}` leads out of the project: state it on the command line"
                )

    def _placed(self, value: object) -> object:
        """Paths from the current folder, as the command line would have them."""
        if isinstance(value, str):
            return _from_here(self._folder / value)
        return [_from_here(self._folder / each) for each in cast("list[str]", value)]

    def _unknown(self, table: str, name: str) -> click.UsageError:
        inner = [
            each.removeprefix(f"{table}.") for each in SETTINGS if each.startswith(f"{table}.")
        ]
        known = (*SETTINGS[table], *inner)
        meant = closest(name, known)
        hint = f"did you mean `{meant}`?" if meant else f"there are {', '.join(known)}"
        holder = self._header(table)
        holder = f"[{holder}] has" if holder else "there is"
        return self._mistake(table, name, f"{holder} no setting `{name}`; {hint}")

    def _header(self, table: str) -> str:
        return _header(self._path, table)

    def _mistake(self, table: str, name: str, message: str) -> click.UsageError:
        return click.UsageError(f"{self._shown}:{self._line(table, name)}: {message}")

    def _line(self, table: str, name: str) -> int:
        """The line of a setting, counted from 1; `tomllib` tells none.

        Where the setting is written in an unusual way, it is the line of its table, or the file's first.
        """
        place, header, table = 1, "", self._header(table)
        wanted = re.compile(rf"\s*[\"']?{re.escape(name)}[\"']?\s*[.=]")
        for number, line in enumerate(self._lines, 1):
            found = re.match(r"\s*\[\[?([^\[\]]+)\]", line)
            if found:
                header = re.sub(r"[\s\"']", "", found[1])
                if header == f"{table}.{name}".removeprefix("."):
                    return number
                place = number if header == table else place
            elif header == table and wanted.match(line):
                return number
        return place


def _project(folder: Path) -> Path:
    """The nearest folder at or above the settings' that is under version control; theirs where none is."""
    real = Path(os.path.realpath(folder))
    return next((each for each in (real, *real.parents) if (each / ".git").exists()), real)


def _header(path: Path, table: str) -> str:
    """What a file calls a table; empty for the whole of `arazzoc.toml`."""
    own = path.name == _OWN_FILE
    return table.removeprefix(_TABLE).removeprefix(".") if own else table


def _from_here(path: Path) -> str:
    """`path` from the current folder, where that is shorter than the whole of it."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        return str(path)
    return relative if len(relative) < len(str(path)) else str(path)
