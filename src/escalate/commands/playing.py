"""The cases of specs, played in several processes: what came of each is the same as in one."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Sequence

from ..spec import Case, Verdict, verdict

WORTH = 40  # cases a process: fewer are played sooner than another process begins
_cases: Sequence[Case] = ()


def verdicts(cases: Sequence[Case], jobs: int = 0) -> list[Verdict]:
    """What came of each case, in their order; jobs: processes, as many as there are processors where it is 0."""
    global _cases  # noqa: PLW0603  # a process that is forked finds the cases here: a policy is too much to send
    jobs = min(jobs or processors(), len(cases) // WORTH)
    if jobs < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return [verdict(case) for case in cases]
    _cases = cases
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        passed = pool.map(_passes, range(len(cases)), chunksize=4)
    return [Verdict((), (), (), case.calendar.zone, (), case.policies[0].lang) if fine else verdict(case) for case, fine in zip(cases, passed, strict=True)]


def _passes(n: int) -> bool:
    return verdict(_cases[n]).passed


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
