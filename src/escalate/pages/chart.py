"""The months of a child: a row each, its days as cells, and below on the same days cases as bars and items as sticks."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from ..phrases import Phrases
from ..pictures.measure import width
from . import signs
from .attendance import Day, months
from .cells import cell, reasons
from .scale import at, lanes, number, place
from .spans import Bar, Stick
from .tags import Html, joined, tag

Date = datetime.date
DAY_WIDE = 24  # as wide as a day is at least where labels are shown, in points; the style says the same
TEXT = 12  # the size of a label
SIGN = 0.6  # of a day: what a sign takes


@frozen
class Chart:
    """What is drawn: the days of the calendar, cases, items, and the instant up to which all of it is known."""

    days: Sequence[Day]
    bars: Sequence[Bar]
    sticks: Sequence[Stick]
    until: str
    phrases: Phrases
    words: Mapping[str, str]

    def drawn(self) -> Html:
        """Every month in which there is school, or something to show."""
        first, last = self.days[0].date, self.days[-1].date
        return joined([month for start, end in months(first, last) if (month := self._month(start, end))], "\n")

    def _month(self, first: Date, last: Date) -> Html:
        days = [day for day in self.days if first <= day.date <= last]
        bars, cases = self._bars(first, last)
        sticks, items = self._sticks(first, last)
        if not (any(day.slots for day in days) or bars or sticks):
            return Html("")
        name = self.words["month"].format(m=self.phrases.months[first.month - 1], y=first.year)
        now = [tag("i", class_="now", style=at(x=place(self.until, first)))] if self.until[:7] == first.isoformat()[:7] else []
        shades = [tag("i", class_="shade", style=at(x=day.date.day)) for day in days if not day.slots] if bars or sticks else []
        why = [tag("span", text, class_="reason", style=at(x=start, n=many)) for start, many, text in reasons(days)]
        row = tag("div", joined([*(cell(day, self.phrases, self.words) for day in days), *why]), class_="days")
        shown = [row, *shades, *now, *bars, *sticks]
        chart = tag("div", joined(shown, "\n"), class_="chart", style=at(cases=cases, items=items))
        return tag("section", tag("h3", name), chart, class_="month")

    # --- cases ----------------------------------------------------------------------------------------

    def _bars(self, first: Date, last: Date) -> tuple[list[Html], int]:
        """The cases that are open in a month, and how many lanes they take."""
        many = last.day
        pieces = []
        for bar in self.bars:
            start, end = place(bar.opened, first), place(bar.ended or self.until, first)
            if end < 0 or start >= many:
                continue
            left, right = max(start, 0.0), min(max(end, start + 0.3), many)
            label = width(bar.title, TEXT) / DAY_WIDE + 0.3
            pieces.append((min(left, max(31 - label, 0.0)), max(right, left + label), left, right, bar, start < 0, end > many))
        taken = lanes((begin, reach) for begin, reach, *_ in pieces)
        drawn = [self._bar(first, left, right, lane, bar, before=before, after=after)
                 for (_, _, left, right, bar, before, after), lane in zip(pieces, taken, strict=True)]  # fmt: skip
        return drawn, max(taken, default=-1) + 1

    def _bar(self, first: Date, left: float, right: float, lane: int, bar: Bar, *, before: bool, after: bool) -> Html:
        ticks = [(tick, place(tick.at, first)) for tick in bar.ticks]
        nodes = [tag("i", str(tick.number), class_="tick", style=at(x=where - left), title=self._tick(tick.number, tick.name, tick.at))
                 for tick, where in ticks if left <= where <= right]  # fmt: skip
        ends = f"{' before' if before else ''}{' after' if after else ''}{' live' if bar.state == 'open' and not after else ''}"
        line = tag("span", *nodes, class_=f"bar {bar.state}{ends}", style=at(n=right - left))
        over = max(0.0, left + width(bar.title, TEXT) / DAY_WIDE - 31)
        label = tag("span", bar.title, class_="label", style=at(l=-over) if over else None)
        button = tag("button", label, line, type="button", class_="case", style=at(x=left, y=lane))
        stages = [tag("li", self._tick(tick.number, tick.name, tick.at)) for tick in bar.ticks]
        head = tag("b", f"{bar.title}{self.words['colon']}{self.words[f'state.{bar.state}']}")
        return Html(button + self._why(head, bar.whys, left, tag("ul", *stages, class_="stages") if stages else Html(""), at(y=lane)))

    def _tick(self, count: int, name: str, when: str) -> str:
        return self.words["reached"].format(number=count, name=name, when=self.phrases.moment(when))

    # --- items ----------------------------------------------------------------------------------------

    def _sticks(self, first: Date, last: Date) -> tuple[list[Html], int]:
        """The items that reach into a month, and how many lanes they take."""
        pieces = []
        for stick in self.sticks:
            start, due, end = (place(text, first) for text in (stick.opened, stick.due or stick.closed or stick.opened, self._end(stick)))
            if max(due, end) < 0 or start >= last.day:
                continue
            label = width(stick.title, TEXT) / DAY_WIDE + SIGN + 0.2
            left, head = min(max(start, 0.0), last.day), min(max(due, 0.0), last.day)
            right = max(left, head, min(end, last.day))
            goes_on = max(due, end) >= last.day
            on = goes_on and left + label + 0.5 <= last.day
            where = "after" if not goes_on and right + label <= 31 else "before" if not on and left >= label else "on"
            extents = {"after": (left, right + label + 0.1), "before": (left - label, right + 0.5), "on": (left, max(right + 0.5, left + label))}
            pieces.append((extents[where], (start, due, end), left, right, stick, where))
        pieces.sort(key=lambda piece: piece[0][0])
        taken = lanes(extent for extent, *_ in pieces)
        drawn = [self._stick(last.day, when, left, right, lane, stick, where)
                 for (_, when, left, right, stick, where), lane in zip(pieces, taken, strict=True)]  # fmt: skip
        return drawn, max(taken, default=-1) + 1

    def _end(self, stick: Stick) -> str:
        """Until when an item's line goes on behind its due: until it was done, or as long as it is owed late."""
        if stick.status == "overdue" or not stick.due and not stick.closed:
            return self.until
        return stick.closed if stick.status == "done late" or not stick.due else stick.due

    def _stick(self, many: int, when: tuple[float, float, float], left: float, right: float, lane: int, stick: Stick, where: str) -> Html:
        """An item in a month of so many days. where: its label stands after its sign, before its line or on it."""
        start, due, end = when
        lines = []
        for kind, begun, over in (("stem", start, due if stick.due else end), ("late", due, end if stick.due else due)):
            one, other = min(max(begun, 0.0), many), min(max(over, 0.0), many)
            if other > one:
                lines.append(tag("i", class_=kind, style=at(x=one - left, n=other - one)))
        if 0 <= start < many:
            lines.append(tag("i", class_="from", style=at(x=start - left)))
        head = end if stick.status in ("overdue", "done late") or not stick.due else due
        label = tag("span", stick.title, class_="label")
        if head >= many:
            end_sign = tag("i", class_="on", style=at(x=many - left))
        else:
            end_sign = tag("span", signs.status(stick.status), *([label] if where == "after" else []), class_="head", style=at(x=max(head, 0.0) - left))
        spot = end_sign if where == "after" else Html(tag("span", label, class_="pre" if where == "before" else "head going") + end_sign)
        button = tag("button", *lines, spot, type="button", class_=f"stick st-{signs.key_of(stick.status)}", style=at(x=left, y=lane, n=right - left))
        said = self.words["told"] if stick.status == "told" else self.phrases.statuses[stick.status]
        title = tag("b", f"{stick.title}{self.words['colon']}{said}")
        return Html(button + self._why(title, stick.whys, left, Html(""), at(y=lane), kind=" of-item"))

    # --- why ------------------------------------------------------------------------------------------

    def _why(self, head: Html, whys: Sequence[str], left: float, more: Html, where: str, *, kind: str = "") -> Html:
        """What is shown while one points at the thing before it, or has come to it with the keyboard."""
        body = joined([head, more, *(tag("p", why) for why in whys)])
        return tag("div", body, class_=f"why{kind}", role="tooltip", style=f"--x:{number(left)};{where}")


def covered(days: Sequence[Day], bars: Iterable[Bar], sticks: Iterable[Stick], until: str) -> Sequence[Day]:
    """The days up to the end of the month of now, or of the last that is told of."""
    told = [until, days[0].date.isoformat(), *(bar.ended for bar in bars), *(text for stick in sticks for text in (stick.due, stick.closed))]
    last = max(text[:7] for text in told)
    return [day for day in days if day.date.isoformat()[:7] <= last]


def counts(days: Sequence[Day]) -> Iterator[tuple[str, int]]:
    """How many sessions were of each meaning that there is."""
    found: dict[str, int] = {}
    for day in days:
        for slot in day.slots:
            found[slot.meaning] = found.get(slot.meaning, 0) + 1
    order = ("present", "late", "left_early", "excused", "unexcused", "unknown", "none", "not_expected", "off", "ahead")
    yield from ((name, found[name]) for name in order if name in found)
