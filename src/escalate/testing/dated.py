"""What a roster says with dates, as the events by which a spec says it: rows that change, roles that are held for a time."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..events import AssignmentEdit, Event, RosterEdit
from ..roster import Assignment, Roster, Student
from ..spec.ordinary import column_of
from ..times import DAY
from .model.seen import World

Date = datetime.date


def rows_in_order(roster: Roster, student: str) -> tuple[Student, ...]:
    """A student's rows, the earliest first."""
    return tuple(sorted(roster.rows(student), key=lambda row: row.start or Date.min))


def edits_of(world: World) -> tuple[Event, ...]:
    """Each column that another row changes, and each role that is not held always or at first; all known as the calendar begins."""
    known = world.calendar.zone.midnight(world.calendar.of("").first)
    found: list[Event] = [edit for student in world.roster.ids() for edit in _changes(rows_in_order(world.roster, student), known)]
    found += [
        AssignmentEdit(role=one.role, of=one.of, person=one.person, start=one.start, end=one.end, known=known)
        for one in world.roster.assignments if one not in held_always(world)
    ]  # fmt: skip
    return tuple(found)


def held_always(world: World) -> tuple[Assignment, ...]:
    """The roles that are held on every date for what a student belongs to at first: those that a spec writes under `roles:`."""
    return tuple(one for one in world.roster.assignments if one.start is None and one.end is None and _at_first(one, world))


def places_to_come(world: World) -> list[str]:
    """What roles are held for and no student belongs to at first."""
    return list(dict.fromkeys(f"`{one.of}`" for one in world.roster.assignments if not _at_first(one, world)))


def _at_first(held: Assignment, world: World) -> bool:
    first = [rows_in_order(world.roster, student)[0] for student in world.roster.ids()]
    return any(row.get(column_of(held.role, world.policies)) == held.of for row in first)


def _changes(rows: Sequence[Student], known: int) -> Iterator[RosterEdit]:
    for before, after in pairwise(rows):
        old, new = _columns(before), _columns(after)
        for column in dict.fromkeys((*old, *new)):
            if old.get(column, "") != new.get(column, ""):
                yield RosterEdit(student=after.id, column=column, value=new.get(column, ""), start=after.start, known=known)


def _columns(row: Student) -> dict[str, str]:
    return {"school": row.school, "class": row.class_, "grade": row.grade, **row.fields}


def gaps(roster: Roster) -> list[str]:
    """Students between two of whose rows there are dates on which they are on no roster: no spec can say that."""
    return [
        student for student in roster.ids()
        if any(before.end is None or after.start is None or before.end + DAY != after.start for before, after in pairwise(rows_in_order(roster, student)))
    ]  # fmt: skip
