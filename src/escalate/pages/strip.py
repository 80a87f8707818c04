"""A child in one line of a report: a column a day, the gravest of its sessions; below it the cases as bars on the same days."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from .attendance import Day
from .scale import lanes, number, place
from .signs import key_of
from .spans import Bar
from .tags import Html, joined, tag

Date = datetime.date
HIGH, LANE, GAP = 12, 7, 3  # of the days, of a case
EDGED = 62  # days up to which each stands apart from the next
DAILY, WEEKLY = 31, 120  # days up to which every one has its date, and every Monday
SHOWN = ("present", "late", "left_early", "excused", "unexcused", "unknown", "none", "not_expected")
# Where in its column a day of a meaning begins, and how high it is: told apart without colour too.
SHAPES = {
    "unexcused": (0, 12), "excused": (4, 8), "late": (7, 5), "left_early": (3, 5), "none": (9, 3), "unknown": (6, 3),
    "not_expected": (11, 1), "present": (11, 1),
}


@frozen
class Axis:
    """The days that a report's strips show, from the first to the last."""

    first: Date
    last: Date

    @property
    def many(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1

    def place(self, text: str) -> float:
        """Where a day or an instant stands."""
        return place(text, self.first)

    def months(self, names: Sequence[str]) -> Iterator[tuple[int, str]]:
        """Where each month begins, and its name."""
        for n in range(self.many):
            date = self.first + datetime.timedelta(days=n)
            if date.day == 1 or not n:
                yield n, names[date.month - 1]

    def dates(self) -> Iterator[tuple[int, str]]:
        """Where a day of the month stands, and which: of every day, of every Monday, or over a long time of none."""
        for n in range(self.many):
            date = self.first + datetime.timedelta(days=n)
            if self.many <= DAILY or self.many <= WEEKLY and not date.weekday():
                yield n, str(date.day)


def strip(days: Sequence[Day], bars: Sequence[Bar], axis: Axis, until: str, said: str) -> Html:
    """The strip of a child. said: what it shows, in words, for those who do not see it."""
    taken = lanes((axis.place(bar.opened), axis.place(bar.ended or until) + 1) for bar in bars)
    high = HIGH + GAP + LANE * (max(taken, default=-1) + 1)
    shapes = [tag("path", d=d, class_=f"d {name}") for name, d in _paths(days, axis).items()]
    lines = "".join(f"M{n} 0v{high}" for n, _ in axis.months(("",) * 12))
    drawn = [_case(bar, lane, axis, until) for bar, lane in zip(bars, taken, strict=True)]
    return tag(
        "svg", tag("title", said), tag("path", d=lines, class_="g"), *shapes, *drawn,
        class_="strip", viewBox=f"0 0 {axis.many} {high}", preserveAspectRatio="none", role="img", style=f"height:{high}px",
    )  # fmt: skip


def sample(meaning: str) -> Html:
    """What a day of a meaning looks like."""
    return tag("svg", tag("path", d=_box(0, 8, *SHAPES[meaning]), class_=f"d {meaning}"), class_="sample", viewBox=f"0 0 8 {HIGH}", aria_hidden="true")


def _paths(days: Sequence[Day], axis: Axis) -> Mapping[str, str]:
    """The days of each meaning as one path; days in a row are one rectangle where there are too many to tell them apart."""
    found: dict[str, list[list[int]]] = {}
    edge = 0.06 if axis.many <= EDGED else 0.0
    for day in days:
        meaning, n = day.gravest, (day.date - axis.first).days
        if meaning not in SHOWN or not 0 <= n < axis.many:
            continue
        runs = found.setdefault(meaning, [])
        if runs and runs[-1][1] == n and not edge:
            runs[-1][1] = n + 1
        else:
            runs.append([n, n + 1])
    return {name: "".join(_box(start + edge, end - edge, *SHAPES[name]) for start, end in found[name]) for name in SHOWN if name in found}


def _box(start: float, end: float, top: int, high: int) -> str:
    return f"M{number(start)} {top}h{number(end - start)}v{high}h{number(start - end)}z"


def _case(bar: Bar, lane: int, axis: Axis, until: str) -> Html:
    start, end = max(axis.place(bar.opened), 0.0), min(axis.place(bar.ended or until), float(axis.many))
    wide, top = max(end - start, 0.8), HIGH + GAP + LANE * lane
    places = [at for at in (axis.place(tick.at) for tick in bar.ticks) if start <= at <= end]
    ticks = [tag("path", d="".join(f"M{number(at)} {top}v{LANE - 1}" for at in places), class_="t")] if places else []
    line = tag("rect", x=number(start), y=top + 1, width=number(wide), height=LANE - 3, class_=f"b {key_of(bar.state)}")
    return joined([line, *ticks])
