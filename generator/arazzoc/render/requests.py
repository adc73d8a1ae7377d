"""Requests as the expressions that build them."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import quote

from arazzoc.frozen import dataclass
from arazzoc.ir.assurance import filled, identity
from arazzoc.ir.graph import (
    Body,
    Call,
    FormBody,
    FormPart,
    Header,
    JsonBody,
    MultipartBody,
    PathItem,
    Server,
    StepNode,
    WorkflowCall,
)
from arazzoc.ir.walk import sent_values
from arazzoc.names import Identifier, Scope, singular
from arazzoc.render.interpolation import Code, interpolated
from arazzoc.render.literals import literal
from arazzoc.render.parameters import Parameters
from arazzoc.render.unwritable import may_be_unwritable
from arazzoc.render.values import Values, is_file
from arazzoc.render.vocabulary import Vocabulary
from arazzoc.types.media_kinds import takes_json
from arazzoc.types.model import STR
from arazzoc.types.value import (
    Argument,
    BearerToken,
    Chosen,
    Constant,
    Embedded,
    Member,
    Picked,
    Sent,
    StepOutput,
    Value,
)

__all__ = ["Prepared", "Requests", "Test"]

_ABSENT: Final = Constant(None, STR, absent=True)
_COMFORTABLE: Final = 32
"""Characters of a name that is not too long."""
_IN_PATHS: Final = "%!$&'()*+,;=:@/"
"""What a path template may hold as it is (RFC 3986, 3.3); one that is percent-encoded stays so."""


@dataclass(frozen=True, slots=True)
class Test:
    """A test for a value before the request.

    Attributes:
        variable: The variable that is tested.
        binding: The expression to assign to it first; None where the variable exists.
        text: What is missing, for the message.
        condition: Holds where the variable has no value.
    """

    variable: str
    binding: str | None
    text: str
    condition: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A request as the lines that make it.

    Attributes:
        kept: The assignments of what the step reads of its request though its outputs are others by then.
        authorization: The assignment of a fetched token, where the request is written within `preparing`.
        multipart: The assignment of a multipart form; None for any other body.
        request: `Request(...)`, of a kind that messages show without its path where that holds a secret.
        preparing: What the request is written within, where a value may be such that nothing can write it.
    """

    kept: Sequence[str]
    authorization: str | None
    multipart: str | None
    request: str
    preparing: str | None


@dataclass(frozen=True, slots=True)
class _Variables:
    """The variables that hold parts of one request.

    Attributes:
        kept: Those of values that are kept, by their expressions.
        authorization: The fetched token; None where the request asks for it itself.
        parts: The multipart form; None where the body is none.
    """

    kept: Mapping[str, Identifier]
    authorization: Identifier | None
    parts: Identifier | None


class Requests:
    """Writes the calls of one function."""

    def __init__(self, values: Values, vocabulary: Vocabulary, scope: Scope) -> None:
        self._values = values
        self._vocabulary = vocabulary
        self._scope = scope
        self._parameters = Parameters(values, vocabulary)
        self._names: dict[str, Identifier] = {}

    def needs(self, call: Call | WorkflowCall, known: frozenset[Hashable]) -> tuple[Test, ...]:
        """What to test before the request; values without a variable get one here.

        Args:
            call: The request, or the call of another workflow's function.
            known: The identities of values that were tested on every way to the step.
        """
        found: dict[str, Test] = {}
        for need in call.needs:
            value = need.value
            if isinstance(value, Argument | StepOutput):
                variable, binding = value.name, None
            elif isinstance(value, Sent):
                variable, binding = self._values.kept[identity(value)], None
            else:
                variable, binding = self._bound(value)
            if (filled(value) if need.filled else identity(value)) not in known:
                condition = f"{variable} is None"
                if need.filled:
                    condition = self._values.is_empty(variable, value)
                if need.filled or variable not in found:
                    found[variable] = Test(variable, binding, need.text, condition)
        return tuple(found.values())

    def _bound(self, value: Value) -> tuple[Identifier, str]:
        """The variable for a value that has none of its own, and what to assign to it."""
        variable = self._values.bound.pop(value, None)
        binding = self._values.expression(value)
        variable = variable or self._scope.claim(self._name(value))
        self._values.bound[value] = variable
        return variable, binding

    def _name(self, value: Value) -> Identifier:
        """The name of a value: its own, or where that is not free, one that says what it is of."""
        names = [*_names_of(value)]
        free = [name for name in names if name not in self._scope and not name.hides_builtin]
        short = (name for name in free if len(name) <= _COMFORTABLE)
        return next(short, min(free or names, key=len))

    def prepared(self, step: StepNode, call: Call) -> Prepared:
        """The lines that make the request of a step.

        What a transport raises while it fetches a token is not what is wrong with a value: that is assigned
        before what is written within `preparing`.
        """
        unwritable = may_be_unwritable(call, self._values.types)
        kept = [
            (self._values.expression(each.base), self._keep(each)) for each in sent_values(step)
        ]
        bearers = (each.value for each in call.headers if isinstance(each.value, BearerToken))
        bearer = next(bearers, None) if unwritable else None
        variables = _Variables(
            dict(kept),
            self._named("authorization") if bearer is not None else None,
            self._named("parts") if isinstance(call.body, MultipartBody) else None,
        )
        return Prepared(
            [f"{name} = {code}" for code, name in kept],
            (
                f"{variables.authorization} = {self._values.expression(bearer)}"
                if bearer is not None
                else None
            ),
            (
                f"{variables.parts} = {self._multipart(call.body)}"
                if isinstance(call.body, MultipartBody)
                else None
            ),
            self._request(call, variables),
            self._vocabulary.runtime("preparing") if unwritable else None,
        )

    def _named(self, name: str) -> Identifier:
        """A variable of the function, claimed where a request first needs it."""
        if name not in self._names:
            self._names[name] = self._scope.claim(Identifier(name))
        return self._names[name]

    def _keep(self, value: Sent) -> Identifier:
        key = identity(value)
        if key not in self._values.kept:
            self._values.kept[key] = self._scope.claim(Identifier.of(_kept_name(value)))
        return self._values.kept[key]

    def _request(self, call: Call, variables: _Variables) -> str:
        arguments = [literal(call.method), self._url(call), self._headers(call, variables)]
        if call.body is not None:
            arguments.append(self._body(call.body, variables))
        elif arguments[-1] == "{}":
            del arguments[-1]
        kind = "Request"
        if call.shown_path is not None:
            kind = "SecretPathRequest"
            arguments.append(f"template={literal(call.shown_path)}")
        if call.timeout is not None:
            arguments.append(f"timeout={call.timeout!r}")
        return f"{self._vocabulary.runtime(kind)}({', '.join(arguments)})"

    def _url(self, call: Call) -> str:
        in_run = [each for each in call.path if _is_of_the_run(each)]
        pieces = [self._piece(part, alone=len(in_run) < 2) for part in call.path]
        parts: list[str | Code] = [Code(_base(call.server)), *pieces]
        query = self._parameters.query(call.query)
        if isinstance(query, str):
            return interpolated([*parts, query], all_text=True, lines=True)
        return f"{interpolated(parts, all_text=True, lines=True)} + {query.text}"

    def _piece(self, part: str | PathItem, *, alone: bool) -> str | Code:
        if isinstance(part, str):
            return quote(part, safe=_IN_PATHS)
        return self._parameters.path(part, alone=alone)

    def _headers(self, call: Call, variables: _Variables) -> str:
        beside = next((each for each in call.headers if each.name.lower() == "cookie"), None)
        headers = [
            self._header(header, variables)
            for header in call.headers
            if not self._parameters.is_left_out(header) and not (call.cookies and header is beside)
        ]
        if variables.parts is not None:
            headers.append(("Content-Type", f"{variables.parts}.content_type", Constant("", STR)))
        if call.cookies:
            optional = all(cookie.value.absent for cookie in call.cookies) and (
                beside is None or self._parameters.header_may_be_absent(beside)
            )
            code = self._parameters.cookies(call.cookies, beside)
            header = _ABSENT if optional else Constant("")
            headers.append(("Cookie", f"{code} or None" if optional else code, header))
        return self._values.members(tuple(headers))

    def _header(self, header: Header, variables: _Variables) -> tuple[str, str, Value]:
        if variables.authorization is not None and isinstance(header.value, BearerToken):
            return header.name, variables.authorization, header.value
        optional = self._parameters.header_may_be_absent(header)
        value = _ABSENT if optional else Constant("", STR)
        return header.name, self._parameters.header(header), value

    def _body(self, body: Body, variables: _Variables) -> str:
        match body:
            case JsonBody():
                code = self._values.expression(body.value)
                return f"{self._vocabulary.runtime('dump')}({variables.kept.get(code, code)})"
            case FormBody():
                return self._form(body)
            case MultipartBody():
                return f"{variables.parts}.content"
            case _ if isinstance(body.value, Argument) and is_file(body.value):
                return self._values.expression(body.value)
            case _ if not isinstance(body.value, Constant | Embedded) and not self._values.is_text(
                body.value.type
            ):
                octets = self._vocabulary.runtime("octets")
                structured = ", structured=True" if takes_json(body.content_type) else ""
                return f"{octets}({self._values.expression(body.value)}{structured})"
            case _:
                text = self._values.text(body.value)
                is_sum = isinstance(body.value, Embedded) and not text.startswith('f"')
                return f"({text}).encode()" if is_sum else f"{text}.encode()"

    def _form(self, body: FormBody) -> str:
        if not body.fields:
            return f"{self._vocabulary.runtime('form')}({self._values.expression(body.value)})"
        pairs = ", ".join(pair for item in body.fields for pair in self._parameters.pairs(item))
        if body.open:
            besides = self._vocabulary.runtime("members_besides")
            names = "".join(f", {literal(field.name)}" for field in body.fields)
            pairs += f", *{besides}({self._values.expression(body.value)}{names})"
        return f"{self._vocabulary.runtime('form_fields')}({pairs})"

    def _multipart(self, body: MultipartBody) -> str:
        arguments = [*map(self._part, body.parts)]
        if body.open:
            listed = self._vocabulary.runtime("members_as_parts")
            names = "".join(f", {literal(part.name)}" for part in body.parts)
            arguments.append(f"*{listed}({self._values.expression(body.value)}{names})")
        media = body.content_type.partition(";")[0].strip().lower()
        if media != "multipart/form-data":
            arguments.append(f"media={literal(media)}")
        return f"{self._vocabulary.runtime('multipart')}({', '.join(arguments)})"

    def _part(self, part: FormPart) -> str:
        value, name = self._values.with_file_name(part.value), literal(part.name)
        headers = f", headers={literal(dict(part.headers))}" if part.headers else ""
        if part.spread is not None:
            spread = "deep_object" if part.spread == "deepObject" else "exploded"
            pairs = f"{self._vocabulary.runtime(spread)}({name}, {value})"
            return f"*{self._vocabulary.runtime('pairs_as_parts')}({pairs}{headers})"
        if part.separator == ",":
            value = f"{self._vocabulary.runtime('header_list')}({value})"
        elif part.separator is not None:
            value = f"{self._vocabulary.runtime('delimited')}({value}, {literal(part.separator)})"
        more = f", {literal(part.content_type)}" if part.content_type else ""
        more += ", is_file=True" if part.is_file else ""
        return f"{self._vocabulary.runtime('Part')}({name}, {value}{more}{headers})"


def _names_of(value: Value) -> Iterator[Identifier]:
    """What a value may be called, the best first: `id`, `pet_id` of `pets`, `find_id` of step `find`."""
    own = _name_of(value)
    yield Identifier.of(own)
    if not isinstance(value, Member | Picked):
        return
    base = value.base
    if isinstance(base, StepOutput):
        yield Identifier.of_member(singular(base.output), own)
        yield Identifier.of(f"{base.output} {own}")
        yield Identifier.of_member(base.step_id, own)
    if isinstance(base, Argument | StepOutput):
        yield Identifier.of(f"{base.name} {own}")


def _name_of(value: Value) -> str:
    match value:
        case Member(_, tokens):
            words = [token for token in tokens if not token.isdecimal()]
            if not words:
                return "item"
            return words[-1] if words[-1] == tokens[-1] else singular(words[-1])
        case Picked(_, steps):
            return next((step for step in reversed(steps) if isinstance(step, str)), "value")
        case Chosen(_, chosen):
            return _name_of(chosen)
        case _:
            return "value"


def _is_of_the_run(part: str | PathItem) -> bool:
    return isinstance(part, PathItem) and not isinstance(part.value, Constant)


def _kept_name(value: Sent) -> str:
    """`sent_limit` for `$request.query.limit`, `sent_body` for `$request.body`."""
    place, _, name = value.stated.removeprefix("$request.").partition(".")
    place, _, pointer = place.partition("#")
    return f"sent {(pointer or name).replace('/', ' ').strip() or place}"


def _base(server: Server) -> str:
    """The URL that the path is put behind."""
    if server.only or server.constant is None:
        return server.keyword
    return f"{server.keyword} or {server.constant}"
