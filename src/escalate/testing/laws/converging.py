"""What converges: after the last correction, what stands is what would stand had each fact been known when it happened (SEMANTICS, section 7)."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from ...events import Event, Mark, about, precedence
from ...ledger import GONE, Item
from ...policy import actions
from ..broken import hold
from ..model.seen import World
from ..playing import states

Facts = set[tuple[object, ...]]


def converges(world: World) -> None:
    """Replayed with its corrections, a history ends in what the corrected one comes to. SEMANTICS 7; guards against what must be cleared by hand.

    For policies whose conditions read facts only, and outcomes that name actions.
    """
    hold(converges, _cases(world) == _cases(corrected(world)), world, lambda: _apart(_cases(world), _cases(corrected(world))))
    hold(converges, _items(world) == _items(corrected(world)), world, lambda: _apart(_items(world), _items(corrected(world))))


def with_deadlines_from_the_event_converges(world: World) -> None:
    """With deadlines from the event, due dates and statuses converge too, notices apart. SEMANTICS 7; guards against a due that hangs on when it was typed."""
    notices = {action.path for policy in world.policies for action in actions(policy) if action.tells}
    one, other = (_items(each, lambda item: item.due, _end_status, keep=lambda item: item.path not in notices) for each in (world, corrected(world)))
    hold(with_deadlines_from_the_event_converges, one == other, world, lambda: _apart(one, other))


def corrected(world: World) -> World:
    """The stream as it would have been, had each fact been known when it happened."""
    best: dict[object, Event] = {}
    for event in world.events:
        key: object = (about(event), event.date, event.session) if isinstance(event, Mark) else event.id
        if key not in best or precedence(best[key]) < precedence(event):
            best[key] = event
    days = world.calendar.of("")

    def happened(event: Event) -> int:
        found = days.mark_at(event.date, event.session) if isinstance(event, Mark) else getattr(event, "at", event.known)
        return event.known if found is None else int(found)

    return evolve(world, events=tuple(evolve(event, known=happened(event), recorded=None) for event in best.values()))


def _cases(world: World) -> Facts:
    return {(student, case.ladder, case.opened, case.ended) for student, state in states(world) for case in state.cases.values() if case.fate == "live"}


def _items(world: World, *more: Callable[[Item], object], keep: Callable[[Item], bool] = lambda item: True) -> Facts:
    return {
        (student, item.path, item.actor, item.occurrence, item.effective, *(part(item) for part in more))
        for student, state in states(world) for item in state.items.values() if item.status not in GONE and not item.parent and keep(item)
    }  # fmt: skip


def _end_status(item: Item) -> str:
    """What was learnt too late is lapsed where it would have been cancelled."""
    return "cancelled" if item.status == "lapsed" else item.status


def _apart(one: Facts, other: Facts) -> str:
    return f"as corrected only: {sorted(map(str, other - one))}; with its corrections only: {sorted(map(str, one - other))}"
