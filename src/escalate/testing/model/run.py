"""The whole ledger by brute force: every state of every student and group from scratch, and their differences (SEMANTICS 8 and 9)."""

from __future__ import annotations

import bisect
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from ...events import SHARED, RosterEdit, about
from ...ledger import CASE_WHATS, ITEM_WHATS, Case, Change, Item, State, differences
from ...policy import Policy, in_turn
from ...times import Instant
from .clocks import Facts
from .derive import derive, derive_group
from .duties import fallings
from .episodes import agenda, tile_ends
from .groups import Band, Pupil, names_of, was_open
from .seen import Log, World
from .units import dates

Decision = tuple[Instant, str, Change]


def run(world: World, until: Instant) -> list[Decision]:
    """Every change decided up to an instant, in the order of the ledger."""
    found: list[tuple[Decision, bool]] = []
    names = list(dict.fromkeys(policy.name for policy in world.policies))
    for name in names:
        versions = in_turn(policy for policy in world.policies if policy.name == name)
        of_students = [one for student in students(world) for one in of_student(world, student, versions, until)]
        found += [(one, False) for one in of_students] + [(one, True) for one in of_groups(world, versions, of_students, until)]
    return [one for one, _ in sorted(found, key=lambda one: order(*one))]


def students(world: World) -> list[str]:
    """Everybody on the roster, and everybody of whom anything is said: a child who is on no list is followed too."""
    said = (about(event) for event in world.events if not isinstance(event, SHARED) and getattr(event, "level", "student") == "student")
    return list(dict.fromkeys([*world.roster.ids(), *filter(None, said)]))


def of_student(world: World, student: str, versions: tuple[Policy, ...], until: Instant) -> list[Decision]:
    """One student's changes."""
    log = Log(world, student, versions[0].name)
    return decided(student, static(log, versions, until), until, lambda t, state: derive(log, versions, t, state))


def decided(name: str, always: list[Instant], until: Instant, derived: Callable[[Instant, State], State]) -> list[Decision]:
    """The changes of one student or group, instant by instant."""
    found: list[Decision] = []
    state = State()
    t: Instant | None = always[0] if always else None
    while t is not None and t <= until:
        new = derived(t, state)
        found += [(t, name, change) for change in differences(state, new)]
        state = new
        t = min((e for e in (*always[bisect.bisect_right(always, t) :][:1], *dues(state)) if e > t), default=None)
    return found


def of_groups(world: World, versions: tuple[Policy, ...], of_students: list[Decision], until: Instant) -> list[Decision]:
    """The changes of all groups of which a policy asks something, from what was known of the students by then."""
    each = {duty.each for policy in versions for duty in policy.duties.values()} | {target.each for policy in versions for target in policy.targets.values()}
    levels = sorted(each - {"student"})
    if not levels:
        return []
    name = versions[0].name
    roles = {role.name: role.of for policy in versions for role in policy.roles.values()}
    logs = {student: Log(world, student, name) for student in world.roster.ids()}
    cases: dict[str, list[tuple[Instant, Case]]] = {}
    for at, student, change in of_students:
        if isinstance(change.new, Case):
            cases.setdefault(student, []).append((at, change.new))
    turns = {e for log in logs.values() for e in static(log, versions, until)} | {at for at, *_ in of_students}
    last = {student: log.seen(until) for student, log in logs.items()}
    found: list[Decision] = []
    for level in levels:
        edited = {event.value for event in world.events if isinstance(event, RosterEdit) and event.column in (level, roles.get(level))} - {""}
        for group in sorted({*names_of(level, roles, next(iter(last.values())).roster, last), *edited}):
            log, kept = Log(world, group, name, level), lru_cache(maxsize=1)(_nothing_yet)

            def derived(t: Instant, state: State, log: Log = log, level: str = level, kept: Callable[..., dict[Any, Any]] = kept) -> State:
                own, heads = log.seen(t), {student: one.seen(t) for student, one in logs.items()}
                found = kept(id(own), *map(id, heads.values()))  # a log makes each of them once and holds it
                return derive_group(Band(own, level, heads, roles, t, was_open(cases, t), found), versions, state)

            found += decided(group, sorted({*turns, *static(log, versions, until)}), until, derived)
    return found


def _nothing_yet(*facts: int) -> dict[Any, Any]:
    return {}


def static(log: Log, versions: tuple[Policy, ...], until: Instant) -> list[Instant]:
    """The instants that do not depend on what stands: visibility, closes, midnights, sessions."""
    seen = log.seen(until)
    facts = Facts(seen, versions, until)
    found = {*log.instants, *agenda(facts), *map(facts.close_of, dates(seen))}  # also closes that were clocks until what was recorded was void
    calendars = {id(one.calendar): one for e in (0, *log.instants) for one in [log.seen(e)]}
    found |= {end for one in list(calendars.values())[:-1] for end in tile_ends(Facts(one, versions, until))}  # as they were before an edit
    if any(policy.duties or policy.targets for policy in versions):
        before = {(id(one.calendar), one.columns): one for e in (0, *log.instants) for one in [log.seen(e)]}  # a session that was called off was to be held
        for one in before.values():
            pupil = Pupil(one, until, was_open({}, until))
            found |= {pupil.zone.midnight(date) for date in pupil.dates()}
            found |= {session.start for date in pupil.dates() for session in pupil.days(date).sessions(date)}
            found |= {period.at for policy in versions for duty in policy.duties.values() for period in fallings(duty, policy, pupil)}
    return sorted(e for e in found if e <= until)


def dues(state: State) -> set[Instant]:
    """The overdue instants and floors to come, and the first instant at which an item may be found done."""
    return {max(item.opened, item.effective) + 1 for item in state.items.values()} | {
        at for item in state.items.values() if item.late_from is not None and item.status in ("open", "blocked", "overdue")
        for at in (item.late_from, max(item.opened, item.unblocked or item.opened) + 1)
    }


def order(decision: Decision, group: bool) -> tuple[object, ...]:
    """By instant, student or group, policy, ladder, case, rank of what, subject."""
    t, student, change = decision
    new = change.new
    rank = CASE_WHATS.index(change.what) if isinstance(new, Case) else len(CASE_WHATS) + ITEM_WHATS.index(change.what)
    number = new.number if isinstance(new, Case) else new.case
    subject = new.id if isinstance(new, Item) else ""
    return t, student.encode(), group, new.policy, new.ladder.encode(), number, rank, subject.encode()
