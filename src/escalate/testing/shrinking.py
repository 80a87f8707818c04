"""The shortest history on which something still fails: what can be dropped is, what can be plainer is made so, what can be sooner comes sooner."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from attrs import evolve

from ..days import Calendar, Plans
from ..events import SHARED, Event, Mark, Void, about
from ..roster import Roster, Student
from ..spec import ordinary
from ..times import DAY
from .model.seen import World

A_DAY = 86400
HOUR = 3600
Pass = Callable[[World], Iterator[World]]


def shortest(world: World, fails: Callable[[World], bool], tries: int, given: bool = False) -> World:
    """A world from which no pass takes more while it still fails, or what that came to in so many tries; given: the calendar is to be left as it is."""
    passes = [one for one in PASSES if not given or one is not plainer_calendars]
    found = True
    while found and tries > 0:
        found = False
        for one in passes:
            world, tries, better = _passed(world, fails, tries, one)
            found = found or better
    return world


def _passed(world: World, fails: Callable[[World], bool], tries: int, one: Pass) -> tuple[World, int, bool]:
    """One pass, again from where it got to as long as it takes something away."""
    better, again = False, True
    while again:
        again = False
        for smaller in one(world):
            if tries <= 0:
                return world, tries, better
            tries -= 1
            if fails(smaller):
                world, better, again = smaller, True, True
                break
    return world, tries, better


# --- less -------------------------------------------------------------------------------------------


def fewer_students(world: World) -> Iterator[World]:
    """One student less, with all that is said of them."""
    for student in world.roster.ids() if len(world.roster.ids()) > 1 else ():
        rows = tuple(row for row in world.roster.students if row.id != student)
        yield evolve(world, roster=evolve(world.roster, students=rows), events=tuple(event for event in world.events if about(event) != student))


def earlier_ends(world: World) -> Iterator[World]:
    """The history up to the end of an earlier date, without what is known later; without what is known after its end."""
    kept = tuple(event for event in world.events if event.known <= world.until)
    if len(kept) < len(world.events):
        yield evolve(world, events=kept)
    first = world.calendar.zone.midnight(world.calendar.of("").first)
    days = (world.until - first) // A_DAY
    for less in dict.fromkeys((days // 2, days // 4, 7, 3, 2, 1)):
        until = world.until - less * A_DAY
        if 0 < less and until > first:
            yield evolve(world, until=until, events=tuple(event for event in world.events if event.known <= until))


def fewer_events(world: World) -> Iterator[World]:
    """Halves and ever smaller parts of the events left out, the marks of a date together; then each event by itself."""
    groups: dict[object, list[Event]] = {}
    for n, event in enumerate(world.events):
        groups.setdefault((event.student, event.date) if isinstance(event, Mark) else n, []).append(event)
    whole = list(groups.values())
    size = len(whole) // 2
    while size:
        for start in range(0, len(whole), size):
            yield evolve(world, events=tuple(event for some in (*whole[:start], *whole[start + size :]) for event in some))
        size //= 2
    if len(whole) < len(world.events):
        yield from (evolve(world, events=(*world.events[:n], *world.events[n + 1 :])) for n in range(len(world.events)))


def plainer_rosters(world: World) -> Iterator[World]:
    """Nobody holds a role; one holder less; held all the time; one row of a student; always there; a column less."""
    roster, held = world.roster, world.roster.assignments
    if held:
        yield evolve(world, roster=Roster(roster.students, ()))
    yield from (evolve(world, roster=Roster(roster.students, (*held[:n], *held[n + 1 :]))) for n in range(len(held) if len(held) > 1 else 0))
    for n, one in enumerate(held):
        if one.start or one.end:
            yield evolve(world, roster=Roster(roster.students, (*held[:n], evolve(one, start=None, end=None), *held[n + 1 :])))
    for row in roster.students:
        if len(roster.rows(row.id)) > 1:
            others = tuple(one for one in roster.students if one.id != row.id or one is row)
            yield _with_row(world, others, row, evolve(row, start=None, end=None))
        elif row.start or row.end:
            yield _with_row(world, roster.students, row, evolve(row, start=None, end=None))
        usual = ordinary.student(row.id, {})
        for key in dict.fromkeys((*row.fields, *usual.fields)):
            if row.fields.get(key) != usual.fields.get(key):
                kept = {name: value for name, value in row.fields.items() if name != key}
                plain = {key: usual.fields[key]} if key in usual.fields else {}
                yield _with_row(world, roster.students, row, evolve(row, fields={**kept, **plain}))
        if row.grade:
            yield _with_row(world, roster.students, row, evolve(row, grade=""))


def _with_row(world: World, rows: Sequence[Student], old: Student, new: Student) -> World:
    return evolve(world, roster=Roster(tuple(new if row is old else row for row in rows), world.roster.assignments))


# --- plainer ----------------------------------------------------------------------------------------


def plainer_calendars(world: World) -> Iterator[World]:
    """A calendar without other schools, closed and made-up days or a second term; with fewer sessions a day."""
    calendar = world.calendar

    def otherwise(**parts: object) -> World:
        made: Calendar = evolve(calendar, **parts)  # type: ignore[arg-type]  # by key
        return evolve(world, calendar=made)

    if calendar.schools:
        yield otherwise(schools={})
    plans = calendar.plans.days
    if len(plans) > 1:
        yield otherwise(plans=Plans({}))
    yield from (otherwise(plans=Plans({date: plan for date, plan in plans.items() if date != one})) for one in plans)
    if len(calendar.terms) > 1:
        terms = calendar.terms[:1]
        yield otherwise(terms=terms, years={key: tuple(name for name in held if name == terms[0].key) for key, held in calendar.years.items()})
    for n in range(len(calendar.periods) if len(calendar.periods) > 1 else 0):
        left = otherwise(periods=(*calendar.periods[:n], *calendar.periods[n + 1 :]))
        name = calendar.periods[n].name
        yield evolve(left, events=tuple(event for event in world.events if not (isinstance(event, Mark) and event.session == name)))


def plainer_events(world: World) -> Iterator[World]:
    """Events that say less, are known at once, or known sooner."""
    for n, event in enumerate(world.events):
        for plainer in _plainer(event, world):
            yield evolve(world, events=(*world.events[:n], plainer, *world.events[n + 1 :]))


def _plainer(event: Event, world: World) -> Iterator[Event]:
    for key, value in (("result", ""), ("times", 1), ("minutes", None), ("recorded", None), ("source", ""), ("cause", ""), ("by", "")):
        if getattr(event, key, value) != value:
            yield evolve(event, **{key: value})  # type: ignore[arg-type]  # by key
    at = world.calendar.of("").mark_at(event.date, event.session) if isinstance(event, Mark) else getattr(event, "at", None)
    if at is not None and event.known != at:
        yield evolve(event, known=at)
    if isinstance(event, (Void, *SHARED)) or (at is not None and event.known > at):
        least = at if at is not None else world.calendar.zone.midnight(world.calendar.of("").first)
        yield from (evolve(event, known=sooner) for hours in (96, 48, 24) if (sooner := event.known - hours * HOUR) >= least)


# --- sooner -----------------------------------------------------------------------------------------


def sooner(world: World) -> Iterator[World]:
    """What is said of a date, said of the school day before it that nothing is said of, with all that comes after; what comes after all marks, sooner."""
    days = world.calendar.of("")
    marked = sorted({event.date for event in world.events if isinstance(event, Mark)})
    for date in marked:
        before = [day for day in days.school_days if day < date][-1:]
        if before and before[0] not in marked:
            step = date - before[0]
            yield _moved(world, date, step.days)
    last = days.zone.next_midnight(marked[-1] if marked else days.first)
    for n, event in enumerate(world.events):
        for days_ in (7, 3, 1) if not isinstance(event, Mark) else ():
            if _when(event, world) - days_ * A_DAY >= last:
                yield evolve(world, events=(*world.events[:n], _shifted(event, days_), *world.events[n + 1 :]))


def _moved(world: World, date: object, days: int) -> World:
    """Everything from a date on some days sooner."""
    start = world.calendar.zone.midnight(date)  # type: ignore[arg-type]  # a date
    events = tuple(_shifted(event, days) if _when(event, world) >= start else event for event in world.events)
    return evolve(world, events=events, until=world.until - days * A_DAY)


def _when(event: Event, world: World) -> int:
    if isinstance(event, Mark):
        return world.calendar.zone.midnight(event.date)
    return int(getattr(event, "at", event.known))


def _shifted(event: Event, days: int) -> Event:
    """An event some days sooner, with all its times."""
    parts: dict[str, object] = {"known": event.known - days * A_DAY}
    if event.recorded is not None:
        parts["recorded"] = event.recorded - days * A_DAY
    if hasattr(event, "at"):
        parts["at"] = event.at - days * A_DAY
    for key in ("date", "start", "end"):
        if getattr(event, key, None) is not None:
            parts[key] = getattr(event, key) - DAY * days
    return evolve(event, **parts)  # type: ignore[arg-type]  # by key


PASSES: tuple[Pass, ...] = (fewer_students, earlier_ends, fewer_events, plainer_calendars, plainer_events, plainer_rosters, sooner)
