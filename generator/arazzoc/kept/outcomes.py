"""Outcomes of earlier runs: they hold while nothing that they depend on has changed."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from importlib.resources import files as resources
from pathlib import Path
from typing import Final, cast

from arazzoc.diagnostics.model import Diagnostic
from arazzoc.kept.records import (
    UnreadableError,
    diagnostic_of,
    list_of,
    module_of,
    text_of,
    written,
)
from arazzoc.render.template_root import template_root
from arazzoc.result import Outcome
from arazzoc.source.files import QUESTIONS, Answers, Files, Kind, is_passing
from arazzoc.source.node import JsonValue
from arazzoc.source.store import Store
from arazzoc.version import __version__

__all__ = ["KeptOutcomes"]

_LIBRARIES: Final = ("black", "jinja2", "openapi_spec_validator", "pyyaml", "elementpath")
_INSTALLED: Final = re.compile(r"(?P<name>[\w.]+)-(?P<version>[^-]+)\.(?:dist|egg)-info")
_MISSING: Final = "FileNotFoundError"


class KeptOutcomes:
    """Looks up and keeps outcomes.

    A key is made of the compiler, the libraries that it uses, the options and the document's path. The entry
    holds what the file system answered when the outcome was made; it counts while the answers are the same.
    """

    def __init__(self, store: Store, files: Files, task: Mapping[str, JsonValue]) -> None:
        """Takes the circumstances of a run.

        Args:
            store: Where entries lie.
            files: What the answers are compared with.
            task: The options, and whatever else outcomes depend on besides files.
        """
        self._store = store
        self._files = files
        self._context = json.dumps([_compiler(), task], sort_keys=True)
        self._now: dict[tuple[Kind, str], str] = {}

    def get(self, path: Path) -> Outcome | None:
        """The outcome of an earlier run; None where there is none, or something has changed since."""
        try:
            outcome = _outcome(self._store.get(self._key(path)))
        except UnreadableError:
            return None
        if outcome is None or any(
            self._answer(question) != answer for question, answer in outcome.answers.items()
        ):
            return None
        return outcome

    def keep(self, path: Path, outcome: Outcome) -> None:
        """Keeps an outcome, unless it may change while the answers stay the same.

        What is said of a file that is missing names others that are like it, so it depends on them too. The
        network's faults pass by themselves.
        """
        answers = outcome.answers.items()
        if outcome.lasting and not any(
            answer.startswith(_MISSING) or is_passing(answer) for _, answer in answers
        ):
            self._store.keep(
                self._key(path),
                [
                    outcome.document,
                    written(outcome.diagnostics),
                    written(outcome.module),
                    [[kind, about, answer] for (kind, about), answer in answers],
                    list(outcome.commented),
                ],
            )

    def _key(self, path: Path) -> str:
        # A file's name need not be text: what is no character in it is half of one here.
        key = f"{self._context}\n{path}".encode("utf-8", "surrogatepass")
        return hashlib.sha256(key).hexdigest()

    def _answer(self, question: tuple[Kind, str]) -> str:
        """What is answered now; asked once a run."""
        if question not in self._now:
            self._now[question] = self._files.answer(*question)
        return self._now[question]


def _outcome(entry: JsonValue) -> Outcome | None:
    if not isinstance(entry, list) or len(entry) != 5:
        return None
    document, diagnostics, module, answers, commented = entry
    if not isinstance(document, str | None):
        raise UnreadableError
    return Outcome(
        document,
        cast("tuple[Diagnostic, ...]", list_of(diagnostic_of)(diagnostics)),
        None if module is None else module_of(module),
        _answers(answers),
        cast("tuple[str, ...]", list_of(text_of)(commented)),
    )


def _answers(entries: JsonValue) -> Answers:
    found: dict[tuple[Kind, str], str] = {}
    for entry in entries if isinstance(entries, list) else ():
        match entry:
            case [str() as kind, str() as about, str() as answer] if kind in QUESTIONS:
                found[kind, about] = answer
            case _:
                raise UnreadableError
    return found


@cache
def _compiler() -> list[str]:
    """What the compiler is made of: while it is worked on, its files tell more than its version."""
    root = Path(str(resources("arazzoc")))
    made = hashlib.sha256()
    for path in sorted((*root.rglob("*.py"), *template_root().glob("*.jinja"))):
        status = path.stat()
        made.update(f"{path.name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return [__version__, made.hexdigest(), sys.version, *map(_version, _LIBRARIES)]


def _version(library: str) -> str:
    return _installed().get(library, "none")


@cache
def _installed() -> Mapping[str, str]:
    """The versions of what is installed, by names in lower case, as its folders tell them.

    `importlib.metadata` says the same, but importing it takes a tenth of a run in which nothing has changed.
    """
    found: dict[str, str] = {}
    for folder in sys.path:
        with suppress(OSError):
            for entry in sorted(Path(folder).iterdir()):
                match = _INSTALLED.fullmatch(entry.name)
                if match is not None:
                    found.setdefault(match["name"].lower(), match["version"])
    return found
