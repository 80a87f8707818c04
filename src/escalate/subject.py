"""One student as the engine keeps it: what waits, what is visible, what is derived (SEMANTICS, sections 7 and 9)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TypeVar

from .decisions import Decision, Report
from .derive import Derivation
from .events import AssignmentEdit, CalendarEdit, Event, Mark, Outcome, RosterEdit, Void, as_known, precedence
from .history import History, natural
from .ledger import differences
from .messages import say
from .records import Scribe
from .times import NEVER, Instant

Kind = TypeVar("Kind")
SAID = {
    "for-cancelled": say("the item was cancelled or lapsed before: the outcome stands alone"),
    "unknown-item": say("no item has ever had this id"),
    "unbound": say("the item that it did was taken back, or moved away from it"),
}
# When an event becomes visible, its `at` (0 for what is not a mark), the event.
Waiting = tuple[Instant, Instant, Event]
# Where the marks of a date and a session stand: `at` and slot.
Places = dict[datetime.date, dict[str, tuple[Instant, int]]]


class Subject:
    """One student. Marks that can change nothing as they are wait in `ordinary`, by slot; all else waits in `buffer`."""

    __slots__ = (
        "buffer", "calm", "day_codes", "derivations", "history", "hushed", "ids", "ordinary", "ordinary_until", "places", "position", "quiet", "quiet_codes",
        "reports", "said", "seen", "still", "student", "voids", "wake",
    )

    def __init__(self, history: History, derivations: Sequence[Derivation], reports: list[Report]) -> None:
        self.student = history.student
        self.quiet_codes = history.quiet
        self.day_codes = frozenset.intersection(*(derivation.family.day_codes for derivation in derivations)) if derivations else frozenset()
        self.history = history
        self.derivations = tuple(derivations)
        self.buffer: list[Waiting] = []
        self.ordinary: dict[int, Mark] = {}
        self.ordinary_until: Instant = -NEVER
        self.places: Places = {}
        self.ids: dict[str, Event] = {}
        self.seen: set[Event] = set()
        self.voids: set[str] = set()
        self.reports = reports
        self.said: set[Report] = set()
        self.position: Instant = -NEVER
        self.wake: Instant = NEVER
        self.quiet = all(derivation.family.quiet for derivation in derivations)
        self.wake_up()
        self._look()

    def wake_up(self) -> None:
        """When something may first happen that no fact brings about."""
        wakes = [at for derivation in self.derivations for at in derivation.cases.wake(-NEVER)]
        if not self.quiet:
            wakes.append(self._close(self.history.days(datetime.date.max).first))
        self.wake = min(wakes, default=NEVER)

    def _look(self) -> None:
        """calm: ordinary presence need not be judged. still: no mark need be judged before the close of its date; hushed: no ordinary presence."""
        self.calm = not any(derivation.dense for derivation in self.derivations)
        self.still = all(derivation.still for derivation in self.derivations)
        self.hushed = all(derivation.hushed for derivation in self.derivations)

    def everything(self) -> Iterator[Event]:
        """Every event that was taken in and counts, in order of `known`."""
        found = {id(event): event for event in (*self.ids.values(), *self.seen)}
        return iter(sorted(found.values(), key=as_known))

    def taken(self, kind: type[Kind]) -> Iterator[Kind]:
        """The events of one type that were taken in and count, in no order."""
        return (event for event in chain(self.ids.values(), self.seen) if isinstance(event, kind))

    def forget(self, event: Event) -> None:
        """An event that waits was never taken in."""
        self.gather()
        self.buffer = [entry for entry in self.buffer if entry[2] is not event]

    # --- what waits becomes visible -------------------------------------------------------------------

    def settle(self, to: Instant) -> bool:
        """Make the ordinary marks visible up to `to` where nothing else can happen; whether that was all."""
        if self.buffer or self.wake <= to or self.ordinary_until > to:
            return False
        if self.ordinary:
            self.history.fill(self.ordinary)
        self.ordinary.clear()
        return True

    def gather(self) -> None:
        """Let the ordinary marks wait with all else."""
        for mark in self.ordinary.values():
            at, _ = self.places[mark.date][mark.session]
            self.buffer.append((max(at, mark.known), at, mark))
        self.ordinary.clear()

    def run(self, to: Instant, decisions: list[Decision]) -> None:
        """Everything up to `to`, instant by instant."""
        self.gather()
        waiting = sorted(self.buffer, key=_visible)
        count = len(waiting)
        index = 0
        while True:
            index = self._pass(waiting, index, min(to, self.wake - 1))
            at = min(waiting[index][0] if index < count else NEVER, self.wake)
            if at > to:
                break
            fresh = []
            while index < count and waiting[index][0] == at:
                fresh.append(waiting[index][2])
                index += 1
            fresh.sort(key=precedence)  # in whatever order they were fed
            self.derive(at, self.absorb(fresh), fresh, decisions)
        self.buffer = waiting[index:]

    def _pass(self, waiting: Sequence[Waiting], index: int, until: Instant) -> int:
        """Make marks visible that need no judging now; where that ends."""
        count = len(waiting)
        while index < count and waiting[index][0] <= until:
            marks = self._passing(waiting, index)
            if not marks:
                break
            for mark in marks if len(marks) == 1 else sorted(marks, key=precedence):
                self.history.add(mark)
                if not self.calm or mark.code not in self.quiet_codes:
                    self.wake = min(self.wake, self._close(mark.date))
            index += len(marks)
            until = min(until, self.wake - 1)
        return index

    def _passing(self, waiting: Sequence[Waiting], index: int) -> list[Mark]:
        """All that becomes visible together, if nothing of it needs judging: else a record would not cite all that came."""
        marks = []
        together = waiting[index][0]
        while index < len(waiting) and waiting[index][0] == together:
            visible, at, event = waiting[index]
            if not isinstance(event, Mark) or at <= self.position or self.voids and self._may_be_void(event):
                return []
            quiet = event.code in self.quiet_codes
            waits = self.still or self.hushed and quiet or self.calm and event.code in self.day_codes
            if not (self.calm and quiet or waits and visible < self._close(event.date)):
                return []
            marks.append(event)
            index += 1
        return marks

    def _close(self, date: datetime.date) -> Instant:
        return min(self.history.zone.instant(date, derivation.family.closes(date)) for derivation in self.derivations)

    # --- what is visible --------------------------------------------------------------------------------

    def absorb(self, events: Sequence[Event]) -> bool:
        """Make facts visible; whether any lies in the derivations' past."""
        past = False
        position = max((derivation.position for derivation in self.derivations if derivation.position is not None), default=None)
        for event in events:
            if isinstance(event, Void):
                past = self._void(event) or past
            elif self.voids and self.is_void(event):
                if isinstance(event, Mark) and (slot := self.history.slot(event)) is not None:
                    self.history.count_void(slot)
            else:
                self.history.add(event)
                if isinstance(event, RosterEdit):
                    self.places = {}  # another school has other places
                past = past or self._is_past(event, position)
        return past

    def _is_past(self, event: Event, position: Instant | None) -> bool:
        if position is None:
            return False
        if isinstance(event, Mark):
            at = self.history.mark_at(event)
            return at is not None and at <= position
        at = getattr(event, "at", None)
        return at is None or at <= position

    def is_void(self, event: Event) -> bool:
        """Whether a visible void takes an event back."""
        if event.id or not isinstance(event, Mark):
            return event.id in self.voids
        slot = self.history.slot(event)
        return natural(event, self.history.number(slot) if slot is not None else 1) in self.voids

    def _may_be_void(self, mark: Mark) -> bool:
        """Whether a visible void may take a mark back, whichever version of its session it turns out to be."""
        return mark.id in self.voids if mark.id else any(name.partition("#")[0] == natural(mark) for name in self.voids)

    def _void(self, void: Void) -> bool:
        if void.target in self.voids:
            return False
        target = self.ids.get(void.target) or self._natural(void.target)
        if isinstance(target, Void):
            self.reports.append(Report("void-of-void", void, say("a void cannot be void")))
            return False
        self.voids.add(void.target)
        if target is None or not self._is_in(target):
            return False
        self.history.remove(target)
        return True

    def knows(self, name: str) -> bool:
        """Whether an event of this id, or a mark of this natural id, has come."""
        first = name.partition("#")[0]
        return name in self.ids or any(isinstance(mark, Mark) and natural(mark) == first for mark in self.seen)

    def stands(self, name: str) -> Event | None:
        """The event of a name, if it is visible and not void."""
        found = self.ids.get(name) or self._natural(name)
        return found if found is not None and not isinstance(found, Void) and self._is_in(found) else None

    def _natural(self, name: str) -> Event | None:
        history = self.history
        for slot, mark in history.slots.items():
            for version in history.versions.get(slot, (mark,)):
                if not version.id and history.mark_id(version) == name:
                    return version
        return None

    def _is_in(self, event: Event) -> bool:
        history = self.history
        if isinstance(event, Mark):
            slot = history.slot(event)
            held = history.slots.get(slot) if slot is not None else None
            return held is not None and (held is event or event in history.versions.get(slot, ()))  # type: ignore[arg-type]  # slot is known here
        if not hasattr(event, "at"):
            return event in history.edits
        return event in history.events_of(event)

    # --- what is derived ----------------------------------------------------------------------------------

    def derive(self, at: Instant, past: bool, fresh: Sequence[Event], decisions: list[Decision]) -> None:
        """Derive every policy at an instant; add what changed to `decisions`."""
        for derivation in self.derivations:
            before = derivation.state
            after = derivation.derive(at, past)
            if after is not before:
                scribe = Scribe(derivation, at, fresh)
                decisions += [
                    Decision(at, self.student, change, scribe.record(change), scribe.school(change), self.history.level)
                    for change in differences(before, after)
                ]
            self._hear(derivation.items.take_reports())
        wakes = [wake for derivation in self.derivations if (wake := derivation.wake(at)) is not None]
        self.wake = min(wakes, default=NEVER)
        self.position = at
        self._look()

    def meet(self, edits: Sequence[CalendarEdit | AssignmentEdit], at: Instant, moved: bool, decisions: list[Decision]) -> None:
        """Edits of what all students share, of the instant `at`; moved: the calendar is another one."""
        events = [event for visible, _, event in self.buffer if visible == at]
        self.buffer = [entry for entry in self.buffer if entry[0] != at]
        past = self.absorb(events)
        if moved or events or any(derivation.state.items for derivation in self.derivations):
            self.derive(at, moved or past, [*events, *edits], decisions)
        else:
            self._look()  # a void may have come that waits for what it names

    def _hear(self, told: Iterable[tuple[str, Outcome]]) -> None:
        """Reports on outcomes: for a cancelled item, for none, or loosened from theirs; each is said once."""
        for kind, outcome in told:
            report = Report(kind, outcome, SAID[kind])
            if report not in self.said:
                self.said.add(report)
                self.reports.append(report)


def _visible(entry: Waiting) -> Instant:
    return entry[0]
