"""Drafts of calendars from public holidays, for a person to edit: a draft never guesses a holiday."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from attrs import frozen

from ..days import WEEKDAYS
from ..messages import OWN, Said, say, told
from ..quoting import in_quotes
from ..source import Problem, Refused
from ..times import DAY
from .moments import dates_between

Date = datetime.date
Speak = Callable[[Said], str]  # a sentence in the language of the remarks
CHECK = say("check")
_SUBSTITUTED = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})")
_OBSERVED = re.compile(r"\s*[（(](补假|observed|观察日|estimated|预估)[）)]\s*")


@frozen
class Year:
    """A year's public holidays: stretches with their names, make-up days with the date that each replaces."""

    off: tuple[tuple[Date, Date, str], ...]
    work: Mapping[Date, Date | None]


def draft_calendar(country: str, year: int, lang: str = "") -> str:
    """The YAML text of a draft for a country (`CN`, `US` ...) and a calendar year, its remarks in a language: left out, Chinese for China, else English.

    The names of holidays stay in the language of the country's list. What that does not hold yet is `Refused`: in China the State Council's list of
    the next year comes out in the autumn before, and without it nobody knows the make-up days.
    """
    found, chinese = known_holidays(country.upper(), year), country.upper() == "CN"
    speak = partial(told, lang=lang or ("zh" if chinese else OWN))
    return _chinese(year, found, speak) if chinese else _plain(country.upper(), year, found, speak)


def known_holidays(country: str, year: int) -> Year:
    """What the `holidays` package knows of a year."""
    try:
        import holidays
    except ImportError:
        help = say("install it: pip install 'escalate-policy[calendar]'; or write the calendar by hand")
        raise Refused(
            [Problem("missing-package", say("a draft needs the package `holidays`, which is not installed"), help=help)]
        ) from None
    if country not in holidays.list_supported_countries(include_aliases=False):
        raise Refused(
            [
                Problem(
                    "unknown-country",
                    say("no public holidays are known for `{country}`", country=country),
                    help=say("write a code such as CN or US"),
                )
            ]
        )
    if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        raise Refused([_unknown(country, year)])
    # Without a language the package would ask the machine's locale.
    language = getattr(holidays.country_holidays(country), "default_language", None)
    listed = holidays.country_holidays(country, years=year, language=language)
    names: dict[Date, str] = {date: name for date, name in sorted(listed.items()) if date.year == year}
    work = {date: None for date in sorted(getattr(listed, "weekend_workdays", ())) if date.year == year}
    if not names or (country == "CN" and not work):
        raise Refused([_unknown(country, year)])
    replaced = _replaced(names)
    return Year(stretches(names, frozenset(work)), {date: replaced.get(date) for date in work})


def _unknown(country: str, year: int) -> Problem:
    help = say("the package `holidays` knows nothing of {year}; a newer one may: pip install -U holidays", year=year)
    return Problem("unknown-year", say("the public holidays of `{country}` in {year} are not known", country=country, year=year), help=help)


def _replaced(names: Mapping[Date, str]) -> dict[Date, Date]:
    """Which day off each make-up day replaces, where the name of the day off says so."""
    written = ((date, _SUBSTITUTED.search(name)) for date, name in names.items())
    return {Date.fromisoformat(found[1]): date for date, found in written if found}


def stretches(names: Mapping[Date, str], work: frozenset[Date]) -> tuple[tuple[Date, Date, str], ...]:
    """Days off joined into stretches, with the weekends that touch them, less the weekend days worked."""
    first = min(names)
    off = set(names)
    for date in list(names):
        off |= set(_weekend(date, -DAY, work)) | set(_weekend(date, DAY, work))
    found: list[list[Date]] = []
    for date in sorted(off):
        if date.year != first.year:
            continue
        if found and date - DAY == found[-1][-1]:
            found[-1].append(date)
        else:
            found.append([date])
    return tuple((days[0], days[-1], _name(days, names)) for days in found)


def _weekend(date: Date, step: datetime.timedelta, work: frozenset[Date]) -> Iterable[Date]:
    date += step
    while date.weekday() >= 5 and date not in work:
        yield date
        date += step


def _name(days: list[Date], names: Mapping[Date, str]) -> str:
    """The names of a stretch's own holidays, each once; of one that belongs to next year's holiday, that it is taken in exchange."""
    own: list[str] = []
    for date in days:
        for name in names.get(date, "").split("; "):
            name = _OBSERVED.sub("", name).strip()
            if name and name not in own and not _SUBSTITUTED.search(name):
                own.append(name)
    if not own:
        return "调休" if any(not names.get(date, "").isascii() for date in days) else "day off"
    return "、".join(own) if any(not name.isascii() for name in own) else "; ".join(own)


def _entry(first: Date, last: Date) -> str:
    return f"{first}" if first == last else f"{first}..{last}"


def _closed(found: Year, first: Date, last: Date) -> str:
    return "".join(
        f"  {_entry(max(a, first), min(b, last))}: {in_quotes(name)}\n"
        for a, b, name in found.off
        if a <= last and b >= first
    )


def _chinese(year: int, found: Year, speak: Speak) -> str:
    first, last = Date(year, 1, 1), Date(year, 12, 31)
    spring, autumn = (Date(year, 3, 2), Date(year, 7, 10)), (Date(year, 9, 1), last)
    terms = (spring, autumn)
    inside = {date: day for date, day in found.work.items() if any(a <= date <= b for a, b in terms)}
    make_up = "".join(_make_up(date, day, speak) for date, day in inside.items())
    outside = "".join(f"  # {speak(say('{date}: a working day, outside the terms', date=date))}\n" for date in found.work if date not in inside)
    head = say(
        "a draft of a calendar for {year}: holidays and make-up days are those that the State Council announced; every line marked “check” is to be edited",
        year=year,
    )
    days = say("check: exams, sports days, breaks of a few days, such as {example}", example=f"{year}-11-13: {{kind: sports, sessions: [am]}}")
    return f"""# {speak(head)}
calendar: draft-{year}                  # {speak(say("check: the calendar's name"))}
timezone: Asia/Shanghai
sessions: {{am: "08:00-11:40", pm: "14:00-17:00"}}      # {speak(say("check: when each session begins and ends"))}
terms:                                  # {speak(say("check: the terms, as the county's education bureau sets them"))}
  spring: {{from: {spring[0]}, to: {spring[1]}}}      # {speak(CHECK)}
  autumn: {{from: {autumn[0]}, to: {autumn[1]}}}      # {speak(say("check: add the part in January once next year's holidays are announced"))}
covers: {{from: {first}, to: {last}}}
closed:                                 # {speak(say("public holidays with the weekends that touch them; check where boarders come back on Sunday evening"))}
{_closed(found, first, last)}make_up:                                # {speak(say("weekend days with school: of which day the lessons are made up"))}
{make_up}{outside}days: {{}}                                # {speak(days)}
office:                                 # {speak(say("working days of offices: closed on holidays, open on make-up days"))}
  closed: [{", ".join(_entry(a, b) for a, b, _ in found.off)}]
  open: [{", ".join(str(date) for date in found.work)}]
years:                                  # {speak(say("check: a school year begins with the autumn term"))}
  {year - 1}: [spring]
  {year}: [autumn]
"""


def _make_up(date: Date, day: Date | None, speak: Speak) -> str:
    if day is None:
        return f"  # {speak(say('{date}: check: which weekday is made up is not announced', date=date))}\n"
    exchanged = say("in exchange for {day}; check: the school sets which lessons are held", day=day)
    return f"  {date}: {WEEKDAYS[day.weekday()]}                    # {speak(exchanged)}\n"


def _plain(country: str, year: int, found: Year, speak: Speak) -> str:
    first, last = Date(year, 1, 1), Date(year, 12, 31)
    return f"""# {speak(say("A draft for {year}: public holidays only. Every line marked “check” is a guess to edit.", year=year))}
calendar: draft-{country.lower()}-{year}
timezone: UTC                           # {speak(say("check: the school's time zone, such as America/New_York"))}
sessions: {{day: "08:00-15:00"}}          # {speak(CHECK)}
terms:                                  # {speak(CHECK)}
  first: {{from: {first}, to: {year}-06-15}}      # {speak(CHECK)}
  second: {{from: {year}-08-24, to: {last}}}      # {speak(CHECK)}
covers: {{from: {first}, to: {last}}}
closed:                                 # {speak(say("public holidays with the weekends that touch them; add the school's own breaks"))}
{_closed(found, first, last)}office:
  closed: [{", ".join(_entry(a, b) for a, b, _ in found.off)}]
"""


def closed_dates(found: Year) -> frozenset[Date]:
    """Every date off, as a set."""
    return frozenset(date for first, last, _ in found.off for date in dates_between(first, last))
