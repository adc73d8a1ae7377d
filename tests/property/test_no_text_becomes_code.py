"""No text of a document ever becomes code: other texts give the same code with other constants and names."""

from __future__ import annotations

import ast
import json
import keyword
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from hypothesis import HealthCheck, Phase, given, reject, settings
from hypothesis import strategies as st

from tests.compiling import compile_text, errors, told
from tests.fuzz.foreign import foreign_code
from tests.interpreter.values import is_array

_TEXTS = 14
_INPUTS = 3
_IDS = 5
_PLAIN = "plainword"
_NASTY_TEXTS = (
    '"""',
    "'''",
    '"); raise SystemExit  #',
    "\\",
    '\\"',
    "{boom()}",
    "{{boom()}}",
    '{"a": boom()}',
    "\\N{BULLET}",
    "\\x41\\u0041\\U0001F600",
    "%s %(x)s {0} {x!r:>10}",
    "a\nb",
    "a\r\nb\rc",
    "\n    boom()\n",
    "# type: ignore",
    "\u2028\u2029\x85\x0b\x0c",
    "\u202e\u2066 bidi \u2069",
    "\ufeff\u200b\u00ad",
    "\x00\x01\x1b[31m\x7f",
    "__import__('os')",
    "rb'",
    "ﬁ Å ª \N{MATHEMATICAL BOLD SMALL X} é",
    "`backquoted` *bold* {{ jinja }} {% raw %} {# no #}",
    "\U0010ffff\ue000",
    "Args:\n    x: y",
    ">>> boom()",
    "'" * 7 + '"' * 7,
    "\\\n",
)
_NASTY_NAMES = (
    "__class__",
    "__import__",
    "class",
    "None",
    "print",
    "self",
    "transport",
    "api_url",
    "response",
    "text",
    "dataclass",
    "ﬁnd",
    "ªb",
    "名前",
    "K",
    "\N{MATHEMATICAL BOLD SMALL X}",
    "0",
    "a-b",
)
_IDS_OF = (
    "__init__",
    "def",
    "-",
    "0",
    "_",
    "None",
    "a-b",
    "A",
    "type",
    "Request",
    "StepFailed",
    "http",
)

_letters = st.characters(exclude_categories=["Cs"])
_texts = st.sampled_from(_NASTY_TEXTS) | st.text(_letters, min_size=1, max_size=20)
_mixed = st.lists(_texts, min_size=1, max_size=3).map("".join)
_named = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=6)
_names = st.lists(
    st.sampled_from(_NASTY_NAMES) | _named, min_size=_INPUTS, max_size=_INPUTS, unique=True
)
_ids = st.lists(
    st.sampled_from(_IDS_OF) | st.from_regex(r"[A-Za-z0-9_-]{1,5}", fullmatch=True),
    min_size=_IDS,
    max_size=_IDS,
    unique=True,
)


def _document(texts: Sequence[str], inputs: Sequence[str], ids: Sequence[str]) -> Any:
    """A workflow that has texts wherever it can; no text is empty or states a number."""
    (
        title,
        about,
        summary,
        action,
        header,
        key,
        value,
        label,
        choice,
        default,
        member,
        note,
        quiet,
        wide,
    ) = texts
    one, two, three = inputs
    first, second, output, given_back, name = ids
    quoted = title.replace("'", "''")
    return {
        "arazzo": "1.0.1",
        "info": {"title": title, "summary": summary, "description": about, "version": note},
        "sourceDescriptions": [{"name": "api", "url": "api.yaml", "type": "openapi"}],
        "workflows": [
            {
                "workflowId": name,
                "summary": summary,
                "description": about,
                "inputs": {
                    "type": "object",
                    "required": [one],
                    "properties": {
                        one: {"type": "string", "description": about},
                        two: {"type": "string", "default": default, "description": note},
                        three: {"type": "string", "enum": [f"<{choice}", f">{choice}"]},
                    },
                },
                "steps": [
                    {
                        "stepId": first,
                        "description": about,
                        "operationId": "submit",
                        "requestBody": {
                            "payload": {
                                f"<{key}": f"<{value}",
                                f">{key}": f"<{label}{{$inputs.{one}}}{label}>",
                                f"{key}.": [{f"<{member}": f"$inputs.{three}"}],
                            }
                        },
                        "successCriteria": [
                            {"condition": "$statusCode == 201"},
                            {"condition": f"$response.body#/id != '<{quoted}'"},
                        ],
                        "onFailure": [{"name": action, "type": "retry", "retryLimit": 2}],
                        "outputs": {output: "$response.body#/note"},
                    },
                    {
                        "stepId": second,
                        "description": quiet,
                        "operationId": "list",
                        "parameters": [
                            {"name": "tag", "in": "query", "value": f"<{wide}"},
                            {
                                "name": "trace",
                                "in": "query",
                                "value": f"<{header}{{$inputs.{two}}}",
                            },
                            {"name": "session", "in": "cookie", "value": f"<{header}"},
                        ],
                        "onSuccess": [
                            {
                                "name": action,
                                "type": "goto",
                                "stepId": first,
                                "criteria": [
                                    {"condition": f"$steps.{first}.outputs.{output} == '<{quoted}'"}
                                ],
                            }
                        ],
                    },
                ],
                "outputs": {given_back: f"$steps.{first}.outputs.{output}"},
            }
        ],
    }


def _code(texts: Sequence[str], inputs: Sequence[str], ids: Sequence[str]) -> ast.Module:
    result = compile_text(json.dumps(_document(texts, inputs, ids)))
    if not result.modules:
        assert set(errors(result)) == {"AZ201"}, told(result)
        reject()  # a name that no expression can spell
    (module,) = result.modules
    assert not (foreign := list(foreign_code(module.source))), foreign
    return ast.parse(module.source)


@cache
def _plain() -> ast.Module:
    texts = [f"{_PLAIN} {_PLAIN}"] * _TEXTS
    inputs = [f"{_PLAIN}in{number}" for number in range(_INPUTS)]
    return _code(texts, inputs, [f"{_PLAIN}id{number}" for number in range(_IDS)])


@settings(
    max_examples=150,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(st.lists(_mixed, min_size=_TEXTS, max_size=_TEXTS), _names, _ids)
def test_texts_and_names_change_constants_and_names_alone(
    texts: list[str], inputs: list[str], ids: list[str]
) -> None:
    for plain, other in _side_by_side(_plain(), _code(texts, inputs, ids)):
        if plain == other:
            continue
        assert _PLAIN in plain.replace("_", "").lower(), (plain, other)
        assert other.isidentifier(), other
        assert not keyword.iskeyword(other), other
        assert not other.startswith("__"), other


def _side_by_side(plain: ast.AST, other: ast.AST) -> Iterator[tuple[str, str]]:
    """The identifiers that stand at the same places of two trees, which have to be of one shape."""
    assert type(plain) is type(other), (ast.unparse(plain), ast.unparse(other))
    for name in plain._fields:
        one, another = _listed(plain, name), _listed(other, name)
        assert len(one) == len(another), (ast.unparse(plain), ast.unparse(other))
        for left, right in zip(one, another, strict=True):
            if isinstance(left, ast.AST) and isinstance(right, ast.AST):
                yield from _side_by_side(left, right)
            elif isinstance(plain, ast.Constant):
                assert type(left) is type(right), (left, right)
                assert isinstance(left, str) or left == right
            elif isinstance(left, str) and isinstance(right, str):
                yield left, right
            else:
                assert left == right


def _listed(node: ast.AST, name: str) -> list[Any]:
    """What a field holds, in a list if it does not hold one."""
    held: Any = getattr(node, name)
    return [*held] if is_array(held) else [held]
