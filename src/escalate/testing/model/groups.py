"""Groups as they are known at an instant: who belongs to them, what is true of whom, what was said about them (SEMANTICS 8; U7 to U9)."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from attrs import define, field, fields, frozen

from ...conditions import Condition, Term, Value
from ...days import Beyond, Days, Session
from ...events import Mark, Outcome
from ...ledger import Case
from ...policy import NOT_ENROLLED, Amount, Param, Policy, Target
from ...roster import Roster
from ...times import Instant
from .clocks import once
from .duties import Occasion
from .places import dates
from .seen import Date, Seen
from .targets import read
from .units import ATTENDED
from .values import Ctx, Given, true, value

Opened = Callable[[str, str, str, Instant], bool]  # student, policy, ladder, instant


@frozen(repr=False)
class GroupSeen(Seen):
    """What is seen of a group; a column is its own name, or what its students have in common."""

    level: str = ""
    band: Band | None = field(default=None, eq=False)

    def column(self, name: str, date: Date) -> str:
        return self.student if name == self.level else self.of.common(name, date)

    def starts(self) -> list[Date | None]:
        return []

    def places(self, level: str, date: Date) -> set[str]:
        """Its own name for its own level; of another, everything that its students belong to (U7)."""
        return {self.student} if level == self.level else self.of.values(level, date)

    @property
    def of(self) -> Band:
        """The group."""
        assert self.band is not None
        return self.band

    def person(self, role: str) -> str:
        return self.student if self.level in ("person", role) else ""


@define
class Of:
    """Who asks about a student or a group without a case."""

    policy: str
    student: str
    has_open: Opened
    reads: Callable[[str, Policy, Instant], Value]
    e: Instant
    case_opened: Instant | None = None
    since: Instant | None = None
    ends: bool = False

    def fired_at(self, stage: str) -> Instant | None:
        return None

    def items(self, name: str) -> list[Given]:
        return []

    items_anywhere = items

    def alone(self, name: str) -> list[Outcome]:
        return []

    def open_case(self, ladder: str) -> bool:
        return self.has_open(self.student, self.policy, ladder, self.e)

    def roll_taken(self) -> Instant | None:
        return None

    def rate(self, target: str, policy: Policy) -> Value:
        return self.reads(target, policy, self.e)


class Pupil:
    """One student, as their own duties see them."""

    def __init__(self, seen: Seen, t: Instant, opened: Opened) -> None:
        self.name, self.seen, self.t, self.zone, self.opened = seen.student, seen, t, seen.zone, opened

    def dates(self) -> list[Date]:
        return dates(self.seen.days(Date.max))

    def days(self, date: Date) -> Days:
        return self.seen.days(date)

    def covered(self, where: Condition, policy: Policy, e: Instant) -> bool:
        return on_roster(self.seen, self.zone.date(e)) and true(where, self.ctx(policy, e))

    def gone(self, e: Instant) -> bool:
        return not (on_roster(self.seen, self.zone.date(e)) and enrolled(self.seen, e))

    def ask(self, term: Term, policy: Policy, e: Instant) -> Value:
        return value(term, self.ctx(policy, e))

    def ctx(self, policy: Policy, e: Instant) -> Ctx:
        return Ctx(self.seen, policy, e, Of(policy.name, self.name, self.opened, self.rate, e))

    def rate(self, target: str, policy: Policy, e: Instant) -> Value:
        return None

    def roll_taken(self, occasion: Occasion, policy: Policy) -> Instant | None:
        return roll_taken([self.seen], occasion.first, occasion.session, self.seen, policy)


class Band:
    """One group: its students are those who have its name in the column of its level; of a person, those of what the person holds the role for.

    kept: what was found before from the same facts of the same students.
    """

    def __init__(self, own: Seen, level: str, heads: dict[str, Seen], roles: dict[str, str], t: Instant, opened: Opened, kept: dict[Any, Any]) -> None:
        self.name, self.level, self.heads, self.roles, self.t, self.zone, self.opened = own.student, level, heads, roles, t, own.zone, opened
        given = {part.name: getattr(own, part.name) for part in fields(Seen)}
        self.seen = GroupSeen(**{**given, "memo": {}, "kept": kept}, level=level, band=self)

    # --- who belongs to it -------------------------------------------------------------------------------

    def placed(self, student: str, date: Date) -> bool:
        """Whether a student's place is in the group on a date, on the roll or not."""
        if self.level not in ("person", *self.roles):
            return self.heads[student].column(self.level, date) == self.name
        held = {role: of for role, of in self.roles.items() if self.level in ("person", role)}
        return any(self._is_held(role, student if of == "student" else self.heads[student].column(of, date), date) for role, of in held.items())

    def _is_held(self, role: str, of: str, date: Date) -> bool:
        """Whether the person holds a role for a place; a post that nobody holds is a group of its own (U8)."""
        holders = self.seen.roster.holders(role, of, date)
        return self.name in holders if holders else of == self.name

    def belongs(self, student: str, date: Date) -> bool:
        return once(self.seen.kept, ("belongs", student, date), lambda: on_roster(self.heads[student], date) and self.placed(student, date))

    def members(self, date: Date) -> list[str]:
        return [student for student in self.heads if self.belongs(student, date)]

    def everybody(self) -> list[str]:
        """Whoever belongs to it on any date of the calendar, or has it in any row."""
        return once(self.seen.kept, "everybody", lambda: [student for student in self.heads if self.ever(student)])

    def ever(self, student: str) -> bool:
        seen = self.heads[student]
        if self.level not in ("person", *self.roles):
            return self.name in values_of(seen, self.level)
        held = {role: of for role, of in self.roles.items() if self.level in ("person", role)}
        posts = {(of, one.of) for role, of in held.items() for one in self.seen.roster.assignments if one.person == self.name and one.role == role}
        posts = posts or {(of, self.name) for of in held.values()}
        return any(name == student if of == "student" else name in values_of(seen, of) for of, name in posts)

    def common(self, name: str, date: Date) -> str:
        """What all its students of a date have in a column, nothing where they differ."""
        found = self.values(name, date)
        return next(iter(found)) if len(found) == 1 else ""

    def values(self, name: str, date: Date) -> set[str]:
        heads = self.members(date) or self.everybody()
        return {one if name == "student" else self.heads[one].column(name, date) for one in heads} - {""}

    # --- what a duty asks of it ----------------------------------------------------------------------------

    def dates(self) -> list[Date]:
        return dates(self.seen.days(Date.max))

    def days(self, date: Date) -> Days:
        return self.seen.days(date)

    def covered(self, where: Condition, policy: Policy, e: Instant) -> bool:
        members = self.members(self.zone.date(e))
        if any(term.kind == "measure" and policy.measures[term.name].fact for term in where.terms):
            return bool(members) and true(where, self.ctx(policy, e))
        return any(self.is_true(where, policy, student, e) for student in members)

    def gone(self, e: Instant) -> bool:
        return False

    def ask(self, term: Term, policy: Policy, e: Instant) -> Value:
        return value(term, self.ctx(policy, e))

    def ctx(self, policy: Policy, e: Instant) -> Ctx:
        return Ctx(self.seen, policy, e, Of(policy.name, "", self.opened, self.rate, e))

    # --- what a target asks of it ----------------------------------------------------------------------------

    def is_true(self, condition: Condition, policy: Policy, student: str, e: Instant) -> bool:
        return true(condition, Ctx(self.heads[student], policy, e, Of(policy.name, student, self.opened, self.rate, e)))

    def is_true_here(self, condition: Condition, policy: Policy, e: Instant) -> bool:
        return true(condition, self.ctx(policy, e))

    def rate(self, name: str, policy: Policy, e: Instant) -> Value:
        """A rate of this group, by name."""
        target: Target | None = policy.targets.get(name)
        found = read(target, policy, self, e) if target is not None and target.each == self.level else None
        return Fraction(len(found.counted), len(found.heads)) if found is not None and found.heads else None

    def roll_taken(self, occasion: Occasion, policy: Policy) -> Instant | None:
        return roll_taken([self.heads[one] for one in self.members(occasion.first)], occasion.first, occasion.session, self.seen, policy)

    def attended(self, student: str, policy: Policy, date: Date) -> list[Instant]:
        """The starts of the sessions of a date that a student attended."""
        seen = self.heads[student]
        codes = {code for code, mark in policy.marks.items() if mark.meaning in ATTENDED}
        found = [seen.days(date).mark_at(day, session) for (day, session), mark in seen.marks.items() if day == date and mark.code in codes]
        return [at for at in found if at is not None]

    def amount(self, amount: Amount, policy: Policy, e: Instant) -> Fraction | None:
        found = self.ask(Term("parameter", amount.name), policy, e) if isinstance(amount, Param) else amount
        return Fraction(found) if isinstance(found, (int, Fraction)) else None


# --- one student ----------------------------------------------------------------------------------------

def values_of(seen: Seen, column: str) -> set[str]:
    """Every value that a roster column ever has for a student."""
    return {row.get(column) for row in seen.roster.rows(seen.student)} | {edit.value for edit in seen.columns if edit.column == column}


def on_roster(seen: Seen, date: Date) -> bool:
    """Whether a row of the roster holds on a date; of who has none, whether an edit does."""
    rows = seen.roster.rows(seen.student)
    if not rows:
        return any(edit.start is None or edit.start <= date for edit in seen.columns)
    return any((row.start or Date.min) <= date <= (row.end or Date.max) for row in rows)


def enrolled(seen: Seen, e: Instant) -> bool:
    said = [one.status for one in seen.statuses if one.at <= e]
    return not said or said[-1] not in NOT_ENROLLED


# --- roll calls -------------------------------------------------------------------------------------------

def roll_taken(students: list[Seen], date: Date, session: str, own: Seen, policy: Policy) -> Instant | None:
    """When everybody who was expected in the sessions of a date, or in one of them, had a mark that says something (U9)."""
    try:
        sessions = [one for one in own.days(date).sessions(date) if session in ("", one.period)]
    except Beyond:
        return None
    silent = {code for code, mark in policy.marks.items() if mark.meaning == "unknown"}
    found = [called(seen, one, silent) for one in sessions for seen in students if on_roster(seen, one.date)]
    said = [at for at in found if at is not None]
    if not sessions or not students or len(said) < len(found):
        return None
    return max([sessions[0].start, *said])


def called(seen: Seen, session: Session, silent: set[str]) -> Instant | None:
    """When a student was first said to be there or away, or had left; None while the mark that counts says nothing."""
    if not enrolled(seen, session.start):
        return [one.at for one in seen.statuses if one.at <= session.start][-1]
    winner = seen.marks.get((session.date, session.period))
    if winner is None or winner.code in silent:
        return None
    every: list[Mark] = [mark for mark in seen.every_mark if (mark.date, mark.session) == (session.date, session.period) and mark.code not in silent]
    return max(session.start, min(mark.known for mark in every))


# --- which groups there are -----------------------------------------------------------------------------------

def names_of(level: str, roles: dict[str, str], roster: Roster, heads: dict[str, Seen]) -> list[str]:
    """The names of all groups of a level; of a role who holds it, and each of its posts."""
    if level not in ("person", *roles):
        found = {name for seen in heads.values() for name in values_of(seen, level)}
    else:
        held = {role: of for role, of in roles.items() if level in ("person", role)}
        found = {one.person for one in roster.assignments if one.role in held}
        if level != "person":
            of = held[level]
            found |= {name for seen in heads.values() for name in ({seen.student} if of == "student" else values_of(seen, of))}
    return sorted(found - {""})


def was_open(decided: dict[str, list[tuple[Instant, Case]]], t: Instant) -> Opened:
    """Whether a student had a case open at an instant, by what was decided up to t."""
    def answer(student: str, policy: str, ladder: str, at: Instant) -> bool:
        cases = {case.number: case for when, case in decided.get(student, ()) if when <= t and (case.policy, case.ladder) == (policy, ladder)}
        return any(case.fate == "live" and case.opened <= at and (case.ended is None or at < case.ended) for case in cases.values())

    return answer

