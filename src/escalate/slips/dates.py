"""Slips in dates and clock times: what a text most likely says that is not written as `2025-11-07` or `10:00`.

A text that can be read in two ways is two readings, never a guess.
"""

from __future__ import annotations

import calendar
import datetime
import re
import unicodedata
from collections.abc import Iterator

from ..messages import UNSAID, Said, say

Date = datetime.date
DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")  # of a month, whether it has that day or not
LEAP = 9  # years among which each day stands once
SAMPLE = 2025  # the year of a date that is written without one
_YEAR = "((?:19|2[01])[0-9]{2})"  # a year beyond these is a slip of the keys
_YEAR_FIRST = re.compile(rf"{_YEAR} ?[-/.年] ?([0-9]{{1,2}}) ?[-/.月] ?([0-9]{{1,2}}) ?[日号]?|{_YEAR}([0-9]{{2}})([0-9]{{2}})")
_YEAR_LAST = re.compile(rf"([0-9]{{1,2}}) ?[-/.] ?([0-9]{{1,2}}) ?[-/.] ?{_YEAR}")
_CHINESE = re.compile(r"([0-9]{1,2}) ?月 ?([0-9]{1,2}) ?[日号]?")
_TWO = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})\.?")
_NAMED = re.compile(
    rf"(?:([a-z]{{3,9}})\.? ([0-9]{{1,2}})(?:st|nd|rd|th)?|([0-9]{{1,2}})\.?(?:st|nd|rd|th)? (?:of )?([a-z]{{3,9}})\.?)(?:,? {_YEAR})?"
)
_CLOCK = re.compile(r"(上午|早上|下午|晚上)? ?([0-9]{1,2})(?:(?:[:.]|点|时)(?:([0-9]{2})分?|(半))?)? ?(am|pm|a\.m\.|p\.m\.)?")
_INSTANT = re.compile(r"(.*?[0-9日号])(?:,? |t|(?<=[日号]))(\D{0,3}[0-9]{1,2}\D.*)")
_BETWEEN = re.compile(r" ?(?:\.{2,}|~|至|到|[—–]+|-|\bto\b) ?")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")


def dates_meant(text: str, since: Date | None = None) -> tuple[str, ...]:
    """The readings of a text as a date, as we write it. since: of a date without a year, the first from then on is meant."""
    plain = _plain(text)
    if found := _YEAR_FIRST.fullmatch(plain):
        return _existing([found.groups()[3:] if found[4] else found.groups()[:3]])
    if found := _YEAR_LAST.fullmatch(plain):
        return _existing([(found[3], found[2], found[1]), (found[3], found[1], found[2])])
    if (found := _NAMED.fullmatch(plain)) and found[5]:
        return _existing([(found[5], _month(found[1] or found[4]), found[2] or found[3])])
    if since is None:
        return ()
    return tuple(date for day in days_meant(text) for date in _first([(year, *day.split("-")) for year in range(since.year, since.year + LEAP)], since))


def days_meant(text: str) -> tuple[str, ...]:
    """The readings of a text as a day of every year, `11-07`: of a date without its year."""
    plain = _plain(text)
    pairs: list[tuple[object, object]] = []
    if found := _CHINESE.fullmatch(plain):
        pairs = [(found[1], found[2])]
    elif (found := _NAMED.fullmatch(plain)) and not found[5]:
        pairs = [(_month(found[1] or found[4]), found[2] or found[3])]
    elif found := _TWO.fullmatch(plain):
        pairs = [(found[1], found[2]), (found[2], found[1])]
    return tuple(dict.fromkeys(date[0][5:] for pair in pairs if (date := _existing([(2024, *pair)]))))


def clock_meant(text: str) -> str:
    """A clock time as we write it, empty where a text is none."""
    found = _CLOCK.fullmatch(_plain(text))
    if not found or not re.search(r"\D", _plain(text)):
        return ""
    hour, minute = int(found[2]), 30 if found[4] else int(found[3] or 0)
    late = found[1] in ("下午", "晚上") or (found[5] or "").startswith("p")
    if found[5] and not 1 <= hour <= 12 or hour > 23 or minute > 59:
        return ""
    hour = hour % 12 if found[5] else hour
    return f"{hour + 12 * (late and hour < 12):02}:{minute:02}"


def moments_meant(text: str, since: Date | None = None) -> tuple[str, ...]:
    """The readings of a text as a date, or as a date with a clock time."""
    found = _INSTANT.fullmatch(_plain(text))
    clock = clock_meant(found[2]) if found else ""
    dates = dates_meant(found[1], since) if found and clock else ()
    return tuple(f"{date} {clock}" for date in dates) or dates_meant(text, since)


def stretches_meant(text: str) -> tuple[str, ...]:
    """The readings of a text as a date, or as a stretch of dates, both ends counted."""
    return dates_meant(text) or tuple(dict.fromkeys(_stretches(_plain(text))))


def hours_meant(text: str) -> str:
    """From one clock time to another as we write it, empty where a text is no such thing."""
    plain = _plain(text)
    pairs = ((clock_meant(plain[: sign.start()]), clock_meant(plain[sign.end() :])) for sign in _BETWEEN.finditer(plain))
    return next((f"{start}-{end}" for start, end in pairs if start and end), "")


def date_help(text: str, otherwise: Said, meant: tuple[str, ...]) -> Said:
    """How an author's own date is written; `otherwise` where it cannot be told. meant: its readings where it stands."""
    if len(meant) == 1 and meant[0] != text:
        return say("write `{meant}`", meant=meant[0])
    if len(meant) > 1:
        return say("write `{one}` or `{other}`, whichever is meant", one=meant[0], other=meant[1])
    if len(days := days_meant(text)) == 1:
        return say("write its year too, such as `{meant}`", meant=f"{SAMPLE}-{days[0]}")
    return _last_day(text) or otherwise


def _last_day(text: str) -> Said:
    found = DAY.fullmatch(_plain(text))
    if not found or not 1 <= int(found[2]) <= 12 or not int(found[1]):
        return UNSAID
    last = calendar.monthrange(int(found[1]), int(found[2]))[1]
    return say("the last day of that month is `{last}`", last=f"{found[1]}-{int(found[2]):02}-{last:02}") if int(found[3]) > last else UNSAID


def _stretches(plain: str) -> Iterator[str]:
    for sign in _BETWEEN.finditer(plain):
        first, rest = dates_meant(plain[: sign.start()]), plain[sign.end() :]
        if len(first) != 1:
            continue
        day = re.fullmatch(r"([0-9]{1,2}) ?[日号]?", rest)
        last = _existing([(first[0][:4], first[0][5:7], day[1])]) if day else dates_meant(rest, Date.fromisoformat(first[0]))
        if len(last) == 1 and last[0] >= first[0]:
            yield f"{first[0]}..{last[0]}"


def _first(parts: list[tuple[object, ...]], since: Date) -> tuple[str, ...]:
    return tuple(date for date in _existing(parts) if date >= since.isoformat())[:1]


def _existing(parts: list[tuple[object, ...]]) -> tuple[str, ...]:
    """Which years, months and days are dates, each once."""
    return tuple(dict.fromkeys(date.isoformat() for part in parts if (date := _date(part)) is not None))


def _date(part: tuple[object, ...]) -> Date | None:
    try:
        return Date(*(int(str(number)) for number in part))
    except ValueError:
        return None


def _month(name: str) -> int:
    """The month of a name, perhaps cut short; none is 0."""
    return next((n for n, month in enumerate(_MONTHS, 1) if month.startswith(name)), 0)


def _plain(text: str) -> str:
    """A text without full-width signs, capital letters and more blanks than one."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())
