"""Reads objects field by field: each is named once, with its reader; what does not fit is reported."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from typing import Final, TypeAlias, TypeVar

from arazzoc.diagnostics.model import Findings, Fix, Related, Rule, Severity
from arazzoc.diagnostics.registry import document as rules
from arazzoc.diagnostics.registry import wild
from arazzoc.model.arazzo import SourceType
from arazzoc.model.field_names import field_of, is_telling, meant_by, written_field
from arazzoc.source.edits import renamed
from arazzoc.source.node import JsonValue, Node
from arazzoc.source.removal import without
from arazzoc.suggestion import closest, surely
from arazzoc.text import Span

__all__ = [
    "Fields",
    "Reader",
    "Reading",
    "anything",
    "check_key",
    "found",
    "label",
    "listed",
    "listing",
    "mapped",
    "open_object",
]

T = TypeVar("T")

Reader: TypeAlias = "Callable[[Node, Reading], T | None]"
"""Reads one value. None means that it does not fit, which the reader has reported."""

_KEY: Final = re.compile(r"[a-zA-Z0-9._\-]+")

_TYPE_NAMES: Final[dict[type, str]] = {
    dict: "a mapping",
    list: "a list",
    str: "text",
    bool: "a truth value",
    int: "a number",
    float: "a number",
    type(None): "nothing",
}


class Reading:
    """What the readers of one document share: the version they read, and where findings go.

    Attributes:
        minor: The minor version of Arazzo 1 that the document follows.
        source_types: The sources' types by name; filled before the workflows are read.
        errors: How many errors were found so far, so that a reader can tell whether a part was sound.
    """

    def __init__(self, findings: Findings, minor: int) -> None:
        self.minor = minor
        self.source_types: dict[str, SourceType | None] = {}
        self.errors = 0
        self._findings = findings

    def report(
        self,
        rule: Rule,
        span: Span,
        message: str,
        *,
        hint: str | None = None,
        related: tuple[Related, ...] = (),
        severity: Severity | None = None,
        fix: Fix | None = None,
    ) -> None:
        """Adds a finding, and counts it where it is an error."""
        self.errors += (severity or rule.severity) is Severity.ERROR
        self._findings.report(
            rule, span, message, hint=hint, related=related, severity=severity, fix=fix
        )

    def tried(self, read: Reader[T], node: Node) -> T | None:
        """What `read` makes of `node`; None where it finds anything wrong, which is not reported."""
        apart = Reading(Findings(), self.minor)
        apart.source_types = self.source_types
        value = read(node, apart)
        return None if apart.errors else value

    def taint(self) -> None:
        """Counts an error that was reported elsewhere, such as in a component that is used here."""
        self.errors += 1

    def wrong_type(self, node: Node, expected: str, hint: str | None = None) -> None:
        """Reports that `node` is not what was expected, once where a dash lacks its blank behind it."""
        if node.value is None and _is_before_dash(node):
            self.taint()
            return
        self.report(
            rules.WRONG_TYPE,
            node.span,
            f"{label(node)} must be {expected}, not {found(node.value)}",
            hint=hint or _type_hint(node.value, expected),
        )


def _is_before_dash(node: Node) -> bool:
    """Whether the next key is an item of a list whose dash has no blank behind it, which is told there."""
    owner = node.document.node.at([str(token) for token in node.path[:-1]])
    keys = [key for key, _ in owner.members()] if owner is not None else []
    at = keys.index(node.path[-1]) if node.path and node.path[-1] in keys else len(keys)
    return any(key.startswith("-") for key in keys[at + 1 : at + 2])


class Fields:
    """The fields of one object.

    Every field is asked for once, with its reader; `finish` then reports what nobody asked for.
    """

    def __init__(self, node: Node, name: str, reading: Reading) -> None:
        """Opens the mapping `node`, which users know as `name` (such as "step")."""
        self._node = node
        self._name = name
        self._reading = reading
        self._known: dict[str, int] = {}
        self._empty: set[object] = set()

    def required(self, key: str, read: Reader[T]) -> T | None:
        """The field's value; None where it is missing or does not fit, which is reported."""
        node = written_field(self._node, key)
        if node is not None:
            self._known[key] = 0
            return read(node, self._reading)
        self._reading.report(
            rules.MISSING_FIELD,
            self._node.span,
            f"the {self._name} has no `{key}`, which is required",
            hint=f"add `{key}`",
        )
        return self.optional(key, read)

    def optional(self, key: str, read: Reader[T], *, since: int = 0) -> T | None:
        """The field's value; None where it is left out or does not fit.

        `since` is the minor version of Arazzo 1 that brought the field; before it, it is unknown.
        """
        self._known[key] = since
        node = written_field(self._node, key)
        if node is None or since > self._reading.minor:
            return None
        if field_of(self._node, key) is not None:
            return read(node, self._reading)
        if _is_before_dash(node):
            self._reading.taint()
        else:
            self._report_empty(node)
        return None

    def has(self, key: str) -> bool:
        """Whether the field is written and not null, even with a slip in its name, whatever its value."""
        return field_of(self._node, key) is not None

    def finish(self, *, ignored: bool = False) -> None:
        """Reports the fields that no one asked for.

        They are a warning where the specification says that they are to be `ignored`, else an error.
        """
        idle: list[Node] = []
        for key, node in self._node.members():
            if key.startswith("x-"):
                continue
            since = self._known.get(key)
            if since is not None and since > self._reading.minor:
                self._report_later(key, since, node)
            elif key in self._empty:
                continue  # a slip for a field, told when that was asked for
            elif since is None and node.value is None:
                self._report_empty(node, "remove it")
            elif since is None and ignored and not self._is_slip(key):
                idle.append(node)
            elif since is None and is_telling(key, self._name) and not self._is_slip(key):
                self._report_telling(key, node)
            elif since is None:
                self._report_unknown(key, node)
        if idle:
            self._report_idle(idle)

    def _is_slip(self, key: str) -> bool:
        """Whether a key is another spelling of a field that is left out."""
        return any(known not in self._members and meant_by(key, known) for known in self._known)

    @property
    def _members(self) -> dict[str, JsonValue]:
        return self._node.value if isinstance(self._node.value, dict) else {}

    def _report_idle(self, idle: Sequence[Node]) -> None:
        """Reports fields that do nothing; where they stand before the object's own, at the first of these."""
        names = [f"`{node.path[-1]}`" for node in idle]
        several = len(names) > 1
        listed = f"{', '.join(names[:-1])} and {names[-1]} have" if several else f"{names[0]} has"
        hint = "remove them" if several else "remove it"
        own = self._node.get(next(iter(self._known))) or idle[0]
        late = next(iter(self._members)) not in self._known
        if late:
            hint += f"; where `{own.path[-1]}` begins another item, write a dash before it"
        self._reading.report(
            rules.MISPLACED_FIELD,
            (own if late else idle[0]).key_span,
            f"{listed} no effect in a {self._name}",
            hint=hint,
        )

    def _report_later(self, key: str, since: int, node: Node) -> None:
        self._reading.report(
            rules.UNKNOWN_FIELD,
            node.key_span,
            f"`{key}` is a field of {_article(self._name)} only from Arazzo 1.{since} on",
            hint=f"set `arazzo: 1.{since}.0`, or remove `{key}`",
        )

    def _report_empty(self, node: Node, hint: str = "give it one, or remove the field") -> None:
        self._empty.add(node.path[-1])
        self._reading.report(
            wild.EMPTY_FIELD,
            node.key_span,
            f"`{node.path[-1]}` is written without a value",
            hint=hint,
            fix=without(node),
        )

    def _report_telling(self, key: str, node: Node) -> None:
        edit = renamed(node, f"x-{key}") if key[:1].isalpha() else None
        self._reading.report(
            wild.TELLING_FIELD,
            node.key_span,
            f"`{key}` is not a field of {_article(self._name)}",
            hint=f"call it `x-{key}`, or write a comment" if edit else "write a comment",
            fix=None if edit is None else Fix(f"write `x-{key}`", (edit,)),
        )

    def _report_unknown(self, key: str, node: Node) -> None:
        free = [known for known in self._known if known not in self._members]
        near, sure = closest(key, free), surely(key, free)
        near = next((known for known in free if meant_by(key, known)), near)
        edit = renamed(node, sure) if sure is not None else None
        hint = f"remove it, or call it `x-{key}` if it is an extension"
        if key.startswith("-"):
            hint = f"write `- {key[1:]}`, with a blank behind the dash"
        elif near:
            hint = f"did you mean `{near}`?"
        self._reading.report(
            rules.UNKNOWN_FIELD,
            node.key_span,
            f"`{key}` is not a field of {_article(self._name)}",
            hint=hint,
            fix=None if edit is None else Fix(f"write `{sure}`", (edit,)),
        )


def found(value: JsonValue) -> str:
    """What a value is, in words: "a list"."""
    if isinstance(value, float) and not math.isfinite(value):
        return "infinity or no number"
    if isinstance(value, float) and not value.is_integer():
        return "a fraction"
    return _TYPE_NAMES[next(kind for kind in _TYPE_NAMES if isinstance(value, kind))]


def open_object(
    node: Node, name: str, reading: Reading, *, main: str | None = None
) -> Fields | None:
    """The fields of `node`; None where it is not a mapping, which is reported.

    `main` is the field that an author means who writes its text alone.
    """
    if isinstance(node.value, dict):
        return Fields(node, name, reading)
    short = main is not None and isinstance(node.value, str)
    hint = f"write `{main}: {node.value}`" if short else None
    reading.wrong_type(node, f"a mapping (the {name})", hint)
    return None


def anything(node: Node, reading: Reading) -> Node:
    """Reads any value."""
    del reading
    return node


def listed(
    read: Reader[T],
    *,
    empty: str | None = None,
    severity: Severity | None = None,
) -> Reader[tuple[T, ...]]:
    """Makes a reader of a list whose items `read` reads; items that do not fit are left out.

    Where an empty list is not allowed, `empty` says what to do about one, and `severity` what it weighs.
    """

    def read_list(node: Node, reading: Reading) -> tuple[T, ...] | None:
        if not isinstance(node.value, list):
            reading.wrong_type(node, "a list")
            only = reading.tried(read, node) if isinstance(node.value, dict) else None
            return None if only is None else (only,)
        if not node.value and empty is not None:
            reading.report(
                rules.EMPTY_LIST,
                node.span,
                f"{label(node)} has no entry",
                hint=empty,
                severity=severity,
            )
        read_items = (read(item, reading) for item in node.items())
        return tuple(item for item in read_items if item is not None)

    return read_list


def mapped(read: Reader[T], what: str) -> Reader[dict[str, T]]:
    """Makes a reader of a mapping from names to what `read` reads.

    `what` says what a name stands for, such as "output".
    """

    def read_mapping(node: Node, reading: Reading) -> dict[str, T] | None:
        if not isinstance(node.value, dict):
            reading.wrong_type(node, f"a mapping from names to {what}s")
            members = [member for item in node.items() for member in item.members()]
            found = {key: reading.tried(read, member) for key, member in members}
            return {key: value for key, value in found.items() if value is not None}
        values: dict[str, T] = {}
        for key, member in node.members():
            check_key(key, member, what, reading)
            value = read(member, reading)
            if value is not None:
                values[key] = value
        return values

    return read_mapping


def check_key(key: str, member: Node, what: str, reading: Reading) -> None:
    """Reports a name of an output or component that holds a character that is not allowed."""
    if not _KEY.fullmatch(key):
        reading.report(
            rules.INVALID_KEY,
            member.key_span,
            f"the {what} name `{key}` holds a character that is not allowed",
            hint="use letters, digits, `.`, `_` and `-` only",
        )


def label(node: Node) -> str:
    """How a message names the value: by its key, or as an item of the list with that key."""
    if not node.path:
        return "the document"
    last = node.path[-1]
    if isinstance(last, str):
        return f"`{last}`"
    return f"an item of `{node.path[-2]}`" if len(node.path) > 1 else "an item of the list"


def _article(name: str) -> str:
    return f"an {name}" if name[0] in "aeiouA" else f"a {name}"


def listing(words: tuple[str, ...]) -> str:
    """Words as a message lists them: "`a`, `b` or `c`"."""
    quoted = [f"`{word}`" for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def _type_hint(value: JsonValue, expected: str) -> str | None:
    if value is None:
        return "give it a value"
    if expected in ("a number", "a whole number") and isinstance(value, str):
        return "write the number alone, without a unit or quotes"
    if expected.startswith("a mapping") and isinstance(value, list):
        return "write it as a mapping: in YAML each member is `name: value`, without `- `"
    if expected == "a list":
        return "write it as a list: in YAML each item starts with `- `"
    if expected == "text" and isinstance(value, dict):
        return "put quotes around it if it starts with `{`"
    if expected == "text" and not isinstance(value, list):
        return "put quotes around it"
    return None
