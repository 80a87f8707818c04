"""The engine, which leaves alone what cannot have come true, beside itself asking every condition at every clock: the same changes, and the time of each.

python bench/spared.py                            every policy that comes with escalate, 150 students of the example school's term
python bench/spared.py --students 900 S002-02     some of them, the whole school
"""

from __future__ import annotations

import argparse
import pathlib
import sys
import tempfile
from collections.abc import Iterator

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))

from attrs import evolve

from bench.groups import ROOT, play, term
from escalate.events import Event, about
from escalate.ledger import Change
from escalate.load import load_policy
from escalate.policies import files, load, names
from escalate.policy import Policy
from escalate.readers.inputs import World
from escalate.source import Refused
from tests.examples.test_school import generate


def policies(chosen: list[str]) -> Iterator[tuple[str, Policy]]:
    """The county's school and all that comes with escalate, or some of these."""
    if not chosen:
        yield "county's school", load_policy(ROOT / "examples/county/school.yaml", for_evaluation=True)
    for name in chosen or names():
        adopted = any(path.endswith("adopted.yaml") for path in files(name))
        yield name, load(name, adopted=adopted)


def changes(policy: Policy, world: World, events: list[Event], *, sparing: bool) -> tuple[float, list[tuple[int, str, Change]]]:
    """Processor seconds of the term, and every change."""
    took, decisions = play(policy, world, events, sparing=sparing)
    return took, [(one.decided, one.student, one.change) for one in decisions]


def main() -> int:
    """1 where any policy says anything else."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("policies", nargs="*", help="all where none is named")
    parser.add_argument("--students", type=int, default=150)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        generate.main(["--out", name])
        world, events = term("examples/county/school.yaml", pathlib.Path(name))
    kept = set(world.roster.ids()[:: max(1, len(world.roster.ids()) // args.students)])
    world = evolve(world, roster=evolve(world.roster, students=tuple(row for row in world.roster.students if row.id in kept)))
    events = [event for event in events if about(event) in kept]
    print(f"{len(kept)} students, {len(events)} events")
    differing = 0
    for name, policy in policies(args.policies):
        try:
            policy = evolve(policy, timezone=world.calendar.timezone)
            (spared, few), (asked, all_of_them) = (changes(policy, world, events, sparing=sparing) for sparing in (True, False))
        except Refused as refused:
            print(f"{name}: not played: {refused.problems[0].message}")
            continue
        differing += few != all_of_them
        said = "the same" if few == all_of_them else f"differs, first {next(pair for pair in zip(few, all_of_them, strict=False) if pair[0] != pair[1])}"
        print(f"{name}: {len(few)} changes, {said}; {spared:.1f} s, {asked:.1f} s when all is asked", flush=True)
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
