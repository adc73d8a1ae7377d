"""`Authorization` headers that are not written as the security scheme of the operation says."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

from arazzoc.check.context import Context, found
from arazzoc.diagnostics.model import Diagnostic
from arazzoc.diagnostics.registry import security as rules
from arazzoc.model.arazzo import Parameter
from arazzoc.model.openapi import ApiKey, Operation, TokenScheme
from arazzoc.text import Span
from arazzoc.types.credentials import prefix_of
from arazzoc.types.described import origin_of_value
from arazzoc.types.facts import StepFacts
from arazzoc.types.valuation import value_of
from arazzoc.types.value import Member, ResponseBody

__all__ = ["check_authorization"]

_BEGIN: Final = re.compile(r"([A-Za-z][\w-]*)(:?)\s+\S")
_PLAIN_PAIR: Final = re.compile(r"(?i)basic\s+(\{\$[^{}]+\}|[^\s:{}]+):(\{\$[^{}]+\}|[^\s{}]*)")
_ISSUING: Final = re.compile(r"(?i)token|oauth|auth\b|log-?in|sign-?in|sessions?\b")
"""Paths at which tokens are had for other credentials, though a whole description asks for tokens."""
_ISSUED: Final = frozenset({"access_token", "accesstoken", "id_token", "idtoken"})


def check_authorization(context: Context) -> Iterator[Diagnostic]:
    """Every `Authorization` header is of the scheme that the operation asks for."""
    told: set[Span] = set()
    for step in context.steps():
        for parameter in step.parameters if step.operation is not None else ():
            named = parameter.location == "header" and parameter.name.lower() == "authorization"
            wanted = _asked(step.operation) if step.operation is not None and named else ()
            if len(wanted) != 1 or parameter.value.span in told:
                continue
            for each in _malformed(parameter, next(iter(wanted)), step, context):
                told.add(each.span)
                yield each


def _asked(operation: Operation) -> Collection[str]:
    """The words with which the header may begin; none where it may hold something else."""
    schemes = [scheme for alternative in operation.security for scheme in alternative]
    if any(
        isinstance(each, ApiKey) and each.parameter.lower() == "authorization"
        for each in (*schemes, *operation.keys)
    ):
        return frozenset()
    return frozenset(prefix_of(each) for each in schemes if not isinstance(each, ApiKey))


def _malformed(
    parameter: Parameter, wanted: str, step: StepFacts, context: Context
) -> Iterator[Diagnostic]:
    text, span = parameter.value.text or "", parameter.value.span
    asked = f"{step.operation.title if step.operation else ''} asks for `{wanted}` credentials"
    begin = _BEGIN.match(text)
    if wanted in ("Bearer", "Basic") and begin is not None:
        word = begin[1]
        if word.lower() != wanted.lower():
            if step.operation is None or _may_be_of(word, step.operation):
                return
            message = f"{asked}, and the header begins with `{word}`"
            yield found(rules.MALFORMED_CREDENTIALS, span, message, f"write `{wanted} ...`")
        elif begin[2]:
            message = f"a colon stands behind `{word}`, where only a blank may"
            yield found(rules.MALFORMED_CREDENTIALS, span, message, f"write `{wanted} ...`")
        elif _PLAIN_PAIR.fullmatch(text):
            message = "the user's name and the password are not encoded"
            hint = "pass them joined by a colon and encoded in base64, or leave the parameter out"
            yield found(rules.MALFORMED_CREDENTIALS, span, message, hint)
        return
    before = context.before(step)
    value = value_of(parameter.value, before).value if text.startswith("$") else None
    origin = origin_of_value(value, before) if value is not None else None
    of_body = isinstance(origin, Member) and isinstance(origin.base, ResponseBody)
    name = origin.tokens[-1].lower() if isinstance(origin, Member) and origin.tokens else ""
    if wanted == "Bearer" and of_body and name in _ISSUED:
        message = f"{asked}, and the header is the token alone"
        hint = f"write `Bearer {{{text}}}`"
        yield found(rules.MALFORMED_CREDENTIALS, span, message, hint)


def _may_be_of(word: str, operation: Operation) -> bool:
    """Whether a server may take credentials that begin with another word than the scheme's.

    Of tokens of OAuth, the server that issues them says how they are passed (RFC 6749, 7.1): `DPoP`, say.
    """
    schemes = [scheme for alternative in operation.security for scheme in alternative]
    own = any(isinstance(each, TokenScheme) for each in schemes)
    return own or (word.lower() == "basic" and _ISSUING.search(operation.path) is not None)
