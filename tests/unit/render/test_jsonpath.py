"""Queries as Python; `tests/fixtures/queries` shows queries, the test and the list they compile to, and samples."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from arazzoc.expr.jsonpath.parser import parse_query
from arazzoc.expr.jsonpath.query import Query
from tests.queries import CompiledQuery, compile_query

FIXTURES = Path(__file__).parents[2] / "fixtures" / "queries"


@dataclass(frozen=True)
class Case:
    """A query of a fixture, the code that tells whether it finds anything, the code for what it finds, samples."""

    name: str
    text: str
    finds: str
    nodes: str
    samples: tuple[tuple[str, str], ...]


def _cases() -> Iterator[Case]:
    for path in sorted(FIXTURES.glob("*.txt")):
        plain = re.sub(r"^#.*\n", "", path.read_text("utf-8"), flags=re.MULTILINE)
        for block in plain.strip().split("\n\n"):
            text, finds, nodes, *samples = block.strip().splitlines()
            yield Case(
                f"{path.stem}: {text}",
                text,
                finds.removeprefix("?? "),
                nodes.removeprefix("=> "),
                tuple(_sample(line) for line in samples),
            )


def _sample(line: str) -> tuple[str, str]:
    document, _, found = line.partition(" -> ")
    return document, found


CASES = list(_cases())


def compiled(text: str) -> CompiledQuery:
    query = parse_query(text)
    assert isinstance(query, Query), query
    return compile_query(query)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_queries_read_like_this(case: Case) -> None:
    query = compiled(case.text)
    assert (query.finds, query.nodes) == (case.finds, case.nodes)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_queries_find_this(case: Case) -> None:
    query = compiled(case.text)
    for document, found in case.samples:
        assert query.run(json.loads(document)) == json.loads(found), document
        assert query.found(json.loads(document)) is bool(json.loads(found)), document


@pytest.mark.parametrize(
    "text",
    [
        "$" + ".*" * 200,
        "$" + "[?@.a]" * 100,
        "$" + "[?@" * 49 + "]" * 49,
        "$" + "[0,?!@.a" * 24 + "]" * 24,
        "$" + "[?count(@" * 24 + ") == 2]" * 24,
        f"$[?{' && '.join(['@.a'] * 1000)}]",
    ],
    ids=lambda text: text[:12],
)
def test_large_queries_are_python_too(text: str) -> None:
    assert compiled(text).run({}) == []


def test_only_what_a_query_calls_is_carried() -> None:
    carried = compiled("$[?@.a == $[0].b]").carried
    names = re.findall(r"^(?:def )?(\w+)(?:\(|: Final)", carried.source, re.MULTILINE)
    assert {"children_of", "pick", "find"} <= set(names)
    assert not {"at", "or_none", "descendants_of", "length_of"} & set(names)
