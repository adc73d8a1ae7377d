"""Commands run in a folder of their own, over a compiler that says what the test wants it to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click.testing
import pytest

import arazzoc
from arazzoc.cli.main import main
from arazzoc.diagnostics.model import Diagnostic, Rule, Severity
from arazzoc.edition import Edition
from arazzoc.policy import Policy
from arazzoc.result import CompileResult, GraphResult, LintResult, Module
from arazzoc.text import LineIndex, Position, Span

RULE = Rule("AZ199", "not-so", Severity.ERROR, "Title", "Explanation.", "", "")
INLINE = Edition()
DOCUMENT = "hello/greet.arazzo.yaml"


@dataclass
class FakeCompiler:
    """Answers with what it was told; keeps what it was asked."""

    severities: list[Severity] = field(default_factory=list[Severity])
    modules: tuple[Module, ...] = ()
    shared: Mapping[str, str] = field(default_factory=dict[str, str])
    editions: list[Edition] = field(default_factory=list[Edition])
    graphs: GraphResult | None = None
    asked: list[tuple[str, list[str], bool]] = field(
        default_factory=list[tuple[str, list[str], bool]]
    )

    def lint(
        self,
        paths: Sequence[Path],
        *,
        strict: bool = False,
        allow_outside: bool = False,
        policy: Policy | None = None,
        keeping: object = None,
        remote: object = None,
    ) -> LintResult:
        del allow_outside, keeping, remote
        assert policy is not None
        self._ask("lint", paths, strict=strict)
        return LintResult(self._found(), self._names(paths), {DOCUMENT: LineIndex("a: b\n")})

    def compile_documents(
        self,
        paths: Sequence[Path],
        *,
        strict: bool = False,
        allow_outside: bool = False,
        edition: Edition = INLINE,
        keeping: object = None,
        remote: object = None,
    ) -> CompileResult:
        del allow_outside, keeping, remote
        self._ask("compile", paths, strict=strict)
        self.editions.append(edition)
        return CompileResult(self._found(), self._names(paths), {}, self.modules, self.shared)

    def graph(self, path: Path, *, remote: object = None) -> GraphResult:
        del remote
        self._ask("graph", [path], strict=False)
        return self.graphs or GraphResult(self._found(), self._names([path]), {})

    def _ask(self, what: str, paths: Sequence[Path], *, strict: bool) -> None:
        self.asked.append((what, list(self._names(paths)), strict))

    def _names(self, paths: Sequence[Path]) -> tuple[str, ...]:
        return tuple(path.as_posix() for path in paths)

    def _found(self) -> tuple[Diagnostic, ...]:
        span = Span(DOCUMENT, Position(1, 4), Position(1, 5))
        return tuple(
            Diagnostic(RULE, severity, span, f"finding {number}")
            for number, severity in enumerate(self.severities, 1)
        )


@pytest.fixture
def compiler(monkeypatch: pytest.MonkeyPatch) -> FakeCompiler:
    fake = FakeCompiler()
    for name in ("lint", "compile_documents", "graph"):
        monkeypatch.setitem(vars(arazzoc), name, getattr(fake, name))
    return fake


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "hello").mkdir()
    (tmp_path / DOCUMENT).write_text("arazzo: 1.0.1\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


Invoke = Callable[..., click.testing.Result]


@pytest.fixture
def arazzoc_(folder: Path) -> Invoke:
    """Calls `arazzoc` with the arguments, in `folder`."""

    def invoke(
        *arguments: str, stdin: str | None = None, environment: dict[str, str] | None = None
    ) -> click.testing.Result:
        runner = click.testing.CliRunner(env=environment)
        return runner.invoke(
            main, arguments, input=stdin, catch_exceptions=False, prog_name="arazzoc"
        )

    return invoke
