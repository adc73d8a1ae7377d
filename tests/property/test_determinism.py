"""The same documents give the same bytes, whatever the hash seed, the working folder or the run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SPECS = sorted({path.parent for path in (ROOT / "specs").glob("[!.]*/*.arazzo.yaml")} - {
    ROOT / "specs" / "invalid", ROOT / "specs" / "near-misses"
})  # fmt: skip


def arazzoc(*arguments: str | Path, folder: Path, seed: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "generator"), "PYTHONHASHSEED": seed}
    command = [sys.executable, "-m", "arazzoc", *map(str, arguments)]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)


def written(output: Path) -> dict[str, bytes]:
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file()
    }


def test_hash_seed_and_working_folder_do_not_matter(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    runs: list[dict[str, bytes]] = []
    for seed, folder in (("0", ROOT), ("4242", elsewhere)):
        output = tmp_path / f"output_{seed}"
        specs = [os.path.relpath(path, folder) for path in SPECS]
        ran = arazzoc("generate", *specs, "-o", output, folder=folder, seed=seed)
        assert ran.returncode == 0, ran.stderr.decode()
        runs.append(written(output))
    assert runs[0] == runs[1]
    assert runs[0]


def test_no_trace_of_the_machine_is_left(tmp_path: Path) -> None:
    arazzoc("generate", *SPECS, "-o", tmp_path / "output", folder=tmp_path, seed="1")
    for name, content in written(tmp_path / "output").items():
        assert str(ROOT).encode() not in content, name
        assert str(tmp_path).encode() not in content, name


@pytest.mark.parametrize("command", ["lint", "graph"])
def test_what_is_printed_is_the_same_too(command: str) -> None:
    documents = [path for folder in SPECS for path in sorted(folder.glob("*.arazzo.yaml"))]
    arguments = documents if command == "lint" else documents[:1]
    first, second = (arazzoc(command, *arguments, folder=ROOT, seed=seed) for seed in ("1", "77"))
    assert (first.returncode, first.stdout, first.stderr) == (
        second.returncode,
        second.stdout,
        second.stderr,
    )
    assert first.returncode == 0, first.stderr.decode()


def test_the_order_of_the_documents_does_not_matter(tmp_path: Path) -> None:
    documents = [path for folder in SPECS for path in sorted(folder.glob("*.arazzo.yaml"))]
    runs: list[dict[str, bytes]] = []
    for number, order in enumerate((documents, documents[::-1])):
        output = tmp_path / str(number)
        arazzoc("generate", *order, "-o", output, folder=ROOT, seed="0")
        runs.append(written(output))
    assert runs[0] == runs[1]


def test_what_is_committed_is_up_to_date() -> None:
    specs = [path.relative_to(ROOT) for path in SPECS]
    ran = arazzoc("generate", *specs, "-o", "generated", "--check", folder=ROOT, seed="0")
    assert ran.returncode == 0, ran.stdout.decode()
