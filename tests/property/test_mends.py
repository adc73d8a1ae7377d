"""Documents full of wild forms, in every quoting: mended, they compile to the same code without a warning."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from unittest.mock import patch

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from arazzoc.compiler import compile_documents
from arazzoc.mending import mend
from arazzoc.result import CompileResult
from tests.compiling import JOBS
from tests.meaning import meaning
from tests.unit.source.reading import read

OUTPUTS = (
    "$response.body.id",
    "$response.body.owner.name",
    "$response.body#owner/name",
    "$response.headers.Location",
    "$response.body#/id",
    "$response.body.status",
)
TEXTS = (
    "Bearer $inputs.token",
    "$inputs.job.id",
    "'$inputs.token': it's # $inputs.job.id",
    "$inputs.token, $inputs.job.tags[0]",
    "{$inputs.job.id}/$inputs.token",
    'é 😀 $inputs.token \\ "$inputs.token"',
    "plain",
)
CONDITIONS = (
    '$response.body.status == "done"',
    "{$statusCode == 200}",
    '{$response.body.owner.name} != "it\'s" && $statusCode < 300',
    "$response.body#status == 'done' || $response.headers.Location == \"a: b # c\"",
    "$response.body#/status == 'done'",
)
QUERIES = (
    "$.status == 'done' || $.status == \"failed\"",
    "$.status == 'done'",
    "$.owner.name",
    "$.status != 'done' && !$.error",
    "($.status == 'a' || $.note == null) && $.id != 'b'",
)


def _styled(text: str, style: str, indent: str) -> str:
    """The text as YAML of a style, or of another where it cannot have that."""
    if style == "plain" and "\n" not in text:
        try:
            plain = yaml.safe_load(f"a: {text}")
        except yaml.YAMLError:
            plain = None
        if plain == {"a": text}:
            return text
    if style == "block":
        return f"|-\n{indent}  {text}"
    if style == "folded":
        return f">-\n{indent}  {text}"
    if style == "double":
        return json.dumps(text, ensure_ascii=False)
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Documents of one step over the API of jobs."""

    def scalar(texts: tuple[str, ...], indent: str) -> str:
        style = draw(st.sampled_from(["plain", "single", "double", "block", "folded"]))
        return _styled(draw(st.sampled_from(texts)), style, indent)

    return f"""\
arazzo: 1.0.1
info: {{title: Test, version: {draw(st.sampled_from(["'1.0'", "1.0", "1.10"]))}}}
sourceDescriptions:
  - {{name: api, url: api.yaml, type: openapi}}
  - {{name: other, url: other.yaml, type: openapi}}  # kept
workflows:
  - workflowId: flow
    inputs:
      type: object
      required: [token, job]
      properties:
        token: {{type: string}}
        job: {{type: object, required: [id], properties: {{id: {{type: string}}, tags: {{type: array, items: {{type: string}}}}}}}}
    steps:
      - stepId: read  # kept
        operationId: {draw(st.sampled_from(["read", "api.read", "$sourceDescriptions.api.read"]))}
        parameters:
          - name: id
            in: path
            value: {scalar(TEXTS, " " * 12)}
          - {{name: trace, in: query, value: {_styled(draw(st.sampled_from(TEXTS)), "double", "")}}}
        successCriteria:
          - condition: {scalar(CONDITIONS, " " * 12)}
            type: simple
          - condition: {scalar(QUERIES, " " * 12)}
            context: $response.body
            type: jsonpath
        outputs:
          first: {scalar(OUTPUTS, " " * 10)}
          second: {scalar(OUTPUTS, " " * 10)}
    outputs:
      all: {scalar(("$steps.read.outputs.first",), " " * 6)}
"""


def _as_it_is(text: str, *, mode: object) -> str:
    del mode
    return text


def _compiled(path: Path) -> CompileResult:
    with patch("black.format_str", _as_it_is):
        return compile_documents([path])


@settings(max_examples=30)
@given(documents(), st.booleans(), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\ufeff"]))
def test_a_mended_document_means_what_it_meant(
    text: str, as_json: bool, newline: str, mark: str
) -> None:
    if as_json:
        text = json.dumps(read(text).node.value, indent=2, ensure_ascii=newline == "\n")
    data = (mark + text).replace("\n", newline).encode()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "api.yaml").write_text(JOBS, "utf-8")
        (folder / "other.yaml").write_text(OTHER, "utf-8")
        path = folder / ("flow.arazzo.json" if as_json else "flow.arazzo.yaml")
        path.write_bytes(data)
        before = _compiled(path)
        for each in mend([path]).mended:
            path.write_bytes(each.after)
        after, again = _compiled(path), mend([path])
        result = path.read_bytes()
    assert [found.rule.code for found in after.diagnostics if found.rule.tolerated] == []
    assert meaning(after.modules[0].source) == meaning(before.modules[0].source)
    assert again.mended == ()
    assert result.startswith(b"\xef\xbb\xbf") == bool(mark)
    assert result.count(b"\r\n") == result.count(b"\n") * (newline == "\r\n")
    assert result.count(b"# kept") == data.count(b"# kept")


OTHER = """
openapi: 3.1.0
info: {title: Other, version: 1.0.0}
servers: [{url: https://other.example}]
paths: {/x: {get: {operationId: other, responses: {'200': {description: Good.}}}}}
"""
