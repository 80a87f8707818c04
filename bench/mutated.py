"""Policies with one random slip: each is read to a policy or to problems with places, and never to a traceback.

python bench/mutated.py --count 100000 --jobs 2     slips 1/0 .. 1/99999, shared among the policies that come with escalate
python bench/mutated.py 1/17                        one again: the text, and what is said of it
"""

from __future__ import annotations

import argparse
import collections
import multiprocessing
import os
import pathlib
import sys
import time
import traceback

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))

from escalate.load import check_policy
from escalate.source import Source, render
from tests.mutations import mutated

ROOT = pathlib.Path(__file__).parents[1]
CHUNK = 100
RIGHT = "still right"
# Short ones, so that many slips are tried, and of every part of the language, in both languages.
TEXTS = [
    *sorted(path for path in ROOT.glob("policies/*/policy.yaml") if path.stat().st_size < 9000),
    *sorted(ROOT.glob("policies/elsewhere/*/policy.yaml")), *sorted(ROOT.glob("examples/*/policy.yaml")),
    ROOT / "examples/county/county.yaml", ROOT / "examples/county/school.yaml",
]


def slipped(number: str) -> Source:
    """The text of a number, in the place of the file that it was made of."""
    path = TEXTS[int(number.partition("/")[2]) % len(TEXTS)]
    return Source(str(path), mutated(path.read_text(encoding="utf-8"), number))


def tried(numbers: list[str]) -> tuple[collections.Counter[str], list[tuple[str, str]]]:
    """The kinds of problems of some slips, and what was raised, or said without a place."""
    kinds: collections.Counter[str] = collections.Counter()
    raised = []
    for number in numbers:
        try:
            policy, problems = check_policy(slipped(number))
            texts = [render(problem) for problem in problems]
        except Exception:  # noqa: BLE001  # whatever it is, it is a finding
            raised.append((number, traceback.format_exc().strip().split("\n")[-1]))
            continue
        kinds.update({problem.kind for problem in problems} or {RIGHT})
        if policy is None and not any(texts):
            raised.append((number, "neither a policy nor a problem"))
        raised += [(number, f"`{problem.kind}` has no place") for problem in problems if problem.span is None]
    return kinds, raised


def main() -> int:
    """Tries the slips of a seed; how many raised."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("number", nargs="?", help="one slip")
    asked.add_argument("--count", type=int, default=100_000)
    asked.add_argument("--seed", default="1")
    asked.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    given = asked.parse_args()
    if given.number:
        source = slipped(given.number)
        print(source.text, *(render(problem) for problem in check_policy(source)[1]), sep="\n\n")
        return 0
    began = time.perf_counter()
    kinds: collections.Counter[str] = collections.Counter()
    raised: list[tuple[str, str]] = []
    batches = ([f"{given.seed}/{n}" for n in range(first, min(first + CHUNK, given.count))] for first in range(0, given.count, CHUNK))
    with multiprocessing.Pool(given.jobs) as pool:
        for found, wrong in pool.imap_unordered(tried, batches):
            kinds += found
            raised += wrong
    right = kinds.pop(RIGHT, 0)
    print(f"{given.count:,} slips in {len(TEXTS)} policies, {time.perf_counter() - began:.0f} s; {len(kinds)} kinds of problems; {right:,} still right")
    print(", ".join(f"{kind} {n}" for kind, n in kinds.most_common()))
    print(f"{len(raised)} raised or without a place")
    for number, what in sorted(raised)[:40]:
        print(f"  {number}: {what}")
    return bool(raised)


if __name__ == "__main__":
    sys.exit(main())
