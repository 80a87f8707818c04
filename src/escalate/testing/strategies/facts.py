"""What else is said of students and groups: flags, statuses, documents, facts, edits, and what came of the items that were asked for."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from attrs import evolve
from hypothesis import strategies as st

from ...days import DayPlan
from ...events import SHARED, AssignmentEdit, CalendarEdit, Document, Event, Fact, Flag, Mark, Outcome, RosterEdit, Status, Void, about
from ...ledger import Item
from ...policy import Duty, Target, part_of
from ...times import DAY, Instant
from ..matters import Matters, Named
from ..model.seen import World
from ..playing import played
from .attendance import HOUR, LATE

CLOCKS = (datetime.time(10), datetime.time(17, 30), datetime.time(0), datetime.time(8), datetime.time(19))


@st.composite
def moments(draw: st.DrawFn, world: World, days: int) -> tuple[Instant, int]:
    """When something was, in so many days from the calendar's first, and how many seconds later it was known."""
    first = world.calendar.of("").first
    return world.calendar.zone.instant(first + DAY * draw(st.integers(0, days)), draw(st.sampled_from(CLOCKS))), HOUR * draw(st.sampled_from((0, *LATE)))


def _subject(level: str, world: World) -> st.SearchStrategy[str]:
    """Somebody of a level: a student, a group that students belong to, or a person who holds the role."""
    rows, held = world.roster.students, world.roster.assignments
    names = {"student": {row.id for row in rows}, "person": {one.person for one in held}}.get(level) or {row.get(level) for row in rows}
    return st.sampled_from(sorted((names - {""}) or {one.person for one in held if one.role == level} or {rows[0].id}))


@st.composite
def said(draw: st.DrawFn, found: Matters, world: World, days: int) -> Event:
    """One thing that is said, of a kind that the policy hears."""
    kinds = ["calendar", "calendar", "status", "status", *["flag"] * 2 * bool(found.flags), *["document"] * 2 * bool(found.documents)]
    kinds += [*["fact"] * 2 * bool(found.facts), *["assignment"] * bool(found.roles), "roster", *["alone"] * bool(found.outcomes)]
    kind = draw(st.sampled_from(kinds))
    at, late = draw(moments(world, days))
    known = at + late
    if kind in ("calendar", "assignment"):
        return draw(_edit(kind, found, world, at, late))
    student = draw(_subject("student", world))
    if kind == "roster":
        return RosterEdit(student=student, column="grade", value=draw(st.sampled_from(found.grades)), start=world.calendar.zone.date(at), known=known)
    named = {"status": found.statuses, "flag": found.flags, "document": found.documents, "fact": found.facts, "alone": found.outcomes}
    one: Named = draw(st.sampled_from(named[kind]))
    value = draw(st.sampled_from(one.values)) if one.values else ""
    if kind == "status":
        return Status(student=student, status=one.name, cause=value, at=at, known=known)
    if kind == "flag":
        return Flag(student=student, flag=one.name, value=value, at=at, known=known)
    if kind == "document":
        return Document(student=student, document=one.name, by=value, at=at, known=known)
    who = draw(_subject(one.level, world))
    if kind == "fact":
        return Fact(about=who, fact=one.name, value=value, level=one.level, at=at, known=known)
    return Outcome(student=who, action=one.name, result=value, level=one.level, at=at, known=known)


@st.composite
def _edit(draw: st.DrawFn, kind: str, found: Matters, world: World, at: Instant, late: int) -> Event:
    """A day closed or held after all, known before, on or after it; or another person."""
    date = world.calendar.zone.date(at)
    if kind == "calendar":
        plan = draw(st.sampled_from((DayPlan("closed", (), None, "snow"), DayPlan("make_up", None, 4))))
        return CalendarEdit(date=date, plan=plan, known=world.calendar.zone.instant(date, datetime.time(7)) + draw(st.sampled_from((-40 * HOUR, 0, late))))
    role = draw(st.sampled_from(found.roles))
    rows = world.roster.students
    of = draw(st.sampled_from(sorted({row.get("class" if role.level == "session" else role.level) for row in rows} - {""}) or ["elsewhere"]))
    return AssignmentEdit(role=role.name, of=of, person="cid", start=date, known=at + late)


# --- what came of items ---------------------------------------------------------------------------------


@st.composite
def outcomes(draw: st.DrawFn, world: World) -> list[Event]:
    """What came of items that the engine asks for: in time and too late, before they were asked, not done, with each result, known at once or later."""
    items = asked_for(world)
    if not items:
        return []
    gone = [item for item in items if item.status == "withdrawn"]
    many = draw(st.integers(1 if gone else 0, 3))
    found: list[Event] = [draw(outcome_of(draw(st.sampled_from((*items, *gone * 3))), world)) for _ in range(many)]
    blocked = [item for item in items if item.status == "blocked"]
    waits = draw(st.sampled_from([None, *blocked])) if blocked else None
    return found if waits is None else [*found, *_evidence(waits, items, world)]


def _evidence(blocked: Item, items: Sequence[Item], world: World) -> list[Event]:
    """All that is asked of the same student is done, a day after it was: what a blocked item may have waited for."""
    student = whose(blocked, world)[1]
    others = [item for item in items if item.status in ("open", "overdue") and whose(item, world)[:2] == ("student", student)]
    return [Outcome(student=student, action=item.action, at=at, known=at) for item in others for at in [max(item.opened, blocked.opened) + 26 * HOUR]]


@st.composite
def outcome_of(draw: st.DrawFn, item: Item, world: World) -> Outcome:
    """What came of one item."""
    late = item.late_from if item.late_from is not None and item.late_from < world.until + 7 * 24 * HOUR else None
    times = [item.opened + HOUR, *([late - 1, late, late + HOUR] if late is not None else []), item.opened, item.opened + 30 * HOUR, item.effective - HOUR]
    at = draw(st.sampled_from(times))
    named = draw(st.sampled_from(("item", "both") if item.status == "withdrawn" else ("action", "action", "item", "both")))
    level, subject, results = whose(item, world)
    too_late = [(late + HOUR) // 60 * 60] * 3 if late is not None and late > at else []  # of what was done in time
    known = [*(at + HOUR * hours for hours in (0, *LATE)), *too_late]
    done = draw(st.sampled_from((True, True, True, False)))
    return Outcome(
        student=subject, level=level, at=at, known=draw(st.sampled_from(known)), result=draw(st.sampled_from(("", *results))), done=done,
        action=item.action if named != "item" else "", item=item.id if named != "action" else "", times=draw(st.sampled_from((1, 1, 1, 2))),
    )  # fmt: skip


def asked_for(world: World) -> list[Item]:
    """The items of a world, those withdrawn too: somebody may have gone all the same; none where the engine fails, which a law will tell."""
    try:
        return [item for item in played(world).items() if item.status not in ("recall", "lapsed")]
    except Exception:  # noqa: BLE001  # whatever it is, it will be raised again where laws are asked
        return []


def whose(item: Item, world: World) -> tuple[str, str, Sequence[str]]:
    """The level and the name of whom an item is about, and the results that it may have."""
    from ...records import find_action

    policy = next(policy for policy in world.policies if (policy.name, policy.version) == (item.policy, item.version))
    part, action = part_of(policy, item.ladder), find_action(policy, item.path)
    results = action.results if action is not None else ()
    if isinstance(part, (Duty, Target)):
        return part.each, item.id.split("/")[2], results
    return "student", item.id.split("/")[1], results


# --- what is taken back ---------------------------------------------------------------------------------


@st.composite
def second_thoughts(draw: st.DrawFn, events: Sequence[Event]) -> list[Event]:
    """Of some events a void, a copy from elsewhere, or another word."""
    found: list[Event] = []
    for n in range(draw(st.integers(0, 2)) if events else 0):
        old, later = draw(st.sampled_from(events)), HOUR * draw(st.sampled_from((1, 26, 100)))
        how = draw(st.sampled_from(("void", "copy", "void")))
        target = f"{old.date}.{old.session}" if isinstance(old, Mark) and not old.id else old.id
        if how == "copy":
            found.append(evolve(old, known=old.known + (later if old.id else 0), source="again" if old.id else old.source))
        elif target and not isinstance(old, (Void, *SHARED)):  # a void names an event of the same student
            found.append(Void(student=about(old), level=getattr(old, "level", "student"), target=target, known=old.known + later, id=f"v{n}"))
    return found
