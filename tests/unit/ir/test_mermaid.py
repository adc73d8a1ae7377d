"""A workflow as a diagram."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from inline_snapshot import snapshot

from arazzoc.ir.graph import Edge, End
from arazzoc.ir.mermaid import mermaid
from arazzoc.types.condition import Criterion, Holds
from tests.unit.ir.making import TOKEN, graph, submit


def test_steps_are_boxes_and_failures_dotted() -> None:
    assert mermaid(graph()) == snapshot("""\
flowchart TD
  start(["submit-and-wait"])
  step1["submit<br/>POST /jobs"]
  step2["wait<br/>GET /jobs/#123;submit.jobId#125;"]
  done(["end"])
  failure{{"StepFailed"}}
  start --> step1
  step1 --> step2
  step2 --> done
  step2 -.->|"running<br/>retry 60 x after 5 s<br/>#36;statusCode == 200"| step2
  step2 -.->|"again<br/>#36;statusCode == 404"| step1
  step2 -.-> failure
""")


def test_a_failure_that_no_action_looks_at_is_not_drawn() -> None:
    assert "step1 -.->" not in mermaid(graph())


TEXTS = st.text(
    st.one_of(st.sampled_from('"`|[](){}<>#;&\\\n\r%-'), st.characters(codec="utf-8")),
    min_size=1,
    max_size=12,
)
NODE = r"(?:start|done|failure|step\d+)"
LABEL = r'"(?:[^\W_]|[ .,:/_\-=+]|#\d+;|<br/>)*"'
SHAPE = rf"{NODE}(?:\(\[{LABEL}\]\)|\[{LABEL}\]|\{{\{{{LABEL}\}}\}})"
ARROW = rf"{NODE} (?:-->|-\.->)(?:\|{LABEL}\|)? {NODE}"
LINE = re.compile(f"  (?:{SHAPE}|{ARROW})")


@settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_no_text_of_a_document_leaves_its_label(step_id: str, action: str, condition: str) -> None:
    criterion = Criterion(condition, Holds(TOKEN))
    edges = (Edge(action, (criterion,), End()), Edge(None, (), End()))
    step = replace(submit(), step_id=step_id, on_success=edges)
    first, *lines = mermaid(replace(graph(condition), steps=(step,))).splitlines()
    assert first == "flowchart TD"
    assert [line for line in lines if not LINE.fullmatch(line)] == []
