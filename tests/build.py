"""Tiny builders for directed timelines: a calendar, a policy from short texts, marks a letter a session, and what came of it.

Dates and times are written `09-03` and `09-03 10:00`, of 2025 unless a year is written.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from attrs import evolve

from escalate.conditions import Condition, Quantity
from escalate.days import Calendar, DayPlan, Period, Plans, Term
from escalate.engine import Engine, evaluate_changes
from escalate.events import CalendarEdit, Document, Event, Flag, Mark, Outcome, Status, Void
from escalate.grammar import Names, parse_condition
from escalate.ledger import Case, Change, Item
from escalate.loading.dues import due_in
from escalate.loading.vocabulary import PERIODS, length, share
from escalate.policy import (
    Action,
    Actor,
    Actors,
    Again,
    Attribute,
    Day,
    DayRule,
    Due,
    DueParam,
    Ladder,
    Measure,
    Param,
    Parameter,
    ParameterLine,
    Policy,
    Role,
    Stage,
    Window,
)
from escalate.policy import Mark as Code
from escalate.roster import Assignment, Roster, Student

Date = datetime.date
DAY = datetime.timedelta(days=1)
CODES = {
    "P": "present", "L": "late", "E": "left_early", "S": "excused", "A": "unexcused", "-": "unknown", "X": "not_expected",
}
ATTRIBUTES = {"special": "flag", "level": "number", "home": "text"}
Sketch = dict[str, object]


# --- times --------------------------------------------------------------------------------------

def date(text: str) -> Date:
    """`09-03` or `2025-09-03`."""
    return Date.fromisoformat(text if len(text) == 10 else f"2025-{text}")


def moment(text: str) -> tuple[Date, datetime.time]:
    day, _, clock = text.partition(" ")
    return date(day), datetime.time.fromisoformat(clock or "17:30")


# --- the calendar -------------------------------------------------------------------------------

def calendar(
    start: str = "2025-09-01", weeks: int = 4, *, closed: Iterable[str] = (), make_up: Iterable[str] = (),
    sessions: str = "am 08:00-11:40, pm 14:00-17:00", timezone: str = "Asia/Shanghai", terms: Mapping[str, str] | None = None,
    years: Mapping[str, tuple[str, ...]] | None = None, covers: str = "", week: Mapping[int, tuple[str, ...]] | None = None,
) -> Calendar:
    """Weeks of school from Monday to Friday; `closed` and `make_up` dates, `terms` as `2025-09-01..2025-09-26`."""
    first = date(start)
    spans = terms or {"autumn": f"{first}..{first + DAY * (7 * weeks - 1)}"}
    made = tuple(Term(key, *(date(text) for text in span.split(".."))) for key, span in spans.items())
    plans = {date(day): DayPlan("closed", ()) for day in closed} | {date(day): DayPlan("make_up", None, 4) for day in make_up}
    edges = [date(text) for text in covers.split("..")] if covers else []
    return Calendar(
        "school", timezone, tuple(_period(text) for text in sessions.split(", ")), made, years or {"year": tuple(spans)},
        week or {}, Plans(plans), covers=(edges[0], edges[1]) if edges else None,
    )


def _period(text: str) -> Period:
    name, clocks = text.split()
    start, end = (datetime.time.fromisoformat(clock) for clock in clocks.split("-"))
    return Period(name, start, end)


CAL = calendar(weeks=6)


def at(text: str, cal: Calendar = CAL) -> int:
    """The instant of a local clock time such as `09-03 10:00`; a bare date is its close."""
    return cal.zone.instant(*moment(text))


def school(*students: str, **people: str) -> Roster:
    """Students of class c1 of school north; `teacher="ann"` holds that role for the class."""
    rows = tuple(Student(student, "north", "c1", "7") for student in students)
    return Roster(rows, tuple(Assignment(role, "c1", person) for role, person in people.items()))


ROSTER = school("s1", "s2")


# --- the policy -----------------------------------------------------------------------------------

def rule(text: str) -> DayRule:
    """`all`, `any`, `2 sessions` or `50%`."""
    if text.endswith("%"):
        return DayRule("share", share(text) or Fraction(1))
    return DayRule("sessions", Fraction(text.split(maxsplit=1)[0])) if text[0].isdigit() else DayRule(text)


def window(text: str) -> Window:
    """`week`, `30 days`, `each 4 school weeks`, `since case`."""
    if text in PERIODS:
        return Window("period", PERIODS[text])
    if text.startswith("since "):
        return Window("since", anchor=text.removeprefix("since "))
    n, unit = length(text.removeprefix("each ")) or ("", "")
    return Window("each" if text.startswith("each ") else "rolling", unit, Fraction(n) if n.isdigit() else Param(n))


def _measure(kind: str, counted: str, unit: str, within: str = "", **more: object) -> Measure:
    day = more.pop("day", None)
    floor = more.pop("floor", None)
    sets = {key: frozenset(str(more.pop(key))) for key in ("neutral", "breaks") if key in more}
    return Measure(
        "", kind, unit.replace(" ", "_"), frozenset(counted), windows=tuple(window(part) for part in within.split(", ") if part),
        day=rule(str(day)) if day else None, floor=Fraction(str(floor)) if floor else None, **sets, **more,  # type: ignore[arg-type]  # by key
    )


def run(counted: str, unit: str = "school day", within: str = "", **more: object) -> Measure:
    """A run of codes such as `A` or `AS`; of `P` a run of presence."""
    return _measure("run", counted, unit, within, present=counted == "P", **more)


def count(counted: str, unit: str = "session", within: str = "term", **more: object) -> Measure:
    return _measure("count", counted, unit, within, **more)


def total(counted: str, unit: str = "minute", within: str = "term", **more: object) -> Measure:
    """A sum of minutes or hours."""
    return _measure("sum", counted, unit, within, **more)


def rate(counted: str, unit: str = "session", within: str = "term", of: str = "possible", **more: object) -> Measure:
    """A share of the student's time; `of` is possible or planned."""
    return _measure("share", counted, unit, within, base=of, **more)


def of_facts(kind: str, fact: str, within: str = "term") -> Measure:
    """How many facts of a name, their sum or their mean."""
    return Measure("", kind, "", fact=fact, windows=tuple(window(part) for part in within.split(", ")))


MEASURES = {
    "missed_today": count("A", "session", "day"), "days_away": run("A", neutral="S"), "days_back": run("P"), "total": count("A", "school day"),
}


def action(due: str = "", by: str = "teacher", **more: object) -> Sketch:
    """An item: `due` and who acts as text; `then`, `if_overdue` and `if_outcome` hold further sketches."""
    return {"due": due, "by": by, **more}


def notice(to: str = "village", **extra: object) -> Sketch:
    return action(by="", notify=to, **extra)


def stage(when: str, need: str = "", again: str = "", **do: str | Sketch) -> Sketch:
    """A condition and its items, each a deadline or a sketch."""
    return {"when": when, "need": need, "again": again, "do": do}


def ladder(ends: str | Sketch = "days_back >= 1", where: str = "enrolled", lasts: str = "", **stages: Sketch) -> Sketch:
    return {"ends": stage(ends) if isinstance(ends, str) and ends else ends, "where": where, "lasts": lasts, "stages": stages}


def policy(
    *, name: str = "p", measures: Mapping[str, Measure] | None = None, parameters: Mapping[str, object] | None = None, day: str = "all",
    closes: str = "17:30", start: str = "", end: str = "", on_change: str = "keep", timezone: str = "Asia/Shanghai", **ladders: Sketch,
) -> Policy:
    """A policy from ladders such as `truancy=ladder(one=stage("days_away >= 1", visit="1 school day"))`."""
    made = {key: evolve(one, name=key) for key, one in {**MEASURES, **(measures or {})}.items()}
    reader = _Reader(_names(made, parameters or {}, ladders))
    values = {key: Parameter(key, _lines(value, reader)) for key, value in (parameters or {}).items()}
    codes = {code: Code(code, meaning) for code, meaning in CODES.items()}
    roles = {role: Role(role, of="class") for role in ("teacher", "principal", "village", "teacher2")}
    return Policy(
        name, date(start) if start else None, date(end) if end else None, on_change, timezone, parameters=values,
        students={key: Attribute(key, type=kind) for key, kind in ATTRIBUTES.items()}, roles=roles, marks=codes,
        day=Day(rule(day), datetime.time.fromisoformat(closes)), measures=made,
        ladders={key: reader.ladder(key, one) for key, one in ladders.items()},
    )


def _lines(value: object, reader: _Reader) -> tuple[ParameterLine, ...]:
    """Of one value, of values with the dates from which they hold, or of values by the conditions under which they do."""
    if isinstance(value, dict):
        return tuple(ParameterLine(_value(one), where=reader.condition(where) if where else None) for where, one in value.items())
    if isinstance(value, list):
        return tuple(ParameterLine(_value(one), start=date(begun) if begun else None) for begun, one in value)
    return (ParameterLine(_value(value)),)


def _value(value: object) -> Fraction | Quantity:
    found = length(str(value))
    return Quantity(Fraction(found[0]), found[1]) if found else Fraction(str(value))


def _items(do: Mapping[str, object]) -> Iterable[str]:
    for name, sketch in do.items():
        yield name
        if isinstance(sketch, dict):
            for branch in (sketch.get("then"), sketch.get("if_overdue"), *dict(sketch.get("if_outcome") or {}).values()):
                yield from _items(branch or {})


def _names(measures: Mapping[str, Measure], parameters: Mapping[str, object], ladders: Mapping[str, Sketch]) -> Names:
    stages: set[str] = set()
    items: set[str] = set()
    for key, one in ladders.items():
        for name, sketch in [*one["stages"].items(), *([("ends", one["ends"])] if one["ends"] else [])]:  # type: ignore[attr-defined]  # a sketch
            stages |= {name, f"{key}.{name}"}
            for item in _items(sketch["do"]):
                items |= {item, f"{name}.{item}", f"{key}.{name}.{item}"}
    return Names(
        measures={key: "share" if one.kind == "share" else one.unit for key, one in measures.items()}, parameters=dict.fromkeys(parameters, ""),
        flags={key for key, kind in ATTRIBUTES.items() if kind == "flag"}, attributes={key: kind for key, kind in ATTRIBUTES.items() if kind != "flag"},
        stages=stages, items=items, ladders=set(ladders),
    )


class _Reader:
    """Reads the conditions of one policy."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def condition(self, text: str) -> Condition:
        found, problems = parse_condition(text, None, self.names)
        assert found is not None, [problem.message for problem in problems]
        return found

    def ladder(self, name: str, sketch: Sketch) -> Ladder:
        stages = tuple(self.stage(f"{name}.{key}", one) for key, one in sketch["stages"].items())  # type: ignore[attr-defined]  # a sketch
        ends = self.stage(f"{name}.ends", sketch["ends"]) if sketch["ends"] else None  # type: ignore[arg-type]  # a sketch
        return Ladder(name, stages, self.condition(str(sketch["where"])), ends, str(sketch["lasts"]))

    def stage(self, path: str, sketch: Sketch) -> Stage:
        need, again = str(sketch["need"]), str(sketch["again"])
        return Stage(
            path.rsplit(".", maxsplit=1)[-1], path, self.condition(str(sketch["when"])), self.actions(path, sketch["do"]),  # type: ignore[arg-type]  # a sketch
            self.condition(need) if need else None, _again(again) if again else None,
        )

    def actions(self, path: str, do: Mapping[str, str | Sketch] | None) -> tuple[Action, ...]:
        return tuple(self.action(f"{path}.{name}", name, action(one) if isinstance(one, str) else one) for name, one in (do or {}).items())

    def due(self, text: str) -> Due | None:
        if text in self.names.parameters:
            return DueParam(text)
        found = due_in(text) if text else None
        assert found or not text, text
        return found

    def action(self, path: str, name: str, sketch: Sketch) -> Action:
        more = dict(sketch)
        due, who = str(more.pop("due")), {key: _actors(str(more.pop(key, ""))) for key in ("by", "to", "notify")}
        chained = {key: self.actions(path, more.pop(key, None)) for key in ("then", "if_overdue")}  # type: ignore[arg-type]  # a sketch
        branches = tuple((result, self.actions(path, one)) for result, one in dict(more.pop("if_outcome", {})).items())  # type: ignore[call-overload]  # a sketch
        conditions = {key: self.condition(str(more.pop(key))) for key in ("only_if", "done_when", "hold") if key in more}
        return Action(name, path, due=self.due(due), **who, **chained, if_outcome=branches, **conditions, **more)  # type: ignore[arg-type]  # by key


def _actors(text: str) -> Actors:
    each = text.startswith("each ")
    return Actors(tuple(Actor(name) for name in text.removeprefix("each ").split("+") if name), each)


def _again(text: str) -> Again:
    if text == "each crossing":
        return Again("crossing")
    if text.startswith("each further "):
        return Again("further", Fraction(text.rsplit(maxsplit=1)[-1]))
    if text.startswith("every "):
        n, unit = length(text.removeprefix("every ")) or ("", "")
        return Again("every", Fraction(n), unit)
    return Again("each", unit=text.removeprefix("each ").replace(" ", "_"))


# --- events -----------------------------------------------------------------------------------------

def marks(student: str, start: str, text: str, known: str = "", cal: Calendar = CAL, **more: object) -> list[Event]:
    """One group a school day, one letter a session, `_` no mark; known ten minutes into the session unless said."""
    days = cal.of("north")
    day = days.on_school_day(date(start), "next")
    found: list[Event] = []
    for group in text.split():
        for session, letter in zip(days.sessions(day), group, strict=True):
            if letter != "_":
                when = at(known, cal) if known else session.start + 600
                found.append(Mark(student=student, date=day, session=session.period, code=letter, known=when, **more))  # type: ignore[arg-type]  # by key
        if day < days.school_days[-1]:
            day = days.next_school_day(day)
    return found


def correct(student: str, day: str, text: str, known: str, cal: Calendar = CAL, **more: object) -> list[Event]:
    """Later versions of one day's marks; the newest known wins."""
    return marks(student, day, text, known, cal, **more)


late = correct  # marks that reach us long after their day


def outcome(student: str, name: str, when: str, result: str = "", known: str = "", cal: Calendar = CAL, **more: object) -> list[Event]:
    """An outcome of an action, or with `/` in its name of an item; known when it happened unless said."""
    key = "item" if "/" in name else "action"
    return [Outcome(student=student, at=at(when, cal), known=at(known or when, cal), result=result, **{key: name}, **more)]  # type: ignore[arg-type]  # by key


def status(student: str, word: str, when: str, known: str = "", cal: Calendar = CAL, **more: object) -> list[Event]:
    return [Status(student=student, status=word, at=at(when, cal), known=at(known or when, cal), **more)]  # type: ignore[arg-type]  # by key


def flag(student: str, name: str, value: str, when: str, known: str = "", cal: Calendar = CAL, **more: object) -> list[Event]:
    return [Flag(student=student, flag=name, value=value, at=at(when, cal), known=at(known or when, cal), **more)]  # type: ignore[arg-type]  # by key


def document(student: str, name: str, when: str, known: str = "", cal: Calendar = CAL, **more: object) -> list[Event]:
    return [Document(student=student, document=name, at=at(when, cal), known=at(known or when, cal), **more)]  # type: ignore[arg-type]  # by key


def void(student: str, target: str, known: str, cal: Calendar = CAL, **more: object) -> list[Event]:
    return [Void(student=student, target=target, known=at(known, cal), **more)]  # type: ignore[arg-type]  # by key


def snow(day: str, known: str, cal: Calendar = CAL) -> list[Event]:
    """A date that turns out to be closed."""
    return [CalendarEdit(date=date(day), known=at(known, cal), plan=DayPlan("closed", ()))]


def school_on(day: str, known: str, cal: Calendar = CAL) -> list[Event]:
    """A date that turns out to be a school day."""
    return [CalendarEdit(date=date(day), known=at(known, cal), plan=DayPlan("make_up", None, 4))]


# --- what came of it ----------------------------------------------------------------------------------

# Changes whose effective instant is their own; that of a cancelled, withdrawn or recalled thing is its ground's.
DATED = frozenset({
    "opened", "reinstated", "re-pinned", "moved", "ended", "issued", "lapsed", "blocked", "unblocked", "overdue", "done", "done late", "reopened", "replaced",
})
Changes = Sequence[tuple[int, str, Change]]


def changes(
    rules: Policy | Sequence[Policy], events: Iterable[Event], until: str, cal: Calendar = CAL, roster: Roster = ROSTER,
) -> list[tuple[int, str, Change]]:
    return evaluate_changes(rules, cal, roster, list(events), at(until, cal))


def told(
    rules: Policy | Sequence[Policy], events: Iterable[Event], until: str, *only: str, cal: Calendar = CAL, roster: Roster = ROSTER,
) -> list[str]:
    """The lines of an evaluation; with `only`, those that hold one of these words."""
    found = timeline(changes(rules, events, until, cal, roster), cal)
    return [line for line in found if not only or any(word in line for word in only)]


def engine(
    rules: Policy | Sequence[Policy], events: Iterable[Event], until: str, cal: Calendar = CAL, roster: Roster = ROSTER,
) -> Engine:
    """An engine that was fed and advanced, to be asked."""
    found = Engine(rules, cal, roster)
    found.feed(list(events))
    found.advance(at(until, cal))
    return found


def standing(found: Engine) -> dict[str, str]:
    """Every item's id without policy and student, and its status."""
    return {item.id.split("/", 2)[2]: item.status for item in found.items()}


def timeline(found: Changes, cal: Calendar = CAL) -> list[str]:
    """Changes as lines such as `09-03 17:30 issued truancy.three_days.absence_report due 2025-09-04`.

    A case is `truancy/1`; ` of ...` follows where a change took effect at another instant than it was decided,
    `#2` names a case, `@3` an occurrence other than the first.
    """
    return [f"{_clock(decided, cal)} {_said(change, cal)}{_since(decided, change, cal)}" for decided, _, change in found]


def _clock(instant: int, cal: Calendar) -> str:
    local = cal.zone.local(instant)
    return f"{local:%m-%d %H:%M}" + (f":{local:%S}" if local.second else "")


def _said(change: Change, cal: Calendar) -> str:
    new = change.new
    if isinstance(new, Case):
        why = f" by {new.reason}" if change.what == "ended" else ""
        return f"{new.fate if change.what == 'merged' else change.what} {new.ladder}/{new.number}{why}"
    place = (f"#{new.case}" if new.case != 1 else "") + (f"@{new.occurrence}" if new.occurrence != "1" else "")
    return f"{change.what} {new.path}{place}{_due(change, new, cal)}"


def _due(change: Change, new: Item, cal: Calendar) -> str:
    if change.what == "blocked":
        return f" without {', '.join(new.missing)}"
    if change.what not in ("issued", "moved", "unblocked", "reopened", "replaced", "overdue retracted") or not (new.due or new.note):
        return ""
    text = new.due[5:16].replace("T", " ") if "T" in new.due else new.due
    return f" due {text}" if text else f" ({new.note})"


def _since(decided: int, change: Change, cal: Calendar) -> str:
    effective = change.effective if change.what in DATED else None
    return f" of {_clock(effective, cal)}" if effective is not None and effective != decided else ""
