"""The school of a spec that names none: Monday to Friday, morning and afternoon, two terms a year, no holiday."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from functools import lru_cache

from ..days import Calendar, Period, Term
from ..policy import Policy
from ..roster import Assignment, Roster, Student

Date = datetime.date
SESSIONS = (Period("am", datetime.time(8), datetime.time(11, 40)), Period("pm", datetime.time(14), datetime.time(17)))
KEPT = 8  # calendars: what a calendar has worked out of its days serves every case
YEARS = 3  # before and after those that a spec names, for windows that look back and deadlines that look forward
COLUMNS = {"school": "school", "class": "1", "village": "village", "township": "township", "county": "county"}


def calendar(timezone: str, dates: Iterable[Date]) -> Calendar:
    """School from 1 September to 23 January and from 2 March to 10 July, around the dates of a spec."""
    years = sorted({date.year for date in dates})
    return _calendar(timezone, years[0] - YEARS, years[-1] + YEARS)


@lru_cache(maxsize=KEPT)
def _calendar(timezone: str, first: int, last: int) -> Calendar:
    terms: list[Term] = []
    held: dict[str, tuple[str, ...]] = {}
    for year in range(first, last + 1):
        autumn = Term(f"autumn-{year}", Date(year, 9, 1), Date(year + 1, 1, 23))
        spring = Term(f"spring-{year + 1}", Date(year + 1, 3, 2), Date(year + 1, 7, 10))
        terms += [autumn, spring]
        held[str(year)] = (autumn.key, spring.key)
    return Calendar("ordinary", timezone, SESSIONS, tuple(terms), held)


def student(name: str, columns: Mapping[str, str], start: Date | None = None, end: Date | None = None) -> Student:
    """A student with the columns that are given, there from `start` to `end`; name, school, class, village, township and county are made up where none is."""
    given = {**COLUMNS, "name": name, "household": name, **columns}
    fields = {key: value for key, value in given.items() if key not in ("school", "class", "grade")}
    return Student(name, given["school"], given["class"], given.get("grade", ""), start, end, fields)


def column_of(role: str, policies: Iterable[Policy]) -> str:
    """The column of a student that says for what a role is held."""
    level = next((policy.roles[role].of for policy in policies if role in policy.roles), "school")
    return "class" if level == "session" else level


def roster(students: Iterable[Student], policies: Iterable[Policy], people: Mapping[str, Mapping[str, tuple[str, ...]]]) -> Roster:
    """The students, and who holds a role: by role and by what it is held for, where an empty text stands for all that the students belong to."""
    rows, given = tuple(students), tuple(policies)
    held = []
    for role, persons in people.items():
        everywhere = sorted({row.get(column_of(role, given)) for row in rows})
        for of, names in persons.items():
            held += [Assignment(role, place, name) for place in ([of] if of else everywhere) for name in names]
    return Roster(rows, tuple(held))
