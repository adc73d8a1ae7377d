"""What one line of block YAML says, where that is sure without the lines around it."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Final, NamedTuple

from arazzoc.source.limits import Limits, exceeds_depth
from arazzoc.source.node import JsonValue
from arazzoc.source.scalar import plain_scalar
from arazzoc.source.yaml_events import read_yaml

__all__ = [
    "DOUBLE",
    "MOST_BRACES",
    "SINGLE",
    "Line",
    "Lines",
    "NotSureError",
    "Rest",
    "further",
    "surprising",
    "unquoted",
]

MOST_BRACES: Final = 8
"""Mappings and lists in one another that a line may hold between braces and brackets."""
_LONGEST_KEY: Final = 500
"""Characters of a key; libyaml refuses more than 1024 from its start to its colon."""
_MOST_LINES: Final = 200_000
"""Lines that are remembered at a time."""
SINGLE: Final = r"[^']*+(?:''[^']*+)*+"
"""What stands between single quotes, as a pattern."""
DOUBLE: Final = r'[^"\\]*+(?:\\.[^"\\]*+)*+'
"""What stands between double quotes, as a pattern."""
_TEXT: Final = r"[^:#]*+(?:(?::(?=[^ ])|(?<=[^ ])#)[^:#]*+)*+"
"""What a plain scalar or key goes on with: neither `: ` nor ` #`."""
_LINE: Final = re.compile(
    r" *+(?P<dashes>(?:-(?: ++|$))*+)"
    r"(?:(?:'(?P<single>[^']++)'|\"(?P<double>[^\"\\]++)\""
    rf"|(?P<key>(?:[\w/$+]|-(?=[0-9])){_TEXT}(?<! ))):(?: ++|$))?"
    rf"(?:(?P<plain>(?:[\w/$(.+<=;^~\\]|-(?=[^ ])|[^\x00-\x7f]){_TEXT})"
    rf"|(?P<quoted>'{SINGLE}'|\"{DOUBLE}\")(?: ++|$)"
    r"|(?P<block>[|>][-+]?+)(?: ++|$)"
    rf"|(?P<open>'{SINGLE}|\"{DOUBLE}\\?)$"
    r"|(?P<braces>[\[{].*+))?(?P<remark>#.*+)?"
).fullmatch
_VALUES: Final = frozenset({"plain", "quoted", "block", "open", "braces"})
_FURTHER: Final = re.compile(rf" ++{_TEXT}").fullmatch
_SURPRISE: Final = re.compile(
    "[^\t\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
).search
"""Characters that YAML forbids or takes for line breaks."""


class NotSureError(Exception):
    """The text may mean what only libyaml knows, or nothing at all."""


class Rest(Enum):
    """What has to be known of other lines to know what a line says."""

    BLANK = auto()
    """Nothing stands in it."""
    REMARK = auto()
    """A comment stands in it."""
    AWAITED = auto()
    """The value stands in the lines below, if there is one."""
    BLOCK = auto()
    """It ends in the header of a block scalar."""
    OPEN = auto()
    """It ends in a quoted scalar whose end is further down."""
    UNCLEAR = auto()
    """It is sure at most as a further line of a plain scalar."""


class Line(NamedTuple):
    """What a line says.

    Attributes:
        entries: The items and the member that start in it, each with its level, and a member with its key. A
            level is twice the column, and for an item's dash one more: a list may stand in its key's column.
        level: That of what follows them.
        value: What follows them.
        text: What the value is read from, where further lines may add to that.
        rest: What of the value is not in the line.
    """

    entries: tuple[tuple[int, str | None], ...] = ()
    level: int = 0
    value: JsonValue = None
    text: str | None = None
    rest: Rest | None = None


class Lines(dict[str, Line]):
    """What lines say, each made out once: most lines of a long description are the same as others."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self._limits = limits

    def __missing__(self, line: str) -> Line:
        """Makes out a line."""
        try:
            made = self._made(line)
        except NotSureError:
            made = Line((), 2 * (len(line) - len(line.lstrip(" "))), rest=Rest.UNCLEAR)
        if len(self) == _MOST_LINES:
            self.clear()
        self[line] = made
        return made

    def _made(self, line: str) -> Line:
        found = None if surprising(line) or "\t" in line else _LINE(line)
        if found is None:
            raise NotSureError
        last = found.lastgroup
        if last == "remark":
            bare = self[line[: found.start("remark")]]
            if bare.rest is None:
                return bare._replace(text=None)  # no further line can follow
            return Line(rest=Rest.REMARK) if bare.rest is Rest.BLANK else bare
        start, column = found.span("dashes")
        entries: tuple[tuple[int, str | None], ...] = ()
        if start != column:
            dashes = [at for at in range(start, column) if line[at] == "-"]
            entries = tuple((2 * at + 1, None) for at in dashes)
        key = found["key"] or found["single"] or found["double"]
        if key:
            if len(key) > _LONGEST_KEY:
                raise NotSureError
            entries = (*entries, (2 * column, key))
        if last in _VALUES:
            return Line(entries, 2 * column, *self._value(last, found[last]))
        return Line(entries, 2 * column, rest=Rest.AWAITED if entries else Rest.BLANK)

    def _value(self, kind: str, text: str) -> tuple[JsonValue, str | None, Rest | None]:
        """The value, what it is read from where that may go on, and what it lacks."""
        if kind == "plain":
            text = text.rstrip(" ")
            return plain_scalar(text), text, None
        if kind == "quoted":
            return unquoted(text, self._limits), None, None
        if kind == "braces":
            value = judged(text, self._limits)
            if exceeds_depth(value, MOST_BRACES):
                raise NotSureError
            return value, None, None
        return None, text, Rest.BLOCK if kind == "block" else Rest.OPEN


def unquoted(text: str, limits: Limits) -> str:
    """The value of a quoted scalar whose line breaks are folded; libyaml reads what escapes say.

    Raises:
        NotSureError: It holds an escape that does not exist.
    """
    if text[0] == "'":
        return text[1:-1].replace("''", "'")
    if "\\" not in text:
        return text[1:-1]
    value = judged(text, limits)
    assert isinstance(value, str)
    return value


def judged(text: str, limits: Limits) -> JsonValue:
    """What libyaml says that a text means, which means the same wherever it stands.

    Raises:
        NotSureError: Something is wrong with it.
    """
    reading = read_yaml(text, limits)
    if reading.faults or not reading.complete:
        raise NotSureError
    return reading.value


def further(line: str) -> str:
    """What a further line adds to a plain scalar.

    Raises:
        NotSureError: It may end the scalar.
    """
    if _FURTHER(line) is None or "\t" in line or surprising(line):
        raise NotSureError
    return line.strip(" ")


def surprising(text: str) -> bool:
    """Whether a text holds what YAML forbids or takes for the end of a line."""
    return not text.isprintable() and _SURPRISE(text) is not None
