"""The second stratum: groups, judged after all students at the same instant, from what was known then (SEMANTICS, section 8)."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterable, Mapping, Sequence

from .casebook import CaseBook
from .decisions import Decision, Report
from .derive import Derivation
from .duties import Occasion
from .events import Event, Fact, Mark, Outcome, RosterEdit, Void, precedence
from .family import Family, TargetPlan
from .groups import Census, GroupHistory, Heads, PersonHistory, groups_of
from .history import History, Shared
from .interest import interest_of
from .items.outcomes import roll_taken
from .ledger import Case
from .matcher import Matcher
from .policy import asked
from .subject import Subject
from .terms import place_of
from .times import DAY, NEVER, Instant

Key = tuple[str, str]  # level and name; a student's level is `student`
SharedEdits = tuple[Instant, Shared, Sequence[Event]]


class Stratum:
    """All groups of which policies ask something, and the histories of the students as they are known when groups are judged.

    interest: what of the students may change a group. Nothing is decided before `advance`.
    """

    def __init__(self, families: Sequence[Family], shared: Shared, matcher: Matcher, reports: list[Report]) -> None:
        self.families = tuple(family for family in families if family.levels)
        self.levels: frozenset[str] = frozenset().union(*(family.levels for family in self.families))
        self.shared = shared
        self.matcher = matcher
        self.reports = reports
        self.roles = {role.name: role.of for family in self.families for version in family.versions for role in version.policy.roles.values()}
        self.heads: dict[str, Subject] = {}
        self.people: dict[str, History] = {}
        self.all_heads = Heads(self.people)
        self.book = CaseBook()
        self.subjects: dict[Key, Subject] = {}
        self.now: Instant = -NEVER
        self._waiting: list[tuple[Instant, int, Key, Event]] = []
        self._number = itertools.count()
        self._index: dict[str, list[Key]] | None = None
        self._cases: list[tuple[Instant, str, Case]] = []
        policies = [version.policy for family in self.families for version in family.versions]
        self.interest = interest_of(policies)
        self._quiet = frozenset.intersection(*(family.quiet_codes for family in self.families)) if self.families else frozenset()
        # By policy and name, the levels that a duty or a target is for; two versions may say two.
        self._parts: dict[str, list[str]] = {}
        for policy in policies:
            for part in asked(policy):
                self._parts.setdefault(f"{policy.name}/{part.name}", []).append(part.each)
        if self.families:
            for student in shared.roster.ids():
                self._head(student)
            self._meet()

    # --- who there is --------------------------------------------------------------------------------------

    def _head(self, student: str) -> Subject:
        found = self.heads.get(student)
        if found is None:
            found = self.heads[student] = Subject(History(student, self.shared, self._quiet), (), [])
            self.people[student] = found.history
            self.all_heads.forget(student)
        return found

    def _meet(self) -> None:
        """Every group that there is by now is a subject."""
        self._index = None
        for level in sorted(self.levels):
            for name in groups_of(level, self.roles, self.shared, self.people.values()):
                if (level, name) not in self.subjects:
                    self.subjects[level, name] = self._subject(level, name)

    def group(self, level: str, name: str) -> Subject:
        """The subject of a group, new or known."""
        found = self.subjects.get((level, name))
        if found is None:
            found = self.subjects[level, name] = self._subject(level, name)
            self._index = None
        return found

    def _subject(self, level: str, name: str) -> Subject:
        if level in ("person", *self.roles):
            roles = self.roles if level == "person" else {level: self.roles[level]}
            history: GroupHistory = PersonHistory(level, roles, name, self.shared, self._quiet, self.all_heads)
        else:
            history = GroupHistory(level, name, self.shared, self._quiet, self.all_heads)
        derivations = [
            Derivation(family, history, self.matcher, Census(history, family.name, self.matcher, self._case_open, _targets(family)))
            for family in self.families if level in family.levels
        ]
        return Subject(history, derivations, self.reports)

    def _case_open(self, student: str, policy: str, ladder: str, at: Instant) -> bool:
        return self.book.is_open(student, policy, ladder, at, self.now)

    # --- what waits ------------------------------------------------------------------------------------------

    def owner(self, event: Event) -> Key | None:
        """The group that an event is about: that of the item which it names, else what it says itself; None for a student's."""
        if isinstance(event, Outcome) and event.item:
            parts = event.item.split("/")
            part = place_of(event.item)[0]
            levels = self._parts.get(f"{parts[0]}/{part}", ["student"])
            level = event.level if event.level in levels else levels[-1]
            if level != "student" and parts[1] == part:
                return level, parts[2]
        level = getattr(event, "level", "student")
        return None if level == "student" else (level, event.about if isinstance(event, Fact) else event.student)  # type: ignore[union-attr]  # all with a level have one

    def take(self, key: Key, visible: Instant, event: Event) -> None:
        """An event waits for its instant."""
        if key[0] == "student":
            if not self.interest.concerns(event):
                return
            head = self._head(key[1])
            if event.id:
                head.ids[event.id] = event  # by which a void finds it
        heapq.heappush(self._waiting, (visible, next(self._number), key, event))

    def forget(self, event: Event) -> None:
        """An event that waits was never taken in."""
        self._waiting = [entry for entry in self._waiting if entry[3] is not event]
        heapq.heapify(self._waiting)

    def hear(self, decisions: Iterable[Decision]) -> None:
        """What was decided about students, in order: the cases that conditions about groups ask for."""
        if self.interest.cases:
            found = [(one.decided, one.student, one.change.new) for one in decisions if isinstance(one.change.new, Case)]
            self._cases += sorted(found, key=lambda one: one[0])

    # --- deciding ----------------------------------------------------------------------------------------------

    def advance(self, to: Instant, edits: Sequence[SharedEdits], decisions: list[Decision]) -> None:
        """Decide every instant up to `to`, one after another."""
        edits = list(edits)
        while self.families:
            nearest = [subject.wake for subject in self.subjects.values()]
            nearest += [self._waiting[0][0]] if self._waiting else []
            nearest += [edits[0][0]] if edits else []
            nearest += [self._cases[0][0]] if self._cases else []
            at = min(nearest, default=NEVER)
            if at > to:
                break
            self.now = at
            _, shared, some = edits.pop(0) if edits and edits[0][0] == at else (at, None, ())
            self._instant(at, shared, some, decisions)
        self.now = to

    def _instant(self, at: Instant, shared: Shared | None, edits: Sequence[Event], decisions: list[Decision]) -> None:
        if shared is not None:
            self._share(shared)
        own, touched, were = self._absorb(at)
        about: dict[Key, list[Event]] = {}
        for student, events in touched.items():
            for key in {*self._groups_of(student), *were.get(student, ())}:
                about.setdefault(key, []).extend(events)
        cases = [(key, turned) for student, turned in self._turn_pages(at) for key in self._groups_of(student)]
        due = {key for key, subject in self.subjects.items() if subject.wake <= at}
        for key in sorted({*own, *about, *(key for key, _ in cases), *due, *(self.subjects if edits else ())}):
            subject = self.subjects[key]
            fresh, of_students = own.get(key, []), about.get(key, [])
            past = subject.absorb(fresh) if fresh else False
            past = past or any(self._before(subject, event) for event in of_students)
            opened = [instant for other, turned in cases if other == key for instant in turned]
            past = past or any(instant <= subject.position for instant in opened)
            asked = [getattr(event, "at", at) for event in of_students if not isinstance(event, Mark)]
            judged = min((self._next_judging(subject, instant) for instant in (*asked, *opened)), default=NEVER)
            heard = past or judged <= at  # what is learnt after it was to be judged is decided now
            if fresh or heard or edits or key in due or self._calls(subject, of_students):
                subject.derive(at, past or bool(edits), [*fresh, *(of_students if heard else []), *edits], decisions)
            else:
                subject.wake = min(subject.wake, judged)

    def _groups_of(self, student: str) -> list[Key]:
        """The groups that a student ever belongs to."""
        if self._index is None:
            self._index = {}
            for key in sorted(self.subjects):
                for head in self.subjects[key].history.everybody:  # type: ignore[attr-defined]  # the history of a group
                    self._index.setdefault(head.student, []).append(key)
        return self._index.get(student, [])

    def _calls(self, subject: Subject, events: Sequence[Event]) -> bool:
        """Whether a mark, or who has left, may have brought a roll call to its end that an item waits for."""
        if not self.interest.rolls or not events:
            return False
        return any(roll_taken(derivation.items.ctx, item) is not None for derivation in subject.derivations for item in derivation.items.ctx.active)

    def _before(self, subject: Subject, event: Event) -> bool:
        """Whether an event lies in what was judged already."""
        if isinstance(event, (RosterEdit, Void)):
            return True
        if subject.position == -NEVER:
            return False
        if isinstance(event, Mark) and not self.interest.measures:
            return self.interest.rolls and self._reopens(subject, event)
        at: Instant | None = self.people[event.student].mark_at(event) if isinstance(event, Mark) else getattr(event, "at", None)
        return at is None or at <= subject.position

    def _reopens(self, subject: Subject, mark: Mark) -> bool:
        """Whether a mark that was taken back, or says nothing, belongs to a roll call that was over."""
        history = self.people[mark.student]
        slot = history.slot(mark)
        if slot is None or history.slots.get(slot) is mark and mark.code not in self.interest.silent:
            return False
        items = [item for derivation in subject.derivations for item in derivation.items.items if item.done_at is not None]
        return any(isinstance(item.case, Occasion) and item.case.opening is not None and item.case.opening.first == mark.date for item in items)

    def _next_judging(self, subject: Subject, at: Instant) -> Instant:
        """The instant at which a fact of another is first judged: when a duty falls, or at a close."""
        zone = subject.history.zone
        date = zone.date(at)
        judged = [fall for derivation in subject.derivations for fall in derivation.cases.falls(at)]
        judged += [zone.instant(day, derivation.family.closes(day)) for derivation in subject.derivations for day in (date, date + DAY)]
        return min((one for one in judged if one >= at), default=NEVER)

    def _share(self, shared: Shared) -> None:
        self.shared = shared
        for subject in (*self.heads.values(), *self.subjects.values()):
            subject.history.share(shared)
        self._meet()

    def _absorb(self, at: Instant) -> tuple[dict[Key, list[Event]], dict[str, list[Event]], dict[str, list[Key]]]:
        """Make visible what has waited for this instant: the events of groups, those of students that may change a group, and where these belonged before."""
        fresh: dict[Key, list[Event]] = {}
        while self._waiting and self._waiting[0][0] == at:
            _, _, key, event = heapq.heappop(self._waiting)
            fresh.setdefault(key, []).append(event)
        own = {key: sorted(events, key=precedence) for key, events in fresh.items() if key[0] != "student"}
        touched, were = {}, {}
        zone = self.shared.zone
        for (level, student), events in fresh.items():
            if level == "student":
                events.sort(key=precedence)
                head = self._head(student)
                if any(isinstance(event, Void) for event in events):
                    were[student] = self._groups_of(student)
                voided = [target for event in events if isinstance(event, Void) and (target := head.stands(event.target)) is not None]
                head.absorb(events)
                touched[student] = events = [*events, *voided]
                for event in events:
                    if isinstance(event, (RosterEdit, Void)):
                        self._moved(event)
                    elif not isinstance(event, Mark):
                        self.all_heads.note(student, zone.date(event.at))  # type: ignore[union-attr]  # no shared edit comes here
        return own, touched, were

    def _moved(self, event: RosterEdit | Void) -> None:
        """A student may belong to another group, perhaps one that nobody belonged to before."""
        self.all_heads.forget(event.student)
        self._index = None
        for subject in self.subjects.values():
            subject.history.forget(event.student)  # type: ignore[attr-defined]  # the history of a group
        if isinstance(event, RosterEdit) and event.value:
            posts = {role for role, of in self.roles.items() if of == event.column and role in self.levels}
            for level in {event.column, *posts} & self.levels:
                self.group(level, event.value)

    def _turn_pages(self, at: Instant) -> list[tuple[str, list[Instant]]]:
        """The students of whom a case is otherwise than was known, each with the instants at which it may be."""
        found = []
        while self._cases and self._cases[0][0] <= at:
            decided, student, case = self._cases.pop(0)
            found.append((student, self.book.add(decided, student, case)))
        return found


def _targets(family: Family) -> Mapping[tuple[str, str], TargetPlan]:
    return {(version.policy.version, plan.target.name): plan for version in family.versions for plan in version.targets}
