"""The laws of a comparison, over generated worlds: nothing between a policy and itself, a mirror the other way round, and sums that add up."""

from __future__ import annotations

from collections import Counter
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from escalate.compare import Comparison, Difference, Side, compare, counted, parts_of, without_dates
from escalate.engine import Engine
from escalate.evaluation import evaluate_with
from escalate.policy import Policy
from escalate.testing.model.seen import World
from tests import group_worlds, worlds

MIRROR = {"gained": "lost", "lost": "gained", "earlier": "later", "later": "earlier", "otherwise": "otherwise", "same": "same"}
FEW = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
NUMBERS = st.integers(0, 2**32 - 1)


def side(policy: Policy, world: World) -> Side:
    """What a policy makes of a world."""
    policy = without_dates(policy)
    return Side((policy,), evaluate_with(Engine(policy, world.calendar, world.roster, matcher="plain"), [policy], world.events, world.until), world.calendar.zone)


def drawn(number: int) -> tuple[Side, Side]:
    """Two policies of ladders over one world."""
    world = worlds.numbered(f"compare/{number}")
    zone = world.policies[0].timezone
    other = worlds.rules(Random(number), worlds.date("2025-09-22"), 5, len(world.policies[0].ladders), "q", zone)[0]  # noqa: S311  # the same number, the same policy
    return side(world.policies[0], world), side(other, world)


def drawn_of_groups(number: int) -> tuple[Side, Side]:
    """Two policies of duties and targets over one world."""
    world, other = (group_worlds.numbered(f"{which}/{number}") for which in ("compare", "other"))
    mine, theirs = world.policies[0], next((policy for policy in other.policies if policy.timezone == world.policies[0].timezone), world.policies[-1])
    return side(mine, world), side(theirs, world)


def seen(found: Difference) -> tuple[str, str, object, object, int, int, tuple[str, ...]]:
    return found.what, found.whose, found.old, found.new, found.opened, found.due, found.fields


def check(a: Side, b: Side) -> Comparison:
    """Every law of one pair."""
    there, back = compare(a, b), compare(b, a)
    for found, other, every in ((there.items, back.items, "items"), (there.cases, back.cases, "cases")):
        mirrored = {(MIRROR[one.what], one.whose, one.new, one.old, -one.opened, -one.due, one.fields) for one in other}
        assert {seen(one) for one in found} == mirrored
        counts = counted(found)
        assert counts["b"] == counts["a"] - counts["lost"] + counts["gained"]
        assert (counts["a"], counts["b"]) == tuple(len(getattr(each.ledger, every)) for each in (a, b))
        for place in ("old", "new"):
            once = Counter(id(getattr(one, place)) for one in found if getattr(one, place) is not None)
            assert set(once.values()) <= {1}
    for each in (a, b):
        assert () == compare(each, each).differing
        assert () == parts_of(*each.policies, *each.policies)
    return there


@FEW
@given(NUMBERS)
def test_ladders(number: int) -> None:
    """Cases that open otherwise, crossings, chains, several actors."""
    check(*drawn(number))


@FEW
@given(NUMBERS)
def test_groups(number: int) -> None:
    """Duties, targets and consequences."""
    check(*drawn_of_groups(number))


def test_the_worlds_hold_every_kind() -> None:
    """The properties are about something."""
    kinds = Counter(one.what for number in range(40) for one in check(*drawn(number)).differing)

    assert {"gained", "lost", "earlier", "later", "otherwise"} <= set(kinds)
