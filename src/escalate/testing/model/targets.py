"""What a group's rates come to, and what they ask for (G1 to G4)."""

from __future__ import annotations

from fractions import Fraction
from typing import Protocol

from attrs import frozen

from ...conditions import Condition
from ...policy import Amount, Base, Policy, Target
from ...times import Instant
from .duties import Occasion, Whom, close_of
from .places import latest, places
from .seen import Date


@frozen
class Reading:
    """Those who were there at the base, and those of them who were counted."""

    base: Date
    heads: tuple[str, ...]
    counted: tuple[str, ...]


class Crowd(Whom, Protocol):
    """A group at one instant, with what is true of each of its students."""

    def everybody(self) -> list[str]: ...
    def belongs(self, student: str, date: Date) -> bool: ...
    def placed(self, student: str, date: Date) -> bool: ...
    def is_true(self, condition: Condition, policy: Policy, student: str, e: Instant) -> bool: ...
    def is_true_here(self, condition: Condition, policy: Policy, e: Instant) -> bool: ...
    def attended(self, student: str, policy: Policy, date: Date) -> list[Instant]: ...
    def amount(self, amount: Amount, policy: Policy, e: Instant) -> Fraction | None: ...


def of_targets(versions: tuple[Policy, ...], level: str, crowd: Crowd) -> list[Occasion]:
    """Everything that the rates of a group have asked for up to now."""
    found = []
    for policy in versions:
        for target in policy.targets.values():
            if target.each == level:
                found += judged(target, policy, crowd)
    return sorted(found, key=lambda one: one.opened)


def judged(target: Target, policy: Policy, crowd: Crowd) -> list[Occasion]:
    """One target at every check, in order; as it changes, at every close."""
    found: list[Occasion] = []
    before: tuple[bool | None, Date | None] = None, None
    for close in checks(target, policy, crowd):
        reading = read(target, policy, crowd, close)
        if reading is None or not reading.heads or not any(crowd.is_true(target.where, policy, one, close_of(reading.base, policy, crowd)) for one in reading.heads):
            continue
        kept = is_kept(target, policy, crowd, reading, close)
        if target.check:
            if kept is not None:
                found.append(occasion(target, policy, crowd, reading, close, kept))
            continue
        if kept is False and before == (False, reading.base):
            found[-1].counted = len(reading.counted), len(reading.heads)
        elif kept is False or (kept is True and before == (False, reading.base)):
            found.append(occasion(target, policy, crowd, reading, close, kept))
        before = kept, reading.base
    return found


def checks(target: Target, policy: Policy, crowd: Crowd) -> list[Instant]:
    """The closes at which a target is judged."""
    days = crowd.days(Date.max)
    dates = sorted({place for due in target.check for place in places(due, days)}) if target.check else crowd.dates()
    held = [date for date in dates if policy.covers(date) and (target.begins is None or date >= target.begins)]
    return [close for date in held if (close := close_of(date, policy, crowd)) <= crowd.t]


def read(target: Target, policy: Policy, crowd: Crowd, e: Instant) -> Reading | None:
    """The two head counts; None where no base is for the group, or the calendar holds none."""
    check = crowd.zone.date(e)
    base = next((base for base in target.bases if base.where is None or crowd.is_true_here(base.where, policy, e)), None)
    fixed = None if base is None else base_date(base, check, crowd)
    if base is None or fixed is None:
        return None
    among = [one for one in crowd.everybody() if (then := asked_at(base, fixed, e, policy, crowd, one)) is not None and crowd.is_true(target.among, policy, one, then)]
    heads = tuple(sorted((one for one in among if target.less is None or not crowd.is_true(target.less, policy, one, e)), key=str.encode))
    return Reading(fixed, heads, tuple(one for one in heads if crowd.is_true(target.count, policy, one, e)))


def asked_at(base: Base, fixed: Date, e: Instant, policy: Policy, crowd: Crowd, student: str) -> Instant | None:
    """The instant at which it is asked whether somebody is one of the heads; None for who is none."""
    dates = [date for date in crowd.dates() if fixed <= date <= crowd.zone.date(e)]
    if base.kind == "intake":
        came = next((date for date in dates if crowd.belongs(student, date)), None)
        return None if came is None else min(crowd.zone.next_midnight(came) - 1, e)
    if base.kind == "first_attended":
        starts = [start for date in dates for start in crowd.attended(student, policy, date) if start <= e]
        return min(starts) if starts and crowd.placed(student, crowd.zone.date(min(starts))) else None
    return close_of(fixed, policy, crowd) if crowd.belongs(student, fixed) else None


def base_date(base: Base, check: Date, crowd: Crowd) -> Date | None:
    """When a base fixes the heads (G2)."""
    days = crowd.days(Date.max)
    if base.kind == "anchor":
        assert base.anchor is not None
        return latest(base.anchor, check, days)
    if base.kind == "previous_term_end":
        return max((term.end for term in days.terms if term.end < check), default=None)
    begun = [first for _, first, _ in days.years if first <= check]
    if not begun or not any(first <= check <= last for _, first, last in days.years):
        return None
    years = base.n if base.kind == "years_before" else 1
    return begun[-years] if len(begun) >= years else None


def is_kept(target: Target, policy: Policy, crowd: Crowd, reading: Reading, e: Instant) -> bool | None:
    """Whether a limit is kept; None where there is none."""
    bound = None if target.bound is None else crowd.amount(target.bound, policy, e)
    if bound is None:
        return None
    counted, allowed = Fraction(len(reading.counted)), bound if target.heads else bound * len(reading.heads)
    return {
        "at_most": counted <= allowed, "below": counted < allowed, "at_least": counted >= allowed, "above": counted > allowed,
    }[target.limit]


def occasion(target: Target, policy: Policy, crowd: Crowd, reading: Reading, e: Instant, kept: bool) -> Occasion:
    stage, check = (target.met if kept else target.broken), crowd.zone.date(e)
    return Occasion(
        target.name, e, stage.name, ((e, policy),), stage=stage, stem=f"{policy.name}/{target.name}/{crowd.name}", occurrences=(check.isoformat(),),
        first=check, last=check, target=target, counted=(len(reading.counted), len(reading.heads)),
    )
