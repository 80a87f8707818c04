"""Instants: whole seconds, UTC. Local dates and clock times belong to one zone (SEMANTICS, section 1)."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

from .messages import say

Instant = int
NEVER: Instant = 2**62
DAY = datetime.timedelta(days=1)
MIDNIGHT = datetime.time(0)
KEPT = 200_000


class Zone:
    """A time zone by its IANA name; instants and dates that were asked for are kept."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.info = ZoneInfo(name)
        self._instants: dict[tuple[datetime.date, datetime.time], Instant] = {}
        self._dates: dict[Instant, datetime.date] = {}
        self._texts: dict[Instant, str] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Zone) and other.name == self.name

    def __hash__(self) -> int:
        return hash(self.name)

    def instant(self, date: datetime.date, time: datetime.time) -> Instant:
        """The instant of a local clock time: in a gap the first instant after it, in a fold the first occurrence."""
        found = self._instants.get((date, time))
        if found is None:
            found = self._instants[date, time] = self._instant(date, time)
        return found

    def _instant(self, date: datetime.date, time: datetime.time) -> Instant:
        naive = datetime.datetime.combine(date, time.replace(tzinfo=None, fold=0, microsecond=0))
        early = naive.replace(tzinfo=self.info)
        first = int(early.timestamp())
        if self._naive(first) == naive:
            return first
        return self._gap_end(int(early.replace(fold=1).timestamp()), first)

    def _gap_end(self, before: Instant, after: Instant) -> Instant:
        offset = self._offset(before)
        while after - before > 1:
            middle = (before + after) // 2
            if self._offset(middle) == offset:
                before = middle
            else:
                after = middle
        return after

    def _offset(self, instant: Instant) -> datetime.timedelta | None:
        return datetime.datetime.fromtimestamp(instant, self.info).utcoffset()

    def _naive(self, instant: Instant) -> datetime.datetime:
        return datetime.datetime.fromtimestamp(instant, self.info).replace(tzinfo=None, fold=0)

    def local(self, instant: Instant) -> datetime.datetime:
        """The local date and clock time of an instant, with its offset."""
        return datetime.datetime.fromtimestamp(instant, self.info)

    def date(self, instant: Instant) -> datetime.date:
        """The local date of an instant."""
        found = self._dates.get(instant)
        if found is None:
            if len(self._dates) >= KEPT:
                self._dates.clear()
            found = self._dates[instant] = self.local(instant).date()
        return found

    def midnight(self, date: datetime.date) -> Instant:
        """The first instant of a local date."""
        return self.instant(date, MIDNIGHT)

    def next_midnight(self, date: datetime.date) -> Instant:
        """The first instant after a local date."""
        return self.midnight(date + DAY)

    def text(self, instant: Instant) -> str:
        """`2025-11-03T17:30:00+08:00`."""
        found = self._texts.get(instant)
        if found is None:
            if len(self._texts) >= KEPT:
                self._texts.clear()
            found = self._texts[instant] = self.local(instant).isoformat()
        return found


def parse_instant(text: str, zone: Zone) -> Instant | datetime.date:
    """An instant from `2025-11-03T08:00[:00][+08:00|Z]` (naive is local), or a bare date.

    A fraction of a second is cut. Raises ValueError on anything else.
    """
    text = text.strip()
    if len(text) == 10:
        return datetime.date.fromisoformat(text)
    if not (len(text) > 10 and text[10] in "T "):
        raise ValueError(say("`{text}` is not a date or an instant", text=text))
    moment = datetime.datetime.fromisoformat(text[:-1] + "+00:00" if text.endswith(("Z", "z")) else text)
    if moment.tzinfo is None:
        return zone.instant(moment.date(), moment.time())
    epoch = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
    return (moment - epoch) // datetime.timedelta(seconds=1)
