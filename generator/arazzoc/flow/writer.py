"""Writes a graph as structured statements, following its dominator tree."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from enum import Enum, auto
from typing import Final, NamedTuple

from arazzoc.flow.shape import Shape
from arazzoc.flow.statements import Arm, chosen, judged, spin
from arazzoc.flow.tree import (
    Again,
    Block,
    Break,
    Capture,
    Continue,
    Fail,
    Jump,
    Loop,
    Perform,
    Return,
    Statement,
    leaves,
)
from arazzoc.flow.ways import Attempt, Choice, Elsewhere, Way, Ways, resets
from arazzoc.frozen import dataclass
from arazzoc.ir.graph import Edge, Retry, StepNode

__all__ = ["Unstructured", "write"]


_FAVOUR: Final = 3
"""How many times as long what follows a failure must be to be the main line of the workflow."""


class Unstructured(Exception):  # noqa: N818 - it is no error, but an answer
    """Python has no statement for a way through the graph.

    Attributes:
        target: The node that cannot be reached from some place; None where blocks are too deep.
        header: The loop that it cannot be reached from; None outside of loops.
        follows: What follows the block that is too deep.
        retries: It is a retry that cannot be expressed.
    """

    def __init__(
        self,
        target: int | None,
        header: int | None,
        *,
        follows: int | None = None,
        retries: bool = False,
    ) -> None:
        super().__init__(target, header)
        self.target = target
        self.header = header
        self.follows = follows
        self.retries = retries


@dataclass(frozen=True, slots=True)
class _Place:
    """Where statements are written.

    Attributes:
        follows: The node that is reached by falling through; None where nothing is.
        header: What `continue` leads to.
        onward: What `break` leads to.
        loops: Whether there is a loop around.
        depth: How many blocks are around.
    """

    follows: int | None = None
    header: int | None = None
    onward: int | None = None
    loops: bool = False
    depth: int = 0


class _Begun(Enum):
    """How much of a node is already written where its block begins."""

    NOTHING = auto()
    LOOP = auto()
    """The loop that it is the header of."""
    PERFORM = auto()
    """That, and what performs its step."""


class _Branch(NamedTuple):
    """A way on, with what is done first along it."""

    first: Block
    way: Way


def write(graph: Ways, shape: Shape, blocks: Collection[int], deepest: int) -> Block:
    """The statements of a graph.

    After Ramsey, "Beyond Relooper" (ICFP 2022): a node stands where the only way to it branches off, or if
    ways meet there, after the node that dominates it immediately; a loop's header in a `Loop`. As Python
    can leave the innermost loop only and has no other labelled blocks, a node to which a way leads from any
    further away is `Unstructured`.

    Args:
        graph: Its nodes.
        shape: Its structure.
        blocks: Meeting points that are reached by `break` out of a loop which is there for that alone.
        deepest: How many blocks may be in one another.

    Raises:
        Unstructured: There is no such statement.
    """
    return _Writer(graph, shape, blocks, deepest).block(0, _Place())


class _Writer:
    def __init__(self, graph: Ways, shape: Shape, blocks: Collection[int], deepest: int) -> None:
        self._graph = graph
        self._shape = shape
        self._blocks = blocks
        self._deepest = deepest
        self._placed: set[int] = set()

    def block(self, entry: int, place: _Place, begun: _Begun = _Begun.NOTHING) -> Block:
        """The statements from a node on up to what follows `place`."""
        if place.depth > self._deepest:
            raise Unstructured(None, place.header, follows=place.follows)
        out: list[Statement] = []
        waiting: list[int] = []
        current: int | None = entry
        while current is not None:
            self._placed.add(current)
            here = replace(place, follows=waiting[-1]) if waiting else place
            if self._shape.is_header(current) and begun is _Begun.NOTHING:
                current = self._loop(current, here, out)
            else:
                if begun is not _Begun.PERFORM:
                    out += self._performing(current)
                if (meeting := self._needs_block(current)) is not None:
                    current = self._once(current, meeting, waiting, here, out)
                else:
                    current = self._node(current, waiting, here, out)
            begun = _Begun.NOTHING
            if current is None and waiting:
                current = waiting.pop()
        return tuple(out)

    def _loop(self, header: int, place: _Place, out: list[Statement]) -> int | None:
        """Writes the loop that a node begins; returns the node after it, where it is not elsewhere."""
        onward = self._shape.onward.get(header)
        owns = (
            onward is not None
            and onward not in self._placed
            and self._shape.tree.dominates(header, onward)
            and not isinstance(self._graph.nodes[onward], Elsewhere)
        )
        if owns and onward is not None:
            self._placed.add(onward)
        inner = _Place(None, header, onward, loops=True, depth=place.depth + 1)
        body = self.block(header, inner, _Begun.LOOP)
        out += (*self._entering(header), Loop(body))
        if onward is None or owns:
            return onward
        out += self._transfer(Way(onward), place) or ()
        return None

    def _performing(self, node: int) -> Block:
        match self._graph.nodes[node]:
            case Attempt(step, _, _, spun):
                return spin(step) if spun else (Perform(step),)
            case _:
                return ()

    def _needs_block(self, node: int) -> int | None:
        """The last of the meeting points after a node that must be reached by `break`."""
        meetings = self._meetings(node)
        return next((meeting for meeting in reversed(meetings) if meeting in self._blocks), None)

    def _once(
        self, node: int, meeting: int, waiting: list[int], place: _Place, out: list[Statement]
    ) -> int:
        """Writes where a node goes on to in a loop that is run once: `break` leads to `meeting`."""
        later = [found for found in self._meetings(node) if not self._before(found, meeting)]
        self._placed.update(later)
        waiting += reversed(later[1:])
        inner = _Place(None, None, meeting, loops=True, depth=place.depth + 1)
        out.append(Loop(self.block(node, inner, _Begun.PERFORM)))
        return meeting

    def _node(
        self, node: int, waiting: list[int], place: _Place, out: list[Statement]
    ) -> int | None:
        """Writes a node; returns the one that its statements simply go on with."""
        meetings = self._meetings(node)
        self._placed.update(meetings)
        waiting += reversed(meetings)
        if meetings:
            place = replace(place, follows=meetings[0])
        match self._graph.nodes[node]:
            case Elsewhere(step_id):
                out.append(Jump(step_id))
                return None
            case Attempt() as attempt:
                return self._attempt(attempt, place, bool(meetings), out)
            case Choice() as choice:
                return self._choice(choice, place, bool(meetings), out)

    def _attempt(
        self, attempt: Attempt, place: _Place, meets: bool, out: list[Statement]
    ) -> int | None:
        step = attempt.step
        captured: Block = () if attempt.spun else (Capture(step),)
        sides = [
            _Branch(first, way)
            for first, way in ((captured, attempt.success), ((), attempt.failure))
            if way is not None
        ]
        blocks, onward = self._branches(sides, place, meets)
        if len(blocks) == 2:
            out += judged(step, blocks[0], blocks[1])
        else:
            out += (statement for block in blocks for statement in block)
        return self._go_on(sides, onward, out)

    def _choice(
        self, choice: Choice, place: _Place, meets: bool, out: list[Statement]
    ) -> int | None:
        edges: list[Edge] = []
        branches: list[_Branch] = []
        while True:
            edges.append(choice.edge)
            branches.append(_Branch((), choice.chosen))
            following = choice.otherwise.to
            node = self._graph.nodes[following] if isinstance(following, int) else None
            if not isinstance(following, int) or not isinstance(node, Choice):
                break
            if following in self._placed or self._meetings(following):
                break
            choice = node
        branches.append(_Branch((), choice.otherwise))
        blocks, onward = self._branches(branches, place, meets)
        arms: list[Arm] = list(zip(edges, blocks[:-1], strict=True))
        out += chosen(choice.step, arms, blocks[-1])
        return self._go_on(branches, onward, out)

    def _go_on(
        self, branches: Sequence[_Branch], onward: int | None, out: list[Statement]
    ) -> int | None:
        if onward is None:
            return None
        out += branches[onward].first
        following = branches[onward].way.to
        return following if isinstance(following, int) else None

    def _branches(
        self, branches: Sequence[_Branch], place: _Place, meets: bool
    ) -> tuple[list[Block], int | None]:
        """The block of each branch, and which one the statements after them go on with, if one.

        That is the one with most steps, so that the others are the exceptions; but none that leads out of a
        loop which another leaves by `break`. It must be the only one that goes on; where others do, its
        steps too stand in its block.
        """
        inner = replace(place, depth=place.depth + 1)
        known = [self._transfer(branch.way, inner) for branch in branches]
        main = None if meets else self._main(branches, known, inner)
        blocks = [
            (
                ()
                if number == main
                else (*branch.first, *(self._inline(branch, inner) if block is None else block))
            )
            for number, (branch, block) in enumerate(zip(branches, known, strict=True))
        ]
        if main is None:
            return blocks, None
        if all(leaves(block) for number, block in enumerate(blocks) if number != main):
            return blocks, main
        blocks[main] = (*branches[main].first, *self._inline(branches[main], inner))
        return blocks, None

    def _main(
        self, branches: Sequence[_Branch], known: Sequence[Block | None], place: _Place
    ) -> int | None:
        leaves_loop = (Break(),) in known and place.header is not None
        weights = {
            number: self._shape.weight[branch.way.to] * (_FAVOUR if branch.way.succeeded else 1)
            for number, (branch, block) in enumerate(zip(branches, known, strict=True))
            if block is None and isinstance(branch.way.to, int)
            if not (leaves_loop and place.header not in self._shape.loops[branch.way.to])
        }
        best = max(weights, key=lambda number: (weights[number], number), default=None)
        return best if best is not None and weights[best] > 0 else None

    def _inline(self, branch: _Branch, place: _Place) -> Block:
        if not isinstance(branch.way.to, int):
            raise TypeError(branch.way)
        return self.block(branch.way.to, place)

    def _transfer(self, way: Way, place: _Place) -> Block | None:
        """The statements that lead along a way; None where the node it leads to stands there itself."""
        match way.to:
            case Return() | Fail() as end:
                return (end,)
            case target:
                pass
        if target == place.header:
            again = self._again(way.retry, target) if way.retry else self._entering(target)
            return (*again, Continue())
        if target == place.follows:
            return ()
        if target == place.onward:
            return (Break(),)
        node = self._graph.nodes[target]
        if isinstance(node, Elsewhere) and not place.loops:
            return (Jump(node.step_id),)
        if (
            isinstance(node, Elsewhere)
            or target in self._placed
            or len(self._shape.tree.forward[target]) > 1
        ):
            raise Unstructured(target, place.header, retries=way.retry is not None)
        return None

    def _again(self, retry: Retry, node: int) -> Block:
        attempt = self._graph.nodes[node]
        if not isinstance(attempt, Attempt):
            raise TypeError(attempt)
        return (Again(retry, attempt.step),)

    def _entering(self, node: int) -> Block:
        """What is done before a step is entered; one that is spun sees to itself."""
        match self._graph.nodes[node]:
            case Attempt(StepNode() as step, _, _, False):
                return resets(step)
            case _:
                return ()

    def _meetings(self, node: int) -> list[int]:
        """The nodes where ways meet that stand after `node`."""
        return [found for found in self._shape.meetings[node] if found not in self._placed]

    def _before(self, node: int, other: int) -> bool:
        rank = self._shape.tree.rank
        return rank[node] < rank[other]
