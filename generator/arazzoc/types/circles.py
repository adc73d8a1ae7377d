"""Which steps lead to one another: the strongly connected components of a flow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

__all__ = ["circles"]


def circles(ways: Mapping[str, Iterable[str]]) -> tuple[frozenset[str], ...]:
    """The steps in groups in which each leads to all others; a step on its own is a group too.

    A group stands behind all those that it leads to.

    Args:
        ways: The steps that each step leads to, by its id. All of them are keys.

    Source: R. Tarjan, "Depth-first search and linear graph algorithms" (1972). Without recursion: a workflow
    can have more steps than Python has frames.
    """
    found: list[frozenset[str]] = []
    numbers: dict[str, int] = {}
    lowest: dict[str, int] = {}
    """The smallest number that a step leads to in its group, as far as is known; done steps are missing."""
    open_steps: list[str] = []
    for start in ways:
        if start in numbers:
            continue
        waiting: list[tuple[str, Iterator[str]]] = []
        following: str | None = start
        while True:
            if following is not None:
                numbers[following] = lowest[following] = len(numbers)
                open_steps.append(following)
                waiting.append((following, iter(ways[following])))
            step, onward = waiting[-1]
            following = next(_unseen(onward, step, numbers, lowest), None)
            if following is not None:
                continue
            waiting.pop()
            if lowest[step] == numbers[step]:
                found.append(_closed(step, open_steps, lowest))
            else:
                above = waiting[-1][0]
                lowest[above] = min(lowest[above], lowest[step])
            if not waiting:
                break
    return tuple(found)


def _unseen(
    onward: Iterator[str], step: str, numbers: Mapping[str, int], lowest: dict[str, int]
) -> Iterator[str]:
    """The next steps that were not come upon before; of others, `step` takes over what they lead to."""
    for each in onward:
        if each not in numbers:
            yield each
        elif each in lowest:
            lowest[step] = min(lowest[step], numbers[each])


def _closed(first: str, open_steps: list[str], lowest: dict[str, int]) -> frozenset[str]:
    """The group whose first step is `first`: what has been opened since."""
    group: list[str] = []
    while not group or group[-1] != first:
        group.append(open_steps.pop())
        del lowest[group[-1]]
    return frozenset(group)
