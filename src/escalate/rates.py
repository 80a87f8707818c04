"""Rates: two head counts, the heads fixed at a base and counted at a check (docs/semantics.md, G1 to G5)."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Protocol

from attrs import define, field, frozen

from .conditions import Condition
from .days import Days
from .family import TargetPlan
from .openings import latest
from .policy import Base, Target
from .times import Instant

Date = datetime.date


@frozen
class Rate:
    """Who was counted of whom: the heads that the base fixed, those of whom `count` was true at the check, by id, sorted.

    less: who would be among the heads and is left out at the check. cites: what the base states.
    """

    target: str
    base: Date
    check: Date
    heads: tuple[str, ...]
    counted: tuple[str, ...]
    cites: tuple[str, ...] = ()
    less: tuple[str, ...] = ()

    @property
    def num(self) -> int:
        return len(self.counted)

    @property
    def den(self) -> int:
        return len(self.heads)

    @property
    def value(self) -> Fraction | None:
        """The share; None with no heads."""
        return Fraction(self.num, self.den) if self.heads else None


class People(Protocol):
    """Answers for one group who belonged to it, and what was true of whom."""

    def days(self, date: Date) -> Days: ...
    def on(self, date: Date) -> Iterable[str]: ...
    def turned(self, first: Date, last: Date) -> set[str]: ...
    def first_days(self, first: Date, last: Date, at: Instant) -> Iterable[tuple[str, Instant]]: ...
    def first_attended(self, plan: TargetPlan, first: Date, at: Instant) -> Iterable[tuple[str, Instant]]: ...
    def is_true(self, condition: Condition, plan: TargetPlan, student: str, at: Instant) -> bool: ...
    def chooses(self, base: Base, plan: TargetPlan, at: Instant) -> bool: ...


@define
class Asked:
    """Of whom one condition was true at a date, for the next check. still: only facts about a student change the answer."""

    still: bool = False
    of: Sequence[str] = ()
    among: frozenset[str] = frozenset()
    found: frozenset[str] = frozenset()
    until: Date | None = None


@define
class Counted:
    """What one target has counted so far, for the next check: who is counted, who is left out, and the heads of each base."""

    count: Asked = field(factory=Asked)
    less: Asked = field(factory=Asked)
    heads: dict[tuple[Base, Date], Sequence[str]] = field(factory=dict)


def rate(plan: TargetPlan, census: People, at: Instant, counted: Counted) -> Rate | None:
    """What a target reads at an instant; None where no base fits or the calendar does not reach back to it."""
    target, days = plan.target, census.days(Date.max)
    check = days.zone.date(at)
    base = next((base for base in target.bases if census.chooses(base, plan, at)), None)
    fixed = None if base is None else base_date(base, check, days)
    if base is None or fixed is None:
        return None
    settled = base.kind not in ("intake", "first_attended")
    heads = counted.heads.get((base, fixed)) if settled else None
    if heads is None:
        asked = _at_the_base(base, fixed, at, plan, census, days)
        heads = sorted({student for student, then in asked if census.is_true(target.among, plan, student, then)}, key=str.encode)
        counted.heads[base, fixed] = heads
    less = _true_of(target.less, heads, plan, census, at, check, counted.less) if target.less is not None else ()
    if less:
        out = set(less)
        heads = [student for student in heads if student not in out]
    return Rate(target.name, fixed, check, tuple(heads), _true_of(target.count, heads, plan, census, at, check, counted.count), base.cites, less)


def _true_of(
    condition: Condition, heads: Sequence[str], plan: TargetPlan, census: People, at: Instant, check: Date, asked: Asked,
) -> tuple[str, ...]:  # fmt: skip
    """Those of some heads of whom a condition is true; asked again only of whom something has changed since the check before."""
    if asked.still and asked.until is not None and asked.of == heads:
        again = census.turned(asked.until, check)
        if not again.isdisjoint(asked.among):
            found = {*asked.found.difference(again), *(one for one in again & asked.among if census.is_true(condition, plan, one, at))}
            asked.found = frozenset(found)
    else:
        asked.of, asked.among = heads, frozenset(heads)
        asked.found = frozenset(student for student in heads if census.is_true(condition, plan, student, at))
    asked.until = check
    return tuple(student for student in heads if student in asked.found) if asked.found else ()


def _at_the_base(base: Base, fixed: Date, at: Instant, plan: TargetPlan, census: People, days: Days) -> Iterable[tuple[str, Instant]]:
    """Who is asked whether they are among the heads, each with the instant that is asked about."""
    check = days.zone.date(at)
    if base.kind == "intake":
        return census.first_days(fixed, check, at)
    if base.kind == "first_attended":
        return census.first_attended(plan, fixed, at)
    close = days.zone.instant(fixed, plan.version.policy.day.closes)
    return ((student, close) for student in census.on(fixed))


def base_date(base: Base, check: Date, days: Days) -> Date | None:
    """The date at which a base fixes the heads; None where the calendar does not hold it."""
    if base.kind == "previous_term_end":
        return max((term.end for term in days.terms if term.end < check), default=None)
    if base.kind in ("intake", "first_attended", "years_before"):
        index = next((index for index, (_, first, last) in enumerate(days.years) if first <= check <= last), -1)
        back = max(0, base.n - 1)  # the year of the check is the first of those that are counted back (`docs/language.md`, 31)
        return days.years[index - back][1] if index >= back else None
    return latest(base.anchor, check, days) if base.anchor is not None else None


def holds(target: Target, bound: Fraction, found: Rate) -> bool | None:
    """Whether a rate keeps a limit, as it is written: `at_most` and `at_least` include the bound, `below` and `above` do not; None with no heads."""
    if not found.heads:
        return None
    counted, most = found.num, allowed(target, bound, found)
    return {"at_most": counted <= most, "below": counted < most, "at_least": counted >= most, "above": counted > most}[target.limit]


def beyond(target: Target, bound: Fraction, found: Rate) -> int:
    """How many heads lie beyond what a limit allows: count minus floor(limit x base), or what `at_least` lacks."""
    most = allowed(target, bound, found)
    return max(0, math.ceil(most) - found.num if target.limit in ("at_least", "above") else found.num - math.floor(most))


def behind(target: Target, found: Rate) -> tuple[str, tuple[str, ...]]:
    """The persons on whom a limit hangs, and what they are: the `counted`, and where a limit asks for many those who are `not_counted`."""
    if target.limit not in ("at_least", "above"):
        return "counted", found.counted
    counted = set(found.counted)
    return "not_counted", tuple(student for student in found.heads if student not in counted)


def allowed(target: Target, bound: Fraction, found: Rate) -> Fraction:
    """How many a limit comes to: itself where it is written in students, else its share of the heads."""
    return bound if target.heads else bound * found.den
