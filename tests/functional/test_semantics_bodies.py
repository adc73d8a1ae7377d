"""What bodies hold: JSON written as text, replacements, forms with encodings, files and bytes."""

from __future__ import annotations

import io
import json
import re
from email.parser import BytesParser
from email.policy import HTTP
from pathlib import Path
from typing import Any, ClassVar

import pytest

from tests.compiling import Answer, Compiled, Sent, compile_text, compile_workflow, errors, told


def description(media: str) -> str:
    """A description of `call`, whose body is of one media type; `media` is YAML of flow style."""
    return f"""
openapi: 3.1.0
info: {{title: Things, version: 1.0.0}}
servers: [{{url: https://api.example}}]
paths:
  /things:
    post:
      operationId: call
      requestBody: {{content: {media}}}
      responses: {{'200': {{description: Fine.}}}}
"""


def workflow(body: str, inputs: str = "{}", required: str = "[]") -> str:
    """A workflow that sends a body; `body` is the YAML of a Request Body Object."""
    lines = "".join(f"      {line}\n" for line in body.strip("\n").splitlines())
    return f"""
inputs: {{type: object, required: {required}, properties: {inputs}}}
steps:
  - stepId: call
    operationId: call
    requestBody:
{lines}"""


def later(fields: str) -> str:
    """A document of version 1.1 with a workflow of these fields."""
    head = "arazzo: 1.1.0\ninfo: {title: T, version: 1.0.0}\nsourceDescriptions: "
    head += "[{name: api, url: api.yaml, type: openapi}]\nworkflows:\n  - workflowId: flow\n"
    indented = fields.strip("\n").replace("\n", "\n    ")
    return f"{head}    {indented}\n"


def sent(module: Compiled, **inputs: object) -> Sent:
    return module.run(Answer(200), **inputs)[1].sent[0]


JSON = description("{application/json: {schema: {}}}")
ANY_X = ("{x: {}, y: {type: string}}", "[x]")


def downloading(content: str) -> Compiled:
    """A module that reads a file of `content` and sends it on."""
    openapi = f"""{description("{application/octet-stream: {}}")}
    get:
      operationId: read
      responses: {{'200': {{description: Fine., content: {content}}}}}
"""
    return compile_workflow(
        """
        steps:
          - {stepId: read, operationId: read, outputs: {image: $response.body}}
          - {stepId: call, operationId: call, requestBody: {payload: $steps.read.outputs.image}}
        outputs: {image: $steps.read.outputs.image}
        """,
        openapi,
        warns=("AZ218",),
    )


class TestJsonAsText:
    def of(self, text: str, **inputs: object) -> Any:
        lines = "".join(f"\n  {line}" for line in text.splitlines())
        return sent(compile_workflow(workflow(f"payload: |{lines}", *ANY_X), JSON), **inputs).json

    @pytest.mark.parametrize("value", [5, 1.5, True, None, 'a "b" \\', [1, "x"], {"a": {}}])
    @pytest.mark.parametrize("stated", ['"{$inputs.x}"', '"$inputs.x"', "{$inputs.x}", "$inputs.x"])
    def test_an_expression_in_json_text_keeps_its_type(self, stated: str, value: object) -> None:
        assert self.of(f'{{"a": [{stated}]}}', x=value) == {"a": [value]}

    def test_text_around_an_expression_in_json_text_makes_text_of_it(self) -> None:
        assert self.of('{"a": "<{$inputs.x}> \\"q\\""}', x='"') == {"a": '<"> "q"'}

    def test_an_absent_member_of_json_text_is_left_out(self) -> None:
        assert self.of('{"a": "{$inputs.y}", "b": {"c": "{$inputs.y}"}}', x=1) == {"b": {}}

    def test_numbers_of_json_text_survive(self) -> None:
        script = compile_workflow(
            workflow('payload: \'{"i": 12345678901234567890, "f": 1.0}\''), JSON
        )
        assert sent(script).body == b'{"i":12345678901234567890,"f":1.0}'

    @pytest.mark.parametrize(
        "text", ['{"a": 0.1234567890123456789}', '{"a": 1e999}', '{"a": [1, 2}', "[NaN]"]
    )
    def test_text_that_is_not_json_or_would_be_rounded_is_sent_as_it_is(self, text: str) -> None:
        module = compile_workflow(workflow(f"payload: '{text}'"), JSON)
        request = sent(module)
        assert request.body == text.encode()
        assert request.headers["Content-Type"] == "application/json"

    @pytest.mark.parametrize(
        ("text", "offset", "message"),
        [
            ('{"a": {$inputs.x} "b": 1}', 18, "the payload is no JSON from here on"),
            ('{"a": "{$inputs.x}"', 18, "the payload is no JSON from here on"),
            ('{"a": "{$inputs.x}", "b": 1e999}', 26, "the number `1e999` cannot be kept"),
            ('["{$inputs.x}", NaN]', 16, "the number `NaN` cannot be kept"),
        ],
    )
    def test_broken_json_with_expressions_is_an_error(
        self, text: str, offset: int, message: str
    ) -> None:
        result = compile_text(workflow(f"payload: '{text}'", *ANY_X), JSON)
        (found,) = result.diagnostics
        assert found.rule.code == "AZ342"
        assert found.message.startswith(message)
        assert (found.span.start.line, found.span.start.column) == (11, 21 + offset)

    def test_a_fault_in_json_text_has_its_place(self) -> None:
        result = compile_text(
            workflow('payload: |\n  {"a": 1,\n   "b": "{$inputs.z}"}', *ANY_X), JSON
        )
        (found,) = result.diagnostics
        assert found.rule.code == "AZ210"
        assert (found.span.start.line, found.span.start.column) == (13, 21)

    @pytest.mark.parametrize(
        "payload",
        ["{'k{$inputs.x}': 1}", "{a: [{$inputs.x: 1}]}", """'{"k{$inputs.x}": {$inputs.x}}'"""],
    )
    def test_an_expression_in_a_member_s_name_is_an_error(self, payload: str) -> None:
        result = compile_text(workflow(f"payload: {payload}", *ANY_X), JSON)
        assert errors(result) == ["AZ201"]

    def test_a_member_s_name_may_look_like_an_expression(self) -> None:
        payload = "payload: {$url: 1, $set: {a: $inputs.x}, 'a$b': {}}"
        request = sent(compile_workflow(workflow(payload, *ANY_X), JSON), x=1)
        assert request.json == {"$url": 1, "$set": {"a": 1}, "a$b": {}}

    def test_integers_and_floats_of_a_payload_survive(self) -> None:
        payload = "payload: {i: 9007199254740993, f: 1.0, x: $inputs.x}"
        request = sent(compile_workflow(workflow(payload, *ANY_X), JSON), x=2**80)
        assert request.body == b'{"i":9007199254740993,"f":1.0,"x":%d}' % 2**80


class TestReplacements:
    def of(self, payload: str, *replacements: str, **inputs: object) -> Any:
        lines = "\n".join(f"  - {replacement}" for replacement in replacements)
        arazzo = workflow(f"payload: {payload}\nreplacements:\n{lines}", *ANY_X)
        warns = ("AZ219",) if "{$inputs.y}" in lines else ()
        return sent(compile_workflow(arazzo, JSON, warns=warns), **inputs).json

    @pytest.mark.parametrize("payload", ["{a: {b: [1, 2]}, c: 3}", "$inputs.x"])
    @pytest.mark.parametrize(
        ("target", "expected"),
        [
            ("/c", {"a": {"b": [1, 2]}, "c": 9}),
            ("/a/b/1", {"a": {"b": [1, 9]}, "c": 3}),
            ("/a/b", {"a": {"b": 9}, "c": 3}),
            ("/a/new", {"a": {"b": [1, 2], "new": 9}, "c": 3}),
            ("/a~1b", {"a": {"b": [1, 2]}, "c": 3, "a/b": 9}),
        ],
    )
    def test_a_replacement_sets_what_its_pointer_leads_to(
        self, payload: str, target: str, expected: object
    ) -> None:
        given = {"a": {"b": [1, 2]}, "c": 3}
        assert self.of(payload, f"{{target: {target}, value: 9}}", x=given) == expected
        assert given == {"a": {"b": [1, 2]}, "c": 3}

    def test_replacements_are_made_in_order_and_keep_types(self) -> None:
        found = self.of(
            "{a: $inputs.x, b: text}",
            "{target: /a/k, value: {n: $inputs.y}}",
            "{target: /b, value: 'x-{$inputs.y}'}",
            "{target: /a/k/m, value: 1.0}",
            x={},
            y="y",
        )
        assert found == {"a": {"k": {"n": "y", "m": 1.0}}, "b": "x-y"}

    @pytest.mark.parametrize("payload", ["{a: 1, b: 2}", "$inputs.x"])
    def test_an_absent_replacement_leaves_the_member_out(self, payload: str) -> None:
        found = self.of(payload, "{target: /a, value: $inputs.y}", x={"a": 1, "b": 2})
        assert found == {"b": 2}

    def test_json_text_has_its_parts_replaced(self) -> None:
        assert self.of("'{\"a\": 1}'", "{target: /a, value: $inputs.x}", x=5) == {"a": 5}

    @pytest.mark.parametrize("target", ["/a/b", "/b/c", "/l/2", "/l/-", "b"])
    def test_a_pointer_that_leads_nowhere_is_an_error(self, target: str) -> None:
        body = f"payload: {{a: 1, l: [1, 2]}}\nreplacements: [{{target: {target}, value: 1}}]"
        assert errors(compile_text(workflow(body), JSON)) == ["AZ322"]

    def test_nothing_is_sent_where_a_pointer_leads_nowhere_at_run_time(self) -> None:
        body = "payload: $inputs.x\nreplacements: [{target: /a/b, value: 1}]"
        module = compile_workflow(workflow(body, *ANY_X), JSON)
        error, script = module.fail(x={})
        assert script.sent == []
        assert str(error).startswith("step call: the payload has no place for a/b")

    def test_a_jsonpath_of_names_and_indexes_is_a_target(self) -> None:
        replaced = "{target: \"$.a['b'][1]\", targetSelectorType: jsonpath, value: $inputs.x}"
        body = f"payload: {{a: {{b: [1, 2]}}}}\nreplacements: [{replaced}]"
        arazzo = later(workflow(body, *ANY_X))
        assert sent(compile_workflow(arazzo, JSON), x=3).json == {"a": {"b": [1, 3]}}

    def test_a_jsonpath_that_does_not_parse_is_no_target(self) -> None:
        body = "payload: {a: 1}\nreplacements: [{target: $.a., targetSelectorType: jsonpath, value: 1}]"
        assert errors(compile_text(later(workflow(body)), JSON)) == ["AZ203"]

    GIVEN: ClassVar[dict[str, object]] = {
        "a": [{"n": 1, "k": "x"}, {"n": 2}],
        "n": 3,
        "b": [1, 2, 3],
    }

    def by_query(self, target: str, payload: str = "$inputs.x", value: str = "9") -> Compiled:
        body = (
            f"payload: {payload}\nreplacements:\n"
            f"  - {{target: {json.dumps(target)}, targetSelectorType: jsonpath, value: {value}}}"
        )
        return compile_workflow(later(workflow(body, *ANY_X)), JSON)

    @pytest.mark.parametrize(
        ("target", "expected"),
        [
            ("$.a[?@.k == 'x'].n", {"a": [{"n": 9, "k": "x"}, {"n": 2}]}),
            ("$.a[?@.n > 1]", {"a": [{"n": 1, "k": "x"}, 9]}),
            ("$.a[*].n", {"a": [{"n": 9, "k": "x"}, {"n": 9}]}),
            ("$..n", {"a": [{"n": 9, "k": "x"}, {"n": 9}], "n": 9}),
            ("$.b[-1]", {"b": [1, 2, 9]}),
            ("$.b[1:]", {"b": [1, 9, 9]}),
            ("$.b[0, 2]", {"b": [9, 2, 9]}),
            ("$.b[*]", {"b": [9, 9, 9]}),
            ("$['n', 'b']", {"n": 9, "b": 9}),
            ("$.*", {"a": 9, "n": 9, "b": 9}),
        ],
    )
    def test_every_node_that_a_jsonpath_finds_is_replaced(
        self, target: str, expected: dict[str, object]
    ) -> None:
        for payload in ("$inputs.x", json.dumps(self.GIVEN)):
            given = json.loads(json.dumps(self.GIVEN))
            assert sent(self.by_query(target, payload), x=given).json == {**self.GIVEN, **expected}
            assert given == self.GIVEN

    def test_an_absent_value_takes_away_what_a_jsonpath_finds(self) -> None:
        module = self.by_query("$.b[1:]", value="$inputs.y")
        assert sent(module, x={"b": [1, 2, 3]}).json == {"b": [1]}
        assert sent(module, x={"b": [1, 2]}, y="z").json == {"b": [1, "z"]}

    @pytest.mark.parametrize("value", [{}, [], 5, {"a": [{"k": "y", "n": 1}]}, {"a": {"n": 1}}])
    def test_nothing_is_sent_where_a_jsonpath_finds_nothing(self, value: object) -> None:
        with pytest.raises(Exception, match="no place for") as raised:
            self.by_query("$.a[?@.k == 'x'].n").run(x=value)
        assert type(raised.value).__name__ == "InvalidValue"

    def test_names_of_inputs_do_not_get_in_the_way_of_a_jsonpath(self) -> None:
        body = (
            "payload: $inputs.document\nreplacements:\n  - {target: \"$.a[?@ == '{$inputs.parent}']\","
            " targetSelectorType: jsonpath, value: $inputs.item}"
        )
        inputs = "{document: {}, parent: {type: string}, item: {}}"
        module = compile_workflow(later(workflow(body, inputs, "[document, parent, item]")), JSON)
        found = sent(module, document={"a": ["p", "q"]}, parent="p", item=1).json
        assert found == {"a": [1, "q"]}


class TestRequiredMembers:
    SCHEMA = (
        "{type: object, required: [a, inner, made, set], properties: {a: {}, "
        "inner: {type: object, required: [b], properties: {b: {}, c: {}}}, "
        "made: {readOnly: true}, set: {default: 1}, "
        "list: {type: array, items: {allOf: [{type: object, required: [d]}]}}}}"
    )
    INPUTS = "{a: {type: string}, b: {type: string}, c: {type: string}, d: {type: string}}"
    PAYLOAD = "payload: {a: $inputs.a, inner: {b: $inputs.b, c: $inputs.c}, list: [{d: $inputs.d}]}"

    @pytest.mark.parametrize(
        "media", ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"]
    )
    def test_a_member_that_the_schema_requires_is_not_left_out(self, media: str) -> None:
        module = compile_workflow(
            workflow(self.PAYLOAD, self.INPUTS),
            description(f"{{{media}: {{schema: {self.SCHEMA}}}}}"),
            warns=("AZ219",),
        )
        given = {"a": "1", "b": "2", "d": "4"}
        request = sent(module, **given)
        if media == "application/json":
            assert request.json == {"a": "1", "inner": {"b": "2"}, "list": [{"d": "4"}]}
        for name in given:
            error, script = module.fail(**{each: x for each, x in given.items() if each != name})
            assert script.sent == []
            assert str(error) == f"step call: $inputs.{name} has no value, so nothing was sent"

    def test_a_patch_of_a_resource_requires_nothing(self) -> None:
        module = compile_workflow(
            workflow(self.PAYLOAD, self.INPUTS),
            description(f"{{application/merge-patch+json: {{schema: {self.SCHEMA}}}}}"),
        )
        assert sent(module).json == {"inner": {}, "list": [{}]}

    def test_nor_is_one_that_an_earlier_response_lacks(self) -> None:
        openapi = description(f"{{application/json: {{schema: {self.SCHEMA}}}}}") + """
    get:
      operationId: read
      responses: {'200': {description: Fine., content: {application/json: {schema: {}}}}}
"""
        arazzo = """
steps:
  - {stepId: read, operationId: read, outputs: {a: $response.body#/a}}
  - {stepId: call, operationId: call, requestBody: {payload: {a: $steps.read.outputs.a, inner: {b: 1}}}}
"""
        module = compile_workflow(arazzo, openapi, warns=("AZ218",))
        assert module.run(Answer(body={"a": 0}), Answer())[1].sent[1].json["a"] == 0
        error, script = module.fail(Answer(body={}))
        assert len(script.sent) == 1
        assert "$steps.read.outputs.a has no value" in str(error)


class TestForms:
    MEDIA = """{application/x-www-form-urlencoded: {
        schema: {type: object, properties: {tags: {type: array}, where: {type: object}}},
        encoding: {
          tags: {explode: false}, where: {style: deepObject}, meta: {contentType: application/json},
          raw: {allowReserved: true}, text: {contentType: text/plain}}}}"""

    def test_the_fields_of_a_form_follow_their_encoding(self) -> None:
        payload = (
            "payload: {tags: [1, $inputs.x], where: {a: $inputs.y, b: 2}, meta: {a: $inputs.y}, "
            "raw: 'a/{$inputs.x}?', text: $inputs.x, other: [1, 2], deep: {a: 1}}"
        )
        module = compile_workflow(workflow(payload, *ANY_X), description(self.MEDIA))
        assert sent(module, x="z").body == (
            b"tags=1,z&where%5Bb%5D=2&meta=%7B%7D&raw=a/z?&text=z&other=1&other=2"
            b"&deep=%7B%22a%22%3A1%7D"
        )

    def test_the_fields_of_a_2_0_form_follow_their_collection_format(self) -> None:
        openapi = """
            swagger: '2.0'
            info: {title: Old, version: '1'}
            host: old.example
            schemes: [https]
            paths:
              /things:
                post:
                  operationId: call
                  parameters:
                    - {name: a, in: formData, type: array, items: {type: string}}
                    - {name: b, in: formData, type: array, items: {}, collectionFormat: multi}
                    - {name: c, in: formData, type: array, items: {}, collectionFormat: pipes}
                    - {name: d, in: formData, type: string}
                  responses: {'200': {description: Fine.}}
            """
        payload = "payload: {a: $inputs.x, b: $inputs.x, c: $inputs.x, d: e f}"
        request = sent(compile_workflow(workflow(payload, *ANY_X), openapi), x=["1", "2"])
        assert request.body == b"a=1,2&b=1&b=2&c=1%7C2&d=e%20f"

    def test_a_whole_value_follows_the_encoding_of_its_members(self) -> None:
        module = compile_workflow(workflow("payload: $inputs.x", *ANY_X), description(self.MEDIA))
        form = {
            "other": [1, 2],
            "tags": ["a", "b"],
            "where": {"b": 2},
            "meta": {"c": 1},
            "raw": "a/b",
        }
        request = sent(module, x=form)
        assert request.body == (
            b"tags=a,b&where%5Bb%5D=2&meta=%7B%22c%22%3A1%7D&raw=a/b&other=1&other=2"
        )
        with pytest.raises(module.module.InvalidValue, match="needs an object"):
            module.run(x=[1])

    def test_form_text_is_sent_as_it_is(self) -> None:
        body = "payload: 'a={$inputs.x}&b=2'"
        module = compile_workflow(workflow(body, *ANY_X), description(self.MEDIA))
        assert sent(module, x=1).body == b"a=1&b=2"


FORM = """{multipart/form-data: {
    schema: {type: object, properties: {
      file: {type: string, format: binary}, more: {type: array, items: {type: string, format: binary}},
      image: {type: string, contentMediaType: image/png}, note: {type: string}, meta: {type: object}}},
    encoding: {file: {contentType: 'application/pdf, text/plain'}, typed: {contentType: application/json}}}}"""
FILES = (
    "{file: {type: string, format: binary}, more: {type: array, items: {type: string, format: binary}}, "
    "note: {type: string}, any: {}}"
)


def parts(request: Sent) -> list[tuple[dict[str, str], bytes]]:
    """The parts of a multipart body as the standard library's parser reads them."""
    head = f"Content-Type: {request.headers['Content-Type']}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + (request.body or b""))
    assert not message.defects
    found: list[tuple[dict[str, str], bytes]] = []
    for part in message.iter_parts():
        names = {"name": str(part.get_param("name", header="content-disposition"))}
        if part.get_filename() is not None:
            names["filename"] = str(part.get_filename())
        if part["content-type"] is not None:
            names["type"] = str(part["content-type"])
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        found.append((names, content))
    return found


class TestFiles:
    def of(self, payload: str, required: str = "[]", **inputs: object) -> Sent:
        arazzo = workflow(f"payload: {payload}", FILES, required)
        return sent(compile_workflow(arazzo, description(FORM)), **inputs)

    def test_a_file_is_bytes_an_open_file_a_path_or_bytes_with_a_name(self, tmp_path: Path) -> None:
        path = tmp_path / "report.pdf"
        path.write_bytes(b"\x00\xff")
        module = compile_workflow(
            workflow("payload: {file: $inputs.file}", FILES, "[file]"), description(FORM)
        )
        with path.open("rb") as opened:
            for given, name in (
                (b"\x00\xff", "file"),
                (io.BytesIO(b"\x00\xff"), "file"),
                (opened, "report.pdf"),
                (path, "report.pdf"),
                (module.module.Upload(b"\x00\xff", "a.pdf"), "a.pdf"),
            ):
                assert parts(sent(module, file=given)) == [
                    (
                        {"name": "file", "filename": name, "type": "application/pdf"},
                        b"\x00\xff",
                    )
                ]

    def test_a_request_that_is_sent_again_sends_the_same_file(self) -> None:
        arazzo = workflow("payload: {file: $inputs.file}", FILES, "[file]") + (
            "    onFailure: [{name: again, type: retry, retryLimit: 1}]\n"
        )
        module = compile_workflow(arazzo, description(FORM))
        _, script = module.run(Answer(500), Answer(200), file=io.BytesIO(b"content"))
        assert script.sent[0] == script.sent[1]
        assert parts(script.sent[1])[0][1] == b"content"

    def test_parts_have_the_types_of_their_values(self) -> None:
        request = self.of(
            "{note: $inputs.note, meta: {a: $inputs.note, b: [1]}, n: 5, list: [1, x], typed: text, "
            "absent: $inputs.any}",
            note="é\r\n",
        )
        assert parts(request) == [
            ({"name": "note"}, "é\r\n".encode()),
            ({"name": "meta", "type": "application/json"}, '{"a":"é\\r\\n","b":[1]}'.encode()),
            ({"name": "n"}, b"5"),
            ({"name": "list"}, b"1"),
            ({"name": "list"}, b"x"),
            ({"name": "typed", "type": "application/json"}, b'"text"'),
        ]

    def test_several_files_are_a_part_each(self) -> None:
        request = self.of("{more: $inputs.more}", more=[b"1", io.BytesIO(b"2")])
        assert [content for _, content in parts(request)] == [b"1", b"2"]
        assert {part["filename"] for part, _ in parts(request)} == {"more"}

    def test_files_that_are_not_given_are_left_out(self) -> None:
        assert parts(self.of("{n: 1, file: $inputs.file, more: $inputs.more}")) == [
            ({"name": "n"}, b"1")
        ]

    def test_text_for_a_file_is_a_file(self) -> None:
        request = self.of("{image: $inputs.note}", note="x")
        octets = "application/octet-stream"
        assert parts(request) == [({"name": "image", "filename": "image", "type": octets}, b"x")]

    @pytest.mark.parametrize("payload", ["$inputs.note", "$inputs.file"])
    def test_a_file_of_json_is_what_it_holds(self, payload: str) -> None:
        form = """{multipart/form-data: {
            schema: {properties: {meta: {type: string, format: binary}}},
            encoding: {meta: {contentType: application/json}}}}"""
        key = payload.removeprefix("$inputs.")
        module = compile_workflow(
            workflow(f"payload: {{meta: {payload}}}", FILES, f"[{key}]"), description(form)
        )
        content = '{"a": 1}' if key == "note" else b'{"a": 1}'
        head = {"name": "meta", "filename": "meta", "type": "application/json"}
        assert parts(sent(module, **{key: content})) == [(head, b'{"a": 1}')]

    def test_names_cannot_break_the_framing(self) -> None:
        module = compile_workflow(
            workflow('payload: {"a\\"\\r\\nb": $inputs.file}', FILES, "[file]"), description(FORM)
        )
        upload = module.module.Upload(b"", 'x"\r\n\r\n--y.pdf')
        body = (sent(module, file=upload).body or b"").decode()
        assert 'name="a%22%0D%0Ab"; filename="x%22%0D%0A%0D%0A--y.pdf"\r\n' in body

    def test_the_same_parts_make_the_same_body(self) -> None:
        one, two = (self.of("{file: $inputs.file}", "[file]", file=b"same") for _ in range(2))
        other = self.of("{file: $inputs.file}", "[file]", file=b"other")
        assert one == two
        boundary = re.compile(r"boundary=(\w+)$")
        assert boundary.search(one.headers["Content-Type"])
        assert one.headers != other.headers

    def test_the_boundary_is_that_of_the_body_whatever_the_step_says(self) -> None:
        arazzo = workflow("payload: {n: 1}").replace(
            "    requestBody:",
            "    parameters: [{name: Content-Type, in: header, value: multipart/form-data}]\n"
            "    requestBody:",
        )
        request = sent(compile_workflow(arazzo, description(FORM)))
        assert list(request.headers) == ["Content-Type"]
        assert parts(request) == [({"name": "n"}, b"1")]

    def test_a_whole_value_gives_a_part_for_each_member(self) -> None:
        openapi = description("{multipart/form-data: {schema: {type: object}}}")
        arazzo = workflow("payload: $inputs.x", *ANY_X)
        request = sent(compile_workflow(arazzo, openapi), x={"a": 1, "b": b"2", "c": None})
        assert [content for _, content in parts(request)] == [b"1", b"2"]

    def test_a_form_of_2_0_with_a_file_is_multipart(self) -> None:
        openapi = """
            swagger: '2.0'
            info: {title: Old, version: '1'}
            host: old.example
            schemes: [https]
            paths:
              /things:
                post:
                  operationId: call
                  parameters:
                    - {name: file, in: formData, type: file}
                    - {name: tags, in: formData, type: array, items: {type: string}}
                  responses: {'200': {description: Fine.}}
            """
        payload = "payload: {file: $inputs.file, tags: [a, b]}"
        module = compile_workflow(workflow(payload, FILES, "[file]"), openapi)
        assert [content for _, content in parts(sent(module, file=b"f"))] == [b"f", b"a,b"]

    @pytest.mark.parametrize("payload", ["text", "'a={$inputs.note}'"])
    def test_a_form_with_files_is_an_object(self, payload: str) -> None:
        result = compile_text(workflow(f"payload: {payload}", FILES), description(FORM))
        assert errors(result) == ["AZ340"], told(result)


class TestBytes:
    OCTETS = "{application/octet-stream: {schema: {type: string, format: binary}}}"

    @pytest.mark.parametrize("required", ["[file]", "[]"])
    def test_a_file_is_sent_as_its_bytes(self, required: str, tmp_path: Path) -> None:
        path = tmp_path / "x"
        path.write_bytes(b"\x00\xff")
        warns = () if required == "[file]" else ("AZ219",)
        module = compile_workflow(
            workflow("payload: $inputs.file", FILES, required),
            description(self.OCTETS),
            warns=warns,
        )
        for given in (b"\x00\xff", path, io.BytesIO(b"\x00\xff")):
            request = sent(module, file=given)
            assert (request.body, request.headers) == (
                b"\x00\xff",
                {"Content-Type": "application/octet-stream"},
            )

    def test_text_and_unknown_values_are_sent_as_utf_8(self) -> None:
        openapi = description(self.OCTETS)
        assert sent(compile_workflow(workflow("payload: é"), openapi)).body == "é".encode()
        module = compile_workflow(workflow("payload: $inputs.x", *ANY_X), openapi)
        assert sent(module, x=b"\xff").body == b"\xff"
        assert sent(module, x="é").body == "é".encode()

    def test_bytes_of_a_response_are_sent_on(self) -> None:
        openapi = description(self.OCTETS) + """
    get:
      operationId: read
      responses: {'200': {description: Fine., content: {image/png: {schema: {type: string, format: binary}}}}}
"""
        arazzo = """
steps:
  - {stepId: read, operationId: read, outputs: {image: $response.body}}
  - {stepId: call, operationId: call, requestBody: {payload: $steps.read.outputs.image}}
"""
        module = compile_workflow(arazzo, openapi, warns=("AZ218",))
        image = Answer(200, b"\x89PNG\xff", {"content-type": "image/png"})
        _, script = module.run(image, Answer(200))
        assert script.sent[1].body == b"\x89PNG\xff"

    @pytest.mark.parametrize(
        "content",
        [
            "{image/png: {schema: {type: string, format: binary}}}",
            "{application/octet-stream: {}}",
            "{application/pdf: {schema: {type: string}}, application/zip: {}}",
            "{application/x-tar: {schema: {contentMediaType: application/octet-stream}}}",
        ],
    )
    def test_a_body_that_can_only_be_a_file_is_bytes_whatever_its_server_calls_it(
        self, content: str
    ) -> None:
        module = downloading(content)
        assert "image: bytes | None\n" in module.source
        for kind in ("image/png", "application/json", "text/plain", ""):
            headers = {"content-type": kind} if kind else {}
            result, script = module.run(Answer(200, b'{"a": 1}', headers), Answer(200))
            assert result.image == b'{"a": 1}'
            assert script.sent[1].body == b'{"a": 1}'
        error, _ = module.fail(Answer(200))
        assert isinstance(error, module.module.MissingValue)

    @pytest.mark.parametrize(
        "content",
        [
            "{application/json: {schema: {type: string, format: binary}}}",
            "{text/csv: {schema: {type: string, format: binary}}}",
            "{'*/*': {schema: {type: string, format: binary}}}",
            "{application/octet-stream: {}, application/json: {}}",
            "{application/octet-stream: {schema: {type: object}}}",
        ],
    )
    def test_a_body_that_can_be_something_else_is_read_as_its_content_type_says(
        self, content: str
    ) -> None:
        module = downloading(content)
        assert "image: Any\n" in module.source
        answer = Answer(200, b"\xff", {"content-type": "image/png"})
        result, script = module.run(answer, Answer(200))
        assert result.image == script.sent[1].body == b"\xff"

    @pytest.mark.parametrize("media", ["application/octet-stream", "text/csv", "application/xml"])
    @pytest.mark.parametrize("payload", ["{a: 1}", "[1]", "{a: $inputs.note}"])
    def test_an_object_has_no_form_as_bytes_or_text(self, payload: str, media: str) -> None:
        openapi = description(f"{{{media}: {{}}}}")
        result = compile_text(workflow(f"payload: {payload}", FILES), openapi)
        assert errors(result) == ["AZ340"]

    @pytest.mark.parametrize("media", ["application/octet-stream", "text/csv", "application/xml"])
    def test_nor_is_one_sent_that_only_the_run_knows(self, media: str) -> None:
        openapi = description(f"{{{media}: {{}}}}")
        module = compile_workflow(workflow("payload: $inputs.any", FILES, "[any]"), openapi)
        assert sent(module, any_="é").body == "é".encode()
        for value in ({"a": 1}, [1]):
            error, script = module.fail(any_=value)
            assert script.sent == []
            assert str(error) == (
                "step call: an object or a list has no form in this media type, so nothing was sent"
            )

    @pytest.mark.parametrize("media", ["text/plain", "application/yaml", "application/x+yaml"])
    def test_an_object_as_plain_text_or_yaml_is_json(self, media: str) -> None:
        openapi = description(f"{{{media}: {{}}}}")
        for payload in ("{a: $inputs.any}", "$inputs.any"):
            module = compile_workflow(workflow(f"payload: {payload}", FILES, "[any]"), openapi)
            request = sent(module, any_={"b": [1, "é"]})
            inner = '{"b":[1,"é"]}'
            assert (request.body or b"").decode() in (inner, f'{{"a":{inner}}}')
            assert request.headers == {"Content-Type": media}

    def test_other_multipart_types_have_their_parts_in_order(self) -> None:
        openapi = description(
            "{multipart/related: {schema: {}, encoding: {meta: {contentType: application/ld+json}}}}"
        )
        body = "payload: {meta: {a: $inputs.any}, file: $inputs.file}"
        module = compile_workflow(workflow(body, FILES, "[file, any]"), openapi)
        request = sent(module, any_="x", file=b"\xff")
        header = request.headers["Content-Type"]
        assert header.startswith('multipart/related; type="application/ld+json"; boundary=')
        (first, one), (second, other) = parts(request)
        assert (first["type"], one) == ("application/ld+json", b'{"a":"x"}')
        assert (second["type"], other) == ("application/octet-stream", b"\xff")

    def test_the_items_of_a_part_stand_as_its_style_says(self) -> None:
        openapi = description(
            "{multipart/form-data: {schema: {}, encoding: {a: {style: pipeDelimited}, "
            "b: {style: spaceDelimited}, c: {explode: false, contentType: text/csv}}}}"
        )
        body = "payload: {a: $inputs.any, b: $inputs.any, c: $inputs.any}"
        request = sent(compile_workflow(workflow(body, FILES, "[any]"), openapi), any_=[1, "x"])
        assert parts(request) == [
            ({"name": "a"}, b"1|x"),
            ({"name": "b"}, b"1 x"),
            ({"name": "c"}, b"1,x"),
        ]

    @pytest.mark.parametrize(
        ("version", "media"),
        [("3.0.4", "multipart/form-data"), ("3.1.0", "multipart/mixed")],
    )
    def test_where_a_style_means_nothing_the_content_type_counts(
        self, version: str, media: str
    ) -> None:
        encoding = "{a: {style: pipeDelimited, contentType: text/csv}}"
        openapi = description(f"{{{media}: {{schema: {{}}, encoding: {encoding}}}}}")
        openapi = openapi.replace("3.1.0", version)
        module = compile_workflow(workflow("payload: {a: $inputs.any}", FILES, "[any]"), openapi)
        assert parts(sent(module, any_=[1, "x"])) == [
            ({"name": "a", "type": "text/csv"}, b"1"),
            ({"name": "a", "type": "text/csv"}, b"x"),
        ]

    SPREAD = "{multipart/form-data: {schema: {}, encoding: {a: {style: deepObject}, b: {explode: true}}}}"

    @pytest.mark.parametrize(
        "payload",
        [
            "{a: {b: {c: 1}, d: [2, 3]}, b: {x: é, y: true}}",
            "{a: {b: {c: $inputs.one}, d: [2, 3]}, b: {x: é, y: true}}",
            "{a: $inputs.any, b: $inputs.other}",
            "$inputs.whole",
        ],
    )
    def test_the_members_of_an_object_are_parts_where_its_style_says_so(self, payload: str) -> None:
        names = "{any: {}, other: {}, one: {}, whole: {}}"
        arazzo = workflow(f"payload: {payload}", names, "[any, other, one, whole]")
        module = compile_workflow(arazzo, description(self.SPREAD))
        deep, flat = {"b": {"c": 1}, "d": [2, 3]}, {"x": "é", "y": True}
        whole = {"a": deep, "b": flat}
        request = sent(module, any_=deep, other=flat, one=1, whole=whole)
        assert [(told["name"], content.decode()) for told, content in parts(request)] == [
            ("a[b][c]", "1"),
            ("a[d]", "2"),
            ("a[d]", "3"),
            ("x", "é"),
            ("y", "true"),
        ]

    def test_headers_of_a_part_are_those_whose_value_the_description_fixes(self) -> None:
        headers = (
            "{X-Kind: {schema: {const: scan}}, X-Depth: {required: true, schema: {default: 8}}, "
            "X-Case: {schema: {enum: [one]}}, X-Free: {schema: {type: string}}, "
            "X-Maybe: {schema: {default: 1}}, Content-Type: {schema: {const: text/evil}}, "
            "X-List: {schema: {const: [1, true]}}, X-Object: {schema: {const: {a: 1}}}, "
            "X-Members: {explode: true, schema: {const: {a: 1, b: c}}}}"
        )
        openapi = description(
            f"{{multipart/form-data: {{schema: {{}}, encoding: {{a: {{headers: {headers}}}, "
            f"b: {{style: deepObject, headers: {headers}}}}}}}}}"
        )
        module = compile_workflow(
            workflow("payload: {a: $inputs.any, b: {c: $inputs.any}}", FILES, "[any]"), openapi
        )
        body = (sent(module, any_="x").body or b"").decode()
        fixed = "X-Kind: scan\r\nX-Depth: 8\r\nX-Case: one\r\nX-List: 1,true\r\n"
        fixed += "X-Object: a,1\r\nX-Members: a=1,b=c\r\n\r\nx\r\n"
        assert f'form-data; name="a"\r\n{fixed}' in body
        assert f'form-data; name="b[c]"\r\n{fixed}' in body
        assert body.count("X-") == 12

    @pytest.mark.parametrize("media", ["application/xml", "image/png"])
    def test_an_object_in_a_part_of_another_type_is_not_sent(self, media: str) -> None:
        openapi = description(
            f"{{multipart/form-data: {{schema: {{}}, encoding: {{a: {{contentType: {media}}}}}}}}}"
        )
        assert errors(compile_text(workflow("payload: {a: {b: 1}}"), openapi)) == ["AZ340"]
        module = compile_workflow(workflow("payload: {a: $inputs.any}", FILES, "[any]"), openapi)
        assert parts(sent(module, any_="x")) == [({"name": "a", "type": media}, b"x")]
        error, script = module.fail(any_={"b": 1})
        assert script.sent == []
        assert "has no form in this media type" in str(error)

    def test_a_whole_value_has_parts_as_their_encoding_says(self) -> None:
        module = compile_workflow(
            workflow("payload: $inputs.any", FILES, "[any]"), description(FORM)
        )
        request = sent(module, any_={"note": "n", "typed": "t"})
        told = {head["name"]: content for head, content in parts(request)}
        assert told == {
            "typed": b'"t"',
            "note": b"n",
        }


def test_a_file_is_in_no_error() -> None:
    module = compile_workflow(
        workflow("payload: {file: $inputs.file}", FILES, "[file]"), description(FORM)
    )
    error, script = module.fail(Answer(500), file=b"hidden")
    assert (
        "hidden" not in f"{error} {error!r} {error.request!r} {json.dumps(str(script.sent[0].url))}"
    )
