"""What the readers of one operation share: where references lead, and where findings go."""

from __future__ import annotations

from collections.abc import Iterator

from arazzoc.diagnostics.model import Diagnostic, Findings, Severity
from arazzoc.diagnostics.registry.openapi import BROKEN_REFERENCE, MALFORMED_OPENAPI
from arazzoc.model.openapi_document import Dialect, OpenApi
from arazzoc.source.node import Node

__all__ = ["OperationReading", "flag", "report_broken", "text_of"]


class OperationReading:
    """The reading of one operation.

    Attributes:
        api: The description.
        findings: Where findings go.
        possible: Whether the request can still be built.
    """

    def __init__(self, api: OpenApi, findings: Findings) -> None:
        """Starts the reading of an operation of `api`."""
        self.api = api
        self.findings = findings
        self.possible = True

    @property
    def dialect(self) -> Dialect:
        """The version of OpenAPI that says how to read."""
        return self.api.dialect

    def follow(self, node: Node, *, needed: bool = False) -> Node | None:
        """What `node` refers to, or itself; None, and a finding, where that is nowhere.

        Without what is `needed` the request cannot be built, so that its fault is an error.
        """
        target = self.api.follow(node)
        if isinstance(target, Node):
            return target
        self._fault(needed=needed)
        report_broken(target, self.findings, needed=needed)
        return None

    def malformed(
        self, node: Node, message: str, *, hint: str | None = None, needed: bool = False
    ) -> None:
        """Reports a part that has the wrong shape."""
        self._fault(needed=needed)
        self.findings.report(
            MALFORMED_OPENAPI, node.span, message, hint=hint, severity=_severity(needed=needed)
        )

    def items(self, holder: Node, key: str) -> Iterator[Node]:
        """The items of the list `key` of `holder`; anything but a list is reported."""
        member = holder.get(key)
        if member is None:
            return
        if not isinstance(member.value, list):
            hint = "in YAML each item of a list starts with `- `"
            self.malformed(member, f"`{key}` must be a list", hint=hint)
            return
        yield from member.items()

    def members(self, holder: Node, key: str) -> Iterator[tuple[str, Node]]:
        """The members of the mapping `key` of `holder`, without extensions; else it is reported."""
        member = holder.get(key)
        if member is None:
            return
        if not isinstance(member.value, dict):
            self.malformed(member, f"`{key}` must be a mapping")
            return
        for name, node in member.members():
            if not name.startswith("x-"):
                yield name, node

    def _fault(self, *, needed: bool) -> None:
        self.possible = self.possible and not needed


def report_broken(reason: Diagnostic, findings: Findings, *, needed: bool = False) -> None:
    """Reports a reference that leads nowhere, for the `reason` that following it gave."""
    findings.report(
        BROKEN_REFERENCE,
        reason.span,
        reason.message,
        hint=reason.hint,
        related=reason.related,
        severity=_severity(needed=needed),
    )


def text_of(node: Node, key: str) -> str | None:
    """The member `key` where it is text, else None."""
    member = node.get(key)
    return None if member is None else member.text


def flag(node: Node, key: str) -> bool:
    """Whether the member `key` is `true`."""
    member = node.get(key)
    return member is not None and member.value is True


def _severity(*, needed: bool) -> Severity:
    return Severity.ERROR if needed else Severity.WARNING
