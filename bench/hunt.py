"""Draws histories of the policies that come with escalate, as their example schools adopted them, and asks every law, for as long as asked.

python bench/hunt.py --minutes 10                          a share of each policy's histories in turn; fails where a law does not hold, or a feature is rare
python bench/hunt.py --minutes 10 --seed 3 S002-02 US-WA   others, of two policies
python bench/hunt.py --examples 10                         ten of each policy, the same each time: what CI asks
python bench/hunt.py --minutes 2 --census                  no laws: only how often each feature is generated
python bench/hunt.py --examples 2 --answers --part 1/2     the laws of what answers too, the command line's and a text's, over every other policy
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time
import unittest
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import count

from attrs import frozen
from desk import desk
from hypothesis import HealthCheck, Phase, settings

from escalate import policies
from escalate.policy import Policy
from escalate.testing import EscalationMachine, assert_keeps
from escalate.testing.broken import Broken, Law
from escalate.testing.counterexample import counterexample
from escalate.testing.editing import EDITOR_LAWS
from escalate.testing.features import Census, features, possible
from escalate.testing.lawful import ask, search
from escalate.testing.laws import LAWS
from escalate.testing.laws.answering import ANSWERS
from escalate.testing.laws.commanded import Desk, at, commanded
from escalate.testing.laws.entered import ENTERED
from escalate.testing.laws.published import PUBLISHED
from escalate.testing.laws.started import every_command_says_how, what_comes_with_escalate_can_be_taken
from escalate.testing.laws.timelines import TIMELINES
from escalate.testing.laws.traced import TRACED
from escalate.testing.model.seen import World
from escalate.testing.schemed import SCHEMA_LAWS
from escalate.testing.texts import TEXT_LAWS, assert_text_lawful

STEPS = 2  # schools of each policy that are told of in steps
BATCH = 20  # histories of a policy at a time
RAREST = 1.0  # percent of the worlds that can have a feature
ENOUGH = 1000  # worlds that could have had a feature, before it is called rare: of fewer, one in a hundred is chance


@frozen
class Task:
    """A batch of histories of one policy. seed: None draws the same each time. ends: the clock at which nothing more is asked, 0 for never."""

    name: str
    seed: int | None
    examples: int
    ends: float
    census: bool = False
    answers: bool = False


@frozen
class Found:
    """What came of a batch."""

    task: Task
    census: Census
    seconds: float
    broken: str


@cache
def adopted(name: str) -> tuple[Policy, ...]:
    """Every version of a policy as its example school adopted it."""
    return policies.versions(name, adopted=policies.ADOPTED in policies.files(name))


def hunted(task: Task) -> Found:
    """One batch: the features of its worlds, and the counterexample where a law does not hold."""
    began, census, given = time.process_time(), Census(), adopted(task.name)
    could = possible(given)
    with desk() as place:
        laws: Sequence[Law] = () if task.census else LAWS
        more: Sequence[Law] = (*ANSWERS, *TIMELINES, *commanded(place), *at(place, (*ENTERED, *TRACED))) if task.answers else ()
        broken: list[Law] = []

        def check(world: World) -> None:
            nonlocal census
            if task.ends and time.time() > task.ends:
                return
            if not broken:
                census = census.add(features(world), could)
            try:
                # The plainest world is drawn first: what answers for a ledger has little to say of it.
                ask(broken or (*laws, *(more if census.worlds > 1 else ())), world)
            except Broken as one:
                broken[:] = [law for law in (*laws, *more) if law.__name__ == one.law]
                raise

        found = search(given, None, task.examples, check, task.seed)
        said = counterexample(found) if found is not None else answers_of(task.name, place) if task.answers else ""
    return Found(task, census, time.process_time() - began, said)


def answers_of(name: str, place: Desk) -> str:
    """What is wrong with the answers about a policy's own file; empty where nothing is."""
    path = policies.path(name, policies.ADOPTED if policies.ADOPTED in policies.files(name) else policies.POLICY)
    for law in PUBLISHED:
        try:
            law(path, place)
        except AssertionError as broken:
            return f"law broken: {law.__name__}\n  {law.__doc__}\n  {broken}"
    try:
        assert_text_lawful(path, (*TEXT_LAWS, *SCHEMA_LAWS, *EDITOR_LAWS))
        if policies.ADOPTED in policies.files(name):
            assert_keeps(policies.load(name, adopted=True), policies.load(name))
        in_steps(name)
    except AssertionError as broken:
        return str(broken)
    return ""


def in_steps(name: str) -> None:
    """Schools that are told of in steps: nothing is lost, and each step decides in its turn."""
    machine = type("Steps", (EscalationMachine,), {"policy": name, "days": 8}).TestCase
    machine.settings = settings(
        max_examples=STEPS, stateful_step_count=10, deadline=None, database=None, derandomize=True, phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    result = unittest.TestResult()
    machine("runTest").run(result)
    for _, said in (*result.errors, *result.failures):
        raise AssertionError(said)


def tasks(args: argparse.Namespace, names: Sequence[str]) -> Iterator[Task]:
    """Each policy once, or in turn with seed upon seed until the time is over."""
    if args.examples:
        yield from (Task(name, args.seed, args.examples, 0, args.census, args.answers) for name in names)
        return
    ends = time.time() + 60 * args.minutes
    for seed in count(1 if args.seed is None else args.seed):
        for name in names:
            if time.time() > ends:
                return
            yield Task(name, seed, BATCH, ends, args.census, args.answers)


def each(given: Iterable[Task], jobs: int) -> Iterator[Found]:
    """The tasks in so many processes, no more of them drawn than can be begun; one process is this one."""
    if jobs == 1:
        yield from map(hunted, given)
        return
    with multiprocessing.Pool(jobs) as pool:
        waiting = []
        for task in given:
            waiting.append(pool.apply_async(hunted, (task,)))
            while len(waiting) > jobs:
                yield waiting.pop(0).get()
        yield from (one.get() for one in waiting)


def table(census: Census) -> list[str]:
    """The share of the worlds that have each feature, of those that can; and the names of those that are rare."""
    rare = []
    for share in census.shares():
        few = share.below(RAREST) and share.of >= ENOUGH
        rare += [share.name] * few
        said = f"{100 * share.worlds / share.of:6.1f} %  {share.worlds:7,} of {share.of:,}" if share.of else "     -    of no policy here"
        print(f"  {share.name:42}{said}{'  RARE' * few}")
    return rare


def main() -> int:
    """1 where a law is broken, or a feature that worlds can have is hardly generated."""
    parser = argparse.ArgumentParser(description="Every law, over generated histories of the policies that come with escalate.")
    parser.add_argument("names", nargs="*", help="policies such as S002-02; all where none is given")
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--examples", type=int, default=0, help="so many histories of each policy instead")
    parser.add_argument("--seed", type=int, help="where to begin; with --examples others than those that are drawn each time")
    parser.add_argument("--jobs", type=int, default=0, help="processes; 0: one for each core")
    parser.add_argument("--census", action="store_true", help="ask no laws")
    parser.add_argument("--answers", action="store_true", help="ask the laws of what answers for a ledger, of the command line and of the policy's text, too")
    parser.add_argument("--part", default="1/1", help="every nth policy, to share them out")
    args = parser.parse_args()
    part, parts = map(int, args.part.split("/"))
    names = (args.names or policies.names())[part - 1 :: parts]
    jobs, began = args.jobs or os.cpu_count() or 1, time.perf_counter()
    census, failed = Census(), 0
    if args.answers and part == 1:
        with desk() as place:
            what_comes_with_escalate_can_be_taken(place)
            every_command_says_how(place)
    for found in each(tasks(args, names), jobs):
        census, failed = census.joined(found.census), failed + bool(found.broken)
        if found.broken or args.examples:
            seed = "" if found.task.seed is None else f" --seed {found.task.seed}"
            again = f"again: --examples {found.task.examples}{seed}{' --answers' * found.task.answers} {found.task.name}\n"
            print(f"{found.task.name:10} {found.seconds:6.1f} s  {again + found.broken if found.broken else 'lawful'}", flush=True)
    took = time.perf_counter() - began
    rare = [] if args.examples else table(census)
    print(f"{census.worlds:,} worlds of {len(names)} policies in {took:.0f} s with {jobs} processes, {census.worlds / took:.1f} a second; {failed} broken")
    if rare:
        print(f"rarer than {RAREST:.0f} %: {', '.join(rare)}")
    return failed > 0 or bool(rare)


if __name__ == "__main__":
    sys.exit(main())
