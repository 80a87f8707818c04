"""The whole ledger by brute force: every state of every student from scratch, and their differences (SEMANTICS 9)."""

from __future__ import annotations

import bisect

from escalate.ledger import CASE_WHATS, ITEM_WHATS, Case, Change, Item, State, differences
from escalate.policy import Policy
from escalate.times import Instant

from .clocks import Facts
from .derive import derive
from .episodes import agenda
from .seen import Log, World

Decision = tuple[Instant, str, Change]


def run(world: World, until: Instant) -> list[Decision]:
    """Every change decided up to an instant, in the order of the ledger."""
    found: list[Decision] = []
    names = list(dict.fromkeys(policy.name for policy in world.policies))
    for student in world.roster.ids():
        for name in names:
            versions = tuple(policy for policy in world.policies if policy.name == name)
            found += of_student(world, student, versions, until)
    return sorted(found, key=order)


def of_student(world: World, student: str, versions: tuple[Policy, ...], until: Instant) -> list[Decision]:
    """One student's changes, instant by instant."""
    found: list[Decision] = []
    state, log = State(), Log(world, student, versions[0].name)
    always = static(log, versions, until)
    t: Instant | None = always[0] if always else None
    while t is not None and t <= until:
        new = derive(log, versions, t, state)
        found += [(t, student, change) for change in differences(state, new)]
        state = new
        t = min((e for e in (*always[bisect.bisect_right(always, t) :][:1], *dues(state)) if e > t), default=None)
    return found


def static(log: Log, versions: tuple[Policy, ...], until: Instant) -> list[Instant]:
    """The instants that do not depend on what stands: visibility, closes, midnights."""
    facts = Facts(log.seen(until), versions, until)
    return sorted({e for e in (*log.instants, *agenda(facts)) if e <= until})


def dues(state: State) -> set[Instant]:
    """The overdue instants and floors to come."""
    return {
        at for item in state.items.values() if item.late_from is not None and item.status in ("open", "blocked", "overdue")
        for at in (item.late_from, max(item.opened, item.unblocked or item.opened) + 1)
    }


def order(decision: Decision) -> tuple:
    """By instant, student, policy, ladder, case, rank of what, subject."""
    t, student, change = decision
    new = change.new
    rank = CASE_WHATS.index(change.what) if isinstance(new, Case) else len(CASE_WHATS) + ITEM_WHATS.index(change.what)
    number = new.number if isinstance(new, Case) else new.case
    subject = new.id if isinstance(new, Item) else ""
    return t, student, new.policy, new.ladder, number, rank, subject
