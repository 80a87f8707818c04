"""Audit records: one canonical mapping for each change, with its readings and the ids of its events (SEMANTICS, section 10)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction

from .canonical import digest
from .conditions import Condition, Nothing, Quantity, Term, Value
from .derive import Derivation
from .events import Event, Mark
from .items import CaseView, ItemRun
from .ledger import Case, Change, Item
from .measures import Measured
from .policy import Action, Ladder, Policy, Stage
from .terms import FACTS, Asker, Moment
from .times import Instant, Zone

MANY = 50  # beyond so many events a record cites their number and digest
INSTANTS = frozenset({"opened", "ended", "effective", "late_from", "overdue_at", "floor", "done_at", "unblocked"})
INSIDE = frozenset({"id", "policy", "ladder", "path", "floor", "fate"})
UNITS = {"school_day": "school day", "half_day": "half day"}
Record = dict[str, object]


def make_record(change: Change, decided: Instant, student: str, derivation: Derivation, fresh: Sequence[Event]) -> Record:
    """The record of one change, as it is sealed; `policy` is the version's name until a block gives it an index.

    Never in it: persons' names, the engine, the matcher, how the events were fed.
    """
    zone = derivation.history.zone
    new = change.new
    effective = change.effective
    readings, events = evidence(change, derivation)
    found = {name for name in (event_id(event, derivation) for event in fresh) if name}
    return {
        "decided": zone.text(decided),
        "effective": zone.text(decided if effective is None else effective),
        "what": change.what,
        "kind": "case" if isinstance(new, Case) else "item",
        "subject": subject_of(new, student),
        "student": student,
        "policy": f"{new.policy}@{new.version}",
        "line": line_of(new, policy_of(new, derivation)),
        "readings": readings,
        "events": _cited(sorted(events | found, key=str.encode)),
        "changes": {name: {"from": plain(name, old, zone), "to": plain(name, value, zone)} for name, old, value in change.fields if name not in INSIDE},
    }


def school_of(change: Change, derivation: Derivation) -> str:
    """The roster school of the case's opening, as known now: where the record's block belongs."""
    new = change.new
    opened = new.opened if isinstance(new, Case) else _opening(new, derivation)
    return derivation.history.column("school", derivation.history.zone.date(opened))


def _opening(item: Item, derivation: Derivation) -> Instant:
    case = derivation.state.cases.get((item.policy, item.ladder, item.case))
    return case.opened if case is not None else item.effective


def subject_of(new: Case | Item, student: str) -> str:
    """An item's id; a case's is `policy/student/ladder/number`."""
    return new.id if isinstance(new, Item) else f"{new.policy}/{student}/{new.ladder}/{new.number}"


def policy_of(new: Case | Item, derivation: Derivation) -> Policy:
    """The version of the policy under which a case or an item stands."""
    return next(version.policy for version in derivation.family.versions if version.policy.version == new.version)


def line_of(new: Case | Item, policy: Policy) -> Record:
    """The policy path and its clauses."""
    ladder = policy.ladders[new.ladder]
    if isinstance(new, Case):
        stage = _stage(ladder, "ends" if new.ended is not None and new.reason == "ends" else new.opened_by)
        return {"path": f"{ladder.name}.{stage.name}" if stage else ladder.name, "cites": list((stage.cites if stage else ()) or ladder.cites)}
    stage = _stage(ladder, new.stage)
    action = find_action(policy, new.path)
    cites = (action.cites if action else ()) or (stage.cites if stage else ()) or ladder.cites
    return {"path": new.path, "cites": list(cites)}


def _stage(ladder: Ladder, name: str) -> Stage | None:
    return ladder.ends if name == "ends" else next((stage for stage in ladder.stages if stage.name == name), None)


def find_action(policy: Policy, path: str) -> Action | None:
    """The action at a path of a policy, chained ones too."""
    for ladder in policy.ladders.values():
        for stage in (*ladder.stages, *((ladder.ends,) if ladder.ends else ())):
            for action in stage.do:
                found = _find(action, path)
                if found is not None:
                    return found
    return None


def _find(action: Action, path: str) -> Action | None:
    if action.path == path:
        return action
    chained = (*action.then, *action.if_overdue, *(one for _, branch in action.if_outcome for one in branch))
    return next((found for one in chained if (found := _find(one, path)) is not None), None)


# --- readings -----------------------------------------------------------------------------------------


def evidence(change: Change, derivation: Derivation) -> tuple[list[Record], set[str]]:
    """The readings that the change rests on, and the ids of the events behind them."""
    new = change.new
    if isinstance(new, Case):
        return _case_evidence(change, new, derivation)
    item = derivation.items.ctx.by_id.get(new.id)
    if item is None or change.what in ("withdrawn", "recall"):
        return [], set()
    if change.what == "cancelled":
        return _end_evidence(item, derivation)
    causes = set(item.cause) | {outcome.id for outcome in item.bound if outcome.id and change.what in ("done", "done late", "overdue retracted")}
    if item.parent is not None or change.what not in ("issued", "lapsed", "blocked", "replaced", "moved", "reopened", "done", "overdue"):
        return [], causes
    view = derivation.items.ctx.view_of(item)
    stage = _stage(view.run.plan.ladder, item.stage)
    if stage is None:
        return [], causes
    asker = Asker(view) if item.stage != "ends" else Asker(view, since=view.opened)
    readings, events = _read(stage.when, derivation, view, item.effective, asker)
    return readings, events | causes


def _case_evidence(change: Change, case: Case, derivation: Derivation) -> tuple[list[Record], set[str]]:
    run = next((run for run in derivation.cases.cases if run.ladder == case.ladder and run.number == case.number), None)
    if run is None or case.fate != "live":
        return [], set()
    view = derivation.items.ctx.view(run)
    if change.what == "ended" and case.ended is not None:
        if run.reason != "ends" or run.plan.ladder.ends is None:
            return _read(run.plan.ladder.where, derivation, view, case.ended, FACTS) if run.reason == "where" else ([], set())
        return _read(run.plan.ladder.ends.when, derivation, view, case.ended, Asker(view, since=run.opened))
    stage = _stage(run.plan.ladder, case.opened_by)
    return _read(stage.when, derivation, view, case.opened, FACTS) if stage else ([], set())


def _end_evidence(item: ItemRun, derivation: Derivation) -> tuple[list[Record], set[str]]:
    run = item.case
    if run.ended is None or run.reason != "ends" or run.plan.ladder.ends is None:
        return [], set()
    view = derivation.items.ctx.view_of(item)
    return _read(run.plan.ladder.ends.when, derivation, view, run.ended, Asker(view, since=run.opened))


def _read(condition: Condition, derivation: Derivation, view: CaseView, at: Instant, asker: Asker) -> tuple[list[Record], set[str]]:
    moment = derivation.items.ctx.moment(at, view.run.plan.version)
    readings: list[Record] = []
    events: set[str] = set()
    for term in condition.terms:
        readings.append(_reading(term, moment, asker))
        if term.kind == "measure":
            events |= _ids(moment.measured(term.name, asker), derivation)
    return readings, events


def _reading(term: Term, moment: Moment, asker: Asker) -> Record:
    if term.kind != "measure":
        return {"name": term.key, "value": text_of(moment.value(term, asker))}
    measured = moment.measured(term.name, asker)
    measure = moment.policy.measures[term.name]
    found: Record = {"measure": term.name, "unit": UNITS.get(measure.unit, measure.unit), "value": text_of(measured.value)}
    if measured.window is not None:
        first = measured.window.first
        if measured.cells and not measure.windows:
            first = measured.cells[0][0].date
        found["window"] = [first.isoformat(), measured.window.last.isoformat()]
    if measured.pair is not None:
        found["num"], found["den"] = measured.pair
    return found


def _ids(measured: Measured, derivation: Derivation) -> set[str]:
    history = derivation.history
    marks = {history.mark_id(mark) if mark is not None else session.id for session, mark in measured.cells}
    return marks | {fact.id for fact in measured.facts if fact.id}


def event_id(event: Event, derivation: Derivation) -> str:
    """An event's id; a mark without one has its natural id."""
    if isinstance(event, Mark) and not event.id:
        return derivation.history.mark_id(event)
    return event.id


def _cited(names: list[str]) -> object:
    return names if len(names) <= MANY else {"count": len(names), "digest": digest(names)}


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


def plain(name: str, value: object, zone: Zone) -> object:
    """A field of a case or an item as it stands in a record: no null, instants as text."""
    if value is None:
        return ""
    if name in INSTANTS and isinstance(value, int):
        return zone.text(value)
    if name == "persons" and isinstance(value, tuple):
        return [{"role": role, "persons": list(persons)} for role, persons in value]
    if isinstance(value, tuple):
        return list(value)
    return value
