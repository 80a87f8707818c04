"""A small school for what is asked of groups: two classes, two terms, a policy with duties, targets and consequences."""

from __future__ import annotations

import datetime

from escalate.days import Calendar, Period, Term
from escalate.engine import Engine
from escalate.load import load_policy
from escalate.roster import Assignment, Roster, Student
from escalate.source import Source
from escalate.times import Zone

Date = datetime.date
ZONE = Zone("Asia/Shanghai")
SESSIONS = (Period("am", datetime.time(8), datetime.time(11, 40)), Period("pm", datetime.time(14), datetime.time(17)))
CALENDAR = Calendar(
    "small", "Asia/Shanghai", SESSIONS, (Term("autumn", Date(2025, 9, 1), Date(2025, 10, 31)), Term("spring", Date(2025, 11, 10), Date(2025, 12, 19))),
    {"2025": ("autumn", "spring")}, covers=(Date(2025, 9, 1), Date(2025, 12, 31)),
)
HEAD = """
policy: p
extends: standard.yaml
timezone: Asia/Shanghai
lang: en
students: {poor: {title: Poor}, distance: {is: number}}
roles:
  teacher: {of: class}
  principal: {of: school}
  clerk: {of: village}
"""


def policy(text: str):
    """A policy of the small school: its duties, targets and whatever else."""
    return load_policy(Source("p.yaml", HEAD + text), for_evaluation=True)


def students(*names: str, **columns: str) -> tuple[Student, ...]:
    """Students of class 7.1 of one school, unless a column says otherwise."""
    given = {"village": "east", **columns}
    fields = {key: value for key, value in given.items() if key not in ("class_", "school", "grade")}
    return tuple(Student(name, given.get("school", "north"), given.get("class_", "7.1"), given.get("grade", "7"), fields=fields) for name in names)


def roster(*rows: Student, held: tuple[Assignment, ...] = ()) -> Roster:
    """The students, and who holds a role."""
    return Roster(rows or (*students("s1", "s2", "s3"), *students("s4", "s5", class_="7.2", village="west")), held)


def at(text: str) -> int:
    """`09-05 10:00` of the year 2025; a date alone is its close."""
    day, _, clock = text.partition(" ")
    date = Date.fromisoformat(f"2025-{day}")
    return ZONE.instant(date, datetime.time.fromisoformat(clock or "17:30"))


def engine(text: str, *events, until: str = "12-31 23:00", given: Roster | None = None, calendar: Calendar = CALENDAR) -> Engine:
    """An engine that was given everything at once."""
    made = Engine(policy(text), calendar, given or roster(), matcher="plain")
    made.feed(events)
    made.advance(at(until))
    return made


def told(made: Engine, *whats: str) -> list[tuple[str, str]]:
    """What was decided, each with its instant: (`09-01 00:00 issued`, an item's id)."""
    found = [(one.decided, one.change.what, getattr(one.change.new, "id", "")) for one in made.decisions]
    return [(f"{ZONE.local(decided):%m-%d %H:%M} {what}", name) for decided, what, name in found if not whats or what in whats]


def ids(made: Engine, status: str = "") -> list[str]:
    """The items that stand, all or those of a status."""
    return [item.id for item in made.items() if not status or item.status == status]
