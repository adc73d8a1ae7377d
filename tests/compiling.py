"""Small documents compiled and run: what a generated function sends, gives back and raises."""

from __future__ import annotations
import __future__

import itertools
import json
import sys
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from textwrap import dedent, indent
from types import CodeType, ModuleType
from typing import Any, cast
from unittest.mock import patch
from urllib.parse import parse_qsl, urlsplit

from arazzoc.compiler import compile_documents
from arazzoc.diagnostics.model import Severity
from arazzoc.diagnostics.registry.security import CREDENTIALS_OF_CALLERS
from arazzoc.edition import Edition
from arazzoc.result import CompileResult, LintResult

__all__ = [
    "JOBS",
    "Answer",
    "Compiled",
    "Script",
    "Sent",
    "Silence",
    "compile_text",
    "compile_workflow",
    "errors",
    "told",
    "without_layout",
    "workflow",
]

JOBS = """
openapi: 3.1.0
info: {title: Jobs, version: 1.0.0}
servers: [{url: https://api.example}]
paths:
  /jobs:
    post:
      operationId: submit
      requestBody: {content: {application/json: {schema: {type: object}}}}
      responses: {'201': {$ref: '#/components/responses/Job'}}
    get:
      operationId: list
      parameters:
        - {name: limit, in: query, schema: {type: integer}}
        - {name: tag, in: query, schema: {type: array, items: {type: string}}}
        - {name: X-Trace, in: header, schema: {type: string}}
        - {name: session, in: cookie, schema: {type: string}}
      responses: {'200': {description: Jobs., content: {application/json: {schema: {}}}}}
  /jobs/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      operationId: read
      responses: {'200': {$ref: '#/components/responses/Job'}}
    delete:
      operationId: cancel
      responses: {'204': {description: Gone.}}
components:
  responses:
    Job:
      description: A job.
      headers: {Location: {schema: {type: string}}}
      content: {application/json: {schema: {$ref: '#/components/schemas/Job'}}}
  schemas:
    Job:
      type: object
      required: [id, status]
      properties:
        id: {type: string}
        status: {type: string}
        note: {type: string}
        result: {}
        owner: {type: object, properties: {name: {type: string}}}
"""
"""An API of jobs: `submit`, `list`, `read` and `cancel`; a job promises `id` and `status`."""

_HEAD = """\
arazzo: {version}
info: {{title: Test, version: 1.0.0}}
sourceDescriptions: [{{name: api, url: api.yaml, type: openapi}}]
workflows:
  - workflowId: flow
"""
PLAIN = Edition()
_RUNTIME = "# --- runtime"
_NUMBERS = itertools.count()


@dataclass(frozen=True)
class Answer:
    """A response that a script gives: `body` is sent as JSON unless it is bytes, None sends nothing."""

    status: int = 200
    body: object = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True)
class Silence:
    """No response."""

    error: Exception = field(default_factory=lambda: ConnectionRefusedError("refused"))


@dataclass(frozen=True)
class Sent:
    """A request, taken apart."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | None

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    @property
    def query(self) -> list[tuple[str, str]]:
        return parse_qsl(urlsplit(self.url).query, keep_blank_values=True)

    @property
    def json(self) -> Any:
        assert self.body is not None
        return json.loads(self.body)


class Script:
    """A transport that gives the answers in turn and keeps what was sent.

    An answer too many is as wrong as one too few: `spent` tells.
    """

    def __init__(self, module: ModuleType, answers: tuple[Answer | Silence, ...]) -> None:
        self._module = module
        self._answers = list(answers)
        self.sent: list[Sent] = []

    def __call__(self, request: Any) -> Any:
        self.sent.append(Sent(request.method, request.url, dict(request.headers), request.body))
        assert self._answers, f"nobody expected {request.method} {request.url}"
        answer = self._answers.pop(0)
        if isinstance(answer, Silence):
            raise answer.error
        headers = {name.lower(): value for name, value in answer.headers.items()}
        if isinstance(answer.body, bytes) or answer.body is None:
            return self._module.Response(answer.status, headers, answer.body or b"")
        headers.setdefault("content-type", "application/json")
        return self._module.Response(answer.status, headers, json.dumps(answer.body).encode())

    @property
    def spent(self) -> bool:
        return not self._answers

    @property
    def calls(self) -> list[str]:
        """`GET /jobs/1` for each request."""
        return [f"{sent.method} {sent.path}" for sent in self.sent]


def workflow(text: str, *, version: str = "1.0.1") -> str:
    """A document with one workflow `flow`, whose fields `text` states, over the source `api`."""
    return _HEAD.format(version=version) + indent(dedent(text).strip("\n"), "    ") + "\n"


def compile_text(
    arazzo: str,
    openapi: str = JOBS,
    *,
    strict: bool = False,
    beside: Mapping[str, str] | None = None,
    edition: Edition = PLAIN,
    unused: bool = False,
) -> CompileResult:
    """Compiles a document, or the fields of one workflow, over a source description.

    Small documents state more than they use, and leave credentials to callers: findings of both are left out
    unless asked for.

    Args:
        arazzo: A whole document, or the fields of one workflow.
        openapi: The source description, `api.yaml`.
        strict: Whether tolerated forms are errors.
        beside: Further documents, by their paths from the folder of the others.
        edition: The module's shape.
        unused: Whether findings are wanted of what nothing uses, and of what callers bring.
    """
    arazzo = dedent(arazzo)
    if not arazzo.lstrip().startswith(("arazzo:", "{")):
        arazzo = workflow(arazzo)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "sample"
        folder.mkdir()
        (folder / "api.yaml").write_text(dedent(openapi), "utf-8")
        (folder / "flow.arazzo.yaml").write_text(arazzo, "utf-8")
        for path, text in (beside or {}).items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_text(dedent(text), "utf-8")
        with without_layout():
            result = compile_documents(
                [folder / "flow.arazzo.yaml"], strict=strict, edition=edition
            )
    kept = (
        found
        for found in result.diagnostics
        if unused or not (found.rule.unused or found.rule is CREDENTIALS_OF_CALLERS)
    )
    return replace(result, diagnostics=tuple(kept))


@contextmanager
def without_layout() -> Generator[None, None, None]:
    """Black takes four fifths of a compilation's time and says nothing about meaning."""
    with patch("black.format_str", _as_it_is):
        yield


def _as_it_is(text: str, *, mode: object) -> str:
    del mode
    return text


class Compiled:
    """A generated module whose function is `flow`."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.module: Any = ModuleType(f"compiled_{next(_NUMBERS)}")
        name = self.module.__name__
        sys.modules[name] = self.module  # dataclasses look their module up while they are made
        try:
            own, mark, runtime = source.partition(_RUNTIME)
            exec(compile(own, name, "exec", dont_inherit=True), self.module.__dict__)
            exec(_compiled_runtime(mark + runtime), self.module.__dict__)
        finally:
            del sys.modules[name]

    def run(self, *answers: Answer | Silence, **inputs: object) -> tuple[Any, Script]:
        """What `flow` gives back, and the script, which was played to its end."""
        script = Script(self.module, answers)
        result = self.module.flow(**inputs, transport=script)
        assert script.spent, "some answers were not asked for"
        return result, script

    def fail(self, *answers: Answer | Silence, **inputs: object) -> tuple[Any, Script]:
        """What `flow` raises, and the script, which was played to its end."""
        script = Script(self.module, answers)
        try:
            self.module.flow(**inputs, transport=script)
        except self.module.WorkflowError as error:
            assert script.spent, "some answers were not asked for"
            return error, script
        raise AssertionError("nothing was raised")


@cache
def _compiled_runtime(source: str) -> CodeType:
    """The runtime's part of a module: many modules carry the same."""
    flags = __future__.annotations.compiler_flag
    return cast("CodeType", compile(source, "runtime", "exec", flags, dont_inherit=True))


def compile_workflow(
    arazzo: str,
    openapi: str = JOBS,
    *,
    warns: tuple[str, ...] = (),
    beside: Mapping[str, str] | None = None,
    edition: Edition = PLAIN,
) -> Compiled:
    """The module that a document compiles to.

    Args:
        arazzo: A whole document, or the fields of one workflow.
        openapi: The source description.
        warns: The codes of the warnings that are expected; no others may come, and no errors.
        beside: Further documents, by their paths from the folder of the others.
        edition: The module's shape.
    """
    result = compile_text(arazzo, openapi, beside=beside, edition=edition)
    assert sorted({found.rule.code for found in result.diagnostics}) == sorted(warns), told(result)
    (module,) = result.modules
    return Compiled(module.source)


def told(result: LintResult) -> list[str]:
    """`code message => hint` of each finding."""
    return [
        f"{found.rule.code} {found.message}" + (f" => {found.hint}" if found.hint else "")
        for found in result.diagnostics
    ]


def errors(result: LintResult) -> list[str]:
    """The codes of the errors."""
    return [found.rule.code for found in result.diagnostics if found.severity is Severity.ERROR]
