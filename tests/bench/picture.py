"""Curves as SVG, readable on light and on dark ground."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import count
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
    """Curves over one axis; both axes start at zero.

    Attributes:
        across: What the horizontal axis counts.
        up: What the vertical axis measures.
        curves: Points from left to right, by the curve's name; at most four curves.
    """

    title: str
    across: str
    up: str
    curves: Mapping[str, Sequence[tuple[float, float]]]


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


def _drawn(chart: Chart, x: int) -> Iterator[str]:
    points = [point for curve in chart.curves.values() for point in curve]
    across, up = max(each for each, _ in points), _ceiling(max(each for _, each in points))
    inner_width, inner_height = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM
    floor = _TOP + inner_height

    def place(point: tuple[float, float]) -> tuple[float, float]:
        return x + _LEFT + point[0] / across * inner_width, floor - point[1] / up * inner_height

    yield _text(x + _LEFT, 16, chart.title, "title")
    for share in (0, 0.25, 0.5, 0.75, 1):
        (left, height), (right, _) = place((0, share * up)), place((across, 0))
        line = f'x1="{left:.1f}" y1="{height:.1f}" x2="{right:.1f}" y2="{height:.1f}"'
        yield f'<line class="grid" {line}/>'
        yield _text(left - 6, height + 4, f"{share * up:g}", anchor="end")
    for each in sorted({0, across / 2, across}):
        yield _text(place((each, 0))[0], floor + 16, f"{each:,.0f}", anchor="middle")
    yield _text(x + _LEFT, floor + 32, f"{chart.up}, by {chart.across}")
    for index, (name, curve) in enumerate(chart.curves.items()):
        yield from _curve(index, [place(point) for point in curve])
        at = x + _LEFT + index % 2 * 170
        height = floor + 46 + index // 2 * 14
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
