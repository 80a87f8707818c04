"""Dates and instants as files write them, one meaning on every Python (SEMANTICS, section 1).

The standard library's own readers accept more on newer versions (week dates, basic forms, 24:00); only
what is written here is a date or an instant, so one file means one thing everywhere.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from typing import TypeVar

from ..messages import Said, said_by, say
from ..slips.dates import date_help, moments_meant
from ..times import DAY, Instant, Zone, parse_instant

Date = datetime.date
K = TypeVar("K")
V = TypeVar("V")

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CLOCK = re.compile(r"([0-9]{2}:[0-9]{2})(?:(:[0-9]{2})(?:[.,][0-9]+)?)?(Z|z|[+-][0-9]{2}:?[0-9]{2})?")
_YEAR_FIRST = re.compile(r"([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})(?:[ T]([0-9]{1,2})(:[0-9]{2}.*))?")
_SLASHED = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-]([0-9]{2}|[0-9]{4})")
YEARS = range(1900, 2200)  # a year beyond these is a slip of the keys
KEEP = 1 << 17  # texts whose meaning is remembered


class Kept(dict[K, V]):
    """Meanings by their text, made once; forgotten all at once when they are too many."""

    def __init__(self, make: Callable[[K], V], limit: int = KEEP) -> None:
        super().__init__()
        self.make = make
        self.limit = limit

    def __missing__(self, key: K) -> V:
        made = self.make(key)
        if len(self) >= self.limit:
            self.clear()
        self[key] = made
        return made


def parse_date(text: str) -> Date:
    """`2025-11-03` and nothing else. Raises ValueError."""
    text = text.strip()
    if not _DATE.fullmatch(text):
        raise ValueError(say("`{text}` is not a date", text=text))
    try:
        date = Date.fromisoformat(text)
    except ValueError:
        raise ValueError(say("`{text}` is not a date: there is no such day", text=text)) from None
    if date.year not in YEARS:
        raise ValueError(say("`{text}` is not a date: its year is not one from {YEARS} to {YEARS2}", text=text, YEARS=YEARS[0], YEARS2=YEARS[-1]))
    return date


def parse_moment(text: str, zone: Zone) -> Instant | Date:
    """`2025-11-03T08:00[:00][+08:00|Z]`, a naive one local, or a bare date; a fraction of a second is cut."""
    text = text.strip()
    date, mark, clock = text[:10], text[10:11], text[11:]
    if not mark:
        return parse_date(text)
    found = _CLOCK.fullmatch(clock)
    if mark not in "T " or not _DATE.fullmatch(date) or not found:
        raise ValueError(say("`{text}` is not a date or an instant", text=text))
    parse_date(date)
    offset = found[3] or ""
    if offset and offset not in "Zz" and ":" not in offset:
        offset = f"{offset[:3]}:{offset[3:]}"
    try:
        return parse_instant(f"{date}T{found[1]}{found[2] or ':00'}{offset}", zone)
    except (ValueError, OverflowError):
        raise ValueError(say("`{text}` is not a date or an instant: there is no such time", text=text)) from None


def parse_clock(text: str) -> datetime.time:
    """`08:00` and nothing else. Raises ValueError."""
    if re.fullmatch(r"[0-9]{1,2}:[0-9]{2}", text.strip()):
        hour, minute = map(int, text.split(":"))
        if hour < 24 and minute < 60:
            return datetime.time(hour, minute)
    raise ValueError(say("`{text}` is not a clock time", text=text))


def year_first(text: str) -> str:
    """A date or an instant as spreadsheets save it with the year first, `2025/9/1` or `2025/9/1 8:20`, as we write it; any other text as it is.

    Nothing else can be meant, whichever part comes last elsewhere: that is asked of `is_ambiguous`.
    """
    found = _YEAR_FIRST.fullmatch(text.strip())
    if not found:
        return text
    year, month, day, hour, rest = found.groups()
    return f"{year}-{month:0>2}-{day:0>2}" + (f" {hour:0>2}{rest}" if hour else "")


def is_ambiguous(text: str) -> bool:
    """Whether a text looks like a date that does not say which part is the day, such as `1/9/2019`."""
    return bool(_SLASHED.fullmatch(text.strip().partition(" ")[0]))


def misread(text: str, error: ValueError, otherwise: Said, meant: tuple[str, ...] | None = None) -> tuple[str, Said, Said]:
    """The kind, the message and the help of a date or an instant that cannot be read. meant: its readings, where others than those of an instant."""
    meant = moments_meant(text) if meant is None else meant
    if len(meant) > 1 or is_ambiguous(text) and not meant:
        return "ambiguous-date", say("`{text}` does not say which part is the day", text=text), date_help(text, otherwise, meant)
    return "bad-date", said_by(error), date_help(text, otherwise, meant)


def dates_between(first: Date, last: Date) -> Iterator[Date]:
    """Every date from the first to the last, both counted."""
    for n in range((last - first).days + 1):
        yield first + DAY * n


def moment_text(at: Instant, zone: Zone) -> str:
    """An instant as people write it, `2025-11-04 08:30`; with seconds only where there are some."""
    return zone.text(at)[:19].replace("T", " ").removesuffix(":00")
