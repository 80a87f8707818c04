"""What stands for one student or group under one policy at an instant, from scratch (SEMANTICS 9.4)."""

from __future__ import annotations

from attrs import evolve

from ...ledger import GONE, Item, State
from ...policy import Policy
from ...times import Instant
from .books import Entry
from .clocks import Facts
from .duties import Occasion, of_duties
from .entries import enter
from .episodes import Episode, episodes, numbered
from .firings import Firings, Subject
from .groups import Band, Pupil
from .seen import Log
from .targets import of_targets


def derive(log: Log, policies: tuple[Policy, ...], t: Instant, previous: State) -> State:
    """S(t) of a student."""
    facts = Facts(log.seen(t), policies, t)
    found = episodes(facts)
    pupil = Pupil(facts.seen, t, lambda student, policy, ladder, at: any(one.ladder == ladder and one.open_at(at) for one in found))
    return settled(facts, log.student, found, of_duties(policies, "student", pupil), pupil, previous)


def derive_group(band: Band, policies: tuple[Policy, ...], previous: State) -> State:
    """S(t) of a group."""
    facts = Facts(band.seen, policies, band.t)
    occasions = of_duties(policies, band.level, band) + of_targets(policies, band.level, band)
    return settled(facts, band.name, [], occasions, band, previous)


def settled(facts: Facts, subject: str, found: list[Episode], occasions: list[Occasion], asks: Subject, previous: State) -> State:
    """What cases and occasions come to, passed through until nothing is learnt that only a whole pass shows."""
    name, t = facts.versions[0].name, facts.t
    cases = {}
    ladders = dict.fromkeys([one.ladder for one in found] + [case.ladder for case in previous.cases.values()])
    for ladder in ladders:
        cases.update(numbered([one for one in found if one.ladder == ladder], ladder, name, t, previous))
    again: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()
    lapsed: frozenset[str] = frozenset()
    while True:
        firings = Firings(facts, name, subject, found, occasions, asks, previous, again, kept, lost, lapsed)
        firings.run()
        back = frozenset(one.id for one in firings.entries.values() if comes_back(one, t)) - again
        own = frozenset(one.takes for one in firings.entries.values()) & frozenset(firings.entries)
        blocked = frozenset(one.id for one in firings.entries.values() if one.blocked and firings.was_free(one))
        late = frozenset(one.id for one in firings.entries.values() if one.overdue_at is not None and one.status() == "lapsed")
        if not back and not own and not blocked and not late:
            break
        again, kept, lost, lapsed = again | back, kept | own, lost | blocked, lapsed | late
        for one in (*found, *occasions):
            one.fired.clear()
            one.fired_last.clear()
    for entry in firings.entries.values():
        enter(firings, entry)
    items = {one.id: one.item(name) for one in firings.entries.values()}
    replaced = {one.takes: one.id for one in firings.entries.values() if one.takes}
    for old in previous.items.values():
        if old.id not in items and old.id not in replaced:
            items[old.id] = gone(old)
    aliases = {old: new for old, new in {**previous.aliases, **replaced}.items() if old not in items}
    return State(cases, items, aliases, dict(firings.bindings))


def comes_back(entry: Entry, t: Instant) -> bool:
    """Whether an item that was lapsed is not now, or one that was cancelled before it was late in a case that is open."""
    prior = entry.prior
    if prior is None or entry.status() in ("cancelled", "lapsed"):
        return False
    over = entry.episode.ended is not None and entry.episode.ended <= t
    return prior.status == "lapsed" or prior.status == "cancelled" and prior.overdue_at is None and not over


def gone(item: Item) -> Item:
    """An item that is no longer derived."""
    if item.status in GONE:
        return item
    return evolve(item, status="recall" if item.status in ("done", "done late") else "withdrawn")
