"""Curves as SVG, readable on light and on dark ground."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import count
from math import ceil, floor, log10
from typing import Final

__all__ = ["Chart", "picture"]

_WIDTH: Final = 400
"""Of one chart, labels included, in pixels."""
_HEIGHT: Final = 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 18, 34, 64
_STYLE: Final = """
text { font: 11px system-ui, sans-serif; fill: #333 }
.title { font-weight: 600; font-size: 12px }
.grid { stroke: #8884; stroke-width: 1 }
.line { fill: none; stroke-width: 2 }
.c0 { stroke: #2266cc } .d0 { fill: #2266cc }
.c1 { stroke: #c2570c } .d1 { fill: #c2570c }
.c2 { stroke: #2f8f46 } .d2 { fill: #2f8f46 }
.c3 { stroke: #8a4fbf } .d3 { fill: #8a4fbf }
@media (prefers-color-scheme: dark) {
  text { fill: #ccc }
  .c0 { stroke: #6ea8fe } .d0 { fill: #6ea8fe }
  .c1 { stroke: #f0a060 } .d1 { fill: #f0a060 }
  .c2 { stroke: #6cc982 } .d2 { fill: #6cc982 }
  .c3 { stroke: #c49bea } .d3 { fill: #c49bea }
}
"""


@dataclass(frozen=True, slots=True)
class Chart:
    """Curves over one axis; both axes start at zero, or have steps of ten times.

    Attributes:
        across: What the horizontal axis counts.
        up: What the vertical axis measures.
        curves: Points from left to right, by the curve's name; at most four curves.
        logarithmic: Both axes have steps of ten times.
    """

    title: str
    across: str
    up: str
    curves: Mapping[str, Sequence[tuple[float, float]]]
    logarithmic: bool = False


def picture(charts: Sequence[Chart]) -> str:
    """The charts side by side."""
    width = _WIDTH * len(charts)
    parts = [part for index, chart in enumerate(charts) for part in _drawn(chart, index * _WIDTH)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_HEIGHT}" '
        f'width="{width}" height="{_HEIGHT}" role="img">\n'
        f"<title>{escape('; '.join(chart.title for chart in charts))}</title>\n"
        f"<style>{_STYLE}</style>\n" + "\n".join(parts) + "\n</svg>\n"
    )


@dataclass(frozen=True, slots=True)
class _Axis:
    """Where values stand on an axis.

    Attributes:
        marks: Values that are written beside it, the first and the last one included.
        share: Where a value stands, from 0 to 1.
    """

    marks: Sequence[float]
    share: Callable[[float], float]

    @staticmethod
    def linear(end: float, steps: int) -> _Axis:
        """From zero to `end`."""
        return _Axis([end * step / steps for step in range(steps + 1)], lambda each: each / end)

    @staticmethod
    def of_tens(values: Sequence[float]) -> _Axis:
        """From a power of ten to another, with all of `values` between them."""
        first, last = floor(log10(min(values))), ceil(log10(max(values)))
        powers = [10.0**power for power in range(first, last + 1)]
        return _Axis(powers, lambda each: (log10(each) - first) / (last - first))


def _axes(chart: Chart) -> tuple[_Axis, _Axis]:
    points = [point for curve in chart.curves.values() for point in curve]
    across, up = [each for each, _ in points], [each for _, each in points]
    if chart.logarithmic:
        return _Axis.of_tens(across), _Axis.of_tens(up)
    return _Axis.linear(max(across), 2), _Axis.linear(_ceiling(max(up)), 4)


def _drawn(chart: Chart, x: int) -> Iterator[str]:
    across, up = _axes(chart)
    inner_width, inner_height = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM
    ground = _TOP + inner_height
    left, right = x + _LEFT, x + _LEFT + inner_width
    yield _text(left, 16, chart.title, "title")
    for mark in up.marks:
        height = ground - up.share(mark) * inner_height
        line = f'x1="{left:.1f}" y1="{height:.1f}" x2="{right:.1f}" y2="{height:.1f}"'
        yield f'<line class="grid" {line}/>'
        yield _text(left - 6, height + 4, f"{mark:g}", anchor="end")
    for mark in across.marks:
        at = left + across.share(mark) * inner_width
        yield _text(at, ground + 16, f"{mark:,.0f}", anchor="middle")
    yield _text(left, ground + 32, f"{chart.up}, by {chart.across}")
    for index, (name, curve) in enumerate(chart.curves.items()):
        places = [
            (left + across.share(a) * inner_width, ground - up.share(b) * inner_height)
            for a, b in curve
        ]
        yield from _curve(index, places)
        at, height = left + index % 2 * 170, ground + 46 + index // 2 * 14
        yield f'<circle class="d{index}" cx="{at + 4}" cy="{height - 4}" r="4"/>'
        yield _text(at + 13, height, name)


def _curve(index: int, places: Sequence[tuple[float, float]]) -> Iterator[str]:
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    yield f'<polyline class="line c{index}" points="{line}"/>'
    for x, y in places:
        yield f'<circle class="d{index}" cx="{x:.1f}" cy="{y:.1f}" r="2.5"/>'


def _text(x: float, y: float, said: str, kind: str = "", anchor: str = "start") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text{named} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(said)}</text>'


def _ceiling(value: float) -> float:
    """The next round number: 1, 2, 4 or 8 times a power of ten."""
    return next(
        step * 10.0**power
        for power in count(-3)
        for step in (1, 2, 4, 8)
        if step * 10.0**power >= value
    )
