"""What each session of a student was: plain values, by day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from attrs import frozen

from ..days import Session
from ..events import Mark
from ..history import History
from ..policy import Policy
from ..times import DAY, Instant

Date = datetime.date
# From the gravest to the least; `none`: nothing recorded, `off`: not on the roll then, `ahead`: still to come.
GRAVEST = ("unexcused", "none", "unknown", "excused", "left_early", "late", "not_expected", "present", "off", "ahead")
ORDINARY = frozenset({"present", "not_expected", "off", "ahead"})


@frozen
class Slot:
    """One session. meaning: of its mark, else `none`, `off` or `ahead`. before: the codes that were corrected. others: what other policies take it for."""

    session: str
    meaning: str
    code: str = ""
    before: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@frozen
class Day:
    """One date: what kind the calendar says it is and why, and its sessions by the clock; none where there is no school."""

    date: Date
    kind: str
    reason: str = ""
    slots: tuple[Slot, ...] = ()

    @property
    def gravest(self) -> str:
        """The gravest meaning of the day; empty where there is no school."""
        return min((slot.meaning for slot in self.slots), key=GRAVEST.index, default="")


def days_of(history: History, policies: Sequence[Policy], first: Date, last: Date, until: Instant) -> Iterator[Day]:
    """The dates of the calendar from `first` to `last`, as they are known at `until`."""
    for date in history.every_date(first, last):
        days = history.days(date)
        if not days.covers(date):
            continue
        slots = tuple(_slot(history, policies, session, until) for session in history.sessions(date))
        yield Day(date, days.kind(date), days.reason(date), slots)


def _slot(history: History, policies: Sequence[Policy], session: Session, until: Instant) -> Slot:
    mark = history.marked(session)
    if mark is None:
        here = history.on_roster(session.date) and history.enrolled(session.start)
        return Slot(session.period, "ahead" if session.start > until else "none" if here else "off")
    found = history.slot(mark)
    versions = history.versions.get(found, []) if found is not None else []
    meanings = list(dict.fromkeys(_meanings(policies, mark)))
    return Slot(session.period, meanings[0], mark.code, tuple(dict.fromkeys(one.code for one in versions[:-1])), tuple(meanings[1:]))


def _meanings(policies: Sequence[Policy], mark: Mark) -> list[str]:
    """What the policies in force on its date take a mark for; a code that none of them has says nothing."""
    having = [policy for policy in policies if mark.code in policy.marks]
    in_force = [policy for policy in having if policy.covers(mark.date)]
    return [policy.marks[mark.code].meaning for policy in in_force or having] or ["unknown"]


def months(first: Date, last: Date) -> Iterator[tuple[Date, Date]]:
    """The first and the last date of each month between two dates."""
    start = first.replace(day=1)
    while start <= last:
        following = (start + DAY * 31).replace(day=1)
        yield start, following - DAY
        start = following
