"""The runners: each is given a document, inputs and a server, and runs the workflow `flow`."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Final, TypeAlias
from unittest.mock import patch

from arazzoc import compile_documents

__all__ = ["ARAZZO_RUNNER", "REDOCLY", "Peer", "Runner", "arazzoc", "peers"]

REDOCLY: Final = "2.77.0"
ARAZZO_RUNNER: Final = "0.9.6"

TIMEOUT: Final = 60
"""Seconds that a runner has for one sequence."""


Runner: TypeAlias = Callable[[Path, Mapping[str, Any], str], Sequence[float] | None]
"""Runs `flow` of a document with inputs against a server; gives the waits that it only pretended."""


def arazzoc(document: Path, inputs: Mapping[str, Any], server: str) -> Sequence[float]:
    """Compiles the document and calls its function, without waiting; gives the seconds it would have waited."""
    result = compile_documents([document])
    (module,) = result.modules
    made: Any = ModuleType("sequence")
    slept: list[float] = []
    with patch.dict(sys.modules, {"sequence": made}), patch("time.sleep", slept.append):
        exec(compile(module.source, "sequence.py", "exec", dont_inherit=True), made.__dict__)
        flow = next(each for each in module.workflows if each.workflow_id == "flow")
        keywords = {each.name: each.keyword for each in flow.inputs}
        given = {keywords[name]: value for name, value in inputs.items()}
        servers = dict.fromkeys(flow.servers.values(), server)
        with contextlib.suppress(made.WorkflowError):
            getattr(made, flow.function)(**given, **servers)
    return slept


@dataclass(frozen=True, slots=True)
class Peer:
    """Another runner.

    Attributes:
        name: What it is called.
        version: Which one is installed.
        program: Its executable.
        arguments: What it is called with; `DOCUMENT` and `INPUTS` stand for those.
    """

    name: str
    version: str
    program: Path
    arguments: Sequence[str]

    def run(self, document: Path, inputs: Mapping[str, Any], server: str) -> None:
        """Runs `flow`; whether it succeeds is of no interest, only what it sends."""
        del server  # the description names it
        given = {"DOCUMENT": document.name, "INPUTS": json.dumps(inputs)}
        command = [str(self.program), *(given.get(each, each) for each in self.arguments)]
        with contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run(
                command, cwd=document.parent, capture_output=True, check=False, timeout=TIMEOUT
            )


def peers(folder: Path) -> Sequence[Peer]:
    """The runners that `make peers` has installed in `folder`."""
    return (
        Peer(
            "Redocly Respect",
            REDOCLY,
            folder / "node/node_modules/.bin/redocly",
            ("respect", "DOCUMENT", "--workflow", "flow", "--input", "INPUTS"),
        ),
        Peer(
            "arazzo-runner",
            ARAZZO_RUNNER,
            folder / "venv/bin/arazzo-runner",
            ("execute-workflow", "--workflow-id", "flow", "--inputs", "INPUTS", "DOCUMENT"),
        ),
    )
