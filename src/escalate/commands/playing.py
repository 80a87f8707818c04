"""The cases of spec files, read and played in several processes: what came of each is the same as in one."""

from __future__ import annotations

import multiprocessing
import os
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import groupby

from attrs import frozen

from ..source import Problem, Refused
from ..spec import Case, Result, Verdict, verdict
from ..spec.files import read_cases
from ..times import Zone

WORTH = 20_000  # bytes of specs a process: fewer are played sooner than another process begins


@frozen
class Share:
    """What one process does at a time: of the files of a folder, every nth case from one on whose name holds a text."""

    files: tuple[str, ...]
    pattern: str
    first: int
    step: int


@frozen
class Told:
    """Of a case what another process tells: which of its file's it is, its place, and whether it came as expected."""

    path: str
    number: int
    title: str
    line: int
    zone: str
    lang: str
    passed: bool


@frozen
class Played:
    """What came of some cases, in their order, and the warnings of their files."""

    results: tuple[Result, ...]
    warnings: tuple[Problem, ...]


def chosen(case: Case, pattern: str) -> bool:
    """Whether a case's name holds a text."""
    return folded(pattern) in folded(case.title)


def folded(text: str) -> str:
    """A text without what differs by the way of typing: capital letters, and signs of full width."""
    return unicodedata.normalize("NFKC", text).casefold()


def in_processes(files: Sequence[str], pattern: str, jobs: int = 0) -> Played | None:
    """What came of the chosen cases of some files, in their order; jobs: processes, as many as there are processors where it is 0.

    None where that is not worth it, where no case is chosen, or where a file cannot be read: then one process has to say what is wrong.
    """
    jobs = min(jobs or processors(), sum(map(_size, files)) // WORTH)
    if jobs < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return None
    folders = [tuple(some) for _, some in groupby(files, os.path.dirname)]  # of which each builds on the same policies
    parts = 1 if len(folders) > jobs else jobs
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        found = pool.map(_played, [Share(some, pattern, first, parts) for some in folders for first in range(parts)], chunksize=1)
    shares = [some for some in found if some is not None]
    told = [one for some, _ in shares for one in some]
    if len(shares) < len(found) or not told:
        return None
    place = {path: n for n, path in enumerate(files)}
    read = cache(lambda path: read_cases([path]).cases)  # several of its cases may have failed
    results = tuple(_result(one, read) for one in sorted(told, key=lambda one: (place[one.path], one.number)))
    return Played(results, once_each(one for _, some in shares for one in some))  # several processes read one file


def once_each(warnings: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each warning once, by its place."""
    found = {(one.place, one.kind, one.message): one for one in warnings}
    return tuple(sorted(found.values(), key=lambda one: one.place))


def _played(share: Share) -> tuple[list[Told], tuple[Problem, ...]] | None:
    """What came of its cases, with the warnings of its files; None where one cannot be read."""
    try:
        found = read_cases(share.files)
    except Refused:
        return None
    own = [(n, case) for path, some in groupby(found.cases, lambda case: case.path) for n, case in enumerate(some) if chosen(case, share.pattern)]
    played = [(n, case, verdict(case)) for n, case in own[share.first :: share.step]]
    told = [Told(case.path, n, case.title, case.span.line, case.calendar.timezone, case.policies[0].lang, came.passed) for n, case, came in played]
    return told, (*found.warnings, *(doubt for _, _, came in played for doubt in came.doubts))


def _result(told: Told, read: Callable[[str], Sequence[Case]]) -> Result:
    """A case that passed as it is told; one that did not is read and played again, since too much would have to be told of it."""
    if told.passed:
        return Result(told.path, told.title, told.line, Verdict((), (), (), Zone(told.zone), (), told.lang))
    case = read(told.path)[told.number]
    return Result.of(case, verdict(case))


def _size(path: str) -> int:
    return os.path.getsize(path) if os.path.isfile(path) else 0


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
