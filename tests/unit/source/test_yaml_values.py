"""What YAML documents mean."""

from __future__ import annotations

import json
import math
import re
from operator import methodcaller
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.source.reading import faults, read


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("yes", "yes"),
        ("12:30", "12:30"),
        ("2024-01-01", "2024-01-01"),
        ("1_000", "1_000"),
        ("0b1", "0b1"),
        ("true", True),
        ("FALSE", False),
        ("~", None),
        ("", None),
        ("Null", None),
        ("0", 0),
        ("-12", -12),
        ("+3", 3),
        ("0x1F", 31),
        ("0o17", 15),
        ("017", "017"),
        ("007.5", "007.5"),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        ("-.5", -0.5),
        ("1.", 1.0),
        ("1e999", "1e999"),
        (".inf", math.inf),
        ("-.INF", -math.inf),
        ("9" * 30, int("9" * 30)),
        ("1" * 5000, "1" * 5000),
        ("1.0.1", "1.0.1"),
        ("'1'", "1"),
        ('"true"', "true"),
        ("!!str 12", "12"),
        ("! 12", "12"),
        ("!!int '12'", 12),
        ("!!float 1", 1.0),
        ("!!null ''", None),
        ("$inputs.a", "$inputs.a"),
        ("https://a.example/b#c", "https://a.example/b#c"),
    ],
)
def test_scalars_mean_what_yaml_1_2_says(source: str, value: object) -> None:
    root = read(f"a: {source}\n").root
    assert root == {"a": value}
    assert isinstance(root, dict)
    assert type(root["a"]) is type(value)


def test_not_a_number_is_a_float() -> None:
    root = read("a: .nan").root
    assert isinstance(root, dict)
    assert isinstance(root["a"], float)
    assert math.isnan(root["a"])


def test_keys_are_their_source_text() -> None:
    assert read('200: a\ntrue: b\n~: c\n"x y": d\n010: e\n"": f\n').root == {
        "200": "a",
        "true": "b",
        "~": "c",
        "x y": "d",
        "010": "e",
        "": "f",
    }


def test_aliases_stand_for_values_and_for_keys() -> None:
    assert read("a: &x [1, &y two]\nb: *x\n*y : c\n&z d: *z\n").root == {
        "a": [1, "two"],
        "b": [1, "two"],
        "two": "c",
        "d": "d",
    }


def test_an_anchor_may_be_set_again() -> None:
    assert read("- &a 1\n- *a\n- &a 2\n- *a\n").root == [1, 1, 2, 2]


@pytest.mark.parametrize(
    ("source", "merged"),
    [
        ("{<<: *d, x: 9}", {"x": 9, "y": 2}),
        ("{x: 9, <<: *d}", {"x": 9, "y": 2}),
        ("{<<: [*d, {x: 7, z: 3}]}", {"x": 1, "y": 2, "z": 3}),
        ("{<<: {x: 5}, <<: *d}", {"x": 5, "y": 2}),
        ("{'<<': *d}", {"<<": {"x": 1, "y": 2}}),
        ("{<<: {<<: *d, z: 1}}", {"z": 1, "x": 1, "y": 2}),
    ],
)
def test_merge_keys_give_way_to_keys_written_out(source: str, merged: object) -> None:
    root = read(f"d: &d {{x: 1, y: 2}}\nm: {source}\n").root
    assert isinstance(root, dict)
    assert root["m"] == merged


def test_a_byte_order_mark_and_utf_16_are_read() -> None:
    assert read(b"\xef\xbb\xbfa: \xc3\xa9\n").root == {"a": "é"}
    assert read("a: é\n".encode("utf-16")).root == {"a": "é"}


def test_document_markers_are_no_second_document() -> None:
    assert read("%YAML 1.2\n---\na: 1\n...\n").root == {"a": 1}


_INT = r"[-+]?(?:0|[1-9][0-9]*)|0o[0-7]+|0x[0-9a-fA-F]+"
_FLOAT = r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
CORE_PATTERNS = {
    "null": "~|null|Null|NULL|",
    "bool": "true|True|TRUE|false|False|FALSE",
    "int": _INT,
    "float": rf"{_FLOAT}|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
}


class CoreLoader(yaml.SafeLoader):
    """An independent reader: PyYAML's own constructor with the core schema's patterns."""

    yaml_implicit_resolvers = {  # noqa: RUF012 -- PyYAML declares it so
        None: [
            (f"tag:yaml.org,2002:{tag}", re.compile(rf"^(?:{pattern})$"))
            for tag, pattern in CORE_PATTERNS.items()
        ]
    }

    def core_mapping(self, node: yaml.MappingNode) -> dict[str, Any]:
        return {
            key.value: methodcaller("construct_object", value, deep=True)(self)
            for key, value in node.value
        }

    def core_int(self, node: yaml.ScalarNode) -> int:
        text = str(node.value)
        return int(text, 0) if text[:2] in ("0x", "0o") else int(text)


CoreLoader.add_constructor("tag:yaml.org,2002:map", CoreLoader.core_mapping)
CoreLoader.add_constructor("tag:yaml.org,2002:int", CoreLoader.core_int)

texts = st.text(
    st.characters(codec="utf-8", exclude_characters="\ufeff", exclude_categories=["Cs"]),
    max_size=12,
) | st.sampled_from(["no", "on", "1e3", "0o17", "017", "a: b", "# c", "- d", "{e", "it's", "<<"])
scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(texts.filter(lambda key: key != "<<"), inner, max_size=4),
    max_leaves=12,
)


def dumped(value: object, style: str | None, flow: bool | None, width: int) -> str:
    """YAML with every text in one style, as far as the text allows it."""

    class Dumper(yaml.CSafeDumper):
        pass

    def text(_: yaml.CSafeDumper, value: str) -> yaml.ScalarNode:
        return yaml.ScalarNode("tag:yaml.org,2002:str", value, style=style)

    Dumper.add_representer(str, text)
    return yaml.dump(value, Dumper=Dumper, default_flow_style=flow, width=width, allow_unicode=True)


@given(
    value=values,
    style=st.sampled_from([None, "'", '"', "|", ">"]),
    flow=st.sampled_from([True, False, None]),
    width=st.sampled_from([20, 80, 1000]),
)
def test_what_an_independent_reader_reads(
    value: object, style: str | None, flow: bool | None, width: int
) -> None:
    source = dumped({"root": value}, style, flow, width)
    assert read(source).root == yaml.load(source, CoreLoader)  # noqa: S506 -- a safe loader


@given(value=values)
def test_json_reads_as_the_standard_library_reads_it(value: Any) -> None:
    source = json.dumps({"root": value}, ensure_ascii=False, allow_nan=False)
    as_json = read(source, "a.json")
    assert as_json.syntax == "json"
    assert as_json.root == json.loads(source)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_byte_order_mark_is_told_as_what_it_is(encoding: str) -> None:
    assert faults("a: 1\n".encode(encoding)) == [
        "1:1 AZ013 the text is UTF-16 without a byte order mark => save the file as UTF-8"
    ]
