"""The engine against a brute-force model that derives everything from scratch at every instant."""

from __future__ import annotations

import os

import pytest

from tests.model.beside import complaint, event_line, of_engine, parts, smallest, verdict, world_lines
from tests.worlds import numbered

WORLDS = int(os.environ.get("ESCALATE_WORLDS", "2000"))
SHARDS = 8


@pytest.mark.parametrize("shard", range(SHARDS))
def test_the_engine_says_what_the_model_says(shard: int) -> None:
    """The same changes in the same order, whatever happens; `make worlds` walks more worlds, of another seed."""
    for n in range(shard, WORLDS, SHARDS):
        said = complaint(f"0/{n}")
        assert not said, f"\n{said}"


# --- how a difference is told -------------------------------------------------------------------------------


def test_one_number_is_one_world() -> None:
    assert numbered("0/1") == numbered("0/1") != numbered("0/2")


def test_of_a_world_that_fails_the_smallest_part_that_fails_is_told() -> None:
    """Here it fails where something is overdue: one ladder, one item and the absences that open the case are left of it."""
    def late(world) -> bool:
        return any(what == "overdue" for _, _, what, _ in of_engine(world))

    def plain(world) -> bool:
        return len(world.policies) == 2 and "open_case" not in str(world.policies)  # which ties one ladder to another

    number = next(name for name in map("0/{}".format, range(1000)) if plain(numbered(name)) and late(numbered(name)))
    small = smallest(numbered(number), late)
    assert late(small) and not any(late(smaller) for smaller in parts(small))
    assert len(small.policies) == len(small.policies[0].ladders) == 1 and len(small.events) <= 4
    assert len(world_lines(small)) <= 10
    assert not verdict(small)
    assert "Mark known" in event_line(small.events[0], small.calendar.zone)
