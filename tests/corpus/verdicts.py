"""What becomes of one document: compiled, run in every way, and every request that it sent."""

from __future__ import annotations

import base64
import linecache
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from arazzoc import CompileResult, Module, Severity, compile_documents
from tests.corpus.answering import Answers, Played, Player
from tests.corpus.documents import Workflows, is_object, read
from tests.corpus.exploring import Explored, explore
from tests.corpus.inputs import arguments
from tests.standins.server import serving

__all__ = ["Ran", "Verdict", "arazzo_documents", "judge"]


@dataclass(frozen=True, slots=True)
class Ran:
    """What became of one workflow's function.

    Attributes:
        workflow_id: The workflow.
        runs: How often it was run.
        returned: How often it came to its end.
        ended: How it ended else: how often by the name of the error.
        lines: How many lines it has.
        missed: Those that no run came to.
        crashes: What it raised that no function should raise.
    """

    workflow_id: str
    runs: int
    returned: int
    ended: Mapping[str, int]
    lines: int
    missed: tuple[str, ...]
    crashes: tuple[str, ...]


@dataclass(slots=True)
class Verdict:
    """What became of one document.

    Attributes:
        document: Its path below the collection.
        workflows: How many workflows it has.
        refused: The codes of the errors, each with the number of its findings.
        module: The file that it was compiled to; None where nothing could be compiled.
        ran: Its functions.
        requests: What they sent, for another process to judge.
    """

    document: str
    workflows: int = 0
    refused: dict[str, int] = field(default_factory=dict[str, int])
    module: str | None = None
    ran: list[Ran] = field(default_factory=list[Ran])
    requests: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])


def arazzo_documents(folder: Path) -> Iterator[Path]:
    """The Arazzo documents below a folder."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".yaml", ".yml", ".json") and path.is_file():
            root = read(path) if b"arazzo" in path.read_bytes()[:4000] else None
            if is_object(root) and "arazzo" in root:
                yield path


def judge(path: Path, name: str, module: Path) -> Verdict:
    """Compiles a document to the file `module`, and runs its functions in every way."""
    verdict = Verdict(name)
    root = read(path)
    verdict.workflows = len(root.get("workflows") or ())
    result = compile_documents([path])
    for code in _errors(result):
        verdict.refused[code] = verdict.refused.get(code, 0) + 1
    for made in result.modules:
        module.write_text(made.source, "utf-8")
        verdict.module = module.name
        _run(verdict, path, made)
    return verdict


def _errors(result: CompileResult) -> Iterator[str]:
    for found in result.diagnostics:
        if found.severity is Severity.ERROR:
            yield found.rule.code


def _run(verdict: Verdict, path: Path, made: Module) -> None:
    workflows = Workflows(path)
    player = Player(workflows, Answers(workflows))
    module = ModuleType("explored")
    sys.modules["explored"] = module
    exec(compile(made.source, "explored.py", "exec", dont_inherit=True), module.__dict__)
    lines = made.source.splitlines()
    whole = made.source.splitlines(keepends=True)
    linecache.cache["explored.py"] = (len(made.source), None, whole, "explored.py")
    with serving(player) as base_url:
        for workflow in made.workflows:
            ways = arguments(workflows, workflow)
            explored = explore(module, workflow, player, base_url, ways)
            verdict.ran.append(_ran(workflow.workflow_id, explored, lines))
            for as_promised, played in explored.requests.values():
                verdict.requests.append(
                    _request(path, verdict, workflow.workflow_id, as_promised, played)
                )


def _ran(workflow_id: str, explored: Explored, lines: list[str]) -> Ran:
    missed = tuple(lines[number - 1].strip() for number in sorted(explored.missed))
    return Ran(
        workflow_id,
        explored.runs,
        explored.returned,
        explored.ended,
        len(explored.lines),
        missed,
        tuple(explored.crashes),
    )


def _request(
    path: Path, verdict: Verdict, workflow_id: str, as_promised: bool, played: Played
) -> dict[str, Any]:
    request = played.request
    return {
        "path": str(path),
        "document": verdict.document,
        "workflow": workflow_id,
        "as_promised": as_promised,
        "source": None if played.operation is None else played.operation.source,
        "template": None if played.operation is None else played.operation.template,
        "method": request.method,
        "target": request.target,
        "headers": dict(request.headers),
        "body": base64.b64encode(request.body).decode(),
    }
