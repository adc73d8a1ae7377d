"""Criteria as Python; `tests/fixtures/conditions` shows conditions, their code, and what they hold for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from textwrap import dedent

import pytest

import arazzoc.runtime
from arazzoc.analysis import analyse
from arazzoc.diagnostics.model import Findings, Severity
from arazzoc.edition import Edition
from arazzoc.ir.lower import lower
from arazzoc.ir.servers import ServerConstants
from arazzoc.names import ClassName, Identifier
from arazzoc.render.conditions import Conditions
from arazzoc.render.imports import Imports
from arazzoc.render.values import Values
from arazzoc.render.vocabulary import Vocabulary
from arazzoc.runtime.messages import Response
from arazzoc.source.workspace import Workspace
from arazzoc.types.condition import Criterion, Readable
from arazzoc.types.schema import SchemaTypes
from tests.compiling import JOBS, workflow

FIXTURES = Path(__file__).parents[2] / "fixtures" / "conditions"
RUNTIME: dict[str, object] = {
    name: getattr(module, name)
    for path in Path(arazzoc.runtime.__file__ or "").parent.glob("[!_]*.py")
    for module in [import_module(f"arazzoc.runtime.{path.stem}")]
    for name in module.__all__
}


@dataclass(frozen=True)
class Case:
    """A condition of a fixture: its type, context and text, its code, and responses with their truth."""

    name: str
    stated: str
    code: str
    samples: tuple[tuple[bool, Response], ...]

    @property
    def criterion(self) -> str:
        kind, _, condition = self.stated.partition(" ")
        if kind == "simple":
            return f"condition: {json.dumps(condition)}"
        if kind.startswith("xpath-"):
            kind = f"{{type: xpath, version: {kind}}}"
        context, _, condition = condition.partition(" ")
        return f"{{type: {kind}, context: {context}, condition: {json.dumps(condition)}}}"


def _cases() -> Iterator[Case]:
    for path in sorted(FIXTURES.glob("*.txt")):
        plain = re.sub(r"^#.*\n", "", path.read_text("utf-8"), flags=re.MULTILINE)
        for block in plain.strip().split("\n\n"):
            stated, code, *samples = block.strip().splitlines()
            yield Case(
                f"{path.stem}: {stated}",
                stated,
                code.removeprefix("=> "),
                tuple(_sample(line) for line in samples),
            )


def _sample(line: str) -> tuple[bool, Response]:
    word, _, rest = line.partition(" ")
    status = re.match(r"[1-5]\d\d\b", rest)
    body = rest[status.end() :] if status else rest
    media = "xml" if body.strip().startswith("<") else "json"
    headers = {"content-type": f"application/{media}"}
    assert word in ("holds", "fails")
    return word == "holds", Response(int(status[0]) if status else 200, headers, body.encode())


CASES = list(_cases())


def lowered(
    criterion: str, folder: Path, *, place: str = "successCriteria"
) -> tuple[Criterion, SchemaTypes]:
    """The criterion of a step that lists jobs, as the graph has it."""
    (folder / "w").mkdir()
    (folder / "w" / "api.yaml").write_text(JOBS)
    stated = dedent(f"""\
        steps:
          - stepId: list
            operationId: list
            successCriteria:
              - {criterion}
        """)
    path = folder / "w" / "flow.arazzo.yaml"
    path.write_text(workflow(stated))
    analysis = analyse(path, Workspace(Findings()))
    assert analysis is not None
    assert all(
        found.severity < Severity.ERROR for found in analysis.diagnostics
    ), analysis.diagnostics
    (facts,) = analysis.sound
    graph = lower(facts, Identifier("flow"), ClassName("Outputs"), ServerConstants())
    (found,) = (each for each in graph.steps[0].criteria if not isinstance(each.test, Readable))
    return found, analysis.types


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_conditions_mean_what_they_say(case: Case, tmp_path: Path) -> None:
    criterion, types = lowered(case.criterion, tmp_path)
    vocabulary = Vocabulary(Imports(), Edition())
    conditions = Conditions(Values(types, vocabulary), vocabulary)
    met, unmet = conditions.all([criterion]), conditions.unmet(criterion)
    assert met == case.code
    known = {name: RUNTIME[name] for name in vocabulary.wanted()}
    for expected, response in case.samples:
        shown = f"{response.status} {response.body!r}"
        known["response"] = response
        assert _truth(met, known) is expected, shown
        assert _truth(unmet, known) is not expected, f"negated: {shown}"


def _truth(code: str, known: dict[str, object]) -> object:
    return eval(code, known)
