"""One student's history: the visible facts, kept so that measures read them fast.

A session is a slot, `ordinal(date) * 32 + index of the period`. A slot holds the mark that wins there;
earlier versions are kept beside it only where there are several. `notable` are the dates with a
mark that some measure counts; a measure whose codes are all such looks at no others.
"""

from __future__ import annotations

import bisect
import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence

from .days import Beyond, Calendar, Days, Session
from .events import Document, Event, Fact, Flag, Mark, Outcome, RosterEdit, Status, precedence
from .policy import NOT_ENROLLED
from .roster import Roster, Student
from .times import DAY, NEVER, Instant

Date = datetime.date
SLOTS = 32
# The facts of a student that may turn a condition which reads neither marks nor time.
TURNING = (Status, Flag, Document)


def event_order(event: Event) -> tuple[Instant, Instant, Instant, int, str, str]:
    """Facts in order of what they are about, then of which version wins."""
    return (event.at, *precedence(event))  # type: ignore[union-attr]  # marks and edits never come here


class Shared:
    """What all students share at one instant: calendar and roster after the edits that are known. policies: the names of all that are evaluated."""

    def __init__(self, calendar: Calendar, roster: Roster, policies: Collection[str] = ()) -> None:
        self.calendar = calendar
        self.roster = roster
        self.policies = frozenset(policies)
        self.zone = calendar.of("").zone
        self.periods = {period.name: index for index, period in enumerate(calendar.periods)}
        if len(self.periods) > SLOTS:
            raise ValueError(f"a calendar has at most {SLOTS} sessions a day")


class History:
    """The visible facts of one student. Changed only by `add` and `remove`."""

    level = "student"

    def __init__(self, student: str, shared: Shared, quiet: frozenset[str]) -> None:
        self.student = student
        self.quiet = quiet
        self.slots: dict[int, Mark] = {}
        # No slot before it ever held a mark.
        self.oldest = NEVER
        self.versions: dict[int, list[Mark]] = {}
        # Of marks without an id: how many of a slot are void, and which version each but the first was when it came.
        self.void: dict[int, int] = {}
        self.numbered: dict[Mark, int] = {}
        self.notable: list[int] = []
        self.dated: dict[int, list[Event]] = {}
        # The dates that ever had a fact by which who is covered may change.
        self.turned: set[int] = set()
        self.statuses: list[Status] = []
        self.flags: dict[str, list[Flag]] = {}
        self.outcomes: list[Outcome] = []
        self.documents: list[Document] = []
        self.facts: list[Fact] = []
        self.edits: list[RosterEdit] = []
        # How often the roster was edited: what was found before may be otherwise on every date.
        self.edited = 0
        self.share(shared)

    def share(self, shared: Shared) -> None:
        """Take another calendar and roster."""
        self.shared = shared
        self.zone = shared.zone
        row = shared.roster.row(self.student, Date.max)
        self._days = shared.calendar.of(row.school if row else "")
        self._single = len(shared.roster.rows(self.student)) < 2 and not self.edits
        self._bounds: list[Date] | None = None
        starts = [row.start for row in shared.roster.rows(self.student)]
        self._arrives = min((start for start in starts if start is not None), default=None) if None not in starts else None

    # --- facts -----------------------------------------------------------------------------------

    def slot(self, mark: Mark) -> int | None:
        """Where a mark belongs; None for a period that the calendar does not know."""
        index = self.shared.periods.get(mark.session)
        return None if index is None else mark.date.toordinal() * SLOTS + index

    def add(self, event: Event) -> None:
        """A fact becomes visible."""
        if isinstance(event, Mark):
            self._add_mark(event)
        elif isinstance(event, RosterEdit):
            self.edits.append(event)
            self.edits.sort(key=lambda edit: (edit.start or Date.min, *precedence(edit)))
            self._single = False
            self._bounds = None
            self.edited += 1
        else:
            bisect.insort(self.events_of(event), event, key=event_order)
            ordinal = self.zone.date(event.at).toordinal()  # type: ignore[union-attr]  # only dated facts come here
            self.dated.setdefault(ordinal, []).append(event)
            if isinstance(event, TURNING):
                self.turned.add(ordinal)

    def remove(self, event: Event) -> None:
        """A fact is void."""
        if isinstance(event, Mark):
            self._remove_mark(event)
        elif isinstance(event, RosterEdit):
            self.edits.remove(event)
            self._bounds = None
            self.edited += 1
        else:
            self.events_of(event).remove(event)
            self.dated[self.zone.date(event.at).toordinal()].remove(event)  # type: ignore[union-attr]

    def events_of(self, event: Event) -> list:  # type: ignore[type-arg]  # one list for each type of event
        if isinstance(event, Flag):
            return self.flags.setdefault(event.flag, [])
        if isinstance(event, Status):
            return self.statuses
        if isinstance(event, Outcome):
            return self.outcomes
        return self.documents if isinstance(event, Document) else self.facts

    def fill(self, marks: Mapping[int, Mark]) -> None:
        """Marks of ordinary presence become visible, each alone in its slot."""
        self.slots.update(marks)
        self.oldest = min(self.oldest, *marks)

    def _add_mark(self, mark: Mark) -> None:
        slot = self.slot(mark)
        if slot is None:
            return
        self.oldest = min(self.oldest, slot)
        held = self.slots.get(slot)
        if not mark.id and (number := self.number(slot)) > 1:
            self.numbered[mark] = number
        if held is None and mark.code in self.quiet:
            self.slots[slot] = mark  # its date is as notable as it was
            return
        if held is not None:
            versions = self.versions.setdefault(slot, [held])
            bisect.insort(versions, mark, key=precedence)
            mark = versions[-1]
        self.slots[slot] = mark
        self._note(slot // SLOTS)

    def _remove_mark(self, mark: Mark) -> None:
        slot = self.slot(mark)
        if slot is None:
            return
        self.count_void(slot)
        versions = self.versions.get(slot)
        if versions is None:
            del self.slots[slot]
        else:
            versions.remove(mark)
            self.slots[slot] = versions[-1]
            if len(versions) == 1:
                del self.versions[slot]
        self._note(slot // SLOTS)

    def number(self, slot: int) -> int:
        """Which version of its session the next mark is."""
        return (len(self.versions.get(slot, ())) or int(slot in self.slots)) + self.void.get(slot, 0) + 1

    def count_void(self, slot: int) -> None:
        """A version is void: those after it keep their numbers."""
        self.void[slot] = self.void.get(slot, 0) + 1

    def _note(self, ordinal: int) -> None:
        notable = any(mark is not None and (mark.code not in self.quiet) for mark in self._on(ordinal))
        index = bisect.bisect_left(self.notable, ordinal)
        present = index < len(self.notable) and self.notable[index] == ordinal
        if notable and not present:
            self.notable.insert(index, ordinal)
        elif present and not notable:
            del self.notable[index]

    def _on(self, ordinal: int) -> Iterator[Mark | None]:
        base = ordinal * SLOTS
        for index in range(len(self.shared.periods)):
            yield self.slots.get(base + index)

    def elsewhere(self, event: Event, policy: str) -> bool:
        """Whether an event is an outcome of an item of another policy of this evaluation: one outcome does one item (I19)."""
        if not isinstance(event, Outcome) or not event.item:
            return False
        whose = event.item.partition("/")[0]
        return whose != policy and whose in self.shared.policies

    # --- the calendar and the roster as they are for this student ----------------------------------

    def days(self, date: Date) -> Days:
        """The calendar of the school that the student belongs to on a date."""
        if self._single:
            return self._days
        return self.shared.calendar.of(self.column("school", date))

    def school_days(self, first: Date, last: Date) -> Sequence[Date]:
        """The school days from `first` to `last`, each by the calendar of the school that the student belonged to on it (I14)."""
        if self._single:
            days = self._days.school_days
            return days[bisect.bisect_left(days, first) : bisect.bisect_right(days, last)]
        dates = (Date.fromordinal(ordinal) for ordinal in range(first.toordinal(), last.toordinal() + 1))
        return [date for date in dates if self.days(date).is_school_day(date)]

    def school_days_back(self, first: Date, last: Date) -> Iterator[Date]:
        """The school days from `last` back to `first`, found one by one."""
        if self._single:
            days = self._days.school_days
            for index in range(bisect.bisect_right(days, last) - 1, bisect.bisect_left(days, first) - 1, -1):
                yield days[index]
            return
        for ordinal in range(last.toordinal(), first.toordinal() - 1, -1):
            date = Date.fromordinal(ordinal)
            if self.days(date).is_school_day(date):
                yield date

    @property
    def begins(self) -> Instant:
        """The first instant of the calendar."""
        return self.zone.midnight(self.days(Date.max).first)

    def calendars(self) -> list[Days]:
        """The days of every school that the student ever belongs to."""
        if self._single:
            return [self._days]
        schools = [row.school for row in self.shared.roster.rows(self.student)]
        schools += [edit.value for edit in self.edits if edit.column == "school"]
        return [self.shared.calendar.of(school) for school in dict.fromkeys(schools or [""])]

    def on_roster(self, date: Date) -> bool:
        """Whether a row of the roster holds on a date, or an edit has put the student there."""
        rows = self.shared.roster.rows(self.student)
        if not rows:
            return any(edit.start is None or edit.start <= date for edit in self.edits)
        return any((row.start is None or row.start <= date) and (row.end is None or date <= row.end) for row in rows)

    def awaited(self, date: Date, close: Instant) -> bool:
        """Whether a student has not come yet at the close of a date: no row of theirs in the roster has begun, and nothing is recorded of them (J12)."""
        if self._arrives is None or date >= self._arrives:
            return False
        ordinal = date.toordinal()
        recorded = any(event.at <= close for events in self.dated.values() for event in events)  # type: ignore[union-attr]  # only dated facts stand here
        return not recorded and not any(slot // SLOTS <= ordinal and self.days(mark.date).holds(mark.date, mark.session) for slot, mark in self.slots.items())

    def bounds(self) -> list[Date]:
        """The dates on which another row or edit of the roster begins to hold."""
        if self._bounds is None:
            rows = self.shared.roster.rows(self.student)
            found = [date for row in rows for date in (row.start, row.end and row.end + DAY)]
            self._bounds = sorted({date for date in (*found, *(edit.start for edit in self.edits)) if date is not None})
        return self._bounds

    def turns(self, first: Date, last: Date) -> list[Date]:
        """The dates from `first` to `last` on which a status, a flag or a document may change who is covered; what comes after a close is seen at the next."""
        bounds = self.bounds()
        found = bounds[bisect.bisect_left(bounds, first) : bisect.bisect_right(bounds, last)]
        if not self.turned:
            return found
        start, stop = first.toordinal(), last.toordinal()
        return sorted({*found, *(Date.fromordinal(one) for ordinal in self.turned for one in (ordinal, ordinal + 1) if start <= one <= stop)})

    def next_turns(self, date: Date) -> list[Date]:
        """The first two dates from `date` on at which the roster alone may change who is covered."""
        bounds = self.bounds()
        return bounds[(index := bisect.bisect_left(bounds, date)) : index + 2]

    def every_date(self, first: Date, last: Date) -> list[Date]:
        """The dates of the calendar from `first` to `last`."""
        days = self.days(last)
        first, last = max(first, days.first), min(last, days.last)
        return [first + DAY * n for n in range((last - first).days + 1)]

    def first_attended(self, first: Date, at: Instant, attended: frozenset[str]) -> Instant | None:
        """The start of the first session from a date on, by an instant, that has one of the codes of attendance; None where there is none."""
        last = self.zone.date(at)
        found = (mark for slot, mark in self.slots.items() if first.toordinal() <= slot // SLOTS <= last.toordinal() and mark.code in attended)
        starts = (start for mark in found if (start := self.mark_at(mark)) is not None and start <= at)
        return min(starts, default=None)

    def roll_taken(self, sessions: Sequence[Session], unknown: Collection[str]) -> Instant | None:
        """When the last of some sessions in which the student was expected got a mark that says something; None while one has none.

        Who left before a session was expected in it until then.
        """
        taken = [sessions[0].start] if sessions else []
        for session in sessions:
            if not self.on_roster(session.date):
                continue
            if not self.enrolled(session.start):
                left = self.status(session.start)
                taken += [left.at] if left is not None else []
                continue
            slot = session.date.toordinal() * SLOTS + self.shared.periods[session.period]
            mark = self.slots.get(slot)
            if mark is None or mark.code in unknown:
                return None
            said = [version.known for version in self.versions.get(slot, (mark,)) if version.code not in unknown]
            taken.append(max(session.start, min(said)))
        return max(taken, default=None)

    def new_holder(self, role: str, level: str, date: Date) -> bool | None:
        """Whether somebody holds a role now who did not on the last day of the term before; None where no term is before (G6)."""
        before = max((term.end for term in self.days(date).terms if term.end < date), default=None)
        if before is None:
            return None
        had = set(self.holders(role, level, before))
        return any(person not in had for person in self.holders(role, level, date))

    def holders(self, role: str, level: str, date: Date) -> tuple[str, ...]:
        """The persons who hold a role for this student on a date, sorted; empty where it is vacant."""
        return self.shared.roster.holders(role, self.student if level == "student" else self.column(level, date), date)

    def handover(self, after: Date) -> Date | None:
        """The next date on which somebody else may hold a role for this student."""
        roster = self.shared.roster
        own = [row.start for row in roster.rows(self.student)] + [edit.start for edit in self.edits]
        later = roster.handovers[bisect.bisect_right(roster.handovers, after) :][:1]
        return min((*later, *(date for date in own if date is not None and date > after)), default=None)

    @property
    def only_days(self) -> Days | None:
        """The days of the one school that the student ever belongs to; None where there may be several."""
        return self._days if self._single else None

    def row(self, date: Date) -> Student | None:
        return self.shared.roster.row(self.student, date)

    def column(self, name: str, date: Date) -> str:
        """A roster column on a date, after the edits that are known."""
        value = None
        for edit in self.edits:
            if edit.column == name and (edit.start is None or edit.start <= date):
                value = edit.value
        if value is not None:
            return value
        row = self.row(date)
        return row.get(name) if row else ""

    def mark_at(self, mark: Mark) -> Instant | None:
        """The start of a mark's period in the base timetable."""
        return self.days(mark.date).mark_at(mark.date, mark.session)

    def sessions(self, date: Date) -> tuple[Session, ...]:
        """The sessions of a date; none outside the calendar."""
        try:
            return self.days(date).sessions(date)
        except Beyond:
            return ()

    def marked(self, session: Session) -> Mark | None:
        """The mark that wins in a session."""
        return self.slots.get(session.date.toordinal() * SLOTS + self.shared.periods[session.period])

    def mark_id(self, mark: Mark) -> str:
        """A mark's id, or its natural one: `<date>.<period>`, `#n` for the nth version that came."""
        if mark.id:
            return mark.id
        return natural(mark, self.numbered.get(mark, 1))

    # --- what holds at an instant --------------------------------------------------------------------

    def status(self, at: Instant) -> Status | None:
        """The newest status event at or before an instant."""
        index = bisect.bisect_right(self.statuses, at, key=lambda event: event.at)
        return self.statuses[index - 1] if index else None

    def enrolled(self, at: Instant) -> bool:
        if not self.statuses:
            return True
        status = self.status(at)
        return status is None or status.status not in NOT_ENROLLED

    def flag(self, name: str, at: Instant) -> str:
        """A flag's or attribute's value as text: the newest flag event, else the roster's column."""
        events = self.flags.get(name, ())
        index = bisect.bisect_right(events, at, key=lambda event: event.at)
        return events[index - 1].value if index else self.column(name, self.zone.date(at))


def natural(mark: Mark, number: int = 1) -> str:
    """What a mark without an id is called: `<date>.<period>`, `#n` for the nth version that came."""
    name = f"{mark.date.isoformat()}.{mark.session}"
    return name if number == 1 else f"{name}#{number}"
