"""Compiles, type-checks, imports and runs every Arazzo document of a folder, and prints what became of them.

Requests are judged by openapi-core, if the environment that `--judge` names has it.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import asdict
from multiprocessing import get_context
from pathlib import Path

import click

from tests.corpus.verdicts import Verdict, arazzo_documents, judge
from tests.markdown import ROOT

OPENAPI_CORE = "openapi-core~=0.23.1"


def main() -> None:
    """Prints the table; details go into a file."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpus", description=__doc__)
    parser.add_argument("folder", type=Path, help="the collection")
    parser.add_argument("--output", type=Path, default=Path("build/corpus"), help="what is made")
    options = parser.parse_args()
    output = options.output.resolve()
    modules = output / "modules"
    shutil.rmtree(modules, ignore_errors=True)
    modules.mkdir(parents=True)
    verdicts = sorted(_verdicts(options.folder.resolve(), modules), key=lambda each: each.document)
    faults = _judged(verdicts, output)
    lines = [json.dumps(asdict(each), default=list) for each in verdicts]
    (output / "verdicts.jsonl").write_text("\n".join(lines), "utf-8")
    for line in _table(verdicts, modules, faults):
        click.echo(line)
    click.echo(f"details: {output}/verdicts.jsonl, requests.jsonl and faults.jsonl", err=True)


def _verdicts(folder: Path, modules: Path) -> Iterator[Verdict]:
    """What becomes of each document, in as many processes as there are processors."""
    paths = list(arazzo_documents(folder))
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        waiting: dict[Future[Verdict], str] = {}
        for number, path in enumerate(paths):
            name = path.relative_to(folder).as_posix()
            made = modules / f"d{number:04}_{path.name.split('.')[0].replace('-', '_')}.py"
            waiting[pool.submit(judge, path, name, made)] = name
        for count, done in enumerate(as_completed(waiting), 1):
            click.echo(f"{count}/{len(paths)} {waiting[done]}", err=True)
            yield done.result()


def _judged(verdicts: Iterable[Verdict], output: Path) -> list[tuple[bool, list[str]]]:
    """What openapi-core says of each request, and whether all before it was as promised."""
    requests = [request for verdict in verdicts for request in verdict.requests]
    for verdict in verdicts:
        verdict.requests = []
    file = output / "requests.jsonl"
    file.write_text("".join(json.dumps(each) + "\n" for each in requests), "utf-8")
    python = output / "venv/bin/python"
    if not python.exists():
        subprocess.run((sys.executable, "-m", "venv", output / "venv"), check=True)
        subprocess.run((python, "-m", "pip", "install", "--quiet", OPENAPI_CORE), check=True)
    done = subprocess.run(
        (python, "-m", "tests.corpus.validating", file),
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'generator'}:{ROOT}"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    faults = [json.loads(line) for line in done.stdout.splitlines()]
    told = [
        {**each, "faults": fault} for each, fault in zip(requests, faults, strict=True) if fault
    ]
    (output / "faults.jsonl").write_text("".join(json.dumps(each) + "\n" for each in told), "utf-8")
    return [(each["as_promised"], fault) for each, fault in zip(requests, faults, strict=True)]


def _table(
    verdicts: Sequence[Verdict], modules: Path, faults: Sequence[tuple[bool, list[str]]]
) -> Iterator[str]:
    ran = [each for verdict in verdicts for each in verdict.ran]
    made = [verdict for verdict in verdicts if verdict.module]
    promised = [fault for as_promised, fault in faults if as_promised]
    refused = Counter[str]()
    for verdict in verdicts:
        refused.update(dict.fromkeys(verdict.refused, 1))
    total = sum(verdict.workflows for verdict in verdicts)
    yield f"documents              {len(verdicts)}"
    yield f"  without errors       {sum(not verdict.refused for verdict in verdicts)}"
    yield f"  with a module        {len(made)}"
    yield f"workflows              {total}"
    yield f"  compiled             {len(ran)}"
    yield f"documents by code      {', '.join(f'{code} {n}' for code, n in refused.most_common())}"
    yield f"modules, mypy --strict {_clean(modules, ('mypy', '--strict', '.'))}"
    yield f"modules, pyright       {_clean(modules, ('pyright', '--pythonpath', sys.executable, '.'))}"
    alone = sum(_imports_alone(modules / (verdict.module or "")) for verdict in made)
    yield f"modules imported alone {alone} of {len(made)}"
    yield f"functions run          {len(ran)}, {sum(each.runs for each in ran)} runs"
    yield f"  to their end         {sum(each.returned > 0 for each in ran)}"
    yield f"  lines                {sum(each.lines for each in ran)}"
    yield f"  lines never reached  {sum(len(each.missed) for each in ran)}"
    yield f"  crashed              {sum(bool(each.crashes) for each in ran)}"
    yield f"requests               {len(faults)}"
    yield f"  valid                {sum(not fault for _, fault in faults)}"
    yield f"  as promised          {len(promised)}"
    yield f"    valid              {sum(not fault for fault in promised)}"


def _clean(modules: Path, checker: Sequence[str]) -> str:
    (modules / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict"}', "utf-8")
    done = subprocess.run(
        (sys.executable, "-m", *checker), cwd=modules, capture_output=True, text=True, check=False
    )
    (modules / f"{checker[0]}.txt").write_text(done.stdout + done.stderr, "utf-8")
    return "clean" if done.returncode == 0 else done.stdout.strip().splitlines()[-1]


def _imports_alone(module: Path) -> bool:
    """Whether a module imports where nothing but the standard library is, without a warning."""
    code = f"import runpy; runpy.run_path({str(module)!r})"
    command = (sys.executable, "-I", "-S", "-W", "error", "-c", code)
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


if __name__ == "__main__":
    main()
