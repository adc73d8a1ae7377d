"""Components of an Arazzo document, and the Reusable Objects that refer to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, Generic, Literal, TypeAlias, TypeVar

from arazzoc.diagnostics.model import Fix
from arazzoc.diagnostics.registry import document as rules
from arazzoc.frozen import dataclass
from arazzoc.model.field_names import field_of
from arazzoc.model.read_scalar import text_node
from arazzoc.model.shape import Fields, Reader, Reading, anything, check_key
from arazzoc.source.edits import in_place, renamed, respelled
from arazzoc.source.node import Node
from arazzoc.suggestion import closest, surely

__all__ = ["Component", "ComponentKind", "ComponentSet", "Reusable"]

T = TypeVar("T")

ComponentKind: TypeAlias = Literal["parameters", "successActions", "failureActions"]

_REFERENCE: Final = re.compile(r"\$components\.(?P<kind>[^.]+)\.(?P<name>.+)", re.DOTALL)
_POINTER: Final = re.compile(r"#/components/(?P<kind>[^/]+)/(?P<name>[^/]+)")


@dataclass(frozen=True, slots=True)
class Component(Generic[T]):
    """A component as it was read.

    Attributes:
        value: None where it could not be read.
        sound: Whether its reading found no error.
    """

    value: T | None
    sound: bool


class ComponentSet(Generic[T]):
    """The components of one kind, each read and checked once, when it is first asked for.

    Attributes:
        kind: The field of the Components Object.
        title: What one of them is called, such as "success action".
    """

    def __init__(self, root: Node, kind: ComponentKind, title: str, read: Reader[T]) -> None:
        """Takes the components of `kind` from the document's root; they are read by `read`."""
        self.kind = kind
        self.title = title
        self._node = root.at(("components", kind))
        self._read = read
        self._done: dict[str, Component[T]] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the components, in the order written."""
        return tuple(key for key, _ in self._members())

    def get(self, name: str, reading: Reading) -> Component[T] | None:
        """The component of that name, or None where there is none."""
        node = self._node.get(name) if self._node else None
        if node is None:
            return None
        if name not in self._done:
            before = reading.errors
            value = self._read(node, reading)
            self._done[name] = Component(value, sound=reading.errors == before)
        return self._done[name]

    def read_all(self, node: Node, reading: Reading) -> dict[str, T] | None:
        """Reads what no one has referred to as well, so that its faults are reported."""
        if not isinstance(node.value, dict):
            reading.wrong_type(node, f"a mapping from names to {self.title}s")
            return None
        for key, member in node.members():
            check_key(key, member, "component", reading)
            self.get(key, reading)
        return {key: done.value for key, done in self._done.items() if done.value is not None}

    def _members(self) -> Iterator[tuple[str, Node]]:
        return self._node.members() if self._node else iter(())


@dataclass(frozen=True, slots=True)
class Reusable(Generic[T]):
    """Reads an object that may be a Reusable Object instead.

    Attributes:
        components: Where references lead.
        read: Reads the object itself.
        place: Makes a component stand where it is referred to: takes it, the referring node and the
            `value` that overrides its own.
    """

    components: ComponentSet[T]
    read: Reader[T]
    place: Callable[[T, Node, Node | None], T]

    def __call__(self, node: Node, reading: Reading) -> T | None:
        """The object at `node`, or the component that it refers to; None where neither can be read."""
        ref = node.get("$ref")
        if ref is not None and ref.value is not None:
            return self._read_ref(ref, node, reading)
        reference = field_of(node, "reference")
        misspelt = reference is not None and reference.path[-1] != "reference"
        if reference is not None and (not misspelt or _REFERENCE.match(reference.text or "")):
            return self._read_reference(node, reading)
        return self.read(node, reading)

    def _read_reference(self, node: Node, reading: Reading) -> T | None:
        fields = Fields(node, "reusable object", reading)
        reference = fields.required("reference", text_node)
        override = fields.optional("value", anything)
        fields.finish(ignored=True)
        if override is not None and self.components.kind != "parameters":
            reading.report(
                rules.MISPLACED_FIELD,
                override.key_span,
                f"`value` has no effect on a {self.components.title}",
                hint="remove it: only a parameter's value can be overridden",
            )
        if reference is None:
            return None
        name = _component_name(reference, self.components, reading)
        if name is None:
            return None
        return self._resolve(name, reference, node, reading)

    def _read_ref(self, ref: Node, node: Node, reading: Reading) -> T | None:
        kind, title = self.components.kind, self.components.title
        found = _POINTER.fullmatch(ref.text or "")
        if found is None or found["kind"] != kind:
            reading.report(
                rules.WRONG_COMPONENT,
                ref.span,
                f"`$ref` does not lead to a {title}",
                hint=f"write `reference: $components.{kind}.NAME`",
            )
            return None
        reading.report(
            rules.REF_FOR_REFERENCE,
            ref.key_span,
            f"a {title} is referred to with `$ref`",
            hint=f"write `reference: $components.{kind}.{found['name']}`",
            fix=_by_reference(ref, f"$components.{kind}.{found['name']}"),
        )
        return self._resolve(found["name"], ref, node, reading)

    def _resolve(self, name: str, reference: Node, node: Node, reading: Reading) -> T | None:
        component = self.components.get(name, reading)
        if component is None:
            near = closest(name, self.components.names)
            reading.report(
                rules.UNKNOWN_COMPONENT,
                reference.span,
                f"there is no {self.components.title} `{name}` in `components.{self.components.kind}`",
                hint=f"did you mean `{near}`?" if near else _known_names(self.components),
                fix=_other_name(reference, name, surely(name, self.components.names)),
            )
            return None
        if not component.sound:
            reading.taint()
        if component.value is None:
            return None
        return self.place(component.value, node, node.get("value"))


def _component_name(reference: Node, components: ComponentSet[T], reading: Reading) -> str | None:
    """The name that a reference gives; None where it names no component of the right kind."""
    written = reference.text or ""
    found = _REFERENCE.fullmatch(written)
    if found and found["kind"] == components.kind:
        return found["name"]
    wanted = f"$components.{components.kind}."
    if found:
        message = f"`{written}` does not refer to a {components.title}"
        hint = f"only `{wanted}NAME` may stand here"
    else:
        message = f"`{written}` is not a reference to a component"
        pointer = _POINTER.fullmatch(written)
        hint = f"write `{wanted}{pointer['name'] if pointer else 'NAME'}`"
    reading.report(rules.WRONG_COMPONENT, reference.span, message, hint=hint)
    return None


def _by_reference(ref: Node, text: str) -> Fix | None:
    """What makes `reference: text` of a `$ref`."""
    edits = renamed(ref, "reference"), respelled(ref, 0, len(ref.text or ""), text)
    if None in edits:
        return None
    return Fix(f"write `reference: {text}`", tuple(edit for edit in edits if edit is not None))


def _other_name(reference: Node, name: str, meant: str | None) -> Fix | None:
    written = reference.text or ""
    if meant is None or not written.endswith(name):
        return None
    return in_place(reference, len(written) - len(name), len(written), meant)


def _known_names(components: ComponentSet[T]) -> str:
    if not components.names:
        return f"the document has no `components.{components.kind}`"
    return "there are " + ", ".join(f"`{name}`" for name in components.names[:10])
