"""The engine held against the model, and the compiled rules against their plain meaning."""

from __future__ import annotations

from attrs import evolve

from ...policy import Action
from ..broken import Broken
from ..mapping import mapped
from ..model.beside import comparable, of_model
from ..model.seen import World
from ..parting import parting
from ..playing import decided, differing_paths, fresh, where_they_part


def engine_is_model(world: World) -> None:
    """The engine decides what the brute-force model decides. SEMANTICS as a whole; guards against whatever no other law names."""
    world = _joint(world)
    ours = [comparable(one.decided, one.student, one.change) for one in decided(world)]
    theirs = of_model(world)
    if ours != theirs:
        seen, paths = parting(ours, theirs, world.calendar.zone)
        raise Broken(engine_is_model, seen, world, paths)


def _joint(world: World) -> World:
    """The same where `each` actor's items are one item of all and nobody takes an item over: the model reads no persons."""
    policies = tuple(mapped(policy, _of_all) for policy in world.policies)
    return world if policies == world.policies else evolve(world, policies=policies)


def _of_all(action: Action) -> Action:
    by, to, notify = (evolve(who, each=False) for who in (action.by, action.to, action.notify))
    return evolve(action, by=by, to=to, notify=notify, reassign=False)


def matchers_agree(world: World) -> None:
    """The compiled rules hold what the plain meaning holds, where they can be imported. DESIGN 7; guards against a rule engine that matches otherwise."""
    from ...matcher.durable import AVAILABLE

    if not AVAILABLE:
        return
    found = []
    for matcher in ("plain", "durable"):
        engine = fresh(world, matcher)
        engine.feed(world.events)
        found.append(engine.advance(world.until))
    if found[0] != found[1]:
        raise Broken(matchers_agree, where_they_part(found[0], found[1], ("plain", "durable"), world), world, differing_paths(*found))
