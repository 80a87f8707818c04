"""Asks every law of generated histories of the policies that come with escalate, as their example schools adopted them.

python bench/laws.py --jobs 2                     all of them, ten histories each; fails where a law does not hold
python bench/laws.py --examples 100 --seed 3 S002-02
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time
from functools import partial

from escalate import policies
from escalate.testing import assert_lawful


def asked(name: str, examples: int, seed: int | None) -> tuple[str, float, str]:
    """The policy, the seconds of processor time that it took, and what is broken."""
    began = time.process_time()
    try:
        assert_lawful(policies.versions(name, adopted=policies.ADOPTED in policies.files(name)), examples=examples, seed=seed)
    except AssertionError as broken:
        return name, time.process_time() - began, str(broken)
    return name, time.process_time() - began, ""


def main() -> int:
    """1 where any law is broken."""
    parser = argparse.ArgumentParser(description="Every law, over the policies that come with escalate.")
    parser.add_argument("names", nargs="*", help="policies such as S002-02; all where none is given")
    parser.add_argument("--examples", type=int, default=10)
    parser.add_argument("--seed", type=int, help="others than the histories that are drawn each time")
    parser.add_argument("--jobs", type=int, default=0, help="processes; 0: one for each core")
    args = parser.parse_args()
    names, failed, began = args.names or policies.names(), 0, time.perf_counter()
    with multiprocessing.Pool(args.jobs or os.cpu_count() or 1) as pool:
        for name, took, broken in pool.imap_unordered(partial(asked, examples=args.examples, seed=args.seed), names):
            failed += bool(broken)
            print(f"{name:10} {took:6.1f} s  {broken or 'lawful'}", flush=True)
    print(f"{len(names)} policies, {args.examples} histories each, in {time.perf_counter() - began:.0f} s; {failed} broken")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
