"""`python -m tests.fuzz.guided SECONDS`: documents that atheris makes, led by what they reach in the compiler."""

from __future__ import annotations

import resource
import shutil
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Protocol, cast

__all__ = ["main"]

_FOUND: Final = Path("build/fuzz")
_LONGEST: Final = 20_000
"""Bytes of a document."""
_PATIENCE: Final = 60
"""Seconds that one document may take; instrumented code is several times slower."""
_MEMORY: Final = 4096
"""MiB."""


class _Instrumenting(Protocol):
    def __enter__(self) -> object: ...

    def __exit__(self, *raised: object) -> None: ...


class _Atheris(Protocol):
    """What is called of atheris, which has no types of its own."""

    def instrument_imports(self, include: list[str]) -> _Instrumenting: ...

    def Setup(self, arguments: list[str], test: object) -> object: ...  # noqa: N802

    def Fuzz(self) -> None: ...  # noqa: N802


def main(seconds: int) -> int:
    """Fuzzes until the time is over; a document that brings out a fault is written to build/fuzz."""
    if find_spec("atheris") is None:
        print(
            "atheris is not installed, so nothing is led by coverage: pip install 'arazzoc[fuzz]'"
        )
        return 0
    atheris = cast("_Atheris", import_module("atheris"))
    with atheris.instrument_imports(include=["arazzoc"]):
        for lazily in ("analysis", "compilation", "ir.lower", "render.module", "render.shared"):
            import_module(f"arazzoc.{lazily}")
        from tests.fuzz.holding import Case, hold
    from tests.compiling import without_layout
    from tests.fuzz.seeds import seeds

    # libFuzzer ends the process itself, so nothing behind it runs: the folder is made anew each time.
    folder = _FOUND.resolve() / "guided"
    shutil.rmtree(folder, ignore_errors=True)
    corpus, project = folder / "corpus", folder / "project"
    corpus.mkdir(parents=True)
    _FOUND.mkdir(parents=True, exist_ok=True)
    shutil.copytree(Path(__file__).parents[2] / "specs/invalid", project)
    (project / "pyproject.toml").touch()
    for number, seed in enumerate(seeds()):
        if seed.path == seed.changed and len(seed.data) <= _LONGEST:
            (corpus / str(number)).write_bytes(seed.data)
    path = project / "fuzzed.arazzo.yaml"
    path.touch()

    def test(data: bytes) -> None:
        with without_layout():
            hold(Case(path, path, data))

    options = {
        "max_total_time": seconds,
        "max_len": _LONGEST,
        "timeout": _PATIENCE,
        "rss_limit_mb": _MEMORY,
        "artifact_prefix": f"{_FOUND}/guided-",
        "print_final_stats": 1,
    }
    limit = resource.RLIM_INFINITY
    resource.setrlimit(resource.RLIMIT_CORE, (0, limit))
    stated = [f"-{name}={value}" for name, value in options.items()]
    atheris.Setup([sys.argv[0], *stated, str(corpus)], test)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main(int(float(sys.argv[1]))))
