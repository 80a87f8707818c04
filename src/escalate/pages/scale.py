"""Where an instant stands in its month: days from the month's first midnight; and which lane has room for a thing."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

Date = datetime.date
OPENS, HOURS = 6, 14  # of a drawn day: what comes before six stands at its beginning, what comes after eight in the evening at its end
DUE = 0.9  # where on its day a due stands that is the whole day


def place(text: str, first: Date) -> float:
    """A day (`2025-09-05`) or an instant (`2025-09-05T17:30:00+08:00`) in days from the first of a month."""
    days = (Date.fromisoformat(text[:10]) - first).days
    if len(text) == 10:
        return days + DUE
    hours = int(text[11:13]) + int(text[14:16]) / 60
    return days + min(max((hours - OPENS) / HOURS, 0.04), 0.96)


def number(value: float) -> str:
    """A number as it stands in a style: two digits behind the point at most."""
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"


def at(**values: float) -> str:
    """A style that gives variables their numbers: `--x:3.5;--n:2`."""
    return ";".join(f"--{name}:{number(value)}" for name, value in values.items())


def lanes(extents: Iterable[tuple[float, float]]) -> Sequence[int]:
    """The lane of each extent in the order given: the first in which it lies on no other."""
    free: list[float] = []
    found = []
    for start, end in extents:
        lane = next((n for n, until in enumerate(free) if until <= start), len(free))
        free[lane : lane + 1] = [end]
        found.append(lane)
    return found
