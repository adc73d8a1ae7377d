"""Values as Python expressions."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Final

from arazzoc.ir.assurance import identity
from arazzoc.names import Identifier
from arazzoc.render.interpolation import Code, constant_text, interpolated
from arazzoc.render.literals import literal
from arazzoc.render.sameness import same
from arazzoc.render.vocabulary import Vocabulary
from arazzoc.types.forms import is_file_type
from arazzoc.types.model import (
    ANY,
    BYTES,
    INT,
    NONE,
    STR,
    Choice,
    ListType,
    MapType,
    Record,
    Type,
    Union,
)
from arazzoc.types.schema import SchemaTypes, without_none
from arazzoc.types.value import (
    Argument,
    BasicCredentials,
    BearerToken,
    Chosen,
    Constant,
    Embedded,
    Escaped,
    Item,
    ListValue,
    Member,
    ObjectValue,
    Picked,
    Queried,
    Replaced,
    RequestHeader,
    RequestMethod,
    RequestUrl,
    ResponseBody,
    ResponseHeader,
    ResponseStatus,
    Returned,
    Sent,
    Size,
    StepOutput,
    Value,
    XmlReplaced,
    XmlText,
    XPathFound,
)

__all__ = ["Values", "is_file", "is_given", "may_be_missing"]

_BINDABLE: Final = (Member, Returned, Picked, Chosen, Queried, XPathFound)


class Values:
    """Writes values as expressions over the function's arguments and variables.

    Attributes:
        known: Variables for what is read of the response, by `same()`: an output that a criterion reads too.
        bound: Variables for other values, which were assigned to be tested before the request.
        kept: Variables for what steps gave to their requests, by `identity()`, where it has to be kept.
        tested: Identities of values that are known to be there, where the code being written stands.
        items: The names of what queries select, where they are being written.
        types: The types of the document.
        queried: Writes values that hold queries or tests; whoever writes those sets it.
    """

    def __init__(
        self,
        types: SchemaTypes,
        vocabulary: Vocabulary,
        doubtful: frozenset[Identifier] = frozenset(),
    ) -> None:
        """Takes the names of arguments that may hold what a server sent: those are `doubtful`."""
        self._doubtful = doubtful
        self.types = types
        self._vocabulary = vocabulary
        self.known: dict[Hashable, Identifier] = {}
        self.bound: dict[Value, Identifier] = {}
        self.kept: dict[Hashable, Identifier] = {}
        self.tested: frozenset[Hashable] = frozenset()
        self.items: dict[Item, str] = {}
        self.queried: Callable[[Value], str] = _unwritten

    def expression(self, value: Value) -> str:
        """The value; None where it is absent."""
        variable = self.name_of(value)
        if variable is not None:
            return variable
        writer = _WRITERS.get(type(value))
        return self.queried(value) if writer is None else writer(self, value)

    def name_of(self, value: Value) -> Identifier | None:
        """The argument or variable that holds the value; None where none does."""
        if isinstance(value, Sent):
            return self.kept[identity(value)]
        variable = self.known.get(same(value))
        if variable is None and isinstance(value, _BINDABLE):
            return self.bound.get(value) if identity(value) in self.tested else None
        if variable is None and isinstance(value, Argument | StepOutput):
            return None if isinstance(value, Argument) and is_file(value) else value.name
        return variable

    def text(self, value: Value) -> str:
        """The value as text, as it is embedded in text; never called for one that may be absent."""
        if isinstance(value, Constant):
            return literal(value.value) if isinstance(value.value, str) else self._as_text(value)
        if self.is_text(value.type) and self._is_given(value):
            return self.expression(value)
        return self._as_text(value)

    def header(self, value: Value) -> str:
        """The value as text, or None where it is absent."""
        if not self.may_miss(value) or (self.is_text(value.type) and self._is_given(value)):
            return self.text(value)
        expression = self.expression(value)
        return f"None if {expression} is None else {self._as_text(value)}"

    def may_miss(self, value: Value) -> bool:
        """Whether the value can be None where the request is built."""
        if isinstance(value, Embedded):
            return any(True for _ in self._absent(value))
        return value.absent and identity(value) not in self.tested

    def absence(self, value: Value) -> str:
        """The test whether the value is absent."""
        parts = self._absent(value) if isinstance(value, Embedded) else (value,)
        return " or ".join(f"{self.with_file_name(part)} is None" for part in parts)

    def there(self, value: Value) -> str:
        """The value where it is known not to be absent."""
        return self._joined(value) if isinstance(value, Embedded) else self.with_file_name(value)

    def _is_given(self, value: Value) -> bool:
        return is_given(value) and not (
            isinstance(value, Argument) and value.name in self._doubtful
        )

    def plain(self, value: Value) -> str:
        """The value for an f-string: `str()` of it is its text."""
        return self.expression(value) if self._is_numeric(value) else self.text(value)

    def _is_bare_argument(self, value: Value) -> bool:
        """Whether a required argument is put into text as it is: neither tested nor turned to text."""
        if not isinstance(value, Argument) or value.absent or not self._is_given(value):
            return False
        return self._is_numeric(value) or self.is_text(value.type)

    def _is_numeric(self, value: Value) -> bool:
        return value.type == INT and not value.absent and self._is_given(value)

    def members(self, members: tuple[tuple[str, str, Value], ...]) -> str:
        """A `dict` display of (key, expression, value): what is absent is left out.

        Runs of members that may be absent go through `present`; where no other member can be None, all do.
        """
        if not any(self.may_miss(value) for _, _, value in members):
            return _dict(members)
        present = self._vocabulary.runtime("present")
        if all(self.may_miss(value) or not self._may_be_null(value) for _, _, value in members):
            return f"{present}({_dict(members)})"
        runs = itertools.groupby(members, lambda member: self.may_miss(member[2]))
        pieces = [
            f"**{present}({_dict(run)})" if missing else _dict(run)[1:-1] for missing, run in runs
        ]
        return "{" + ", ".join(pieces) + "}"

    def _may_be_null(self, value: Value) -> bool:
        """Whether what is sent may be null, as something else than absent."""
        if isinstance(value, ObjectValue | ListValue | Embedded):
            return False
        if isinstance(value, Constant):
            return value.value is None
        return self.may_be_none(value.type)

    def is_text(self, type_: Type) -> bool:
        """Whether every value of the type is a `str`."""
        content = self.types.content(type_)
        if isinstance(content, Choice):
            return all(isinstance(value, str) for value in content.values)
        if isinstance(content, Union):
            return all(self.is_text(member) for member in content.members)
        return content == STR

    def is_empty(self, variable: str, value: Value) -> str:
        """The test whether a variable holds nothing, empty text or an empty list; 0 and false are values."""
        content = self.types.content(value.type)
        members = content.members if isinstance(content, Union) else (content,)
        known = [self.types.content(member) for member in members]
        texts = [each for each in known if self.is_text(each)]
        others = [each for each in known if each != NONE and each not in texts]
        if self._is_given(value) and all(map(_is_container, others)):
            return f"not {variable}"
        missing = value.absent or self.may_be_none(value.type)
        if not others and not missing:
            return f'{variable} == ""'
        return f'{variable} in (None, "", [], {{}})' if others else f'{variable} in (None, "")'

    def may_be_none(self, type_: Type) -> bool:
        """Whether a value of the type can be null."""
        content = self.types.content(type_)
        if isinstance(content, Union):
            return NONE in content.members
        return content in (NONE, ANY)

    def _as_text(self, value: Value) -> str:
        if isinstance(value, Constant):
            return literal(constant_text(value.value))
        return f"{self._vocabulary.runtime('text')}({self.expression(value)})"

    def constant(self, value: Value) -> str:
        """A literal."""
        assert isinstance(value, Constant)
        return literal(value.value)

    def variable(self, value: Value) -> str:
        """The name of an argument or variable."""
        assert isinstance(value, Argument | StepOutput)
        if isinstance(value, Argument) and is_file(value):
            content = f"{value.name}.content"
            absent = may_be_missing(value) and not (value.absent and not self.may_miss(value))
            return f"(None if {value.name} is None else {content})" if absent else content
        return value.name

    def returned(self, value: Value) -> str:
        """An attribute of what a workflow's function gave back."""
        assert isinstance(value, Returned)
        return f"{value.result}.{value.attribute}"

    def with_file_name(self, value: Value) -> str:
        """The value; a file that the caller gives keeps its name."""
        if isinstance(value, Argument) and is_file_type(value.type):
            return value.name
        return self.expression(value)

    def replaced(self, value: Value) -> str:
        """A copy of a value with another one in it."""
        assert isinstance(value, Replaced)
        new = self.replacement(value.value)
        tokens = "".join(f", {literal(token)}" for token in value.tokens)
        base = self.expression(value.base)
        return f"{self._vocabulary.runtime('with_value')}({base}, {new}{tokens})"

    def replacement(self, value: Value) -> str:
        """A value that takes the place of another one; `NOTHING` where it is absent."""
        new = self.expression(value)
        if self.may_miss(value):
            new = f"{self._vocabulary.runtime('NOTHING')} if {new} is None else {new}"
        return new

    def status(self, value: Value) -> str:
        """The response's status, which is 0 where no response came."""
        return "(response.status or None)" if value.absent else "response.status"

    def response_header(self, value: Value) -> str:
        """A header of the response."""
        assert isinstance(value, ResponseHeader)
        return f"response.headers.get({literal(value.name)})"

    def body(self, value: Value) -> str:
        """The body of the response, parsed or as it came."""
        as_it_came = self._vocabulary.runtime("octets_of") if value.type == BYTES else ""
        return f"{as_it_came}(response)" if as_it_came else "response.data"

    def request_header(self, value: Value) -> str:
        """A header of the request."""
        assert isinstance(value, RequestHeader)
        return f"request.headers[{literal(value.name)}]"

    def url(self, value: Value) -> str:
        """The request's URL."""
        del value
        return "request.url"

    def method(self, value: Value) -> str:
        """The request's method."""
        assert isinstance(value, RequestMethod)
        return literal(value.method)

    def member(self, value: Value) -> str:
        """What a JSON Pointer leads to."""
        assert isinstance(value, Member)
        at = self._vocabulary.runtime("at")
        tokens = "".join(f", {literal(token)}" for token in value.tokens)
        return f"{at}({self.expression(value.base)}{tokens})"

    def size(self, value: Value) -> str:
        """A length."""
        assert isinstance(value, Size)
        return f"{self._vocabulary.runtime('size')}({self.expression(value.base)})"

    def item(self, value: Value) -> str:
        """The name of what a query selects."""
        assert isinstance(value, Item)
        return self.items[value]

    def picked(self, value: Value) -> str:
        """What names and indexes of a JSONPath lead to."""
        assert isinstance(value, Picked)
        steps = "".join(f", {self.step(step)}" for step in value.steps)
        pick = f"{self._vocabulary.runtime('pick')}({self.expression(value.base)}{steps})"
        return f"{self._vocabulary.runtime('or_none')}({pick})"

    def step(self, step: str | int | Value) -> str:
        """A name or an index of a JSONPath."""
        return literal(step) if isinstance(step, str | int) else self.expression(step)

    def embedded(self, value: Value) -> str:
        """Text with values put in; None where one of them is absent."""
        assert isinstance(value, Embedded)
        if any(isinstance(part, Constant) and part.absent for part in value.parts):
            return "None"
        text = self._joined(value)
        if not self.may_miss(value) or (len(value.parts) == 1 and text == self._first(value)):
            return text
        return f"None if {self.absence(value)} else {text}"

    def _first(self, value: Embedded) -> str:
        part = value.parts[0]
        return literal(part) if isinstance(part, str) else self.expression(part)

    def _joined(self, value: Embedded) -> str:
        """Text with values put in, none of which is absent."""
        if len(value.parts) == 1 and not isinstance(value.parts[0], str):
            return self.text(value.parts[0])
        return interpolated(
            [
                (
                    part
                    if isinstance(part, str)
                    else Code(
                        self.plain(part),
                        is_text=not self._is_numeric(part),
                        is_given=self._is_bare_argument(part),
                    )
                )
                for part in value.parts
            ]
        )

    def _absent(self, value: Embedded) -> Iterator[Value]:
        """The parts that may be absent though the value as a whole is read."""
        if value.absent:
            parts = (part.base if isinstance(part, Escaped) else part for part in value.parts)
            for part in dict.fromkeys(parts):
                if not isinstance(part, str) and self.may_miss(part):
                    yield part

    def basic(self, value: Value) -> str:
        """A `Basic` credential."""
        assert isinstance(value, BasicCredentials)
        basic = self._vocabulary.runtime("basic")
        return f"{basic}({self.expression(value.username)}, {self.expression(value.password)})"

    def bearer(self, value: Value) -> str:
        """A `Bearer` token that is given or fetched."""
        assert isinstance(value, BearerToken)
        arguments = ["http", value.given.name, literal(value.url)]
        if value.base is not None:
            otherwise = f" or {value.otherwise}" if value.otherwise else ""
            arguments.append(f"{value.base}{otherwise}")
        awaited = self._vocabulary.colour()["await"]
        return f"{awaited}{self._vocabulary.runtime('bearer_of')}({', '.join(arguments)})"

    def object(self, value: Value) -> str:
        """A `dict` display."""
        assert isinstance(value, ObjectValue)
        return self.members(
            tuple((key, self.expression(member), member) for key, member in value.members)
        )

    def list(self, value: Value) -> str:
        """A list display."""
        assert isinstance(value, ListValue)
        return f"[{', '.join(self.expression(item) for item in value.items)}]"


def _dict(members: Iterable[tuple[str, str, Value]]) -> str:
    return "{" + ", ".join(f"{literal(key)}: {code}" for key, code, _ in members) + "}"


def _is_container(type_: Type) -> bool:
    return isinstance(type_, ListType | MapType | Record)


def _unwritten(value: Value) -> str:
    raise LookupError(f"nobody writes {type(value).__name__}")


def is_file(argument: Argument) -> bool:
    """Whether the caller gives a file."""
    return without_none(argument.type) == BYTES


def may_be_missing(argument: Argument) -> bool:
    """Whether the caller may give None."""
    return argument.absent or argument.type != without_none(argument.type)


def is_given(value: Value) -> bool:
    """Whether the value is of its type for sure: callers are held to types, servers are not."""
    return isinstance(
        value.base if isinstance(value, Sent) else value,
        Argument
        | BasicCredentials
        | BearerToken
        | Embedded
        | Escaped
        | RequestHeader
        | RequestUrl
        | RequestMethod
        | ResponseStatus
        | XmlReplaced
        | XmlText,
    )


_WRITERS: Final[Mapping[type[Value], Callable[[Values, Value], str]]] = {
    Constant: Values.constant,
    Argument: Values.variable,
    BasicCredentials: Values.basic,
    BearerToken: Values.bearer,
    StepOutput: Values.variable,
    Returned: Values.returned,
    ResponseStatus: Values.status,
    ResponseHeader: Values.response_header,
    ResponseBody: Values.body,
    RequestHeader: Values.request_header,
    RequestUrl: Values.url,
    RequestMethod: Values.method,
    Member: Values.member,
    Size: Values.size,
    Item: Values.item,
    Picked: Values.picked,
    Embedded: Values.embedded,
    ObjectValue: Values.object,
    ListValue: Values.list,
    Replaced: Values.replaced,
}
