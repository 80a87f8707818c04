"""What stands for one student under one policy at an instant, from scratch (SEMANTICS 9.4)."""

from __future__ import annotations

from attrs import evolve

from escalate.ledger import GONE, Item, State
from escalate.policy import Policy
from escalate.times import Instant

from .books import Entry
from .clocks import Facts
from .episodes import episodes, numbered
from .firings import Firings
from .seen import Log


def derive(log: Log, policies: tuple[Policy, ...], t: Instant, previous: State) -> State:
    """S(t)."""
    facts = Facts(log.seen(t), policies, t)
    name = policies[0].name
    found = episodes(facts)
    cases = {}
    ladders = dict.fromkeys([one.ladder for one in found] + [case.ladder for case in previous.cases.values()])
    for ladder in ladders:
        cases.update(numbered([one for one in found if one.ladder == ladder], ladder, name, t, previous))
    again: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()
    lapsed: frozenset[str] = frozenset()
    while True:
        firings = Firings(facts, name, log.student, found, previous, again, kept, lost, lapsed)
        firings.run()
        back = frozenset(one.id for one in firings.entries.values() if comes_back(one, t)) - again
        own = frozenset(one.takes for one in firings.entries.values()) & frozenset(firings.entries)
        blocked = frozenset(one.id for one in firings.entries.values() if one.blocked and firings.was_free(one))
        late = frozenset(one.id for one in firings.entries.values() if one.overdue_at is not None and one.status() == "lapsed")
        if not back and not own and not blocked and not late:
            break
        again, kept, lost, lapsed = again | back, kept | own, lost | blocked, lapsed | late
        for one in found:
            one.fired.clear()
            one.fired_last.clear()
    items = {one.id: one.item(name) for one in firings.entries.values()}
    replaced = {one.takes: one.id for one in firings.entries.values() if one.takes}
    for old in previous.items.values():
        if old.id not in items and old.id not in replaced:
            items[old.id] = gone(old)
    aliases = {old: new for old, new in {**previous.aliases, **replaced}.items() if old not in items}
    return State(cases, items, aliases, dict(firings.bindings))


def comes_back(entry: Entry, t: Instant) -> bool:
    """Whether an item that was lapsed, or cancelled before it was late, is neither now."""
    prior = entry.prior
    if prior is None or prior.status not in ("cancelled", "lapsed") or (entry.episode.ended is not None and entry.episode.ended <= t):
        return False
    if entry.status() in ("cancelled", "lapsed"):
        return False
    return prior.status == "lapsed" or (prior.status == "cancelled" and prior.overdue_at is None)


def gone(item: Item) -> Item:
    """An item that is no longer derived."""
    if item.status in GONE:
        return item
    return evolve(item, status="recall" if item.status in ("done", "done late") else "withdrawn")
