"""Audit records: one canonical mapping for each change, with its readings and the ids of its events (SEMANTICS, section 10)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from .canonical import digest
from .conditions import Condition, Nothing, Quantity, Term, Value
from .derive import Derivation
from .duties import Occasion
from .events import Event, Mark
from .family import Version
from .history import History
from .items import CaseView, ItemRun
from .ledger import DONE, GONE, Case, Change, Item
from .measures import Measured
from .policy import Action, Duty, Nth, Policy, Target, actions, part_of, stage_in, stage_of
from .rates import behind
from .terms import Asker, Moment
from .times import Instant, Zone
from .triggers import triggers

MANY = 50  # beyond so many events a record cites their number and digest
INSTANTS = frozenset({"opened", "ended", "effective", "late_from", "overdue_at", "floor", "done_at", "done_known", "unblocked"})
INSIDE = frozenset({"id", "policy", "ladder", "path", "floor", "fate"})
HELD = frozenset({"moved", "overdue retracted"})  # what a `hold` brings about by itself
UNITS = {"school_day": "school day", "half_day": "half day"}
Record = dict[str, object]
Evidence = tuple[list[Record], set[str]]
NOTHING: Evidence = [], set()


class Scribe:
    """Writes the records of what one derivation changed at one instant; what several of them rest on is read once.

    Never in a record: persons' names, the engine, the matcher, how the events were fed.
    """

    def __init__(self, derivation: Derivation, decided: Instant, fresh: Sequence[Event]) -> None:
        self.derivation = derivation
        self.history = derivation.history
        self.decided = decided
        self.fresh = {name: event for event in fresh if (name := event_id(event, derivation))}
        self._read: dict[tuple[object, ...], Evidence] = {}
        self._schools: dict[Instant, str] = {}

    def record(self, change: Change) -> Record:
        """The record of one change, as it is sealed; `policy` is the version's name until a block gives it an index."""
        zone, new = self.history.zone, change.new
        decided, effective = zone.text(self.decided), change.effective
        readings, events = self._evidence(change)
        return {
            "decided": decided,
            "effective": decided if effective is None else zone.text(effective),
            "what": change.what,
            "kind": "case" if isinstance(new, Case) else "item",
            "subject": subject_of(new, self.history.student),
            **self._whose(),
            "policy": f"{new.policy}@{new.version}",
            "line": self._line(new),
            "readings": readings,
            "events": _cited(sorted(events | triggers(self.derivation, change, self.decided, self.fresh, events), key=str.encode)),
            "changes": {
                name: {"from": "" if old is None else plain(name, old, zone), "to": plain(name, value, zone)}
                for name, old, value in change.fields if _told(name, change.what)
            },
        }

    def _whose(self) -> Record:
        """The student, or the group with its level."""
        history = self.history
        return {"student": history.student} if history.level == "student" else {"group": f"{history.level}/{history.student}"}

    def school(self, change: Change) -> str:
        """The roster school of the case's opening, as known now: where the record's block belongs."""
        new = change.new
        opened = new.opened if isinstance(new, Case) else self._opening(new)
        found = self._schools.get(opened)
        if found is None:
            found = self._schools[opened] = self.history.column("school", self.history.zone.date(opened))
        return found

    def _opening(self, item: Item) -> Instant:
        case = self.derivation.state.cases.get((item.policy, item.ladder, item.case))
        return case.opened if case is not None else item.effective

    def _line(self, new: Case | Item) -> Record:
        """The policy path and its clauses: one object for all records that share them."""
        version = self.derivation.family.named(new.version)
        key = (new.path, new.ladder, new.stage) if isinstance(new, Item) else (_cause(new), new.ladder)
        found = version.lines.get(key)
        if found is None:
            found = version.lines[key] = line_of(new, version.policy)
        return found

    # --- readings -------------------------------------------------------------------------------------

    def _evidence(self, change: Change) -> Evidence:
        """The readings that the change rests on, and the ids of the events behind them."""
        new, ctx = change.new, self.derivation.items.ctx
        if isinstance(new, Case):
            return self._case_evidence(change, new)
        item = ctx.by_id.get(new.id)
        if item is None or change.what in GONE:
            return NOTHING
        if change.what == "cancelled":
            return self._end_evidence(item)
        causes = set(item.cause) | {outcome.id for outcome in item.bound if outcome.id and change.what in ("done", "done late", "overdue retracted")}
        causes |= self._nth(change, item)
        own, of_own = self._own(change, item)
        if own and change.old is not None:
            return own, of_own | causes
        if item.action.entry is not None:
            own, of_own = self._entered(change, item)
        if item.parent is not None or change.what not in ("issued", "lapsed", "blocked", "replaced", "moved", "reopened", "done", "done late", "overdue"):
            return own, of_own | causes
        view = ctx.view_of(item)
        if isinstance(item.case, Occasion):
            readings, events = self._occasion(item.case, item.version, view)
            return readings + own, events | of_own | causes
        stage = stage_of(item.version.policy.ladders[item.case.ladder], item.stage)
        if stage is None:
            return own, of_own | causes
        readings, events = self._readings(stage.when, item.version, view, item.effective, view, view.opened if item.stage == "ends" else None)
        return readings + own, events | of_own | causes

    def _occasion(self, run: Occasion, version: Version, view: CaseView) -> Evidence:
        """What a duty or a target read: of whom it is asked, or the two head counts with the base, the limit and the persons behind it."""
        if run.rate is not None:
            rate, target = run.rate, version.policy.targets[run.ladder]
            found: Record = {"rate": rate.target, "num": rate.num, "den": rate.den, "base": rate.base.isoformat(), "check": rate.check.isoformat()}
            spoke, persons = behind(target, rate)
            found[spoke] = _cited(list(persons))
            if target.less is not None:
                found["less"] = _cited(list(rate.less))
            if rate.cites:
                found["cites"] = list(rate.cites)
            if target.bound is not None:
                number = self.derivation.items.ctx.moment(run.opened, version).number(target.bound)
                found["limit"] = f"{target.limit} {text_of(Quantity(number, 'student') if target.heads else number)}"
            return [found], set()
        if self.history.level != "student":
            return NOTHING
        return self._readings(version.policy.duties[run.ladder].where, version, view, run.opened)

    def _own(self, change: Change, item: ItemRun) -> Evidence:
        """What an item's own condition read: the `done_when` that did it, or the `hold` that moved its due on; each says which."""
        view, action, old = self.derivation.items.ctx.view_of(item), item.action, change.old
        if change.what in DONE and item.done_at is not None and action.done_when is not None and not any(one.done for one in item.bound):
            readings, events = self._readings(action.done_when, item.version, view, item.done_at, view, item.effective)
            return [{**reading, "of": "done_when"} for reading in readings], events
        held = change.what in HELD and isinstance(old, Item) and item.holds > (old.holds or 0) and any(name == "due" for name, _, _ in change.fields)
        if held and item.held_at is not None and action.hold is not None:
            readings, events = self._readings(action.hold, item.version, view, item.held_at, view)
            return [{**reading, "of": "hold"} for reading in readings], events
        return NOTHING

    def _entered(self, change: Change, item: ItemRun) -> Evidence:
        """What the amount of a consequence was read from, where the change says what it is; each says so."""
        entry = item.action.entry
        if entry is None or not entry.measures or change.old is not None and not any(name == "entry" for name, _, _ in change.fields):
            return NOTHING
        ctx = self.derivation.items.ctx
        moment, asker = ctx.moment(item.effective, item.version), Asker(ctx.view_of(item))
        events: set[str] = set().union(*(_ids(moment.measured(name, asker), self.history) for name in entry.measures))
        return [{**measured_reading(name, moment, asker), "value": text_of(moment.recorded(name, asker)), "of": "entry"} for name in entry.measures], events

    def _nth(self, change: Change, item: ItemRun) -> set[str]:
        """The events behind the nth that gave an item its due."""
        if item.nth_at is None or not any(name == "due" for name, _, _ in change.fields):
            return set()
        ctx = self.derivation.items.ctx
        moment = ctx.moment(item.nth_at, item.version)
        due = moment.due(item.action.due)
        return _ids(moment.measured(due.measure, Asker(ctx.view_of(item))), self.history) if isinstance(due, Nth) else set()

    def _case_evidence(self, change: Change, case: Case) -> Evidence:
        run = next((run for run in self.derivation.cases.cases if run.ladder == case.ladder and run.number == case.number), None)
        if run is None or case.fate != "live":
            return NOTHING
        view = self.derivation.items.ctx.view(run)
        if change.what == "ended" and case.ended is not None:
            plan = run.plan_at(case.ended)
            if run.reason == "ends" and plan.ladder.ends is not None:
                return self._readings(plan.ladder.ends.when, plan.version, view, case.ended, view, run.opened)
            return self._readings(plan.ladder.where, plan.version, view, case.ended) if run.reason == "where" else NOTHING
        plan = run.plan_at(case.opened)
        stage = stage_of(plan.ladder, case.opened_by)
        return self._readings(stage.when, plan.version, view, case.opened) if stage else NOTHING

    def _end_evidence(self, item: ItemRun) -> Evidence:
        run = item.case
        if run.ended is None or run.reason != "ends" or run.plan.ladder.ends is None:
            return NOTHING
        view = self.derivation.items.ctx.view_of(item)
        return self._readings(run.plan.ladder.ends.when, run.plan.version, view, run.ended, view, run.opened)

    def _readings(
        self, condition: Condition, version: Version, view: CaseView, at: Instant, case: CaseView | None = None, since: Instant | None = None
    ) -> Evidence:
        """What a condition of a version read at an instant; case: the one that asks, None where only facts were asked."""
        key = id(condition), id(view), at, case is None, since
        found = self._read.get(key)
        if found is None:
            asker = Asker(case, since=since)
            moment = self.derivation.items.ctx.moment(at, version)
            measured = [moment.measured(term.name, asker) for term in condition.terms if term.kind == "measure"]
            events: set[str] = set().union(*(_ids(each, self.history) for each in measured))
            found = self._read[key] = [reading_of(term, moment, asker) for term in condition.terms], events
        return found


def subject_of(new: Case | Item, student: str) -> str:
    """An item's id; a case's is `policy/student/ladder/number`."""
    return new.id if isinstance(new, Item) else f"{new.policy}/{student}/{new.ladder}/{new.number}"


def whose(item: Item, policy: Policy) -> str:
    """The student whose item it is, or the group as `level/name`: no student's id holds a `/`."""
    part = part_of(policy, item.ladder)
    if not isinstance(part, (Duty, Target)):
        return item.id.split("/")[1]
    name = item.id.split("/")[2]
    return name if part.each == "student" else f"{part.each}/{name}"


def line_of(new: Case | Item, policy: Policy) -> Record:
    """The policy path and its clauses."""
    part = part_of(policy, new.ladder)
    cites = part.cites if part is not None else ()
    if isinstance(new, Case):
        stage = stage_in(policy, new.ladder, _cause(new))
        return {"path": stage.path if stage else new.ladder, "cites": list((stage.cites if stage else ()) or cites)}
    stage = stage_in(policy, new.ladder, new.stage, new.path)
    action = find_action(policy, new.path)
    return {"path": new.path, "cites": list((action.cites if action else ()) or (stage.cites if stage else ()) or cites)}


def _cause(case: Case) -> str:
    """The stage that a case's record points at: what ended it, or what opened it."""
    return "ends" if case.ended is not None and case.reason == "ends" else case.opened_by


def find_action(policy: Policy, path: str) -> Action | None:
    """The action at a path of a policy, chained ones too."""
    return next((action for action in actions(policy) if action.path == path), None)


def reading_of(term: Term, moment: Moment, asker: Asker) -> Record:
    """What a name came to, as it stands in a record."""
    return measured_reading(term.name, moment, asker) if term.kind == "measure" else {"name": term.key, "value": text_of(moment.value(term, asker))}


def measured_reading(name: str, moment: Moment, asker: Asker) -> Record:
    """What a measure came to, with its unit and window, and of a share its two numbers."""
    measured = moment.measured(name, asker)
    measure = moment.policy.measures[name]
    found: Record = {"measure": name, "unit": UNITS.get(measure.unit, measure.unit), "value": text_of(measured.value)}
    if measured.window is not None:
        first = measured.window.first
        if measured.cells and not measure.windows:
            first = measured.cells[0][0].date
        found["window"] = [first.isoformat(), measured.window.last.isoformat()]
    if measured.pair is not None:
        found["num"], found["den"] = (text_of(number) for number in measured.pair)
    return found


def _ids(measured: Measured, history: History) -> set[str]:
    marks = {history.mark_id(mark) if mark is not None else session.id for session, mark in measured.cells}
    return marks | {fact.id for fact in measured.facts if fact.id}


def event_id(event: Event, derivation: Derivation) -> str:
    """An event's id; a mark without one has its natural id."""
    if isinstance(event, Mark) and not event.id:
        return derivation.history.mark_id(event)
    return event.id


def _cited(names: list[str]) -> object:
    return names if len(names) <= MANY else {"count": len(names), "digest": digest(names)}


def _told(name: str, what: str) -> bool:
    """Whether a record names a field; `fate` says into which case another was merged, and is said by `what` elsewhere."""
    return name not in INSIDE or name == "fate" and what == "merged"


# --- values as text ---------------------------------------------------------------------------------------


def text_of(value: Value | Quantity) -> object:
    """A value as it stands in a record: integers as they are, fractions `p/q`, dates and truths as text."""
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
    if isinstance(value, int):
        return value
    if isinstance(value, Quantity):
        return f"{value.number} {value.unit}"
    if isinstance(value, datetime.date):
        return value.isoformat()
    return "none" if isinstance(value, Nothing) else str(value)


@lru_cache(4096)
def _roles(persons: tuple[tuple[str, tuple[str, ...]], ...]) -> list[Record]:
    """Who acts and who is told, as it stands in a record; few in a school, so that records share them."""
    return [{"role": role, "persons": list(each)} for role, each in persons]


def plain(name: str, value: object, zone: Zone) -> object:
    """A field of a case or an item as it stands in a record: no null, instants as text."""
    if value is None:
        return ""
    if name in INSTANTS and isinstance(value, int):
        return zone.text(value)
    if name == "persons" and isinstance(value, tuple):
        return _roles(value)
    if isinstance(value, tuple):
        return list(value)
    return value
