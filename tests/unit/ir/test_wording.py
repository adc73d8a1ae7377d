"""Types and values in few words."""

from __future__ import annotations

import pytest

from arazzoc.ir.wording import test_words as words_of_test
from arazzoc.ir.wording import type_words, value_words
from arazzoc.names import Identifier
from arazzoc.types.condition import AllOf, AnyOf, Compare, Exists, Holds, Matches, Not, Test
from arazzoc.types.model import (
    ANY,
    INT,
    STR,
    Choice,
    Field,
    ListType,
    MapType,
    Named,
    Record,
    Type,
    Union,
)
from arazzoc.types.value import (
    Argument,
    BasicCredentials,
    Constant,
    ListValue,
    Member,
    RequestMethod,
    RequestUrl,
    ResponseBody,
    ResponseHeader,
    ResponseStatus,
    Sent,
    Size,
    Value,
)

NAME = Argument(Identifier("name"), STR)
ITEMS = Member(ResponseBody(), ("items",))


@pytest.mark.parametrize(
    ("type_", "words"),
    [
        (ANY, "Any"),
        (ListType(MapType(INT)), "list[dict[str, int]]"),
        (Choice(("a", 1, True)), 'Literal["a", 1, true]'),
        (Union((STR, INT)), "str | int"),
        (
            Named("/somewhere/else/api.yaml#/components/schemas/Job"),
            "<api.yaml#/components/schemas/Job>",
        ),
        (Record((Field("id", STR, True), Field("n", INT, False))), "{id: str, n?: int, ...}"),
        (Record((), closed=True), "{}"),
    ],
)
def test_types(type_: Type, words: str) -> None:
    assert type_words(type_) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Constant('"'), '"\\""'),
        (Constant(None, absent=True), "absent"),
        (Argument(Identifier("tags"), STR, absent=True), "tags?"),
        (ResponseStatus(absent=True), "status?"),
        (ResponseHeader("retry-after", absent=False), "header retry-after"),
        (Member(ResponseBody(), ("a/b", "~", "0"), absent=False), "body#/a~1b/~0/0"),
        (Size(ITEMS, absent=False), "size of body#/items"),
        (ListValue((NAME, RequestUrl(), RequestMethod("GET"))), "[name, url, method GET]"),
        (Sent("a", "$request.query.name", NAME), "name as sent"),
        (BasicCredentials(NAME, Constant("x")), 'basic(name, "x")'),
    ],
)
def test_values(value: Value, words: str) -> None:
    assert value_words(value) == words


@pytest.mark.parametrize(
    ("test", "words"),
    [
        (Not(Holds(NAME)), "not (holds name)"),
        (Matches(NAME, '^"'), 'name matches "^\\""'),
        (
            AllOf((Exists(ITEMS), AnyOf((Holds(NAME), Compare(NAME, "<", Constant(3)))))),
            "exists body#/items? and (holds name or name < 3)",
        ),
        (AllOf(()), "true"),
    ],
)
def test_tests(test: Test, words: str) -> None:
    assert words_of_test(test) == words
