"""What statements a workflow becomes; `tests/fixtures/flow` shows graphs and their statements."""

from __future__ import annotations

from pathlib import Path

import pytest

from arazzoc.flow.dump import dump
from arazzoc.flow.structure import structure
from arazzoc.flow.tree import Machine, Perform
from arazzoc.ir.graph import Graph
from tests.unit.flow.notation import parse
from tests.unit.flow.walking import depth, statements

FIXTURES = sorted((Path(__file__).parents[2] / "fixtures" / "flow").glob("*.txt"))


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_statements_of_a_graph(path: Path) -> None:
    source, _, expected = path.read_text(encoding="utf-8").partition("---\n")
    assert dump(structure(parse(source))) == expected


SHAPES_OF_REAL_DOCUMENTS = {
    "one step": "a:",
    "end on the first match": "a: ok when x -> end; ok when y -> b\nb:",
    "poll, then act": "a:\nb: fail when running retry 60\nc: fail when conflict retry 3\nd:",
    "poll by goto": "a:\nb: ok when done -> c; ok when running -> b; ok -> stop\nc:",
    "log in again where the token is old": (
        "login:\nlist: fail when unauthorized -> login; fail when busy retry 3\nread:"
    ),
    "create where it is missing": "read: ok -> use; fail when missing -> create\ncreate:\nuse:",
    "skip steps that are done": "a: ok when has_b -> c\nb:\nc: ok when has_d -> e\nd:\ne:",
    "skip to the end": "a: ok when done -> d\nb: ok when done -> d\nc: ok when done -> d\nd:",
    "clean up after any failure": (
        "open:\nrun: fail -> close\nwait: fail when running retry 9; fail -> close\nclose:"
    ),
    "next page": "first:\npage: ok when more -> page; fail when busy retry 3\nlast:",
    "a page, and each of its items": (
        "page:\nitem: ok when more_items -> item; ok when more_pages -> page\nlast:"
    ),
    "approve or reject": "ask: ok when yes -> approve\nreject: ok -> end\napprove:",
    "two branches that meet": "ask: ok when yes -> b\na: ok -> c\nb:\nc:",
    "three branches that meet": (
        "ask: ok when one -> a; ok when two -> b; ok -> c\na: ok -> d\nb: ok -> d\nc: ok -> d\nd:"
    ),
    "retry, then a fallback that goes on": "a: fail retry 2; fail -> b; ok -> c\nb:\nc:",
    "start over": "a:\nb:\nc: fail when stale -> a\nd:",
    "start over after retries": "a: fail retry 2\nb: fail retry 2; fail -> a\nc: fail retry 2; fail -> a",
    "redirect by status": "a: fail when moved -> c; fail when gone -> stop\nb: ok -> end\nc:",
}


@pytest.mark.parametrize("text", SHAPES_OF_REAL_DOCUMENTS.values(), ids=SHAPES_OF_REAL_DOCUMENTS)
def test_what_real_documents_do_needs_no_machine(text: str) -> None:
    block = structure(parse(text))
    assert not any(isinstance(statement, Machine) for statement in statements(block))
    assert depth(block) <= 5


def many(edges: str, count: int = 5000) -> Graph:
    """Steps in a row, all with the same edges but the last, which is `z`."""
    rows = [f"s{number}: {edges.format(next=number + 1)}" for number in range(count)]
    return parse("\n".join([*rows, "z: ok -> end"]).replace(f"-> s{count}", "-> z"))


@pytest.mark.parametrize(
    ("edges", "deepest"),
    [
        ("", 1),
        ("fail retry 3", 3),
        ("fail when busy retry 3; fail -> stop", 3),
        ("ok when done -> end", 1),
        ("fail -> z", 2),
        ("ok -> end; fail -> s{next}", 1),
        ("ok when x -> s0", 2),
        ("fail retry 3; fail -> s{next}", 3),
    ],
)
def test_thousands_of_steps_stay_flat(edges: str, deepest: int) -> None:
    block = structure(many(edges))
    assert depth(block) <= deepest
    assert sum(isinstance(statement, Perform) for statement in statements(block)) == 5001


def test_a_machine_has_thousands_of_states() -> None:
    text = "\n".join(f"s{n}: ok when x -> s{n + 2}; ok when y -> s{n // 2}" for n in range(2000))
    block = structure(parse(text + "\ns2000:\ns2001:"))
    (machine,) = block
    assert isinstance(machine, Machine)
    assert machine.start == "s0"
    assert [step_id for step_id, _ in machine.states] == [f"s{n}" for n in range(2002)]


def test_statements_depend_on_the_graph_alone() -> None:
    text = SHAPES_OF_REAL_DOCUMENTS["start over after retries"]
    assert structure(parse(text)) == structure(parse(text))
