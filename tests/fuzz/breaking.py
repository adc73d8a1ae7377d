"""Changes that make a document broken or hostile: to its bytes, its lines and its values."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any, Final

from arazzoc.source.limits import Limits
from arazzoc.source.reading import read_document
from tests.interpreter.values import is_array, is_object

__all__ = ["broken"]

TEXTS: Final = (
    *('"""', "'''", '"); raise SystemExit(3)  #', "\\", '\\"', "{boom()}", "{{boom()}}", "\n"),
    *(
        "\\N{BULLET}",
        "%s {0!r:>10}",
        "a\r\nb\rc",
        "\n    boom()\n",
        "# type: ignore",
        "\x00\x1b[31m",
    ),
    *("\u2028\x85\x0b", "\u202e\u2066 bidi", "\ufeff\u200b\u00ad", "__import__('os')", "\udc80"),
    *(
        "{% raw %}",
        "{{ x }}",
        "{# no #}",
        "ﬁ Å ª 𝐱",
        "'" * 7 + '"' * 7,
        "\\\n",
        "",
        " ",
        "~",
        "__class__",
    ),
    *(
        "class",
        "None",
        "self",
        "名前",
        "0",
        "-0",
        "1e999",
        "0x1F",
        "on",
        "NaN",
        "2026-02-30",
        "a" * 5000,
    ),
    *(
        "../../../etc/passwd",
        "file:///etc/passwd",
        "https://example.invalid/x",
        "#/a~2b",
        "http://[",
        "//",
    ),
    *(
        "#",
        "#/",
        "#/components/schemas/Job",
        "$self",
        "constructor",
        "https://{a}.example:99999/{b",
    ),
)
EXPRESSIONS: Final = (
    *("$", "$$", "$inputs", "$inputs.", "$inputs.a#/b", "$response.body#/~", "$statusCode", "$url"),
    *(
        "$steps.x.outputs.y",
        "$workflows.x.outputs.y",
        "$response.header.A\r\nB",
        "$method",
        "$self",
    ),
    *(
        "{$inputs.a}{$inputs",
        "x{$response.body#/a/b}y",
        "$sourceDescriptions.a.url",
        "$message.payload",
    ),
    *("$components.parameters.x", "$request.path.id", "$inputs.a.b.c#/0/-/~1", "$outputs.x"),
)
CONDITIONS: Final = (
    *(
        "$statusCode == 200",
        "((",
        "!" * 200,
        "(" * 3000,
        "a == b == c",
        "'it''s",
        "$statusCode < null",
    ),
    *(
        "$response.body#/a[0].b == 'x' && !($url != 1e400) || true",
        "1 < 2 < 3",
        "$statusCode ==",
        "&&",
    ),
    *("$[?@.a == 'b']", "$..*", "$[?(@" + ".a" * 500 + ")]", "$[::-1]", "$[99999999999999999999]"),
    *(
        "$[?match(@, '(a+)+$')]",
        "$['\\u0000']",
        "//a[b='c']",
        "/" + "a/" * 800,
        "//*[",
        "count(//a) > 1",
    ),
    *(
        "(a+)+$",
        "[",
        "(?P<x>",
        "\\",
        "a{99999}",
        "(?i)(?<!x)y",
        "^" * 50,
        "(" * 500,
        "\\p{L}",
        "x" * 10000,
    ),
)
VALUES: Final[tuple[Any, ...]] = (
    *(None, True, False, 0, -1, 2**63, 10**400, -0.0, 1e308, [], {}, [[]], [None], {"": ""}),
    *(
        {"$ref": "#"},
        {"$ref": "#/components"},
        {"$ref": "../x.yaml#/a"},
        {"$ref": 1},
        {"reference": "$x"},
    ),
    *(
        {"allOf": [{"$ref": "#"}]},
        {"type": ["string", "null"]},
        {"type": "file"},
        {"enum": [[], {}, 1.5]},
    ),
    *(
        {"context": "$response.body", "condition": "$.a", "type": "jsonpath"},
        {"__class__": {"a": 1}},
    ),
    *(
        {"context": "$response.body", "condition": "^(a+)+$", "type": "regex"},
        {"pattern": "(a+)+$"},
    ),
    *(
        {"name": "x", "type": "goto", "stepId": "x"},
        {"name": "x", "type": "retry", "retryAfter": 1e308},
    ),
    *(
        {"name": "x", "type": "retry", "retryLimit": 10**30},
        {"name": "x", "in": "path", "value": "$inputs"},
    ),
    *(
        {"type": "object", "properties": {text: {"type": "string"} for text in TEXTS[:30]}},
        ["a", "a"],
    ),
)
_KEYS: Final = (
    *(
        "$ref",
        "type",
        "in",
        "name",
        "value",
        "condition",
        "context",
        "steps",
        "stepId",
        "operationId",
    ),
    *(
        "outputs",
        "inputs",
        "payload",
        "replacements",
        "target",
        "criteria",
        "goto",
        "retryLimit",
        "default",
    ),
    *(
        "properties",
        "items",
        "allOf",
        "oneOf",
        "discriminator",
        "style",
        "explode",
        "content",
        "security",
    ),
    *(
        "dependsOn",
        "workflowId",
        "operationPath",
        "components",
        "parameters",
        "additionalProperties",
        "x-a",
    ),
)
_MOST_CHANGES: Final = 4


def broken(random: Random, data: bytes, path: Path, others: Sequence[bytes]) -> bytes:
    """`data`, the document of `path`, after some changes; `others` are documents to take parts of."""
    if random.random() < 0.7:
        document, _ = read_document(data, path, path.name, Limits())
        if document is not None:
            return _changed_value(random, document.root)
    for _ in range(random.randint(1, _MOST_CHANGES)):
        data = random.choice(_CHANGES)(random, data, others)
    return data


def _cut(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    return data[: random.randint(0, len(data))]


def _without(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    start = random.randint(0, len(data))
    return data[:start] + data[start + random.choice((1, 2, 10, 200)) :]


def _inserted(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    start = random.randint(0, len(data))
    return data[:start] + _token(random) + data[start:]


def _flipped(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    start = random.randint(0, len(data))
    return data[:start] + random.randbytes(random.randint(1, 3)) + data[start + 1 :]


def _spliced(random: Random, data: bytes, others: Sequence[bytes]) -> bytes:
    lines, more = data.splitlines(keepends=True), random.choice(others).splitlines(keepends=True)
    start, first = random.randint(0, len(lines)), random.randint(0, len(more))
    taken = more[first : first + random.randint(1, 30)]
    return b"".join((*lines[:start], *taken, *lines[start + random.randint(0, 3) :]))


def _moved(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """One line stands further in or out, or twice."""
    lines = data.splitlines(keepends=True) or [b""]
    index = random.randrange(len(lines))
    line = lines[index]
    lines[index] = random.choice((b"  " + line, line[2:], line + line, b"", b"\t" + line))
    return b"".join(lines)


def _aliased(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """Anchors and aliases, at last a tower of them that stands for more than can be written out."""
    levels = random.choice((3, 12, 40))
    tower = "".join(
        f"x-{level}: &t{level} [{', '.join([f'*t{level - 1}'] * 9)}]\n"
        for level in range(1, levels)
    )
    return b"x-0: &t0 [a]\n" + tower.encode() + data


def _deep(random: Random, data: bytes, _: Sequence[bytes]) -> bytes:
    opening = random.choice((b"[", b"{a: ", b"- ", b'{"a":', b"? "))
    return data + b"\nx-deep: " + opening * random.choice((30, 600, 20_000))


_CHANGES: Final = (_cut, _without, _inserted, _flipped, _spliced, _spliced, _moved, _aliased, _deep)


def _token(random: Random) -> bytes:
    marks = (
        "&a ",
        "*a",
        "!!python/object:os.system ",
        "!!binary ",
        "<<: ",
        "--- ",
        "? ",
        "|2\n",
        ">-\n",
    )
    text = random.choice(
        (*marks, *TEXTS, *EXPRESSIONS, *CONDITIONS, "[", "{", "}", ": ", "- ", "#")
    )
    return text.encode("utf-8", "surrogatepass")


def _changed_value(random: Random, root: Any) -> bytes:
    """The document as JSON, which is YAML too, with some of its values others."""
    root = json.loads(json.dumps(root, default=str))
    for _ in range(random.randint(1, _MOST_CHANGES)):
        places = list(_places(root))
        if places:
            holder, key = random.choice(places)
            _change(random, holder, key, places)
    return json.dumps(root, ensure_ascii=random.random() < 0.5).encode("utf-8", "replace")


def _change(random: Random, holder: Any, key: Any, places: list[tuple[Any, Any]]) -> None:
    chance = random.random()
    value = holder[key]
    if chance < 0.35:
        holder[key] = _nasty(random, value)
    elif chance < 0.5:
        source, name = random.choice(places)
        holder[key] = json.loads(json.dumps(source[name]))
    elif chance < 0.65:
        del holder[key]
    elif chance < 0.9 and isinstance(holder, dict):
        del holder[key]
        holder[random.choice((*_KEYS, *TEXTS))] = value
    elif is_object(value):
        value[random.choice((*_KEYS, *TEXTS))] = _nasty(random, value)
    elif is_array(value):
        value.append(_nasty(random, value))
    else:
        for _ in range(random.choice((1, 5, 200))):
            value = random.choice(([value], {"a": value}, {"allOf": [value]}))
        holder[key] = value


def _nasty(random: Random, value: Any) -> Any:
    """Something to stand where `value` does."""
    kind = random.randrange(5)
    if kind == 0:
        return random.choice(VALUES)
    if kind == 1:
        return random.choice(EXPRESSIONS)
    if kind == 2:
        return random.choice(CONDITIONS)
    if kind == 3 and isinstance(value, str):
        start = random.randint(0, len(value))
        return value[:start] + random.choice((*TEXTS, *EXPRESSIONS)) + value[start:]
    return random.choice(TEXTS)


def _places(root: Any) -> list[tuple[Any, Any]]:
    """All places that hold a value: the object or array, and the name or index there."""
    found: list[tuple[Any, Any]] = []
    waiting = [root]
    while waiting:
        holder = waiting.pop()
        keys = list(holder) if is_object(holder) else range(len(holder)) if is_array(holder) else ()
        for key in keys:
            found.append((holder, key))
            waiting.append(holder[key])
    return found
