"""The smallest part of a world on which something still fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from attrs import evolve

from ...events import Event, Outcome
from ...policy import Action, Duty, Ladder, Policy, Stage, Target
from .seen import World


def smallest(world: World, fails: Callable[[World], bool], tries: int = 3000) -> World:
    """A world from which nothing more can be dropped while it still fails, or what that came to in so many tries."""
    found = True
    while found:
        found = False
        for smaller in parts(world):
            tries -= 1
            if tries < 0:
                return world
            if fails(smaller):
                world, found = smaller, True
                break
    return world


def parts(world: World) -> Iterator[World]:
    """The world less one thing, the greatest first: a student, days, events, a version, ladders, stages, items, what an item has."""
    yield from history_parts(world)
    yield from of_policies(world)


def history_parts(world: World) -> Iterator[World]:
    """The world less one thing that happened or is so; its policies are left as they are."""
    for student in world.roster.ids() if len(world.roster.ids()) > 1 else ():
        rows = tuple(row for row in world.roster.students if row.id != student)
        kept = tuple(event for event in world.events if getattr(event, "student", "") != student)
        yield evolve(world, roster=evolve(world.roster, students=rows), events=kept)
    held = world.roster.assignments
    yield from (evolve(world, roster=evolve(world.roster, assignments=(*held[:n], *held[n + 1 :]))) for n in range(len(held)))
    for n, row in enumerate(world.roster.students):
        if len(world.roster.rows(row.id)) > 1:
            rest = (*world.roster.students[:n], evolve(row, start=None, end=None), *world.roster.students[n + 1 :])
            yield evolve(world, roster=evolve(world.roster, students=tuple(one for one in rest if one.id != row.id or one is rest[n])))
        elif row.start or row.end:
            yield evolve(world, roster=evolve(world.roster, students=(*world.roster.students[:n], evolve(row, start=None, end=None), *world.roster.students[n + 1 :])))
    first = world.calendar.zone.midnight(world.calendar.of("").first)
    yield from (evolve(world, until=end) for days in (7, 3, 1) if (end := world.until - 86400 * days) > first)
    size = len(world.events) // 2
    while size:
        for start in range(0, len(world.events), size):
            yield evolve(world, events=world.events[:start] + world.events[start + size :])
        size //= 2
    for n, event in enumerate(world.events):
        for plainer in event_parts(event):
            yield evolve(world, events=(*world.events[:n], plainer, *world.events[n + 1 :]))


def of_policies(world: World) -> Iterator[World]:
    """The world with one thing less in its policies."""
    for n, one in enumerate(world.policies):
        others = [other for other in world.policies if other is not one]
        if others:
            yield evolve(world, policies=tuple(evolve(other, start=None, end=None) for other in others))
        for smaller in policy_parts(one):
            if sound(smaller):
                yield evolve(world, policies=(*world.policies[:n], smaller, *world.policies[n + 1 :]))


def event_parts(event: Event) -> Iterator[Event]:
    """An event known at once, and one that says less."""
    at = getattr(event, "at", None)
    if at is not None and event.known != at:
        yield evolve(event, known=at)
    if isinstance(event, Outcome) and event.result:
        yield evolve(event, result="")
    if isinstance(event, Outcome) and event.times > 1:
        yield evolve(event, times=1)


def policy_parts(policy: Policy) -> Iterator[Policy]:
    for name, ladder in policy.ladders.items():
        rest = {key: one for key, one in policy.ladders.items() if key != name}
        if rest:
            yield evolve(policy, ladders=rest)
        for smaller in ladder_parts(ladder):
            yield evolve(policy, ladders={**policy.ladders, name: smaller})
    if policy.ladders and (policy.duties or policy.targets):
        yield evolve(policy, ladders={})
    for name in (*policy.duties, *policy.targets):
        duties = {key: one for key, one in policy.duties.items() if key != name}
        targets = {key: one for key, one in policy.targets.items() if key != name}
        if duties or targets or policy.ladders:
            yield evolve(policy, duties=duties, targets=targets)
    for name, duty in policy.duties.items():
        yield from (evolve(policy, duties={**policy.duties, name: less}) for less in duty_parts(duty))
    for name, target in policy.targets.items():
        yield from (evolve(policy, targets={**policy.targets, name: less}) for less in target_parts(target))


def duty_parts(duty: Duty) -> Iterator[Duty]:
    """A duty with fewer dates or items."""
    yield from (evolve(duty, on=(*duty.on[:n], *duty.on[n + 1 :])) for n in range(len(duty.on)) if len(duty.on) > 1)
    if duty.at_least != 1:
        yield evolve(duty, at_least=Fraction(1))
    yield from (evolve(duty, stage=smaller) for smaller in stage_parts(duty.stage) if smaller.do)


def target_parts(target: Target) -> Iterator[Target]:
    """A target with fewer checks, bases or items."""
    yield from (evolve(target, check=(*target.check[:n], *target.check[n + 1 :])) for n in range(len(target.check)) if len(target.check) > 1)
    yield from (evolve(target, bases=(base,)) for base in target.bases if len(target.bases) > 1)
    if target.less is not None:
        yield evolve(target, less=None)
    if target.among != target.where:
        yield evolve(target, among=target.where)
    yield from (evolve(target, broken=smaller) for smaller in stage_parts(target.broken))
    yield from (evolve(target, met=smaller) for smaller in stage_parts(target.met))


def ladder_parts(ladder: Ladder) -> Iterator[Ladder]:
    for n, stage in enumerate(ladder.stages):
        rest = (*ladder.stages[:n], *ladder.stages[n + 1 :])
        if rest:
            yield evolve(ladder, stages=rest)
        for smaller in stage_parts(stage):
            yield evolve(ladder, stages=(*ladder.stages[:n], smaller, *ladder.stages[n + 1 :]))
    if ladder.lasts and ladder.ends:
        yield evolve(ladder, lasts="")
        yield evolve(ladder, ends=None)
    elif ladder.ends:
        yield evolve(ladder, ends=None)
    if ladder.ends:
        yield from (evolve(ladder, ends=smaller) for smaller in stage_parts(ladder.ends))


def stage_parts(stage: Stage) -> Iterator[Stage]:
    if stage.need:
        yield evolve(stage, need=None)
    if stage.again:
        yield evolve(stage, again=None)
    yield from (evolve(stage, do=smaller) for smaller in lists_of(stage.do))


def lists_of(actions: tuple[Action, ...]) -> Iterator[tuple[Action, ...]]:
    """Some items less one, or with one that has less."""
    for n, action in enumerate(actions):
        yield (*actions[:n], *actions[n + 1 :])
        yield from ((*actions[:n], smaller, *actions[n + 1 :]) for smaller in action_parts(action))


PLAIN: dict[str, Any] = {
    "counts_from": "known", "keep": False, "optional": False, "times": 1, "done_by": "at", "hold": None, "if_no_school": "", "if_in_break": None,
    "done_when": None, "only_if": None, "replaces": "", "due": None,
}


def action_parts(action: Action) -> Iterator[Action]:
    for key, plain in PLAIN.items():
        if getattr(action, key) != plain:
            yield evolve(action, **{key: plain})
    yield from (evolve(action, then=smaller) for smaller in lists_of(action.then))
    yield from (evolve(action, if_overdue=smaller) for smaller in lists_of(action.if_overdue))
    for n, (result, actions) in enumerate(action.if_outcome):
        for smaller in lists_of(actions):
            branches = [*action.if_outcome[:n], *([(result, smaller)] if smaller else []), *action.if_outcome[n + 1 :]]
            yield evolve(action, if_outcome=tuple(branches))


def sound(policy: Policy) -> bool:
    """Whether the policy still holds every stage, item and ladder that it names."""
    steps = [step for ladder in policy.ladders.values() for step in (*ladder.stages, *([ladder.ends] if ladder.ends else []))]
    parts: list[Duty | Target] = [*policy.duties.values(), *policy.targets.values()]
    asked = [step for part in parts for step in steps_of(part)]
    actions = [action for step in (*steps, *asked) for action in flat(step.do)]
    names = {"stage": {step.name for step in steps}, "item": {action.name for action in actions}, "ladder": set(policy.ladders), "target": set(policy.targets)}
    of = {"fired": "stage", "done": "item", "overdue": "item", "late": "item", "outcome": "item", "open_case": "ladder", "rate": "target"}
    conditions = [ladder.where for ladder in policy.ladders.values()] + [one for step in steps for one in (step.when, step.need) if one]
    conditions += [one for action in actions for one in (action.hold, action.done_when, action.only_if) if one]
    conditions += [duty.where for duty in policy.duties.values()]
    conditions += [one for target in policy.targets.values() for one in target.of_heads]
    terms = [term for condition in conditions for term in condition.terms]
    named = [(of.get(term.kind, term.target), term.name.rsplit(".", maxsplit=1)[-1]) for term in terms]
    named += [("item", action.replaces.rsplit(".", maxsplit=1)[-1]) for action in actions if action.replaces]
    return all(name in names[kind] for kind, name in named if kind in names)


def flat(actions: tuple[Action, ...]) -> Iterator[Action]:
    """Items and all that is chained to them."""
    for action in actions:
        yield action
        yield from flat((*action.then, *action.if_overdue, *(one for _, some in action.if_outcome for one in some)))


def steps_of(part: Duty | Target) -> tuple[Stage, ...]:
    """The stages whose items a duty or a target asks for."""
    return (part.stage,) if isinstance(part, Duty) else (part.broken, part.met)
