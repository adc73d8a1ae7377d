"""The documents that mistakes are put into."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

import yaml

from tests.mutations.subject import Subject

__all__ = ["in_json", "subjects"]

ROOT: Final = Path(__file__).parents[2]
_SPECS: Final = (
    "ibm-direct-access/submit-wait-delete",
    "ibm-quantum/cancel-running-job",
    "ibm-quantum/session-run-and-close",
    "pasqal/cancel-batch-jobs",
)


@cache
def subjects() -> tuple[Subject, ...]:
    """Documents of `specs/`, and richer ones: all parts of the language, all versions of OpenAPI."""
    paths = [ROOT / f"specs/{name}.arazzo.yaml" for name in _SPECS]
    paths += sorted(Path(__file__).parent.glob("documents/*.arazzo.yaml"))
    return tuple(Subject(path, path.read_text("utf-8"), _beside(path.parent)) for path in paths)


@cache
def _beside(folder: Path) -> Mapping[str, Subject]:
    """The descriptions of a folder."""
    paths = [*sorted(folder.glob("*.openapi.yaml")), *sorted(folder.glob("*.swagger.yaml"))]
    return {path.name: Subject(path, path.read_text("utf-8")) for path in paths}


@cache
def in_json() -> tuple[Subject, ...]:
    """One of them written as JSON."""
    one = next(each for each in subjects() if each.path.name == "printing.arazzo.yaml")
    text = json.dumps(yaml.load(one.text, Loader=yaml.CSafeLoader), indent=2) + "\n"
    return (Subject(one.path.with_suffix(".json"), text, one.descriptions),)
