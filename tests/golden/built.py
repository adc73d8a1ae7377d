"""Documents that are wrong in a way no file under version control should be: made when they are needed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from arazzoc.source.limits import DEFAULT_LIMITS
from arazzoc.source.network.network import NotFetchedError

__all__ = ["BUILT", "PAGE", "Built", "page"]

_DOCUMENT: Final = """\
arazzo: 1.0.1
info:
  title: Größe
  version: 1.0.0
sourceDescriptions:
  - name: jobs
    url: openapi/jobs.openapi.yaml
    type: openapi
workflows:
  - workflowId: list-jobs
    steps:
      - stepId: list
        operationId: list_jobs
"""


PAGE: Final = "https://docs.example/jobs.yaml"
"""The only address at which a document is."""
_JOBS: Final = Path(__file__).parents[2] / "specs/invalid/openapi/jobs.openapi.yaml"
_DIGEST: Final = hashlib.sha256(_JOBS.read_bytes()).hexdigest()


def page(url: str) -> bytes:
    """What is at an address."""
    if url != PAGE:
        raise NotFetchedError("the server answers with status 404")
    return _JOBS.read_bytes()


@dataclass(frozen=True)
class Built:
    """A document that breaks a rule, and nearly the same one that does not.

    Each writes itself to a path; `openapi/jobs.openapi.yaml` is there.

    Attributes:
        fetches: It is found with `--allow-remote`; `https://docs.example/jobs.yaml` is there, and nothing else.
    """

    wrong: Callable[[Path], object]
    right: Callable[[Path], object]
    fetches: bool = False


def _encoded(encoding: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(_DOCUMENT, encoding)


def _nested(depth: int) -> Callable[[Path], object]:
    """A list in the document's mapping, so that `depth` are nested in all."""
    lists = "[" * (depth - 1) + "]" * (depth - 1)
    return lambda path: path.write_text(f"{_DOCUMENT}x-notes: {lists}\n", "utf-8")


def _longer_than_the_limit(path: Path) -> None:
    path.write_text(_DOCUMENT, "utf-8")
    with path.open("r+b") as file:
        file.truncate(DEFAULT_LIMITS.file_size + 1)


def _long(path: Path) -> None:
    path.write_text(_DOCUMENT + "# and so on\n" * 100_000, "utf-8")


def _from(address: str, lock: str | None = None) -> Callable[[Path], object]:
    """A document over a description at an address, in a project with a lock."""

    def write(path: Path) -> None:
        path.write_text(_DOCUMENT.replace("openapi/jobs.openapi.yaml", address), "utf-8")
        (path.parent / "pyproject.toml").write_text("", "utf-8")
        if lock is not None:
            text = json.dumps({"version": 1, "documents": {PAGE: f"sha256:{lock}"}})
            (path.parent / "arazzoc.lock").write_text(text, "utf-8")

    return write


BUILT: Final[Mapping[str, Built]] = {
    "AZ005": Built(_longer_than_the_limit, _long),
    "AZ010": Built(_nested(DEFAULT_LIMITS.depth + 1), _nested(DEFAULT_LIMITS.depth)),
    "AZ013": Built(_encoded("latin-1"), _encoded("utf-8")),
    "AZ024": Built(_from("https://docs.example/job.yaml"), _from(PAGE), fetches=True),
    "AZ025": Built(_from(PAGE, "0" * 64), _from(PAGE, _DIGEST), fetches=True),
}
"""By the code of the rule."""
