"""Values as expressions: they are what they say, and no longer than they need to be."""

from __future__ import annotations

import pytest

from arazzoc.edition import Edition
from arazzoc.ir.assurance import identity
from arazzoc.names import Identifier
from arazzoc.render.imports import Imports
from arazzoc.render.interpolation import Code, interpolated
from arazzoc.render.sameness import same
from arazzoc.render.values import Values
from arazzoc.render.vocabulary import Vocabulary
from arazzoc.runtime.embedding import text
from arazzoc.runtime.messages import Response
from arazzoc.runtime.pointers import at
from arazzoc.types.model import ANY, FLOAT, INT, NONE, STR, Choice, Type, Union
from arazzoc.types.schema import SchemaTypes
from arazzoc.types.value import (
    Argument,
    BasicCredentials,
    Constant,
    Embedded,
    ListValue,
    Member,
    ObjectValue,
    RequestMethod,
    RequestUrl,
    ResponseBody,
    ResponseHeader,
    ResponseStatus,
    Size,
    StepOutput,
    Value,
)

A = Argument(Identifier("a"), STR)
MAYBE = Argument(Identifier("maybe"), STR, absent=True)
NUMBER = Argument(Identifier("n"), INT)
UNKNOWN = Argument(Identifier("x"), ANY)
JOB = StepOutput("read", "job", Identifier("job"), ANY, absent=True)


def values() -> Values:
    return Values(SchemaTypes(lambda node: node), Vocabulary(Imports(), Edition()))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Constant({"a": [1, None, True]}), '{"a": [1, None, True]}'),
        (A, "a"),
        (JOB, "job"),
        (ResponseStatus(), "response.status"),
        (ResponseStatus(absent=True), "(response.status or None)"),
        (ResponseHeader("x-id"), 'response.headers.get("x-id")'),
        (ResponseBody(), "response.data"),
        (RequestUrl(), "request.url"),
        (RequestMethod("GET"), '"GET"'),
        (Member(ResponseBody(), ("a", '"')), 'at(response.data, "a", "\\"")'),
        (Member(JOB, ("0",)), 'at(job, "0")'),
        (Size(Member(ResponseBody(), ("items",))), 'size(at(response.data, "items"))'),
        (BasicCredentials(A, MAYBE), "basic(a, maybe)"),
        (ListValue((A, Constant(1))), "[a, 1]"),
        (ObjectValue((("k", A), ("l", ListValue(())))), '{"k": a, "l": []}'),
        (ObjectValue((("k", MAYBE),)), 'present({"k": maybe})'),
        (ObjectValue((("k", A), ("m", MAYBE))), 'present({"k": a, "m": maybe})'),
        # null is sent where the document, or a caller, says so: only what is absent is left out
        (
            ObjectValue((("k", Constant(None)), ("m", MAYBE))),
            '{"k": None, **present({"m": maybe})}',
        ),
        (ObjectValue((("k", UNKNOWN), ("m", MAYBE))), '{"k": x, **present({"m": maybe})}'),
        (
            ObjectValue((("k", UNKNOWN), ("m", MAYBE), ("n", MAYBE), ("o", A))),
            '{"k": x, **present({"m": maybe, "n": maybe}), "o": a}',
        ),
        (
            ObjectValue((("k", Constant(True)), ("l", ListValue(())), ("m", MAYBE))),
            'present({"k": True, "l": [], "m": maybe})',
        ),
        (Embedded(("Bearer ", A)), '"Bearer " + a'),
        (Embedded((A, "{}", NUMBER)), 'a + "{}" + f"{n:d}"'),
        (Embedded((NUMBER, "{}")), 'f"{n:d}{{}}"'),
        (Embedded(("<", UNKNOWN, ">")), 'f"<{text(x)}>"'),
        (Embedded(("<", MAYBE, ">"), absent=True), 'None if maybe is None else f"<{maybe}>"'),
    ],
)
def test_values_are_expressions(value: Value, expected: str) -> None:
    assert values().expression(value) == expected


def test_what_was_tested_before_the_request_is_there() -> None:
    writer = values()
    writer.tested = frozenset({identity(MAYBE)})
    assert writer.expression(Embedded(("<", MAYBE, ">"), absent=True)) == 'f"<{maybe}>"'


def test_what_a_server_sent_is_never_taken_for_text() -> None:
    """A description may promise a string; what comes may be anything."""
    promised = StepOutput("read", "id", Identifier("job_id"), STR)
    assert values().expression(Embedded(("Bearer ", promised))) == 'f"Bearer {text(job_id)}"'


def test_code_with_quotes_is_not_put_into_an_f_string() -> None:
    """Python 3.11 allows no quotes of the same kind inside."""
    member = Member(ResponseBody(), ("it's", 'a"b'), STR, absent=False)
    source = values().expression(Embedded(("<", member, "{>"), absent=False))
    response = Response(200, {"content-type": "application/json"}, b'{"it\'s": {"a\\"b": "v"}}')
    known = {"at": at, "response": response, "text": text}
    assert eval(source, known) == "<v{>"


@pytest.mark.parametrize(
    ("type_", "is_text"),
    [
        (STR, True),
        (Choice(("a", "b")), True),
        (Choice(("a", 1)), False),
        (Union((STR, Choice(("a",)))), True),
        (Union((STR, INT)), False),
        (Union((STR, NONE)), False),
        (ANY, False),
        (FLOAT, False),
    ],
)
def test_only_what_is_surely_text_goes_into_text_as_it_is(type_: Type, is_text: bool) -> None:
    argument = Argument(Identifier("a"), type_)
    assert values().text(argument) == ("a" if is_text else "text(a)")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (A, "a"),
        (MAYBE, "maybe"),
        (NUMBER, "text(n)"),
        (Argument(Identifier("n"), INT, absent=True), "None if n is None else text(n)"),
        (Constant(5), '"5"'),
        (Constant(False), '"false"'),
        (Constant({"a": [None]}), '"{\\"a\\":[null]}"'),
        (Embedded(("x", MAYBE), absent=True), 'None if maybe is None else f"x{maybe}"'),
    ],
)
def test_headers_are_text_or_left_out(value: Value, expected: str) -> None:
    assert values().header(value) == expected


def test_a_variable_is_used_where_one_holds_the_value() -> None:
    writer = values()
    status = Member(ResponseBody(), ("status",), STR)
    writer.known[same(status)] = Identifier("status")
    assert writer.expression(status) == "status"
    assert (
        writer.expression(Member(ResponseBody(), ("other",), STR)) == 'at(response.data, "other")'
    )


def test_text_without_values_is_a_literal() -> None:
    assert interpolated(["a", "{b}"]) == '"a{b}"'
    assert interpolated(["a", Code("b"), "{c}"]) == 'f"a{b}{{c}}"'
