"""Stories of items: work that was done after all, a due that moves to the past. Each yields every way in which it can be told."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ...days import DayPlan
from ...events import CalendarEdit, Event, Outcome
from ...ledger import OPEN, Item
from ...policy import After, Due, DueParam, EndOf
from .attendance import HOUR
from .facts import whose
from .standing import Standing

Date = datetime.date
Told = Iterator[list[Event]]


def in_time(now: Standing) -> Told:
    """Done in time, or in the very instant at which it would be late, as is heard after the due."""
    for item in now.items:
        if item.status == "overdue" and item.late_from is not None and item.opened + HOUR < item.late_from < now.morning:
            level, subject, _ = whose(item, now.world)
            for at in (item.late_from - HOUR, item.late_from):
                yield [Outcome(student=subject, level=level, action=item.action, item=item.id, at=at, known=now.morning)]


def of_what_is_cancelled(now: Standing) -> Told:
    """Done after the case was over."""
    for item in now.items:
        if item.status == "cancelled":
            level, subject, _ = whose(item, now.world)
            yield [Outcome(student=subject, level=level, item=item.id, at=now.morning, known=now.morning)]


def answered(now: Standing) -> Told:
    """What came of it is a result that asks for more."""
    for item in now.items:
        action = now.action(item)
        for result, _ in action.if_outcome if action is not None and item.status in OPEN else ():
            level, subject, _ = whose(item, now.world)
            yield [Outcome(student=subject, level=level, action=item.action, result=result, at=now.morning, known=now.morning)]


def held_after_all(now: Standing) -> Told:
    """The day on which an item is due was closed, and held after all, as is heard when it is over: the due moves on, and back into the past."""
    zone = now.world.calendar.zone
    for item in now.items:
        if item.late_from is None or len(item.due) != 10 or zone.date(item.opened) >= Date.fromisoformat(item.due):
            continue
        date, heard = Date.fromisoformat(item.due), item.late_from + 10 * HOUR
        units = _units(now, item)
        if heard > now.world.until:
            continue
        if "school_day" in units:
            closed, held = DayPlan("closed", (), None, "snow"), DayPlan("make_up", None, date.weekday())
            yield [CalendarEdit(date=date, plan=closed, known=item.late_from - HOUR), CalendarEdit(date=date, plan=held, known=heard)]
        if "office_day" in units:
            yield [CalendarEdit(date=date, office=False, known=item.late_from - HOUR), CalendarEdit(date=date, office=True, known=heard)]


def _units(now: Standing, item: Item) -> set[str]:
    """In what an item's deadline is counted."""
    policy, action = now.policy(item), now.action(item)
    due: Due | None = None if action is None else action.due
    lines = [line.value for line in policy.parameters[due.name].lines] if isinstance(due, DueParam) else [due]
    return {one.unit for one in lines if isinstance(one, After | EndOf)}
