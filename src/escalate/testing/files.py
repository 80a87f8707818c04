"""A world as the files that a school has: its calendar, its roster, who holds which role, its events."""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Iterable, Iterator

from attrs import fields

from ..days import WEEKDAYS, Calendar, DayPlan
from ..events import NAMES, Event
from ..times import Zone
from .model.seen import World
from .pasting import calendar_lines

INSTANTS = ("at", "known", "recorded")
RENAMED = {"start": "from", "end": "to"}
CALENDAR, ROSTER, ASSIGNMENTS, EVENTS = "calendar.yaml", "roster.csv", "assignments.csv", "events.jsonl"


def files_of(world: World) -> dict[str, str]:
    """The texts of `calendar.yaml`, `roster.csv`, `assignments.csv` and `events.jsonl`, by these names; policies have files of their own."""
    return {
        CALENDAR: calendar_text(world.calendar), ROSTER: roster_text(world), ASSIGNMENTS: assignments_text(world),
        EVENTS: "".join(f"{json.dumps(row_of(event, world.calendar.zone), ensure_ascii=False)}\n" for event in world.events),
    }  # fmt: skip


def calendar_text(calendar: Calendar) -> str:
    """A generated calendar as YAML."""
    return "\n".join(line.strip() for line in list(calendar_lines(calendar))[1:]) + "\n"


def roster_text(world: World) -> str:
    """Every row of the roster, each further column by its name."""
    more = sorted({name for row in world.roster.students for name in row.fields})
    rows = (
        (row.id, row.school, row.class_, row.grade, *map(_date, (row.start, row.end)), *(row.fields.get(name, "") for name in more))
        for row in world.roster.students
    )
    return table(("student", "school", "class", "grade", "from", "to", *more), rows)


def assignments_text(world: World) -> str:
    """Who holds which role."""
    return table(
        ("role", "of", "person", "from", "to"), ((one.role, one.of, one.person, _date(one.start), _date(one.end)) for one in world.roster.assignments)
    )


def row_of(event: Event, zone: Zone) -> dict[str, object]:
    """An event as an object of a line; `seq` is written always, for else it would be the line's number."""
    found: dict[str, object] = {"type": NAMES[type(event)], "seq": event.seq}
    for part in fields(type(event)):
        value = getattr(event, part.name)
        if isinstance(value, DayPlan):
            found |= dict(_plan(value))
        elif value not in (None, ""):
            name = RENAMED.get(part.name, part.name)
            found[name] = zone.text(value) if part.name in INSTANTS else _date(value) if isinstance(value, datetime.date) else value
    if found.get("level", "student") != "student" and "student" in found:
        found["about"] = found.pop("student")
    return found


def events_table(events: Iterable[Event], zone: Zone) -> str:
    """Events as a table: a column for each key that one of them writes."""
    rows = [row_of(event, zone) for event in events]
    names = list(dict.fromkeys(name for row in rows for name in row))
    return table(names, ([_cell(row.get(name, "")) for name in names] for row in rows))


def _cell(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _plan(plan: DayPlan) -> Iterator[tuple[str, object]]:
    yield "kind", plan.kind
    if plan.periods:
        yield "sessions", "+".join(plan.periods)
    if plan.weekday is not None:
        yield "weekday", WEEKDAYS[plan.weekday]
    if plan.reason:
        yield "reason", plan.reason


def _date(date: datetime.date | None) -> str:
    return "" if date is None else date.isoformat()


def table(columns: Iterable[str], rows: Iterable[Iterable[str]], delimiter: str = ",") -> str:
    """Rows of texts below the names of their columns, as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", delimiter=delimiter)
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()
