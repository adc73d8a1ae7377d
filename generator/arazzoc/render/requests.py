"""Requests as the expressions that build them."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from arazzoc.ir.assurance import identity
from arazzoc.ir.graph import Call, Cookie, FormBody, JsonBody, QueryItem, Server, WorkflowCall
from arazzoc.names import Identifier, Scope
from arazzoc.render.literals import literal
from arazzoc.render.values import Code, Values, constant_text
from arazzoc.render.vocabulary import Vocabulary
from arazzoc.types.value import Argument, Constant, Member, StepOutput, Value

__all__ = ["Requests", "Test"]

_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_IN_PATHS = _UNRESERVED | frozenset("%!$&'()*+,;=:@/")
"""What a path template may hold as it is (RFC 3986, 3.3); one that is percent-encoded stays so."""


@dataclass(frozen=True, slots=True)
class Test:
    """A test for a value before the request.

    Attributes:
        variable: The variable that is tested.
        binding: The expression to assign to it first; None where the variable exists.
        text: What is missing, for the message.
    """

    variable: str
    binding: str | None
    text: str


class Requests:
    """Writes the calls of one function."""

    def __init__(self, values: Values, vocabulary: Vocabulary, scope: Scope) -> None:
        self._values = values
        self._vocabulary = vocabulary
        self._scope = scope

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
            else:
                variable, binding = self._bound(value)
            if identity(value) not in known:
                found.setdefault(variable, Test(variable, binding, need.text))
        return tuple(found.values())

    def _bound(self, value: Value) -> tuple[Identifier, str]:
        """The variable for a value that has none of its own, and what to assign to it."""
        variable = self._values.bound.pop(value, None)
        binding = self._values.expression(value)
        variable = variable or self._scope.claim(Identifier.of(_name_of(value)))
        self._values.bound[value] = variable
        return variable, binding

    def expression(self, call: Call) -> str:
        """`Request(...)`, of a kind that messages show without its path where that holds a secret."""
        arguments = [literal(call.method), self._url(call), self._headers(call)]
        if call.body is not None:
            arguments.append(self._body(call))
        kind = "Request"
        if call.shown_path is not None:
            kind = "SecretPathRequest"
            arguments.append(f"template={literal(call.shown_path)}")
        return f"{self._vocabulary.runtime(kind)}({', '.join(arguments)})"

    def _url(self, call: Call) -> str:
        parts = [Code(_base(call.server)), *(self._segment(part) for part in call.path)]
        if all(isinstance(item.value, Constant) for item in call.query):
            query = "&".join(map(_fixed_pair, call.query))
            return self._values.interpolated([*parts, f"?{query}" if query else ""])
        pairs = ", ".join(map(self._pair, call.query))
        query = f"{self._vocabulary.runtime('query')}({pairs})"
        return f"{self._values.interpolated(parts)} + {query}"

    def _segment(self, part: str | Value) -> str | Code:
        if isinstance(part, str):
            return _encoded(part, keeping=_IN_PATHS)
        if isinstance(part, Constant):
            text = _encoded(constant_text(part))
            return text.replace(".", "%2E") if text in (".", "..") else text
        return Code(f"{self._vocabulary.runtime('segment')}({self._values.expression(part)})")

    def _pair(self, item: QueryItem) -> str:
        code = self._values.expression(item.value)
        if not item.explode:
            joined = self._vocabulary.runtime("joined")
            code = f"{joined}({code}, {literal(item.separator)})"
        return f"({literal(item.name)}, {code})"

    def _headers(self, call: Call) -> str:
        headers = [
            (header.name, self._values.header(header.value), header.value)
            for header in call.headers
        ]
        if call.cookies:
            optional = all(cookie.value.absent for cookie in call.cookies)
            code = self._cookies(call.cookies)
            header = Constant(None, absent=True) if optional else Constant("")
            headers.append(("Cookie", f"{code} or None" if optional else code, header))
        return self._values.members(tuple(headers))

    def _cookies(self, cookies: tuple[Cookie, ...]) -> str:
        pairs = ", ".join(
            f"({literal(cookie.name)}, {self._values.expression(cookie.value)})"
            for cookie in cookies
        )
        return f"{self._vocabulary.runtime('cookies')}({pairs})"

    def _body(self, call: Call) -> str:
        body = call.body
        assert body is not None
        if isinstance(body, JsonBody):
            return f"{self._vocabulary.runtime('dump')}({self._values.expression(body.value)})"
        if isinstance(body, FormBody):
            return f"{self._vocabulary.runtime('form')}({self._values.expression(body.value)})"
        return f"{self._values.text(body.value)}.encode()"


def _name_of(value: Value) -> str:
    return value.tokens[-1] if isinstance(value, Member) else "value"


def _base(server: Server) -> str:
    """The URL that the path is put behind."""
    if server.only or server.constant is None:
        return server.keyword
    return f"{server.keyword} or {server.constant}"


def _fixed_pair(item: QueryItem) -> str:
    assert isinstance(item.value, Constant)
    name = _encoded(item.name)
    values = item.value.value if isinstance(item.value.value, list) else [item.value.value]
    texts = [_encoded(constant_text(Constant(value))) for value in values]
    if item.explode:
        return "&".join(f"{name}={text}" for text in texts)
    separator = item.separator if item.separator == "," else _encoded(item.separator)
    return f"{name}={separator.join(texts)}"


def _encoded(text: str, *, keeping: frozenset[str] = _UNRESERVED) -> str:
    return "".join(
        (
            character
            if character in keeping
            else "".join(f"%{byte:02X}" for byte in character.encode())
        )
        for character in text
    )
