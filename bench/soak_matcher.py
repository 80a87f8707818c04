"""A long run of the compiled matcher: every answer held to the meaning, memory sampled on the way.

python bench/soak_matcher.py --count 1000000
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from escalate.conditions import NONE, Condition, Value
from escalate.grammar import Names, parse_condition
from escalate.matcher import make

NAMES = Names(
    measures={"missed_today": "session", "days_away": "school_day", "two_weeks_out": "day", "absence": "share"},
    parameters={"report_days": ""},
    flags={"special_case"},
    items={"contact_parent"},
    stages={"three_days"},
)
TEXTS = (
    "missed_today >= 1",
    "days_away >= report_days",
    "two_weeks_out >= 14 and not special_case",
    'absence >= 10% or (3 <= days_away < 10 and outcome(contact_parent) in (none, "refused"))',
    'fired(three_days) and outcome(contact_parent) != "coming" and enrolled',
)


def conditions() -> tuple[Condition, ...]:
    """Five conditions such as a ladder has."""
    found = []
    for text in TEXTS:
        condition, problems = parse_condition(text, None, NAMES)
        assert condition is not None, problems
        found.append(condition)
    return tuple(found)


def histories(seed: int) -> Iterator[dict[str, Value]]:
    """Readings without end, some of them missing."""
    chance = random.Random(seed)
    while True:
        readings: dict[str, Value] = {
            "missed_today": chance.randrange(4),
            "days_away": chance.randrange(16),
            "two_weeks_out": chance.randrange(10, 20),
            "absence": Fraction(chance.randrange(30), 180),
            "report_days": chance.choice((2, 3, Fraction(5, 2))),
            "special_case": chance.random() < 0.1,
            "outcome(contact_parent)": chance.choice((None, NONE, "refused", "coming", "拒绝")),
            "fired(three_days)": chance.random() < 0.5,
            "enrolled": True,
        }
        if chance.random() < 0.2:
            del readings[chance.choice(list(readings))]
        yield readings


def resident() -> int:
    """The process's memory in KB."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * 4
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> int:
    """Prints the figures; 1 when an answer was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200_000)
    parser.add_argument("--matcher", default="durable")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    asked, meaning, engine = conditions(), make("plain"), make(args.matcher)
    stream = histories(args.seed)
    spent = meant = 0.0
    wrong = true = 0
    every = max(1, args.count // 10)
    for n in range(args.count):
        if n % every == 0:
            print(f"{n:>10,} matches  {resident():>8,} KB", flush=True)
        readings = next(stream)
        start = time.perf_counter()
        answer = engine.hold(asked, readings)
        middle = time.perf_counter()
        expected = meaning.hold(asked, readings)
        meant += time.perf_counter() - middle
        spent += middle - start
        wrong += answer != expected
        true += sum(answer)
    print(f"{args.count:>10,} matches  {resident():>8,} KB")
    print(f"{wrong} wrong; {true:,} of {args.count * len(asked):,} conditions true")
    rates = f"by {engine.name}, {args.count / meant:,.0f} by {meaning.name}"
    print(f"{args.count / spent:,.0f} calls/s of {len(asked)} conditions {rates}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
