"""Who acts on an item and who is told: roles and their holders (SEMANTICS, section 6)."""

from __future__ import annotations

import datetime

from ..days import WEEKDAYS
from ..ledger import GONE
from ..policy import Action, Actor
from ..times import Instant
from .context import Context
from .run import ItemRun

Date = datetime.date


def actors(ctx: Context, action: Action, at: Instant, stem: str) -> list[str]:
    """The actor part of the id of each item: the roles joined, or with `each` role/person, or the role alone where it is vacant.

    stem: what the ids begin with. Who had the items before has them still.
    """
    who = action.owners
    if not who.each:
        return [who.key]
    held = [old.actor for old in ctx.previous.items.values() if old.id == f"{stem}/{action.name}/{old.actor}" and old.status not in GONE]
    if held:
        return held
    when = ctx.history.zone.date(max(at, ctx.now))
    return [actor for entry in who.entries for actor in [f"{entry.name}/{person}" for person in holders(ctx, entry, when, at)] or [entry.name]]


def persons(ctx: Context, action: Action, item: ItemRun, at: Instant | None = None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Who acts, who is told and whom it is about, by part, resolved as known on the date that the item opened."""
    date = ctx.history.zone.date(item.opened if at is None else at)
    person = item.actor.partition("/")[2] if action.owners.each else ""
    found = []
    for word, who in action.parts(item.actor).items():
        own = person if word == ("notify" if action.tells else "by") else ""
        found += [(f"{word} {entry.name}", (own,) if own else holders(ctx, entry, date, item.effective)) for entry in who.entries]
    if action.about is not None:
        found.append((f"about {action.about.name}", holders(ctx, action.about, date, item.effective)))
    return tuple(found)


def _session_holders(ctx: Context, role: str, date: Date, effective: Instant) -> tuple[str, ...]:
    """Who holds the session of an item: for `class/weekday/session`, `class/session`, or the whole class."""
    day = ctx.history.zone.date(effective)
    found = [session for session in ctx.history.sessions(day) if session.start <= effective]
    class_ = ctx.history.column("class", date)
    places = [f"{class_}/{WEEKDAYS[day.weekday()]}/{found[-1].period}", f"{class_}/{found[-1].period}"] if found else []
    holders = (ctx.history.shared.roster.holders(role, place, date) for place in (*places, class_))
    return next((held for held in holders if held), ())


def holders(ctx: Context, entry: Actor, date: Date, effective: Instant) -> tuple[str, ...]:
    """Who acts in a role for this student on a date; `student` and `parent` are the student's own."""
    version = ctx.family.at(date) or ctx.family.versions[-1]
    if entry.kind == "who_had":
        had = [item for item in ctx.items if item.action.name == entry.name and item.overdue_at is not None]
        latest = max(had, key=lambda item: item.overdue_at or 0, default=None)
        return tuple(person for who, persons in latest.persons if who.startswith("by ") for person in persons) if latest else ()
    role = version.policy.roles.get(entry.name)
    if entry.kind == "above" and role is not None:
        return holders(ctx, Actor(role.above), date, effective) if role.above else ()
    if role is not None and role.of == "session":
        return _session_holders(ctx, entry.name, date, effective)
    if role is None or entry.name in ("student", "parent"):
        return ()
    of = ctx.history.student if role.of == "student" else ctx.history.column(role.of, date)
    return ctx.history.shared.roster.holders(entry.name, of, date)
