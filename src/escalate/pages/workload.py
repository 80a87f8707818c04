"""Who has how much to do: items by role and the week in which they are due, and what is still to be done by class and role."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from attrs import field, frozen

from ..ledger import OPEN

Date = datetime.date
WORK = ("withdrawn", "lapsed")  # what was never anybody's work


@frozen
class Task:
    """One item as somebody's work. roles: titles of those who act; due: the date, None where there is none. group: what it is counted under."""

    roles: tuple[str, ...]
    status: str
    due: Date | None
    class_: str
    late: bool = False


@frozen
class Load:
    """Counts of tasks. weeks: the Mondays from the first due to the last; all, todo: by role and week, None where there is no due."""

    roles: tuple[str, ...]
    weeks: tuple[Date, ...]
    all: Mapping[tuple[str, Date | None], int] = field(repr=False)
    todo: Mapping[tuple[str, Date | None], int] = field(repr=False)

    def total(self, role: str) -> int:
        """All items of a role."""
        return sum(self.all.get((role, week), 0) for week in (*self.weeks, None))

    def left(self, role: str) -> int:
        """Those that are still to be done."""
        return sum(self.todo.get((role, week), 0) for week in (*self.weeks, None))


def load_of(tasks: Iterable[Task]) -> Load:
    """Items by who acts and the week of their due; what was withdrawn before it was done, or lapsed, was nobody's work."""
    every: Counter[tuple[str, Date | None]] = Counter()
    todo: Counter[tuple[str, Date | None]] = Counter()
    for task in tasks:
        if task.status in WORK:
            continue
        for role in task.roles:
            every[role, monday(task.due)] += 1
            todo[role, monday(task.due)] += task.status in OPEN
    mondays = [week for _, week in every if week is not None]
    weeks: list[Date] = []
    while mondays and (not weeks or weeks[-1] < max(mondays)):
        weeks.append(weeks[-1] + datetime.timedelta(days=7) if weeks else min(mondays))
    sums: Counter[str] = Counter()
    for (role, _), n in every.items():
        sums[role] += n
    return Load(tuple(sorted(sums, key=lambda role: (-sums[role], role))), tuple(weeks), every, todo)


def monday(date: Date | None) -> Date | None:
    """The Monday of a date's week."""
    return None if date is None else date - datetime.timedelta(days=date.weekday())


def by_class(tasks: Iterable[Task]) -> tuple[Sequence[str], Sequence[str], Mapping[tuple[str, str], tuple[int, int]]]:
    """What is still to be done: classes, roles, and of each pair how many items and how many of them are late."""
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for task in tasks:
        if task.status in OPEN:
            for role in task.roles:
                many, late = found.get((task.class_, role), (0, 0))
                found[task.class_, role] = (many + 1, late + task.late)
    classes = sorted({class_ for class_, _ in found}, key=lambda name: (not name, _natural(name)))
    sums = Counter({role: 0 for _, role in found})
    for (_, role), (many, _late) in found.items():
        sums[role] += many
    return classes, sorted(sums, key=lambda role: (-sums[role], role)), found


def _natural(name: str) -> list[tuple[bool, int, str]]:
    """Class 7-2 before 7-10."""
    return [(not part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in re.split(r"(\d+)", name) if part]
