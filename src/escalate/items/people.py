"""Who acts on an item and who is told: roles and their holders (SEMANTICS, section 6)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from ..days import WEEKDAYS
from ..family import Version
from ..policy import Action, Actor
from ..times import Instant
from .context import Context
from .run import ItemRun

Date = datetime.date


def actors(ctx: Context, action: Action, at: Instant, version: Version, held: Iterable[str]) -> list[str]:
    """The actor part of the id of each item: the roles joined, or with `each` role/person, or the role alone where it is vacant.

    held: who had the items before, and has them still.
    """
    who = action.owners
    if not who.each:
        return [who.key]
    had = list(dict.fromkeys(held))
    if had:
        return had
    when = ctx.history.zone.date(max(at, ctx.now))
    return [actor for entry in who.entries for actor in [f"{entry.name}/{person}" for person in holders(ctx, entry, when, at, version)] or [entry.name]]


def persons(ctx: Context, action: Action, item: ItemRun, at: Instant | None = None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Who acts, who is told and whom it is about, by part, resolved as known on the date that the item opened."""
    date = ctx.history.zone.date(item.opened if at is None else at)
    person = item.actor.partition("/")[2] if action.owners.each else ""
    found = []
    for word, who in action.parts(item.actor).items():
        own = person if word == ("notify" if action.tells else "by") else ""
        found += [(f"{word} {entry.name}", (own,) if own else holders(ctx, entry, date, item.effective, item.version)) for entry in who.entries]
    if action.about is not None:
        found.append((f"about {action.about.name}", holders(ctx, action.about, date, item.effective, item.version)))
    return tuple(found)


def _who_had(ctx: Context, action: str) -> tuple[str, ...]:
    """Who had the item of an action that was overdue last, when it fell due: later holders of an item that says `reassign` had nothing to do with it."""
    overdue = [item for item in ctx.items if item.action.name == action and item.overdue_at is not None]
    latest = max(overdue, key=lambda item: item.overdue_at or 0, default=None)
    if latest is None or latest.overdue_at is None:
        return ()
    handed_on = latest.action.reassign and all(entry.kind != "who_had" for entry in latest.action.owners.entries)
    held = persons(ctx, latest.action, latest, latest.overdue_at - 1) if handed_on else latest.persons
    return tuple(person for who, found in held if who.startswith("by ") for person in found)


def _session_holders(ctx: Context, role: str, date: Date, effective: Instant) -> tuple[str, ...]:
    """Who holds the session of an item: for `class/weekday/session`, `class/session`, or the whole class."""
    day = ctx.history.zone.date(effective)
    found = [session for session in ctx.history.sessions(day) if session.start <= effective]
    class_ = ctx.history.column("class", date)
    places = [f"{class_}/{WEEKDAYS[day.weekday()]}/{found[-1].period}", f"{class_}/{found[-1].period}"] if found else []
    holders = (ctx.history.shared.roster.holders(role, place, date) for place in (*places, class_))
    return next((held for held in holders if held), ())


def holders(ctx: Context, entry: Actor, date: Date, effective: Instant, version: Version) -> tuple[str, ...]:
    """Who acts in a role of a version for this student on a date; `student` and `parent` are the student's own."""
    if entry.kind == "who_had":
        return _who_had(ctx, entry.name)
    role = version.policy.roles.get(entry.name)
    if entry.kind == "above" and role is not None:
        return holders(ctx, Actor(role.above), date, effective, version) if role.above else ()
    if role is not None and role.of == "session":
        return _session_holders(ctx, entry.name, date, effective)
    if role is None or entry.name in ("student", "parent"):
        return ()
    of = ctx.history.student if role.of == "student" else ctx.history.column(role.of, date)
    return ctx.history.shared.roster.holders(entry.name, of, date)
