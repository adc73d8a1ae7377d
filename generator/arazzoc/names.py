"""Every Python name is made here, once: a string of these types is already a valid name."""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata
from collections.abc import Iterable
from typing import Final, TypeVar

__all__ = [
    "CALLED",
    "RESERVED",
    "ClassName",
    "ConstantName",
    "Identifier",
    "ModuleName",
    "Scope",
    "singular",
]

_WORD_BREAK: Final = re.compile(
    r"(?<=[a-z0-9])(?=[A-Z])"  # jobId -> job Id
    r"|(?<=[A-Z])(?=[A-Z][a-z])"  # HTTPStatus -> HTTP Status
)
_NOT_IN_A_WORD: Final = re.compile(r"[^0-9A-Za-z]+")
_SOFT_KEYWORDS: Final = frozenset({"match", "case", "type", "_"})
_BUILTINS: Final = frozenset(dir(builtins))

_DEVICE: Final = re.compile("con|prn|aux|nul|com[0-9]|lpt[0-9]")
"""What Windows takes for a device, whatever stands behind the dot."""

_ALREADY_ONE: Final = ("ss", "us", "is", "ics", "details", "series")

_VARIABLES: Final = frozenset(
    [
        *(
            "http",
            "outputs",
            "request",
            "response",
            "transport",
            "unmet",
            "action",
            "step",
            "retries",
        ),
        *(
            "any",
            "bool",
            "bytes",
            "cast",
            "dict",
            "float",
            "int",
            "len",
            "list",
            "object",
            "range",
            "str",
        ),
        *("re", "asyncio"),
    ]
)
"""Names that generated functions have for something else: their variables, and the builtins that they call.

`re` and `asyncio` stay what they are in every edition of a module.
"""

CALLED: Final = frozenset(
    [
        *("at", "attempt", "basic", "cookies", "dump", "find", "folded", "form", "holds", "joined"),
        *("delimited", "members_besides", "xpath_holds", "xpath_value"),
        *("compare", "compare_strictly", "equal", "leads_somewhere", "matches", "same", "size"),
        *(
            "matches_composed",
            "shown_operands",
            "candidates_of",
            "children_of",
            "descendants_of",
            "elements_of",
        ),
        *("nodes_at", "has_match", "index_of", "is_match", "length_of", "literal_of", "or_none"),
        *(
            "pick",
            "python_pattern",
            "sole_of",
            "deep_object",
            "exploded",
            "header_list",
            "json_text",
        ),
        *("keep_reserved", "form_query", "as_cookie", "header_json", "header_text", "unstructured"),
        *("form_fields", "loaded", "octets_of"),
        *("members_as_parts", "pairs_as_parts", "multipart", "octets", "with_nodes", "with_value"),
        *("entries_of", "with_xml", "xml_attribute", "xml_text", "label_segment", "list_segment"),
        *(
            "matrix_segment",
            "whole_query",
            "bearer_of",
            "within",
            "preparing",
            "segments",
            "opened",
        ),
        *("present", "query", "required", "required_in", "retry_after", "segment", "send"),
        *("text", "time"),
        *("in_literal", "in_token", "path_holds", "path_value", "pointed", "stepped", "with_path"),
        *("composed_xpath_holds", "composed_xpath_value", "with_composed_xml", "with_pointed"),
    ]
)
"""Names of the runtime, and `time`: an argument can have them where no function of the module calls them."""

_TYPES: Final = frozenset(
    [
        *(
            "Any",
            "Final",
            "Literal",
            "Mapping",
            "NotRequired",
            "Sequence",
            "TypeAlias",
            "TypedDict",
        ),
        *("Encoded", "File", "NOTHING", "Part", "Upload"),
    ]
)
"""What annotations and requests are made of."""

RESERVED: Final = _VARIABLES | CALLED | _TYPES
"""Names that the body of a generated function may use for something else."""


class Identifier(str):
    """A name of a function, argument or variable: `snake_case`, never a keyword."""

    __slots__ = ()

    @classmethod
    def of(cls, text: str, *, default: str = "value") -> Identifier:
        """The identifier that `text` suggests: `accessToken` and `Access-Token` give `access_token`."""
        return cls(_safe("_".join(word.lower() for word in _words(text)), default))

    @classmethod
    def of_member(cls, owner: str, member: str) -> Identifier:
        """The identifier of what `owner` has: `findMember` and `memberUserId` give `find_member_user_id`.

        Words that end the one and begin the other are written once.
        """
        first, second = (cls.of(text).strip("_").split("_") for text in (owner, member))
        shared = next(
            size
            for size in range(len(second), -1, -1)
            if first[len(first) - size :] == second[:size]
        )
        return cls.of(" ".join([*first, *second[shared:]]))

    @property
    def hides_builtin(self) -> bool:
        """Whether the name is also one of Python's builtins."""
        return self in _BUILTINS


class ConstantName(str):
    """A name of a module's constant: `UPPER_CASE`."""

    __slots__ = ()

    @classmethod
    def of(cls, text: str, *, default: str = "VALUE") -> ConstantName:
        """The constant's name that `text` suggests: `jobsApi url` gives `JOBS_API_URL`."""
        return cls(_safe("_".join(word.upper() for word in _words(text)), default))


class ClassName(str):
    """A name of a class or type: `CapWords`, never a keyword or the name of a builtin."""

    __slots__ = ()

    @classmethod
    def of(cls, text: str, *, default: str = "Value") -> ClassName:
        """The class name that `text` suggests: `cancel-running-job` gives `CancelRunningJob`."""
        name = _safe("".join(word[0].upper() + word[1:] for word in _words(text)), default)
        return cls(name + "_" if name in _BUILTINS else name)


class ModuleName(str):
    """A name of a module or package: an identifier that is a file name too."""

    __slots__ = ()

    @classmethod
    def of(cls, text: str, *, default: str = "module") -> ModuleName:
        """The module name that `text` suggests: `ibm-quantum` gives `ibm_quantum`, `con` gives `con_`."""
        name = Identifier.of(text, default=default)
        return cls(f"{name}_" if _DEVICE.fullmatch(name) else name)


NameT = TypeVar("NameT", Identifier, ConstantName, ClassName, ModuleName)


class Scope:
    """The names in use in one place."""

    def __init__(self, reserved: Iterable[str] = (), *, _outer: Scope | None = None) -> None:
        self._reserved = set(reserved)
        self._taken: set[str] = set()
        self._numbers: dict[str, int] = {}
        self._outer = _outer

    def __contains__(self, name: str) -> bool:
        own = name in self._taken or name in self._reserved
        return own or (self._outer is not None and name in self._outer)

    def claim(self, name: NameT) -> NameT:
        """Takes `name`, or what is free of `name_2`, `name_3` ...; one that is reserved gets `name_`."""
        unique = type(name)(f"{name}_") if self._is_reserved(name) else name
        number = self._numbers.get(name, 1)
        while unique in self:
            number += 1
            unique = type(name)(f"{name}_{number}")
        self._numbers[name] = number
        self._taken.add(unique)
        return unique

    def reserve(self, names: Iterable[str]) -> None:
        """Marks names that the generated code uses for something else."""
        self._reserved.update(names)

    def taken(self) -> frozenset[str]:
        """The names that were claimed."""
        return frozenset(self._taken)

    def inner(self) -> Scope:
        """A scope in which all names that are in use here are in use too."""
        return Scope(_outer=self)

    def _is_reserved(self, name: str) -> bool:
        return name in self._reserved or (
            self._outer is not None and self._outer._is_reserved(name)
        )


def singular(name: str) -> str:
    """What one of several is called: `entries` gives `entry`, `jobs` gives `job`; `status` stays."""
    if name.endswith("ies"):
        return name[:-3] + "y"
    if name.endswith("s") and not name.endswith(_ALREADY_ONE):
        return name[:-1]
    return name


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return [
        word for piece in _NOT_IN_A_WORD.split(plain) for word in _WORD_BREAK.split(piece) if word
    ]


def _safe(name: str, default: str) -> str:
    if not name:
        return default
    if name[0].isdigit():
        name = f"{default}_{name}" if default.islower() else f"{default}{name}"
    if keyword.iskeyword(name) or name in _SOFT_KEYWORDS:
        name += "_"
    return name
