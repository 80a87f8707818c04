"""At which instants a condition is judged: the clocks of the names in it (SEMANTICS 5)."""

from __future__ import annotations

import bisect
from collections.abc import Callable
from typing import Any, TypeVar

from ...conditions import Condition, Term
from ...days import Beyond
from ...events import Outcome
from ...policy import Policy
from ...times import NEVER, Instant, Zone
from .happened import names
from .seen import Date, Seen
from .units import dates

T = TypeVar("T")
FLAGS = ("flag",)
STATUSES = ("status", "became", "ever")
ITEMS = ("done", "outcome", "overdue", "late")


class Facts:
    """What is visible at `t`, and the instants at which it may be judged."""

    def __init__(self, seen: Seen, versions: tuple[Policy, ...], t: Instant) -> None:
        self.seen, self.versions, self.t = seen, versions, t
        self.zone: Zone = seen.zone
        self.outcomes: tuple[Outcome, ...] = seen.outcomes
        every = once(seen.kept, ("closes", versions[0].name), self._closes)
        self.is_close = once(seen.kept, ("is close", versions[0].name), lambda: frozenset(every)).__contains__
        self.closes = until(every, t)
        self.sessions = once(seen.kept, "sessions", self._sessions)
        self.every = once(seen.kept, ("instants", versions[0].name), lambda: sorted(self._instants(every)))
        self.instants = until(self.every, t)

    def close_of(self, date: Date) -> Instant:
        """The close of a date."""
        return self.zone.instant(date, (self.in_force(date) or self.versions[0]).day.closes)

    def _closes(self) -> list[Instant]:
        there = self._there()
        return [close for date in dates(self.seen) if (close := self.close_of(date)) >= there]

    def _there(self) -> Instant:
        """When the first row of the roster begins for the student, or the first thing is recorded of them; ever, where a row has no beginning (J12)."""
        starts = self.seen.starts()
        if not starts or None in starts:
            return -NEVER
        begun = [self.zone.midnight(start) for start in starts if start is not None]
        recorded = [start for date, period in self.seen.marks if (start := self.start_of(date, period)) is not None]
        lists = (self.seen.statuses, self.seen.flags, self.outcomes, self.seen.documents, self.seen.facts)
        return min(*begun, *recorded, *(fact.at for facts in lists for fact in facts), NEVER)

    def _sessions(self) -> dict[Instant, set[str]]:
        """The codes of the marks of the sessions that start at an instant."""
        found: dict[Instant, set[str]] = {}
        for (date, period), mark in self.seen.marks.items():
            at = self.start_of(date, period)
            if at is not None:
                found.setdefault(at, set()).add(mark.code)
        return found

    def says_something(self, at: Instant, policy: Policy) -> bool:
        """Whether a session that starts then has a mark that is not unknown."""
        return any(code in policy.marks and policy.marks[code].meaning != "unknown" for code in self.sessions.get(at, ()))

    def _instants(self, closes: list[Instant]) -> set[Instant]:
        at = {*closes, *self.sessions}
        for facts in (self.seen.statuses, self.seen.flags, self.outcomes, self.seen.documents, self.seen.facts):
            at |= {fact.at for fact in facts}
        for policy in self.versions:
            if policy.start is not None:
                at.add(self.zone.midnight(policy.start))
            if policy.end is not None:
                at.add(self.zone.next_midnight(policy.end))
        return at

    def outcomes_of(self, name: str, policy: Policy) -> set[Instant]:
        """When something was said of an action, or of an item of that name."""
        return {one.at for one in self.outcomes if names(one, name, policy)}

    def start_of(self, date: Date, period: str) -> Instant | None:
        """The start of a session that the calendar holds."""
        try:
            sessions = self.seen.days(date).sessions(date)
        except Beyond:
            return None
        return next((session.start for session in sessions if session.period == period), None)

    def in_force(self, date: Date) -> Policy | None:
        return next((policy for policy in self.versions if policy.covers(date)), None)

    def close_after(self, instant: Instant) -> Instant | None:
        return next(iter(self.closes[bisect.bisect_right(self.closes, instant) :]), None)


def once(kept: dict[Any, Any], key: object, make: Callable[[], T]) -> T:
    """What is made once and kept under a key."""
    if key not in kept:
        kept[key] = make()
    found: T = kept[key]
    return found


def until(instants: list[Instant], t: Instant) -> list[Instant]:
    """Those of some sorted instants that are not after t."""
    return instants[: bisect.bisect_right(instants, t)]


def fact_clock(term: Term, e: Instant, policy: Policy, facts: Facts) -> bool | None:
    """Whether `e` is a clock of a term that reads facts; None for a term that reads items and firings."""
    close = facts.is_close(e)
    seen = facts.seen
    if close and term.option("within") is not None:
        return True
    if term.kind == "measure":
        measure = policy.measures[term.name]
        return close or (not measure.by_day and not measure.fact and facts.says_something(e, policy))
    if term.kind in FLAGS:
        return any(flag.at == e and flag.flag == term.name for flag in seen.flags)
    if term.kind in STATUSES:
        return any(status.at == e for status in seen.statuses)
    if term.kind == "times":
        return close or e in facts.outcomes_of(term.name, policy)
    if term.kind == "received":
        return close or any(one.at == e and one.document == term.name for one in seen.documents)
    if term.kind in ITEMS or term.kind in ("fired", "open_case", "marked"):
        return None
    return close


def is_clock(condition: Condition, e: Instant, policy: Policy, facts: Facts, other: Callable[[Term, Instant], bool]) -> bool:
    """Whether `e` is a clock of any name in a condition; `other` answers for items, firings and cases."""
    seen = facts.seen
    key = "clock", id(condition), id(policy), e, seen.page(e)
    found = seen.memo.get(key)
    if found is None:
        said = [(term, fact_clock(term, e, policy, facts)) for term in condition.terms]
        found = seen.memo[key] = any(answer for _, answer in said), [term for term, answer in said if answer is None]
    return found[0] or (found[1] != [] and any(other(term, e) for term in found[1]))
