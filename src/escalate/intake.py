"""Taking events in: what is there already, what clashes, what is odd, and where each waits for its student (SEMANTICS, section 2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .canonical import canonical
from .days import Days
from .decisions import Report
from .derive import Derivation
from .doubts import doubts, place_of
from .events import ROLL_COMPLETE, AssignmentEdit, CalendarEdit, Event, Mark, about, content, to_plain
from .family import Family
from .history import SLOTS, History, Shared
from .matcher import Matcher
from .messages import listed, noun, say
from .oddities import Oddities
from .stratum import Stratum
from .subject import Places, Subject
from .times import Instant

ROLL = say("it makes nobody present: it names no class or school that has sessions on that date, or no mapping says what `unmarked` is")
SharedEdit = CalendarEdit | AssignmentEdit


class Intake:
    """All students with what waits for them, and the edits of what they share.

    busy: those for whom anything waits; resting: those for whom only ordinary marks do. beaten: by student and id,
    what lost to another event of that id. Nothing is decided here.
    """

    def __init__(self, families: Mapping[str, Family], shared: Shared, matcher: Matcher) -> None:
        self.families = tuple(families.values())
        self.shared = shared
        self.matcher = matcher
        self.subjects: dict[str, Subject] = {}
        self.busy: dict[str, Subject] = {}
        self.resting: dict[str, Subject] = {}
        self.reports: list[Report] = []
        self.edits: list[SharedEdit] = []
        self.ahead: list[SharedEdit] = []
        self.beaten: dict[tuple[str, str], list[Event]] = {}
        self._quiet = frozenset.intersection(*(family.quiet_codes for family in self.families))
        self._codes = frozenset.intersection(*(frozenset(version.policy.marks) for family in self.families for version in family.versions))
        self._places: dict[Days, Places] = {}
        self._oddities = Oddities(self.families, shared.roster)
        self.stratum = Stratum(self.families, shared, matcher, self.reports)

    def subject(self, student: str) -> Subject:
        """A student, new or known."""
        found = self.subjects.get(student)
        if found is None:
            history = History(student, self.shared, self._quiet)
            found = self.subjects[student] = Subject(history, [Derivation(family, history, self.matcher) for family in self.families], self.reports)
            self._place(found)
        return found

    def share(self, shared: Shared) -> None:
        """Another calendar and roster for all."""
        self.shared = shared
        for subject in self.subjects.values():
            subject.history.share(shared)
            self._place(subject)

    def _place(self, subject: Subject) -> None:
        """Students of one school find their places in one table; who may have several has an own one."""
        days = subject.history.only_days
        subject.places = {} if days is None else self._places.setdefault(days, {})

    # --- taking in --------------------------------------------------------------------------------------

    def take(self, events: Iterable[Event]) -> None:
        """Take new events in."""
        subjects, quiet, resting, counted = self.subjects, self._quiet, self.resting, self.stratum.interest.marks
        for event in events:
            # Nearly all events are ordinary marks, new in their slot, of students for whom they can change nothing as they are: a short way.
            if (
                type(event) is Mark
                and event.code in quiet
                and (name := event.id)
                and (subject := subjects.get(event.student)) is not None
                and subject.calm
                and name not in subject.ids
                and name not in subject.voids
                and (sessions := subject.places.get(event.date)) is not None
                and (place := sessions.get(event.session)) is not None
                and subject.position < place[0] <= event.known
                and (slot := place[1]) not in subject.history.slots
                and slot not in subject.ordinary
            ):
                if not subject.ordinary:
                    resting[event.student] = subject
                subject.ids[name] = subject.ordinary[slot] = event
                if event.known > subject.ordinary_until:  # noqa: PLR1730  # a call costs as much as all the rest
                    subject.ordinary_until = event.known
                if counted:
                    self.stratum.take(("student", event.student), event.known, event)
            else:
                self._take(event)

    def _take(self, event: Event) -> None:
        if isinstance(event, (AssignmentEdit, CalendarEdit)):
            self._take_edit(event)
            return
        owner = self.stratum.owner(event)
        if owner is not None:
            self._take_for_group(owner, event)
            return
        student = about(event)
        if not student:
            self.reports.append(Report("about-nobody", event, say("it names no student and no group: nobody's case can hear it")))
            return
        subject = self.subject(student)
        if not self._counts(subject, event):
            return
        self._look_at(event)
        at = 0
        if isinstance(event, Mark):
            found = self._at(subject, event)
            if found is None:
                return
            at = found
        visible = max(at, event.known, getattr(event, "at", 0))
        subject.buffer.append((visible, at, event))
        self.busy[student] = subject
        self.stratum.take(("student", student), visible, event)

    def _take_for_group(self, owner: tuple[str, str], event: Event) -> None:
        """An event about a group: it waits for the group's own instants."""
        if getattr(event, "fact", "") == ROLL_COMPLETE or owner[0] not in self.stratum.levels:
            said = ROLL if getattr(event, "fact", "") == ROLL_COMPLETE else say("no duty and no target is for each {owner}", owner=noun(owner[0]))
            self.reports.append(Report("not-used", event, said))
            return
        if owner not in self.stratum.subjects:
            self.reports.append(Report(
                "unknown-group", event, say("no policy asks anything of {owner} `{owner2}`, or the roster has none", owner=noun(owner[0]), owner2=owner[1]),
            ))
        subject = self.stratum.group(*owner)
        if self._counts(subject, event):
            odd = self._oddities.odd(event)
            if odd is not None:
                self.reports.append(odd)
            self.stratum.take(owner, max(event.known, getattr(event, "at", 0)), event)

    def _look_at(self, event: Event) -> None:
        """Report names that no policy knows: an action, a result, a flag."""
        odd = self._oddities.odd(event)
        if odd is not None:
            self.reports.append(odd)

    def found(self) -> list[Report]:
        """What a person should see about events: what was found as they came, then what is odd as all of them stand."""
        return [*self.reports, *doubts(self.subjects.values(), self.stratum.subjects.values(), self.families)]

    def _counts(self, subject: Subject, event: Event) -> bool:
        """Whether an event counts: it is no duplicate of one that is there, nor the later of two contents under one id."""
        if not event.id:
            if event in subject.seen:
                return False
            subject.seen.add(event)
            return True
        old = subject.ids.get(event.id)
        if old is not None and not self._comes_first(subject, event, old):
            return False
        subject.ids[event.id] = event
        return True

    def _comes_first(self, subject: Subject, new: Event, old: Event) -> bool:
        """Of two events of one id the smaller (known, canonical bytes) counts."""
        first = min(old, new, key=_rank)
        if not same(old, new):
            self._clash(new if first is old else old)
        if first is old:
            return False
        subject.forget(old)
        self.stratum.forget(old)
        return True

    def _clash(self, loser: Event) -> None:
        self.beaten.setdefault((self._whose(loser), loser.id), []).append(loser)
        self.reports.append(Report("id-clash", loser, say("another event has the id `{id}` and came first", id=loser.id)))

    def _take_edit(self, event: SharedEdit) -> None:
        old = next((other for other in (*self.edits, *self.ahead) if other == event or event.id and other.id == event.id), None)
        if old is None:
            self.ahead.append(event)
            odd = self._oddities.odd(event)
            if odd is not None:
                self.reports.append(odd)
            return
        first = min(old, event, key=_rank)
        if not same(old, event):
            self._clash(event if first is old else old)
        if first is event and old in self.ahead:
            self.ahead[self.ahead.index(old)] = event

    # --- the place of a mark ------------------------------------------------------------------------------

    def _at(self, subject: Subject, mark: Mark) -> Instant | None:
        """A mark's `at`, None outside the calendar; a strange code is reported."""
        sessions = subject.places.setdefault(mark.date, {})
        place = sessions.get(mark.session)
        if place is not None:
            at: Instant | None = place[0]
        else:
            days = subject.history.days(mark.date)
            at = days.mark_at(mark.date, mark.session)
            if at is not None and not place_of(mark, days, self.families):
                sessions[mark.session] = at, mark.date.toordinal() * SLOTS + self.shared.periods[mark.session]
        if mark.code not in self._codes:
            self.reports.append(self._strange_code(mark))
        return at

    def _strange_code(self, mark: Mark) -> Report:
        """A code that no policy knows, or that another policy of the run knows."""
        strange = [family.name for family in self.families if not all(mark.code in version.policy.marks for version in family.versions)]
        if len(strange) == len(self.families):
            return Report("unknown-code", mark, say("code `{code}` is not in the policy: it counts as unknown", code=mark.code))
        return Report("foreign-code", mark, say("code `{code}` is not in policy {listed}: it counts as unknown there", code=mark.code, listed=listed(strange)))

    # --- what was taken in --------------------------------------------------------------------------------

    def holds(self, event: Event) -> bool:
        """Whether the same event was taken in before."""
        if event.id and any(same(event, other) for other in self.beaten.get((self._whose(event), event.id), ())):
            return True
        if isinstance(event, (AssignmentEdit, CalendarEdit)):
            return any(same(event, other) for other in self.edits)
        owner = self.stratum.owner(event)
        subject = self.subjects.get(about(event)) if owner is None else self.stratum.subjects.get(owner)
        if subject is None:
            return False
        if not event.id:
            return event in subject.seen
        old = subject.ids.get(event.id)
        return old is not None and same(event, old)

    def _whose(self, event: Event) -> str:
        owner = self.stratum.owner(event)
        return about(event) if owner is None else "/".join(owner)

    def everything(self) -> list[Event]:
        """Every event that was taken in, also those that lost to another of their id."""
        counting = (event for subject in (*self.subjects.values(), *self.stratum.subjects.values()) for event in subject.everything())
        return [*self.edits, *self.ahead, *counting, *(event for beaten in self.beaten.values() for event in beaten)]


def same(one: Event, other: Event) -> bool:
    """Whether two events say the same: with an id all but their stamps, else everything."""
    if one is other:
        return True
    return content(one) == content(other) if one.id or other.id else one == other


def _rank(event: Event) -> tuple[Instant, bytes]:
    """Of two events of one id, the least of these counts: (known, canonical bytes)."""
    return event.known, canonical({key: value if isinstance(value, (str, int)) else str(value) for key, value in to_plain(event).items()})
