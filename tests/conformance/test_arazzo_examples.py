"""The examples of the Arazzo specification: they compile, pass strict type checking and run to their ends.

Four of the six have faults of their own, which `FOUND` lists. `MENDED` mends those by hand, and puts local
descriptions in the place of missing and remote ones; what is then compiled has to be without errors.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Final

import pytest

from arazzoc import CompileResult, LintResult, Severity, compile_documents, lint
from tests.conformance.descriptions import ANIMALS, PETSTORE
from tests.conformance.suites import suite
from tests.corpus.answering import Answers, Player
from tests.corpus.documents import Workflows
from tests.corpus.exploring import Explored, explore
from tests.corpus.inputs import arguments
from tests.standins.server import serving

SUITE: Final = "https://github.com/OAI/Arazzo-Specification/tree/main/examples"
ROOT: Final = Path(__file__).parents[2]

FOUND: Final = {
    # The description that it names is not among the examples.
    "ExtendedParametersExample": {"AZ001 8", "AZ304 24"},
    # An operation `PAR` where the description has `Par`.
    "FAPI-PAR": {"AZ301 102"},
    # A description on the network.
    "LoginAndRetrievePets": {"AZ006 10", "AZ304 27"},
    # A description on the network, outputs that no step declares, and `$steps.ID.NAME` without `.outputs`.
    # Once the description is there, also a query parameter of another name than it has.
    "bnpl-arazzo": {"AZ006 9", "AZ201 260", "AZ212 231", "AZ212 242", "AZ212 253", "AZ304 100"},
    "oauth": set[str](),
    # A path parameter `pet_id` where the description has `petId`.
    "pet-coupons": {"AZ311 40"},
}
"""The errors in the examples as they are: code and line."""

WARNED: Final = {
    # A payload without the `client_id` that the description of the token's request requires.
    "oauth": {"AZ324 59"},
    # A query parameter that the description does not declare, and the status of steps that run a workflow.
    "pet-coupons": {"AZ310 26", "AZ511 56", "AZ511 91"},
}
"""The warnings, each of which is true, by example: code and line."""

_PETSTORE: Final = (
    "https://raw.githubusercontent.com/swagger-api/swagger-petstore/master/src/main/resources/openapi.yaml"
)
_BNPL: Final = (
    "https://raw.githubusercontent.com/OAI/Arazzo-Specification/main/examples/1.0.0/bnpl-openapi.yaml"
)

MENDED: Final[Mapping[str, Mapping[str, str]]] = {
    "FAPI-PAR": {"auth-api.PAR": "auth-api.Par"},
    "LoginAndRetrievePets": {_PETSTORE: "petstore.yaml", "~1findByStatus": "~1findByStatus/get"},
    "bnpl-arazzo": {
        _BNPL: "bnpl-openapi.yaml",
        "name: redirectAuthToken\n        in: query": "name: AuthorizationToken\n        in: query",
        "$steps.authenticateCustomerAndAuthorizeLoan.outputs.redirectAuthToken": (
            "$steps.initiateBnplTransaction.outputs.redirectAuthToken"
        ),
        "loanTransactionResourceUrl: $response.body#/links/self": (
            "loanTransactionId: $response.body#/loanTransactionId"
        ),
        "retrieveFinalizedPaymentPlan.finalizedPaymentPlan": (
            "retrieveFinalizedPaymentPlan.outputs.finalizedPaymentPlan"
        ),
    },
    "pet-coupons": {"name: pet_id\n            in: path": "name: petId\n            in: path"},
}
"""What is written in the place of what, by example."""

WORKFLOWS: Final = 10

DEAD_LINES: Final = {"ApplyForLoanAtCheckout": 1}
"""Lines that nothing can lead to: what follows where two actions cover every case, as `x != null` and `x == null`."""


@pytest.fixture(scope="module")
def mended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the examples, mended."""
    folder = tmp_path_factory.mktemp("arazzo") / "examples"
    folder.mkdir()
    for path in suite("arazzo-examples", SUITE).iterdir():
        text = path.read_text("utf-8")
        for wrong, right in MENDED.get(path.name.split(".")[0], {}).items():
            if path.name.endswith("arazzo.yaml"):
                assert wrong in text, f"{path.name} has changed"
            text = text.replace(wrong, right) if "arazzo" in path.name else text
        (folder / path.name).write_text(text, "utf-8")
    (folder / "animals.yaml").write_text(ANIMALS, "utf-8")
    (folder / "petstore.yaml").write_text(PETSTORE, "utf-8")
    return folder


@pytest.fixture(scope="module")
def compiled(mended: Path) -> CompileResult:
    """All of them, compiled."""
    return compile_documents(_documents(mended))


@pytest.fixture(scope="module")
def written(compiled: CompileResult, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that their modules are written to."""
    folder = tmp_path_factory.mktemp("generated")
    for module in compiled.modules:
        path = folder / module.name
        path.parent.mkdir(exist_ok=True)
        path.write_text(module.source, "utf-8")
        (path.parent / "__init__.py").touch()
    return folder


def _documents(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.name.endswith("arazzo.yaml"))


def _errors(result: LintResult, severity: Severity = Severity.ERROR) -> Iterator[str]:
    for found in result.diagnostics:
        if found.severity is severity:
            yield f"{found.rule.code} {found.span.start.line}"


def test_faults_of_the_examples_are_found() -> None:
    documents = _documents(suite("arazzo-examples", SUITE))
    found = {path.name.split(".")[0]: set(_errors(compile_documents([path]))) for path in documents}
    assert found == FOUND


def test_nothing_is_warned_of_that_is_right() -> None:
    documents = _documents(suite("arazzo-examples", SUITE))
    warned = {
        path.name.split(".")[0]: set(_errors(lint([path]), Severity.WARNING)) for path in documents
    }
    assert {name: found for name, found in warned.items() if found} == WARNED


def test_all_examples_compile(compiled: CompileResult) -> None:
    assert list(_errors(compiled)) == []
    assert len(compiled.modules) == len(FOUND)
    assert sum(len(module.workflows) for module in compiled.modules) == WORKFLOWS


def test_an_asyncapi_description_is_no_arazzo_document() -> None:
    path = suite("arazzo-examples", SUITE) / "pet-asyncapi.yaml"
    assert list(_errors(compile_documents([path]))) == ["AZ101 1"]


@pytest.mark.parametrize("checker", [("mypy", "--strict"), ("pyright", "--pythonversion", "3.11")])
def test_modules_pass_strict_type_checking(written: Path, checker: tuple[str, ...]) -> None:
    (written / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict"}', "utf-8")
    command = [sys.executable, "-m", *checker, "."]
    done = subprocess.run(
        command, cwd=written, capture_output=True, text=True, check=False, env={**os.environ}
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"example_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _explored(
    mended: Path, compiled: CompileResult, written: Path
) -> Iterator[tuple[str, Explored]]:
    for result in compiled.modules:
        document = mended / Path(result.document).name
        workflows = Workflows(document)
        player = Player(workflows, Answers(workflows))
        module = _module(written / result.name)
        with serving(player) as base_url:
            for workflow in result.workflows:
                ways = arguments(workflows, workflow)
                yield workflow.workflow_id, explore(module, workflow, player, base_url, ways)


def test_every_workflow_runs_to_its_end_and_down_every_other_way(
    mended: Path, compiled: CompileResult, written: Path
) -> None:
    ran = 0
    for name, explored in _explored(mended, compiled, written):
        ran += 1
        assert explored.returned, f"{name} never came to its end: {explored.ended}"
        assert not explored.crashes, f"{name}: {explored.crashes}"
        missed = sorted(explored.missed)
        assert len(missed) == DEAD_LINES.get(name, 0), f"{name}: {missed} were never executed"
    assert ran == WORKFLOWS
