"""The answering server carries the workflows of this repository through to their ends."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from arazzoc import compile_documents
from tests.corpus.answering import Answers, Player, changed
from tests.corpus.documents import Workflows
from tests.corpus.exploring import explore
from tests.corpus.inputs import arguments
from tests.corpus.sampling import Sampler
from tests.corpus.wishes import ABSENT, KEPT
from tests.standins.server import serving

SPECS = Path(__file__).parents[2] / "specs"
DOCUMENTS = sorted(
    path
    for path in SPECS.glob("ibm-*/*.arazzo.yaml")
    if "type: arazzo" not in path.read_text("utf-8")  # answers are made for one document alone
)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_every_line_of_a_function_is_reached(
    document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (result,) = compile_documents([document]).modules
    module = ModuleType("explored")
    monkeypatch.setitem(sys.modules, "explored", module)
    written = tmp_path / "explored.py"
    written.write_text(result.source, "utf-8")
    exec(compile(result.source, str(written), "exec", dont_inherit=True), module.__dict__)
    workflows = Workflows(document)
    player = Player(workflows, Answers(workflows))
    with serving(player) as base_url:
        for workflow in result.workflows:
            ways = arguments(workflows, workflow)
            explored = explore(module, workflow, player, base_url, ways)
            assert explored.returned
            assert not explored.missed
            assert not explored.crashes
            assert all(played.operation for _, played in explored.requests.values())


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "string", "format": "date"}, "2026-01-31"),
        ({"type": "string", "minLength": 6}, "textaa"),
        ({"type": "integer", "minimum": 5, "exclusiveMinimum": True}, 6),
        ({"type": ["null", "integer"], "multipleOf": 4}, 4),
        ({"type": "integer", "example": "not one"}, 1),
        ({"enum": [None, "b"]}, "b"),
        ({"oneOf": [{"type": "null"}, {"const": 3}]}, 3),
        ({"type": "array", "items": {"type": "boolean"}, "minItems": 2}, [True, True]),
        (
            {
                "allOf": [{"required": ["a"], "properties": {"a": {"type": "number"}}}],
                "required": ["b"],
                "properties": {"c": {"readOnly": True, "type": "string"}},
            },
            {"a": 1, "b": "text"},
        ),
    ],
)
def test_samples_are_what_their_schema_says(schema: Any, value: object) -> None:
    assert Sampler(lambda each: each).sample(schema, "request") == value


def test_texts_of_a_pattern_match_it() -> None:
    schema = {"type": "string", "pattern": "^[A-Z]{3}[0-9]{2}$"}
    sample = Sampler(lambda each: each).sample(schema, "response")
    assert sample.isupper()
    assert len(sample) == 5


def test_a_schema_that_holds_itself_has_an_end() -> None:
    schema: dict[str, Any] = {"type": "object", "properties": {"name": {"type": "string"}}}
    schema["properties"]["child"] = schema
    assert Sampler(lambda each: each).sample(schema, "response")["child"]["child"]["name"] == "text"


@pytest.mark.parametrize(
    ("body", "way", "value", "made"),
    [
        ({"a": 1}, ["a"], 2, {"a": 2}),
        ({"a": 1}, ["a"], KEPT, {"a": 1}),
        ({"a": 1}, ["a"], ABSENT, {}),
        (None, ["a", "0", "b"], KEPT, {"a": [{"b": "text"}]}),
        ([{"b": 1}], ["*", "b"], 2, [{"b": 2}]),
        ({"b": 1}, ["*", "b"], 2, {"b": 2}),
        ([{"b": 1}], ["b"], KEPT, [{"b": 1}]),
        ([1, 2], ["1"], ABSENT, [1]),
        ({"a": 1}, [], [], []),
    ],
)
def test_a_body_is_changed_at_one_place(
    body: Any, way: list[str], value: Any, made: object
) -> None:
    assert changed(body, way, value) == made
