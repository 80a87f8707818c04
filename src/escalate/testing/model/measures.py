"""The value of a measure at an instant, by brute force over the whole calendar (SEMANTICS, section 3; M1 to M15)."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from ...days import Session
from ...policy import DayRule, Measure, Policy
from ...times import DAY, Instant
from .seen import Date, Seen
from .units import ABSENT, ATTENDED, Sight, Unit, close, dates, groups, units
from .windows import Amounts, Anchors, Stretch, stretches, written

Number = Fraction | int


def measure(
    policy: Policy, name: str, seen: Seen, e: Instant, *, since: Instant | None = None, case_opened: Instant | None = None,
    anchor: Anchors | None = None, amount: Amounts = written,
) -> Number | None:
    """What a measure is at e; None where it has no value. `since`: a run sees only units after that instant."""
    rule = policy.measures[name]
    date, asof = judged(policy, rule, seen, e)
    windows = stretches(rule, seen, date, case_opened, anchor, amount)
    if windows is None:
        return None
    if rule.fact:
        return facts(rule, seen, windows, asof)
    sight = Sight(seen, policy, asof)
    every = [unit for unit in units(seen, policy, rule) if all(one.holds(unit.date, unit.at) for one in windows)]
    so_far = [unit for unit in every if unit.at <= asof]
    look = Look(rule, sight, so_far)
    if rule.kind == "run":
        return look.run(since)
    if rule.kind == "count":
        return look.count(amount)
    if rule.kind == "sum":
        return look.total()
    if rule.kind == "mean":
        marked = [session for unit in so_far for session in unit.sessions if sight.code(session) in rule.counted]
        return look.total() / Fraction(len(marked)) if marked else None
    return look.share(every, amount)


def judged(policy: Policy, rule: Measure, seen: Seen, e: Instant) -> tuple[Date, Instant]:
    """The date that windows end with and the instant up to which facts count: for days those of the last close."""
    if not rule.by_day:
        return seen.zone.date(e), e
    key = "day closes", policy.day.closes
    if key not in seen.memo:
        seen.memo[key] = [(date, close(seen, policy, date)) for date in (dates(seen)[0] - DAY, *dates(seen))]
    closes: list[tuple[Date, Instant]] = seen.memo[key]
    before, *days = closes
    past = [day for day in days if day[1] <= e]
    return past[-1] if past else before


def facts(rule: Measure, seen: Seen, windows: list[Stretch], asof: Instant) -> Number | None:
    """M13: the student's facts of one name in the window."""
    first = dates(seen)[0]
    found = [
        fact for fact in seen.facts
        if fact.fact == rule.fact and fact.at <= asof and (date := seen.zone.date(fact.at)) >= first and all(one.holds(date, fact.at) for one in windows)
    ]
    if rule.kind == "count":
        return len(found)
    total = sum((Fraction(fact.value) for fact in found), Fraction(0))
    return total if rule.kind == "sum" else total / len(found) if found else None


@frozen
class Look:
    """One measure over the units of its window up to the instant judged."""

    rule: Measure
    sight: Sight
    units: list[Unit]

    @property
    def day(self) -> DayRule:
        return self.rule.day or self.sight.policy.day.absent_when

    @property
    def by_session(self) -> bool:
        return self.rule.unit in ("session", "hour", "minute")

    def is_of(self, unit: Unit, codes: frozenset[str]) -> bool:
        """Whether a unit is of a set: a session by its code, anything longer by the day rule."""
        if self.by_session:
            return self.sight.code(unit.sessions[0]) in codes
        return self.sight.is_of(unit.sessions, codes, self.day)

    # --- runs -------------------------------------------------------------------------------------

    def run(self, since: Instant | None) -> Number:
        """Units backwards from the instant: each adds, breaks or is passed over."""
        added: list[Unit] = []
        for unit in reversed(self.units):
            if since is not None and unit.at <= since:
                break
            does = self.of_present(unit) if self.rule.present else self.of_absence(unit)
            if does == "breaks":
                break
            if does == "adds":
                added.append(unit)
        return self.length(added)

    def of_absence(self, unit: Unit) -> str:
        """M3."""
        rule = self.rule
        if self.is_of(unit, rule.counted):
            return "adds"
        if self.is_of(unit, rule.breaks):
            return "breaks"
        named = rule.counted | rule.neutral | rule.breaks
        attended = any(self.sight.meaning(session) in ATTENDED and self.sight.code(session) not in named for session in unit.sessions)
        if attended and (self.by_session or not self.is_of(unit, rule.counted | rule.neutral)):
            return "breaks"
        return "passes"

    def of_present(self, unit: Unit) -> str:
        """M4."""
        rule, absent = self.rule, self.sight.codes(ABSENT)
        codes = [self.sight.code(session) for session in unit.sessions]
        if self.is_of(unit, rule.breaks):
            return "breaks"
        if self.is_of(unit, absent) and any(code in absent and code not in rule.counted | rule.neutral for code in codes):
            return "breaks"
        attended = any(
            self.sight.meaning(session) in ATTENDED and self.sight.code(session) not in rule.neutral | rule.breaks for session in unit.sessions
        )
        return "adds" if attended or self.is_of(unit, rule.counted) else "passes"

    def length(self, added: list[Unit]) -> Number:
        """How long a run of these units is, the newest first."""
        if self.rule.unit in ("hour", "minute"):
            return self.in_unit(sum(unit.minutes for unit in added))
        if self.rule.unit != "day" or not added:
            return len(added)
        first, last = added[-1].date, added[0].date
        every = [first + DAY * n for n in range((last - first).days + 1)]
        return sum(self.sight.seen.days(date).term(date) is not None for date in every)

    # --- the other kinds --------------------------------------------------------------------------

    def count(self, amount: Amounts) -> int | None:
        """The units of the set, and (M9) what `plus` adds."""
        counted = [unit for unit in self.units if self.is_of(unit, self.rule.counted)]
        taken = {session.id for unit in counted for session in unit.sessions}
        more = 0
        for line in self.rule.plus:
            bound = amount(line.over_minutes)
            if bound is None:
                return None
            once = self.by_line("school_day" if self.rule.by_day else line.unit)
            for key, session in once:
                met = self.sight.code(session) in line.codes and self.minutes(session) > bound
                if met and session.id not in taken:
                    more += 1
                    taken |= {other.id for other_key, other in once if other_key == key}
        return len(counted) + more

    def by_line(self, unit: str) -> list[tuple[str, Session]]:
        """Every session seen, with the first session of the unit of a `plus` line that holds it."""
        sessions = [session for unit in self.units for session in unit.sessions]
        found = []
        for date in sorted({session.date for session in sessions}):
            for group in groups(self.sight.seen, unit, date, tuple(session for session in sessions if session.date == date)):
                found += [(group[0].id, session) for session in group]
        return found

    def minutes(self, session: Session) -> int:
        """M7, of a session that is counted: the mark's minutes, else its length where it is an absence."""
        mark = self.sight.mark(session)
        if mark is None:
            return 0
        if mark.minutes is not None:
            return mark.minutes
        return session.minutes if self.sight.meaning(session) in ABSENT else 0

    def in_unit(self, minutes: int) -> Number:
        return Fraction(minutes, self.sight.policy.day.lesson_hour) if self.rule.unit == "hour" else minutes

    def total(self) -> Number:
        """M7: the minutes or hours of the counted sessions."""
        sessions = [session for unit in self.units for session in unit.sessions if self.sight.code(session) in self.rule.counted]
        return self.in_unit(sum(self.minutes(session) for session in sessions))

    def share(self, window: list[Unit], amount: Amounts) -> Fraction | None:
        """What is counted so far of the possible time, or of the planned time of the window."""
        if self.rule.base == "planned":
            base = [unit for unit in window if self.sight.expected(unit.sessions)]
        else:
            base = [unit for unit in self.units if self.sight.possible(unit.sessions)]
        timed = self.rule.unit in ("hour", "minute")
        den = self.in_unit(sum(unit.minutes for unit in base)) if timed else len(base)
        num = self.total() if timed else sum(self.is_of(unit, self.rule.counted) for unit in self.units)
        floor = amount(self.rule.floor) if self.rule.floor is not None else 0
        if floor is None or not den or den < floor:
            return None
        return Fraction(num) / den
