"""Plants twelve faults, one at a time, and asks how many histories and how many seconds of one core the laws need to find each.

python bench/faults.py                        over the small policy of the tests; fails where one is not found within a minute, or on more than five days
python bench/faults.py S002-02 US-WA --seed 3     over policies that come with escalate, with other histories; ends after --examples
python bench/faults.py --show --only numbered     the counterexamples too, of faults whose name holds a text
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import pathlib
import sys
import time
from functools import partial

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))

import pytest

from escalate import load_policy, policies
from escalate.testing import LAWS, assert_keeps, assert_lawful
from escalate.testing.model.seen import World
from tests.testing import faults

LIMIT = 60.0  # seconds of one core within which each is found
DAYS = 5  # school days that a counterexample may be long


def asked(pair: tuple[str, str], examples: int, seed: int | None) -> tuple[str, str, int, float, float, str]:
    """The policy, the fault, the histories and the seconds until it was found, the seconds in all, and what was printed; empty where nothing was."""
    name, fault = pair
    rules = load_policy(faults.POLICY) if not name else policies.versions(name, adopted=policies.ADOPTED in policies.files(name))
    found, began = [0.0, 0.0], time.process_time()

    def counted(world: World) -> None:
        found[:] = [found[0] + 1, time.process_time() - began]

    patch = pytest.MonkeyPatch()
    try:
        if fault == faults.LAYER.stem:
            assert_keeps(load_policy(faults.LAYER), load_policy(faults.POLICY), examples=examples, seed=seed)
        else:
            next(one for one in faults.FAULTS if one.__name__ == fault)(patch)
            patch.setattr("escalate.testing.elsewhere.PREPARE", faults.ELSEWHERE.get(fault, ""))
            assert_lawful(rules, examples=examples, laws=(counted, *LAWS), seed=seed)
    except AssertionError as broken:
        return name, fault, int(found[0]), found[1], time.process_time() - began, str(broken)
    finally:
        patch.undo()
    return name, fault, int(found[0]), time.process_time() - began, time.process_time() - began, ""


def main() -> int:
    """1 where a fault is not found, or late, or on a long history; of policies that come with escalate nothing is asked but what was needed."""
    parser = argparse.ArgumentParser(description="Twelve planted faults, found by the laws.")
    parser.add_argument("names", nargs="*", help="policies such as S002-02; the small one of the tests where none is given")
    parser.add_argument("--examples", type=int, default=400)
    parser.add_argument("--seed", type=int, help="others than the histories that are drawn each time")
    parser.add_argument("--jobs", type=int, default=0, help="processes; 0: one for each core")
    parser.add_argument("--only", default="", help="faults whose name holds this")
    parser.add_argument("--show", action="store_true", help="print the counterexamples")
    args = parser.parse_args()
    every = [one.__name__ for one in faults.FAULTS] + ([] if args.names else [faults.LAYER.stem])
    pairs = [(name, fault) for name in args.names or [""] for fault in every if args.only in fault]
    failed, total = 0, 0.0
    with multiprocessing.Pool(args.jobs or os.cpu_count() or 1) as pool:
        for name, fault, histories, seconds, took, text in pool.imap(partial(asked, examples=args.examples, seed=args.seed), pairs):
            days = faults.days_of(faults.pasted(text)) if text else 0
            missed = not text or took > LIMIT or days > DAYS
            failed += missed and not name
            total += took
            how = f"{text.splitlines()[0]}, {days} school days" if text else "not found"
            print(f"{name:8} {fault:38} {histories:4} histories {seconds:6.1f} s, {took:6.1f} s with what makes it short  {how}", flush=True)
            if args.show:
                print(text, flush=True)
    print(f"{len(pairs)} faults in {total:.0f} s of one core; {failed} missed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
