"""Whatever text a document holds, Python reads it back as the same text, and as nothing else."""

from __future__ import annotations

import ast
import keyword
import tokenize
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from arazzoc.compiler import compile_documents
from arazzoc.render.literals import (
    comment,
    docstring,
    embedded_text,
    literal,
    pattern_literal,
    wrapped,
)
from arazzoc.source.node import JsonValue
from tests.compiling import JOBS, Answer, compile_text, compile_workflow, workflow

EVIL = [
    'x"""\nimport evil_module\n"""',
    '"',
    '""',
    '"""',
    "'",
    "\\",
    'a\\"',
    '\\"""',
    "x\nimport evil_module",
    "x\r\nimport evil_module",
    "x\x0cimport evil_module",
    "x\u2028import evil_module",
    "x\x85import evil_module",
    "x\x00y",
    "{",
    "}",
    "{}",
    "{{x}}",
    "{__import__('os')}",
    "\ud800",
    "\u202e # reversed",
    "\N{RIGHT-TO-LEFT ISOLATE}",
    "tail\\",
    "%s {0} $x",
    "é 日本 🚀",
    " lead and trail ",
    "{% raw %}{{ 7 * 7 }}",
    "",
]
TEXT = st.text() | st.sampled_from(EVIL) | st.text("\"\\'{}\n\r#\u2028\u202ea ", max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
    max_leaves=20,
)


@given(JSON)
def test_a_literal_is_its_value(value: JsonValue) -> None:
    source = literal(value)
    assert eval(source, {"float": float}) == value
    assert "\n" not in source


@given(TEXT)
@example("\u202e")
def test_a_literal_shows_no_character_that_readers_cannot_see(text: str) -> None:
    assert literal(text).isprintable()
    assert embedded_text(text).isprintable()


@given(TEXT)
def test_literals_of_text_are_double_quoted_and_safe_for_any_line(text: str) -> None:
    source = literal(text)
    assert source.startswith('"')
    assert ast.literal_eval(source) == text


@pytest.mark.parametrize("value", [float("inf"), float("-inf")])
def test_infinite_numbers_are_still_python(value: float) -> None:
    assert eval(literal(value), {"float": float}) == value


def test_types_are_kept_apart() -> None:
    assert [literal(value) for value in (1, 1.0, True, None, "1")] == [
        "1",
        "1.0",
        "True",
        "None",
        '"1"',
    ]


@given(TEXT, TEXT)
def test_text_in_an_f_string_is_that_text(before: str, after: str) -> None:
    source = f'f"{embedded_text(before)}{{value}}{embedded_text(after)}"'
    assert eval(source, {"value": "V"}) == f"{before}V{after}"


@given(TEXT)
@example('a"')
@example("a\\")
@example('a\\"')
def test_a_docstring_ends_where_it_should(text: str) -> None:
    tree = ast.parse(f'def f():\n    """{docstring(text)}"""\n    return 1\n')
    (function,) = tree.body
    assert isinstance(function, ast.FunctionDef)
    assert len(function.body) == 2
    assert isinstance(function.body[0], ast.Expr)
    found = ast.literal_eval(function.body[0].value)
    if text.isprintable():
        assert found == text


@given(TEXT)
def test_a_docstring_s_last_line_break_is_kept(text: str) -> None:
    tree = ast.parse(f'"""{docstring(text)}\n"""\nx = 1')
    assert len(tree.body) == 2


@given(TEXT, st.integers(0, 60))
def test_a_comment_is_nothing_but_a_comment(text: str, indent: int) -> None:
    lines = comment(text, indent)
    assert lines
    tokens = tokenize.generate_tokens(StringIO("\n".join(lines) + "\n").readline)
    assert {token.type for token in tokens} <= {tokenize.COMMENT, tokenize.NL, tokenize.ENDMARKER}


@given(TEXT, st.integers(0, 40))
def test_wrapped_text_keeps_its_words(text: str, indent: int) -> None:
    shown = wrapped(text, indent)
    printable = "".join(each if each.isprintable() or each == "\n" else " " for each in text)
    assert shown.split() == printable.split()


class TestWholeModules:
    """No text of a document becomes code, wherever it stands."""

    @pytest.mark.parametrize("text", EVIL)
    def test_evil_text_stays_text_everywhere(self, text: str) -> None:
        quoted = literal(text) if "\ud800" not in text else '"\\uFFFD"'
        module = compile_workflow(
            f"""
            arazzo: 1.0.1
            info: {{title: {quoted}, version: {quoted}, summary: {quoted}, description: {quoted}}}
            sourceDescriptions: [{{name: api, url: api.yaml, type: openapi}}]
            workflows:
              - workflowId: flow
                summary: {quoted}
                description: {quoted}
                inputs:
                  type: object
                  properties: {{x: {{type: string, description: {quoted}, default: {quoted}}}}}
                steps:
                  - stepId: submit
                    description: {quoted}
                    operationId: submit
                    parameters:
                      - {{name: a, in: query, value: {quoted}}}
                      - {{name: q, in: query, value: {quoted}}}
                    requestBody: {{payload: {{{quoted}: {quoted}, both: $inputs.x}}}}
                    successCriteria:
                      - {{condition: $statusCode == 201}}
                    onSuccess:
                      - {{name: {quoted}, type: end, criteria: [{{condition: $response.body#/result}}]}}
                    onFailure:
                      - {{name: {quoted}, type: retry, retryAfter: 0}}
                      - {{name: {quoted}2, type: end, criteria: [{{condition: $statusCode == 400}}]}}
            """.replace(f"{quoted}2", literal(text + "2") if "\ud800" not in text else '"2"'),
            warns=("AZ230", "AZ310") if text == "{{x}}" else ("AZ310",),
        )
        assert "flow" in module.source

    def test_a_document_s_path_stays_a_comment(self, tmp_path: Path) -> None:
        folder = tmp_path / "a\nimport evil_module"
        folder.mkdir()
        (folder / "api.yaml").write_text(JOBS)
        document = folder / 'b"""\nimport evil_module\n.arazzo.yaml'
        document.write_text(workflow("steps: [{stepId: list, operationId: list}]"))
        (module,) = compile_documents([document]).modules
        assert "evil_module" not in {
            alias.name
            for node in ast.walk(ast.parse(module.source))
            if isinstance(node, ast.Import)
            for alias in node.names
        }
        assert all(part.isidentifier() for part in module.name.removesuffix(".py").split("/"))

    def test_schemas_of_evil_text(self) -> None:
        for text in EVIL:
            if "\ud800" in text:
                continue
            quoted = literal(text)
            openapi = f"""
openapi: 3.1.0
info: {{title: T, version: '1'}}
servers: [{{url: https://api.example}}]
paths:
  /a:
    get:
      operationId: a
      responses:
        '200':
          description: A.
          content:
            application/json:
              schema:
                type: object
                description: {quoted}
                properties:
                  kind: {{enum: [{quoted}, b], description: {quoted}}}
                  {quoted}: {{type: string, description: {quoted}}}
"""
            module = compile_workflow(
                """
                steps: [{stepId: a, operationId: a, outputs: {all: $response.body}}]
                outputs: {all: $steps.a.outputs.all}
                """,
                openapi,
            )
            result, _ = module.run(Answer(200, {"kind": "b"}))
            assert result.all == {"kind": "b"}

    @pytest.mark.parametrize("name", [*keyword.kwlist[:5], "__init__", "a b", "1"])
    def test_step_and_output_names_of_any_kind(self, name: str) -> None:
        result = compile_text(f"""
            steps: [{{stepId: {name!r}, operationId: list, outputs: {{{name!r}: $response.body}}}}]
            """)
        for module in result.modules:
            ast.parse(module.source)


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("done", '"done"'),
        (r"\d+", r'r"\d+"'),
        (r'"\w"', r"""r'"\w"'"""),
        (r"""'"\w""", r'''"'\"\\w"'''),
        ("\\d\n", r'"\\d\n"'),
        ("\\\\", r'"\\\\"'),
    ],
)
def test_a_regular_expression_is_a_raw_string_where_one_can_hold_it(
    pattern: str, code: str
) -> None:
    assert pattern_literal(pattern) == code
    assert ast.literal_eval(code) == pattern


@given(st.text() | st.text("\\'\"r\n{"))
def test_every_regular_expression_is_read_back_as_it_was(pattern: str) -> None:
    assert ast.literal_eval(pattern_literal(pattern)) == pattern
