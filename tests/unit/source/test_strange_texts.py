"""Whatever stands in a file, the reader has an answer, and every value has a place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzoc.source.node import Node
from tests.unit.source.reading import attempt

PIECES = [
    *"abc01 {}[]:,-?|>&*!%@`'\"\\#~.\n\r\t\x85\u2028\ufeff😀",
    *("  ", "\n  ", "\n- ", ": ", " #", "&a ", "*a", "!!str ", "!!int ", "<<: ", "---\n", "...\n"),
    *("'x'", '"x"', "|\n  ", ">-\n  ", "? ", "null", "true", "1e999", "\\ud83d", "{}", "[]"),
]


def visit(node: Node) -> None:
    """Asks for every place there is."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        assert current.span.start <= current.span.end
        assert current.key_span.start <= current.key_span.end
        assert current.part(0, 1).start <= current.part(0, 1).end
        waiting.extend(child for _, child in current.members())
        waiting.extend(current.items())


@pytest.mark.parametrize("name", ["a.yaml", "a.json"])
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=25))
def test_no_text_is_too_strange(name: str, pieces: list[str]) -> None:
    document, found = attempt("".join(pieces), name)
    assert document is not None or found
    if document is not None:
        visit(document.node)


@given(data=st.binary(max_size=30))
def test_no_bytes_are_too_strange(data: bytes) -> None:
    document, found = attempt(data)
    assert document is not None or found
