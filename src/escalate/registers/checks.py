"""The register of rates: what every target read at each check, and why where it had no value; who was counted, or was not."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from ..groups import Census
from ..language import shown
from ..phrases import Phrases
from ..policy import Policy, Target
from ..rates import Rate, base_date, holds
from ..targets import TargetSweep
from ..times import Instant
from .columns import hundredths
from .group import Group
from .plans import Plan
from .pupil import Pupil
from .rows import readers_of
from .sheets import Cell, Row
from .words import words_for

COLUMNS = ("group", "target", "check", "base", "counted", "among", "percent", "limit", "verdict", "why_none")
LIST_COLUMNS = ("group", "student", "name", "class", "check")
# Why a reading has no value, or no verdict.
NO_HEADS, NO_BASE, OUT_OF_REACH, NO_BOUND = "no_heads", "no_base", "out_of_reach", "no_bound"


@frozen
class Reading:
    """What a target came to for one group at one instant. why: that there is no value, or no limit to compare with."""

    group: Group
    target: Target
    check: datetime.date
    rate: Rate | None = None
    bound: Fraction | None = None
    why: str = ""

    @property
    def kept(self) -> bool | None:
        """Whether its limit is kept; None where it has none, or nothing to compare."""
        return None if self.rate is None or self.bound is None else holds(self.target, self.bound, self.rate)

    @property
    def said(self) -> tuple[object, ...]:
        """All that it says but for when."""
        rate = self.rate
        return self.why, self.bound, () if rate is None else (rate.base, rate.heads, rate.counted)


def readings(groups: Iterable[Group]) -> Iterator[Reading]:
    """Every reading of every target, by group; of one that is told as it changes, those that changed."""
    for group in groups:
        for sweep in group.targets:
            before: Reading | None = None
            for reading in _of(group, sweep):
                if sweep.plan.target.check or before is None or reading.said != before.said:
                    yield reading
                before = reading


def _of(group: Group, sweep: TargetSweep) -> Iterator[Reading]:
    found: list[tuple[Instant, Rate | None]] = [*sweep.rates, *((at, None) for at in sweep.valueless)]
    for at, rate in sorted(found, key=lambda one: one[0]):
        check = group.history.zone.date(at)
        why = "" if rate is not None else _why(sweep, at)
        bound = sweep.bound(at)
        missing = NO_BOUND if bound is None and sweep.plan.target.bound is not None else ""
        if rate is not None or _concerns(group, sweep, at, why):
            yield Reading(group, sweep.plan.target, check, rate, bound, why or missing)


def _why(sweep: TargetSweep, at: Instant) -> str:
    """Why a target has no value: there is no base, or the calendar does not hold it, or nobody was there."""
    census, plan = sweep.asks, sweep.plan
    assert isinstance(census, Census)  # targets are of groups
    base = next((base for base in plan.target.bases if census.chooses(base, plan, at)), None)
    if base is None:
        return NO_BASE
    days = census.days(datetime.date.max)
    return NO_HEADS if base_date(base, days.zone.date(at), days) is not None else OUT_OF_REACH


def _concerns(group: Group, sweep: TargetSweep, at: Instant, why: str) -> bool:
    """Whether a target without a value is for this group: it is asked of those who belong to it at the check."""
    census, plan = sweep.asks, sweep.plan
    assert isinstance(census, Census)  # targets are of groups
    members = list(census.on(group.history.zone.date(at)))
    return any(census.is_true(plan.target.where, plan, student, at) for student in members) if members else why != NO_HEADS


# --- rows -------------------------------------------------------------------------------------------------


def rows_of_rates(plan: Plan, found: Iterable[Reading]) -> Iterator[Row]:
    """A row for each reading."""
    for reading in found:
        yield Row(_cells(reading), (), readers_of(plan, reading.group))


def _cells(reading: Reading) -> tuple[Cell, ...]:
    phrases, words, rate, target = reading.group.phrases, words_for(reading.group.policy.lang), reading.rate, reading.target
    value = rate.value if rate is not None else None
    limit = phrases.say(f"limit.{target.limit}", bound=_bound(target, reading.bound, phrases)) if reading.bound is not None else ""
    kept = {True: words["kept_limit"], False: words["broken"], None: ""}[reading.kept] if value is not None else words["no_value"]
    return (
        reading.group.group, target.title.say(phrases.lang) or target.name, reading.check.isoformat(), rate.base.isoformat() if rate is not None else "",
        rate.num if rate is not None else "", rate.den if rate is not None else "", hundredths(value) if value is not None else "", limit, kept,
        words[reading.why] if reading.why else "",
    )


def _bound(target: Target, bound: Fraction, phrases: Phrases) -> str:
    return phrases.amount(bound, "student") if target.heads else percent(bound)


def percent(share: Fraction) -> str:
    """A share as it was written: `2%`, `2.5%`."""
    return f"{shown(share * 100)}%"


# --- lists of students --------------------------------------------------------------------------------------


def lists_of(policy: Policy) -> tuple[Target, ...]:
    """The targets that say whom they counted, or did not."""
    return tuple(target for target in policy.targets.values() if target.list)


def title_of_list(target: Target, policy: Policy) -> str:
    """What its sheet is called."""
    words = words_for(policy.lang)
    return words["list." + target.list.replace(" ", "_")].format(target=target.title.say(policy.lang) or target.name)


def rows_of_list(plan: Plan, target: Target, found: Iterable[Reading], pupils: Mapping[str, Pupil]) -> Iterator[Row]:
    """A row for each student whom a target counted, or did not, at the last check that had a value; for whoever may read of that student."""
    last: dict[tuple[str, str], Reading] = {}
    for reading in found:
        if reading.target.name == target.name and reading.rate is not None:
            before = last.get(reading.group.key)
            last[reading.group.key] = reading if before is None or before.check <= reading.check else before
    for reading in last.values():
        for student in _listed(target, reading.rate):
            pupil = pupils[student]
            cells = (reading.group.group, student, pupil.column("name"), pupil.column("class"), reading.check.isoformat())
            yield Row(cells, (student,), readers_of(plan, pupil))


def _listed(target: Target, rate: Rate | None) -> Sequence[str]:
    if rate is None:
        return ()
    return rate.counted if target.list == "counted" else tuple(student for student in rate.heads if student not in set(rate.counted))
