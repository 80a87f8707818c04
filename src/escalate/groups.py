"""Groups: classes, schools, villages ... as subjects of duties and targets, judged after all students (SEMANTICS, section 8)."""

from __future__ import annotations

import bisect
import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from operator import itemgetter

from .conditions import Condition, Value
from .days import Days, Session
from .family import DutyPlan, TargetPlan, Version
from .history import History, Shared
from .matcher import Matcher
from .policy import Amount, Base, Policy
from .rates import Counted, Rate, rate
from .terms import FACTS, Moment
from .times import Instant

Date = datetime.date
# Whether a student has a case of a policy's ladder open at an instant, as known when the group is judged.
CaseOpen = Callable[[str, str, str, Instant], bool]


class Heads:
    """The histories of all students, as far as they are known when groups are judged, which groups each ever belongs to, and what happened when."""

    def __init__(self, histories: Mapping[str, History]) -> None:
        self.histories = histories
        # By condition, whether it is true of a student from a date on, of those about whom nothing is known that could change it.
        self.constant: dict[int, dict[str, tuple[Date, bool]]] = {}
        # By level and name, everybody who ever belongs to a group; by date, who had a fact that may change a group.
        self._ever: dict[str, dict[str, list[History]]] = {}
        self._columns: dict[str, dict[str, list[str]]] = {}
        self.turned: dict[int, set[str]] = {}

    def ever(self, level: str, name: str) -> list[History]:
        """Everybody who ever belongs to a group, in the order of the roster."""
        found = self._ever.get(level)
        if found is None:
            found = self._ever[level] = {}
            for history in self.histories.values():
                for column in self.columns(history, level):
                    found.setdefault(column, []).append(history)
        return found.get(name, [])

    def columns(self, history: History, level: str) -> list[str]:
        """Every value that a roster column ever has for a student, read once until the roster is edited."""
        known = self._columns.setdefault(history.student, {})
        if level not in known:
            known[level] = columns(history, level)
        return known[level]

    def forget(self, student: str) -> None:
        """A student has come, or come to another group."""
        self._ever = {}
        self._columns.pop(student, None)
        for known in self.constant.values():
            known.pop(student, None)

    def note(self, student: str, date: Date) -> None:
        """A fact of a student may change a group on a date, and where it came after the close on the next one."""
        for known in self.constant.values():
            known.pop(student, None)
        for ordinal in (date.toordinal(), date.toordinal() + 1):
            self.turned.setdefault(ordinal, set()).add(student)


def columns(history: History, level: str) -> list[str]:
    """Every value that a roster column ever has for a student."""
    rows = (row.get(level) for row in history.shared.roster.rows(history.student))
    return list(dict.fromkeys(text for text in (*rows, *(edit.value for edit in history.edits if edit.column == level)) if text))


class GroupHistory(History):
    """The history of one group: its own outcomes, documents and facts, and those of its students."""

    def __init__(self, level: str, name: str, shared: Shared, quiet: frozenset[str], heads: Heads) -> None:
        self.level = level
        self.heads = heads
        self._ever: list[History] | None = None
        self._names: frozenset[str] = frozenset()
        self._posts: list[tuple[str, str]] | None = None
        self._members: dict[int, list[History]] = {}
        # By student and how many rows and edits of theirs have begun or ended: whether they belong to it.
        self._placed: dict[str, dict[int, bool]] = {}
        self._moves: list[tuple[Date, str]] | None = None
        self._columns: dict[tuple[str, int], frozenset[str]] = {}
        self._calendars: list[Days] | None = None
        self._days_of: dict[int, Days] = {}
        self.edited = 0
        super().__init__(name, shared, quiet)

    def share(self, shared: Shared) -> None:
        """Take another calendar and roster."""
        self.shared = shared
        self.zone = shared.zone
        self._single = False
        self._placed = {}
        self.forget()

    # --- who belongs to it ---------------------------------------------------------------------------------

    @property
    def everybody(self) -> list[History]:
        """The students who ever belong to it, or to what the person who it is holds a role for."""
        if self._ever is None:
            groups = [(self.level, self.student)] if self.posts is None else self.posts
            found = {head.student: head for level, name in groups for head in self.heads.ever(level, name)}
            self._ever = list(found.values())
            self._names = frozenset(found)
        return self._ever

    def forget(self, student: str = "") -> None:
        """A student has come to another group."""
        self.edited += 1
        self._placed.pop(student, None)
        self._ever = self._posts = self._calendars = self._bounds = self._moves = None
        self._names, self._members, self._columns, self._days_of = frozenset(), {}, {}, {}

    @property
    def posts(self) -> list[tuple[str, str]] | None:
        """Of a person, what they ever hold a role for, by level; None for a group of students."""
        return None

    def members(self, date: Date) -> list[History]:
        """The students who belong to it on a date."""
        stretch = bisect.bisect_right(self.bounds(), date)  # between two bounds nobody comes and nobody goes
        found = self._members.get(stretch)
        if found is None:
            found = self._members[stretch] = [head for head in self.everybody if self._is_placed(head, date)]
        return found

    def _is_placed(self, head: History, date: Date) -> bool:
        """Whether a student is on the roster and has a place in it on a date: the same between two bounds of theirs."""
        known, stretch = self._placed.setdefault(head.student, {}), bisect.bisect_right(head.bounds(), date)
        if stretch not in known:
            known[stretch] = head.on_roster(date) and self.belongs(head, date)
        return known[stretch]

    def moves(self, first: Date, last: Date) -> set[str]:
        """The students of whom another row or edit of the roster begins to hold between two dates."""
        if self._moves is None:
            self._moves = sorted((date, head.student) for head in self.everybody for date in head.bounds())
        start = bisect.bisect_left(self._moves, first, key=itemgetter(0))
        return {student for _, student in self._moves[start : bisect.bisect_right(self._moves, last, key=itemgetter(0))]}

    def _parts(self, level: str, date: Date) -> frozenset[str]:
        """What its students of a date belong to on another level."""
        key = level, bisect.bisect_right(self.bounds(), date)
        found = self._columns.get(key)
        if found is None:
            heads = self.members(date) or self.everybody
            values = (head.student if level == "student" else head.column(level, date) for head in heads)
            found = self._columns[key] = frozenset(value for value in values if value)
        return found

    def belongs(self, head: History, date: Date) -> bool:
        """Whether a student has a place in it on a date, on the roll or not."""
        return head.column(self.level, date) == self.student

    # --- what a student's history says, said of a group -------------------------------------------------------

    def column(self, name: str, date: Date) -> str:
        """Its own name for its own level; else what all its students of the date have, empty where they differ."""
        if name == self.level:
            return self.student
        values = self._parts(name, date)
        return next(iter(values)) if len(values) == 1 else ""

    def days(self, date: Date) -> Days:
        stretch = bisect.bisect_right(self.bounds(), date)
        found = self._days_of.get(stretch)
        if found is None:
            found = self._days_of[stretch] = self.shared.calendar.of(self.student if self.level == "school" else self.column("school", date))
        return found

    def calendars(self) -> list[Days]:
        if self._calendars is None:
            schools = [self.student] if self.level == "school" else [school for head in self.everybody for school in self.heads.columns(head, "school")]
            self._calendars = [self.shared.calendar.of(school) for school in dict.fromkeys(schools or [""])]
        return self._calendars

    def on_roster(self, date: Date) -> bool:
        return bool(self.members(date))

    def awaited(self, date: Date, close: Instant) -> bool:
        return False

    def bounds(self) -> list[Date]:
        if self._bounds is None:
            self._bounds = sorted({*self.shared.roster.handovers, *(date for head in self.everybody for date in head.bounds())})
        return self._bounds

    def turns(self, first: Date, last: Date) -> list[Date]:
        turned, names = self.heads.turned, self._names if self.everybody else frozenset()
        some = {ordinal for ordinal in range(first.toordinal(), last.toordinal() + 1) if ordinal in turned and not names.isdisjoint(turned[ordinal])}
        return sorted({*super().turns(first, last), *map(Date.fromordinal, some)})

    def holders(self, role: str, level: str, date: Date) -> tuple[str, ...]:
        """Who holds a role for it; of another level, everybody who holds it for what its students belong to (U7)."""
        roster = self.shared.roster
        if level == self.level:
            return roster.holders(role, self.student, date)
        return tuple(sorted({person for place in self._parts(level, date) for person in roster.holders(role, place, date)}))

    def roll_taken(self, sessions: Sequence[Session], unknown: Collection[str]) -> Instant | None:
        """When the last student who was expected was marked in each of some sessions; None while one mark is missing."""
        taken = []
        for head in self.members(sessions[0].date) if sessions else ():
            at = head.roll_taken(sessions, unknown)
            if at is None:
                return None
            taken.append(at)
        return max(taken, default=None)


class PersonHistory(GroupHistory):
    """The history of a person who holds one of some roles, or of a post that nobody holds: its students are those of what it is held for.

    roles: each role with the level that it is held for.
    """

    def __init__(self, level: str, roles: Mapping[str, str], name: str, shared: Shared, quiet: frozenset[str], heads: Heads) -> None:
        self.roles = roles
        super().__init__(level, name, shared, quiet, heads)

    @property
    def posts(self) -> list[tuple[str, str]]:
        if self._posts is None:
            held = [one for one in self.shared.roster.assignments if one.person == self.student and one.role in self.roles]
            vacant = [(of, self.student) for of in self.roles.values()]
            self._posts = list(dict.fromkeys((self.roles[one.role], one.of) for one in held)) or vacant
        return self._posts

    def _is_placed(self, head: History, date: Date) -> bool:
        return head.on_roster(date) and self.belongs(head, date)  # whose post it is may change between two bounds

    def belongs(self, head: History, date: Date) -> bool:
        return any(self._holds(role, head.student if of == "student" else head.column(of, date), date) for role, of in self.roles.items())

    def _holds(self, role: str, of: str, date: Date) -> bool:
        """Whether the person holds a role for a place on a date; a post that is vacant stands for itself."""
        holders = self.shared.roster.holders(role, of, date)
        return self.student in holders if holders else of == self.student

    def holders(self, role: str, level: str, date: Date) -> tuple[str, ...]:
        if role not in self.roles:
            return super().holders(role, level, date)
        places = {of for at, of in self.posts if at == self.roles[role]}
        return (self.student,) if any(self.student in self.shared.roster.holders(role, of, date) for of in places) else ()


class Census:
    """Answers for one group what its duties and targets ask: who is covered, who belonged to it and what was true of whom."""

    def __init__(self, history: GroupHistory, policy: str, matcher: Matcher, case_open: CaseOpen, targets: Mapping[tuple[str, str], TargetPlan]) -> None:
        self.history = history
        self.policy = policy
        self.matcher = matcher
        self.case_open = case_open
        self.targets = targets

    # --- duties ----------------------------------------------------------------------------------------------

    def covers(self, plan: DutyPlan, at: Instant) -> bool:
        """A group is covered when any of its students is; a `where` that counts facts is asked of the group itself (U7)."""
        where = plan.duty.where
        if counts_facts(where, plan.version):
            return self.history.on_roster(self.history.zone.date(at)) and self._moment(self.history, plan.version, at).holds(where, self.matcher, FACTS)
        members = self.history.members(self.history.zone.date(at))
        return any(self._holds(head, where, plan.version, at, plan.still) for head in members)

    def _holds(self, head: History, condition: Condition, version: Version, at: Instant, still: bool) -> bool:
        """Whether a condition is true of a student; what only events about them turn is asked once while there is none."""
        if not still or head.dated:
            return self._moment(head, version, at).holds(condition, self.matcher, FACTS)
        constant, date = self.history.heads.constant.setdefault(id(condition), {}), self.history.zone.date(at)
        known = constant.get(head.student)
        if known is not None and known[0] <= date:
            return known[1]
        found = self._moment(head, version, at).holds(condition, self.matcher, FACTS)
        last = max(head.bounds(), default=Date.min)
        if last <= date:
            constant[head.student] = last, found
        return found

    def number(self, amount: Amount, version: Version, at: Instant) -> Fraction:
        return self._moment(self.history, version, at).number(amount)

    # --- targets ---------------------------------------------------------------------------------------------

    def counts(self, plan: TargetPlan, at: Instant, counted: Counted) -> Rate | None:
        return rate(plan, self, at, counted)

    def turned(self, first: Date, last: Date) -> set[str]:
        """The students of whom something may be otherwise on one of some dates than before."""
        turned = self.history.heads.turned
        return {student for ordinal in range(first.toordinal(), last.toordinal() + 1) for student in turned.get(ordinal, ())} | self.history.moves(first, last)

    def is_meant(self, plan: TargetPlan, rate: Rate) -> bool:
        """Whether a target's `where` was true of any of the heads that its base fixed (G4)."""
        close = self.history.zone.instant(rate.base, plan.version.policy.day.closes)
        return any(self.is_true(plan.target.where, plan, student, close) for student in rate.heads)

    def days(self, date: Date) -> Days:
        return self.history.days(date)

    def on(self, date: Date) -> Iterator[str]:
        """Who belongs to the group on a date."""
        return (head.student for head in self.history.members(date))

    def first_days(self, first: Date, last: Date, at: Instant) -> Iterator[tuple[str, Instant]]:
        """Who came to belong to it between two dates, each with the end of the first day, or the check `at` where that is earlier."""
        bounds = [first, *(date for date in self.history.bounds() if first < date <= last)]
        for head in self.history.everybody:
            came = next((date for date in bounds if head in self.history.members(date)), None)
            if came is not None:
                yield head.student, min(self.history.zone.next_midnight(came) - 1, at)

    def first_attended(self, plan: TargetPlan, first: Date, at: Instant) -> Iterator[tuple[str, Instant]]:
        """Who belonged to it when they first attended between a date and an instant, each with the start of that session."""
        for head in self.history.everybody:
            found = head.first_attended(first, at, plan.version.codes.attended)
            if found is not None and self.history.belongs(head, self.history.zone.date(found)):
                yield head.student, found

    def is_true(self, condition: Condition, plan: TargetPlan, student: str, at: Instant) -> bool:
        """Whether a condition is true of a student at an instant; unknown is not true."""
        return self._holds(self.history.heads.histories[student], condition, plan.version, at, plan.is_still(condition))

    def chooses(self, base: Base, plan: TargetPlan, at: Instant) -> bool:
        """Whether a base is the one of this group at a check."""
        return base.where is None or self._moment(self.history, plan.version, at).holds(base.where, self.matcher, FACTS)

    def reading(self, policy: Policy, target: str, at: Instant) -> Rate | None:
        """What a target of a version reads of the group, by name; None where it is of another level, or there is nothing to read."""
        plan = self.targets.get((policy.version, target))
        return rate(plan, self, at, Counted()) if plan is not None and plan.target.each == self.history.level else None

    def rate(self, policy: Policy, target: str, at: Instant) -> Value:
        """The value of what a target of a version reads of the group."""
        found = self.reading(policy, target, at)
        return found.value if found is not None else None

    def _moment(self, history: History, version: Version, at: Instant) -> Moment:
        def case_open(ladder: str, when: Instant) -> bool:
            return self.case_open(history.student, self.policy, ladder, when)

        return Moment(history, version.policy, version.codes, at, case_open, self.rate)


def counts_facts(condition: Condition, version: Version) -> bool:
    """Whether a condition reads a measure of facts: complaints about a teacher, lessons that somebody observed."""
    return any(term.kind == "measure" and version.policy.measures[term.name].fact for term in condition.terms)


def groups_of(level: str, roles: Mapping[str, str], shared: Shared, histories: Iterable[History]) -> list[str]:
    """The names of all groups of a level; of a role, who holds it and which of its posts are ever vacant."""
    if level not in ("person", *roles):
        return sorted({name for history in histories for name in columns(history, level)})
    held = {role: of for role, of in roles.items() if level in ("person", role)}
    persons = {one.person for one in shared.roster.assignments if one.role in held}
    if level == "person":
        return sorted(persons)
    of = held[level]
    places = {name for history in histories for name in ((history.student,) if of == "student" else columns(history, of))}
    always = {one.of for one in shared.roster.assignments if one.role == level and one.start is None and one.end is None}
    return sorted(persons | (places - always))
