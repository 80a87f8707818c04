"""Marks per second through `Engine` with a whole plan, duties, targets and all, beside its ladders alone, on the example school's term; memory a student.

python bench/groups.py                            S002-02, S004-05B and the county's school
python bench/groups.py policies/S001-02/adopted.yaml ...
"""

from __future__ import annotations

import gc
import pathlib
import sys
import tempfile
import time
import tracemalloc

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))

from attrs import evolve

from escalate.engine import Decision, Engine
from escalate.events import Event, Mark
from escalate.gathering import seldom_gathered
from escalate.policy import Policy
from escalate.readers.inputs import World, read_all, read_world
from escalate.readers.rejects import Reject
from tests.examples.test_school import generate

ROOT = pathlib.Path(__file__).parents[1]
PLANS = ("policies/S002-02/adopted.yaml", "policies/S004-05B/adopted.yaml", "examples/county/school.yaml")
RUNS = 3
DAY = 86_400


class Uncounted:
    """Rows as they are: nobody counts them here."""

    def over(self, rows: object) -> object:
        return rows


def term(plan: str, folder: pathlib.Path) -> tuple[World, list[Event]]:
    """What a run of the example school reads."""
    events = str(folder / "events.csv")
    calendar, roster, assignments = (str(folder / name) for name in ("calendar.yaml", "roster.csv", "assignments.csv"))
    world = read_world([str(ROOT / plan)], calendar, roster, assignments=assignments, events=[events])
    rows = read_all([events], world, world.context(), Uncounted())  # type: ignore[arg-type]  # a tally
    return world, [row for row in rows if not isinstance(row, Reject)]


def play(policy: Policy, world: World, events: list[Event], *, sparing: bool = True) -> tuple[float, list[Decision]]:
    """Seconds of processor time for a term that is fed and advanced day by day, and the decisions that it made."""
    gc.collect()
    days: dict[int, list[Event]] = {}
    for event in events:
        days.setdefault(event.known // DAY, []).append(event)
    began = time.process_time()
    engine = Engine(policy, world.calendar, world.roster, matcher="plain", sparing=sparing)
    for day in range(min(days), max(days) + 5):
        engine.feed(days.get(day, ()))
        engine.advance((day + 1) * DAY - 1)
    return time.process_time() - began, engine.decisions


def middle(policy: Policy, world: World, events: list[Event]) -> tuple[float, int]:
    """The median of some runs, with Python's collector as `escalate run` has it, and the records that each made."""
    with seldom_gathered():
        runs = sorted((took, len(decisions)) for took, decisions in (play(policy, world, events) for _ in range(RUNS)))
    return runs[RUNS // 2]


def main(plans: list[str]) -> None:
    """Prints a line for each plan."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        generate.main(["--out", name])
        for plan in plans:
            world, events = term(plan, folder)
            policy = world.policies[0].policy
            marks = sum(isinstance(event, Mark) for event in events)
            whole, records = middle(policy, world, events)
            ladders, alone = middle(evolve(policy, duties={}, targets={}), world, events)
            tracemalloc.start()
            engine = Engine(policy, world.calendar, world.roster, matcher="plain")
            engine.feed(events)
            engine.advance(max(event.known for event in events))
            memory = tracemalloc.get_traced_memory()[0] / len(world.roster.ids())
            tracemalloc.stop()
            print(
                f"{plan}: {marks / whole:,.0f} marks/s ({records:,} records), ladders alone {marks / ladders:,.0f} ({alone:,}); "
                f"{whole / ladders:.1f} times as long; {memory / 1024:.0f} KiB a student"
            )


if __name__ == "__main__":
    main(sys.argv[1:] or list(PLANS))
