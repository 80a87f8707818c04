"""A world played by the engine: at once, in batches, or stopped and resumed; what is asked of it again is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve

from ..decisions import Decision
from ..engine import Engine
from ..evaluation import Ledger, ledger_of
from ..events import Event
from ..ledger import Case, Item, State
from ..times import Instant
from .model.seen import World


def fresh(world: World, matcher: str | None = None) -> Engine:
    """An engine that has seen nothing of a world."""
    return Engine(world.policies, world.calendar, world.roster, matcher=matcher)


def played(world: World) -> Engine:
    """An engine that was given all of a world at once. It is kept: nothing may be fed to it."""
    found: Engine | None = world.kept.get("engine")
    if found is None:
        found = fresh(world)
        found.feed(world.events)
        found.advance(world.until)
        world.kept["engine"] = found
    return found


def decided(world: World) -> list[Decision]:
    """All that was decided of a world, in order, with the records."""
    return played(world).decisions


def ledger(world: World) -> Ledger:
    """The result of a world, as `evaluate` gives it."""
    late = (event for event in world.events if event.known > world.until)
    return ledger_of(played(world), world.until, decided(world), late, world.policies)


def states(world: World) -> Iterator[tuple[str, State]]:
    """What stands of each student under each policy."""
    for student, by_policy in played(world).states().items():
        for state in by_policy.values():
            yield student, state


def fed(world: World, batches: Iterable[tuple[Iterable[Event], Instant]]) -> list[Decision]:
    """What an engine decides that takes batches of events, each before an instant to advance to."""
    engine = fresh(world)
    return [one for events, to in batches for one in _fed(engine, events, to)]


def _fed(engine: Engine, events: Iterable[Event], to: Instant) -> list[Decision]:
    engine.feed(events)
    return engine.advance(to)


def stepwise(world: World, steps: Sequence[Instant]) -> list[Decision]:
    """What is decided where events are fed when they are known, with an advance at each step."""
    left, batches = sorted(world.events, key=lambda event: event.known), []
    for step in steps:
        batches.append(([event for event in left if event.known <= step], step))
        left = [event for event in left if event.known > step]
    return fed(world, batches)


def again(world: World, events: Iterable[Event]) -> list[Decision]:
    """What is decided of the same world with other events."""
    return decided(evolve(world, events=tuple(events)))


def first_instant(world: World) -> Instant:
    """Before anything of a world can happen: the midnight of the calendar, or what was known before it."""
    days = world.calendar.of("")
    return min([days.zone.midnight(days.first), *(event.known for event in world.events)]) - 1


def where_they_part(one: Sequence[Decision], other: Sequence[Decision], names: tuple[str, str], world: World) -> str:
    """Where two rows of decisions part, in a line each; empty where they are the same."""
    for n in range(max(len(one), len(other))):
        left, right = (row[n] if n < len(row) else None for row in (one, other))
        if left != right:
            return f"{names[0]}: {line(left, world)}; {names[1]}: {line(right, world)}{_parts(left, right)}"
    return ""


def _parts(one: Decision | None, other: Decision | None) -> str:
    """Which parts of two records of one thing are not the same."""
    if one is None or other is None or line_key(one) != line_key(other):
        return ""
    keys = [key for key in sorted({*one.record, *other.record}) if one.record.get(key) != other.record.get(key)]
    return f" (records differ in {', '.join(keys)})" if keys else ""


def line_key(decision: Decision) -> tuple[object, ...]:
    """What a line says of a decision."""
    return decision.decided, decision.student, decision.change.what, decision.record["subject"]


def line(decision: Decision | None, world: World) -> str:
    """A decision in a line."""
    if decision is None:
        return "nothing"
    return f"{world.calendar.zone.text(decision.decided)[:19].replace('T', ' ')} {decision.student} {decision.change.what} {name_of(decision.change.new)}"


def name_of(new: Case | Item) -> str:
    """A case or an item by its name."""
    return f"case {new.ladder}/{new.number}" if isinstance(new, Case) else f"`{new.id}`"


def path_of(new: Case | Item) -> str:
    """The path of the policy that a case or an item stands on."""
    return new.ladder if isinstance(new, Case) else new.path


def differing_paths(one: Sequence[Decision], other: Sequence[Decision]) -> tuple[str, ...]:
    """What the first decisions are about that are not the same in both."""
    for n in range(max(len(one), len(other))):
        pair = [row[n] for row in (one, other) if n < len(row)]
        if len(pair) < 2 or pair[0] != pair[1]:
            return tuple(dict.fromkeys(path_of(decision.change.new) for decision in pair))
    return ()
