"""`Engine`: events in, changes out, piece by piece; `evaluate_changes` is the same thing in one go (SEMANTICS, sections 9 and 11)."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import evolve, field, frozen

from .canonical import canonical
from .days import Calendar, Days, Edit
from .derive import Derivation
from .events import AssignmentEdit, CalendarEdit, Event, Mark, RosterEdit, Void, about, content, from_plain, precedence, to_plain, written
from .family import Family, families
from .history import SLOTS, History, Shared
from .ledger import CASE_WHATS, ITEM_WHATS, Change, Item, State, differences
from .matcher import Matcher, make
from .matcher.memo import Memo
from .policy import Policy
from .records import Record, make_record, school_of
from .roster import Assignment, Roster
from .source import Problem, Refused
from .times import Instant

NEVER = 2**62
DOUBTS = {
    "outside-calendar": "a mark outside the calendar, or in a session that it does not know",
    "no-session": "the calendar holds no such session: kept, not counted",
    "outside-policy": "no version of the policy is in force on this date",
}
SAID = {
    "for-cancelled": "the item was cancelled or lapsed before: the outcome stands alone",
    "unknown-item": "no item has ever had this id",
    "unbound": "the item that it did has moved away from it",
}
RANKS = {what: rank for rank, what in enumerate((*CASE_WHATS, *(f"item {what}" for what in ITEM_WHATS)))}


class LateKnown(Exception):
    """An event was fed that is known at or before the watermark; nothing of the call was absorbed."""


@frozen
class Report:
    """Something about an event that a person should see: kind, the event, and what is said of it."""

    kind: str
    event: Event
    message: str = ""


@frozen
class Decision:
    """One change of one student's ledger: when it was decided, its record, and the school whose chain holds it."""

    decided: Instant
    student: str
    change: Change
    record: Record = field(repr=False)
    school: str = ""


class Subject:
    """One student in the engine: what has come in, what is visible, what is derived."""

    __slots__ = ("buffer", "calm", "derivations", "history", "ids", "places", "position", "quiet", "seen", "student", "voids", "wake")

    def __init__(self, student: str, shared: Shared, plans: Iterable[Family], quiet: frozenset[str], matcher: Matcher) -> None:
        self.student = student
        self.history = History(student, shared, quiet)
        self.derivations = tuple(Derivation(family, self.history, matcher) for family in plans)
        # (visible, at, event); `at` is 0 for what is not a mark.
        self.buffer: list[tuple[Instant, Instant, Event]] = []
        self.ids: dict[str, Event] = {}
        self.seen: set[Event] = set()
        self.voids: dict[str, bool] = {}
        self.wake: Instant = NEVER
        self.quiet = all(family.quiet for family in plans)
        self.calm = self.quiet
        self.position: Instant = -NEVER
        # What is known of each session of the student's one school; None where rows of several schools must be asked.
        self.places: dict[tuple[datetime.date, str], tuple[Instant, str]] | None = None

    def everything(self) -> Iterator[Event]:
        """Every event that was taken in and counts, in order of `known`."""
        found = {id(event): event for event in (*self.ids.values(), *self.seen)}
        return iter(sorted(found.values(), key=lambda event: (event.known, *map(str, precedence(event)), str(event))))


class Engine:
    """Evaluates policies over events as they come in.

    `feed` buffers, `advance(to)` decides every instant up to `to` and returns what changed, in order.
    policies: one or more, versions of one name together. matcher: `plain`, `durable`, `both` or None for the default.
    """

    def __init__(
        self, policies: Policy | Sequence[Policy], calendar: Calendar, roster: Roster, *, matcher: str | None = None
    ) -> None:
        given = (policies,) if isinstance(policies, Policy) else tuple(policies)
        self.families = families(given)
        self.matcher = Memo(make(matcher))
        self.calendar = calendar
        self.roster = roster
        self._check(given)
        self.shared = Shared(calendar, roster)
        self.quiet = frozenset.intersection(*(family.quiet_codes for family in self.families.values()))
        self.watermark: Instant | None = None
        self.subjects: dict[str, Subject] = {}
        self.reports: list[Report] = []
        self.decisions: list[Decision] = []
        self._said: set[Report] = set()
        self.edits: list[CalendarEdit | AssignmentEdit] = []
        self._pending_edits: list[CalendarEdit | AssignmentEdit] = []
        self._buffered: set[str] = set()
        self._codes = frozenset.intersection(*(frozenset(version.policy.marks) for family in self.families.values() for version in family.versions))
        # INVARIANT: calendars that were used are kept, so the id of their days is their own.
        self._places: dict[int, dict[tuple[datetime.date, str], tuple[Instant, str]]] = {}
        self._calendars = [calendar]
        if not all(family.quiet for family in self.families.values()):
            for student in roster.ids():  # time alone can open a case: a child of whom nothing was recorded is judged too
                self._subject(student)

    def _check(self, policies: Sequence[Policy]) -> None:
        problems = []
        for policy in policies:
            if policy.timezone != self.calendar.timezone:
                message = f"policy `{policy.name}` is written for `{policy.timezone}`, the calendar for `{self.calendar.timezone}`"
                problems.append(Problem("other-timezone", message))
            late = [period.name for period in self.calendar.periods if period.start >= policy.day.closes]
            closes, advice = f"{policy.day.closes:%H:%M}", "let `day: closes:` be later than the last session's start"
            problems += [Problem("session-after-close", f"session `{name}` starts at or after the close of the day, {closes}", help=advice) for name in late]
        if problems:
            raise Refused(problems)

    # --- taking in --------------------------------------------------------------------------------------

    def feed(self, events: Iterable[Event], *, received: Instant | None = None) -> list[Event]:
        """Take events in, in any order; return them as stamped, to be stored.

        received: stamps `known = max(known, received)` and keeps the old value as `recorded`.
        Raises `LateKnown`, absorbing nothing, for a new event known at or before the watermark.
        """
        stamped = list(events) if received is None else [stamp(event, received) for event in events]
        fresh = stamped
        if self.watermark is not None:
            fresh = [event for event in stamped if event.known > self.watermark or not self._absorbed(event)]
            late = [event for event in fresh if event.known <= self.watermark]
            if late:
                raise LateKnown(f"{len(late)} events are known at or before the watermark, first {late[0]!r}")
        for event in fresh:
            if type(event) is Mark:
                self._take_mark(event)
            else:
                self._take(event)
        return stamped

    def _absorbed(self, event: Event) -> bool:
        if isinstance(event, (AssignmentEdit, CalendarEdit)):
            return any(_same(event, other) for other in self.edits)
        subject = self.subjects.get(about(event))
        if subject is None:
            return False
        if not event.id:
            return event in subject.seen
        old = subject.ids.get(event.id)
        return old is not None and _same(event, old)

    def _take(self, event: Event) -> None:
        if isinstance(event, (AssignmentEdit, CalendarEdit)):
            self._take_edit(event)
            return
        student = about(event)
        subject = self.subjects.get(student)
        if subject is None:
            if not student:
                self.reports.append(Report("not-used", event, "facts about groups are not evaluated yet"))
                return
            subject = self._subject(student)
        counted = self._counted(subject, event)
        if counted is not None:
            subject.buffer.append((max(counted.known, getattr(counted, "at", 0)), 0, counted))
            self._buffered.add(student)

    def _take_mark(self, mark: Mark) -> None:
        subject = self.subjects.get(mark.student) or self._subject(mark.student)
        counted = self._counted(subject, mark)
        if counted is None:
            return
        places = subject.places
        if places is None:
            places = self._places_of(subject.history.days(mark.date))
        place = mark.date, mark.session
        known = places.get(place)
        if known is None:
            known = places[place] = self._place(subject.history.days(mark.date), mark)
        at, kind = known
        if kind or mark.code not in self._codes:
            self._doubt(mark, kind)
            if kind == "outside-calendar":
                return
        subject.buffer.append((max(at, counted.known), at, counted))
        self._buffered.add(mark.student)

    def _counted(self, subject: Subject, event: Event) -> Event | None:
        """The event if it counts: not a duplicate of one that is there, nor the later of two contents under one id."""
        if not event.id:
            if event in subject.seen:
                return None
            subject.seen.add(event)
            return event
        old = subject.ids.get(event.id)
        if old is not None:
            first = self._clash(subject, old, event)
            if first is None:
                return None
            event = first
        subject.ids[event.id] = event
        return event

    def _places_of(self, days: Days) -> dict[tuple[datetime.date, str], tuple[Instant, str]]:
        return self._places.setdefault(id(days), {})

    def _place(self, days: Days, mark: Mark) -> tuple[Instant, str]:
        """A mark's `at`, and what is odd about its place, empty where nothing is."""
        at = days.mark_at(mark.date, mark.session)
        if at is None:
            return 0, "outside-calendar"
        if not any(session.period == mark.session for session in days.sessions(mark.date)):
            return at, "no-session"
        return at, "" if all(family.at(mark.date) for family in self.families.values()) else "outside-policy"

    def _doubt(self, mark: Mark, kind: str) -> None:
        if kind:
            self.reports.append(Report(kind, mark, DOUBTS[kind]))
        if mark.code not in self._codes:
            self.reports.append(Report("unknown-code", mark, f"code `{mark.code}` is not in the policy: it counts as unknown"))

    def _places_for(self, subject: Subject) -> dict[tuple[datetime.date, str], tuple[Instant, str]] | None:
        days = subject.history.only_days
        return None if days is None else self._places_of(days)

    def _take_edit(self, event: CalendarEdit | AssignmentEdit) -> None:
        known = [other for other in (*self.edits, *self._pending_edits) if other == event or event.id and other.id == event.id]
        if not known:
            self._pending_edits.append(event)
            return
        old = known[0]
        first = min(old, event, key=_first)
        if not _same(old, event):
            self.reports.append(Report("id-clash", event if first is old else old, f"another event has the id `{event.id}` and came first"))
        if first is event and old in self._pending_edits:
            self._pending_edits[self._pending_edits.index(old)] = event

    def _subject(self, student: str) -> Subject:
        subject = self.subjects[student] = Subject(student, self.shared, self.families.values(), self.quiet, self.matcher)
        subject.places = self._places_for(subject)
        if not subject.quiet:
            date = subject.history.days(datetime.date.max).first
            subject.wake = min(self.shared.zone.instant(date, family.closes(date)) for family in self.families.values())
        return subject

    def _clash(self, subject: Subject, old: Event, new: Event) -> Event | None:
        """Two events of one id: the smaller (known, canonical bytes) counts."""
        same = _same(old, new)
        first = min(old, new, key=_first)
        if not same:
            loser = new if first is old else old
            self.reports.append(Report("id-clash", loser, f"another event has the id `{loser.id}` and came first"))
        if first is old:
            return None
        subject.buffer = [entry for entry in subject.buffer if entry[2] is not old]
        return first

    # --- deciding -----------------------------------------------------------------------------------------

    def advance(self, to: Instant) -> list[Decision]:
        """Decide every instant up to `to`; return what changed, ordered as records are (SEMANTICS, section 10)."""
        decisions: list[Decision] = []
        edits = sorted((edit for edit in self._pending_edits if edit.known <= to), key=precedence_known)
        self._pending_edits = [edit for edit in self._pending_edits if edit.known > to]
        while edits:
            at = edits[0].known
            group = [edit for edit in edits if edit.known == at]
            edits = edits[len(group) :]
            self._advance_subjects(at - 1, decisions)
            self._share(group, at, decisions)
        self._advance_subjects(to, decisions)
        self.watermark = to if self.watermark is None else max(to, self.watermark)
        decisions.sort(key=_order)
        self.decisions += decisions
        return decisions

    def _advance_subjects(self, to: Instant, decisions: list[Decision]) -> None:
        due = self._buffered | {student for student, subject in self.subjects.items() if subject.wake <= to}
        self._buffered = set()
        for student in due:
            subject = self.subjects[student]
            self._run(subject, to, decisions)
            if subject.buffer:
                self._buffered.add(student)

    def _run(self, subject: Subject, to: Instant, decisions: list[Decision]) -> None:
        events = subject.buffer
        if len(events) > 1:
            events.sort(key=_visible_first)
        index, count = 0, len(events)
        while True:
            at = events[index][0] if index < count else NEVER
            if subject.wake <= at:
                at = subject.wake
            elif subject.calm and at <= to:
                index, at = self._skip(subject, events, index, min(to, subject.wake - 1))
                at = min(at, subject.wake)
            if at > to:
                break
            fresh = []
            while index < count and events[index][0] == at:
                fresh.append(events[index][2])
                index += 1
            past = self._absorb(subject, fresh)
            self._derive(subject, at, past, fresh, decisions)
        subject.buffer = events[index:]

    def _skip(self, subject: Subject, events: list[tuple[Instant, Instant, Event]], index: int, until: Instant) -> tuple[int, Instant]:
        """Take marks that come in time order and can change nothing as they are (`clocks.is_quiet`); the next event and its instant."""
        quiet, slots, position, voids = self.quiet, subject.history.slots, subject.position, subject.voids
        periods = subject.history.shared.periods
        count = len(events)
        while index < count:
            visible, at, event = events[index]
            if visible > until or type(event) is not Mark or event.code not in quiet or at <= position or voids:
                return index, visible
            slot = event.date.toordinal() * SLOTS + periods[event.session]
            if slot in slots:
                return index, visible
            slots[slot] = event
            index += 1
        return index, NEVER

    def _absorb(self, subject: Subject, events: Sequence[Event]) -> bool:
        """Make facts visible; whether any lies in the derivations' past."""
        past = False
        position = max((derivation.position for derivation in subject.derivations if derivation.position is not None), default=None)
        for event in events:
            if isinstance(event, Void):
                past = self._void(subject, event) or past
            elif subject.voids and self._is_void(subject, event):
                continue
            else:
                subject.history.add(event)
                if isinstance(event, RosterEdit):
                    subject.places = None
                past = past or self._is_past(subject, event, position)
        return past

    def _is_past(self, subject: Subject, event: Event, position: Instant | None) -> bool:
        if position is None:
            return False
        if isinstance(event, Mark):
            at = subject.history.mark_at(event)
            return at is not None and at <= position
        at = getattr(event, "at", None)
        return at is None or at <= position

    def _is_void(self, subject: Subject, event: Event) -> bool:
        if event.id or not isinstance(event, Mark):
            return event.id in subject.voids
        slot = subject.history.slot(event)
        held = slot in subject.history.slots
        versions = len(subject.history.versions.get(slot, ())) or int(held) if slot is not None else 0
        natural = f"{event.date.isoformat()}.{event.session}"
        return (natural if versions == 0 else f"{natural}#{versions + 1}") in subject.voids

    def _void(self, subject: Subject, void: Void) -> bool:
        if void.target in subject.voids:
            return False
        target = subject.ids.get(void.target)
        if target is None:
            target = self._natural(subject, void.target)
        if isinstance(target, Void):
            self.reports.append(Report("void-of-void", void, "a void cannot be void"))
            return False
        subject.voids[void.target] = True
        if target is None or not self._is_in(subject, target):
            return False
        subject.history.remove(target)
        return True

    def _natural(self, subject: Subject, name: str) -> Event | None:
        history = subject.history
        for slot, mark in history.slots.items():
            for version in history.versions.get(slot, (mark,)):
                if not version.id and history.mark_id(version) == name:
                    return version
        return None

    def _is_in(self, subject: Subject, event: Event) -> bool:
        history = subject.history
        if isinstance(event, Mark):
            slot = history.slot(event)
            held = history.slots.get(slot) if slot is not None else None
            return held is not None and (held is event or event in history.versions.get(slot, ()))  # type: ignore[arg-type]  # slot is known here
        if not hasattr(event, "at"):
            return event in history.edits
        return event in history.events_of(event)

    def _derive(self, subject: Subject, at: Instant, past: bool, fresh: Sequence[Event], decisions: list[Decision]) -> None:
        for derivation in subject.derivations:
            before = derivation.state
            after = derivation.derive(at, past)
            if after is not before:
                decisions += [
                    Decision(at, subject.student, change, make_record(change, at, subject.student, derivation, fresh), school_of(change, derivation))
                    for change in differences(before, after)
                ]
            self._report(derivation)
        wakes = [wake for derivation in subject.derivations if (wake := derivation.wake(at)) is not None]
        subject.wake = min(wakes, default=NEVER)
        subject.position = at
        subject.calm = subject.quiet and not any(derivation.dense for derivation in subject.derivations)

    def _report(self, derivation: Derivation) -> None:
        """What a person should see about outcomes: for a cancelled item, for none, or loosened from theirs."""
        for kind, outcome in derivation.items.take_reports():
            report = Report(kind, outcome, SAID[kind])
            if report not in self._said:
                self._said.add(report)
                self.reports.append(report)

    def _share(self, edits: Sequence[CalendarEdit | AssignmentEdit], at: Instant, decisions: list[Decision]) -> None:
        """Edits of what all students share: calendar and role assignments."""
        self.edits += edits
        dated = sorted((edit for edit in self.edits if isinstance(edit, CalendarEdit)), key=precedence)
        held = sorted((edit for edit in self.edits if isinstance(edit, AssignmentEdit)), key=precedence)
        calendar = self.calendar.edited(*(Edit(edit.date, edit.school, edit.plan, edit.office) for edit in dated))
        roster = Roster(self.roster.students, (*self.roster.assignments, *(Assignment(edit.role, edit.of, edit.person, edit.start, edit.end) for edit in held)))
        moved = any(isinstance(edit, CalendarEdit) for edit in edits)
        self.shared = Shared(calendar, roster)
        self._calendars.append(calendar)
        for subject in self.subjects.values():
            subject.history.share(self.shared)
            subject.places = self._places_for(subject)
            events = [event for visible, _, event in subject.buffer if visible == at]
            subject.buffer = [entry for entry in subject.buffer if entry[0] != at]
            past = self._absorb(subject, events)
            if moved or past or any(derivation.state.items for derivation in subject.derivations):
                for derivation in subject.derivations:
                    derivation.items.reassign(at)
                self._derive(subject, at, moved or past, [*events, *edits], decisions)

    # --- stopping and going on ------------------------------------------------------------------------------------

    def snapshot(self) -> dict[str, object]:
        """Everything that a later process needs to go on, as plain values for JSON.

        It holds the stamped events and the watermark; the state is a pure function of them (SEMANTICS, section 7)
        and `resume` derives it again.
        """
        events = [event for subject in self.subjects.values() for event in subject.everything()]
        shared = [*self.edits, *self._pending_edits]
        return {"format": 1, "watermark": self.watermark, "inputs": self._inputs(), "events": [to_plain(event) for event in (*shared, *events)]}

    @classmethod
    def resume(
        cls, snapshot: Mapping[str, object], policies: Policy | Sequence[Policy], calendar: Calendar, roster: Roster, *, matcher: str | None = None
    ) -> Engine:
        """An engine that goes on from a snapshot. Raises `Refused` where policies, calendar or roster are not those it was taken with."""
        engine = cls(policies, calendar, roster, matcher=matcher)
        if snapshot.get("format") != 1:
            raise Refused([Problem("snapshot-format", f"a snapshot of format `{snapshot.get('format')}` cannot be read by this version")])
        before, now = snapshot["inputs"], engine._inputs()
        changed = [name for name in sorted({*before, *now}) if before.get(name) != now.get(name)]  # type: ignore[misc,attr-defined]  # plain values of format 1
        if changed:
            listed = ", ".join(f"`{name}`" for name in changed)
            advice = "give a changed policy as a further version, and changes of calendar and roster as events"
            raise Refused([Problem("other-inputs", f"the snapshot was taken with other inputs: {listed}", help=advice)])
        engine.feed([from_plain(plain) for plain in snapshot["events"]])  # type: ignore[attr-defined]  # plain values of format 1
        watermark = snapshot["watermark"]
        if isinstance(watermark, int):
            engine.advance(watermark)
        return engine

    def _inputs(self) -> dict[str, str]:
        found = {
            f"policy {version.policy.name}@{version.policy.version}": version.policy.digest or _digest(version.policy)
            for family in self.families.values() for version in family.versions
        }
        return {**found, "calendar": _digest(self.calendar), "roster": _digest(self.roster)}

    # --- asking -------------------------------------------------------------------------------------------------

    def states(self) -> dict[str, dict[str, State]]:
        """What stands for every student, by student and policy name."""
        return {
            student: {derivation.family.name: derivation.state for derivation in subject.derivations}
            for student, subject in sorted(self.subjects.items())
        }

    def items(self, at: Instant | None = None) -> list[Item]:
        """Every action item as it stands, or as it stood at an instant, by student and id."""
        return standing(self.decisions, at)

    def as_known(self, at: Instant) -> list[Decision]:
        """What had been decided by an instant; no later fact can change it."""
        return [decision for decision in self.decisions if decision.decided <= at]


def standing(decisions: Iterable[Decision], at: Instant | None = None) -> list[Item]:
    """The items that decisions left standing, folded in order, by student and id."""
    found: dict[tuple[str, str], Item] = {}
    for decision in decisions:
        new = decision.change.new
        if isinstance(new, Item) and (at is None or decision.decided <= at):
            if new.replaces and new.replaces != new.id:
                found.pop((decision.student, new.replaces), None)
            found[decision.student, new.id] = new
    return [found[key] for key in sorted(found)]


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()


def stamp(event: Event, received: Instant) -> Event:
    """An event as the edge takes it in: known when it was received, recorded when its source wrote it."""
    return evolve(event, known=received, recorded=written(event)) if received > event.known else event


def precedence_known(edit: CalendarEdit | AssignmentEdit) -> tuple[Instant, tuple[Instant, Instant, int, str]]:
    """Edits in the order in which they become known; of those known together, the one that wins is last."""
    return edit.known, precedence(edit)


def _same(one: Event, other: Event) -> bool:
    if one is other:
        return True
    return content(one) == content(other) if one.id or other.id else one == other


def _first(event: Event) -> tuple[Instant, bytes]:
    """Of two events of one id, the least of these counts: (known, canonical bytes)."""
    return event.known, canonical({key: value if isinstance(value, (str, int)) else str(value) for key, value in to_plain(event).items()})


def _visible_first(entry: tuple[Instant, Instant, Event]) -> Instant:
    return entry[0]


def _order(decision: Decision) -> tuple[object, ...]:
    new = decision.change.new
    case = new.case if isinstance(new, Item) else new.number
    what = f"item {decision.change.what}" if isinstance(new, Item) else decision.change.what
    subject = new.id if isinstance(new, Item) else ""
    return (decision.decided, decision.student.encode(), new.policy.encode(), new.ladder.encode(), case, RANKS[what], subject.encode())


def evaluate_changes(
    policies: Policy | Sequence[Policy], calendar: Calendar, roster: Roster, events: Iterable[Event], until: Instant, *, matcher: str | None = None
) -> list[tuple[Instant, str, Change]]:
    """Every change decided up to `until`, in order, from events given in any order."""
    engine = Engine(policies, calendar, roster, matcher=matcher)
    engine.feed(event for event in events if event.known <= until)
    return [(decision.decided, decision.student, decision.change) for decision in engine.advance(until)]
