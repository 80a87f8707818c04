"""Laws 1, 2, 3, 5 and 15: pure, fed any way, the past stands, unknown is not absent, silence."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from attrs import evolve

from ...decisions import Decision
from ...engine import Engine
from ...events import Event, Mark, Void
from ...policy import Policy, actions
from ...times import Instant
from ..broken import Broken, hold
from ..elsewhere import ORDERS, played_elsewhere
from ..model.seen import World
from ..playing import again, decided, differing_paths, fed, first_instant, fresh, played, stepwise, where_they_part

HOUR = 3600


def _same(law: Callable[..., None], one: Sequence[Decision], other: Sequence[Decision], names: tuple[str, str], world: World) -> None:
    if one != other:
        raise Broken(law, where_they_part(one, other, names, world), world, differing_paths(one, other))


def same_inputs_same_bytes(world: World) -> None:
    """The same inputs give the same decisions and records. Law 1; guards against clocks, chance and the order of sets."""
    engine = fresh(world)
    engine.feed(world.events)
    _same(same_inputs_same_bytes, decided(world), engine.advance(world.until), ("once", "again"), world)


def in_any_hash_order(world: World) -> None:
    """Processes in which sets of texts come in other orders decide and report the same. Law 1; guards against what hangs on the order of a set.

    Within a process that order is always the same, so no other law sees it. It costs three processes, which are started once.
    """
    first, *others = played_elsewhere(world)
    for order, (decisions, reports) in zip(ORDERS[1:], others, strict=True):
        names = tuple(f"PYTHONHASHSEED={one}" for one in (ORDERS[0], order))
        _same(in_any_hash_order, first[0], decisions, (names[0], names[1]), world)
        hold(in_any_hash_order, first[1] == reports, world, f"{names[0]} reports {first[1]}; {names[1]} reports {reports}")


def in_any_order(world: World, orders: Sequence[Callable[[Sequence[Event]], Sequence[Event]]] = ()) -> None:
    """Events fed in any order give the same decisions. Law 2; guards against lists that are read as they came (bytewax#406)."""
    for order in orders or (lambda events: events[::-1], lambda events: (*events[1::2], *events[::2])):
        _same(in_any_order, decided(world), again(world, order(world.events)), ("as given", "in another order"), world)


def duplicates_change_nothing(world: World, copies: Sequence[Event] | None = None) -> None:
    """What is delivered twice counts once, also where the copy comes later and from elsewhere. Law 2; guards against double counting."""
    if copies is None:
        copies = [evolve(event, known=event.known + HOUR * (n % 3), source="again") if event.id else event for n, event in enumerate(world.events)]
    for events in ((*world.events, *copies), (*copies, *world.events)):
        _same(duplicates_change_nothing, decided(world), again(world, events), ("once", "twice"), world)


def a_second_copy_is_dropped(world: World) -> None:
    """A copy of what was absorbed is dropped whenever it comes. Law 2; guards against a source that sends all of its file again."""
    engine, other = fresh(world), fresh(world)
    later = max([world.until, *(event.known for event in world.events)])
    for one in (engine, other):
        one.feed(world.events)
        one.advance(later)
    engine.feed(world.events)
    _same(a_second_copy_is_dropped, other.advance(later + 24 * HOUR), engine.advance(later + 24 * HOUR), ("fed once", "fed again"), world)


def in_any_steps(world: World, steps: Sequence[Instant] | None = None) -> None:
    """One advance or many, all fed at once or each event when it is known: the same decisions. Law 2; guards against jumps that skip (zeebe#1903)."""
    start, until = first_instant(world), world.until
    expected = decided(world)
    if steps is None:
        known = sorted({event.known for event in world.events if event.known < until})
        _same(in_any_steps, expected, stepwise(world, [*known, until]), ("at once", "event by event"), world)
        _same(in_any_steps, expected, stepwise(world, [*range(start, until, 24 * HOUR), until]), ("at once", "day by day"), world)
        steps = range(start + 7 * HOUR, until, 5 * HOUR)
    _same(in_any_steps, expected, fed(world, [(world.events, start), *(((), step) for step in steps), ((), until)]), ("at once", "in steps"), world)


def stopped_and_resumed(world: World, stops: Sequence[Instant] = ()) -> None:
    """Stopped at any instant, its snapshot written as JSON and resumed: the same decisions. Law 2; guards against state that is lost (prometheus#422)."""
    start = first_instant(world)
    for stop in stops or (start + (world.until - start) * 2 // 3,):
        engine = fresh(world)
        engine.feed(event for event in world.events if event.known <= stop)
        found = engine.advance(stop)
        resumed = Engine.resume(json.loads(json.dumps(engine.snapshot())), world.policies, world.calendar, world.roster)
        resumed.feed(event for event in world.events if event.known > stop)
        found = found + resumed.advance(world.until)
        _same(stopped_and_resumed, decided(world), found, ("at once", f"stopped at {world.calendar.zone.text(stop)}"), world)


def the_past_stands(world: World, instants: Sequence[Instant] = ()) -> None:
    """What was decided until an instant is the beginning of what is decided until a later one. Law 3; guards against facts that change the past."""
    start = first_instant(world)
    for until in instants or [start + (world.until - start) * n // 4 for n in (1, 2, 3)]:
        then = decided(evolve(world, until=until, events=tuple(event for event in world.events if event.known <= until)))
        _same(the_past_stands, then, [one for one in decided(world) if one.decided <= until], ("as known then", "as told later"), world)
        _same(the_past_stands, then, played(world).as_known(until), ("as known then", "as_known"), world)


def unknown_is_no_mark(world: World) -> None:
    """A mark `unknown` is as no mark, where nothing else was said of its session. Law 5; guards against a gap that counts as absence (TEAMSchools#5057)."""
    codes = {mark.code for policy in world.policies for mark in policy.marks.values() if mark.meaning == "unknown"}
    if any(_asks_for_marks(policy, codes) for policy in world.policies) or any(isinstance(event, Void) for event in world.events):
        return
    said: dict[tuple[str, object, str], set[str]] = {}
    for event in world.events:
        if isinstance(event, Mark):
            said.setdefault((event.student, event.date, event.session), set()).add(event.code)
    kept = [one for one in world.events if not (isinstance(one, Mark) and said[one.student, one.date, one.session] <= codes)]
    with_marks, without = decided(world), again(world, kept)
    if _changes(with_marks) != _changes(without):  # records cite what was marked unknown by its mark
        raise Broken(unknown_is_no_mark, where_they_part(with_marks, without, ("with unknown marks", "without them"), world), world)


def _changes(decisions: Sequence[Decision]) -> list[tuple[object, ...]]:
    return [(one.decided, one.student, one.change) for one in decisions]


def _asks_for_marks(policy: Policy, codes: set[str]) -> bool:
    """Whether a policy asks if a roll was taken, or counts what is unknown by its code."""
    if any(measure.counted & codes for measure in policy.measures.values()) or any(
        policy.marks[code].meaning != "unknown" for code in codes & set(policy.marks)
    ):
        return True
    return any(term.kind == "marked" for action in actions(policy) for condition in action.conditions for term in condition.terms)


def silence(world: World) -> None:
    """Advanced again without a new fact, nothing is decided and nothing changes. Law 15; guards against letters that are sent twice."""
    engine = fresh(world)
    engine.feed(world.events)
    engine.advance(world.until)
    before = engine.states()
    for to in (world.until, world.until - HOUR):
        found = engine.advance(to)
        hold(silence, not found, world, lambda found=found: where_they_part((), found, ("first", "again"), world), *differing_paths((), found))  # type: ignore[misc]  # bound as it stands
    hold(silence, engine.states() == before, world, "what stands changed without a decision")
