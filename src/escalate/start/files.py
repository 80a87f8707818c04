"""The files of a first policy, filled with an author's answers."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping, Sequence
from itertools import pairwise
from string import Template

from ..parse import read_source
from ..quoting import in_quotes
from ..source import Refused
from ..times import DAY
from .answers import Answers

FILES = ("README.md", "policy.yaml", "policy.spec.yaml", "calendar.yaml", "roster.csv", "assignments.csv", "events.csv")
HERE = os.path.dirname(os.path.abspath(__file__))
# The usual length of a Chinese school year's two terms: 1 September to 23 January, 2 March to 10 July.
FIRST_TERM, SECOND_TERM = (0, 144), (182, 312)
# The mark that makes spreadsheet programs read a table as UTF-8.
TABLE_MARK = "\ufeff"
# What a remark of the calendar shows: holidays that stand on one date every year, of those the ones that lie well within a term.
HOLIDAYS = (
    ((10, 1), (10, 7), {"zh": "国庆", "en": "National Day"}),
    ((1, 1), (1, 1), {"zh": "元旦", "en": "New Year"}),
    ((5, 1), (5, 5), {"zh": "劳动节", "en": "Labour Day"}),
)
WELL = 7 * DAY
SESSIONS = {"zh": ("上午", "下午"), "en": ("am", "pm")}
LOOKS = {"zh": ("核对考勤", "张老师", "七1班"), "en": ("look", "Ms Lake", "7A")}


def texts(answers: Answers) -> Mapping[str, str]:
    """Each file's text, by its name."""
    values = _values(answers)
    return {name: (TABLE_MARK if name.endswith(".csv") else "") + Template(_template(answers.lang, name)).substitute(values) for name in FILES}


def _template(lang: str, name: str) -> str:
    source, problems = read_source(os.path.join(HERE, lang, name))
    if source is None:
        raise Refused(problems)
    return source.text


def _values(answers: Answers) -> Mapping[str, object]:
    days, first = answers.days, answers.first_day
    played = _school_days(_november(first), days + 2)  # a spec without a calendar has no holiday in November
    shown = _school_days(first, days + 1)
    terms = [(first + start * DAY, first + end * DAY) for start, end in (FIRST_TERM, SECOND_TERM)]
    holidays = _holidays(terms)
    return {
        "plain": answers.name, "name": in_quotes(answers.name)[1:-1], "cell": _cell(answers.name), "next": in_quotes(answers.next)[1:-1],
        "year": f"{first.year:04}", "first": first, "first_to": terms[0][1], "second": terms[1][0], "second_to": terms[1][1],
        "closed": ", ".join(f"{f'{since}..{to}' if to > since else since}: {called[answers.lang]}" for since, to, called in holidays),
        "saturday": holidays[0][1] + ((4 - holidays[0][1].weekday()) % 7 + 1) * DAY,
        "less": days - 1, "days": days, "more": days + 1,
        "marks_less": "A" * (days - 1), "marks": "A" * days, "marks_more": "A" * (days + 1),
        "d1": played[0], "d2": played[1], "dn": played[days - 1], "dn1": played[days], "dn2": played[days + 1], "sunday": played[0] + 6 * DAY,
        "rows": _rows(answers.lang, shown), "looks": _looks(answers.lang, shown), "e2": shown[1], "e3": shown[2], "until": f"{shown[-1]}T18:00",
    }  # fmt: skip


def _holidays(terms: Sequence[tuple[datetime.date, datetime.date]]) -> list[tuple[datetime.date, datetime.date, Mapping[str, str]]]:
    """First day, last day and name of the holidays that lie in one of some terms, with a week of the term on either side: a Saturday to make up for one."""
    found = []
    for year in range(terms[0][0].year, terms[-1][1].year + 1):
        for first, last, called in HOLIDAYS:
            since, to = datetime.date(year, *first), datetime.date(year, *last)
            found += [(since, to, called)] if any(start + WELL <= since and to + WELL <= end for start, end in terms) else []
    return sorted(found, key=lambda holiday: holiday[0])


def _rows(lang: str, dates: list[datetime.date]) -> str:
    """One student is late once, one stays away all the time, and one for a day."""
    away = {"s1": {dates[0]: "LP"}, "s2": dict.fromkeys(dates, "AA"), "s3": {dates[1]: "AA"}}
    return "".join(
        f"mark,{student},{date},{session},{code},,,,,,\n"
        for date in dates
        for student, marks in away.items()
        for session, code in zip(SESSIONS[lang], marks.get(date, "PP"), strict=True)
    )


def _looks(lang: str, dates: list[datetime.date]) -> str:
    """The weekly duty, done on the last school day of each week that is over."""
    action, person, about = LOOKS[lang]
    fridays = [date for date, following in pairwise(dates) if following.weekday() < date.weekday()]
    return "".join(f"outcome,,,,,{date}T16:00,{action},,{person},class,{about}\n" for date in fridays)


def _school_days(date: datetime.date, count: int) -> list[datetime.date]:
    """So many dates from Monday to Friday, from one on."""
    found: list[datetime.date] = []
    while len(found) < count:
        found += [date] if date.weekday() < 5 else []
        date += DAY
    return found


def _monday(date: datetime.date) -> datetime.date:
    return date + -date.weekday() % 7 * DAY


def _november(first: datetime.date) -> datetime.date:
    """The first Monday of November in the twelve months from a date."""
    found = _monday(datetime.date(first.year, 11, 1))
    return found if found >= first else _monday(datetime.date(first.year + 1, 11, 1))


def _cell(text: str) -> str:
    """A text as a cell of a CSV file."""
    return '"' + text.replace('"', '""') + '"' if set(text) & set(',"') else text
