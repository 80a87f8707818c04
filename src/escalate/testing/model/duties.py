"""What falls to one student or group: every time that a duty asks, and until when (U1 to U8)."""

from __future__ import annotations

from fractions import Fraction
from typing import Protocol

from attrs import define

from ...conditions import Condition, Term
from ...days import Days
from ...policy import Amount, Duty, Param, Policy, Stage, Target
from ...times import Instant, Zone
from .clocks import once
from .episodes import Episode
from .places import Period, falls
from .seen import Date, Seen


@define(eq=False)
class Occasion(Episode):
    """One time that a duty falls or a target is judged: it asks for the items of a stage when it opens."""

    stage: Stage | None = None
    stem: str = ""
    occurrences: tuple[str, ...] = ()
    first: Date = Date.min
    last: Date = Date.max
    session: str = ""
    target: Target | None = None
    counted: tuple[int, int] = (0, 0)  # of a target: how many of how many


class Whom(Protocol):
    """A student or a group at one instant."""

    name: str
    zone: Zone
    t: Instant

    @property
    def seen(self) -> Seen: ...

    def dates(self) -> list[Date]: ...
    def days(self, date: Date) -> Days: ...
    def covered(self, where: Condition, policy: Policy, e: Instant) -> bool: ...
    def gone(self, e: Instant) -> bool: ...
    def ask(self, term: Term, policy: Policy, e: Instant) -> object: ...


def of_duties(versions: tuple[Policy, ...], level: str, whom: Whom) -> list[Occasion]:
    """Everything that falls up to now."""
    found = []
    for policy in versions:
        for duty in policy.duties.values():
            if duty.each == level:
                found += [one for period in fallings(duty, policy, whom) for one in asked(duty, policy, period, whom)]
    return sorted(found, key=lambda one: one.opened)


def fallings(duty: Duty, policy: Policy, whom: Whom) -> list[Period]:
    """When a duty of a version falls, by the calendar of whom it falls to on that very date."""
    found = once(whom.seen.kept, ("falls", id(policy), duty.name), lambda: [
        period for date in whom.dates() if policy.covers(date) for period in falls(duty, date, whom.days(date))
        if duty.begins is None or period.last >= duty.begins
    ])
    return [period for period in found if period.at <= whom.t]


def asked(duty: Duty, policy: Policy, period: Period, whom: Whom) -> list[Occasion]:
    """What a duty asks in one period: when it falls, or at the first close of the period at which who came later is covered."""
    at, n = period.at, number(duty.at_least, policy, period.at, whom)
    if not whom.covered(duty.where, policy, at):
        if duty.every is None or duty.every.unit == "session":
            return []
        dates = [date for date in whom.dates() if date <= period.last and (duty.every.unit != "school_day" or whom.days(date).is_school_day(date))]
        closes = [close for date in dates if period.at < (close := close_of(date, policy, whom)) <= whom.t]
        joins = next((close for close in closes if whom.covered(duty.where, policy, close)), None)
        if joins is None:
            return []
        at, n = joins, number(duty.at_least, policy, joins, whom)
        if n > 1:
            n = n * weeks(whom.zone.date(at), period.last) // weeks(period.first, period.last) if weeks(period.first, period.last) else 0
    if not n:
        return []
    found = Occasion(
        duty.name, at, duty.name, ((at, policy),), stage=duty.stage, stem=f"{policy.name}/{duty.name}/{whom.name}",
        occurrences=tuple(f"{period.key}/{one}" for one in range(1, n + 1)), first=period.first, last=period.last, session=period.key.partition(".")[2],
    )
    found.ended = let_go(duty, policy, at, whom)
    found.reason = "where" if found.ended is not None else ""
    return [found]


def let_go(duty: Duty, policy: Policy, at: Instant, whom: Whom) -> Instant | None:
    """The close at which who was asked owes nothing more."""
    for date in whom.dates():
        close = close_of(date, policy, whom)
        if at < close <= whom.t and not whom.covered(duty.where, policy, close) and (duty.every is not None or whom.gone(close)):
            return close
    return None


def weeks(first: Date, last: Date) -> int:
    """The whole weeks between two dates, both counted."""
    return ((last - first).days + 1) // 7


def close_of(date: Date, policy: Policy, whom: Whom) -> Instant:
    return whom.zone.instant(date, policy.day.closes)


def number(amount: Amount, policy: Policy, e: Instant, whom: Whom) -> int:
    """How many are asked for; none where a parameter has no value."""
    found = whom.ask(Term("parameter", amount.name), policy, e) if isinstance(amount, Param) else amount
    return int(found) if isinstance(found, (int, Fraction)) else 0


def in_period(one: Episode, date: Date) -> bool:
    """Whether a date lies in the period of what asks; of a case every date does."""
    return not isinstance(one, Occasion) or one.target is not None or one.first <= date <= one.last

