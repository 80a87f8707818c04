"""Laws 7 and 18: each stage once a case, a case can live, and two of a ladder are never open together."""

from __future__ import annotations

from ...cases import overlap
from ...ledger import GONE, Case
from ...policy import stages
from ..broken import hold
from ..model.seen import World
from ..playing import decided, line, states


def a_stage_fires_once_a_case(world: World) -> None:
    """A stage without `again` asks for each of its items once a case. Law 7; guards against a letter for each day that its condition stays true."""
    again = {stage.path for policy in world.policies for stage in stages(policy) if stage.again}
    for student, state in states(world):
        seen: dict[tuple[object, ...], str] = {}
        for item in state.items.values():
            if (item.policy, item.ladder, item.case) not in state.cases or item.status in GONE or f"{item.ladder}.{item.stage}" in again:
                continue
            key = item.policy, item.ladder, item.case, item.path, item.actor, item.parent
            hold(a_stage_fires_once_a_case, key not in seen, world, f"{student} has `{seen.get(key)}` and `{item.id}`", item.path)
            seen[key] = item.id


def a_case_lives(world: World) -> None:
    """A case ends after it opened. Law 18; guards against an end that was true already and hides the child on the day it is found."""
    for one in decided(world):
        new = one.change.new
        if isinstance(new, Case) and new.ended is not None:
            hold(a_case_lives, new.ended > new.opened, world, lambda one=one: f"it ends when it opens: {line(one, world)}", new.ladder)  # type: ignore[misc]  # bound as it stands


def cases_do_not_overlap(world: World) -> None:
    """A student has one open case of a ladder at a time. Law 7; guards against a child that is followed twice and asked for twice."""
    for student, state in states(world):
        live = [case for case in state.cases.values() if case.fate == "live"]
        for n, one in enumerate(live):
            for other in live[:n]:
                apart = one.ladder != other.ladder or not overlap(one.opened, one.ended, other.opened, other.ended)
                hold(cases_do_not_overlap, apart, world, f"{student} has cases {other.number} and {one.number} of `{one.ladder}` at one time", one.ladder)
