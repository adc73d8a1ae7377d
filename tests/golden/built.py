"""Documents that are wrong in a way no file under version control should be: made when they are needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from arazzoc.source.limits import DEFAULT_LIMITS

__all__ = ["BUILT", "Built"]

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


@dataclass(frozen=True)
class Built:
    """A document that breaks a rule, and nearly the same one that does not.

    Each writes itself to a path; `openapi/jobs.openapi.yaml` is there.
    """

    wrong: Callable[[Path], object]
    right: Callable[[Path], object]


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


BUILT: Final[Mapping[str, Built]] = {
    "AZ005": Built(_longer_than_the_limit, _long),
    "AZ010": Built(_nested(DEFAULT_LIMITS.depth + 1), _nested(DEFAULT_LIMITS.depth)),
    "AZ013": Built(_encoded("latin-1"), _encoded("utf-8")),
}
"""By the code of the rule."""
