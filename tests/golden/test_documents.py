"""Every source document's graph, control flow and module are what is committed."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from arazzoc.compiler import compile_documents, graph
from arazzoc.flow.dump import dump as dump_flow
from arazzoc.flow.structure import structure
from arazzoc.ir.dump import dump as dump_graph
from tests.golden.goldens import Goldens

ROOT: Final = Path(__file__).parents[2]
DOCUMENTS: Final = sorted(
    path
    for folder in ("ibm-quantum", "ibm-direct-access", "pasqal")
    for path in (ROOT / "specs" / folder).glob("*.arazzo.yaml")
)


def _name(document: Path) -> str:
    return f"{document.parent.name}/{document.name.removesuffix('.arazzo.yaml')}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_graph(document: Path, goldens: Goldens) -> None:
    """What a step sends, how it is judged and where it leads."""
    found = graph(document).graphs
    goldens.compare(f"graphs/{_name(document)}.txt", "\n".join(map(dump_graph, found)))


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_flow(document: Path, goldens: Goldens) -> None:
    """The structured control flow that the graph becomes."""
    found = graph(document).graphs
    goldens.compare(
        f"flows/{_name(document)}.txt", "\n".join(dump_flow(structure(each)) for each in found)
    )


def test_no_other_graphs(goldens: Goldens) -> None:
    """Files of documents that are gone are gone too."""
    for kind in ("graphs", "flows"):
        goldens.complete(f"{kind}/**/*.txt", (f"{kind}/{_name(each)}.txt" for each in DOCUMENTS))


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_module(document: Path) -> None:
    """`generated/` holds what the compiler makes today: `make generate` writes it anew."""
    (module,) = compile_documents([document]).modules
    committed = ROOT / "generated" / module.name
    assert module.source == committed.read_text("utf-8")
