"""What is said on the last day of what came of a world: days that were otherwise, so that cases move, part, join and are gone; work that was done after all."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from operator import attrgetter

from hypothesis import strategies as st

from ...days import DayPlan
from ...events import CalendarEdit, Event, Mark, Outcome
from ...ledger import Case, Item
from ...times import DAY, Instant
from ..matters import Matters
from ..model.seen import World
from ..playing import states
from .attendance import HOUR
from .facts import asked_for, whose

Date = datetime.date
BEFORE = 5  # dates before a case that may have been otherwise


@st.composite
def afterthoughts(draw: st.DrawFn, found: Matters, world: World) -> list[Event]:
    """Nothing in a quarter of the worlds; else what changes a case or an item, where one is: the rarer it can be, the sooner it is chosen."""
    if draw(st.sampled_from((True, False, False, False))):
        return []
    cases, items = _cases(world), asked_for(world)
    able = [(story, item) for story, holds in OF_ITEMS.items() for item in [one for one in items if holds(one, world)][:4]]
    rare = [story for story in RARE if any(story == one for one, _ in able)]
    story = draw(st.sampled_from([*(OF_CASES if cases else ()), *dict.fromkeys(one for one, _ in able), *rare * 15] or [""]))
    if story in OF_ITEMS:
        return _item_told(story, draw(st.sampled_from([item for one, item in able if one == story])), world)
    if not story:
        return []
    student, case = draw(st.sampled_from(cases))
    return _case_told(story, student, case, found.codes[min(1, len(found.codes) - 1)], found.codes[0], world)


def _cases(world: World) -> list[tuple[str, Case]]:
    """The live cases of all students; none where the engine fails, which a law will tell."""
    try:
        return [(student, case) for student, state in states(world) for case in state.cases.values() if case.fate == "live"]
    except Exception:  # noqa: BLE001  # whatever it is, it will be raised again where laws are asked
        return []


# --- cases ------------------------------------------------------------------------------------------------


def _case_told(story: str, student: str, case: Case, away: str, back: str, world: World) -> list[Event]:
    """The days that make, end or part a case are said otherwise; or so, and then as they were."""
    zone, (morning, noon) = world.calendar.zone, _last_day(world)
    opened = zone.date(case.opened)
    ended = zone.date(case.ended) if case.ended is not None else zone.date(world.until)
    before = [opened - DAY * n for n in range(BEFORE)]
    if story == "joined":
        return _marked(world, student, [ended - DAY * n for n in range(-1, 3)], away, morning)
    if story == "parted":
        return _marked(world, student, [opened + (ended - opened) // 2], back, morning)
    if story == "sooner":
        return _marked(world, student, before[1:], away, morning)
    if story == "later":
        return _marked(world, student, before[:1], back, morning)
    gone = _marked(world, student, before, back, morning)
    return gone if story == "gone" else [*gone, *_as_before(world, student, before, noon)]


def _last_day(world: World) -> tuple[Instant, Instant]:
    """Two instants of the last date that is followed."""
    start = world.calendar.zone.midnight(world.calendar.zone.date(world.until))
    return start + 9 * HOUR, start + 15 * HOUR


def _marked(world: World, student: str, dates: Iterable[Date], code: str, known: Instant) -> list[Event]:
    """A student's sessions of some dates by one code, said now."""
    rows = world.roster.rows(student)
    days = world.calendar.of(rows[0].school if rows else "")
    held = [session for date in sorted(dates) if days.covers(date) and date in days.school_days for session in days.sessions(date)]
    return [Mark(student=student, date=one.date, session=one.period, code=code, known=known, seq=9) for one in held if one.start < known]


def _as_before(world: World, student: str, dates: Iterable[Date], known: Instant) -> list[Event]:
    """What was last said of some dates, said again."""
    own = [event for event in world.events if isinstance(event, Mark) and event.student == student and event.date in set(dates)]
    last = {(mark.date, mark.session): mark.code for mark in sorted(own, key=attrgetter("known"))}
    return [Mark(student=student, date=date, session=period, code=code, known=known, seq=9) for (date, period), code in last.items()]


# --- items ------------------------------------------------------------------------------------------------


def _overdue(item: Item, world: World) -> bool:
    return item.status == "overdue" and item.late_from is not None and item.late_from - HOUR > item.opened and item.late_from < _last_day(world)[0]


def _cancelled(item: Item, world: World) -> bool:
    return item.status == "cancelled"


def _open(item: Item, world: World) -> bool:
    """Open over a weekend, and due on the last day that is followed or the next."""
    last = world.calendar.zone.date(world.until)
    due = item.due in (last.isoformat(), (last + DAY).isoformat())
    return item.status == "open" and due and world.calendar.zone.date(item.opened) < last - DAY * (last.weekday() + 1)


OF_ITEMS: dict[str, Callable[[Item, World], bool]] = {"in time": _overdue, "of what is cancelled": _cancelled, "a weekend held": _open}
RARE = ("a weekend held",)
OF_CASES = ("joined", "joined", "joined", "sooner", "sooner", "parted", "parted", "parted", "later", "gone", "gone and back")


def _item_told(story: str, item: Item, world: World) -> list[Event]:
    """Done in time, as is heard after the due; done after the case was over; or a day of the weekend was held, so that the due was earlier."""
    morning, noon = _last_day(world)
    last = world.calendar.zone.date(world.until)
    if story == "a weekend held":
        plan = DayPlan("make_up", None, 4)
        return [CalendarEdit(date=last - DAY * (last.weekday() + n), plan=plan, known=noon) for n in (1, 2)]
    level, subject, _ = whose(item, world)
    if story == "in time" and item.late_from is not None:
        return [Outcome(student=subject, level=level, action=item.action, item=item.id, at=item.late_from - HOUR, known=morning)]
    return [Outcome(student=subject, level=level, item=item.id, at=morning, known=morning)]
