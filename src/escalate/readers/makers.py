"""Events other than marks, each made from the cells of one row."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any, Protocol

from ..days import WEEKDAYS, Calendar, DayPlan, Days
from ..events import (
    AssignmentEdit,
    CalendarEdit,
    Document,
    Event,
    Fact,
    Flag,
    Outcome,
    RosterEdit,
    Status,
    Void,
)
from ..messages import say
from ..policy import STATUSES
from ..terms import NO, YES, place_of
from ..times import Instant
from .nodes import near
from .rejects import Wrong, missing, number

Date = datetime.date


class Row(Protocol):
    """The row being read, asked by our names of columns."""

    calendar: Calendar

    def get(self, ours: str) -> str:
        """A cell, empty where the row has none."""

    def need(self, ours: str) -> str:
        """A cell that must not be empty."""

    def student(self, ours: str = "student") -> str:
        """A student of the roster."""

    def at(self) -> Instant:
        """When the event was."""

    def date(self, ours: str) -> Date | None:
        """A date, None where the cell is empty."""

    def stamps(self, at: Instant | None) -> dict[str, Any]:
        """known, recorded, id, seq and source."""


def _status(row: Row) -> Status:
    status = row.need("status")
    if status not in STATUSES:
        raise Wrong("unknown-status", say("there is no status `{status}`", status=status), "status", near(status, STATUSES, "status"))
    at = row.at()
    return Status(student=row.student(), status=status, at=at, cause=row.get("cause"), **row.stamps(at))


def _flag(row: Row) -> Flag:
    at = row.at()
    return Flag(student=row.student(), flag=row.need("flag"), value=row.get("value") or "yes", at=at, **row.stamps(at))


def _outcome(row: Row) -> Outcome:
    item, action, done, at = row.get("item"), row.get("action"), row.get("done").lower(), row.at()
    if not item and not action:
        raise Wrong("missing-field", say("the outcome names neither an item nor an action"), "action")
    if done and done not in YES | NO:
        raise Wrong("bad-value", say("`{done}` is neither yes nor no", done=done), "done")
    times = number(row.get("times"), "times", 1, 10_000) if row.get("times") else 1
    student, level = _whom(row, item)
    return Outcome(
        student=student, level=level, at=at, item=item, action=action, done=done not in NO, result=row.get("result"),
        by=row.get("by"), to=row.get("to"), times=times, **row.stamps(at),
    )  # fmt: skip


def _document(row: Row) -> Document:
    at = row.at()
    student, level = _whom(row)
    return Document(student=student, level=level, document=row.need("document"), at=at, by=row.get("by"), **row.stamps(at))


def _whom(row: Row, item: str = "") -> tuple[str, str]:
    """Whom an event is about, and of which level: a student, a group by `about` and `level`, or the group of an item's id."""
    level = row.get("level") or "student"
    if level != "student":
        return row.get("about") or row.get("student") or missing("event", "about"), level
    place = place_of(item)
    if place[0] and place[0] == item.split("/")[1] and not row.get("student"):
        return item.split("/")[2], "item"
    return row.student("about" if row.get("about") and not row.get("student") else "student"), level


def _fact(row: Row) -> Fact:
    level, at = row.get("level") or "student", row.at()
    about = row.get("about") or row.get("student") or missing("fact", "about")
    if level == "student":
        about = row.student("about" if row.get("about") else "student")
    return Fact(about=about, fact=row.need("fact"), at=at, level=level, value=row.get("value") or "1", **row.stamps(at))


def _void(row: Row) -> Void:
    at = row.at() if row.get("at") else None
    student, level = _whom(row)
    return Void(student=student, level=level, target=row.need("target"), **row.stamps(at))


def _assignment(row: Row) -> AssignmentEdit:
    start, end, at = row.date("from"), row.date("to"), row.at() if row.get("at") else None
    if start and end and end < start:
        raise Wrong("bad-dates", say("it ends on {end}, before it begins on {start}", end=end, start=start), "to")
    return AssignmentEdit(
        role=row.need("role"), of=row.need("of"), person=row.need("person"), start=start, end=end, **row.stamps(at)
    )


def _calendar(row: Row) -> CalendarEdit:
    date = row.date("date") or missing("calendar", "date")
    kind, office, school = row.get("kind"), row.get("office").lower(), row.get("school")
    days = row.calendar.of(school)
    if not days.covers(date):
        raise Wrong(
            "outside-calendar", say("{date} is outside the calendar, which covers {first} to {last}", date=date, first=days.first, last=days.last), "date"
        )
    if not kind and not office:
        raise Wrong(
            "missing-field",
            say("the calendar edit changes nothing"),
            "kind",
            say("write `kind` (closed, school, make_up ...), or `office` yes or no"),
        )
    if office and office not in YES | NO:
        raise Wrong("bad-value", say("`{office}` is neither yes nor no", office=office), "office")
    plan = _plan(row, days, kind) if kind else None
    at = row.at() if row.get("at") else None
    return CalendarEdit(date=date, school=school, plan=plan, office=office in YES if office else None, **row.stamps(at))


def _plan(row: Row, days: Days, kind: str) -> DayPlan:
    names, weekday = tuple(filter(None, row.get("sessions").replace(" ", "+").split("+"))), row.get("weekday").lower()
    known = [period.name for period in days.calendar.periods]
    for name in names:
        if name not in known:
            raise Wrong("unknown-session", say("session `{name}` is not in the calendar", name=name), "sessions", near(name, known))
    if weekday and weekday not in WEEKDAYS:
        raise Wrong("bad-value", say("there is no weekday `{weekday}`", weekday=weekday), "weekday", near(weekday, WEEKDAYS, "weekday"))
    if kind == "closed" and (names or weekday):
        raise Wrong("bad-value", say("a closed day has no sessions"), "sessions" if names else "weekday")
    if kind == "make_up" and not weekday:
        raise Wrong("missing-field", say("the make-up day does not say which weekday's timetable it runs"), "weekday")
    periods = () if kind == "closed" else names or None
    return DayPlan(kind, periods, WEEKDAYS.index(weekday) if weekday else None, row.get("reason"))


def _roster(row: Row) -> RosterEdit:
    column, at = row.need("column"), row.at() if row.get("at") else None
    if column in ("student", "id", "from", "to"):
        raise Wrong("bad-value", say("column `{column}` cannot be edited by an event", column=column), "column")
    return RosterEdit(
        student=row.student(), column=column, value=row.get("value"), start=row.date("from"), **row.stamps(at)
    )


MAKERS: dict[str, Callable[[Row], Event]] = {
    "status": _status, "flag": _flag, "outcome": _outcome, "document": _document, "fact": _fact,
    "void": _void, "assignment": _assignment, "calendar": _calendar, "roster": _roster,
}  # fmt: skip
