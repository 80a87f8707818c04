"""What a layer keeps of the policy that it builds on: a stage that a school's own file has lost is found, with the days on which somebody is not asked."""

from __future__ import annotations

from collections.abc import Collection

from attrs import evolve

from ..days import Calendar
from ..ledger import Item
from ..policy import Policy, stages
from ..source import Refused
from .broken import hold
from .counterexample import told
from .lawful import search
from .model.seen import World
from .playing import decided


def lost_stages(policy: Policy, base: Policy, without: Collection[str] = ()) -> tuple[str, ...]:
    """The paths of stages that a base has and a policy that extends it has not; without: those that it means to be without, by path or ladder."""
    kept = {stage.path for stage in stages(policy)}
    return tuple(
        stage.path for stage in stages(base)
        if stage.path not in kept and stage.path not in without and stage.path.partition(".")[0] not in without
    )  # fmt: skip


def assert_keeps(
    policy: Policy, base: Policy, without: Collection[str] = (), calendar: Calendar | None = None, examples: int = 100, *, seed: int | None = None
) -> None:
    """Assert that a policy that extends a base has every stage of it, but those that it means to be without.

    A ladder that is replaced is replaced whole: a stage that its new text leaves out is gone, and nothing says so. policy, base: as they are loaded.
    without: paths such as `truancy.village`, or whole ladders. Raises AssertionError that names the stages, and the shortest history on which the base
    asks for something by one of them and the policy does not; where none of so many histories shows it, that alone.
    """
    lost = lost_stages(policy, base, without)
    if not lost:
        return
    head = f"stages lost: {', '.join(lost)}"
    says = [f"{policy.name} has not what it builds on: say `without` where that is meant, else write the stage again where its ladder is replaced.", ""]
    try:
        found = search(base, calendar, examples, lambda world: asks_by(world, lost), seed)
        says.append(f"{examples} histories were tried on which the base asks for nothing by them" if found is None else "")
    except Refused:
        found = None
        says.append("what the base asks by them cannot be shown: it has parameters without a value")
    if found is None:
        raise AssertionError("\n".join([head, *(f"  {line}".rstrip() for line in says)]))
    asked = evolve(found.world, policies=(policy,))
    came = sum(isinstance(one.change.new, Item) for one in decided(asked))
    seen = [*says[:-1], f"the base, {base.name}: {found.seen}", f"{policy.name}: nothing of it, in {came} decisions about items"]
    raise AssertionError(told(head, seen, found.world, found.paths))


def asks_by(world: World, paths: Collection[str]) -> None:
    """Nothing is asked for by some stages. It holds of a base where a policy that lost them asks for as much."""
    for one in decided(world):
        new = one.change.new
        if isinstance(new, Item) and one.change.what in ("issued", "done", "blocked") and any(new.path.startswith(f"{path}.") for path in paths):
            hold(asks_by, False, world, f"{new.action} ({new.path}) {world.calendar.zone.text(one.decided)[:16].replace('T', ' ')}", new.path)
