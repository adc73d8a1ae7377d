"""The same work by other tools, where `make peers` has installed them."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from arazzoc import compile_documents
from tests.bench.commands import Cost, cost_of
from tests.bench.documents import write_description, write_workflows

__all__ = ["measure_runner", "redocly", "redocly_lints"]

_ROUNDS = 200


def redocly(folder: Path) -> str | None:
    """The program of Redocly's, as `make peers` or somebody else has installed it; None where nobody has."""
    own = folder / "node/node_modules/.bin/redocly"
    return str(own) if own.exists() else shutil.which("redocly")


def redocly_lints(program: str, files: Sequence[str]) -> Cost:
    """What `redocly lint` takes for the same documents; it keeps nothing from run to run."""
    return cost_of([program, "lint", *files])


def measure_runner(folder: Path) -> tuple[float, float] | None:
    """Median seconds of a generated function of three calls and of arazzo-runner, in one process.

    The runner reads its documents once, before. None where it is not installed in `folder`.
    """
    python = folder.absolute() / "venv/bin/python"
    if not python.exists():
        return None
    with tempfile.TemporaryDirectory() as name:
        own = Path(name)
        description = write_description(own, 3, "yaml")
        document = write_workflows(own, 1, description, 3)
        (module,) = compile_documents([document]).modules
        (own / "called.py").write_text(module.source, "utf-8")
        told = subprocess.run(
            [python, "-m", "tests.bench.runner", own, document, description, str(_ROUNDS)],
            stdout=subprocess.PIPE,
            check=True,
            cwd=Path(__file__).parents[2],
        )
    generated, interpreted = json.loads(told.stdout)
    return float(generated), float(interpreted)
