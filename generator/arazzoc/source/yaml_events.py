"""YAML with positions, in one pass over libyaml's events."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import field
from typing import Any, Final, NoReturn, cast

import yaml
from yaml import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from arazzoc.diagnostics.model import Rule
from arazzoc.diagnostics.registry import source as rules
from arazzoc.frozen import dataclass
from arazzoc.source.fault import Fault
from arazzoc.source.limits import DEFAULT_LIMITS, Limits, expanded_size
from arazzoc.source.node import JsonValue
from arazzoc.source.scalar import CORE_TAGS, Scalar, plain_scalar, tagged_scalar
from arazzoc.source.yaml_errors import syntax_fault
from arazzoc.suggestion import closest

__all__ = ["YamlReading", "read_yaml"]

_MERGE: Final = "<<"
_TAG: Final = re.compile(r"![^\s,\[\]{}]*")
_COLLECTION_TAGS: Final = frozenset({"!", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"})
_CORE: Final = "tag:yaml.org,2002:"


@dataclass(slots=True)
class YamlReading:
    """What a YAML text holds.

    Attributes:
        value: The first document's value; None where `complete` is False.
        places: For each mapping and sequence, by `id`: its own start, then for a mapping the starts of key
            and value in turn, in the order of its keys; for a sequence the starts of its items. Offsets
            are code points.
        start: Where the value starts.
        faults: What is wrong with it.
        complete: Whether it could be read to its end.
        empty: Whether there is nothing in it but comments.
    """

    value: JsonValue = None
    places: dict[int, list[int]] = field(default_factory=dict[int, list[int]])
    start: int = 0
    faults: list[Fault] = field(default_factory=list[Fault])
    complete: bool = True
    empty: bool = False


def read_yaml(text: str, limits: Limits = DEFAULT_LIMITS) -> YamlReading:
    """Reads the first document of a YAML text, which has no byte order mark.

    Scalars mean what the core schema of YAML 1.2 says (see `plain_scalar`); mapping keys are their source
    text, so `200:` is `"200"`. Merge keys (`<<`) are honoured: keys written out win, whatever their order.
    Of keys written twice the first counts.
    """
    return _Reader(text, limits).read()


class _StopReadingError(Exception):
    """The rest cannot be read; the fault has been noted."""


@dataclass(slots=True)
class _Open:
    """A mapping or sequence whose end has not been read.

    Attributes:
        height: How many mappings and sequences are inside each other in it, as far as it is read; itself and
            what aliases stand for included.
        merged: The values of its merge keys with their places; they are put in at its end.
    """

    value: dict[str, JsonValue] | list[JsonValue]
    places: list[int]
    anchor: str | None
    height: int = 1
    merged: list[tuple[JsonValue, int]] | None = None


class _Reader:
    """One pass over the events; the stack holds the mappings and sequences that are open.

    Events are `Any`: their attributes are the C module's, and asking for types costs time.
    """

    def __init__(self, text: str, limits: Limits) -> None:
        self._text = text
        self._limits = limits
        self._reading = YamlReading()
        self._places = self._reading.places
        self._stack: list[_Open] = []
        self._anchors: dict[str, tuple[JsonValue, str]] = {}
        self._sizes: dict[int, int] = {}
        self._heights: dict[int, int] = {}
        self._expanded = 0
        # Values that are in no mapping are kept all the same: tables go by `id`.
        self._kept: list[JsonValue] = []
        self._parser = yaml.CSafeLoader(text)
        self._next = cast("Callable[[], Any]", self._parser.get_event)

    def read(self) -> YamlReading:
        """Reads the whole text; faults end up in what it returns."""
        reading = self._reading
        try:
            reading.value = self._document()
        except yaml.YAMLError as error:
            reading.faults.append(syntax_fault(self._text, error))
            reading.complete = False
        except _StopReadingError:
            reading.complete = False
        finally:
            self._parser.dispose()
        return reading

    def _document(self) -> JsonValue:
        self._next()  # the stream's start
        if type(self._next()) is StreamEndEvent:
            self._reading.empty = True
            return None
        first = self._next()
        self._reading.start = first.start_mark.index
        root = self._scalar(first) if type(first) is ScalarEvent else self._other(first)
        while self._stack:
            top = self._stack[-1]
            if isinstance(top.value, dict):
                self._fill_mapping(top, top.value)
            else:
                self._fill_sequence(top, top.value)
        self._next()  # the document's end
        following = self._next()
        if type(following) is DocumentStartEvent and not self._is_empty_end():
            self._fault(
                rules.SEVERAL_DOCUMENTS,
                following,
                "another document starts here, and only the first one is read",
                "put each document into a file of its own",
            )
        return root

    def _is_empty_end(self) -> bool:
        """Whether nothing at all comes behind the `---` that was read last, or behind more of them."""
        while True:
            content = self._next()
            if type(content) is not ScalarEvent or content.value or not content.implicit[0]:
                return False
            self._next()  # the document's end
            if type(self._next()) is not DocumentStartEvent:
                return True

    def _fill_mapping(self, top: _Open, mapping: dict[str, JsonValue]) -> None:
        """Reads members until the mapping ends or another mapping or sequence opens."""
        next_event, place, scalar = self._next, top.places.append, self._scalar
        while True:
            event = next_event()
            kind = event.__class__
            if kind is MappingEndEvent:
                self._close()
                return
            key: str = event.value if kind is ScalarEvent else self._unusual_key(event)
            if kind is ScalarEvent and event.anchor:
                self._scalar(event)
            value_event = next_event()
            if key in mapping and self._starts_an_item(top, mapping, event, value_event):
                mapping, place = self._new_item(top, event, key), top.places.append
            is_scalar = type(value_event) is ScalarEvent
            value = scalar(value_event) if is_scalar else self._other(value_event)
            if key in mapping:
                self._duplicate(top, mapping, event, key)
                self._kept.append(value)
            elif key == _MERGE and kind is ScalarEvent and not event.style:
                top.merged = [*(top.merged or ()), (value, event.start_mark.index)]
            else:
                mapping[key] = value
                place(event.start_mark.index)
                place(value_event.start_mark.index)
            if not is_scalar and self._stack[-1] is not top:
                return

    def _fill_sequence(self, top: _Open, sequence: list[JsonValue]) -> None:
        """Reads items until the sequence ends or another sequence or mapping opens."""
        next_event, place, scalar = self._next, top.places.append, self._scalar
        while True:
            event = next_event()
            kind = event.__class__
            if kind is ScalarEvent:
                sequence.append(scalar(event))
                place(event.start_mark.index)
            elif kind is SequenceEndEvent:
                self._close()
                return
            else:
                sequence.append(self._other(event))
                place(event.start_mark.index)
                if self._stack[-1] is not top:
                    return

    def _scalar(self, event: Any) -> Scalar:
        """The value of a scalar, which its anchor remembers."""
        text: str = event.value
        value: Scalar = text
        if event.tag is not None:
            value = self._tagged(event)
        elif not event.style:
            value = plain_scalar(text)
        if event.anchor:
            self._anchors[event.anchor] = (value, text)
        return value

    def _tagged(self, event: Any) -> Scalar:
        tag: str = event.tag
        if tag not in CORE_TAGS:
            self._unknown_tag(event)
            return cast("str", event.value)
        try:
            return tagged_scalar(tag, event.value)
        except ValueError:
            shown = tag.replace(_CORE, "!!")
            message = f"`{event.value}` is not of the type `{shown}`"
            self._fault(rules.TAG_MISMATCH, event, message, "correct the value, or remove the tag")
            return cast("str", event.value)

    def _other(self, event: Any) -> JsonValue:
        """The value of an alias, or a mapping or sequence, which opens empty."""
        if type(event) is AliasEvent:
            return self._alias(event)
        self._nest(event, 1)
        if event.tag is not None and event.tag not in _COLLECTION_TAGS:
            self._unknown_tag(event)
        start: int = event.start_mark.index
        value: dict[str, JsonValue] | list[JsonValue]
        value = {} if type(event) is MappingStartEvent else []
        places = self._places[id(value)] = [start]
        if event.anchor:
            self._anchors[event.anchor] = (value, "")
        self._stack.append(_Open(value, places, event.anchor))
        return value

    def _alias(self, event: Any) -> JsonValue:
        if event.anchor not in self._anchors:
            near = closest(event.anchor, self._anchors)
            self._fault(
                rules.UNDEFINED_ALIAS,
                event,
                f"no anchor `&{event.anchor}` stands before this alias",
                (
                    f"did you mean `*{near}`?"
                    if near
                    else "put quotes around a value that is meant as text"
                ),
            )
            return None
        value, _ = self._anchors[event.anchor]
        if any(value is opened.value for opened in self._stack):
            self._fault(
                rules.RECURSIVE_ALIAS,
                event,
                f"the alias `*{event.anchor}` stands inside the value that it stands for",
                "use a `$ref` for a schema that refers to itself",
            )
            return None
        self._expanded += self._sizes.get(id(value), 1)
        if self._expanded > self._limits.alias_nodes:
            limit = self._limits.alias_nodes
            self._stop(
                rules.ALIAS_EXPANSION,
                event,
                f"aliases stand for more than {limit} values in all",
                "write no aliases into what other aliases stand for",
            )
        if id(value) in self._heights:
            self._nest(event, self._heights[id(value)])
        return value

    def _nest(self, event: Any, height: int) -> None:
        """Takes note that a value of that height stands in what is open."""
        limit = self._limits.depth
        if len(self._stack) + height > limit:
            self._stop(
                rules.NESTED_TOO_DEEP,
                event,
                f"more than {limit} mappings and lists are nested here",
                "move inner ones to a place of their own, and refer to them by `$ref`",
            )
        if self._stack:
            self._stack[-1].height = max(self._stack[-1].height, height + 1)

    def _unusual_key(self, event: Any) -> str:
        """The source text of a key that is an alias of a scalar; nothing else can be a key."""
        if type(event) is AliasEvent:
            value = self._alias(event)
            if not isinstance(value, dict | list):
                return self._anchors[event.anchor][1] if event.anchor in self._anchors else ""
        return self._stop(
            rules.COMPLEX_KEY,
            event,
            "a mapping or list stands here as the key of a mapping",
            'put quotes around a value that is meant as text, such as `"{{name}}"`',
        )

    def _close(self) -> None:
        closed = self._stack.pop()
        if closed.merged and isinstance(closed.value, dict):
            for source, place in closed.merged:
                self._kept.append(source)
                self._merge(source, place, closed.value, closed.places)
        if self._stack:
            self._stack[-1].height = max(self._stack[-1].height, closed.height + 1)
        if closed.anchor:
            self._sizes[id(closed.value)] = expanded_size(closed.value, self._sizes)
            self._heights[id(closed.value)] = closed.height

    def _merge(
        self, source: JsonValue, place: int, mapping: dict[str, JsonValue], places: list[int]
    ) -> None:
        """Puts the members of `source`, or of each mapping in it, where `mapping` has none yet."""
        for merged in source if isinstance(source, list) else [source]:
            if not isinstance(merged, dict):
                end = place + len(_MERGE)
                message = "only a mapping, or a list of mappings, can be merged by `<<`"
                hint = "give it the alias of a mapping, such as `*defaults`"
                self._reading.faults.append(Fault(rules.MERGE_VALUE, place, end, message, hint))
                return
            from_places = self._places[id(merged)]
            for index, (key, value) in enumerate(merged.items()):
                if key not in mapping:
                    mapping[key] = value
                    places += from_places[2 * index + 1 : 2 * index + 3]

    def _starts_an_item(
        self, top: _Open, mapping: dict[str, JsonValue], event: Any, value_event: Any
    ) -> bool:
        """Whether the item of a list begins anew: its first key comes again, and not as a mere copy."""
        holder = self._stack[-2].value if len(self._stack) > 1 else None
        first = next(iter(mapping)) == event.value
        written = value_event.value if type(value_event) is ScalarEvent else None
        before = mapping[event.value]
        same = written is not None and before in (written, plain_scalar(written))
        copied = len(mapping) == 1 and same
        block = self._text[top.places[0] : top.places[0] + 1] != "{"
        return isinstance(holder, list) and first and block and not copied and top.anchor is None

    def _new_item(self, top: _Open, event: Any, key: str) -> dict[str, JsonValue]:
        """Goes on with a new item, as if the dash were there that is missing."""
        self._fault(
            rules.DUPLICATE_KEY,
            event,
            f"the key `{key}` stands twice in this mapping: a dash is missing before it",
            f"write `- {key}: ...`, in the column of the item before it",
        )
        holder, start = self._stack[-2], event.start_mark.index
        item: dict[str, JsonValue] = {}
        top.value, top.places = item, [start]
        self._places[id(item)] = top.places
        assert isinstance(holder.value, list)
        holder.value.append(item)
        holder.places.append(start)
        return item

    def _duplicate(self, top: _Open, mapping: dict[str, JsonValue], event: Any, key: str) -> None:
        first = top.places[2 * list(mapping).index(key) + 1]
        fault = Fault(
            rules.DUPLICATE_KEY,
            event.start_mark.index,
            event.end_mark.index,
            f"the key `{key}` stands twice in this mapping, and only the first one counts",
            "remove or rename one of the two",
            (first, first + len(key)),
            "the first one stands here",
        )
        self._reading.faults.append(fault)

    def _unknown_tag(self, event: Any) -> None:
        shown = event.tag.replace(_CORE, "!!")
        start: int = event.start_mark.index
        written = _TAG.search(self._text, start)
        start, end = written.span() if written else (start, start)
        message = f"the tag `{shown}` is not known and has no effect"
        hint = "remove the tag, or put quotes around a value that is meant to start with `!`"
        self._reading.faults.append(Fault(rules.UNKNOWN_TAG, start, end, message, hint))

    def _fault(self, rule: Rule, event: Any, message: str, hint: str | None = None) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        self._reading.faults.append(Fault(rule, start, end, message, hint))

    def _stop(self, rule: Rule, event: Any, message: str, hint: str | None = None) -> NoReturn:
        self._fault(rule, event, message, hint)
        raise _StopReadingError
