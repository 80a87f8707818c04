"""What a condition can ask about events, items and the time since."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from ...conditions import NONE, Quantity, Term, Value
from ...events import Outcome
from ...policy import Policy
from ...times import Instant
from .asking import Ctx
from .pupil import dated
from .seen import Date, precedence

# --- events -------------------------------------------------------------------------------------------

def became(term: Term, ctx: Ctx) -> bool:
    cause = term.option("cause")
    return any(event.status == term.name and event.at == ctx.e and cause in (None, event.cause) for event in ctx.seen.statuses)


def ever(term: Term, ctx: Ctx) -> bool | None:
    """Whether such a status event has happened; of `done_when`, after the item took effect."""
    found = [event.at for event in ctx.seen.statuses if event.status == term.name and event.at <= ctx.e]
    if not ctx.asker.ends:
        found = [at for at in found if after(at, ctx)]
    found = [at for at in found if is_within(ctx.seen.zone.date(at), term.option("within"), ctx)]
    since = term.option("since")
    if since == "case":
        opened = ctx.asker.case_opened
        return None if opened is None else any(at >= opened for at in found)
    if since is not None:
        start = since if isinstance(since, datetime.date) else dated(str(since), ctx)
        return None if start is None else any(ctx.seen.zone.date(at) >= start for at in found)
    return bool(found)


def after(at: Instant, ctx: Ctx) -> bool:
    return ctx.asker.since is None or at > ctx.asker.since


def received(term: Term, ctx: Ctx) -> bool:
    by = term.option("by")
    return any(
        event.document == term.name and event.at <= ctx.e and after(event.at, ctx) and by in (None, event.by) for event in ctx.seen.documents
    )


def names(outcome: Outcome, path: str, policy: Policy) -> bool:
    """Whether an outcome names the action x, or an item of that name in this policy."""
    *places, name = path.split(".")
    parts = outcome.item.split("/")
    first = 5 if parts[1:2] and parts[1] in policy.duties else 4 if parts[1:2] and parts[1] in policy.targets else 6
    if parts[0] == policy.name and item_name(parts, first) == name:
        return not places or first == 6 and [parts[2], parts[4]][2 - len(places):] == places
    return outcome.action == name


def item_name(parts: list[str], first: int) -> str:
    """The item's own name in `policy/student/ladder/case/stage/n/item/actor...`, of a chained item the last one.

    first: where it is; 5 in `policy/duty/subject/period/n/item/actor`, 4 in `policy/target/group/check date/item/actor`.
    """
    if len(parts) < first + 2:
        return ""
    found = parts[first]
    for place in range(first + 2, len(parts) - 1):
        if parts[place] in ("then", "overdue"):
            found = parts[place + 1]
        elif parts[place] == "on" and place + 2 < len(parts):
            found = parts[place + 2]
    return found


def times(term: Term, ctx: Ctx) -> int:
    """How many done outcomes, in any ladder."""
    result, to, within = term.option("result"), term.option("to"), term.option("within")
    found = [
        event for event in ctx.seen.outcomes
        if event.done and event.at <= ctx.e and after(event.at, ctx) and names(event, term.name, ctx.policy)
        and result in (None, event.result) and to in (None, event.to)
    ]
    return sum(event.times for event in found if is_within(ctx.seen.zone.date(event.at), within, ctx))


def is_within(date: Date, within: Value | Quantity, ctx: Ctx) -> bool:
    """Whether a date lies in a window that ends with the date judged; no date lies in a term where there is none."""
    if within is None:
        return True
    days = ctx.seen.days(ctx.date)
    if isinstance(within, Quantity):
        return date >= days.back(int(within.number), within.unit.replace(" ", "_"), ctx.date)
    period = days.period(str(within).replace(" ", "_"), ctx.date)
    return period is not None and date >= period[1]


# --- items --------------------------------------------------------------------------------------------

def by(instant: Instant | None, ctx: Ctx) -> bool:
    """Whether something has happened."""
    return instant is not None and instant <= ctx.e


def done(term: Term, ctx: Ctx) -> bool | None:
    items = ctx.asker.items(term.name)
    return all(by(item.done_at, ctx) for item in items) if items else None


def overdue(term: Term, ctx: Ctx) -> bool | None:
    items = ctx.asker.items(term.name)
    found = [by(item.overdue_at, ctx) and not by(item.done_at, ctx) and not by(item.gone_at, ctx) for item in items]
    return any(found) if items else None


def late(term: Term, ctx: Ctx) -> bool | None:
    items = ctx.asker.items_anywhere(term.name)
    found = [item.overdue_at for item in items if item.overdue_at is not None and item.overdue_at <= ctx.e]
    return any(is_within(ctx.seen.zone.date(at), term.option("within"), ctx) for at in found) if items else None


def newest(outcomes: Iterable[Outcome], ctx: Ctx) -> Outcome | None:
    past = [outcome for outcome in outcomes if outcome.at <= ctx.e]
    return max(past, key=lambda outcome: (outcome.at, *precedence(outcome)), default=None)


def of_item(name: str, ctx: Ctx) -> list[Outcome]:
    """What is bound to the newest occurrence, or stands alone."""
    return [outcome for item in ctx.asker.items(name) for outcome in item.outcomes] + list(ctx.asker.alone(name))


def outcome(term: Term, ctx: Ctx) -> Value:
    """The latest result; in `ends` of whatever names x since the case opened."""
    opened = ctx.asker.case_opened
    if ctx.asker.ends:
        found = newest((one for one in ctx.seen.outcomes if opened is not None and one.at >= opened and names(one, term.name, ctx.policy)), ctx)
    else:
        found = newest(of_item(term.name, ctx), ctx)
        if found is None and ctx.asker.items(term.name):
            return NONE
    return None if found is None else found.result or NONE


# --- time gone by -------------------------------------------------------------------------------------

def base(term: Term, ctx: Ctx) -> Date | None:
    """The date that `days_since` counts from."""
    if term.target in ("enrolment", "term_start", "date"):
        return dated(term.name, ctx)
    at: Instant | None = None
    if term.target == "case":
        at = ctx.asker.case_opened
    elif term.target == "stage":
        at = ctx.asker.fired_at(term.name)
    elif term.target == "status":
        at = max((event.at for event in ctx.seen.statuses if event.status == term.name and event.at <= ctx.e), default=None)
    elif term.target == "item":
        found = newest(of_item(term.name, ctx), ctx)
        at = found.at if found else None
    return None if at is None else ctx.seen.zone.date(at)


def days_since(term: Term, ctx: Ctx) -> int | None:
    start = base(term, ctx)
    return None if start is None else (ctx.date - start).days


def school_days_since(term: Term, ctx: Ctx) -> int | None:
    start = base(term, ctx)
    return None if start is None else ctx.seen.days(ctx.date).school_days_between(start, ctx.date)


# --- who holds a role -----------------------------------------------------------------------------------

def new_holder(term: Term, ctx: Ctx) -> bool | None:
    """G6: whether somebody holds a role who did not on the last day of the term before."""
    role, ended = ctx.policy.roles[term.name], [one.end for one in ctx.seen.days(ctx.date).terms if one.end < ctx.date]
    if not ended:
        return None
    return bool(holders(role.name, role.of, ctx.date, ctx) - holders(role.name, role.of, max(ended), ctx))


def holders(role: str, of: str, date: Date, ctx: Ctx) -> set[str]:
    held = [one for one in ctx.seen.roster.assignments if one.role == role and one.holds(date)]
    person = ctx.seen.person(role)
    if person:
        return {person} & {one.person for one in held}
    return {one.person for one in held if one.of in ctx.seen.places(of, date)}
