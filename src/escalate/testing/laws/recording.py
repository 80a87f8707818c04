"""Laws 10 and 15: nothing without a reason, and nothing is written without an occasion."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ...chains import policy_ids
from ...decisions import ledger_order
from ...events import Mark
from ...ledger import Item
from ...policy import Policy, actions, stages
from ..broken import hold
from ..model.seen import World
from ..playing import decided, line, path_of

EVERY = ("decided", "effective", "what", "kind", "subject", "policy", "line", "readings", "events", "changes")


def every_change_has_its_record(world: World) -> None:
    """Every change cites a path of its policy, its version, readings, and only events that were known. Law 10; guards against items without a reason."""
    paths = {f"{policy.name}@{policy.version}": set(_paths(policy)) for policy in world.policies}
    known: dict[str, int] = {}
    for event in world.events:
        known[event.id] = min(event.known, known.get(event.id, event.known))
    versions = {f"{policy.name}@{policy.version}" for policy in policy_ids(world.policies)}
    for one in decided(world):
        record, new = one.record, one.change.new
        said = line(one, world)
        lacks = [key for key in EVERY if key not in record]
        hold(every_change_has_its_record, not lacks, world, f"the record lacks {lacks}: {said}")
        where = record["line"]["path"]  # type: ignore[index]  # a mapping, by the shape of records
        hold(every_change_has_its_record, where in paths.get(str(record["policy"]), ()), world, f"no policy has the line `{where}`: {said}")
        hold(every_change_has_its_record, record["policy"] in versions, world, f"no version `{record['policy']}`: {said}")
        cited = record["events"] if isinstance(record["events"], list) else []
        unknown = [name for name in cited if known.get(name, one.decided) > one.decided]
        hold(every_change_has_its_record, not unknown, world, f"it cites {unknown}, which were not known: {said}", path_of(new))
        hold(every_change_has_its_record, cited == sorted(cited, key=str.encode), world, f"its events are not in order: {said}")
    order = [ledger_order(one) for one in decided(world)]
    hold(every_change_has_its_record, order == sorted(order), world, "the records are not in the order in which they are sealed")


def _paths(policy: Policy) -> Iterator[str]:
    yield from (one.path for one in stages(policy))
    yield from (one.path for one in actions(policy))
    yield from (*policy.ladders, *policy.duties, *policy.targets)


def what_is_written_has_an_occasion(world: World) -> None:
    """Every instant that writes has a fact, a session, a close, a midnight or a due. Law 15; guards against a ledger that hangs on when it is asked."""
    zone, days = world.calendar.zone, [world.calendar.of(school) for school in ("", *sorted({row.school for row in world.roster.students}))]
    occasions = {event.known for event in world.events} | {getattr(event, "at", 0) for event in world.events}
    occasions |= {at for event in world.events if isinstance(event, Mark) and (at := days[0].mark_at(event.date, event.session)) is not None}
    occasions |= {session.start for one in days for date in one.school_days for session in one.sessions(date)}
    closes = {policy.day.closes for policy in world.policies} | {datetime.time(0)}  # periods, versions and windows begin and end at midnight
    for one in decided(world):
        new = one.change.new
        if isinstance(new, Item):
            occasions |= {at for at in (new.late_from, new.opened + 1, (new.unblocked or 0) + 1) if at is not None}
        local = zone.local(one.decided).time()
        hold(what_is_written_has_an_occasion, one.decided in occasions or local in closes, world, f"nothing happened at that instant: {line(one, world)}")


def a_change_changes_something(world: World) -> None:
    """A decision says what changed, and it did. Law 15; guards against records of nothing."""
    for one in decided(world):
        change = one.change
        hold(a_change_changes_something, change.fields and change.old != change.new, world, f"nothing changed: {line(one, world)}")
