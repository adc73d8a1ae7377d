"""Short ways to read Arazzo documents and descriptions, and to say what was found."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent, indent

from arazzoc.diagnostics.model import Diagnostic, Findings, Severity
from arazzoc.model.arazzo import Arazzo, Step, Workflow
from arazzoc.model.openapi import Operation
from arazzoc.model.openapi_document import OpenApi
from arazzoc.model.read_arazzo import read_arazzo
from arazzoc.model.read_operation import read_operation
from arazzoc.source.limits import Limits
from arazzoc.source.reading import read_document
from arazzoc.source.workspace import Workspace

HEAD = """\
arazzo: {version}
info: {{title: T, version: '1'}}
sourceDescriptions:
  - {{name: pets, url: pets.yaml, type: openapi}}
"""


def arazzo(text: str) -> tuple[Arazzo | None, list[str]]:
    """The model of a whole document, and what was found in it."""
    findings = Findings()
    document, faults = read_document(dedent(text).encode(), Path("/f/a.yaml"), "a.yaml", Limits())
    assert document is not None
    assert not faults, faults
    return read_arazzo(document, findings), [told(found) for found in findings.sorted()]


def faults(text: str) -> list[str]:
    """`line:column code message => hint` of each finding in a whole document."""
    return arazzo(text)[1]


def workflow(text: str, version: str = "1.0.1", rest: str = "") -> tuple[Workflow, list[str]]:
    """The model of one workflow; its first line is line 1. `rest` is put before `workflows`."""
    head = HEAD.format(version=version) + rest + "workflows:\n  -\n"
    model, found = arazzo(head + indent(dedent(text).lstrip("\n"), "    "))
    assert model is not None
    return model.workflows[0], [_moved(line, head.count("\n"), 4) for line in found]


def step(text: str, version: str = "1.0.1", rest: str = "") -> tuple[Step, list[str]]:
    """The model of one step, and what was found; the step's first line is line 1."""
    body = indent(dedent(text).lstrip("\n"), "    ")
    read, found = workflow(f"workflowId: w\nsteps:\n  -\n{body}", version, rest)
    return read.steps[0], [_moved(line, 3, 4) for line in found]


def step_faults(text: str, version: str = "1.0.1", rest: str = "") -> list[str]:
    """What is found in one step, whose first line is line 1 and first column is column 1."""
    return step(text, version, rest)[1]


def told(found: Diagnostic) -> str:
    """The finding as `line:column code message => hint`; warnings are marked."""
    hint = f" => {found.hint}" if found.hint else ""
    mark = "" if found.severity is Severity.ERROR else f"{found.severity.label} "
    return f"{found.span.start} {mark}{found.rule.code} {found.message}{hint}"


def description(folder: Path, text: str, **others: str) -> tuple[OpenApi, Findings]:
    """The description `text`, in a folder with `others` (file names without `.yaml`)."""
    for name, content in {"api": text, **others}.items():
        (folder / f"{name}.yaml").write_text(dedent(content), "utf-8")
    findings = Findings()
    workspace = Workspace(findings, bases=(folder,), working_folder=folder)
    document = workspace.load(folder / "api.yaml")
    assert document is not None
    api = OpenApi.of(document, workspace, findings)
    assert api is not None, findings.sorted()
    return api, findings


def operation(folder: Path, text: str, **others: str) -> tuple[Operation, list[str]]:
    """The first operation of the description `text`, which can be built, and what was found."""
    api, findings = description(folder, text, **others)
    read = read_operation(api, api.sites[0], "pets", findings)
    assert read is not None, findings.sorted()
    return read, [told(found) for found in findings.sorted()]


def _moved(line: str, lines: int, columns: int) -> str:
    place, _, message = line.partition(" ")
    row, _, column = place.partition(":")
    return f"{int(row) - lines}:{int(column) - columns} {message}"
