"""What a drawing is put together from: blocks that know how high they are, and their shapes from their own corner."""

from __future__ import annotations

import html
from collections.abc import Iterable

from attrs import frozen

from ..reports.wrap import wrap
from .measure import width

LEADING = 1.42
CHIP, CHIP_PAD = 12, 9


@frozen
class Block:
    """Shapes, with the room that they take; the width only where something stands beside them."""

    height: float
    shapes: tuple[str, ...] = ()
    width: float = 0

    def at(self, x: float, y: float) -> str:
        """The shapes, moved to a place."""
        return f'<g transform="translate({_n(x)} {_n(y)})">{"".join(self.shapes)}</g>' if self.shapes else ""


def below(blocks: Iterable[Block], gap: float = 0) -> Block:
    """One block under the other."""
    shapes, y = [], 0.0
    for block in blocks:
        if block.height:
            shapes.append(block.at(0, y + (gap if y else 0)))
            y += block.height + (gap if y else 0)
    return Block(y, tuple(shapes))


def text(said: str, kind: str, size: float, room: float, *, bold: bool = False, x: float = 0, tail: str = "") -> Block:
    """A text in as many lines as it needs; nothing where it is empty. tail: what follows on the last line, wherever the font ends it."""
    if not said:
        return Block(0)
    lines = [one for part in said.split("\n") for one in wrap(part, room, lambda part: width(part, size, bold=bold))]
    shapes = [line(part, kind, x, n * size * LEADING + size * 1.08, tail=tail if n == len(lines) - 1 else "") for n, part in enumerate(lines)]
    return Block(len(lines) * size * LEADING, tuple(shapes))


def line(said: str, kind: str, x: float, y: float, anchor: str = "", tail: str = "") -> str:
    """One line of text on its baseline."""
    end = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text class="{kind}" x="{_n(x)}" y="{_n(y)}"{end}>{html.escape(said)}{tail}</text>'


def span(said: str, kind: str, gap: float) -> str:
    """More text on a line, after a gap, in another kind."""
    return f'<tspan class="{kind}" dx="{_n(gap)}">{html.escape(said)}</tspan>' if said else ""


def box(kind: str, x: float, y: float, wide: float, high: float, radius: float = 0) -> str:
    """A rectangle."""
    return f'<rect class="{kind}" x="{_n(x)}" y="{_n(y)}" width="{_n(wide)}" height="{_n(high)}" rx="{_n(radius)}"/>'


def path(kind: str, steps: str) -> str:
    """A line that bends."""
    return f'<path class="{kind}" d="{steps}"/>'


def circle(kind: str, x: float, y: float, radius: float) -> str:
    """A circle."""
    return f'<circle class="{kind}" cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}"/>'


def chip(said: str, kind: str, x: float, *, room: float, clock: bool = False) -> Block:
    """A short text in a rounded box, with a clock where it says by when."""
    icon = 15 if clock else 0
    lines = wrap(said, room - 2 * CHIP_PAD - icon, lambda part: width(part, CHIP))
    wide = max(width(part, CHIP) for part in lines) + 2 * CHIP_PAD + icon
    place, anchor = (x + CHIP_PAD + icon, "") if lines[1:] or clock else (x + wide / 2, "middle")
    high = len(lines) * CHIP * 1.35 + 6
    shapes = [box(f"chip {kind}", x, 0, wide, high, 11)]
    if clock:
        shapes += [circle("clock", x + CHIP_PAD + 5, 11, 5), path("clock", f"M{_n(x + CHIP_PAD + 5)} 8V11H{_n(x + CHIP_PAD + 7.5)}")]
    shapes += [line(part, f"tag {kind}", place, n * CHIP * 1.35 + 15.2, anchor) for n, part in enumerate(lines)]
    return Block(high, tuple(shapes), wide)


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
