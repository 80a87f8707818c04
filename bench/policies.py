"""Policies drawn by the testing kit: the laws of a text of each, slips in it, and every law of an evaluation on a history of it; answers to `escalate init`.

python bench/policies.py --count 2000 --jobs 2            prints what does not hold, how often each key was drawn, and the rate
python bench/policies.py --count 500 --seed 3 evaluation  one kind alone: texts, slips, evaluation, starts or boundaries
"""

from __future__ import annotations

import argparse
import collections
import contextlib
import multiprocessing
import os
import pathlib
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial

from desk import desk
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st

from escalate import policies as shipped
from escalate.boundaries import Where, boundaries
from escalate.parse import ListNode, MapNode, Node, parse
from escalate.source import Refused
from escalate.start import Answers
from escalate.testing import (
    LAWS,
    TEXT_LAWS,
    Broken,
    BrokenText,
    NearMiss,
    Written,
    a_slip_is_told,
    assert_text_lawful,
    histories,
    near_misses,
    policies,
    versions,
)
from escalate.testing.counterexample import counterexample
from escalate.testing.editing import EDITOR_LAWS, a_slip_can_be_edited
from escalate.testing.lawful import ask, polished
from escalate.testing.laws.started import a_drafted_calendar_loads, what_init_writes_works_at_once
from escalate.testing.model.seen import World
from escalate.testing.schemed import SCHEMA_LAWS
from escalate.testing.strategies.answers import answers

CHUNK = 50
Counts = collections.Counter[str]


def in_texts(written: Written, keys: Counts) -> None:
    """The laws of a text, of its schema and of an editor; counts its keys."""
    keys.update(dict.fromkeys(keys_of(parse(written.source)[0]), 1))
    assert_text_lawful(written, (*TEXT_LAWS, *SCHEMA_LAWS, *EDITOR_LAWS))


def of_shipped() -> Iterator[str]:
    """What is wrong with the texts that come with escalate, every file of each policy."""
    for name in shipped.names():
        for file in shipped.files(name):
            try:
                assert_text_lawful(shipped.path(name, file), (*TEXT_LAWS, *SCHEMA_LAWS))
            except (BrokenText, Refused) as error:
                yield f"{name}/{file}: {error}"


def in_slips(near: NearMiss, keys: Counts) -> None:
    """A slip is told, and can be edited."""
    a_slip_is_told(near)
    a_slip_can_be_edited(near)


def in_starts(drawn: tuple[Answers, str, int], keys: Counts) -> None:
    """What `escalate init` writes works, and so does the draft of a calendar."""
    answers, country, year = drawn
    with desk() as place:
        what_init_writes_works_at_once(answers, place)
        a_drafted_calendar_loads(country, year, place)


def starts() -> st.SearchStrategy[tuple[Answers, str, int]]:
    """Answers, and a year of a country whose holidays are known."""
    return st.tuples(answers(), st.sampled_from(("CN", "US")), st.integers(2018, 2026))


def in_evaluation(drawn: tuple[tuple[Written, ...], World], keys: Counts) -> None:
    """Every law of an evaluation."""
    texts, world = drawn
    try:
        ask(LAWS, world)
    except Broken as broken:
        laws = [law for law in LAWS if law.__name__ == broken.law]
        raise AssertionError("\n".join([counterexample(polished(broken, partial(ask, laws))), *map(repr, texts)])) from broken


def in_boundaries(written: Written, keys: Counts) -> None:
    """Boundary cases can be written, or it is said why not: a policy may not fit the calendar that they play on."""
    with contextlib.suppress(Refused), tempfile.TemporaryDirectory() as folder:
        for name, text in {**written.files, written.path: written.text}.items():
            pathlib.Path(folder, name).write_text(text, encoding="utf-8")
        boundaries(Where(os.path.join(folder, "a.spec.yaml"), f"policy: {written.path}\n", (written.policy,)))


def keys_of(node: Node | None) -> Iterator[str]:
    """Every key that a text writes."""
    if isinstance(node, MapNode):
        for key, below in node.entries:
            yield key.text
            yield from keys_of(below)
    elif isinstance(node, ListNode):
        for below in node.items:
            yield from keys_of(below)


def worlds() -> st.SearchStrategy[tuple[tuple[Written, ...], World]]:
    """Policies, some in two versions, each with a history."""
    texts = st.one_of(policies().map(lambda one: (one,)), versions())
    return texts.flatmap(lambda some: histories([one.policy for one in some]).map(lambda world: (some, world)))


KINDS: dict[str, tuple[Callable[[], st.SearchStrategy[object]], Callable[..., None]]] = {
    "texts": (policies, in_texts), "slips": (near_misses, in_slips), "evaluation": (worlds, in_evaluation), "starts": (starts, in_starts),
    "boundaries": (policies, in_boundaries),
}  # fmt: skip


def walked(job: tuple[str, int, int]) -> tuple[str, int, Counts, list[str]]:
    """So many draws of one kind: what raised."""
    kind, number, count = job
    drawn, ask_of = KINDS[kind]
    keys: Counts = collections.Counter()
    wrong: list[str] = []
    tried = 0

    @seeded(number)
    @settings(max_examples=count, deadline=None, database=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate,))
    @given(drawn())
    def walk(one: object) -> None:
        nonlocal tried
        tried += 1
        try:
            ask_of(one, keys)
        except BrokenText as broken:
            wrong.append(str(broken))
        except Exception as error:  # noqa: BLE001  # whatever it is, it is a finding
            wrong.append(f"{type(error).__name__}: {error}\n{one!r}"[:20_000])

    walk()
    return kind, tried, keys, wrong


def main() -> int:
    """1 where anything does not hold."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("kinds", nargs="*", help=f"of {', '.join(KINDS)}; all but the last, which takes ten seconds each, where none is given")
    asked.add_argument("--count", type=int, default=100)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked.add_argument("--shown", type=int, default=3, help="how many findings are printed")
    options = asked.parse_args()
    kinds, chunks = options.kinds or ("texts", "slips", "evaluation", "starts"), range(0, options.count, CHUNK)
    jobs = [(kind, options.seed * 1_000_000 + first, min(CHUNK, options.count - first)) for first in chunks for kind in kinds]
    began, tried = time.perf_counter(), collections.Counter[str]()
    found: list[str] = []
    keys: Counts = collections.Counter()
    found += of_shipped() if "texts" in kinds else ()
    with multiprocessing.Pool(options.jobs) if options.jobs > 1 else contextlib.nullcontext() as pool:
        for kind, count, said, wrong in pool.imap_unordered(walked, jobs) if pool else map(walked, jobs):
            tried[kind] += count
            keys += said
            found += [f"{kind}: {one}" for one in wrong]
            print(f"{sum(tried.values())} tried, {len(found)} wrong, {time.perf_counter() - began:.0f} s", flush=True)
    print(", ".join(f"{kind} {count}" for kind, count in tried.items()), f"in {time.perf_counter() - began:.0f} s; {len(found)} wrong")
    print("\n\n".join(sorted(found, key=len)[: options.shown]))
    if tried["texts"]:
        print("the rarest keys:", ", ".join(f"{key} {100 * n / tried['texts']:.1f} %" for key, n in sorted(keys.items(), key=lambda one: one[1])[:25]))
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
