"""`Engine`: events in, changes out, piece by piece; `evaluate_changes` is the same thing in one go (SEMANTICS, sections 9 and 11)."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from operator import attrgetter
from typing import Any

from attrs import evolve

from .audit import Auditor, PolicyId
from .chains import entries, policy_ids
from .checking.versions import check_versions
from .days import Calendar
from .decisions import Decision, Report, ledger_order, standing
from .events import AssignmentEdit, CalendarEdit, Event, check_types, edits_of, from_plain, precedence, to_plain, written
from .family import families
from .fitting import check
from .history import Shared
from .intake import Intake, SharedEdit
from .ledger import Change, Item, State
from .matcher import Matcher, make
from .matcher.memo import Memo
from .messages import listed, say
from .policy import Policy
from .roster import Assignment, Roster, posted
from .source import Problem, Refused
from .subject import Subject
from .times import NEVER, Instant

_known = attrgetter("known")
__all__ = ["Decision", "Engine", "LateKnown", "Report", "evaluate_changes", "stamp", "standing"]


class LateKnown(Exception):
    """An event was fed that is known at or before the watermark; nothing of the call was absorbed."""


class Engine:
    """Evaluates policies over events as they come in.

    `feed` buffers, `advance(to)` decides every instant up to `to` and returns what changed, in order.
    policies: one or more, versions of one name together. matcher: `plain`, `durable`, `both`, one that is made already, or None for the default.
    sparing: whether a condition is left alone where it cannot have come true; the answers are the same, and tests ask for all.
    """

    def __init__(
        self, policies: Policy | Sequence[Policy], calendar: Calendar, roster: Roster, *, matcher: str | Matcher | None = None, sparing: bool = True
    ) -> None:
        given = self._given = (policies,) if isinstance(policies, Policy) else tuple(policies)
        self.families = families(given, sparing=sparing)
        if overlapping := check_versions(given):
            raise Refused(list(overlapping))
        self.calendar = calendar
        self.roster = roster
        check(given, calendar, roster)
        self.intake = Intake(self.families, Shared(calendar, roster, self.families), Memo(make(matcher)))
        self.watermark: Instant | None = None
        self.decisions: list[Decision] = []
        self.auditor = Auditor(policy_ids(given))
        self._sealed = 0
        if not all(family.quiet and not family.duties("student") for family in self.families.values()):
            for student in roster.ids():  # time alone can open a case: a child of whom nothing was recorded is judged too
                self.intake.subject(student)

    @property
    def subjects(self) -> Mapping[str, Subject]:
        """Every student of whom anything is known."""
        return self.intake.subjects

    @property
    def shared(self) -> Shared:
        """Calendar and roster with the edits that are known."""
        return self.intake.shared

    @property
    def reports(self) -> list[Report]:
        """What a person should see about events: what was lost, what counts for nothing, names that nobody knows."""
        return self.intake.found()

    # --- taking in --------------------------------------------------------------------------------------

    def feed(self, events: Iterable[Event], *, received: Instant | None = None) -> list[Event]:
        """Take events in, in any order; return them as stamped, to be stored.

        received: stamps `known = max(known, received)` and keeps the old value as `recorded`.
        Raises, absorbing nothing, `LateKnown` for a new event known at or before the watermark and TypeError for what is no event.
        """
        given, before = list(events), self.watermark
        if received is not None:
            _check_instant("received", received)
        check_types(given)
        stamped = given if received is None else [stamp(event, received) for event in given]
        if before is None or min(map(_known, stamped), default=NEVER) > before:
            self.intake.take(stamped)
            return stamped
        fresh = [event for event in stamped if event.known > before or not self.intake.holds(event)]
        late = [event for event in fresh if event.known <= before]
        if late:
            raise LateKnown(f"{len(late)} events are known at or before the watermark, first {late[0]!r}")
        self.intake.take(fresh)
        return stamped

    # --- deciding -----------------------------------------------------------------------------------------

    def advance(self, to: Instant) -> list[Decision]:
        """Decide every instant up to `to`; return what changed, ordered as records are (SEMANTICS, section 10)."""
        _check_instant("to", to)
        decisions: list[Decision] = []
        intake = self.intake
        shares: list[tuple[Instant, Shared, Sequence[SharedEdit]]] = []
        edits = sorted((edit for edit in intake.ahead if edit.known <= to), key=precedence_known)
        intake.ahead = [edit for edit in intake.ahead if edit.known > to]
        while edits:
            at = edits[0].known
            group = [edit for edit in edits if edit.known == at]
            edits = edits[len(group) :]
            self._advance_subjects(at - 1, decisions)
            self._share(group, at, decisions)
            shares.append((at, intake.shared, group))
        self._advance_subjects(to, decisions)
        intake.stratum.hear(decisions)
        intake.stratum.advance(to, shares, decisions)
        self.watermark = to if self.watermark is None else max(to, self.watermark)
        decisions.sort(key=ledger_order)
        self.decisions += decisions
        return decisions

    def _advance_subjects(self, to: Instant, decisions: list[Decision]) -> None:
        intake = self.intake
        due = intake.busy
        due.update((student, subject) for student, subject in intake.resting.items() if not subject.settle(to))
        due.update((student, subject) for student, subject in intake.subjects.items() if subject.wake <= to)
        intake.resting = {}
        intake.busy = {}
        for student, subject in due.items():
            subject.run(to, decisions)
            if subject.buffer:
                intake.busy[student] = subject

    def _share(self, edits: Sequence[SharedEdit], at: Instant, decisions: list[Decision]) -> None:
        """Edits of what all students share: calendar and role assignments."""
        intake = self.intake
        intake.edits += edits
        held = sorted((edit for edit in intake.edits if isinstance(edit, AssignmentEdit)), key=precedence)
        calendar = self.calendar.edited(*edits_of(edit for edit in intake.edits if isinstance(edit, CalendarEdit)))
        posts = (Assignment(edit.role, edit.of, edit.person, edit.start, edit.end) for edit in held)
        roster = Roster(self.roster.students, posted(self.roster.assignments, posts))
        moved = any(isinstance(edit, CalendarEdit) for edit in edits)
        intake.share(Shared(calendar, roster, self.families))
        for subject in self.subjects.values():
            subject.meet(edits, at, moved, decisions)

    def seal(self, *, key: bytes = b"") -> list[bytes]:
        """The audit lines of every day that is over, each given out once; `auditor.tail()` gives those that end the file as it stands.

        key: what makes the salts, the same each time; it is not kept. Where the chains stand goes into the snapshot.
        """
        if self.watermark is None:
            return []
        records = ((decision.school, decision.record) for decision in self.decisions[self._sealed :])
        today = self.calendar.zone.date(self.watermark).isoformat()
        self.auditor, lines = self.auditor.add(entries(records, self.auditor.policies), today, key=key)
        self._sealed = len(self.decisions)
        return lines

    # --- stopping and going on ------------------------------------------------------------------------------------

    def snapshot(self) -> dict[str, object]:
        """Everything that a later process needs to go on, as plain values for JSON.

        It holds the stamped events, the watermark and where the audit chains stand; the state is a pure function of the
        events (SEMANTICS, section 7) and `resume` derives it again.
        """
        events = [to_plain(event) for event in self.intake.everything()]
        audit = {"sealed": self._sealed, "chains": self.auditor.plain()}
        return {"format": 1, "watermark": self.watermark, "inputs": self._inputs(), "events": events, "audit": audit}

    @classmethod
    def resume(
        cls, snapshot: Mapping[str, object], policies: Policy | Sequence[Policy], calendar: Calendar, roster: Roster, *, matcher: str | None = None
    ) -> Engine:
        """An engine that goes on from a snapshot.

        A further version of a policy may come in that begins after the date of the watermark. Raises `Refused` where policies, calendar or roster
        are otherwise not those it was taken with.
        """
        engine = cls(policies, calendar, roster, matcher=matcher)
        if not isinstance(snapshot, Mapping) or snapshot.get("format") != 1:
            found = snapshot.get("format") if isinstance(snapshot, Mapping) else type(snapshot).__name__
            raise Refused([Problem("snapshot-format", say("a snapshot of format `{found}` cannot be read by this version", found=found))])
        kinds: dict[str, tuple[type, ...]] = {"inputs": (dict,), "events": (list,), "watermark": (int, type(None))}
        missing = [name for name, kind in kinds.items() if name not in snapshot or type(snapshot[name]) not in kind]
        if missing:
            raise Refused([Problem("snapshot-format", say("the snapshot has no {listed}: it is damaged", listed=listed(missing)))])
        plain: Mapping[str, Any] = snapshot  # of format 1, with values of these kinds
        before, now, watermark = plain["inputs"], engine._inputs(), plain["watermark"]
        begun = datetime.date.min if watermark is None else calendar.zone.date(watermark)
        fresh = {_named(policy) for policy in engine._given if policy.start is not None and policy.start > begun}
        changed = [name for name in sorted({*before, *now}) if before.get(name) != now.get(name) and not (name in fresh and name not in before)]
        if changed:
            advice = say(
                "give the files of then; a changed policy as a further version that begins after {date}, and changes of calendar, roster and posts as events",
                date=begun,
            )
            raise Refused([Problem("other-inputs", say("the snapshot was taken with other inputs: {listed}", listed=listed(changed)), help=advice)])
        try:
            engine.feed([from_plain(event) for event in plain["events"]])
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise Refused([Problem("snapshot-format", say("the snapshot holds what is no event: it is damaged ({error})", error=error))]) from None
        if watermark is not None:
            engine.advance(watermark)
        engine._go_on_sealing(plain.get("audit"), before)
        return engine

    def _go_on_sealing(self, audit: Any, inputs: Mapping[str, str]) -> None:
        """The chains where a snapshot left them, if its events can have led there; policies that came in since stand behind those of `inputs`."""
        try:
            auditor, sealed = Auditor.read(audit["chains"]), audit["sealed"]
        except (KeyError, TypeError, ValueError, AttributeError):
            raise Refused([Problem("snapshot-format", say("the snapshot does not say where its audit chains stand: it is damaged"))]) from None
        if type(sealed) is not int or not 0 <= sealed <= len(self.decisions):
            raise Refused([Problem(
                "snapshot-format", say("the snapshot sealed {sealed} records of {len}: it is damaged", sealed=sealed, len=len(self.decisions)),
            )])
        today = "" if self.watermark is None else self.calendar.zone.date(self.watermark).isoformat()
        ours = [policy for policy in self.auditor.policies if _named(policy) in inputs]
        strange = set(auditor.policies) != set(ours)
        auditor = auditor.adopt((*auditor.policies, *(policy for policy in self.auditor.policies if policy not in ours)))
        told = entries(((decision.school, decision.record) for decision in self.decisions), auditor.policies)
        if strange or auditor.sealed_to > today or not auditor.fits(islice(told, sealed), told):
            raise Refused([Problem("snapshot-format", say("the snapshot's audit chains are not those of its events: it is damaged"))])
        self.auditor, self._sealed = auditor, sealed

    def _inputs(self) -> dict[str, str]:
        found = {_named(policy): policy.digest or _digest(policy) for policy in self._given}
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


def _named(policy: Policy | PolicyId) -> str:
    """A policy among the inputs that a snapshot names."""
    return f"policy {policy.name}@{policy.version}"


def _check_instant(name: str, value: object) -> None:
    """A fraction of a second or a date would be kept in a snapshot that cannot be read."""
    if type(value) is not int:
        raise TypeError(f"`{name}` is whole seconds since 1970 in UTC, not {value!r}")


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()


def stamp(event: Event, received: Instant) -> Event:
    """An event as the edge takes it in: known when it was received, recorded when its source wrote it."""
    return evolve(event, known=received, recorded=written(event)) if received > event.known else event


def precedence_known(edit: SharedEdit) -> tuple[Instant, tuple[Instant, Instant, int, str, str]]:
    """Edits in the order in which they become known; of those known together, the one that wins is last."""
    return edit.known, precedence(edit)


def evaluate_changes(
    policies: Policy | Sequence[Policy], calendar: Calendar, roster: Roster, events: Iterable[Event], until: Instant, *, matcher: str | None = None
) -> list[tuple[Instant, str, Change]]:
    """Every change decided up to `until`, in order, from events given in any order."""
    engine = Engine(policies, calendar, roster, matcher=matcher)
    engine.feed(event for event in events if event.known <= until)
    return [(decision.decided, decision.student, decision.change) for decision in engine.advance(until)]
