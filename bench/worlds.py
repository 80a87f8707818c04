"""Walks generated worlds through engine and model: how many a second, and on which the two do not say the same.

python bench/worlds.py --count 20000 --jobs 2     worlds 1/0 .. 1/19999; fails where any is not agreed on
python bench/worlds.py --seed g1 --count 5000     worlds of groups: duties, targets, consequences
python bench/worlds.py --seed r1 --count 5000     worlds of which the measures are drawn too, for each version anew; rg1: of groups
python bench/worlds.py 1/17                       one world again, the smallest part that differs in words
python bench/worlds.py --stats                    what happens in how many worlds, and what a world costs by part
"""

from __future__ import annotations

import argparse
import collections
import gc
import multiprocessing
import os
import pathlib
import sys
import time
from collections.abc import Iterator

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))

from escalate.ledger import CASE_WHATS, ITEM_WHATS, Case
from escalate.testing.model.beside import of_engine, of_model, verdict
from tests.numbers import complaint, numbered

CHUNK = 50


def differing(numbers: list[str]) -> list[tuple[str, str]]:
    """The worlds among some on which engine and model do not agree, and how they differ."""
    gc.disable()  # what a batch leaves behind is swept up after it
    found = [(number, how) for number in numbers if (how := verdict(numbered(number)))]
    gc.collect()
    return found


def chunks(seed: str, start: int, count: int) -> Iterator[list[str]]:
    """The numbers of the worlds in batches for one process each."""
    for first in range(start, start + count, CHUNK):
        yield [f"{seed}/{n}" for n in range(first, min(first + CHUNK, start + count))]


def walk(seed: str, start: int, count: int, jobs: int, shown: int) -> int:
    """Walks the worlds of a seed, tells the rate and the differences; how many there were."""
    found: list[tuple[str, str]] = []
    began = said = time.perf_counter()
    with multiprocessing.Pool(jobs) as pool:
        for n, some in enumerate(pool.imap_unordered(differing, chunks(seed, start, count)), 1):
            found += some
            if time.perf_counter() - said > 60:
                said = time.perf_counter()
                print(f"{n * CHUNK} worlds, {said - began:.0f} s, {len(found)} not agreed on {' '.join(number for number, _ in found)}", flush=True)
    took = time.perf_counter() - began
    print(f"{count} worlds of seed {seed} in {took:.0f} s with {jobs} processes, {1000 * took * jobs / count:.1f} ms each, {count / took:.0f} a second")
    found.sort(key=lambda one: int(one[0].rsplit("/", maxsplit=1)[-1]))
    print(f"{len(found)} not agreed on {' '.join(number for number, _ in found[:200])}")
    for number, _ in found[:shown]:
        print(f"\n{complaint(number)}", flush=True)
    return len(found)


def stats(seed: str, count: int) -> None:
    """What happens in how many of the worlds, and what each part of the walk costs."""
    happened: collections.Counter[tuple[str, str]] = collections.Counter()
    made = engine = model = 0.0
    for n in range(count):
        times = [time.process_time()]
        world = numbered(f"{seed}/{n}")
        times.append(time.process_time())
        said = of_engine(world)
        times.append(time.process_time())
        of_model(world)
        times.append(time.process_time())
        made, engine, model = made + times[1] - times[0], engine + times[2] - times[1], model + times[3] - times[2]
        happened.update({("case" if isinstance(new, Case) else "item", what) for *_, what, new in said} or {("nothing", "")})
    print(f"{count} worlds, ms each: generator {1000 * made / count:.2f}, engine {1000 * engine / count:.2f}, model {1000 * model / count:.2f}")
    print("in % of the worlds:")
    for key in (*(("case", what) for what in CASE_WHATS), *(("item", what) for what in ITEM_WHATS), ("nothing", "")):
        print(f"  {' '.join(key):24}{100 * happened[key] / count:6.2f}")


def main() -> int:
    """1 where any world is not agreed on."""
    parser = argparse.ArgumentParser(description="Generated worlds, the engine beside the model.")
    parser.add_argument("numbers", nargs="*", help="worlds such as 1/17, to walk again and explain")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--start", type=int, default=0, help="the first number")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--jobs", type=int, default=1, help="processes; 0: one for each core")
    parser.add_argument("--first", type=int, default=5, help="how many differences to explain")
    parser.add_argument("--stats", action="store_true")
    args = parser.parse_args()
    if args.numbers:
        said = [text for number in args.numbers if (text := complaint(number))]
        print("\n\n".join(said) or "agreed on")
        return bool(said)
    if args.stats:
        stats(args.seed, args.count)
        return 0
    return bool(walk(args.seed, args.start, args.count, args.jobs or os.cpu_count() or 1, args.first))


if __name__ == "__main__":
    sys.exit(main())
