"""Reads the ways into a value: names, JSON Pointers and dotted paths."""

from __future__ import annotations

import re
from typing import Final

from arazzoc.expr.scanner import Scanner, excerpt
from arazzoc.expr.spelling import Member, Pointer

__all__ = ["read_characters", "read_members", "read_name", "read_pointer", "read_tokens"]

_BARE_BRACKETS: Final = r"(?:\[(?!-?[0-9]+\])[\w$-]*\])*"
_NAME: Final = re.compile(rf"\$?[\w-]*{_BARE_BRACKETS}(?:\.\$?[\w-]*{_BARE_BRACKETS})*")
_MEMBER: Final = re.compile(r"\.(\$?[\w-]+)")
_INDEX: Final = re.compile(r"\[(0|[1-9][0-9]{0,14})\]")
_QUOTED: Final = re.compile(r"""\[(?:'((?:[^'\\{}]|\\['\\])*)'|"((?:[^"\\{}]|\\["\\])*)")\]""")
_BRACKETS: Final = re.compile(r"\[[^\]]*\]?")
_TOKENS: Final = re.compile(r"(?:[^~{}]|~[01])*")
_CHARACTERS: Final = re.compile(r'(?:[^\x00-\x1f"\\{}]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))+')
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|(.))")
_CONTROL: Final = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


def read_name(scanner: Scanner, reference: str) -> str:
    """Reads an `identifier` of the grammar.

    Version 1.0 of the specification set no bounds to names, so letters of all scripts are let in, `$` where
    a part of the name starts (`$inputs.$filter`), and brackets around a bare word (`$inputs.page[size]`).

    Args:
        scanner: Stands where the name starts.
        reference: The expression with `NAME` in the name's place, for the hint.

    Raises:
        UnparsableError: There is no name.
    """
    found = scanner.match(_NAME)
    if found is None or not found[0]:
        raise scanner.fault(f"a name is missing after `{_before(scanner)}`", f"write `{reference}`")
    return found[0]


def _before(scanner: Scanner) -> str:
    return excerpt(scanner.text[scanner.start : scanner.at])


def read_members(scanner: Scanner) -> tuple[Member, ...]:
    """Reads `.a[0]['b c']` as far as it goes.

    Raises:
        UnparsableError: There are brackets with neither an index nor a quoted name in them.
    """
    members: list[Member] = []
    while True:
        if name := scanner.match(_MEMBER):
            members.append(name[1])
        elif index := scanner.match(_INDEX):
            members.append(int(index[1]))
        elif quoted := scanner.match(_QUOTED):
            members.append(re.sub(r"\\(.)", r"\1", quoted[1] or quoted[2] or ""))
        elif brackets := scanner.look(_BRACKETS):
            raise scanner.fault(
                f"`{excerpt(brackets[0])}` leads to no single value",
                "brackets hold an index or a quoted name; to select by a query, use a criterion or "
                "selector of type `jsonpath`",
                end=brackets.end(),
            )
        else:
            return tuple(members)


def read_pointer(scanner: Scanner) -> Pointer:
    """Reads `#` and a JSON Pointer, if `#` comes next.

    Raises:
        UnparsableError: The pointer does not start with `/`, or has a wrong escape or a brace.
    """
    if not scanner.take("#"):
        return None
    if scanner.at_end():
        return ()
    if not scanner.take("/"):
        wanted = scanner.text[scanner.start : scanner.at] + "/" + scanner.rest
        raise scanner.fault("a JSON Pointer starts with `/`", f"write `{wanted}`")
    return read_tokens(scanner)


def read_tokens(scanner: Scanner) -> tuple[str, ...]:
    """Reads the tokens of a JSON Pointer after its first slash, to the end (RFC 6901).

    Raises:
        UnparsableError: There is a `~` that is not `~0` or `~1`, or a brace.
    """
    start = scanner.at
    scanner.match(_TOKENS)
    if scanner.next == "~":
        raise scanner.fault(
            "`~` in a JSON Pointer is followed by `0` or `1`",
            "write `~0` for `~`, and `~1` for `/`",
            end=min(scanner.at + 2, scanner.end),
        )
    if not scanner.at_end():
        raise scanner.fault(
            f"`{scanner.next}` cannot stand in the JSON Pointer of an expression",
            "braces end an embedded expression, and the specification has no escape for them",
        )
    written = scanner.text[start : scanner.at]
    return tuple(token.replace("~1", "/").replace("~0", "~") for token in written.split("/"))


def read_characters(scanner: Scanner, reference: str) -> str:
    """Reads a `name` of the grammar, which may hold anything that JSON text may but braces.

    Raises:
        UnparsableError: There is no name, or a character that needs an escape.
    """
    start = scanner.at
    found = scanner.match(_CHARACTERS)
    if not scanner.at_end():
        raise scanner.fault(
            f"`{excerpt(scanner.next)}` cannot stand in a name",
            f"write `\\u{ord(scanner.next):04x}` for it",
        )
    if found is None:
        raise scanner.fault(f"a name is missing after `{_before(scanner)}`", f"write `{reference}`")
    try:
        return _unescaped(found[0])
    except UnicodeDecodeError as error:
        message = "half of a surrogate pair is no character"
        raise scanner.fault(message, None, start, scanner.at) from error


def _unescaped(written: str) -> str:
    if "\\" not in written:
        return written
    plain = _ESCAPE.sub(
        lambda found: chr(int(found[1], 16)) if found[1] else _CONTROL.get(found[2], found[2]),
        written,
    )
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
