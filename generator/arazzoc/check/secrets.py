"""Secrets that stand in a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from arazzoc.check.context import Context, found
from arazzoc.diagnostics.model import Diagnostic
from arazzoc.diagnostics.registry import security as rules
from arazzoc.source.node import Node
from arazzoc.types.secrets import is_secret_name

__all__ = ["check_secrets", "looks_secret"]

_ISSUED: Final = re.compile(
    r"\b(?:[sr]k_live_[0-9A-Za-z]{16,}|gh[pousr]_[0-9A-Za-z]{30,}|github_pat_\w{30,}|glpat-[\w-]{20,}"
    r"|(?:AKIA|ASIA)[0-9A-Z]{16}|AIza[\w-]{35}|xox[abprs]-[0-9A-Za-z-]{10,}|SG\.[\w-]{16,}\.[\w-]{16,}"
    r"|sk-(?:ant-|proj-)?[\w-]{32,}|npm_[0-9A-Za-z]{36}|eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,})"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----"
)
"""Forms that issuers give their secrets, so that they can be found."""

_RANDOM: Final = re.compile(r"(?:(?:Bearer|Basic|Token|ApiKey)\s+)?[\w+/=.~-]{20,}", re.IGNORECASE)
_IN_URL: Final = re.compile(r"://[^\s/:@{}]+:(?P<password>[^\s/@{}]{6,})@")
_STAND_IN: Final = re.compile(
    r"your|example|sample|dummy|test|placeholder|changeme|replace|secret|token|key|x{4}|\*{3}|1234|abcd",
    re.IGNORECASE,
)
"""Words of texts that stand for a secret."""

_LEAST_DISTINCT: Final = 10
_DEEPEST: Final = 40


def check_secrets(context: Context) -> Iterator[Diagnostic]:
    """No parameter, payload or default of an input holds a secret."""
    for step in context.steps():
        for parameter in step.parameters:
            where = f"the value of parameter `{parameter.name}`"
            yield from _told(parameter.value, parameter.name, where)
        body = step.step.request_body
        if body is not None and body.payload is not None:
            yield from _in_payload(body.payload, "", 0)
        for replacement in body.replacements if body is not None else ():
            name = (replacement.target.text or "").rpartition("/")[2]
            yield from _told(replacement.value, name, f"what replaces `{name}`")
    for name, fact in context.facts.inputs.items():
        default = fact.node.get("default")
        if default is not None:
            yield from _told(default, name, f"the default of input `{name}`")


def looks_secret(text: str, name: str) -> bool:
    """Whether a literal text looks like a secret, for a parameter or member of that name."""
    if _ISSUED.search(text):
        return True
    in_url = _IN_URL.search(text)
    if in_url is not None:
        return _STAND_IN.search(in_url["password"]) is None
    if "$" in text or not is_secret_name(name) or _RANDOM.fullmatch(text) is None:
        return False
    random = text.rsplit(maxsplit=1)[-1]
    mixed = any(map(str.isdigit, random)) and any(map(str.isalpha, random))
    return mixed and len(set(random)) >= _LEAST_DISTINCT and not _STAND_IN.search(random)


def _in_payload(node: Node, name: str, depth: int) -> Iterator[Diagnostic]:
    if node.text is not None:
        yield from _told(node, name, f"member `{name}` of the payload" if name else "the payload")
    if depth < _DEEPEST:
        for key, member in node.members():
            yield from _in_payload(member, key, depth + 1)
        for item in node.items():
            yield from _in_payload(item, name, depth + 1)


def _told(node: Node, name: str, where: str) -> Iterator[Diagnostic]:
    if node.text is not None and looks_secret(node.text, name):
        hint = (
            "make it an input, such as `$inputs.token`, and take back the secret that stands here"
        )
        yield found(rules.SECRET_LITERAL, node.span, f"{where} looks like a secret", hint)
