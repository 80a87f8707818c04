"""Who acts on an item and who is told: roles and their holders (SEMANTICS, section 6)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from ..days import WEEKDAYS
from ..family import Version
from ..policy import OWN_ROLES, Action, Actor
from ..times import Instant
from .context import Context
from .dues import overdue_candidate
from .run import ItemRun, names

Date = datetime.date


def actors(ctx: Context, action: Action, at: Instant, version: Version, parent: ItemRun | None, held: Iterable[str]) -> list[str]:
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
    return [actor for entry in who.entries for actor in [f"{entry.name}/{person}" for person in holders(ctx, entry, when, at, version, parent)] or [entry.name]]


def persons(ctx: Context, action: Action, item: ItemRun, at: Instant | None = None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Who acts, who is told and whom it is about, by part, resolved as known on the date that the item opened."""
    date = ctx.history.zone.date(item.opened if at is None else at)
    person = item.actor.partition("/")[2] if action.owners.each else ""
    found = []

    def held(entry: Actor) -> tuple[str, ...]:
        return holders(ctx, entry, date, item.effective, item.version, item.parent)

    for word, who in action.parts(item.actor).items():
        own = person if word == ("notify" if action.tells else "by") else ""
        found += [(f"{word} {entry.key}", (own,) if own else held(entry)) for entry in who.entries]
    if action.about is not None:
        found.append((f"about {action.about.key}", held(action.about)))
    return tuple(found)


def _who_had(ctx: Context, action: str, parent: ItemRun | None, by: Instant) -> tuple[str, ...]:
    """Who had the items of an action that were overdue last, or the one that who asks is chained to, each person once."""
    above = parent
    while above is not None and not names(action, above):
        above = above.parent
    asked = [item for item in ctx.items if names(action, item)] if above is None else [above]
    overdue = [(at, item) for item in asked if (at := _overdue_at(ctx, item, by)) is not None]
    if above is not None and not overdue and above.late_at is not None:
        overdue = [(above.late_at, above)]  # it was overdue while its evidence was missing
    latest = max((at for at, _ in overdue), default=by)
    found = sorted((item for at, item in overdue if at == latest), key=lambda item: item.id)
    return tuple(dict.fromkeys(person for item in found for person in _had(ctx, item, latest)))


def _overdue_at(ctx: Context, item: ItemRun, by: Instant) -> Instant | None:
    """When an item fell overdue; one that falls overdue at this very instant may not have been looked at yet."""
    if item.overdue_at is not None:
        return item.overdue_at
    due = overdue_candidate(ctx, item)
    return due if due is not None and due <= by else None


def _had(ctx: Context, item: ItemRun, overdue: Instant) -> tuple[str, ...]:
    """Who had an item when it fell due: later holders of one that says `reassign` had nothing to do with it."""
    handed_on = item.action.reassign and all(entry.kind != "who_had" for entry in item.action.owners.entries)
    held = persons(ctx, item.action, item, overdue - 1) if handed_on else item.persons
    return tuple(person for who, found in held if who.startswith("by ") for person in found)


def _session_holders(ctx: Context, role: str, date: Date, effective: Instant) -> tuple[str, ...]:
    """Who holds the session of an item: for `class/weekday/session`, `class/session`, or the whole class."""
    day = ctx.history.zone.date(effective)
    found = [session for session in ctx.history.sessions(day) if session.start <= effective]
    class_ = ctx.history.column("class", date)
    places = [f"{class_}/{WEEKDAYS[day.weekday()]}/{found[-1].period}", f"{class_}/{found[-1].period}"] if found else []
    holders = (ctx.history.shared.roster.holders(role, place, date) for place in (*places, class_))
    return next((held for held in holders if held), ())


def holders(ctx: Context, entry: Actor, date: Date, effective: Instant, version: Version, parent: ItemRun | None) -> tuple[str, ...]:
    """Who acts in a role of a version for this student on a date; `student` and `parent` are the student's own. parent: what the item is chained to."""
    if entry.kind == "who_had":
        return _who_had(ctx, entry.name, parent, effective)
    role = version.policy.roles.get(entry.name)
    if entry.kind == "above" and role is not None:
        return holders(ctx, Actor(role.above), date, effective, version, parent) if role.above else ()
    if role is not None and role.of == "session":
        return _session_holders(ctx, entry.name, date, effective)
    if role is None or entry.name in OWN_ROLES:
        return ()
    return ctx.history.holders(entry.name, role.of, date)
